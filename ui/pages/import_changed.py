"""What an import would change of pupils who are here: field by field. What a person typed stays, unless they say otherwise here."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.services.imports import PlannedPupil
from ui.pages.import_words import changed_rows
from ui.widgets import Button, Column, EmptyPlace, Faces, RecordTable, Surface, Text, panel, row
from ui.widgets.announce import announce

_CHOICE = 6
"""The column with the button that says which of two values stays."""


def _say(key: str) -> str:
    return reference.say(f"import_page.{key}")


class ChangedTab(Faces):
    """``taken`` are the keys of values that may overwrite what a person typed."""

    turned = Signal()
    """A person said of some value which of the two is to stay."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: set[str] = set()
        self._planned: Sequence[PlannedPupil] = ()
        self.table = RecordTable(_say("tab_changed"), _columns(), lead=16, two_lines=True)
        self.table.acted.connect(self.turn)
        self.table.opened.connect(self.turn)
        self.kept_words = Text("", "ui", wrap=True)
        self.take_all = Button(_say("take_all"), press=lambda: self._turn_all(taken=True))
        self.keep_all = Button(_say("keep_all"), press=lambda: self._turn_all(taken=False))
        self._foot = Surface("foot", row((self.kept_words, 1), self.keep_all, self.take_all, gap=10, margins=(16, 8, 16, 8)))
        self.addWidget(panel((self.table, 1), self._foot, margins=1, gap=0))
        self.addWidget(EmptyPlace(_say("none_changed")))

    def show_changes(self, planned: Sequence[PlannedPupil]) -> None:
        """Shows these; what was said about a value is kept where the value is still among them."""
        self._planned = planned
        self.taken &= self._typed()
        self.setCurrentIndex(0 if planned else 1)
        self._show()

    def forget(self) -> None:
        """A new file: nothing has been said yet."""
        self.taken = set()

    def turn(self, key: str) -> None:
        """Takes the value of the file, or keeps the one here."""
        if key in self._typed():
            self.taken ^= {key}
            self._show()
            announce(_say("is_overwritten") if key in self.taken else _say("is_kept"), self)
            self.turned.emit()

    def kept(self) -> int:
        """How many values that a person typed stay."""
        return len(self._typed() - self.taken)

    def _turn_all(self, *, taken: bool) -> None:
        self.taken = self._typed() if taken else set()
        self._show()
        self.turned.emit()

    def _typed(self) -> set[str]:
        return {change.key for each in self._planned for change in each.kept()}

    def _show(self) -> None:
        self.table.show_rows([line for each in self._planned for line in changed_rows(each, self.taken)])
        typed, kept = len(self._typed()), self.kept()
        self._foot.setVisible(bool(typed))
        self.table.leave_out(*(() if typed else (_CHOICE,)))
        self.kept_words.setText(_kept_words(typed, kept))
        self.take_all.setEnabled(kept > 0)
        self.keep_all.setEnabled(kept < typed)


def _columns() -> list[Column]:
    return [
        Column(_say("row"), 64, keep=False),
        Column(_say("pupil"), 0),
        Column(_say("field"), 140),
        Column(_say("now"), 0),
        Column(_say("in_file"), 0),
        Column(_say("what_happens"), 290, keep=False),
        Column(_say("which_stays"), 130),
    ]


def _kept_words(typed: int, kept: int) -> str:
    key = "typed_one" if typed == 1 else "typed"
    return reference.say(f"import_page.{key}", typed=f"{typed:,}", kept=f"{kept:,}")
