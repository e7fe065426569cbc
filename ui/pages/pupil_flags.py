"""What the school has to know of a pupil at once: a photo, flags in words with their icons, medical needs, how they communicate."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.background import Photo
from sencoapp.domain.people import Communication, Pupil
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services import photos, pupils
from sencoapp.services.permissions import may_save
from ui.files import ask_for_file
from ui.pages.ask_form import Ask, AskRow, asks_in, chosen_from
from ui.pages.columns import Columns
from ui.pages.pupil_words import breakable
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Flow,
    Icon,
    Picture,
    Surface,
    Text,
    clear,
    col,
    heading,
    holder,
    note,
    row,
)

say = reference.say

_YES_OR_NO = {
    "free_school_meals": "utensils",
    "ever_6_fsm": "utensils",
    "looked_after": "house",
    "previously_looked_after": "history",
    "young_carer": "hand-heart",
    "eal": "languages",
    "sen_unit": "users",
    "resourced_provision": "users",
}
"""Flags of the record that are yes, no or not known, with their icon."""


def flags_of(pupil: Pupil) -> Iterator[tuple[str, str]]:
    """Icon and words of each flag that is up."""
    if pupil.medical_flag or pupil.medical_note:
        yield "stethoscope", say("people_page.flag_medical")
    for name, icon in _YES_OR_NO.items():
        if getattr(pupil, name):
            words = say(f"people_page.flag_{name}")
            if name == "looked_after" and pupil.care_authority:
                councils = reference.data("codes", "la.json")["councils"]
                authority = councils.get(pupil.care_authority, {}).get("name", pupil.care_authority)
                words = say("people_page.flag_looked_after_by", authority=authority)
            yield icon, words
    if pupil.home_authority:
        yield (
            "landmark",
            say("people_page.flag_home_authority", authority=dict(_authorities()).get(pupil.home_authority, pupil.home_authority)),
        )
    if pupil.service_child == "Y":
        yield "medal", say("people_page.flag_service_child")
    labels = reference.codes("Disability")
    for each in pupil.disabilities:
        if each != "NONE":
            yield "accessibility", labels.get(each, each)


class FlagsPanel(Surface):
    """The photo at the left, the flags beside it. Nothing here is told by colour."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: Pupil | None = None
        self._position = 0
        self._today = date.max
        self._photo: Photo | None = None
        self.picture = Picture(say("people_page.photo"))
        self.add_photo = Button(say("people_page.add_photo"), "link", press=self.choose_photo)
        self.remove_photo = Button(say("people_page.remove_photo"), "link", press=self._remove_photo)
        self.change = Button(say("people_page.change_flags"), "link", press=self.open_sheet)
        self._flags = holder(Flow(gap=8))
        self._none = Text(say("people_page.no_flags"), "ui", "muted", wrap=True)
        self._medical = Text("", "ui", wrap=True)
        self._ways = Text("", "ui", wrap=True)
        self._trouble = note("", wrap=True)
        beside = col(self._flags, self._none, self._medical, self._ways, STRETCH, gap=8)
        under = row(col(self.add_photo, self.remove_photo, gap=0), STRETCH)
        pictured = col(self.picture, under, STRETCH, gap=2)
        head = row(heading(say("people_page.about")), STRETCH, self.change)
        super().__init__(
            "panel", col(head, Columns((holder(pictured), 0), (holder(beside), 1), gap=16, narrow=340), self._trouble, gap=10, margins=16)
        )
        actor = room.place.session.actor
        self._may_photo = may_save(actor, Photo) and may_save(actor, Photo, "remove")
        self.change.setVisible(may_save(actor, Pupil, "change"))
        self.add_photo.setVisible(self._may_photo)
        self.remove_photo.hide()
        self._trouble.hide()

    def show_pupil(self, pupil: Pupil, position: int, today: date) -> None:
        if self._pupil is None or self._pupil.id != pupil.id:
            self._show_photo(None, None)
        self._pupil, self._position, self._today = pupil, position, today
        layout = self._flags.layout()
        assert layout is not None
        clear(layout)
        flags = list(flags_of(pupil))
        for icon, words in flags:
            layout.addWidget(_flag(icon, words))
        self._flags.setVisible(bool(flags))
        self._none.setVisible(not flags)
        self._medical.setText(breakable(pupil.medical_note or ""))
        self._medical.setVisible(bool(pupil.medical_note))
        ways = [say(f"people_page.communication_{each}") for each in pupil.communication_methods]
        self._ways.setText(say("people_page.communicates", ways=", ".join(ways)))
        self._ways.setVisible(bool(ways))
        self._ask_photo()

    # ---- the photo --------------------------------------------------------------------------------------------------

    def choose_photo(self) -> None:
        """Asks for a picture and keeps a small copy of it."""
        ask_for_file(self, say("people_page.add_photo"), f"{say('people_page.pictures')} (*.jpg *.jpeg *.png)", self.take_photo)

    def take_photo(self, path: Path) -> None:
        self._room.aside(self, lambda: _read(path), lambda content: self.keep_photo(path.name, content), self._say)

    def keep_photo(self, filename: str, content: bytes) -> None:
        pupil = self._pupil
        if pupil is None:
            return

        def kept(done: tuple[Photo, Saved]) -> None:
            self._room.ways.toast(say("people_page.photo_kept", name=pupil.forename), done[1])

        self._room.do(self, lambda place: photos.set_photo(place.session, place.documents, pupil.id, filename, content), kept, self._say)

    def _remove_photo(self) -> None:
        photo = self._photo
        if photo is None:
            return

        def told(saved: Saved) -> None:
            self._room.ways.toast(say("people_page.photo_removed"), saved)

        self._room.do(self, lambda place: photos.remove_photo(place.session, photo.id), told)

    def _ask_photo(self) -> None:
        if self._pupil is not None:
            pupil = self._pupil.id
            self._room.ask(self, lambda place: _photo(place, pupil), lambda found: self._show_photo(*found), self._say, replace="photo")

    def _show_photo(self, photo: Photo | None, content: bytes | None) -> None:
        self._photo = photo
        self._trouble.hide()
        self.picture.show_picture(content)
        if photo is None and self.remove_photo.hasFocus():
            self.add_photo.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.remove_photo.setVisible(photo is not None and self._may_photo)
        words = say("people_page.change_photo" if photo else "people_page.add_photo")
        self.add_photo.setText(words)
        self.add_photo.setAccessibleName(words)

    def _say(self, message: PlainMessage) -> None:
        self._trouble.setText(reference.explain(message))
        self._trouble.show()

    # ---- the flags --------------------------------------------------------------------------------------------------

    def open_sheet(self) -> None:
        """Changes the flags."""
        pupil, position = self._pupil, self._position
        if pupil is None:
            return
        rows = _rows()
        entry = Entry(
            title=say("people_page.flags_of", name=pupil.name),
            save_words=say("people_page.save"),
            rows=rows,
            values={ask.name: getattr(pupil, ask.name) for ask in asks_in(rows)},
            draft=f"flags.{pupil.id}",
            write=lambda session, values: pupils.change_pupil(session, pupil, replace(pupil, **values), as_of=position),
            said=lambda _: say("people_page.flags_saved", name=pupil.forename),
        )
        open_entry(self._room, self, entry, self._today)


