"""The golden thread as a board: one line from a need to its review, each link a card; a dashed piece is a missing link (look.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.pages.columns import Columns
from ui.widgets import STRETCH, Card, Text, ThreadLink, col

_STEPS = {Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0)}
_NARROW = 860


@dataclass(frozen=True)
class BoardCell:
    """One link: what kind it is, its words, a smaller line below. ``tied`` false means that it is missing; ``key`` says where it leads."""

    key: str
    head: str
    words: str
    sub: str = ""
    tied: bool = True


class Board(QWidget):
    """Lines of cards. Tab stops once, arrow keys move between the cards, Enter sends ``pressed`` with the key of one."""

    pressed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = col(gap=10)
        self._cards: list[list[Card]] = []
        self._at = (0, 0)
        self.setLayout(self._column)

    def show_lines(self, lines: Sequence[Sequence[BoardCell]]) -> None:
        """Shows these lines and no others; the place of the keys stays where it was."""
        had_focus = any(card.hasFocus() for line in self._cards for card in line)
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = []
        for cells in lines:
            cards = [self._card(cell) for cell in cells]
            parts: list[tuple[QWidget, int]] = []
            for card, cell in zip(cards, cells, strict=True):
                parts += [(ThreadLink(cell.tied), 0)] if parts else []
                parts.append((card, 1))
            self._column.addWidget(Columns(*parts, gap=0, narrow=_NARROW))
            self._cards.append(cards)
        self._go_to(*self._at, focus=had_focus)

    def cards(self) -> list[list[Card]]:
        return self._cards

    def first(self) -> QWidget | None:
        """Where the focus goes."""
        return self._cards[self._at[0]][self._at[1]] if self._cards else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        here = next(((n, m) for n, line in enumerate(self._cards) for m, card in enumerate(line) if card.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        self._go_to(here[0] + step[0], here[1] + step[1], focus=True)

    def _go_to(self, line: int, column: int, *, focus: bool) -> None:
        if not self._cards:
            self._at = (0, 0)
            return
        line = min(max(line, 0), len(self._cards) - 1)
        column = min(max(column, 0), len(self._cards[line]) - 1)
        self._at = (line, column)
        for n, cards in enumerate(self._cards):
            for m, card in enumerate(cards):
                # One stop for Tab, as in a tab bar: the arrow keys lead to the others.
                card.setFocusPolicy(Qt.FocusPolicy.StrongFocus if (n, m) == self._at else Qt.FocusPolicy.ClickFocus)
        if focus:
            self._cards[line][column].setFocus(Qt.FocusReason.TabFocusReason)

    def _card(self, cell: BoardCell) -> Card:
        missing = "" if cell.tied else f", {reference.say('shell.thread_missing')}"
        tone = "text" if cell.tied else "thread_text"
        head = Text(cell.head, "small", "muted", weight=600)
        sub = Text(cell.sub, "small", "muted", wrap=True) if cell.sub else None
        words = Text(cell.words, "ui", tone, wrap=True)
        name = ". ".join(filter(None, (f"{cell.head}: {cell.words}{missing}", cell.sub)))
        card = Card(name, col(head, words, sub, STRETCH, gap=2, margins=(10, 8, 10, 8)))
        card.clicked.connect(lambda _=False, key=cell.key: self.pressed.emit(key))
        return card
