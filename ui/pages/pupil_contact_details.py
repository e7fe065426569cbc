"""What stands beside the list of contacts about the one that is chosen."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.households import address_is_hidden, address_lines, reach_is_hidden
from sencoapp.domain.people import Contact
from ui.pages.pupil_words import breakable, joined
from ui.room import Room
from ui.widgets import STRETCH, Button, Scroll, Surface, Text, clear, col, note

say = reference.say


class ContactDetails(Surface):
    """Everything that is known, each under its label; the address with the word whether it is kept apart."""

    change_wanted = Signal(str)

    def __init__(self, room: Room) -> None:
        self._room = room
        self._contact: Contact | None = None
        self._name = Text("", "heading", wrap=True)
        self._facts = col(gap=2)
        self.change = Button(say("pupil.change_contact"), icon="pencil", press=self._change)
        self.order = Button(say("pupil.open_order"), "quiet", icon="file-text", press=self._open_order)
        parts = (self._name, self._facts, 4, self.change, self.order, STRETCH)
        self._scroll = Scroll(col(*parts, gap=8, margins=16), say("pupil.chosen_contact"))
        super().__init__("side", col((self._scroll, 1), gap=0))
        self.setAccessibleName(say("pupil.chosen_contact"))

    def show_contact(self, contact: Contact | None, contacts: Sequence[Contact], papers: Sequence[Document]) -> None:
        self._scroll.setVisible(contact is not None)
        self._contact = contact
        if contact is None:
            return
        self._name.setText(breakable(contact.name))
        clear(self._facts)
        for label, words in _facts(contact, contacts):
            self._facts.addWidget(note(label))
            self._facts.addWidget(Text(breakable(words), "ui", wrap=True, selectable=True))
        self.order.setVisible(any(each.id == contact.order_document for each in papers))

    def _change(self) -> None:
        if self._contact is not None:
            self.change_wanted.emit(self._contact.id)

    def _open_order(self) -> None:
        if self._contact is not None:
            self._room.ways.go("pupil", pupil=self._contact.pupil, tab="documents", document=self._contact.order_document)


def relation_words(contact: Contact) -> str:
    return reference.codes("Relationship").get(contact.relationship or "", contact.relationship or "")


def language_words(contact: Contact) -> str:
    """ "interpreter needed, Polish, large print"; nothing where nothing is needed."""
    language = reference.codes("Language").get(contact.language or "", "") if contact.interpreter else ""
    needed = [say("pupil.interpreter_needed"), language] if contact.interpreter else []
    return ", ".join(each for each in (*needed, *(say(f"pupil.format_{one}").lower() for one in contact.formats)) if each)


def _facts(contact: Contact, contacts: Sequence[Contact]) -> Iterator[tuple[str, str]]:
    if contact.deceased:
        yield say("pupil.contact_deceased"), say("pupil.yes")
    if contact.order_restriction:
        seen = say("pupil.order_seen", date=full_date(contact.order_seen_on)) if contact.order_seen_on else ""
        yield say("pupil.contact_order_restriction"), joined(contact.order_restriction, seen)
    if contact.no_contact:
        yield say("pupil.contact_no_contact"), say("pupil.yes")
    parent = say("pupil.is_natural_parent") if contact.natural_parent else ""
    if relation_words(contact) or parent:
        yield say("pupil.contact_relationship"), joined(relation_words(contact), parent)
    basis = say(f"pupil.basis_{contact.responsibility_basis}") if contact.responsibility_basis else ""
    if contact.parental_responsibility is not None:
        yield say("pupil.responsibility"), joined(_yes(contact.parental_responsibility), basis)
    if contact.lives_with_pupil is not None:
        yield say("pupil.lives_with"), _yes(contact.lives_with_pupil)
    address = ", ".join(address_lines(contact))
    if address:
        apart = address_is_hidden(contact, contacts)
        yield say("pupil.contact_address"), joined(address, say("pupil.address_apart") if apart else "")
    reach = say("pupil.reach_apart") if reach_is_hidden(contact, contacts) else ""
    if contact.phone:
        yield say("pupil.contact_phone"), joined(contact.phone, reach)
    if contact.email:
        yield say("pupil.contact_email"), joined(contact.email, reach)
    if contact.language:
        yield say("pupil.contact_language"), reference.codes("Language").get(contact.language, contact.language)
    if language_words(contact):
        yield say("pupil.contact_needs"), language_words(contact)
    if contact.copy_letters is not None:
        yield say("pupil.contact_copy_letters"), _yes(contact.copy_letters)


def _yes(answer: bool) -> str:
    return say("pupil.yes" if answer else "pupil.no")
