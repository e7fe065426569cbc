"""The list of requests, and the sheet that begins one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from sencoapp.domain.casework import Request, RequestState
from sencoapp.domain.dates import full_date
from sencoapp.domain.deadlines import day_of
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.council_forms import NEEDS_ASSESSMENT, forms_offered
from sencoapp.services.pupils import find_pupils
from sencoapp.services.requests import start_request
from sencoapp.services.today import place_words
from ui.dates import nearby, nearby_within
from ui.pages.request_compare import form_words
from ui.pages.request_content import RequestList, RequestRow, day_words, decision_words, event_words
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    ChipChoice,
    Choice,
    Column,
    EmptyPlace,
    Field,
    Form,
    Pick,
    PupilPicker,
    RecordTable,
    Sheet,
    TableRow,
    col,
    holder,
    note,
    row,
)
from ui.widgets.announce import announce
from ui.widgets.painting import ChipStyle

_CHIPS: dict[RequestState, ChipStyle] = {"draft": "info", "frozen": "success", "sent": "accent", "decided": "plain", "withdrawn": "plain"}
_GROUPS = {"open": ("draft", "frozen"), "sent": ("sent",), "ended": ("decided", "withdrawn")}


def state_chip(request: Request) -> tuple[ChipStyle, str]:
    """How the state of a request is shown, in words too."""
    return _CHIPS[request.state], say(f"request_page.state_{request.state}")


class RequestTable(QWidget):
    """Requests with where each stands. ``opened`` carries the id of a request."""

    opened = Signal(str)
    start_wanted = Signal()

    def __init__(self, *, of_one_pupil: bool = False) -> None:
        super().__init__()
        self._of_one_pupil = of_one_pupil
        self._shown: RequestList | None = None
        first: tuple[Column, ...] = (Column(say("request_page.col_started")),)
        if not of_one_pupil:
            first = (Column(say("request_page.col_pupil")), Column(say("request_page.col_council"), 220, keep=False))
        self.table = RecordTable(
            say("request_page.list"),
            (
                *first,
                Column(say("request_page.col_state"), 140),
                Column(say("request_page.col_pack"), 100, keep=False),
                Column(say("request_page.col_decides"), 190),
                Column(say("request_page.col_reply"), 250, keep=False),
            ),
            two_lines=True,
            lead=24,
        )
        self.table.opened.connect(self.opened)
        self._filter = ChipChoice(say("request_page.filter"), (), none_allowed=False)
        self._filter.chosen.connect(self._show)
        self.start = Button(say("request_page.start"), "secondary", icon="plus", press=self.start_wanted.emit)
        self._source = note("", wrap=True)
        self._empty = EmptyPlace(
            say("request_page.empty_pupil" if of_one_pupil else "request_page.empty"),
            say("request_page.start"),
            icon="file-stack",
            press=self.start_wanted.emit,
        )
        self._no_match = EmptyPlace(say("request_page.no_match"), say("request_page.show_all"), icon="search", press=self._show_all)
        self._no_match.hide()
        self._top = row(self._filter, STRETCH, self.start, gap=16, margins=(24, 12, 24, 12))
        foot = col(self._source, margins=(24, 8, 24, 12))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(holder(col(self._top, (self.table, 1), (self._no_match, 1), foot, gap=0)))
        self._pages.addWidget(self._empty)

    def export_with(self, button: QWidget) -> None:
        """The button that gives this list out."""
        self._top.insertWidget(self._top.count() - 1, button)

    def in_sight(self) -> set[str]:
        """The requests that the filter lets through."""
        states = _GROUPS.get(self._filter.value())
        rows = self._shown.rows if self._shown else ()
        return {each.request.id for each in rows if states is None or each.request.state in states}

    def forbid_start(self) -> None:
        """For somebody who reads requests and begins none."""
        self.start.hide()
        self._empty.forbid()
        self._empty.say(say("request_page.empty_to_read"))

    def show_list(self, shown: RequestList) -> None:
        """Shows these; what was filtered stays filtered."""
        self._shown = shown
        chosen = self._filter.value() or "all"
        counts = {group: sum(each.request.state in states for each in shown.rows) for group, states in _GROUPS.items()}
        options = [("all", say("request_page.filter_all", count=len(shown.rows)))]
        options += [(group, say(f"request_page.filter_{group}", count=count)) for group, count in counts.items()]
        self._filter.offer(options)
        self._filter.choose(chosen)
        self._filter.setVisible(not self._of_one_pupil)
        self._pages.setCurrentIndex(0 if shown.rows else 1)
        decided = next((each.decide for each in shown.rows if each.decide), None)
        self._source.setText(say("request_page.decides_source", citation=decided.citation) if decided else "")
        self._show()

    def hasHeightForWidth(self) -> bool:
        # The table scrolls by itself: the page must not become taller than the window.
        return False

    def first_focus(self) -> QWidget | None:
        """The table, or the button of the empty place."""
        if self._pages.currentIndex() == 0:
            return self.table if self.table.isVisibleTo(self) else self._no_match.button
        button = self._empty.button
        return None if button is None or button.isHidden() else button

    def _show_all(self) -> None:
        self._filter.choose("all")
        self._show()
        self.table.setFocus()

    def _show(self) -> None:
        if self._shown is None:
            return
        states = _GROUPS.get(self._filter.value())
        rows = [each for each in self._shown.rows if states is None or each.request.state in states]
        self.table.show_rows([self._row(each) for each in rows])
        self.table.setVisible(bool(rows))
        self._no_match.setVisible(not rows)

    def _row(self, each: RequestRow) -> TableRow:
        assert self._shown is not None
        today, started = self._shown.today, each.request.started_on
        begun = Cell(nearby(started, today), sub=each.form)
        name = Cell(
            each.pupil.name,
            bold=True,
            sub=say("request_page.row_begun", place=each.place or each.council, day=nearby_within(started, today)),
        )
        pack = each.pack
        pages = Cell("–")
        if pack is not None:
            pages = Cell(say("request_page.pages", count=pack.pages), sub=say("request_page.version", version=pack.version))
        first = (begun,) if self._of_one_pupil else (name, Cell(each.council, sub=each.form))
        return TableRow(each.request.id, (*first, Cell(chip=state_chip(each.request)), pages, self._clock(each), self._reply(each)))

    def _clock(self, each: RequestRow) -> Cell:
        assert self._shown is not None
        if each.decide is None:
            return Cell("–")
        by = say("request_page.by_day", day=full_date(each.decide.due))
        if each.request.state != "sent":
            return Cell(say("request_page.clock_over"), tone="muted", sub=by)
        late = day_of(each.decide, self._shown.today).late_by
        words = day_words(each.decide, self._shown.today)
        words = say("request_page.from_sending", words=words) if each.decide.from_sending else words
        return Cell(words, tone="danger" if late else "text", sub=by)

    def _reply(self, each: RequestRow) -> Cell:
        assert self._shown is not None
        standing, today = each.standing, self._shown.today
        if each.case is not None and each.case.events:
            last = each.case.events[-1]
            return Cell(event_words(last), sub=nearby(last.at.astimezone().date(), today))
        if standing.decision:
            return Cell(decision_words(standing), sub=nearby(standing.decided_on, today) if standing.decided_on else "")
        if standing.counted_from is None:
            return Cell("–")
        sent = standing.sent
        way = say(f"request_page.went_by_{sent.how}", day=nearby(sent.sent_on, today)) if sent else ""
        return Cell(say("request_page.no_reply"), tone="muted", sub=way)


class StartSheet(Sheet):
    """Begins a request: the pupil, and on which council's form."""

    def __init__(self, room: Room, council: str, *, started: Callable[[Request], object], pupil: Pick | None = None) -> None:
        self._room = room
        self._started = started
        self.form = Form(wide=True)
        self.picker = PupilPicker(room.desk, self._find, say("request_page.pupil"), several=False)
        self.form.add("pupil", Field(say("request_page.pupil"), self.picker, hint=say("request_page.pupil_hint")))
        if pupil is not None:
            self.picker.choose(pupil)
        self._forms = forms_offered(council, room.app.clock.today())
        options = [("", say("request_page.form_of_home")), *((f"{each.council}/{each.form}", form_words(each)) for each in self._forms)]
        self.which = Choice(say("request_page.which_form"), options)
        self.form.add("form", Field(say("request_page.which_form"), self.which, hint=say("request_page.form_hint")))
        self.button = Button(say("request_page.start"), "primary", press=self._press)
        content = holder(col(self.form, row(STRETCH, self.button), gap=16))
        content.setFocusProxy(self.picker)
        super().__init__(say("request_page.start_title"), content, width=560)

    def _find(self, text: str) -> Sequence[Pick]:
        found = find_pupils(self._room.place.session.record, text)
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in found]

    def _press(self) -> None:
        chosen = self.picker.chosen()
        if not chosen:
            self.form.show_problems({"pupil": say("refusals.enter_a_pupil")})
            return
        self.button.setEnabled(False)
        council, _, form = self.which.value().partition("/")
        begin(self._room, self, chosen[0].id, self._begun, self._refused, council=council or None, form=form or NEEDS_ASSESSMENT)

    def _begun(self, request: Request) -> None:
        self.close_sheet()
        self._started(request)

    def _refused(self, message: PlainMessage) -> None:
        self.button.setEnabled(True)
        self.form.show_problems({"pupil": explain(message)})


def begin(
    room: Room,
    owner: QWidget,
    pupil: str,
    then: Callable[[Request], object],
    refused: Callable[[PlainMessage], None] | None = None,
    *,
    council: str | None = None,
    form: str = NEEDS_ASSESSMENT,
) -> None:
    """Begins a request for a pupil and says so; without a council, on the form of the one in whose area the pupil lives."""

    def begun(answer: tuple[Request, object]) -> None:
        announce(say("request_page.started"), owner)
        then(answer[0])

    room.do(owner, lambda place: start_request(place.session, pupil, council=council, form=form), begun, refused)
