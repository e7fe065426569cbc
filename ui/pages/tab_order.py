"""The way of the Tab key through parts that are made anew: as they stand in their layouts, and not as they were made."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QStackedWidget, QWidget


def stops_in(part: QWidget | None) -> Iterator[QWidget]:
    """The places where the Tab key can stop within a part, in the order of its layouts."""
    if part is None:
        return
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
        yield part
    if isinstance(part, QScrollArea):
        yield from stops_in(part.widget())
    elif isinstance(part, QStackedWidget):
        yield from stops_in(part.currentWidget())
    else:
        yield from _stops_of(part.layout())


def lead_through(parts: Iterable[QWidget]) -> None:
    """Has the Tab key go through these parts one after the other."""
    for before, after in pairwise(stop for part in parts for stop in stops_in(part)):
        QWidget.setTabOrder(before, after)


def _stops_of(layout: QLayout | None) -> Iterator[QWidget]:
    for number in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(number) if layout is not None else None
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield from stops_in(widget)
        elif inner is not None:
            yield from _stops_of(inner)
