"""Taking a document in, and giving a copy out: what the record has to know about each."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import documents
from sencoapp.services.chronology import document_kinds
from sencoapp.services.documents import AboutDocument
from sencoapp.services.ports import TakenIn
from ui.commands import command
from ui.files import name_to_save
from ui.pages.form_draft import DraftOf
from ui.pages.save_out import save_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, ChipChoice, Choice, DateField, Field, Form, LineField, Notice, Sheet, note, side_by_side
from ui.widgets.notice import NoticeKind

_MOST_TITLE = 120
_KIND_OF_CAUTION: dict[str, NoticeKind] = {"place_taken_out": "info", "not_in_packs": "info"}


class AddDocumentSheet(Sheet):
    """Title, kind, day, author, and whether it may go in a request, with what the file's name tells filled in."""

    added = Signal(object, object)
    """The ``Document`` that was taken in."""

    def __init__(self, room: Room, pupil: str, taken: TakenIn, today: date) -> None:
        self._room, self._pupil, self._taken = room, pupil, taken
        filename = taken.filename
        self._saving = False
        self.form = Form()
        self.document_title = LineField()
        self.document_title.setText(title_of(filename))
        self.kind_choice = Choice("", document_kinds(), value=kind_of(filename))
        what = reference.say("pupil.document_day_what")
        self.day = DateField(today=today, what=what, field="document_on", towards="past", latest=today)
        self.author, self.organisation = LineField(), LineField()
        self.may_go = _may_go() if taken.pages is not None else None
        self._build()
        self.save_button = Button(reference.say("pupil.keep_document"), "primary", tip="Ctrl+Return", press=self.save)
        title = reference.say("pupil.new_document")
        self.draft = DraftOf(room, self.form, f"document.{pupil}.{filename}")
        super().__init__(title, SheetBody(title, self.form, self.save_button, above=self.draft.notice))
        self.draft.began()
        command(self, reference.say("pupil.keep_document"), self.save, "Ctrl+Return", "Ctrl+Enter")

    def _build(self) -> None:
        self.form.add_widget(note(self._taken.filename, wrap=True))
        for each in self._taken.cautions:
            self.form.add_widget(Notice(_KIND_OF_CAUTION.get(each, "warning"), reference.say(f"pupil.caution_{each}")))
        self.form.add("file", Field(reference.say("pupil.title"), self.document_title))
        kind = self.form.add("kind", Field(reference.say("pupil.kind"), self.kind_choice), place=False)
        day = self.form.add("document_on", Field(reference.say("pupil.document_day"), self.day, optional=True), place=False)
        self.form.add_widget(side_by_side(kind, day))
        author = self.form.add("author_name", Field(reference.say("pupil.author"), self.author, optional=True), place=False)
        where = self.form.add("organisation", Field(reference.say("pupil.organisation"), self.organisation, optional=True), place=False)
        self.form.add_widget(side_by_side(author, where))
        if self.may_go is not None:
            self.form.add("for_requests", Field(reference.say("pupil.may_it_go"), self.may_go))
        self.form.rest_below()

    def save(self) -> None:
        if self._saving:
            return
        try:
            day = self.day.value()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        values: AboutDocument = {
            "title": self.document_title.text(),
            "kind": self.kind_choice.value(),
            "document_on": day,
            "author_name": self.author.text(),
            "organisation": self.organisation.text(),
            "for_requests": self.may_go is not None and self.may_go.value() == "yes",
        }
        pupil, taken = self._pupil, self._taken
        self._saving = True

        def deed(place: Workplace) -> tuple[Document, Saved]:
            return documents.keep_document(place.session, pupil, taken, **values)

        self._room.do(self, deed, lambda done: self._saved(*done), self._refused)

    def _saved(self, document: Document, saved: Saved) -> None:
        self.draft.saved()
        self.close_sheet()
        self.added.emit(document, saved)

    def _refused(self, message: PlainMessage) -> None:
        self._saving = False
        self.form.refuse(message)


def _may_go() -> ChipChoice:
    answers = [("yes", reference.say("pupil.yes")), ("no", reference.say("pupil.no"))]
    made = ChipChoice(reference.say("pupil.in_requests"), answers, none_allowed=False)
    made.choose("yes")
    return made


class CopySheet(Sheet):
    """Who gets the copy and why: the record keeps that a document left it (architecture.md, rule 4)."""

    def __init__(self, room: Room, document: Document) -> None:
        self._room, self._document = room, document
        self.form = Form()
        self.recipient, self.purpose = LineField(), LineField()
        self.form.add_widget(Notice("info", reference.say("pupil.copy_note")))
        self.form.add("recipient", Field(reference.say("pupil.recipient"), self.recipient))
        self.form.add("purpose", Field(reference.say("pupil.purpose"), self.purpose))
        self.save_button = Button(reference.say("pupil.choose_place"), "primary", tip="Ctrl+Return", press=self.save)
        title = reference.say("pupil.copy_of", title=document.title)
        self.draft = DraftOf(room, self.form, f"copy.{document.id}")
        super().__init__(title, SheetBody(title, self.form, self.save_button, above=self.draft.notice))
        self.draft.began()
        command(self, reference.say("pupil.choose_place"), self.save, "Ctrl+Return", "Ctrl+Enter")

    def save(self) -> None:
        missing = {
            name: reference.say(f"pupil.{name}_missing")
            for name, field in (("recipient", self.recipient), ("purpose", self.purpose))
            if not field.text().strip()
        }
        self.form.show_problems(missing)
        path = None if missing else self.ask_where()
        if path is not None:
            self.save_to(path)

    def ask_where(self) -> Path | None:
        """Where the copy is to lie; None where the person thought better of it."""
        return name_to_save(self, reference.say("pupil.save_copy"), self._document.filename)

    def save_to(self, path: Path) -> None:
        """Writes the copy and notes the disclosure."""
        document, recipient, purpose = self._document, self.recipient.text().strip(), self.purpose.text().strip()

        save_out(
            self._room,
            self,
            path,
            lambda place: documents.read_document(place.session, document.id)[1],
            what=documents.name_outside(document),
            recipient=recipient,
            purpose=purpose,
            pupil=document.pupil,
            then=lambda: self._saved(path),
            refused=self.form.refuse,
        )

    def _saved(self, path: Path) -> None:
        self.draft.saved()
        self.close_sheet()
        self._room.ways.toast(reference.say("pupil.copy_saved", file=path.name))


def title_of(filename: str) -> str:
    """A first guess at a title: the file's name in words."""
    stem = Path(filename).stem.replace("_", " ").replace("-", " ")
    words = " ".join(stem.split())
    return (words[:1].upper() + words[1:])[:_MOST_TITLE]


def kind_of(filename: str) -> str:
    """A first guess at the kind, from the file's name."""
    name = filename.casefold()
    hints = {
        "consent": ("consent", "agreement", "signature"),
        "letter": ("letter",),
        "work": ("writing", "work", "drawing", ".jpg", ".jpeg", ".png"),
        "assessment": ("assessment", "score", "data", "test"),
        "view": ("view", "voice"),
    }
    return next((kind for kind, words in hints.items() if any(each in name for each in words)), "report")
