"""The school's crest: a picture that is chosen, seen as it prints in colour and in black and white, changed and removed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Crest
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import crest
from ui.files import ask_for_file
from ui.incoming import as_png, read_file
from ui.room import Room
from ui.widgets import STRETCH, Button, Notice, Picture, Surface, Text, col, flow, holder, note, row

say = reference.say
_SIZE = 120


class CrestPart(QWidget):
    """One save each time; what papers carry is seen before any is made."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._crest: Crest | None = None
        self.ask_for_file = ask_for_file
        self.picture = Picture(say("settings.crest"), size=_SIZE, icon="landmark")
        self.grey = Picture(say("settings.crest_grey"), size=_SIZE, icon="landmark")
        self.choose = Button(say("settings.choose_crest"), press=self.choose_picture)
        self.remove = Button(say("settings.remove_crest"), "quiet", press=self._remove)
        self.trouble = Notice("warning", "", dismissable=True)
        self.trouble.hide()
        self._none = note(say("settings.crest_none"), wrap=True)
        coloured = col(_on_paper(self.picture), note(say("settings.crest_coloured")), gap=4)
        printed = col(_on_paper(self.grey), note(say("settings.crest_grey")), gap=4)
        self._seen = holder(row(coloured, printed, STRETCH, gap=24))
        self.setLayout(
            col(
                Text(say("settings.crest_why"), "body", wrap=True),
                self._none,
                self._seen,
                self.trouble,
                flow(self.choose, self.remove, gap=8),
                gap=12,
            )
        )
        self._show(None, None)

    def ask(self) -> None:
        """Shows what the record holds."""
        self._room.ask(self, _read, lambda found: self._show(*found), self._refuse, replace="crest")

    def choose_picture(self) -> None:
        """Asks for a picture and keeps a small copy of it."""
        kind = f"{say('settings.crest_pictures')} (*.png *.jpg *.jpeg)"
        self.ask_for_file(self.window(), say("settings.choose_crest"), kind, self.take_picture)

    def take_picture(self, path: Path) -> None:
        self._room.aside(self, lambda: read_file(path), lambda content: self._keep(path.name, content), self._refuse)

    def _keep(self, filename: str, content: bytes) -> None:
        self.trouble.hide()

        def kept(done: tuple[Crest, Saved]) -> None:
            self._room.ways.toast(say("settings.crest_kept"), done[1])

        self._room.do(self, lambda place: crest.set_crest(place.session, place.documents, filename, content), kept, self._refuse)

    def _remove(self) -> None:
        shown = self._crest
        if shown is None:
            return

        def gone(saved: Saved) -> None:
            self._room.ways.toast(say("settings.crest_removed"), saved)

        self._room.do(self, lambda place: crest.remove_crest(place.session, shown.id), gone, self._refuse)

    def _show(self, found: Crest | None, content: bytes | None) -> None:
        self._crest = found
        self.picture.show_picture(content)
        self.grey.show_picture(_without_colour(content) if content else None)
        if found is None and self.remove.hasFocus():
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self._seen.setVisible(found is not None)
        self.remove.setVisible(found is not None)
        self._none.setVisible(found is None)
        words = say("settings.change_crest" if found else "settings.choose_crest")
        self.choose.setText(words)
        self.choose.setAccessibleName(words)

    def _refuse(self, message: PlainMessage) -> None:
        self.trouble.say(reference.explain(message))
        self.trouble.show()


def _on_paper(picture: Picture) -> QWidget:
    return Surface("sunken", row(picture, margins=(10, 10, 10, 10)))


def _without_colour(content: bytes) -> bytes:
    return as_png(QImage.fromData(content).convertToFormat(QImage.Format.Format_Grayscale8))


def _read(place: Workplace) -> tuple[Crest | None, bytes | None]:
    return crest.crest_of(place.session.record), crest.read_crest(place.session)
