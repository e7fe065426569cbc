"""The calendar file that is kept up to date: written anew a moment after something in it changes, and when the record opens."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.case_calendar import kept_calendar
from sencoapp.services.permissions import may
from ui.pages.save_out import write_out
from ui.room import Room

QUIET_MS = 5_000
"""So long after the last change: a person who enters five days has the file written once."""
_IN_IT = ("council_case", "case_date", "case_step", "cycle", "pupil", "school", "submission", "case_event")


class CalendarWatch(QTimer):
    """Belongs to the window of an open record. What went wrong is told once: a folder may be away for days."""

    def __init__(self, window: QWidget, room: Room) -> None:
        super().__init__(window)
        self._window, self._room = window, room
        self._told = not may(room.actor, "export")
        self.setSingleShot(True)
        self.setInterval(QUIET_MS)
        self.timeout.connect(self.write)

    def take(self, saved: Saved) -> None:
        """Something was saved."""
        if saved.touches(*_IN_IT):
            self.start()

    def write(self) -> None:
        """Writes the file now, where one is kept."""
        if may(self._room.actor, "export"):
            self._room.ask(self._window, lambda place: kept_calendar(place.session), self._put, replace="calendar")

    def _put(self, kept: "tuple[Path, bytes] | None") -> None:
        if kept is not None:
            path, content = kept
            # That it leaves the record was noted when the file was chosen.
            write_out(self._room.desk, self._room.place, self._window, {path: content}, lambda _: None, self._written, self._refused)

    def _written(self, _: object) -> None:
        self._told = False

    def _refused(self, message: PlainMessage) -> None:
        if not self._told:
            self._told = True
            self._room.ways.toast(say("cases.calendar_not_kept", why=explain(message)))
