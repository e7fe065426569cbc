"""A plan on paper or as Word, as its template prints it. What leaves the record is noted in it."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.snapshot import PlanContent
from sencoapp.services.permissions import may
from sencoapp.services.plan_paper import plan_content
from ui.commands import command
from ui.files import ask_to_save
from ui.pages.paper_out import AskWhere, Paper, put_on_paper
from ui.room import Room
from ui.widgets import Button


class PlanPaper(QObject):
    """The buttons Print (Ctrl+P) and Word, for whoever may. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, cycle: Callable[[], str | None]) -> None:
        super().__init__(owner)
        self._room, self._cycle = room, cycle
        self.ask_where: AskWhere = ask_to_save
        self.may = may(room.actor, "print")
        self.button = Button(reference.say("plan_paper.print"), "quiet", icon="printer", tip="Ctrl+P", press=self.save)
        long = reference.say("plan_paper.as_word_long")
        self.word_button = Button(reference.say("plan_paper.as_word"), "quiet", icon="file-text", name=long, tip=long, press=self.save_word)
        if not self.may:
            for button in (self.button, self.word_button):
                button.setParent(owner)
                button.hide()
        else:
            command(owner, reference.say("plan_paper.print_long"), self.save, "Ctrl+P", icon="printer", also="pdf save paper plan")
            command(owner, long, self.save_word, icon="file-text", also="docx word edit plan")

    def save(self) -> None:
        """Reads the plan, draws it aside, asks where it goes, and notes that it left."""
        self._read(self._draw)

    def save_word(self) -> None:
        """The same as a file that Word and others open and change."""
        self._read(lambda content: self._draw(content, word=True))

    def _read(self, then: Callable[[PlanContent], None]) -> None:
        cycle = self._cycle()
        if cycle is not None:
            self._room.ask(self, lambda place: plan_content(place.session, cycle), then, replace="print")

    def _draw(self, content: PlanContent, *, word: bool = False) -> None:
        documents = self._room.place.documents
        draw = documents.plan_word if word else documents.plan
        paper = Paper(
            draw=lambda: draw(content),
            title=reference.say("plan_paper.title", called=content["called"], name=content["pupil"]),
            pupil=content["pupil_id"],
            making=reference.say("plan_paper.making_word" if word else "plan_paper.printing"),
            where=reference.say("plan_paper.where"),
            purpose=reference.say("plan_paper.purpose"),
            saved=lambda file: reference.say("plan_paper.printed", file=file),
            ending=".docx" if word else ".pdf",
        )
        put_on_paper(self._room, self, self.word_button if word else self.button, paper, self.ask_where)
