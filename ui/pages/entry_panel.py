"""A panel with entries below each other: what each says, what can be done with it, and how another one is added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.pages.keyed import KeyedColumn
from ui.pages.pupil_words import breakable
from ui.widgets import STRETCH, Button, Chip, Surface, Text, col, heading, note, row
from ui.widgets.painting import ChipStyle


@dataclass(frozen=True)
class Line:
    """One entry. ``below`` is a quieter line, ``words`` what was written; ``actions`` are (key, words)."""

    key: str
    head: str
    below: str = ""
    words: str = ""
    chip: tuple[ChipStyle, str] | None = None
    actions: tuple[tuple[str, str], ...] = ()


Acted = Callable[[str, str], object]
"""Called with the key of an action and the key of the entry."""


class EntryLine(QWidget):
    """Stays while its entry does, so that the focus stays with it."""

    def __init__(self, line: Line, acted: Acted) -> None:
        super().__init__()
        self._key, self._acted = line.key, acted
        self._head = Text("", "ui", weight=600, wrap=True)
        self._chip = Chip("plain", "")
        self._below = note("", wrap=True)
        self._words = Text("", "ui", wrap=True)
        self._actions: dict[str, Button] = {}
        self._buttons = row(gap=12)
        top = row((self._head, 1), gap=10)
        top.addLayout(self._buttons)
        self.setLayout(col(top, row(self._chip, STRETCH), self._words, self._below, gap=2))
        self.show_line(line)

    def show_line(self, line: Line) -> None:
        self._head.setText(breakable(line.head))
        self._below.setText(breakable(line.below))
        self._words.setText(breakable(line.words))
        self._below.setVisible(bool(line.below))
        self._words.setVisible(bool(line.words))
        self._chip.setVisible(line.chip is not None)
        if line.chip:
            self._chip.say(*line.chip)
        for key, words in line.actions:
            if key not in self._actions:
                button = Button(words, "link", press=lambda key=key: self._acted(key, self._key))  # type: ignore[misc]
                self._actions[key] = button
                self._buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self._actions[key].setAccessibleName(f"{words}: {line.head}")
        wanted = {key for key, _ in line.actions}
        for key, button in self._actions.items():
            button.setVisible(key in wanted)


class EntryPanel(Surface):
    """``acted`` is told what was pressed; ``add`` is the button at the top right. ``within``: it stands in another panel."""

    def __init__(self, title: str, add_words: str, add: Callable[[], object], empty: str, acted: Acted, *, within: bool = False) -> None:
        self.add = Button(add_words, "link", name=add_words or title, press=add)
        self.add.setVisible(False)
        self._empty = Text(empty, "ui", "muted", wrap=True)
        self._acts = True
        self._lines: KeyedColumn[Line, EntryLine] = KeyedColumn(lambda line: EntryLine(line, acted), EntryLine.show_line, gap=12)
        parts = (row(heading(title), STRETCH, self.add), self._empty, self._lines)
        super().__init__("plain" if within else "panel", col(*parts, gap=10, margins=(0, 8, 0, 0) if within else 16))
        self.setAccessibleName(title)
        self.add.setVisible(bool(add_words))

    def allow(self, *, add: bool, act: bool) -> None:
        """What the person at the laptop may do here; what they may not is out of sight."""
        self._acts = act
        self.add.setVisible(add and bool(self.add.text()))

    def show_lines(self, lines: Sequence[Line]) -> None:
        before = QApplication.focusWidget()
        stood_here = before is not None and self._lines.isAncestorOf(before)
        self._empty.setVisible(not lines)
        self._lines.show_things((each.key, each if self._acts else replace(each, actions=())) for each in lines)
        now = QApplication.focusWidget()
        if stood_here and (now is None or not self.isAncestorOf(now)):  # the button that was pressed is gone
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)
