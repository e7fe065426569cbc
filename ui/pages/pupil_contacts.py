"""The people in a pupil's life: who has parental responsibility, who lives with the pupil, how to reach them."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Contact
from sencoapp.domain.record import Saved
from sencoapp.services import pupils
from ui.commands import command
from ui.pages.pupil_words import joined
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    ChipChoice,
    Choice,
    Column,
    EmptyPlace,
    Field,
    Form,
    LineField,
    RecordTable,
    Sheet,
    TableRow,
    TextArea,
    col,
    holder,
    note,
    row,
    side_by_side,
)

_ANSWERS = {"yes": True, "no": False, "": None}


class ContactsTab(QWidget):
    """``show_for(pupil=id)``. Enter opens a contact to change it; the button at its right removes it."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._contacts: dict[str, Contact] = {}
        self._position = 0
        columns = (
            Column(reference.say("pupil.contact"), 0),
            Column(reference.say("pupil.responsibility"), 170, keep=False),
            Column(reference.say("pupil.lives_with"), 130, keep=False),
            Column(reference.say("pupil.reach"), 230),
            Column("", 104),
        )
        self.table = RecordTable(reference.say("pupil.tab_contacts"), columns, two_lines=True, lead=24)
        self.table.opened.connect(self._open)
        self.table.acted.connect(self._remove)
        self.add = Button(reference.say("pupil.add_contact"), icon="plus", press=self.open_sheet)
        self.empty = EmptyPlace(reference.say("pupil.no_contacts"), reference.say("pupil.add_contact"), icon="phone", press=self.open_sheet)
        head = row(note(reference.say("pupil.contacts_note")), STRETCH, self.add, margins=(24, 12, 20, 12))
        self._shown = holder(col(head, (self.table, 1), gap=0))
        self._shown.hide()
        self.empty.hide()
        self.setLayout(col((self._shown, 1), (self.empty, 1), gap=0))

    def show_for(self, pupil: str, **where: Any) -> None:
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil in saved.pupils() and saved.touches("contact"):
            self._ask()

    def open_sheet(self) -> None:
        """A further contact."""
        self.room.ways.show_sheet(ContactSheet(self.room, self._pupil, None, self._position))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _contacts(place, pupil), lambda found: self._show(pupil, *found), replace="contacts")

    def _show(self, pupil: str, contacts: list[Contact], position: int) -> None:
        if pupil != self._pupil:
            return
        self._contacts, self._position = {each.id: each for each in contacts}, position
        self.table.show_rows([_row(each) for each in contacts])
        self._shown.setVisible(bool(contacts))
        self.empty.setVisible(not contacts)

    def _open(self, key: str) -> None:
        self.room.ways.show_sheet(ContactSheet(self.room, self._pupil, self._contacts[key], self._position))

    def _remove(self, key: str) -> None:
        name = self._contacts[key].name

        def told(_: Saved) -> None:
            self.room.ways.toast(reference.say("pupil.contact_removed", name=name), lambda: self._bring_back(key))

        self.room.do(self, lambda place: pupils.remove_contact(place.session, key), told)

    def _bring_back(self, key: str) -> None:
        self.room.do(self, lambda place: pupils.bring_back_contact(place.session, key))


