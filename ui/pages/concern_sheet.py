"""A note that the SENCO was told of: read it, acknowledge it, or open it where it stands."""

from sencoapp import reference
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.record import Saved
from sencoapp.services import concerns
from ui.commands import command
from ui.dates import clock
from ui.pages.pupil_words import breakable, joined
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import STRETCH, Button, Sheet, Text, col, holder, note


class ConcernSheet(Sheet):
    """Acknowledging takes it out of Today and never hides the note."""

    def __init__(self, room: Room, concern: concerns.Concern) -> None:
        self._room, self._concern = room, concern
        words = reference.say
        written = concern.note
        said = Text(breakable(written.text), "body", wrap=True, selectable=True)
        when = joined(weekday_date(written.happened_on), written.author_name, written.lesson or "", written.setting or "")
        told = words("today_page.told_at", time=clock(concern.told.told_at), day=weekday_date(concern.told.told_at.astimezone()))
        body = holder(
            col(said, note(when, wrap=True), note(told, wrap=True), note(words("today_page.acknowledging"), wrap=True), STRETCH, gap=10)
        )
        self.acknowledge_button = Button(words("today_page.acknowledge"), "primary", tip="Ctrl+Return", press=self.acknowledge)
        self.open_button = Button(words("notes.open_pupil"), press=self._open)
        title = words("today_page.concern_about", name=concern.pupil.name)
        super().__init__(title, SheetBody(title, body, self.acknowledge_button, self.open_button))
        command(self, words("today_page.acknowledge"), self.acknowledge, "Ctrl+Return", "Ctrl+Enter")

    def acknowledge(self) -> None:
        told = self._concern.told.id
        self._room.do(
            self,
            lambda place: concerns.acknowledge(place.session, told),
            self._acknowledged,
            lambda message: self._room.ways.toast(reference.explain(message)),
            once=True,
        )

    def _acknowledged(self, saved: Saved) -> None:
        self.close_sheet()
        self._room.ways.toast(reference.say("today_page.acknowledged", name=self._concern.pupil.name), saved)

    def _open(self) -> None:
        self.close_sheet()
        found = self._concern.note
        self._room.ways.go("pupil", pupil=found.pupil, tab="timeline", entry=f"observation:{found.id}")


def open_concern(room: Room, told: str) -> None:
    """Lays the sheet over the page."""
    room.ask(
        room.desk,
        lambda place: concerns.read_concern(place.session, told),
        lambda concern: room.ways.show_sheet(ConcernSheet(room, concern)),
        lambda message: room.ways.toast(reference.explain(message)),
    )
