"""A pupil's SEN status: what it is, how it came to be, and a further step."""

from datetime import date
from functools import partial
from typing import cast, get_args

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, SENprovision, SenStatus
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import pupils
from ui.commands import command
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    ChipChoice,
    DateField,
    Field,
    Form,
    Sheet,
    Surface,
    Text,
    TextArea,
    clear,
    col,
    heading,
    note,
    row,
    side_by_side,
    status_chip,
)


class StatusPanel(Surface):
    """The steps, newest first, each with its day, its reason and when the parents were told."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: Pupil | None = None
        self._today: date | None = None
        self._steps = col(gap=10)
        self.change = Button(reference.say("pupil.change_status"), "link", press=self.open_sheet)
        head = row(heading(reference.say("pupil.status")), STRETCH, self.change)
        super().__init__("panel", col(head, self._steps, gap=10, margins=16))

    def show_statuses(self, pupil: Pupil, statuses: tuple[SenStatus, ...], today: date) -> None:
        self._pupil, self._today = pupil, today
        clear(self._steps)
        for each in reversed(statuses):
            self._steps.addWidget(_step(each))
        if not statuses:
            self._steps.addWidget(Text(reference.say("pupil.no_status"), "ui", "muted", wrap=True))

    def open_sheet(self) -> None:
        """A further step of the status."""
        if self._pupil is not None and self._today is not None:
            self._room.ways.show_sheet(StatusSheet(self._room, self._pupil, self._today))


def _step(status: SenStatus) -> QWidget:
    lines = [row(status_chip(status.code), Text(reference.say("pupil.since", date=full_date(status.starts_on)), "ui"), STRETCH)]
    box = Surface("plain", col(*lines, gap=2))
    column = box.layout()
    assert column is not None
    for words in (status.reason, _told(status)):
        if words:
            column.addWidget(note(words, wrap=True))
    return box


def _told(status: SenStatus) -> str:
    return reference.say("pupil.parents_told", date=full_date(status.parents_told_on)) if status.parents_told_on else ""


class StatusSheet(Sheet):
    """Which status, from when, why, and when the parents were told (CFA 2014 s68)."""

    def __init__(self, room: Room, pupil: Pupil, today: date) -> None:
        self._room, self._pupil = room, pupil
        self.form = Form()
        codes = [(code, reference.say(f"pupil.status_{code}")) for code in get_args(SENprovision)]
        self.code = ChipChoice(reference.say("pupil.status"), codes, none_allowed=False)
        self.starts = DateField(today=today, value=today, what=reference.say("pupil.status_day"), field="starts_on")
        self.told = DateField(today=today, what=reference.say("pupil.told_day"), field="parents_told_on", towards="past", latest=today)
        self.reason = TextArea(lines=3)
        self.form.add("status", Field(reference.say("pupil.new_status"), self.code))
        self.form.add("reason", Field(reference.say("pupil.reason"), self.reason, optional=True))
        starts = self.form.add("starts_on", Field(reference.say("pupil.from"), self.starts), place=False)
        told = self.form.add("parents_told_on", Field(reference.say("pupil.told"), self.told, optional=True), place=False)
        self.form.add_widget(side_by_side(starts, told))
        self.save_button = Button(reference.say("pupil.save_status"), "primary", tip="Ctrl+Return", press=self.save)
        title = reference.say("pupil.status_of", name=pupil.name)
        super().__init__(title, SheetBody(title, self.form, self.save_button))
        command(self, reference.say("pupil.save_status"), self.save, "Ctrl+Return", "Ctrl+Enter")

    def save(self) -> None:
        code = self.code.value()
        if not code:
            self.form.show_problems({"status": reference.say("pupil.choose_status")})
            return
        try:
            starts, told = self.starts.value(), self.told.value()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        if starts is None:
            self.form.show_problems({"starts_on": reference.say("pupil.status_day_missing")})
            return
        pupil, reason = self._pupil.id, self.reason.words()
        write = partial(_set, pupil=pupil, code=cast(SENprovision, code), starts_on=starts, reason=reason, parents_told_on=told)
        self._room.do(self, write, lambda saved: self._saved(code, saved), self.form.refuse)

    def _saved(self, code: str, saved: Saved) -> None:
        self.close_sheet()
        step = next(each.id for each in saved.touched if each.kind == "sen_status")
        words = reference.say("pupil.status_saved", name=self._pupil.forename, status=reference.say(f"pupil.status_{code}"))
        self._room.ways.toast(words, lambda: self._room.do(self, lambda place: pupils.take_back_status(place.session, step)))


def _set(place: Workplace, pupil: str, code: SENprovision, starts_on: date, reason: str, parents_told_on: date | None) -> Saved:
    return pupils.set_status(place.session, pupil, code, starts_on, reason=reason, parents_told_on=parents_told_on)
