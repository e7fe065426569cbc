"""Typed text is there again after the record has locked, however soon after the last key it did, and in whichever form."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.services import plans
from tests.places import PASSPHRASE, add_pupil
from ui.pages.provision_sheet import ProvisionSheetBody, Serves, open_provision_sheet
from ui.pages.quick_entry import QuickEntry

from .starting import Program

WORDS = "Stayed for the whole of assembly"


@pytest.fixture
def kian(program: Program) -> Pupil:
    found: list[Pupil] = []

    def fill(place: Workplace) -> None:
        found.append(add_pupil(place, "Osei", "Kian"))
        plans.start_cycle(place.session, found[0].id)

    program.unlocked(fill)
    return found[0]


def type_words(where: QWidget) -> None:
    where.window().activateWindow()
    where.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(where, WORDS)


def lock_and_unlock(program: Program, how: Callable[[], object]) -> None:
    how()
    program.settle()
    assert program.keeper.shell is None
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()


def hurry(program: Program) -> None:
    """The computer locks: no key and no click moved the focus before."""
    assert program.keeper._system is not None
    program.keeper._system.active_changed(True)


def test_a_note_half_written_is_there_again(program: Program, kian: Pupil) -> None:
    program.shell.new_observation()
    program.settle()
    sheet = program.shell.findChildren(QuickEntry)[0]
    type_words(sheet.form.text)
    lock_and_unlock(program, lambda: hurry(program))
    program.shell.new_observation()
    program.settle()
    assert program.shell.findChildren(QuickEntry)[0].form.text.words() == WORDS


def test_a_chosen_kind_of_note_is_too_although_no_text_field_had_the_focus(program: Program, kian: Pupil) -> None:
    program.shell.new_observation()
    program.settle()
    sheet = program.shell.findChildren(QuickEntry)[0]
    type_words(sheet.form.text)
    sheet.form.kind.chip("concern").click()
    lock_and_unlock(program, lambda: hurry(program))
    program.shell.new_observation()
    program.settle()
    again = program.shell.findChildren(QuickEntry)[0].form
    assert (again.text.words(), again.kind.value()) == (WORDS, "concern")


def test_provision_half_written_in_lines_is_there_again(program: Program, kian: Pupil) -> None:
    room = program.keeper.room
    assert room is not None
    open_provision_sheet(room, program.shell, Serves(pupils=(kian.id,)))
    program.settle()
    type_words(program.shell.findChildren(ProvisionSheetBody)[0].form.lines["title"])
    lock_and_unlock(program, lambda: hurry(program))
    assert program.keeper.room is not None
    open_provision_sheet(program.keeper.room, program.shell, Serves(pupils=(kian.id,)))
    program.settle()
    assert program.shell.findChildren(ProvisionSheetBody)[0].form.lines["title"].text() == WORDS


def test_a_text_of_the_pupil_page_and_one_of_the_plan_are_in_the_record(program: Program, kian: Pupil) -> None:
    overview = program.open("pupil", pupil=kian.id, tab="overview")
    areas = [each for each in overview.findChildren(QWidget) if each.accessibleName() == "What works" and hasattr(each, "words")]
    type_words(areas[0])
    lock_and_unlock(program, lambda: QTest.keyClick(program.shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier))
    found = program.record(lambda place: place.session.record.get(Pupil, kian.id))
    assert found is not None
    assert found.what_works == WORDS


def test_closing_the_window_keeps_it_as_well(program: Program, kian: Pupil) -> None:
    program.shell.new_observation()
    program.settle()
    type_words(program.shell.findChildren(QuickEntry)[0].form.text)
    program.shell.close()
    QApplication.processEvents()
    program.leave()
    place = program.app.open(program.gate.folder, PASSPHRASE)
    kept = place.session.record.draft("observation")
    place.close()
    assert kept is not None
    assert kept["text"] == WORDS
