"""Hiding a pupil who was entered by mistake: what would be hidden with them, and one button."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.changes import must_get
from sencoapp.services.pupils import remove_pupil, resting_on_pupil
from sencoapp.services.record_words import kind_words
from ui.pages.sheet_body import SheetBody
from ui.room import Refused, Room
from ui.widgets import Button, Notice, Sheet, Text, col, holder


def ask_to_remove_pupil(room: Room, owner: QObject, pupil: str) -> None:
    """Asks where something is kept about the pupil; else hides them at once, with Undo."""

    def asked(found: tuple[Pupil, Mapping[str, int]]) -> None:
        person, counts = found
        if counts:
            room.ways.show_sheet(RemovePupilSheet(room, person, counts))
        else:
            _remove(room, owner, person)

    room.ask(owner, lambda place: _what_is_there(place, pupil), asked)


class RemovePupilSheet(Sheet):
    def __init__(self, room: Room, pupil: Pupil, counts: Mapping[str, int]) -> None:
        self._room, self._pupil = room, pupil
        lines = [reference.say("history.counted", kind=kind_words(kind), count=f"{count:,}") for kind, count in counts.items()]
        words = (Text(each, "ui", wrap=True) for each in lines)
        with_it = Text(reference.say("history.remove_with", name=pupil.name), "body", wrap=True)
        hint = Notice("info", reference.say("history.remove_hint"))
        form = holder(col(with_it, holder(col(*words, gap=2)), hint, gap=12))
        self.remove = Button(reference.say("history.remove_pupil"), "danger", press=self._press)
        self.cancel = Button(reference.say("history.keep_pupil"), "quiet", press=self.close_sheet)
        title = reference.say("history.remove_title")
        body = SheetBody(title, form, self.remove, self.cancel)
        body.setFocusProxy(self.cancel)  # a second Enter must not remove anybody
        super().__init__(title, body, width=560)

    def _press(self) -> None:
        self.remove.setEnabled(False)
        _remove(self._room, self, self._pupil, self.close_sheet, self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self.remove.setEnabled(True)
        self._room.desk.refused.emit(message, self)


def _remove(room: Room, owner: QObject, pupil: Pupil, then: Callable[[], object] | None = None, on_refused: Refused | None = None) -> None:
    def done(saved: Saved) -> None:
        if then is not None:
            then()
        room.ways.go("pupils")
        room.ways.toast(reference.say("history.pupil_removed", name=pupil.name), saved)

    room.do(owner, lambda place: remove_pupil(place.session, pupil.id), done, on_refused)


def _what_is_there(place: Workplace, pupil: str) -> tuple[Pupil, Mapping[str, int]]:
    record = place.session.record
    return must_get(record, Pupil, pupil), resting_on_pupil(record, pupil)
