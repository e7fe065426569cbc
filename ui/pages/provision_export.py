"""The provision map as a file: PDF to hand out, or a workbook with live formulas. What leaves the record is noted in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp.domain.school_map import SchoolMapContent
from sencoapp.domain.snapshot import MapContent
from sencoapp.reference import say
from sencoapp.services import provision as services
from sencoapp.services.ports import Session
from ui.allowed import only_for
from ui.commands import command
from ui.files import ask_to_save
from ui.pages.paper_out import AskWhere, with_ending
from ui.pages.provision_words import wording
from ui.pages.save_out import save_out
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button


class MapExport(QObject):
    """Two buttons, for the map of one pupil. ``ask_where`` may be replaced."""

    def __init__(self, room: Room, pupil: Callable[[], str]) -> None:
        super().__init__()
        self._room, self._pupil = room, pupil
        self.ask_where: AskWhere = ask_to_save
        self.pdf = Button(wording("export_pdf"), "quiet", icon="download", press=lambda: self.save("pdf"))
        self.xlsx = Button(wording("export_xlsx"), "quiet", icon="download", press=lambda: self.save("xlsx"))
        self.buttons = (self.pdf, self.xlsx)
        only_for(room.actor, "print", *self.buttons)

    def enable(self, there_is_something: bool) -> None:
        for button in self.buttons:
            button.setEnabled(there_is_something)

    def save(self, ending: str) -> None:
        """Asks where, then reads the map, renders it aside and saves the file whole."""
        if not self.pdf.isEnabled():
            return
        kinds = say("lists.file_pdf") if ending == "pdf" else wording("kind_xlsx")
        name = f"{wording('file_name')}.{ending}"
        self.ask_where(self.pdf.window(), wording("export_where"), name, kinds, lambda path: self._read(path, ending))

    def _read(self, chosen: Path, ending: str) -> None:
        path = with_ending(chosen, f".{ending}")
        pupil = self._pupil()
        self._room.ask(
            self,
            lambda place: services.map_content(place.session, pupil),
            lambda content: self._render(content, path, ending, pupil),
        )

    def _render(self, content: MapContent, path: Path, ending: str, pupil: str) -> None:
        def work() -> bytes:
            rooms = self._room.place.documents
            return rooms.provision_map_pdf(content) if ending == "pdf" else rooms.provision_map_xlsx(content)

        job = Job(wording("exporting"), can_stop=False)
        self._room.aside(self, work, lambda made: self._written(content, path, made, pupil), job=job)

    def _written(self, content: MapContent, path: Path, made: bytes, pupil: str) -> None:
        recipient, purpose = wording("disclosed_to", file=path.name), wording("disclosed_for")
        save_out(
            self._room,
            self,
            path,
            lambda _: made,
            what=content["title"],
            recipient=recipient,
            purpose=purpose,
            pupil=pupil,
            then=lambda: self._room.ways.toast(wording("exported", file=path.name)),
        )


class MapPdf(QObject):
    """The map of the school as it is in sight, on paper: for those who may print."""

    def __init__(self, room: Room, content: Callable[[Session], SchoolMapContent]) -> None:
        super().__init__()
        self._room, self._content = room, content
        self.ask_where: AskWhere = ask_to_save
        self.button = Button(wording("export_pdf"), "quiet", icon="printer", press=self.save)
        only_for(room.actor, "print", self.button)

    def command(self, owner: QWidget) -> None:
        """The same for the palette."""
        made = command(owner, wording("export_pdf_long"), self.save, "Ctrl+Shift+E", icon="printer", also="export print map")
        only_for(self._room.actor, "print", made)

    def save(self) -> None:
        """Asks where, reads the map, renders it aside and saves the file whole."""
        if self.button.isEnabled():
            name = f"{wording('file_name')}.pdf"
            self.ask_where(self.button.window(), wording("export_where"), name, say("lists.file_pdf"), self._read)

    def _read(self, chosen: Path) -> None:
        path = with_ending(chosen, ".pdf")
        self._room.ask(self, lambda place: self._content(place.session), lambda content: self._render(content, path))

    def _render(self, content: SchoolMapContent, path: Path) -> None:
        rooms, job = self._room.place.documents, Job(wording("exporting"), can_stop=False)
        self._room.aside(self, lambda: rooms.school_map_pdf(content), lambda made: self._written(content, path, made), job=job)

    def _written(self, content: SchoolMapContent, path: Path, made: bytes) -> None:
        recipient, purpose = wording("disclosed_to", file=path.name), wording("disclosed_for")
        what = f"{content['title']}, {content['period']}"
        save_out(
            self._room,
            self,
            path,
            lambda _: made,
            what=what,
            recipient=recipient,
            purpose=purpose,
            pupil=None,
            then=lambda: self._room.ways.toast(wording("exported", file=path.name)),
        )
