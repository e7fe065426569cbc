"""The focus is never out of sight (WCAG 2.2, 2.4.7 and 2.4.11): what the Tab key comes to is scrolled into view.

Qt scrolls only the area that the focus was in already; a step into another one would leave it hidden there.
"""

from PySide6.QtWidgets import QScrollArea, QWidget


def bring_into_sight(widget: QWidget | None) -> None:
    """Scrolls every area around a widget so far that it can be seen; nothing moves where it can be seen already."""
    if widget is None or not widget.isVisible() or not widget.visibleRegion().isEmpty():
        return
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()
