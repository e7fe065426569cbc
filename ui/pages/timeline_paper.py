"""A timeline as it is filtered, on paper and for a spreadsheet. What leaves the record is noted in it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.snapshot import ChronologyContent
from sencoapp.services.chronology import ChronologyFilter, chronology_content, chronology_list
from sencoapp.services.permissions import may
from ui.commands import command
from ui.files import ask_to_save
from ui.pages.export_sheet import Export
from ui.pages.paper_out import AskWhere, Paper, put_on_paper
from ui.room import Room
from ui.widgets import Button


class TimelinePaper(QObject):
    """Print (Ctrl+P) and Export (Ctrl+E), for whoever may. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, pupil: Callable[[], str], wanted: Callable[[], ChronologyFilter]) -> None:
        super().__init__(owner)
        self._room, self._pupil, self._wanted = room, pupil, wanted
        self.ask_where: AskWhere = ask_to_save
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
        paper = Paper(
            draw=lambda: documents.chronology(content),
            title=reference.say("chronology.title", name=content["pupil"]),
            pupil=pupil,
            making=reference.say("chronology.printing"),
            where=reference.say("chronology.where"),
            purpose=reference.say("chronology.purpose"),
            saved=lambda file: reference.say("chronology.printed", file=file),
        )
        put_on_paper(self._room, self, self.print, paper, self.ask_where)
