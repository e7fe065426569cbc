"""One case: its steps with their days at the left; at the right the chosen step, its rule, and what can be done with it."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.cases import CaseDate, CaseShown, CaseStep, CouncilCase, StepShown, is_day_of_step
from sencoapp.domain.casework import Document, Pack
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain
from sencoapp.services import cases as services
from sencoapp.services.cases import CasePage, CaseRow
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.dates import nearby
from ui.pages.case_letter import LateLetter
from ui.pages.case_sheets import open_change_sheet, open_close_sheet, open_dates_sheet, open_day_sheet, open_tick_sheet
from ui.pages.case_words import council_words, due_words, outcome_words, step_state
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_went import open_decided_sheet
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    Flow,
    Notice,
    RecordTable,
    Rule,
    Scroll,
    Surface,
    TableRow,
    Text,
    clear,
    col,
    flow,
    heading,
    holder,
    note,
    row,
)

say = reference.say

_WITH_RIGHTS = ("mediation_appeal", "needs_assessment", "annual_review", "phase_transfer", "specialist_place")
"""Kinds of case in which the parents have rights that become the young person's own."""
_NEAR_DAYS = 366


class CaseView(QWidget):
    """``shown`` says that another case, or a changed one, is in sight; ``list_wanted`` asks for the list, ``bundle_wanted``
    for the papers of an appeal."""

    shown = Signal()
    list_wanted = Signal()
    bundle_wanted = Signal()

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._page: CasePage | None = None
        self._case = self._step = ""
        self.back = Button(say("cases.back"), "quiet", icon="chevron-left", press=self.list_wanted.emit)
        self.follow = Button("", "primary", icon="plus", press=self._follow)
        self.follow.hide()
        self.request = Button(say("cases.request"), "quiet", icon="file-stack", press=self._open_request)
        self.bundle = Button(say("cases.bundle"), "secondary", icon="file-stack", press=self.bundle_wanted.emit)
        self.dates = Button(say("cases.enter_dates"), "secondary", icon="calendar", press=self._open_dates)
        self.change = Button(say("cases.change"), "quiet", icon="pencil", press=self._open_change)
        self.end = Button(say("cases.close"), "quiet", press=self._open_close)
        self.reopen = Button(say("cases.reopen"), "secondary", press=self._reopen)
        columns = (
            Column(say("cases.col_step")),
            Column(say("cases.col_due"), 160, keep=False),
        )
        self.table = RecordTable(say("cases.steps"), columns, two_lines=True, lead=24)
        self.table.chosen.connect(lambda _: self._show_step())
        self.letter = LateLetter(room, self, self._here)
        self.side = StepSide(self.letter.button)
        self.table.opened.connect(lambda _: self.side.done.setFocus())
        self.side.open_document = self._open_document
        self.side.done.clicked.connect(self._tick)
        self.side.on_a_day.clicked.connect(lambda: self._open_tick("done"))
        self.side.not_needed.clicked.connect(lambda: self._open_tick("not_needed"))
        self.side.again.clicked.connect(self._untick)
        self.side.day.clicked.connect(self._open_day)
        self.state = Notice("info", "")
        self.state.hide()
        buttons = flow(self.back, self.request, self.bundle, self.dates, self.change, self.end, self.reopen, gap=8)
        bar = Surface("plain", col(buttons, margins=(24, 10, 24, 10)))
        told = holder(col(self.state, row(self.follow, STRETCH), margins=(24, 8, 24, 8)))
        self._told = told
        self.setLayout(col(bar, Rule(), told, (holder(row((self.table, 3), (self.side, 2), gap=0)), 1), gap=0))
        self._may = may_save(room.actor, CaseStep)
        self._may_set_day = may_save(room.actor, CaseDate)

    @property
    def row(self) -> CaseRow | None:
        return self._page.row if self._page else None

    def show_case(self, case: str, step: str = "") -> None:
        if case != self._case or step:
            self._page = None
        self._case, self._step = case, step
        self.read_again()

    def read_again(self) -> None:
        case = self._case
        self._room.ask(self, lambda place: services.case_page(place.session, case), self._show, on_refused=self._gone, replace="case")

    def panes(self) -> Sequence[QWidget]:
        return (self.table, self.side)

    def first_focus(self) -> QWidget:
        return self.table

    # ---- within -----------------------------------------------------------------------------------------------------

    def _show(self, page: CasePage) -> None:
        first = self._page is None
        self._page = page
        shown, today = page.row.shown, page.today
        self.table.show_rows([_step_row(each, today) for each in shown.steps])
        if first:
            step = shown.next_step
            self.table.choose(self._step or (step.id if step else shown.steps[0].id))
        closed = shown.case.closed_on
        words = say("cases.ended", outcome=outcome_words(shown), day=full_date(closed)) if closed else ""
        if not closed and shown.kind["check_with_council"]:
            words = say("cases.check_with_council")
        if page.apart:
            words = say("cases.apart")
        self._told.setVisible(bool(words))
        self.state.setVisible(bool(words))
        if words and words != self.state.accessibleName():
            self.state.say(words)
        then = shown.then if may_save(self._room.actor, CouncilCase) else ""
        self.follow.setText(say("cases.then", kind=reference.case_kind(then)["title"]) if then else "")
        self.follow.setAccessibleName(self.follow.text())
        self.follow.setVisible(bool(then))
        changing = may_save(self._room.actor, CouncilCase, "change")
        self.dates.setVisible(changing and not closed and bool(shown.kind["events"]))
        self.change.setVisible(changing and not closed)
        self.end.setVisible(changing and not closed)
        self.reopen.setVisible(changing and closed is not None)
        self.side.show_about(page.row, today, page.bundles)
        self.side.show_papers(page.documents)
        self.request.setVisible(page.request is not None)
        self.bundle.setVisible(bool(shown.kind.get("bundle")))
        self._show_step()
        self.shown.emit()

    def _show_step(self) -> None:
        if self._page is None:
            return
        key = self.table.current_key()
        step = next((each for each in self._page.row.shown.steps if each.id == key), None)
        is_open = self._page.row.shown.case.closed_on is None
        self.side.show_step(step, self._page.today, may=self._may and is_open)
        decides = services.is_decision(self._page.row.shown, key)
        self.side.done.setText(say("cases.council_decided" if decides else "cases.done_today"))
        self.side.done.setAccessibleName(self.side.done.text())
        self.side.on_a_day.setVisible(self.side.on_a_day.isVisibleTo(self.side) and not decides)
        self.side.day.setVisible(self._may_set_day and is_open and step is not None and step.done is None and step.deadline is None)
        late = step is not None and step.who == "council" and step.is_late(self._page.today)
        self.letter.button.setVisible(late and self.letter.may)

    def _here(self) -> tuple[str, str, str]:
        """The case, the chosen step, and the pupil."""
        return self._case, self.table.current_key(), self._page.row.pupil.id if self._page else ""

    def _follow(self) -> None:
        """Begins the case that follows, with its own clock."""
        page = self._page
        if page is None or not page.row.shown.then:
            return
        case = page.row.shown.case.id

        def opened(answer: tuple[str, Saved]) -> None:
            self._room.ways.go("cases", case=answer[0])
            if answer[1].save:
                self._room.ways.toast(say("cases.case_opened"), answer[1])

        self._room.do(self, lambda place: services.follow_case(place.session, case), opened, self._refused)

    def _open_document(self, document: Document) -> None:
        self._room.ways.go("pupil", pupil=document.pupil, tab="documents", document=document.id)

    def _open_request(self) -> None:
        """The request, with how it went or with its packs."""
        if self._page and self._page.request:
            step = "send" if self._page.row.shown.kind.get("request") else "pack"
            self._room.ways.go("requests", request=self._page.request, step=step)

    def _tick(self) -> None:
        case, step = self._case, self.table.current_key()
        if self._page and services.is_decision(self._page.row.shown, step):
            open_decided_sheet(self._room, self, self._page.row.shown.case)
        elif step:
            self._do(lambda session: services.tick_step(session, case, step), say("cases.ticked"))

    def _untick(self) -> None:
        case, step = self._case, self.table.current_key()
        self._do(lambda session: services.untick_step(session, case, step), say("cases.unticked"))

    def _reopen(self) -> None:
        case = self._case
        self._do(lambda session: services.reopen_case(session, case), say("cases.reopened"))

    def _do(self, deed: Callable[[Session], Saved], words: str) -> None:
        self._room.do(self, lambda place: deed(place.session), lambda saved: self._room.ways.toast(words, saved), self._refused)

    def _open_tick(self, state: str) -> None:
        if self._page and self.table.current_key():
            open_tick_sheet(self._room, self, self._page, self.table.current_key(), state)

    def _open_day(self) -> None:
        if self._page and self.table.current_key():
            open_day_sheet(self._room, self, self._page, self.table.current_key())

    def _open_dates(self) -> None:
        if self._page:
            open_dates_sheet(self._room, self, self._page)

    def _open_change(self) -> None:
        if self._page:
            open_change_sheet(self._room, self, self._page)

    def _open_close(self) -> None:
        if self._page:
            open_close_sheet(self._room, self, self._page)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))

    def _gone(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))
        self.list_wanted.emit()


