"""The people around a pupil: the family and other contacts, and the professionals and services who help."""

from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.record import Saved
from ui.pages.pupil_contacts import ContactsPane
from ui.pages.pupil_professionals import ProfessionalsPane
from ui.room import Room
from ui.widgets import ChipChoice, Faces, col, row

PARTS = ("contacts", "professionals")


class PeopleTab(QWidget):
    """``show_for(pupil=id)``; ``part`` is one of ``PARTS``."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._pupil = ""
        self.contacts = ContactsPane(room)
        self.professionals = ProfessionalsPane(room)
        self._stack = Faces()
        self._stack.addWidget(self.contacts)
        self._stack.addWidget(self.professionals)
        words = [(each, reference.say(f"pupil.part_{each}")) for each in PARTS]
        self.part = ChipChoice(reference.say("pupil.parts_of_people"), words, none_allowed=False)
        self.part.choose(PARTS[0])
        self.part.chosen.connect(self._turn)
        self.setLayout(col(row((self.part, 1), margins=(24, 10, 20, 4)), (self._stack, 1), gap=0))

    def show_for(self, pupil: str, *, part: str = "", **where: Any) -> None:
        self._pupil = pupil
        if part in PARTS:
            self.part.choose(part)
        self._turn()

    def refresh(self, saved: Saved) -> None:
        self._pane().refresh(saved)

    def _turn(self) -> None:
        pane = self._pane()
        self._stack.setCurrentWidget(pane)
        pane.show_for(self._pupil)

    def _pane(self) -> ContactsPane | ProfessionalsPane:
        return self.professionals if self.part.value() == "professionals" else self.contacts
