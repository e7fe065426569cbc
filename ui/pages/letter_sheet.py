"""Writing to a pupil's family: the words once, a letter of their own for each, and why somebody is left out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.app import Workplace, going_out
from sencoapp.domain.households import Recipient, recipients, salutation_name
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.record import Saved
from sencoapp.services import letters
from sencoapp.services.letters import Letter
from ui.commands import command
from ui.files import ask_for_folder
from ui.pages.ask_form import Ask, AskForm
from ui.pages.form_draft import FormDraft
from ui.pages.pupil_contact_details import language_words
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


class LetterSheet(Sheet):
    """Those who are held back are not chosen; a person who knows the order may choose them all the same."""

    def __init__(self, room: Room, pupil: Pupil, people: Sequence[Recipient], today: date, form: str, draft: Any) -> None:
        self._room, self._pupil, self._people = room, pupil, people
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
        self._draft = FormDraft(room, self.form, form, self._words)
        self._draft.began_with(self._words())
        if draft:
            self.form.show_typed(draft)
        self.save_button = Button(say("letters.save"), "primary", tip="Ctrl+Return", press=self.save)
        title = say("letters.title", name=pupil.name)
        super().__init__(title, SheetBody(title, self.form, self.save_button))
        command(self, say("letters.save"), self.save, "Ctrl+Return", "Ctrl+Enter")
        self.closed.connect(self._draft.keep)

    def save(self) -> None:
        """Checks the letters, then asks for a folder."""
        values = self.form.values()
        pupil = self._pupil.id
        self._room.ask(
            self,
            lambda place: letters.write_letters(place.session, pupil, values["to"], values["subject"] or "", values["text"] or ""),
            self._ask_where,
            self.form.refuse,
        )

    def _ask_where(self, made: list[Letter]) -> None:
        self.form.clear_problems()
        ask_for_folder(self, say("letters.where"), lambda folder: self.save_in(folder, made))

    def save_in(self, folder: Path, made: Sequence[Letter]) -> None:
        """Renders each letter aside and saves it whole; the record keeps who got which."""
        rooms = self._room.place.documents

        def work() -> list[tuple[Letter, bytes]]:
            return [(each, rooms.letter(each.content)) for each in made]

        self._room.aside(
            self, work, lambda sent: self._written(folder, sent), self.form.refuse, job=Job(say("letters.writing"), can_stop=False)
        )

    def _written(self, folder: Path, sent: Sequence[tuple[Letter, bytes]]) -> None:
        pupil = self._pupil.id

        def work(place: Workplace) -> Saved:
            with going_out({_unused(folder / letter.filename): pdf for letter, pdf in sent}):
                return letters.record_letters(place.session, pupil, sent)

        self._room.do(self, work, lambda _: self._done(folder, len(sent)), self.form.refuse)

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


def _unused(path: Path) -> Path:
    """The path itself, or one beside it: a letter never takes the place of another file."""
    number = 2
    found = path
    while found.exists():
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    return found
