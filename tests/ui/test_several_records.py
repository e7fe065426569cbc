"""Several people in one computer account: each chooses their own record, and none opens another's."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from sencoapp.app import BackupKey
from sencoapp.domain.people import School, StaffMember
from sencoapp.domain.refusals import Fault
from tests.places import PASSPHRASE
from ui.pages.begin import BeginPage
from ui.pages.unlock import UnlockPage
from ui.widgets import ChipChoice

from .starting import Program, shown_words
from .test_first_run import begin_record

RUTH, SAM = "the words of Ruth Adeyemi", "the words of Sam Whitlock"


@pytest.fixture
def both(program: Program) -> Program:
    """Ruth's record and then Sam's, both shut."""
    for name, role, passphrase, label in (("Ruth", "senco", RUTH, "Ruth's record"), ("Sam", "teacher", SAM, "Class 4M")):
        school = School("", "Barrowby Primary", "primary", "leicestershire")
        program.gate.begin(passphrase, school, StaffMember("", name, role), label).place.close()
    program.gate.folder = program.gate.records()[0].folder
    return program


def unlock_page(program: Program) -> UnlockPage:
    page = program.door_page()
    assert isinstance(page, UnlockPage)
    return page


def chips(page: UnlockPage) -> ChipChoice:
    assert page.records is not None
    return page.records


def try_with(program: Program, passphrase: str) -> UnlockPage:
    page = unlock_page(program)
    page.passphrase.line.setText(passphrase)
    page.button.click()
    program.settle()
    return page


def pick(program: Program, label: str) -> UnlockPage:
    page = unlock_page(program)
    (folder,) = [each.folder for each in program.gate.records() if each.label == label]
    chips(page).chip(str(folder)).click()
    program.settle()
    return page


def test_each_opens_their_own_with_their_own_passphrase(both: Program) -> None:
    both.start()
    page = pick(both, "Class 4M")
    try_with(both, RUTH)
    assert "That is not the passphrase." in shown_words(page)
    try_with(both, SAM)
    assert both.opened.person == "Sam, Teacher"
    both.keeper.lock()
    both.settle()
    assert "Class 4M" in shown_words(unlock_page(both))
    pick(both, "Ruth's record")
    try_with(both, RUTH)
    assert both.opened.person == "Ruth, SENCO"


def test_the_one_that_was_open_last_is_chosen_at_the_next_start(both: Program, qtbot: QtBot) -> None:
    both.start()
    pick(both, "Class 4M")
    try_with(both, SAM)
    assert both.keeper.preferences.last_record == both.gate.folder.name
    both.gate.folder = both.gate.records()[0].folder
    both.keeper.lock()
    both.keeper.start()
    both.settle()
    assert both.gate.folder.name == both.keeper.preferences.last_record
    assert chips(unlock_page(both)).value() == str(both.gate.folder)


def test_a_wait_is_that_of_one_record_only(both: Program) -> None:
    both.start()
    for _ in range(5):
        page = try_with(both, "not this one at all")
    assert "Try again in 30 s" in shown_words(page)
    pick(both, "Class 4M")
    assert "Try again in" not in shown_words(page)
    pick(both, "Ruth's record")
    assert "Try again in 30 s" in shown_words(page)
    pick(both, "Class 4M")
    try_with(both, SAM)
    assert both.keeper.shell is not None


def test_labels_that_are_the_same_are_told_apart(both: Program) -> None:
    school = School("", "Barrowby Primary", "primary", "leicestershire")
    both.gate.begin(PASSPHRASE, school, StaffMember("", "Another Ruth", "senco"), "Ruth's record").place.close()
    assert [each.label for each in both.gate.records()] == ["Ruth's record", "Class 4M", "Ruth's record (2)"]


def test_a_record_is_begun_beside_the_first_with_a_name_that_names_nobody(program: Program) -> None:
    recovery = begin_record(program)
    recovery.skip_button.click()
    recovery.today_button.click()
    program.settle()
    program.keeper.lock()
    program.settle()
    page = unlock_page(program)
    assert page.records is None
    page.begin_wanted.emit()
    begin = program.door_page()
    assert isinstance(begin, BeginPage)
    begin.left.emit()
    assert isinstance(program.door_page(), UnlockPage)
    unlock_page(program).begin_wanted.emit()
    begin = program.door_page()
    begin.school_step.name.setText("Sam Whitlock")
    begin.school_step.role.choose("teacher")
    begin.school_step.school.name.setText("Barrowby Primary School")
    begin.school_step.school.council.choose("leicestershire")
    begin.school_step.button.click()
    begin.terms_step.skip_button.click()
    program.settle()
    step = begin.passphrase_step
    assert step.label.text() == "Teacher's record"
    assert "do not use a pupil's name" in shown_words(step)
    for each in (step.first, step.second):
        each.line.setText(SAM)
    step.label.setText("")
    step.button.click()
    assert "Enter what the first screen calls this record." in shown_words(step)
    step.label.setText("Sam's record")
    step.button.click()
    program.settle()
    program.door_page().skip_button.click()
    program.door_page().today_button.click()
    program.settle()
    assert program.opened.place.profile.folder.parent.name == "profiles"
    assert [each.label for each in program.gate.records()] == ["SENCO's record", "Sam's record"]


def test_a_folder_that_was_named_stands_alone(qtbot: QtBot, tmp_path: Path) -> None:
    from ui.gate import Gate

    gate = Gate(tmp_path / "p")
    assert not gate.takes_another()
    assert gate.records() == []


def test_with_all_that_one_person_has_the_record_of_the_other_stays_shut(both: Program) -> None:
    ruth, sam = (each.folder for each in both.gate.records())
    (ruth / "profile.json").write_bytes((sam / "profile.json").read_bytes())
    with pytest.raises(Fault, match="record_damaged"):
        both.app.open(ruth, SAM)


def test_a_backup_goes_to_the_place_of_its_own_record_and_never_over_somebody_elses(both: Program, tmp_path: Path) -> None:
    ruth, sam = (each.folder for each in both.gate.records())
    place = both.app.open(sam, SAM)
    backup = place.back_up(tmp_path / "sams.senbackup")
    place.close()
    key = BackupKey(SAM)
    found = both.gate.preview_backup(backup, key)
    assert both.gate.place_of(found.profile) == sam
    sam.rename(tmp_path / "lost")
    both.gate.folder = ruth
    before = (ruth / "record.db").read_bytes()
    again = both.gate.place_of(found.profile)
    assert again not in (ruth, sam)
    assert both.gate.restore(backup, key, again).kept_aside is None
    assert [each.label for each in both.gate.records()] == ["Ruth's record", "Class 4M"]
    assert (ruth / "record.db").read_bytes() == before
    both.gate.unlock(SAM).place.close()
