"""Ending a pupil's place in a provision, on a day; or taking it away where it was a mistake."""

from PySide6.QtCore import QObject, Signal

from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services import provision as services
from ui.commands import command
from ui.pages.form_draft import DraftOf
from ui.pages.measure_sheet import ask_for_measure
from ui.pages.provision_words import wording
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, DateField, Field, Form, Sheet, Text


class EndPlace(SheetBody):
    """One day. The provision itself goes on for the others."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, pupil: str, provision: Provision) -> None:
        self._room, self._owner, self._pupil, self._provision = room, owner, pupil, provision
        today = room.app.clock.today()
        self.form = Form(wide=True)
        self.form.add_widget(Text(wording("end_words", title=provision.title), "ui", wrap=True))
        self.day = DateField(today=today, value=today, what=wording("what_ends_on"), field="ends_on")
        self.form.add("ends_on", Field(wording("last_day"), self.day))
        self.save = Button(wording("end_place"), "primary", icon="check", press=self.submit)
        self.mistake = Button(wording("end_mistake"), "quiet", press=self._take_away)
        cancel = Button(wording("cancel"), "quiet", press=lambda: self.done.emit())
        self.draft = DraftOf(room, self.form, f"end_place.{pupil}.{provision.id}")
        super().__init__(wording("end_title"), self.form, self.save, self.mistake, cancel, above=self.draft.notice)
        self.draft.began()
        self.setFocusProxy(self.day.edit)
        command(self, wording("end_place"), self.submit, "Ctrl+Return", "Ctrl+Enter")

    def submit(self) -> None:
        try:
            day = self.day.value()
            if day is None:
                raise Refusal("date_missing", what=wording("what_ends_on"), field="ends_on")
        except PlainMessage as message:
            self.form.refuse(message)
            return
        pupil, provision, wanted = self._pupil, self._provision.id, day
        self._room.do(
            self, lambda place: services.end_places(place.session, pupil, provision, wanted), self._ended, self.form.refuse, once=True
        )

    def _ended(self, saved: Saved) -> None:
        room, owner, pupil, provision = self._room, self._owner, self._pupil, self._provision
        self._say(wording("place_was_ended", title=provision.title), saved)
        ask_for_measure(room, owner, provision, pupil, "exit")

    def _take_away(self) -> None:
        pupil, provision = self._pupil, self._provision.id
        self._room.do(
            self,
            lambda place: services.take_places_away(place.session, pupil, provision),
            lambda saved: self._say(wording("place_taken_away", title=self._provision.title), saved),
            self.form.refuse,
            once=True,
        )

    def _say(self, words: str, saved: Saved) -> None:
        room = self._room
        self.draft.saved()
        self.done.emit()
        room.ways.toast(words, saved)


def open_end_sheet(room: Room, owner: QObject, pupil: str, provision: Provision) -> EndPlace:
    """Lays the form over the page."""
    body = EndPlace(room, owner, pupil, provision)
    sheet = Sheet(wording("end_title"), body, width=520)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)
    return body
