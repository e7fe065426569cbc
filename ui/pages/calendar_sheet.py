"""The calendar of what is due, on its way to Outlook and others: saved once, or kept up to date in a file."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from sencoapp.app import Workplace
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.case_calendar import calendar_kept_at, case_calendar, keep_calendar
from ui.pages.save_out import save_out
from ui.room import Room
from ui.widgets import Button, Notice, Sheet, Text, col, flow, holder


def open_calendar_sheet(room: Room, owner: QObject, where: Callable[[], "Path | None"]) -> None:
    """``where`` asks for a file."""
    room.ask(
        owner, lambda place: calendar_kept_at(place.session), lambda kept: room.ways.show_sheet(CalendarSheet(room, owner, where, kept))
    )


class CalendarSheet(Sheet):
    """Says what is in the file and who can read it, before one is written."""

    def __init__(self, room: Room, owner: QObject, where: Callable[[], "Path | None"], kept: "Path | None") -> None:
        self._room, self._owner, self._where = room, owner, where
        state = Notice("info", say("cases.calendar_kept_at", file=str(kept))) if kept else None
        self.keep = Button(
            say("cases.calendar_keep_elsewhere" if kept else "cases.calendar_keep"), "primary", press=lambda: self._save(keep=True)
        )
        self.once = Button(say("cases.calendar_once"), "secondary", press=lambda: self._save(keep=False))
        self.stop = Button(say("cases.calendar_stop"), "quiet", press=self._stop)
        self.stop.setVisible(kept is not None)
        words = (Text(say("cases.calendar_about"), "ui", wrap=True), Text(say("cases.calendar_keep_about"), "ui", wrap=True))
        content = holder(col(*words, *filter(None, [state]), flow(self.keep, self.once, self.stop, gap=8), gap=16))
        content.setFocusProxy(self.keep)
        super().__init__(say("cases.calendar_title"), content, width=560)

    def _save(self, *, keep: bool) -> None:
        path = self._where()
        if path is None:
            return

        def read(place: Workplace) -> bytes:
            return case_calendar(place.session).content

        def told() -> None:
            if keep:
                self._room.ask(self._owner, lambda place: keep_calendar(place.session, path), lambda _: None)
            self._room.ways.toast(say("cases.calendar_is_kept" if keep else "cases.calendar_saved", file=path.name))

        def refused(message: PlainMessage) -> None:
            self._room.ways.toast(explain(message))

        self.close_sheet()
        save_out(
            self._room,
            self._owner,
            path,
            read,
            what=say("cases.calendar_title"),
            recipient=self._room.actor.name,
            purpose=say("cases.calendar_purpose_kept" if keep else "cases.calendar_purpose"),
            pupil=None,
            then=told,
            refused=refused,
        )

    def _stop(self) -> None:
        def stopped(_: object) -> None:
            self.close_sheet()
            self._room.ways.toast(say("cases.calendar_stopped"))

        self._room.ask(self, lambda place: keep_calendar(place.session, None), stopped)
