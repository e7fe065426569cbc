"""The focus is never out of sight (WCAG 2.2, 2.4.7 and 2.4.11): what the Tab key comes to is scrolled into view.

Qt scrolls only the area that the focus was in already; a step into another one would leave it hidden there.
"""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def bring_into_sight(widget: QWidget | None) -> None:
    """Scrolls every area around a widget so far that it can be seen; nothing moves where it can be seen already."""
    if widget is not None and widget.isVisible() and widget.visibleRegion().isEmpty():
        _scroll_to(widget)


def bring_together_into_sight(first: QWidget, last: QWidget) -> None:
    """Scrolls so far that both can be seen, and what is between them; where there is not room for both, the first."""
    for each in (last, first):
        if each.isVisible():
            _scroll_to(each)


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


_FOLLOWED = 4


def bring_to_top(widget: QWidget) -> None:
    """Scrolls the area around a widget so that it begins with it, once what was just shown is laid out.

    What is read from the record comes later and moves everything below it: the first few changes of length are followed.
    """
    follows = _FOLLOWED

    def scroll() -> None:
        around, content = _area_of(widget)
        if around is not None and content is not None:
            around.verticalScrollBar().setValue(widget.mapTo(content, QPoint(0, 0)).y())

    def follow() -> None:
        nonlocal follows
        follows -= 1
        if follows >= 0:
            QTimer.singleShot(0, widget, scroll)

    area, _ = _area_of(widget)
    if area is not None:
        area.verticalScrollBar().rangeChanged.connect(lambda *_: follow())
    QTimer.singleShot(0, widget, scroll)


def _area_of(widget: QWidget) -> tuple[QScrollArea | None, QWidget | None]:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around, around.widget() if around is not None else None