class StepSide(Surface):
    """The chosen step, its date and where it comes from; below it what the case is about and what has happened."""

    def __init__(self, letter: Button) -> None:
        self._title = Text("", "heading", wrap=True)
        self._due = Text("", "body", weight=600, wrap=True)
        self._how = Text("", "ui", wrap=True)
        self._source = note("", wrap=True)
        self._help = Text("", "ui", wrap=True)
        self._late = Notice("warning", "")
        self._late.hide()
        self._flag = Notice("info", "")
        self._flag.hide()
        self._documents = holder(Flow(gap=8))
        self.open_document: Callable[[Document], object] = lambda _: None
        self.done = Button(say("cases.done_today"), "primary", icon="check")
        self.on_a_day = Button(say("cases.done_on"), "secondary")
        self.not_needed = Button(say("cases.not_needed"), "quiet")
        self.again = Button(say("cases.open_again"), "secondary")
        self.day = Button(say("cases.set_a_day"), "quiet", icon="calendar")
        self._about = Text("", "ui", wrap=True)
        self._past = Text("", "ui", wrap=True)
        column = col(
            self._title, self._due, self._how, self._source, self._flag, self._help, self._late, row(letter, STRETCH),
            row(self.done, self.on_a_day, STRETCH, gap=8), flow(self.not_needed, self.day, self.again, gap=8),
            Rule(), heading(say("cases.about")), self._about, self._documents, heading(say("cases.happened")), self._past, STRETCH,
            gap=10, margins=(20, 16, 20, 20),
        )  # fmt: skip
        super().__init__("side", col(Scroll(ReadingColumn(column), say("cases.step")), gap=0))
        self.setAccessibleName(say("cases.step"))

    def show_about(self, each: CaseRow, today: date, bundles: Sequence[Pack] = ()) -> None:
        """What the case is about, and what has happened, oldest first."""
        case, kind = each.shown.case, each.shown.kind
        lines = [
            kind["about"],
            _outstanding(each.shown, today),
            _own_right(each.shown, today),
            council_words(each),
            say("cases.asked_by_is", who=say(f"cases.asked_by_{case.asked_by}")) if case.asked_by else "",
            say("cases.from_sending") if each.shown.from_sending else "",
            say("cases.owner", name=each.owner_name) if each.owner_name else "",
        ]
        lines += [f"{kind['placement']}: {case.placement}" if case.placement and kind.get("placement") else "", case.note or ""]
        self._about.setText("\n".join(filter(None, lines)))
        happened = [(case.opened_on, say("cases.opened"))]
        came = (one for one in each.shown.dates if not is_day_of_step(one.event))
        happened += [(one.happens_on, services.event_words(one.event)) for one in came]
        happened += [(one.made_at.astimezone().date(), say("cases.bundle_made", version=one.version)) for one in bundles]
        happened += [(one.done.ticked_on, _ticked_words(one)) for one in each.shown.steps if one.done]
        self._past.setText("\n".join(f"{nearby(on, today)}: {words}" for on, words in sorted(happened)))

    def show_papers(self, papers: Sequence[Document]) -> None:
        """The documents that belong to the case, each leading to itself."""
        layout = self._documents.layout()
        assert layout is not None
        clear(layout)
        for each in papers:
            layout.addWidget(Button(each.title, "link", icon="file-text", cut=True, press=partial(self.open_document, each)))
        self._documents.setVisible(bool(papers))

    def show_step(self, step: StepShown | None, today: date, *, may: bool) -> None:
        for each in (self.done, self.on_a_day, self.not_needed):
            each.setVisible(may and step is not None and step.done is None)
        self.again.setVisible(may and step is not None and step.done is not None)
        if step is None:
            return
        self._title.setText(step.label)
        due = due_words(step, today)[0]
        when = f"{full_date(step.due)} · {due}" if step.due else ""
        waits = say("cases.waits_for", event=step.waits_for) if step.waits_for else ""
        done = _ticked_words(step) + f", {full_date(step.done.ticked_on)}" if step.done else ""
        self._due.setText(done or when or waits)
        self._due.setVisible(bool(done or when or waits))
        how = step.deadline.how if step.deadline else say("cases.set_day") if step.set_day else ""
        self._how.setText(f"{how[:1].upper()}{how[1:]}." if how else "")
        self._how.setVisible(bool(how))
        self._help.setText(step.help)
        self._help.setVisible(bool(step.help))
        late = step.when_late if step.is_late(today) else ""
        self._late.setVisible(bool(late))
        if late and late != self._late.accessibleName():
            self._late.say(late)
        flag = _flag_words(step)
        self._flag.setVisible(bool(flag))
        if flag and flag != self._flag.accessibleName():
            self._flag.say(flag)
        citation = step.deadline.citation if step.deadline else ""
        unsure = say("cases.check_citation", citation=citation) if step.deadline and step.deadline.check_with_council else citation
        self._source.setText(unsure)
        self._source.setVisible(bool(unsure))


