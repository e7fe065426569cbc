"""Restoring in the window: chosen, opened, looked at, put in place, and the record that was there is kept aside."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.app import BackupKey, Workplace
from sencoapp.domain.people import Pupil
from tests.places import PASSPHRASE, add_pupil
from ui.pages.restore import RestorePage
from ui.pages.unlock import UnlockPage
from ui.pages.welcome import WelcomePage

from .starting import Program, shown_words


def with_backup(program: Program) -> Path:
    """A record that goes on after its backup was made."""
    backup = program.folder / "kept.senbackup"

    def fill(place: Workplace) -> None:
        add_pupil(place, "Before")
        place.back_up(backup)
        add_pupil(place, "After")

    program.with_record(fill)
    return backup


def restore_page(program: Program) -> RestorePage:
    program.door_page().restore_wanted.emit()
    program.settle()
    page = program.door_page()
    assert isinstance(page, RestorePage)
    return page


def surnames(program: Program) -> list[str]:
    return program.record(lambda place: sorted(each.surname for each in place.session.record.find(Pupil)))


def unlock(program: Program) -> None:
    page = program.door_page()
    assert isinstance(page, UnlockPage)
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()


def test_on_a_new_computer_a_backup_is_looked_at_and_put_in_place(program: Program) -> None:
    backup = with_backup(program)
    program.gate.folder.rename(program.folder / "another computer")
    program.start()
    assert isinstance(program.door_page(), WelcomePage)
    page = restore_page(program)
    page.choosing.choose_button.click()
    program.choose_in_dialog(backup)
    page.opening.passphrase.line.setText(PASSPHRASE)
    page.opening.button.click()
    program.settle()
    words = shown_words(page)
    for each in ("Barrowby Primary", "Tuesday 24 November 2026", "This record is not on this laptop yet. Nothing is replaced."):
        assert each in words
    assert not program.gate.has_record()
    page.looking.button.click()
    program.settle()
    assert "The backup is in its place" in shown_words(page)
    page.done.button.click()
    unlock(program)
    assert surnames(program) == ["Before"]


def test_the_record_that_was_there_is_kept_and_the_page_says_where(program: Program) -> None:
    backup = with_backup(program)
    program.start()
    page = restore_page(program)
    page.take(backup)
    page.open(BackupKey(PASSPHRASE))
    program.settle()
    assert "The record on this laptop is renamed and stays here." in shown_words(page)
    page.looking.button.click()
    program.settle()
    kept = program.folder / "profile kept 2026-11-24"
    assert f"The record that was here before is kept in {kept}." in shown_words(page)
    again = program.app.open(kept, PASSPHRASE)
    assert len(again.session.record.find(Pupil)) == 2
    again.close()


def test_a_backup_that_this_laptop_made_is_offered(program: Program) -> None:
    def fill(place: Workplace) -> None:
        add_pupil(place, "Before")
        place.backups.keep(closing=True)

    program.with_record(fill)
    program.start()
    page = restore_page(program)
    assert [each.accessibleName() for each in page.choosing.cards] == ["Tuesday 24 November 2026, up to save 2"]
    page.choosing.cards[0].click()
    assert page.opening.isVisible()


def test_a_file_that_is_no_backup_is_told_where_it_was_chosen(program: Program, tmp_path: Path) -> None:
    (tmp_path / "note.senbackup").write_text("no backup")
    program.start()
    page = restore_page(program)
    page.take(tmp_path / "note.senbackup")
    page.opening.passphrase.line.setText(PASSPHRASE)
    page.opening.button.click()
    program.settle()
    assert page.choosing.isVisible()
    assert "note.senbackup is not a whole backup of this program." in shown_words(page)


def test_a_wrong_passphrase_is_told_and_another_can_be_tried(program: Program) -> None:
    backup = with_backup(program)
    program.start()
    page = restore_page(program)
    page.take(backup)
    page.opening.button.click()
    assert "Enter the passphrase of the backup." in shown_words(page)
    for typed in ("another four words", PASSPHRASE):
        page.opening.passphrase.line.setText(typed)
        page.opening.button.click()
        program.settle()
    assert page.looking.isVisible()
    page.choose_again()
    assert page.choosing.isVisible()


def test_the_recovery_sheet_opens_it_and_sets_a_new_passphrase(program: Program) -> None:
    place, code = program.app.begin(program.gate.folder, PASSPHRASE, *_school(program))
    backup = place.back_up(program.folder / "kept.senbackup")
    place.close()
    program.start()
    page = restore_page(program)
    page.take(backup)
    page.opening.sheet_link.click()
    for line, typed in (
        (page.opening.recovery.code, code),
        (page.opening.recovery.first.line, "four other words here"),
        (page.opening.recovery.second.line, "four other words here"),
    ):
        line.setText(typed)
    page.opening.recovery.send()
    program.settle()
    page.looking.button.click()
    program.settle()
    page.done.button.click()
    door = program.door_page()
    door.passphrase.line.setText("four other words here")
    door.button.click()
    program.settle()
    assert program.opened.school == "B"


def _school(program: Program) -> tuple[object, ...]:
    from sencoapp.domain.people import School, StaffMember

    return School(program.app.new_id(), "B", "primary", "leicestershire"), StaffMember(program.app.new_id(), "R", "senco")


@pytest.mark.parametrize("step", range(4))
def test_every_stop_of_the_tab_key_has_a_name(program: Program, step: int) -> None:
    backup = with_backup(program)
    program.start()
    page = restore_page(program)
    if step > 0:
        page.take(backup)
    if step > 1:
        page.opening.passphrase.line.setText(PASSPHRASE)
        page.opening.button.click()
        program.settle()
    if step > 2:
        page.looking.button.click()
        program.settle()
    shown = page._steps[step]
    assert shown.isVisible()
    stops = [each for each in page.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisible()]
    assert stops
    assert [type(each).__name__ for each in stops if not (each.accessibleName() or (hasattr(each, "text") and each.text()))] == []


def test_going_back_leaves_everything_as_it_was(program: Program) -> None:
    with_backup(program)
    program.start()
    restore_page(program).left.emit()
    program.settle()
    unlock(program)
    assert surnames(program) == ["After", "Before"]
