"""The review meeting: one dialog for a pupil or a group, and everything that it decided in one save."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from sencoapp.domain.dates import weekday_date
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services import pupils, reviewing
from sencoapp.services.plans import USUAL_WEEKS
from sencoapp.services.ports import Session
from sencoapp.services.reviewing import ReviewCase
from sencoapp.services.today import place_words
from ui.commands import command
from ui.page import Page
from ui.pages.columns import Columns
from ui.pages.plan_words import wording as plan_wording
from ui.pages.review_form import ReviewForm, wording
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Choice,
    Column,
    DateField,
    EmptyPlace,
    Field,
    Form,
    Pick,
    PupilPicker,
    RecordTable,
    Scroll,
    Surface,
    TableRow,
    col,
    flow,
    holder,
    note,
    row,
)

_NO_LIMIT = 16_777_215
"""Qt's own word for a size without an upper limit."""


def make_review_page(room: Room) -> "ReviewPage":
    """The page "Review meeting". Its args may hold ``pupils``, ids of those who are reviewed."""
    return ReviewPage(room)


class ReviewPage(Page):
    """Pupils at the left where there are several, the form of the chosen one at the right, one save for all of them below."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._as_of: int | None = None
        self._narrow = False
        self._groups: dict[str, tuple[str, ...]] = {}
        self.forms: dict[str, ReviewForm] = {}
        self.set_heading(wording("page"))
        today = room.app.clock.today()
        self.picker = PupilPicker(room.desk, self._find_pupils, wording("pick"))
        self.add_pupil = Button(wording("take_in"), "secondary", icon="plus", press=self._take_in)
        self.group = Choice(wording("add_group"), [("", wording("choose_group"))], width=280)
        self.held_on = DateField(today=today, what=wording("what_held_on"), field="held_on", latest=today)
        self.next_due = DateField(today=today, what=wording("what_next_review"), field="review_due_on", towards="future")
        self.shared = Form(wide=True, gap=8)
        self._place_shared()
        self.list = RecordTable(
            wording("list"), (Column(wording("column_pupil"), 0), Column(wording("column_state"), 160)), two_lines=False
        )
        self._stack = QStackedWidget()
        self._stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # the forms scroll: the buttons stay in sight
        self._place = Surface("plain", col((self._stack, 1), gap=0))
        self.leave_out = Button(wording("leave_out"), "quiet", icon="x", press=self._leave_out)
        self._left = holder(col((self.list, 1), row(self.leave_out, STRETCH, margins=(16, 4, 8, 8)), gap=0))
        self.save = Button(wording("save"), "secondary", icon="check", tip="Ctrl+Return", press=lambda: self._save(close=False))
        self.close_all = Button(wording("close"), "primary", icon="lock", press=lambda: self._save(close=True))
        foot = Surface(
            "foot", col(flow(self.save, self.close_all, gap=8), note(wording("closing_means"), wrap=True), margins=(24, 8, 24, 8))
        )
        self._line = row((self._left, 0), (self._place, 1), gap=0)
        self._body = holder(col((self._line, 1), foot, gap=0))
        self._none = EmptyPlace(wording("none"), icon="repeat")
        self.setLayout(col(Surface("plain", col(self.shared, margins=(24, 8, 24, 8))), (self._body, 1), (self._none, 1), gap=0))
        self._body.hide()
        self.restyle()
        self.group.chosen.connect(self._take_group)
        self.list.chosen.connect(self._show_form)
        self.list.opened.connect(self._go_into)
        command(self, wording("save"), lambda: self._save(close=False), "Ctrl+Return", "Ctrl+Enter")

    def _place_shared(self) -> None:
        held = self.shared.add("held_on", Field(wording("held_on"), self.held_on), place=False)
        due = self.shared.add("review_due_on", Field(wording("next_review"), self.next_due), place=False)
        self._dates = holder(row(held, due, STRETCH, gap=16))
        one = holder(row((Field(wording("pick"), self.picker, hint=wording("pick_hint")), 1), col(STRETCH, self.add_pupil, gap=0), gap=16))
        self._picking = Columns((one, 2), (Field(wording("add_group"), self.group), 1), gap=16, narrow=760)
        self.shared.add_widget(self._picking)
        self.shared.add_widget(self._dates)

    def restyle(self) -> None:
        self.be_narrow(self._narrow)

    def be_narrow(self, narrow: bool) -> None:
        """Where the room is short the pupils stand above the form, three of them in sight."""
        self._narrow = narrow
        self._line.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._left.setMinimumWidth(0 if narrow else theme().px(330))
        self._left.setMaximumWidth(_NO_LIMIT if narrow else theme().px(330))
        self._left.setMaximumHeight(theme().px(130) if narrow else _NO_LIMIT)
        self._stack.setMinimumHeight(theme().px(200) if narrow else 0)

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        wanted = tuple(args.get("pupils", ()))
        self._picking.setVisible(not wanted)
        if wanted:
            self._start_over()
        self._room.ask(self, lambda place: _gather(place.session, wanted, tuple(self.forms)), self._show)

    def refresh(self, saved: Saved) -> None:
        """What is being written stays; a plan that somebody closed meanwhile goes."""
        if saved.touches("cycle"):
            cycles = tuple(self.forms)
            self._room.ask(self, lambda place: _still_open(place.session, cycles), self._keep_only, replace="still open")

    def panes(self) -> Sequence[QWidget]:
        return (self.shared, self.list, self._place)

    def first_focus(self) -> QWidget | None:
        return self.held_on.edit if self.forms else self.picker.edit

    # ---- within -----------------------------------------------------------------------------------------------------

    def _find_pupils(self, words: str) -> Sequence[Pick]:
        session = self._room.place.session
        found = [each for each in pupils.find_pupils(session.record, words) if each.open_cycle]
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in found]

    def _take_in(self) -> None:
        self._ask_for(tuple(each.id for each in self.picker.chosen()))

    def _take_group(self, group: str) -> None:
        if group:
            self._ask_for(self._groups[group])
            self.group.choose("")

    def _ask_for(self, wanted: tuple[str, ...]) -> None:
        if wanted:
            there = tuple(self.forms)
            self._room.ask(self, lambda place: _gather(place.session, wanted, there), self._show)

    def _show(self, found: "_Found") -> None:
        cases, groups, self._as_of = found.cases, found.groups, found.position
        self._groups = {key: ids for key, _, ids in groups}
        options = [(key, wording("group_option", title=title, count=len(ids))) for key, title, ids in groups]
        self.group.offer([("", wording("choose_group")), *options])
        had_none = not self.forms
        for case in cases:
            form = ReviewForm(self._room, case, self._show_list)
            self.forms[case.page.cycle.id] = form
            inside = holder(col(form, STRETCH, margins=(24, 8, 24, 16)))
            self._stack.addWidget(Scroll(inside, case.pupil.name))
        if had_none and cases:
            first = cases[0].page.cycle.reviewed_on or self._room.app.clock.today()
            self.held_on.set_value(first)
            self.next_due.set_value(first + timedelta(weeks=USUAL_WEEKS))
        self._show_list()
        if had_none and cases:
            self.list.choose_first()
            self._show_form(cases[0].page.cycle.id)

    def _show_list(self) -> None:
        rows = []
        for key, form in self.forms.items():
            missing = form.missing()
            state = wording("state_ready") if not missing else _counted("state_to_do", missing)
            mark = "circle-check" if not missing else "circle-dashed"
            rows.append(TableRow(key, (Cell(form.case.pupil.name, bold=True), Cell(state, icon=mark))))
        self.list.show_rows(rows)
        count = len(self.forms)
        self._left.setVisible(count > 1)
        self._body.setVisible(bool(count))
        self._dates.setVisible(bool(count))
        self._none.setVisible(not count)
        for button, key in ((self.save, "save"), (self.close_all, "close")):
            button.setText(wording(key) if count == 1 else wording(f"{key}_many", count=count))
            button.setAccessibleName(button.text())
        only = next(iter(self.forms.values())) if count == 1 else None
        words = plan_wording("cycle_open", **_cycle_details(only.case.page.cycle)) if only else ""
        self.set_heading(f"{wording('page')}: {only.case.pupil.name}" if only else wording("page"), words)

    def _show_form(self, cycle: str) -> None:
        if cycle in self.forms:
            self._stack.setCurrentIndex(list(self.forms).index(cycle))

    def _go_into(self, cycle: str) -> None:
        self._show_form(cycle)
        form = self.forms[cycle]
        form.people[0].name.setFocus(Qt.FocusReason.TabFocusReason)

    def _leave_out(self) -> None:
        self._drop(self.list.current_key())
        self._show_list()

    def _drop(self, cycle: str) -> None:
        form = self.forms.get(cycle)
        if form is None:
            return
        around = self._stack.widget(list(self.forms).index(cycle))
        del self.forms[cycle]
        if around is not None:
            self._stack.removeWidget(around)
            around.hide()
            around.deleteLater()

    def _keep_only(self, still_open: Sequence[str]) -> None:
        for cycle in [each for each in self.forms if each not in still_open]:
            self._drop(cycle)
        self._show_list()

    def _start_over(self) -> None:
        for cycle in list(self.forms):
            self._drop(cycle)

    def _save(self, *, close: bool) -> None:
        self.shared.clear_problems()
        for form in self.forms.values():
            form.clear_problems()
        try:
            held, due = self.held_on.value(), self.next_due.value()
            reviews = [form.reviewed(held, due, close=close) for form in self.forms.values()]
        except PlainMessage as message:
            self.shared.refuse(message)
            return
        names = [form.case.pupil.name for form in self.forms.values()]
        if not reviews:
            return
        as_of = self._as_of

        def saved(answer: tuple[list[Cycle], Saved]) -> None:
            key = "closed" if close else "saved"
            words = wording(key, name=names[0]) if len(names) == 1 else wording(f"{key}_many", count=len(names))
            self._room.ways.toast(words, None if close else answer[1])
            self._as_of = answer[1].position
            for form in self.forms.values():
                form.saved()
            if close:
                self._start_over()
                self._show_list()

        self._room.do(self, lambda place: reviewing.save_reviews(place.session, reviews, as_of=as_of), saved, self._refused, once=True)

    def _refused(self, message: PlainMessage) -> None:
        """Said at the form of the pupil whom it is about, which comes to the front."""
        cycle, field = str(message.details.get("cycle", "")), str(message.details.get("field", ""))
        form = self.forms.get(cycle)
        if form is None or field in ("held_on", "review_due_on", "closed_on"):
            details = {**message.details, "field": "held_on" if field == "closed_on" else field}
            self.shared.refuse(Refusal(message.key, **details))
            return
        self.list.choose(cycle)
        self._show_form(cycle)
        form.refuse(message)


@dataclass(frozen=True)
class _Found:
    """What was read: the pupils' cases, the groups that can be added, and where the log stood."""

    cases: list[ReviewCase]
    groups: list[tuple[str, str, tuple[str, ...]]]
    position: int


def _gather(session: Session, wanted: tuple[str, ...], there: tuple[str, ...]) -> _Found:
    cycles = [each for each in reviewing.open_cycles_of(session, wanted) if each not in there]
    groups = [(each.id, each.title, ids) for each, ids in reviewing.groups_to_review(session)]
    return _Found([reviewing.review_case(session, each) for each in cycles], groups, session.record.position())


def _still_open(session: Session, cycles: tuple[str, ...]) -> list[str]:
    found = {each.id for each in session.record.find(Cycle, closed_on=None)}
    return [each for each in cycles if each in found]


def _cycle_details(cycle: Cycle) -> dict[str, Any]:
    return {"number": cycle.number, "day": weekday_date(cycle.starts_on)}


def _counted(key: str, count: int) -> str:
    return wording(f"{key}_one") if count == 1 else wording(f"{key}_many", count=count)
