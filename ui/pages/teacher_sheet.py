"""The sheet for those who teach a pupil, from what is marked in reports. What leaves the record is noted in it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.permissions import may
from sencoapp.services.teacher_sheet import TeacherSheet, teacher_sheet
from ui.files import ask_to_save
from ui.pages.paper_out import AskWhere, Paper, put_on_paper
from ui.room import Room
from ui.widgets import Button


class TeacherSheetPaper(QObject):
    """The button, for whoever may. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, pupil: Callable[[], str]) -> None:
        super().__init__()
        self._room, self._pupil = room, pupil
        self.ask_where: AskWhere = ask_to_save
        self.may = may(room.actor, "print")
        self.button = Button(reference.say("marks.print"), "secondary", icon="printer", press=self.save)
        self.button.hide()  # until something is marked, and for whoever may not

    def save(self) -> None:
        """Reads what is marked, draws it aside, asks where it goes, and notes that it left."""
        pupil = self._pupil()
        if pupil:
            self._room.ask(self, lambda place: teacher_sheet(place.session, pupil), self._draw, self._refused, replace="print")

    def _draw(self, sheet: TeacherSheet) -> None:
        documents, content = self._room.place.documents, sheet.content
        sides = [1]

        def draw() -> bytes:
            pdf = documents.teacher_sheet(content)
            sides[0] = len(documents.look_at("application/pdf", pdf).pages)
            return pdf

        def saved(file: str) -> str:
            more = f" {reference.say('marks.sides', sides=sides[0])}" if sides[0] > 1 else ""
            return reference.say("marks.printed", file=file) + more + kept_back

        kept_back = f" {reference.say('marks.kept_back', count=sheet.kept_back)}" if sheet.kept_back else ""
        paper = Paper(
            draw=draw,
            title=reference.say("marks.sheet_title", name=content["pupil"]),
            pupil=content["pupil_id"],
            making=reference.say("marks.printing"),
            where=reference.say("marks.where"),
            purpose=reference.say("marks.purpose"),
            saved=saved,
        )
        put_on_paper(self._room, self, self.button, paper, self.ask_where)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(reference.explain(message))
