"""Rows of a summary: what it is, what it says, and a link to change it (GOV.UK, "Check answers")."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from sencoapp.reference import say
from ui.theme import theme
from ui.widgets import STRETCH, Button, Rule, Text, col, note, row


class SummaryRow(QWidget):
    """A label, its value with a quiet line below it, and perhaps Change."""

    def __init__(self, label: str, value: str, *, detail: str = "", change: Callable[[], object] | None = None, link: str = "") -> None:
        super().__init__()
        self._label = Text(label, "ui", weight=600, wrap=True)
        words = Text(value, "ui", wrap=True, selectable=True)
        shown = col(words, note(detail, wrap=True) if detail else None, gap=2)
        verb = link or say("request_page.change")
        button = Button(verb, "link", name=f"{verb}: {label}", press=change) if change else None
        side = col(button, STRETCH) if button is not None else None
        self.setLayout(col(row(col(self._label, STRETCH), (shown, 1), side, gap=16, margins=(0, 8, 0, 8)), Rule(), gap=0))
        self.setAccessibleName(f"{label}: {value}")
        self.restyle()

    def restyle(self) -> None:
        self._label.setFixedWidth(theme().px(150))
