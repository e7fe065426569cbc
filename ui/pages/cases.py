"""Cases with the council: one list of all that is under way, and one case with its steps, its days and what comes next."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedLayout, QWidget

from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.record import Saved
from sencoapp.reference import say
from sencoapp.services import cases as services
from sencoapp.services.cases import CaseRow
from sencoapp.services.permissions import may, may_save
from sencoapp.services.ports import Session
from sencoapp.services.today import place_words
from ui.commands import command
from ui.dates import nearby, nearby_within
from ui.page import Page
from ui.pages.calendar_sheet import open_calendar_sheet
from ui.pages.case_bundle import BundleView
from ui.pages.case_sheets import open_start_sheet
from ui.pages.case_view import CaseView
from ui.pages.case_words import council_words, due_words, kind_words, outcome_words
from ui.pages.export_sheet import Export
from ui.pages.save_out import AskWhere, ask_where
from ui.pages.tab_order import lead_through
from ui.room import Room
from ui.widgets import STRETCH, Button, Cell, ChipChoice, Column, EmptyPlace, RecordTable, Rule, Surface, TableRow, col, holder, row

_TOUCHING = ("council_case", "case_date", "case_step", "pupil", "school", "staff_member", "pack")
_TOUCHING_BUNDLE = ("council_case", "pack", "bundle_paper", "document", "redaction", "request", "answer", "statement_sentence", "pupil")
_FILTERS = ("open", "late", "closed")


def make_cases_page(room: Room) -> Page:
    """The page "cases". It opens on the list; with ``case`` on a case, with ``step`` on a step of it, with ``bundle`` on its papers
    for a tribunal.

    With ``start`` (the id of a pupil, or true) it offers to open one.
    """
    return CasesPage(room)


class CasesPage(Page):
    """The list, or one case."""

    ask_where: AskWhere = staticmethod(ask_where)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._case = ""
        self.list = CaseTable()
        self.view = CaseView(room)
        self.bundle = BundleView(room)
        self.export = Export(room, self, ("cases", "counts", "sen2"))
        self.list.bar.insertWidget(2, self.export.button)
        lead_through((self.list,))
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.list)
        self._layers.addWidget(self.view)
        self._layers.addWidget(self.bundle)
        self.list.table.opened.connect(lambda case: room.ways.go("cases", case=case))
        self.list.which.chosen.connect(self._read)
        self.list.start_wanted.connect(self.start)
        self.list.calendar.clicked.connect(self.save_calendar)
        self.view.list_wanted.connect(lambda: room.ways.go("cases"))
        self.view.shown.connect(self._say_heading)
        self.view.bundle_wanted.connect(lambda: room.ways.go("cases", case=self._case, bundle=True))
        self.bundle.shown.connect(self._say_heading)
        self.bundle.case_wanted.connect(lambda: room.ways.go("cases", case=self._case))
        changing = may_save(room.actor, CouncilCase)
        self.list.allow(start=changing, calendar=may(room.actor, "export"))
        if may(room.actor, "export"):
            command(self, say("cases.save_calendar"), self.save_calendar, icon="calendar", also="ICS Outlook reminders")
        command(self, say("cases.back"), lambda: room.ways.go("cases"), "Alt+Left")

    def show_for(self, args: Mapping[str, Any]) -> None:
        case = self._case = str(args.get("case") or "")
        bundle = bool(case and args.get("bundle"))
        self._layers.setCurrentWidget(self.bundle if bundle else self.view if case else self.list)
        if bundle:
            self.bundle.show_bundle(case)
        elif case:
            self.view.show_case(case, str(args.get("step") or ""))
        else:
            self._read()
        self._say_heading()
        if args.get("start"):
            self.start(str(args["start"]))

    def refresh(self, saved: Saved) -> None:
        if self._layers.currentWidget() is self.bundle:
            if saved.touches(*_TOUCHING_BUNDLE):
                self.bundle.read_again()
            return
        if not saved.touches(*_TOUCHING):
            return
        if self._layers.currentWidget() is self.view:
            self.view.read_again()
        else:
            self._read()

    def panes(self) -> Sequence[QWidget]:
        here = self._here()
        return here.panes() if here else (self.list,)

    def first_focus(self) -> QWidget:
        return (self._here() or self.list).first_focus()

    def start(self, pupil: str = "") -> None:
        """Offers to open a case."""
        open_start_sheet(self._room, self, pupil)

    def save_calendar(self) -> None:
        """Offers what is due as a calendar file, once or kept up to date, with initials only."""
        ask = partial(self.ask_where, self.window(), say("cases.calendar_file"), say("cases.calendar_kind"))
        open_calendar_sheet(self._room, self, ask)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _read(self) -> None:
        which = self.list.which.value()
        ask = partial(_rows_for, which)
        self._room.ask(self, lambda place: ask(place.session), self.list.show_cases, replace="cases")

    def _here(self) -> CaseView | BundleView | None:
        """What is shown of one case; None while the list is."""
        return next((each for each in (self.view, self.bundle) if self._layers.currentWidget() is each), None)

    def _say_heading(self) -> None:
        if self._layers.currentWidget() is self.bundle:
            name = self.bundle.page.pupil.name if self.bundle.page else ""
            self.set_heading(say("cases.bundle_heading", name=name) if name else say("cases.bundle"))
            return
        shown = self.view.row if self._layers.currentWidget() is self.view else None
        if shown is None:
            self.set_heading(say("welcome.page_cases"))
        else:
            # The name alone: with the kind behind it, a long name or large text would cut off what the case is.
            self.set_heading(
                shown.pupil.name, " · ".join(filter(None, (kind_words(shown), place_words(shown.pupil.year, shown.pupil.reg_group))))
            )


class CaseTable(QWidget):
    """Every case, what is due first first. ``start_wanted`` is the button's."""

    def __init__(self) -> None:
        super().__init__()
        self.which = ChipChoice(say("cases.show"), [(each, say(f"cases.show_{each}")) for each in _FILTERS], none_allowed=False)
        self.which.choose("open")
        self.start = Button(say("cases.start"), "primary", icon="plus")
        self.start_wanted = self.start.clicked
        self.calendar = Button(say("cases.calendar"), "quiet", icon="calendar")
        columns = (
            Column(say("cases.col_pupil")),
            Column(say("cases.col_case"), 250, keep=False),
            Column(say("cases.col_next"), 270),
            Column(say("cases.col_due"), 170),
            Column(say("cases.col_changed"), 150, keep=False),
        )
        self.table = RecordTable(say("cases.list"), columns, two_lines=True, lead=24)
        self._none = EmptyPlace(say("cases.none_yet"), icon="landmark")
        self._empty = holder(col(self._none, margins=24))
        self.bar = row(self.which, STRETCH, self.calendar, self.start, gap=8, margins=(24, 10, 24, 10))
        self.setLayout(col(Surface("plain", self.bar), Rule(), (self.table, 1), (self._empty, 1), gap=0))
        self._empty.hide()

    def allow(self, *, start: bool, calendar: bool) -> None:
        self.start.setVisible(start)
        self.calendar.setVisible(calendar)

    def show_cases(self, found: tuple[list[CaseRow], date]) -> None:
        rows, today = found
        self.table.show_rows([_row(each, today) for each in rows])
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._none.say(say("cases.none_yet" if self.which.value() == "open" else f"cases.none_{self.which.value()}"))

    def first_focus(self) -> QWidget:
        return self.table if self.table.isVisibleTo(self) else self.start if self.start.isVisibleTo(self) else self.which.chip("open")


def _rows_for(which: str, session: Session) -> tuple[list[CaseRow], date]:
    today = session.clock.today()
    rows = services.case_list(session, closed=which == "closed")
    return [each for each in rows if which != "late" or (each.due is not None and each.due < today)], today


def _row(each: CaseRow, today: date) -> TableRow:
    step = each.shown.next_step
    due, tone = due_words(step, today)
    case = each.shown.case
    if case.closed_on:
        after = Cell(outcome_words(each.shown), sub=say("cases.closed_on", day=nearby_within(case.closed_on, today)))
    else:
        after = Cell(step.label if step else say("cases.nothing_left"), sub=say(f"cases.who_{step.who}") if step else "")
    return TableRow(
        case.id,
        (
            Cell(each.pupil.name, sub=place_words(each.pupil.year, each.pupil.reg_group), bold=True),
            Cell(case.title or kind_words(each), sub=council_words(each)),
            after,
            Cell(
                due, tone=tone, sub=nearby(step.due, today) if step and step.due else "", icon="triangle-alert" if tone == "danger" else ""
            ),
            Cell(nearby(each.changed_on, today), sub=each.owner_name),
        ),
    )
