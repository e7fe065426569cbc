"""Writing to a pupil's family: the words once, a letter of their own for each, and why somebody is left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.households import Recipient, recipients, salutation_name
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import letters
from sencoapp.services.changes import must_get
from sencoapp.services.letters import Letter
from sencoapp.services.ports import TakenIn
from sencoapp.services.pupils import contacts_of
from ui.commands import command
from ui.files import ask_for_folder
from ui.pages.ask_form import Ask, AskForm
from ui.pages.form_draft import FormDraft
from ui.pages.letter_preview import LetterPreview
from ui.pages.pupil_contact_details import language_words
from ui.pages.save_out import name_of_its_own, write_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.tasks import Job
from ui.widgets import Button, Notice, Sheet, Text, col, holder

say = reference.say


def open_letters(room: Room, owner: QObject, pupil: Pupil, contacts: Sequence[Contact], today: date) -> None:
    """Opens the sheet with the letter that was begun, if one was."""
    form = f"letter.{pupil.id}"

    def show(draft: Any) -> None:
        room.ways.show_sheet(LetterSheet(room, pupil, recipients(contacts), today, form, draft))

    room.ask(owner, lambda place: place.session.record.draft(form), show, replace="draft of a letter")


def write_again(room: Room, owner: QObject, letter: Document, today: date) -> None:
    """Opens the sheet with the words of a letter that went out; one that was begun since is shown first."""
    form = f"letter.{letter.pupil}"

    def show(found: tuple[Pupil, Sequence[Contact], Any]) -> None:
        pupil, contacts, begun = found
        words = {} if begun else {"subject": letter.subject or "", "text": letter.words or ""}
        room.ways.show_sheet(LetterSheet(room, pupil, recipients(contacts), today, form, begun, words))
        if begun:
            room.ways.toast(say("letters.begun_first"))

    def read(place: Workplace) -> tuple[Pupil, Sequence[Contact], Any]:
        record = place.session.record
        return must_get(record, Pupil, letter.pupil), contacts_of(record, letter.pupil), record.draft(form)

    room.ask(owner, read, show, replace="draft of a letter")


class LetterSheet(Sheet):
    """Those who are held back are not chosen; a person who knows the order may choose them all the same.

    ``begins`` is what stands in it when nothing was begun: the words of an earlier letter.
    """

    def __init__(
        self,
        room: Room,
        pupil: Pupil,
        people: Sequence[Recipient],
        today: date,
        form: str,
        draft: Any,
        begins: Mapping[str, Any] | None = None,
    ) -> None:
        self._room, self._pupil, self._people = room, pupil, people
        self._busy = False
        self._made: Sequence[tuple[Letter, TakenIn]] = ()
        may = [each for each in people if each.held not in ("deceased", "no_contact")]
        told = holder(col(*(_about(each) for each in people), gap=6)) if people else Notice("info", say("letters.nobody"))
        rows = (
            Ask("to", say("letters.to"), "several", [(each.contact.id, each.contact.name) for each in may], hint=say("letters.to_hint")),
            told,
            Ask("subject", say("letters.subject"), hint=say("letters.subject_hint", name=pupil.name)),
            Ask("text", say("letters.text"), "words", lines=6, hint=say("letters.text_hint")),
        )
        self.form = AskForm(rows, today, self._touch)
        self.form.show_values({"to": [each.contact.id for each in people if each.held is None]})
        self.form.show_typed(begins or {})
        self._draft = FormDraft(room, self.form, form, self._words)
        self._draft.began_with(self._words())
        if draft:
            self.form.show_typed(draft)
        self.look_button = Button(say("letters.look"), "primary", tip="Ctrl+Return", press=self.look)
        title = say("letters.title", name=pupil.name)
        self._writing = SheetBody(title, self.form, self.look_button)
        self.preview = LetterPreview(room, self.ask_where, self.write_on)
        self.preview.hide()
        super().__init__(title, holder(col((self._writing, 1), (self.preview, 1), gap=0)), width=760)
        command(self, say("letters.look"), self.go_on, "Ctrl+Return", "Ctrl+Enter")
        self.closed.connect(self._draft.keep)

    def go_on(self) -> None:
        """From the words to the letters, from the letters to the folder."""
        if self.preview.isVisible():
            self.ask_where()
        else:
            self.look()

    def look(self) -> None:
        """Checks the words and shows each letter as it will be printed. Nothing is kept yet."""
        if self._busy:
            return
        values = self.form.values()
        pupil = self._pupil.id
        self._room.ask(
            self,
            lambda place: letters.write_letters(place.session, pupil, values["to"], values["subject"] or "", values["text"] or ""),
            self._render,
            self.form.refuse,
        )

    def _render(self, made: list[Letter]) -> None:
        rooms = self._room.place.documents
        self.form.clear_problems()
        self._busy = True

        def work() -> list[tuple[Letter, TakenIn]]:
            return [(each, rooms.take_in(each.filename, rooms.letter(each.content))) for each in made]

        self._room.aside(self, work, self._show, self._refused, job=Job(say("letters.writing"), can_stop=False))

    def _show(self, made: Sequence[tuple[Letter, TakenIn]]) -> None:
        self._busy, self._made = False, made
        self._writing.hide()
        self.preview.show()
        self.preview.show_letters(made)
        self.place()
        self.preview.save_button.setFocus()

    def write_on(self) -> None:
        """Back to the words."""
        self.preview.hide()
        self._writing.show()
        self.place()
        self.look_button.setFocus()

    def ask_where(self) -> None:
        ask_for_folder(self, say("letters.where"), self.save_in)

    def save_in(self, folder: Path) -> None:
        """Saves each letter whole, as it was looked at; the record keeps each, and who got which."""
        if self._busy:
            return
        self._busy = True
        pupil, sent = self._pupil.id, self._made

        def write(files: dict[Path, bytes]) -> None:
            write_out(
                self._room.desk,
                self._room.place,
                self,
                files,
                lambda place: letters.record_letters(place.session, pupil, sent),
                lambda _: self._done(folder, len(sent)),
                self._refused,
            )

        self._room.aside(self, lambda: _in_places_of_their_own(folder, sent), write, self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self._busy = False
        self.write_on()
        self.form.refuse(message)

    def _done(self, folder: Path, count: int) -> None:
        self._draft.drop()
        self.close_sheet()
        self._room.ways.toast(say("letters.saved" if count > 1 else "letters.saved_one", count=count, folder=folder.name))

    def _touch(self) -> None:
        if hasattr(self, "_draft"):
            self._draft.touch()

    def _words(self) -> dict[str, Any]:
        """Who gets it is asked anew each time: somebody may have died, or an order may have come, since it was begun."""
        return {name: typed for name, typed in self.form.typed().items() if name != "to"}


def _about(recipient: Recipient) -> Text:
    """How one is greeted and what to see to, or why they are left out."""
    contact = recipient.contact
    words = [say("letters.greeted", name=contact.name, greeting=salutation_name(contact))]
    if recipient.held == "order":
        words.append(say("letters.held_order", order=contact.order_restriction or ""))
    elif recipient.held:
        words.append(say(f"letters.held_{recipient.held}"))
    for each in recipient.care:
        if each in ("interpreter", "formats"):
            if language_words(contact) not in " ".join(words):
                words.append(say("letters.care_ways", ways=language_words(contact)))
        elif each == "language":
            words.append(say("letters.care_language", language=reference.codes("Language").get(contact.language or "", "")))
        elif each == "no_address":
            words.append(say("letters.care_no_address"))
    return Text(" ".join(words), "ui", "muted" if recipient.held else "text", wrap=True)


def _in_places_of_their_own(folder: Path, sent: Sequence[tuple[Letter, TakenIn]]) -> dict[Path, bytes]:
    """A letter never takes the place of another file. Looks into the folder, which may be on a slow drive."""
    there = {each.name for each in folder.iterdir()} if folder.is_dir() else set()
    return {folder / name_of_its_own(letter.filename, there): paper.content for letter, paper in sent}
