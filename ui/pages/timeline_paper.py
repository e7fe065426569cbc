"""A timeline as it is filtered, on paper and for a spreadsheet. What leaves the record is noted in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.snapshot import ChronologyContent
from sencoapp.services.chronology import ChronologyFilter, chronology_content, chronology_list
from sencoapp.services.permissions import may
from ui.commands import command
from ui.files import ask_to_save
from ui.pages.export_sheet import Export
from ui.pages.request_files import save_out
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button


class TimelinePaper(QObject):
    """Print (Ctrl+P) and Export (Ctrl+E), for whoever may. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, pupil: Callable[[], str], wanted: Callable[[], ChronologyFilter]) -> None:
        super().__init__(owner)
        self._room, self._pupil, self._wanted = room, pupil, wanted
        self.ask_where = ask_to_save
        words = reference.say("chronology.print")
        self.print = Button(words, "quiet", icon="printer", tip="Ctrl+P", press=self.save)
        self.export = Export(
            room,
            owner,
            ("chronology",),
            content=lambda place: chronology_list(place.session, pupil(), wanted()),
            pupil=pupil,
        )
        self.buttons = (self.print, self.export.button)
        if may(room.actor, "print"):
            command(owner, reference.say("chronology.print_long"), self.save, "Ctrl+P", icon="printer", also="pdf save paper")
        else:
            self.print.hide()

    def save(self) -> None:
        """Reads what is shown, draws it aside, asks where it goes, and notes that it left."""
        pupil, wanted = self._pupil(), self._wanted()
        self._room.ask(
            self,
            lambda place: chronology_content(place.session, pupil, wanted),
            lambda content: self._draw(content, pupil),
            replace="print",
        )

    def _draw(self, content: ChronologyContent, pupil: str) -> None:
        documents = self._room.place.documents
        job = Job(reference.say("chronology.printing"), can_stop=False)
        self._room.aside(self, lambda: documents.chronology(content), lambda pdf: self._ask_where(content, pdf, pupil), job=job)

    def _ask_where(self, content: ChronologyContent, pdf: bytes, pupil: str) -> None:
        title = reference.say("chronology.title", name=content["pupil"])
        self.ask_where(
            self.print.window(),
            reference.say("chronology.where"),
            f"{title}.pdf",
            reference.say("chronology.kind_pdf"),
            lambda path: self._write(title, pdf, path, pupil),
        )

    def _write(self, title: str, pdf: bytes, chosen: Path, pupil: str) -> None:
        path = chosen if chosen.suffix.lower() == ".pdf" else chosen.with_name(f"{chosen.name}.pdf")
        recipient, purpose = reference.say("lists.saved_as", file=path.name), reference.say("chronology.purpose")
        save_out(
            self._room,
            self,
            path,
            lambda _: pdf,
            what=title,
            recipient=recipient,
            purpose=purpose,
            pupil=pupil,
            then=lambda: self._room.ways.toast(reference.say("chronology.printed", file=path.name)),
        )
