"""Pupils of a file who may be somebody who is here. A person decides, one by one; nobody is guessed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.services.imports import LEAVE_OUT, NEW, Doubt
from ui.pages.import_words import arrival_facts, candidate_facts, doubt_row
from ui.widgets import ChipChoice, Column, EmptyPlace, Faces, RecordTable, Surface, Text, clear, col, panel


def _say(key: str) -> str:
    return reference.say(f"import_page.{key}")


class DoubtsTab(Faces):
    """``decisions``: row of the file to the id of the pupil who is the same, or ``NEW``, or ``LEAVE_OUT``."""

    decided = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.decisions: dict[int, str] = {}
        self._doubts: dict[str, Doubt] = {}
        self._shown: Doubt | None = None
        columns = [Column(_say("row"), 64), Column(_say("in_file"), 0), Column(_say("could_be"), 0), Column(_say("your_decision"), 280)]
        self.table = RecordTable(_say("tab_doubtful"), columns, lead=16)
        self.table.chosen.connect(self._show_one)
        self._facts = col(gap=4)
        self._choice_place = col(gap=4)
        self.choice: ChipChoice | None = None
        self.trouble = Text("", "ui", "danger", wrap=True)
        self.trouble.hide()
        foot = Surface("foot", col(self._facts, self._choice_place, self.trouble, gap=10, margins=(16, 12, 16, 12)))
        self.addWidget(panel((self.table, 1), foot, margins=1, gap=0))
        self.addWidget(EmptyPlace(_say("none_doubtful")))

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        self._doubts = {str(each.row): each for each in doubts}
        self.decisions = {row: decision for row, decision in self.decisions.items() if str(row) in self._doubts}
        self.setCurrentIndex(0 if doubts else 1)
        self._show_rows()
        if doubts and not self.table.current_key():
            self.table.choose_first()

    def forget(self) -> None:
        """A new file: nothing has been decided yet."""
        self.decisions = {}

    def open_count(self) -> int:
        """How many nobody has decided about."""
        return len(self._doubts) - len(self.decisions)

    def refuse(self, row: int, sentence: str) -> None:
        """The last decision cannot stand: it is taken back, and why is said beside it."""
        self.decisions.pop(row, None)
        self._show_rows()
        self._show_one(str(row))
        self.trouble.setText(sentence)
        self.trouble.show()

    def _show_rows(self) -> None:
        self.table.show_rows([doubt_row(each, self.decisions.get(each.row, "")) for each in self._doubts.values()])

    def _show_one(self, key: str) -> None:
        doubt = self._doubts.get(key)
        self.trouble.hide()
        if doubt is not None and doubt is self._shown and self.choice is not None:
            self.choice.choose(self.decisions.get(doubt.row, ""))  # whoever has just decided keeps their place on the keyboard
            return
        clear(self._facts)
        clear(self._choice_place)
        self._shown, self.choice = doubt, None
        if doubt is None:
            return
        self._facts.addWidget(Text(reference.say("import_page.facts_in_file", facts=arrival_facts(doubt)), "ui", weight=600, wrap=True))
        for each in doubt.candidates:
            self._facts.addWidget(Text(reference.say("import_page.facts_here", facts=candidate_facts(each)), "ui", wrap=True))
        if doubt.same_as_row is not None:
            self._facts.addWidget(Text(reference.say("import.same_as_row", row=doubt.same_as_row), "ui", wrap=True))
        names = [each.name for each in doubt.candidates]
        same = [(each.pupil, _same_words(each.name, each.place[1] if names.count(each.name) > 1 else None)) for each in doubt.candidates]
        options = [*same, (NEW, _say("decide_new")), (LEAVE_OUT, _say("decide_leave_out"))]
        self.choice = ChipChoice(_say("your_decision"), options)
        self.choice.choose(self.decisions.get(doubt.row, ""))
        self.choice.chosen.connect(lambda: self._decide(doubt))
        self._choice_place.addWidget(self.choice)

    def _decide(self, doubt: Doubt) -> None:
        value = self.choice.value() if self.choice else ""
        self.trouble.hide()
        if value:
            self.decisions[doubt.row] = value
        else:
            self.decisions.pop(doubt.row, None)
        self._show_rows()
        self.decided.emit()


def _same_words(name: str, reg_group: str | None) -> str:
    """ "Same as Kian Osei", with the class where two have one name."""
    words = reference.say("import_page.decide_same", name=name)
    return f"{words}, {reg_group}" if reg_group else words
