"""A pupil's family and other contacts: who has responsibility, who lives where, whom an order keeps away, how to reach each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.households import address_is_hidden, may_live_apart
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.record import Saved
from sencoapp.services.changes import must_get
from sencoapp.services.documents import documents_of
from sencoapp.services.lists import contacts_of_pupil
from sencoapp.services.permissions import may_save, sees, why_unseen
from sencoapp.services.pupils import contacts_of
from ui.allowed import only_for
from ui.pages.export_sheet import Export
from ui.pages.letter_sheet import open_letters
from ui.pages.pupil_contact_details import ContactDetails, language_words, relation_words
from ui.pages.pupil_contact_sheet import open_contact, open_new_contact
from ui.pages.pupil_words import joined
from ui.room import Room
from ui.theme import theme
from ui.widgets import Button, Cell, Column, EmptyPlace, Notice, RecordTable, TableRow, col, holder, note, row

say = reference.say

_DETAILS = 300


@dataclass(frozen=True)
class Family:
    """What the pane shows."""

    pupil: Pupil
    contacts: tuple[Contact, ...]
    papers: tuple[Document, ...]
    position: int
    today: date


class ContactsPane(QWidget):
    """Enter opens a contact to change it; beside the list stands what is known of the chosen one."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._family: Family | None = None
        columns = (
            Column(say("pupil.contact"), 0),
            Column(say("pupil.responsibility"), 170, keep=False),
            Column(say("pupil.lives_with"), 130, keep=False),
            Column(say("pupil.reach"), 220),
        )
        self.table = RecordTable(say("pupil.contacts"), columns, two_lines=True, lead=24)
        self.details = ContactDetails(room)
        self.add = Button(say("pupil.add_contact"), icon="plus", press=self.open_sheet)
        self.write = Button(say("pupil.write_letter"), icon="mail", press=self.write_letter)
        self.empty = EmptyPlace(say("pupil.no_contacts"), say("pupil.add_contact"), icon="phone", press=self.open_sheet)
        self.limits = Notice("warning", "")
        self.languages = Notice("info", "")
        self.export = Export(
            room,
            self,
            ("contacts",),
            content=lambda place: contacts_of_pupil(place.session.record, self._pupil, place.session.clock.today()),
            pupil=lambda: self._pupil,
        )
        head = row(
            (note(say("pupil.contacts_note"), wrap=True), 1), self.export.button, self.write, self.add, gap=8, margins=(24, 8, 20, 8)
        )
        self._notices = holder(col(self.limits, self.languages, gap=6, margins=(24, 0, 20, 8)))
        listed = row((col((self.table, 1), gap=0), 1), self.details, gap=0)
        self._shown = holder(col(head, self._notices, (listed, 1), gap=0))
        self._shown.hide()
        self.empty.hide()
        self._reflect()
        self.setLayout(col((self._shown, 1), (self.empty, 1), gap=0))
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._show_details)
        self.details.change_wanted.connect(self._open)

    def _reflect(self) -> None:
        """What the person at the laptop may not see is said in a sentence; what they may not do is out of sight."""
        actor = self.room.place.session.actor
        self.add.setVisible(may_save(actor, Contact))
        only_for(actor, "print", self.write)
        only_for(actor, Document, self.write)  # among the documents every letter is kept
        self.details.change.setVisible(may_save(actor, Contact, "change"))
        if not sees(actor, Contact):
            self.empty.say(why_unseen(Contact))
        if self.empty.button is not None:
            self.empty.button.setVisible(may_save(actor, Contact))

    def show_for(self, pupil: str) -> None:
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil in saved.pupils() and saved.touches("contact", "document"):
            self._ask()

    def open_sheet(self) -> None:
        """A further contact."""
        if self._family is not None:
            open_new_contact(self.room, self, self._pupil, self._family.papers, self._family.today)

    def write_letter(self) -> None:
        """A letter to everyone who is to get one, each their own."""
        if self._family is not None:
            open_letters(self.room, self, self._family.pupil, self._family.contacts, self._family.today)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _family(place, pupil), self._show, replace="contacts")

    def _show(self, found: Family) -> None:
        if found.pupil.id != self._pupil:
            return
        self._family = found
        self.table.show_rows([_row(each, found.contacts) for each in found.contacts])
        self._shown.setVisible(bool(found.contacts))
        self.empty.setVisible(not found.contacts)
        if found.contacts and not self.table.current_key():
            self.table.choose_first()
        self._show_details(self.table.current_key())
        limits, languages = _limits(found.contacts), _languages(found.contacts)
        self.limits.say(limits)
        self.languages.say(languages)
        self.limits.setVisible(bool(limits))
        self.languages.setVisible(bool(languages))
        self._fit()

    def _show_details(self, key: str) -> None:
        if self._family is not None:
            self.details.show_contact(self._contact(key), self._family.contacts, self._family.papers)

    def _open(self, key: str) -> None:
        contact, family = self._contact(key), self._family
        if contact is not None and family is not None and may_save(self.room.place.session.actor, Contact, "change"):
            open_contact(self.room, self, contact, family.papers, family.today, family.position)

    def _contact(self, key: str) -> Contact | None:
        contacts = self._family.contacts if self._family else ()
        return next((each for each in contacts if each.id == key), None)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        # Where the room is short the rows say the same in their second line.
        narrow = theme().is_narrow(self.window().width())
        self.details.setVisible(not narrow)
        self._notices.setVisible(not narrow and not (self.limits.isHidden() and self.languages.isHidden()))
        self.details.setFixedWidth(theme().px(_DETAILS))


def _row(contact: Contact, contacts: Sequence[Contact]) -> TableRow:
    limit = (
        say("pupil.is_deceased")
        if contact.deceased
        else say("pupil.has_order")
        if contact.order_restriction
        else say("pupil.is_no_contact")
        if contact.no_contact
        else ""
    )
    apart = say("pupil.address_apart") if address_is_hidden(contact, contacts) and (contact.address or contact.postcode) else ""
    below = joined(limit, relation_words(contact), language_words(contact), apart)
    reach = contact.phone or contact.email or say("pupil.no_phone")
    return TableRow(
        contact.id,
        (
            Cell(contact.name, below, bold=True, icon="triangle-alert" if limit else ""),
            Cell(_answer(contact.parental_responsibility), tone=_tone(contact.parental_responsibility)),
            Cell(_answer(contact.lives_with_pupil), tone=_tone(contact.lives_with_pupil)),
            Cell(reach, (contact.email or "") if contact.phone else ""),
        ),
    )


def _limits(contacts: Sequence[Contact]) -> str:
    """What whoever calls or writes has to know first."""
    said = [say("pupil.order_of", name=each.name, order=each.order_restriction) for each in contacts if each.order_restriction]
    if may_live_apart(contacts) and any(address_is_hidden(each, contacts) for each in contacts):
        said.append(say("pupil.live_apart"))
    return " ".join(said)


def _languages(contacts: Sequence[Contact]) -> str:
    needed = [f"{each.name} ({language_words(each)})" for each in contacts if each.interpreter or each.formats]
    return say("pupil.ways_needed", people="; ".join(needed)) if needed else ""


def _answer(value: bool | None) -> str:
    return say("pupil.not_known" if value is None else "pupil.yes" if value else "pupil.no")


def _tone(value: bool | None) -> str:
    return "muted" if value is None else "text"


def _family(place: Workplace, pupil: str) -> Family:
    record = place.session.record
    return Family(
        must_get(record, Pupil, pupil),
        contacts_of(record, pupil),
        tuple(documents_of(record, pupil)),
        record.position(),
        place.session.clock.today(),
    )
