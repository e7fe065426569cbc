"""What is typed in a form is kept, encrypted, without being saved, and offered when the form is opened again."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from tests.places import PASSPHRASE, add_pupil
from ui.pages.register_add import AddPupilSheet, open_add_pupil
from ui.widgets import LineField

from .killing import type_and_be_killed
from .plan_house import House
from .starting import Program, shown_words


class Folder:
    kian = ""


def fill(place: Workplace) -> None:
    Folder.kian = add_pupil(place).id


@pytest.fixture
def house(open_house) -> House:
    return open_house(fill)


def new_pupil(house: House) -> QWidget:
    open_add_pupil(house.room, house.shell)
    house.settle()
    return [each for each in house.shell.findChildren(AddPupilSheet) if each.isVisible()][-1]


def a_rate(house: House) -> QWidget:
    from ui.pages.settings_rates import RatesPart

    part = RatesPart(house.room)
    house.qtbot.addWidget(part)
    part.show()
    house.settle()
    return part


def the_school(house: House) -> QWidget:
    from ui.pages.settings_school import SchoolPart

    part = SchoolPart(house.room)
    house.qtbot.addWidget(part)
    part.show()
    part.ask()
    house.settle()
    return part


def the_end_of_a_place(house: House) -> QWidget:
    from datetime import date
    from decimal import Decimal

    from sencoapp.domain.provision import Provision
    from ui.pages.provision_end import open_end_sheet

    made = Provision("c" * 32, "Reading", "targeted", "Ms Shah", 1720, Decimal(3), 20, 10, 2, date(2026, 9, 1))
    body = open_end_sheet(house.room, house.shell, Folder.kian, made)
    house.settle()
    return body


FORMS: dict[str, tuple[Callable[[House], Any], str, int]] = {
    "new_pupil": (new_pupil, "new_pupil", 1),
    "staff_rate": (a_rate, "staff_rate", 0),
    "school_details": (the_school, "school_details", 3),
    "end_place": (the_end_of_a_place, "end_place.", 0),
}


@pytest.mark.parametrize("name", FORMS)
def test_what_is_typed_is_kept_and_offered_again(house, name):
    opened, form, number = FORMS[name]
    first = opened(house)
    field = first.findChildren(LineField)[number]
    field.setText("Featherstonehaugh")
    first.draft._draft.keep()
    house.settle()
    kept = [each for each, _, _ in house.record(lambda place: place.session.record.drafts())]
    assert [each for each in kept if each.startswith(form)]
    first.hide()  # nothing was saved
    second = opened(house)
    assert second.findChildren(LineField)[number].text() == "Featherstonehaugh"
    assert second.draft.notice.isVisibleTo(second)
    second.draft.discard()
    house.settle()
    assert second.findChildren(LineField)[number].text() != "Featherstonehaugh"
    assert house.record(lambda place: place.session.record.drafts()) == []


def test_a_draft_goes_when_the_form_is_saved(house):
    sheet = new_pupil(house)
    for field, words in zip(sheet.findChildren(LineField), ("Ava", "Featherstonehaugh"), strict=False):
        field.setText(words)
    sheet.draft._draft.keep()
    house.settle()
    sheet.save.click()
    house.settle()
    assert house.record(lambda place: place.session.record.drafts()) == []
    assert len(house.record(lambda place: place.session.record.find(Pupil))) == 2


def test_the_pause_after_the_last_key_and_leaving_the_field_both_keep_it(house):
    sheet = new_pupil(house)
    first, second = sheet.findChildren(LineField)[:2]
    house.shell.activateWindow()
    house.qtbot.waitUntil(house.shell.isActiveWindow)
    first.setFocus()
    first.setText("Ava")
    assert sheet.draft._draft._pause.isActive()
    second.setFocus()
    house.settle()
    assert not sheet.draft._draft._pause.isActive()
    assert len(house.record(lambda place: place.session.record.drafts())) == 1


def test_an_untouched_form_leaves_no_draft(house):
    sheet = new_pupil(house)
    sheet.draft._draft.keep()
    house.settle()
    assert house.record(lambda place: place.session.record.drafts()) == []


@pytest.mark.parametrize(
    ("form", "where", "button", "field"),
    [
        ("new_pupil", "", "Add a pupil", "Surname"),
        ("contact", "contacts", "Add a contact", "Surname"),
        ("status", "overview", "Change status", "Why (optional)"),
    ],
)
def test_what_was_half_typed_when_the_program_was_killed_is_offered_again(
    program: Program, form: str, where: str, button: str, field: str
) -> None:
    program.with_record(lambda place: add_pupil(place))
    type_and_be_killed(program.folder / "profile", "Oyelaran Bakar", form)
    program.start()
    program.door_page().passphrase.line.setText(PASSPHRASE)
    program.door_page().button.click()
    program.settle()
    kian = program.record(lambda place: place.session.record.find(Pupil))[0].id
    page = program.open("pupil", pupil=kian, tab=where) if where else program.open("pupils")
    in_sight(page, button).click()
    program.settle()
    assert "Draft restored" in shown_words(program.shell)
    typed: Any = in_sight(program.shell, field)
    assert (typed.text() if hasattr(typed, "text") else typed.words()) == "Oyelaran Bakar"
    assert all(each.sound for each in program.record(lambda place: place.session.record.verify()))


def in_sight(root: QWidget, name: str) -> Any:
    found = [each for each in root.findChildren(QWidget) if each.accessibleName() == name and each.isVisible()]
    return next(each for each in found if each.focusPolicy() != Qt.FocusPolicy.NoFocus)
