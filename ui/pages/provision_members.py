"""Who is in a group, and on which days: pupils join and leave while it runs, and each change is told where it makes two places at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Saved
from sencoapp.services import provision as services
from sencoapp.services import pupils
from sencoapp.services.ports import Session
from sencoapp.services.timetable import TimetableBook
from sencoapp.services.today import place_words
from ui.allowed import only_for
from ui.pages.provision_days import open_days_sheet
from ui.pages.provision_words import wording
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Cell, Column, Field, Form, Notice, Pick, PupilPicker, RecordTable, Sheet, TableRow, Text, clear, col, holder

_MOST_SHOWN = 8


@dataclass(frozen=True)
class Members:
    """One answer of the record: each place with its pupil, and who would be in two places."""

    places: tuple[tuple[ProvisionPlace, str], ...]
    warnings: tuple[str, ...]


def read(session: Session, provision: Provision) -> Members:
    """Places by name and first day."""
    record = session.record
    found = [(each, pupil.name) for each in record.find(ProvisionPlace, provision=provision.id) if (pupil := record.get(Pupil, each.pupil))]
    found.sort(key=lambda each: (each[1], each[0].starts_on or provision.starts_on, each[0].id))
    return Members(tuple(found), TimetableBook(session).warnings_of(provision.id, session.clock.today()))


class MembersBody(SheetBody):
    """A list and a field that adds; Enter on a pupil opens their days."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, provision: Provision) -> None:
        self._room, self._owner, self._provision = room, owner, provision
        self._places: dict[str, ProvisionPlace] = {}
        columns = (
            Column(wording("member"), 0),
            Column(wording("days_first"), 170),
            Column(wording("days_last"), 170),
        )
        self.table = RecordTable(wording("members"), columns, compact=True)
        self.table.setMinimumHeight(0)
        self.table.opened.connect(lambda _: self._open_days())
        self.picker = PupilPicker(room.desk, self._find, wording("member_add"), several=False)
        self.picker.changed.connect(self._join)
        self._warnings = col(gap=6)
        form = Form(wide=True)
        form.add_widget(Text(wording("members_words"), "ui", wrap=True))
        field = Field(wording("member_add"), self.picker, hint=wording("member_hint"))
        form.add("member", field)
        form.add_widget(self.table)
        form.add_widget(holder(self._warnings))
        self.form = form
        self.days = Button(wording("days"), "secondary", icon="calendar", press=self._open_days)
        close = Button(wording("members_done"), "quiet", press=lambda: self.done.emit())
        only_for(room.actor, ProvisionPlace, field)
        only_for(room.actor, ProvisionPlace, self.days, verb="change")
        super().__init__(wording("members"), form, self.days, close)
        self.setFocusProxy(self.picker)
        self._ask()

    def _find(self, words: str) -> Sequence[Pick]:
        found = pupils.find_pupils(self._room.place.session.record, words)
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in found]

    def _ask(self) -> None:
        provision = self._provision
        self._room.ask(self, lambda place: read(place.session, provision), self._show, replace="members")

    def _show(self, found: Members) -> None:
        self._places = {each.id: each for each, _ in found.places}
        self.table.show_rows([_row(each, name, self._provision) for each, name in found.places])
        if found.places and not self.table.current_key():
            self.table.choose_first()
        self.days.setEnabled(bool(found.places))
        rows = min(_MOST_SHOWN, max(1, len(found.places)))
        self.table.setFixedHeight(self.table.horizontalHeader().height() + self.table.verticalHeader().defaultSectionSize() * rows + 4)
        clear(self._warnings)
        for each in found.warnings:
            self._warnings.addWidget(Notice("warning", each))

    def _join(self) -> None:
        chosen = self.picker.chosen()
        if not chosen:
            return
        pupil, provision = chosen[0], self._provision
        self.picker.choose()
        self._room.do(
            self,
            lambda place: services.join_provision(place.session, provision.id, pupil.id),
            lambda saved: self._joined(pupil.name, saved),
            self.form.refuse,
        )

    def _joined(self, name: str, saved: Saved) -> None:
        self._room.ways.toast(wording("member_joined", name=name, title=self._provision.title), saved)
        self._ask()

    def _open_days(self) -> None:
        place = self._places.get(self.table.current_key())
        if place is not None:
            open_days_sheet(self._room, self._owner, self._provision, place)


def _row(place: ProvisionPlace, name: str, provision: Provision) -> TableRow:
    first = full_date(place.starts_on or provision.starts_on)
    last = place.ends_on or provision.ends_on
    whole = wording("member_carries") if place.whole_cost_reason else ""
    said = " · ".join(filter(None, (name, whole)))
    return TableRow(place.id, (Cell(said, bold=True), Cell(first), Cell(full_date(last) if last else wording("member_goes_on"))))


def open_members_sheet(room: Room, owner: QObject, provision: Provision) -> MembersBody:
    """Lays the list over the page."""
    body = MembersBody(room, owner, provision)
    sheet = Sheet(wording("members_of", title=provision.title), body, width=640)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)
    return body
