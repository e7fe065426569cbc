"""A plan on paper, as its template prints it. What leaves the record is noted in it."""

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
    """The button Print (Ctrl+P), for whoever may. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, cycle: Callable[[], str | None]) -> None:
        super().__init__(owner)
        self._room, self._cycle = room, cycle
        self.ask_where: AskWhere = ask_to_save
        self.may = may(room.actor, "print")
        self.button = Button(reference.say("plan_paper.print"), "quiet", icon="printer", tip="Ctrl+P", press=self.save)
        if not self.may:
            self.button.setParent(owner)
            self.button.hide()
        else:
            command(owner, reference.say("plan_paper.print_long"), self.save, "Ctrl+P", icon="printer", also="pdf save paper plan")

    def save(self) -> None:
        """Reads the plan, draws it aside, asks where it goes, and notes that it left."""
        cycle = self._cycle()
        if cycle is not None:
            self._room.ask(self, lambda place: plan_content(place.session, cycle), self._draw, replace="print")

    def _draw(self, content: PlanContent) -> None:
        documents = self._room.place.documents
        paper = Paper(
            draw=lambda: documents.plan(content),
            title=reference.say("plan_paper.title", called=content["called"], name=content["pupil"]),
            pupil=content["pupil_id"],
            making=reference.say("plan_paper.printing"),
            where=reference.say("plan_paper.where"),
            purpose=reference.say("plan_paper.purpose"),
            saved=lambda file: reference.say("plan_paper.printed", file=file),
        )
        put_on_paper(self._room, self, self.button, paper, self.ask_where)