def _rows() -> list[AskRow]:
    def yes_no(name: str) -> Ask:
        return Ask(name, say(f"people_page.ask_{name}"), "yes_no")

    ways = [(each, say(f"people_page.communication_{each}")) for each in get_args(Communication)]
    disabilities = list(reference.codes("Disability").items())
    return [
        (yes_no("medical_flag"), yes_no("young_carer")),
        Ask("medical_note", say("people_page.medical_note"), "words", hint=say("people_page.medical_hint"), optional=True, lines=2),
        (yes_no("free_school_meals"), yes_no("ever_6_fsm")),
        (yes_no("looked_after"), yes_no("previously_looked_after")),
        (yes_no("sen_unit"), yes_no("resourced_provision")),
        Ask("home_authority", say("people_page.home_authority"), "choice", _authorities(), hint=say("people_page.home_authority_hint")),
        (
            Ask("care_authority", say("people_page.care_authority"), optional=True),
            Ask("service_child", say("people_page.ask_service_child"), "choice", chosen_from(reference.codes("ServiceChild"))),
        ),
        (
            Ask("first_language", say("people_page.first_language"), "choice", chosen_from(reference.codes("Language"))),
            yes_no("eal"),
        ),
        Ask("communication_methods", say("people_page.communication_methods"), "several", ways),
        Ask("disabilities", say("people_page.disabilities"), "several", disabilities, hint=say("people_page.disabilities_hint")),
    ]


def _authorities() -> list[tuple[str, str]]:
    named = [(code, str(each["name"])) for code, each in reference.data("codes", "la.json")["councils"].items()]
    return [("", say("people_page.home_authority_same")), *sorted(named, key=lambda each: each[1])]


def _flag(icon: str, words: str) -> QWidget:
    return Surface("sunken", row((Icon(icon, "text", 18), 0), Text(words, "ui"), gap=6, margins=(8, 4, 10, 4)))


def _photo(place: Workplace, pupil: str) -> tuple[Photo | None, bytes | None]:
    return photos.photo_of(place.session.record, pupil), photos.read_photo(place.session, pupil)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Fault("document_unreadable", file=path.name) from error