class ContactSheet(Sheet):
    """A new contact, or one that is there (``shown``)."""

    def __init__(self, room: Room, pupil: str, shown: Contact | None, position: int) -> None:
        self._room, self._pupil, self._shown, self._position = room, pupil, shown, position
        self.form = Form()
        self._build()
        words = reference.say("pupil.save_contact" if shown else "pupil.add_contact")
        self.save_button = Button(words, "primary", tip="Ctrl+Return", press=self.save)
        title = shown.name if shown else reference.say("pupil.add_contact")
        super().__init__(title, SheetBody(title, self.form, self.save_button))
        command(self, words, self.save, "Ctrl+Return", "Ctrl+Enter")

    def _build(self) -> None:
        of = self._shown or Contact("", self._pupil, 0, "")
        self.title, self.forename, self.surname = LineField(), LineField(), LineField()
        self.phone, self.email = LineField(), LineField()
        self.address = TextArea(lines=2)
        relations = [("", reference.say("pupil.not_said")), *reference.codes("Relationship").items()]
        self.relationship = Choice("", relations, value=of.relationship or "")
        self.responsibility = _yes_or_no(reference.say("pupil.contact_parental_responsibility"), of.parental_responsibility)
        self.lives_with = _yes_or_no(reference.say("pupil.contact_lives_with_pupil"), of.lives_with_pupil)
        for field, value in (
            (self.title, of.title),
            (self.forename, of.forename),
            (self.surname, of.surname),
            (self.phone, of.phone),
            (self.email, of.email),
        ):
            field.setText(value or "")
        self.address.set_words(of.address or "")
        self._place("title", self.title, "forename", self.forename, "surname", self.surname)
        self._place("relationship", self.relationship)
        self._place("parental_responsibility", self.responsibility, "lives_with_pupil", self.lives_with)
        self._place("phone", self.phone, "email", self.email)
        self._place("address", self.address)

    def _place(self, *named: Any) -> None:
        fields = []
        for name, control in zip(named[::2], named[1::2], strict=True):
            fields.append(self.form.add(name, Field(reference.say(f"pupil.contact_{name}"), control), place=False))
        self.form.add_widget(side_by_side(*fields) if len(fields) > 1 else fields[0])

    def save(self) -> None:
        values = {
            "title": self.title.text().strip() or None,
            "forename": self.forename.text().strip() or None,
            "surname": self.surname.text().strip(),
            "relationship": self.relationship.value() or None,
            "parental_responsibility": _ANSWERS[self.responsibility.value()],
            "lives_with_pupil": _ANSWERS[self.lives_with.value()],
            "phone": self.phone.text().strip() or None,
            "email": self.email.text().strip() or None,
            "address": self.address.words().strip() or None,
        }
        pupil, shown, position = self._pupil, self._shown, self._position

        def deed(place: Workplace) -> Saved:
            if shown is None:
                return pupils.add_contact(place.session, pupil, values)
            return pupils.change_contact(place.session, shown, replace(shown, **values), as_of=position)  # type: ignore[arg-type]

        self._room.do(self, deed, lambda _: self._saved(), self.form.refuse)

    def _saved(self) -> None:
        self.close_sheet()
        name = joined(self.forename.text().strip(), self.surname.text().strip()).replace(" · ", " ")
        self._room.ways.toast(reference.say("pupil.contact_saved", name=name))


def _yes_or_no(label: str, value: bool | None) -> ChipChoice:
    chips = ChipChoice(label, [("yes", reference.say("pupil.yes")), ("no", reference.say("pupil.no"))])
    chips.choose(*(name for name, each in _ANSWERS.items() if name and each is value))
    return chips


def _row(contact: Contact) -> TableRow:
    relation = reference.codes("Relationship").get(contact.relationship or "", contact.relationship or "")
    speaks = reference.codes("Language").get(contact.language or "", "") if contact.interpreter else ""
    below = joined(relation, reference.say("pupil.interpreter", language=speaks) if contact.interpreter else "")
    return TableRow(
        contact.id,
        (
            Cell(contact.name, below, bold=True),
            Cell(_answer(contact.parental_responsibility), tone=_tone(contact.parental_responsibility)),
            Cell(_answer(contact.lives_with_pupil), tone=_tone(contact.lives_with_pupil)),
            Cell(contact.phone or contact.email or reference.say("pupil.no_phone"), (contact.email or "") if contact.phone else ""),
            Cell(button=reference.say("pupil.remove")),
        ),
    )


def _answer(value: bool | None) -> str:
    return reference.say("pupil.not_known" if value is None else "pupil.yes" if value else "pupil.no")


def _tone(value: bool | None) -> str:
    return "muted" if value is None else "text"


def _contacts(place: Workplace, pupil: str) -> tuple[list[Contact], int]:
    record = place.session.record
    return sorted(record.find(Contact, pupil=pupil), key=lambda each: each.order), record.position()
