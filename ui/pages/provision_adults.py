"""Who gives a provision and on which days: adults come and go while it runs, and each is paid for their own days."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import StaffMember
from sencoapp.domain.provision import Provision, ProvisionStaff
from sencoapp.domain.record import Saved
from sencoapp.services import staffing
from sencoapp.services.ports import Session
from sencoapp.services.staff import staff_of
from ui.allowed import only_for
from ui.pages.ask_form import Ask
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Cell, Column, Form, RecordTable, Sheet, TableRow, Text

_MOST_SHOWN = staffing.MOST_ADULTS


def words(key: str, **details: object) -> str:
    return reference.say(f"provision_adults.{key}", **details)


@dataclass(frozen=True)
class Adults:
    """One answer of the record."""

    adults: list[ProvisionStaff]
    names: Mapping[str, str]
    staff: list[StaffMember]


def _read(session: Session, provision: str) -> Adults:
    record = session.record
    names = {id: name for id, (name, _) in staffing.people_by_id(record).items()}
    return Adults(staffing.staff_of_provision(record, provision), names, staff_of(record, session.clock.today()))


class AdultsBody(SheetBody):
    """The list; Enter on an adult opens their days."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, provision: Provision) -> None:
        self._room, self._owner, self._provision = room, owner, provision
        self._found = Adults([], {}, [])
        columns = (Column(words("who"), 0), Column(words("first"), 170), Column(words("last"), 170))
        self.table = RecordTable(words("list"), columns, compact=True)
        self.table.setMinimumHeight(0)
        self.table.opened.connect(lambda _: self.change_chosen())
        self._empty = Text(words("empty", who=provision.delivered_by), "ui", "muted", wrap=True)
        form = Form(wide=True)
        form.add_widget(Text(words("why"), "ui", wrap=True))
        form.add_widget(self._empty)
        form.add_widget(self.table)
        self.add = Button(words("add"), "primary", icon="plus", press=lambda: self._open(None))
        self.change = Button(words("change"), "secondary", icon="calendar", press=self.change_chosen)
        close = Button(words("done"), "quiet", press=lambda: self.done.emit())
        self._may_change = only_for(room.actor, ProvisionStaff, self.change, verb="change")
        only_for(room.actor, ProvisionStaff, self.add)
        super().__init__(words("list"), form, self.add, self.change, close)
        self.setFocusProxy(self.add if self._may_change else close)
        self.table.hide()
        self.change.hide()
        room.ask(self, lambda place: _read(place.session, provision.id), self._show, replace="adults")

    def change_chosen(self) -> None:
        chosen = next((each for each in self._found.adults if each.id == self.table.current_key()), None)
        if chosen is not None and self._may_change:
            self._open(chosen)

    def _open(self, shown: ProvisionStaff | None) -> None:
        open_adult_sheet(self._room, self._owner, self._provision, self._found, shown)

    def _show(self, found: Adults) -> None:
        self._found = found
        self._empty.setVisible(not found.adults)
        self.table.setVisible(bool(found.adults))
        self.change.setVisible(bool(found.adults) and self._may_change)
        self.table.show_rows([_row(each, found, self._provision) for each in found.adults])
        if found.adults and not self.table.current_key():
            self.table.choose_first()
        rows = min(_MOST_SHOWN, max(1, len(found.adults)))
        self.table.setFixedHeight(self.table.horizontalHeader().height() + self.table.verticalHeader().defaultSectionSize() * rows + 4)


def _row(adult: ProvisionStaff, found: Adults, provision: Provision) -> TableRow:
    who = found.names.get(adult.staff_member or "", adult.staff_role or "")
    last = adult.ends_on or provision.ends_on
    first = Cell(full_date(adult.starts_on or provision.starts_on))
    return TableRow(adult.id, (Cell(who, bold=True), first, Cell(full_date(last) if last else words("goes_on"))))


def open_adults_sheet(room: Room, owner: QObject, provision: Provision) -> None:
    """Lays the list over the page."""
    body = AdultsBody(room, owner, provision)
    sheet = Sheet(words("title", title=provision.title), body, width=640)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)


def open_adult_sheet(room: Room, owner: QObject, provision: Provision, found: Adults, shown: ProvisionStaff | None) -> None:
    """One adult with their days, new or to be changed. Once it is saved the list is there again."""
    today = room.app.clock.today()
    kept: list[Saved] = []
    staff = [("", words("of_a_kind")), *((each.id, each.name) for each in found.staff)]
    if shown is not None and shown.staff_member and shown.staff_member not in dict(staff):
        staff.append((shown.staff_member, found.names.get(shown.staff_member, "")))  # one who has left the school since

    def keep(session: Session, wanted: list[ProvisionStaff]) -> Saved:
        saved = staffing.set_staff(session, provision.id, wanted)
        kept.append(saved)
        return saved

    def others(session: Session) -> list[ProvisionStaff]:
        there = staffing.staff_of_provision(session.record, provision.id)
        return [each for each in there if shown is None or each.id != shown.id]

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        base = shown or ProvisionStaff("", provision.id)
        values: dict[str, Any] = {name: typed[name] or None for name in ("staff_member", "staff_role", "starts_on", "ends_on")}
        return keep(session, [*others(session), replace(base, **values)])

    rows = (
        Ask("staff_member", words("who"), "choice", staff),
        Ask("staff_role", words("kind"), hint=words("kind_hint"), optional=True),
        (
            Ask("starts_on", words("first"), "day", what=words("what_first"), hint=words("first_hint"), optional=True),
            Ask("ends_on", words("last"), "day", what=words("what_last"), hint=words("last_hint"), optional=True, towards="future"),
        ),
    )
    values = {name: getattr(shown, name) or "" for name in ("staff_member", "staff_role")} if shown else {}
    values |= {name: getattr(shown, name) for name in ("starts_on", "ends_on")} if shown else {}
    entry = Entry(
        title=words("sheet", title=provision.title),
        save_words=words("save"),
        rows=rows,
        values=values,
        draft=f"provision_staff.{shown.id if shown else provision.id}",
        write=write,
        said=lambda _: words("saved", title=provision.title),
        remove=Removal(words("remove"), words("removed"), lambda session: keep(session, others(session))) if shown else None,
        past=("provision_staff", shown.id) if shown else None,
    )
    open_entry(
        room,
        owner,
        entry,
        today,
        lambda sheet: sheet.closed.connect(lambda: open_adults_sheet(room, owner, provision) if kept else None),
    )
