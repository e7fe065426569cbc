"""The left of the builder: the sections of the council's form with their state, and below them what comes after."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.reference import say
from ui.pages.request_content import RequestContent
from ui.widgets import Button, Cell, Choice, Column, GroupRow, RecordTable, Rule, Surface, TableRow, col, holder, note, row

SECTION = "section:"
"""What the key of a section of the form begins with; other keys are steps of the builder."""


@dataclass(frozen=True)
class Step:
    """One row: its key, its number, its title, and its state in words."""

    key: str
    number: str
    title: str
    state: str
    open: bool

    @property
    def words(self) -> str:
        """The number and the title."""
        return f"{self.number}. {self.title}" if self.number else self.title


def steps_of(content: RequestContent) -> list[Step]:
    """The sections of the form, then who asks, the evidence, the pack, and sending. After sending, the pack says it all."""
    request = content.request
    steps: list[Step] = []
    if content.has_gone:
        received = "sent_only" if content.standing.from_sending else "sent"
        return [
            _pack_step(content),
            _own_form_step(content),
            Step("send", "", say("request_page.sent_title"), say(f"request_page.step_{received}"), False),
            _copies_step(),
        ]
    for number, section in enumerate(content.page.form["sections"], start=1):
        state = content.states[section["id"]]
        words = say(f"request_page.section_{state}")
        steps.append(Step(SECTION + section["id"], str(number), section["title"], words, state in ("written", "from_record")))
    told = say("request_page.step_told") if request.parents_told_on else say("request_page.section_not_started")
    chosen = say("request_page.step_chosen", count=len(content.page.evidence))
    return [
        *steps,
        Step("people", "", say("request_page.people"), told, False),
        Step("statement", "", say("statement.title"), _statement_state(content), content.statement.kept > 0 and content.statement.new > 0),
        Step("evidence", "", say("request_page.evidence"), chosen, False),
        _pack_step(content),
        _own_form_step(content),
        Step("sign_off", "", say("request_page.sign_off"), say(f"request_page.step_sign_off_{content.sign_off_state}"), False),
        Step("send", "", say("request_page.send_step"), say("request_page.step_not_sent"), False),
        _copies_step(),
    ]


def _statement_state(content: RequestContent) -> str:
    page = content.statement
    if page.kept == 0:
        return say("request_page.section_from_record") if page.new else say("request_page.section_not_started")
    words = say("request_page.step_sentences", count=page.kept)
    return say("request_page.step_new", words=words, count=page.new + page.changed) if page.new + page.changed else words


def _copies_step() -> Step:
    return Step("copies", "", say("request_page.copies"), say("request_page.copies_state"), False)


def _pack_step(content: RequestContent) -> Step:
    pack = content.pack
    made = say("request_page.step_version", version=pack.version, pages=pack.pages) if pack else say("request_page.step_not_made")
    return Step("pack", "", say("request_page.pack"), made, False)


def _own_form_step(content: RequestContent) -> Step:
    forms = content.own_forms
    state = "none" if not forms else "ready" if forms[0].mapping else "to_map"
    return Step("own_form", "", say("own_form.step"), say(f"own_form.step_{state}"), False)


class StepList(Surface):
    """``chosen`` carries the key of a step. Arrow keys move."""

    chosen = Signal(str)
    list_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self) -> None:
        self.table = RecordTable(say("request_page.steps"), (Column(""),), two_lines=True, headings=False, lead=14)
        self._form = note("", wrap=True)
        back = Button(say("request_page.all_requests"), "link", icon="chevron-left", press=lambda: self.list_wanted.emit())
        self.compare = Button(say("request_page.compare"), "link", press=lambda: self.compare_wanted.emit())
        head = holder(col(back, self._form, self.compare, gap=4, margins=(12, 10, 12, 6)))
        super().__init__("plain", row((col(head, (self.table, 1), gap=0), 1), Rule(upright=True), gap=0))
        self.table.chosen.connect(self._came_to)
        self._keys: Sequence[str] = ()

    def show_steps(self, content: RequestContent, steps: Sequence[Step], here: str) -> None:
        """Shows the steps and marks the one that is open."""
        form = content.page.form
        version = form.get("council_version") or say("request_page.form_kept", version=form["version"])
        self._form.setText(say("request_page.form_of", council=content.page.council["name"], version=version))
        self._keys = [each.key for each in steps]
        rows: list[TableRow | GroupRow] = [_row(each, is_here=each.key == here) for each in steps]
        after = next(number for number, each in enumerate(steps) if not each.number)
        if after:
            rows.insert(after, GroupRow(say("request_page.after_form")))
        self.table.blockSignals(True)
        self.table.show_rows(rows)
        self.table.choose(here)
        self.table.blockSignals(False)

    def _came_to(self, key: str) -> None:
        if key in self._keys:
            self.chosen.emit(key)


def _row(step: Step, *, is_here: bool) -> TableRow:
    state = "info" if step.open else "muted"
    return TableRow(step.key, (Cell(step.words, sub=step.state, bold=is_here, sub_tone=state),))


class StepChoice(QWidget):
    """The same where the room is short: one field to choose from."""

    chosen = Signal(str)
    compare_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.compare = Button(say("request_page.compare"), "link", press=lambda: self.compare_wanted.emit())
        self.choice = Choice(say("request_page.steps"), ())
        self.choice.chosen.connect(self.chosen)
        self.setLayout(col(row((self.choice, 1), self.compare, gap=12), margins=(16, 8, 16, 8)))

    def show_steps(self, steps: Sequence[Step], here: str) -> None:
        """Shows the steps and the one that is open."""
        options = [(each.key, each.words) for each in steps]
        self.choice.offer(options, here)
