"""Sessions: what runs on a day, ticked in two taps by whoever runs it. Choose a session, press Ran."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.dates import weekday_date
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.record import Saved
from sencoapp.services import delivery as services
from sencoapp.services.delivery import DaySession
from sencoapp.services.permissions import may_save
from ui.commands import command
from ui.page import Page
from ui.pages.session_ledger import open_ledger_sheet
from ui.pages.session_tick import SessionTick
from ui.pages.session_words import state_words, title_words, wording
from ui.room import Room
from ui.theme import theme
from ui.widgets import STRETCH, Button, Cell, Column, EmptyPlace, GroupRow, RecordTable, Rule, Surface, TableRow, col, holder, row
from ui.widgets.table_model import Row

_LIST = 220
TOUCHES = ("session_mark", "provision", "provision_place", "pupil", "school")


def make_sessions_page(room: Room) -> "SessionsPage":
    """The page "Sessions". The arg ``session`` (``DaySession.key``) chooses one of today's."""
    return SessionsPage(room)


class SessionsPage(Page):
    """The sessions of a day above, and below them how the chosen one went."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._day = room.app.clock.today()
        self._sessions: dict[str, DaySession] = {}
        self._wanted = ""
        self.earlier = Button(wording("earlier"), "quiet", icon="chevron-left", press=lambda: self.go_to(self._day - timedelta(days=1)))
        self.today = Button(wording("today"), "quiet", press=lambda: self.go_to(room.app.clock.today()))
        self.later = Button(wording("later"), "quiet", icon="chevron-right", press=lambda: self.go_to(self._day + timedelta(days=1)))
        self.ledger = Button(wording("ledger"), "secondary", icon="chart-column", press=self._open_ledger)
        columns = (
            Column(wording("column_session"), 0),
            Column(wording("column_pupils"), 300, keep=False),
            Column(wording("column_week"), 110, right=True, keep=False),
            Column(wording("column_state"), 240),
        )
        self.table = RecordTable(wording("list"), columns, two_lines=True, lead=24)
        self.tick = SessionTick(room, self)
        bar = Surface("plain", row(self.earlier, self.today, self.later, STRETCH, self.ledger, gap=8, margins=(24, 10, 24, 10)))
        self._empty = EmptyPlace(wording("none"), icon="square-check")
        self._full = holder(col((self.table, 1), Surface("foot", col(self.tick, margins=(24, 12, 24, 12))), gap=0))
        self.setLayout(col(bar, Rule(), (self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()
        self.restyle()
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda _: self.tick.ran.setFocus())
        if may_save(room.actor, SessionMark):
            for words, press, keys in (
                (wording("ran"), self.tick.say_ran, "Ctrl+Return"),
                (wording("short"), self.tick.ask_short, ""),
                (wording("missed"), self.tick.ask_missed, ""),
            ):
                command(self, f"{wording('title')}: {words}", press, *([keys] if keys else []))
        command(self, wording("earlier"), self.earlier.click, "Ctrl+PgUp")
        command(self, wording("later"), self.later.click, "Ctrl+PgDown")

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._wanted = str(args.get("session", ""))
        self.go_to(self._room.app.clock.today())

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.table, self.tick)

    def first_focus(self) -> QWidget:
        return self.table if self._sessions else self.earlier

    def go_to(self, day: date) -> None:
        """Shows another day; never one that has not come."""
        today = self._room.app.clock.today()
        self._day = min(day, today)
        self.later.setEnabled(self._day < today)
        self.set_heading(wording("title"), weekday_date(self._day))
        self._ask()

    def restyle(self) -> None:
        """With large text the page scrolls before the list shrinks to nothing."""
        self.table.setMinimumHeight(theme().px(_LIST))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        day = self._day
        self._room.ask(self, lambda place: services.sessions_of_day(place.session, day), self._show, replace="sessions")

    def _show(self, found: list[DaySession]) -> None:
        self._sessions = {each.key: each for each in found}
        rows: list[Row] = []
        for name, mine in (("mine", True), ("others", False)):
            group = [each for each in found if each.mine == mine]
            if group:
                rows += [GroupRow(f"{wording(f'group_{name}')} · {len(group)}"), *(_row(each) for each in group)]
        self._full.setVisible(bool(found))
        self._empty.setVisible(not found)
        self.ledger.setEnabled(bool(found))
        self.table.show_rows(rows)
        wanted, self._wanted = self._wanted, ""
        if found and not (wanted and self.table.choose(wanted)) and not self.table.current_key():
            self.table.choose_first()
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.tick.show_session(self._sessions.get(self.table.current_key()), self._day)

    def _open_ledger(self) -> None:
        chosen = self._sessions.get(self.table.current_key())
        if chosen is not None:
            open_ledger_sheet(self._room, self, chosen.provision.id)


def _row(each: DaySession) -> TableRow:
    made = each.provision
    names = ", ".join(inside.name for inside in each.pupils)
    planned = format(made.sessions_per_week.normalize(), "f")
    mark = each.of_all
    state = Cell(state_words(each), icon="circle-dashed" if mark is None else "x" if mark.result == "missed" else "check")
    about = wording("pattern", minutes=made.minutes, who=made.delivered_by)
    return TableRow(
        each.key,
        (Cell(title_words(each), about, bold=True), Cell(names), Cell(wording("week", held=each.this_week, planned=planned)), state),
    )
