"""The letter about a date that has gone by, on the school's paper. What leaves the record is noted in it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.snapshot import LetterContent
from sencoapp.reference import explain, say
from sencoapp.services.late_letter import late_letter
from sencoapp.services.permissions import may
from ui.files import ask_to_save
from ui.pages.paper_out import AskWhere, Paper, put_on_paper
from ui.room import Room
from ui.widgets import Button


class LateLetter(QObject):
    """The button, for whoever may. ``step`` says which step of which case; ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, step: Callable[[], tuple[str, str, str]]) -> None:
        super().__init__(owner)
        self._room, self._step = room, step
        self.ask_where: AskWhere = ask_to_save
        self.may = may(room.actor, "print")
        self.button = Button(say("cases.letter"), "secondary", icon="printer", press=self.save)
        self.button.hide()

    def save(self) -> None:
        """Reads the case, draws the letter aside, asks where it goes, and notes that it left."""
        case, step, pupil = self._step()
        if step:
            self._room.ask(
                self, lambda place: late_letter(place.session, case, step), lambda letter: self._draw(letter, pupil), self._refused
            )

    def _draw(self, letter: LetterContent, pupil: str) -> None:
        documents = self._room.place.documents
        paper = Paper(
            draw=lambda: documents.letter(letter),
            title=say("cases.letter_title", name=letter["about"].split(",")[0]),
            pupil=pupil,
            making=say("cases.letter_making"),
            where=say("cases.letter_where"),
            purpose=say("cases.letter_purpose", council=letter["recipient"]),
            saved=lambda file: say("cases.letter_saved", file=file),
        )
        put_on_paper(self._room, self, self.button, paper, self.ask_where)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))
