"""Adding one pupil by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, SENprovision
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import pupils
from sencoapp.services.today import year_words
from ui.commands import command
from ui.pages.form_draft import DraftOf
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, ChipChoice, Choice, DateField, Field, Form, LineField, Sheet, side_by_side

YEARS = ("N1", "N2", "R", *(str(number) for number in range(1, 15)), "X")


def open_add_pupil(room: Room, owner: QWidget) -> None:
    """Opens the sheet, as soon as the record has said what day it is and which classes there are."""
    room.ask(owner, _facts, lambda facts: room.ways.show_sheet(AddPupilSheet(room, *facts)))


class AddPupilSheet(Sheet):
    """Name, birth date, year, class, status. The page of the new pupil opens once it is saved."""

    def __init__(self, room: Room, today: date, classes: Sequence[str]) -> None:
        self.room = room
        self.form = Form()
        self.forename, self.surname = LineField(), LineField()
        self.born = DateField(today=today, what=reference.say("register.born_what"), field="birth_date", towards="past", latest=today)
        self.year = Choice("", [("", reference.say("register.not_known")), *((each, year_words(each)) for each in YEARS)])
        self.group = LineField(placeholder=classes[0] if classes else "")
        statuses = [(code, reference.say(f"register.status_{code}")) for code in ("N", "K", "E")]
        self.status = ChipChoice(reference.say("register.status"), statuses, none_allowed=False)
        self.status.choose("K")
        self._lay_out()
        self.save = Button(reference.say("register.add"), "primary", tip="Ctrl+Return", press=self._save)
        self.draft = DraftOf(room, self.form, "new_pupil")
        body = SheetBody(reference.say("register.add_title"), self.form, self.save, above=self.draft.notice)
        super().__init__(reference.say("register.add_title"), body)
        self.draft.began()
        command(self, reference.say("register.add"), self._save, "Ctrl+Return", "Ctrl+Enter")

    def _lay_out(self) -> None:
        first = self.form.add("legal_forename", Field(reference.say("register.forename"), self.forename), place=False)
        last = self.form.add("legal_surname", Field(reference.say("register.surname"), self.surname), place=False)
        self.form.add_widget(side_by_side(first, last))
        self.form.add("birth_date", Field(reference.say("register.born"), self.born, optional=True))
        year = self.form.add("year", Field(reference.say("register.year"), self.year), place=False)
        group = self.form.add("reg_group", Field(reference.say("register.class"), self.group, optional=True), place=False)
        self.form.add_widget(side_by_side(year, group))
        self.form.add("status", Field(reference.say("register.status"), self.status))

    def _save(self) -> None:
        try:
            values = self._values()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        status: SENprovision = self.status.value()  # type: ignore[assignment]
        self.room.do(self, lambda place: pupils.add_pupil(place.session, values, status), self._saved, self.form.refuse, once=True)

    def _values(self) -> Mapping[str, Any]:
        return {
            "legal_forename": self.forename.text().strip(),
            "legal_surname": self.surname.text().strip(),
            "birth_date": self.born.value(),
            "year": self.year.value() or None,
            "reg_group": self.group.text().strip() or None,
        }

    def _saved(self, added: tuple[Pupil, Saved]) -> None:
        pupil, saved = added
        self.draft.saved()
        self.close_sheet()
        self.room.ways.toast(reference.say("register.added", name=pupil.name), saved)
        self.room.ways.go("pupil", pupil=pupil.id)


def _facts(place: Workplace) -> tuple[date, Sequence[str]]:
    return place.session.clock.today(), place.session.record.register_choices()["classes"]