def _flag_words(step: StepShown) -> str:
    """What may excuse lateness, or that the school is closed on its own last day. No date moves for either."""
    if step.closure is not None:
        return say("cases.closed_on_the_day", first=full_date(step.closure.closed_from), back=full_date(step.closure.reopens_on))
    return step.exception


def _outstanding(shown: CaseShown, today: date) -> str:
    """That a move has no named place yet, and by when it has to have one."""
    step = shown.outstanding
    if step is None or step.due is None:
        return ""
    return say("cases.outstanding_late" if step.due < today else "cases.outstanding", day=full_date(step.due))


def _own_right(shown: CaseShown, today: date) -> str:
    """From when the rights of the parents are the young person's own, where that is near or has come."""
    on = shown.own_right_from
    if on is None or shown.case.kind not in _WITH_RIGHTS or (on - today).days > _NEAR_DAYS:
        return ""
    return say("cases.own_right_since" if shown.own_right else "cases.own_right_from", day=full_date(on))


def _ticked_words(step: StepShown) -> str:
    assert step.done is not None
    words = step.label if step.done.state == "done" else say("cases.was_not_needed", step=step.label)
    return f"{words}: {step.done.note}" if step.done.note else words


def _step_row(step: StepShown, today: date) -> TableRow:
    icon, state = step_state(step, today)
    due, tone = due_words(step, today)
    if step.done is None and step.due:
        state = due
    day = step.done.ticked_on if step.done else step.due
    words = full_date(day) if day else say("cases.waits") if step.waits_for else "–"
    sub_tone = tone if step.is_late(today) else "muted"
    label = Cell(step.label, sub=" · ".join((say(f"cases.who_{step.who}"), state)), sub_tone=sub_tone, icon=icon)
    return TableRow(step.id, (label, Cell(words, tone="muted")))
