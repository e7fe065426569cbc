"""A column of widgets, one for each thing, that stay while their things do: the focus and what is being typed stay with them."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from ui.widgets import col

V = TypeVar("V")
W = TypeVar("W", bound=QWidget)


class KeyedColumn(QWidget, Generic[V, W]):
    """``make(value)`` builds the widget of a new key; ``update(widget, value)`` shows a value anew in one that is there."""

    def __init__(self, make: Callable[[V], W], update: Callable[[W, V], None], *, gap: int = 8) -> None:
        super().__init__()
        self._make, self._update = make, update
        self._shown: dict[str, tuple[V, W]] = {}
        self._column = col(gap=gap)
        self.setLayout(self._column)

    def show_things(self, things: Iterable[tuple[str, V]]) -> None:
        """Shows these, in this order, and no others."""
        wanted = dict(things)
        for key in [each for each in self._shown if each not in wanted]:
            _, widget = self._shown.pop(key)
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for number, (key, value) in enumerate(wanted.items()):
            if key not in self._shown:
                self._shown[key] = (value, self._make(value))
                self._column.insertWidget(number, self._shown[key][1])
                continue
            before, widget = self._shown[key]
            if before != value:
                self._shown[key] = (value, widget)
                self._update(widget, value)
            if self._column.indexOf(widget) != number:
                self._column.removeWidget(widget)
                self._column.insertWidget(number, widget)
        self.setVisible(bool(wanted))

    def widgets(self) -> list[W]:
        return [widget for _, widget in self._shown.values()]

    def widget(self, key: str) -> W | None:
        found = self._shown.get(key)
        return found[1] if found else None
