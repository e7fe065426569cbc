"""A plan on paper, as its template prints it. What leaves the record is noted in it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.snapshot import PlanContent
from sencoapp.services.permissions import may
from sencoapp.services.plan_paper import plan_content
from ui.commands import command
from ui.files import ask_to_save
from ui.pages.request_files import save_out
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button


class PlanPaper(QObject):
    """The button Print (Ctrl+P), for whoever may. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, cycle: Callable[[], str | None]) -> None:
        super().__init__(owner)
        self._room, self._cycle = room, cycle
        self.ask_where = ask_to_save
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
            self._room.ask(self, lambda place: plan_content(place.session, cycle), lambda found: self._draw(found), replace="print")

    def _draw(self, content: PlanContent) -> None:
        documents = self._room.place.documents
        job = Job(reference.say("plan_paper.printing"), can_stop=False)
        self._room.aside(self, lambda: documents.plan(content), lambda pdf: self._ask_where(content, pdf), job=job)

    def _ask_where(self, content: PlanContent, pdf: bytes) -> None:
        title = reference.say("plan_paper.title", called=content["called"], name=content["pupil"]).replace(":", ",")
        kind = reference.say("plan_paper.kind_pdf")
        pupil = content["pupil_id"]
        self.ask_where(
            self.button.window(),
            reference.say("plan_paper.where"),
            f"{title}.pdf",
            kind,
            lambda path: self._write(title, pdf, path, pupil),
        )

    def _write(self, title: str, pdf: bytes, chosen: Path, pupil: str) -> None:
        path = chosen if chosen.suffix.lower() == ".pdf" else chosen.with_name(f"{chosen.name}.pdf")
        recipient, purpose = reference.say("lists.saved_as", file=path.name), reference.say("plan_paper.purpose")
        save_out(
            self._room,
            self,
            path,
            lambda _: pdf,
            what=title,
            recipient=recipient,
            purpose=purpose,
            pupil=pupil,
            then=lambda: self._room.ways.toast(reference.say("plan_paper.printed", file=path.name)),
        )
