"""Settings, Safety: the record leaves this computer, after a passphrase and a choice, and the first page comes."""

from pathlib import Path

import pytest

from tests.places import PASSPHRASE, add_pupil
from tests.ui.starting import Program, shown_words
from ui.pages import remove_record
from ui.pages.remove_record import RemoveSheet
from ui.pages.settings import SettingsPage
from ui.pages.welcome import WelcomePage


def begin(program: Program) -> RemoveSheet:
    program.unlocked(lambda place: (add_pupil(place), place.backups.keep(now=True)))
    page = program.open("settings", section="safety")
    assert isinstance(page, SettingsPage)
    program.settle()
    page.safety.remove_button.click()
    program.settle()
    sheet = program.shell._sheet
    assert isinstance(sheet, RemoveSheet)
    return sheet


def test_the_record_goes_after_a_last_backup_a_choice_and_the_passphrase(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = begin(program)
    stick = program.folder / "stick"
    stick.mkdir()
    monkeypatch.setattr(remove_record, "ask_for_folder", lambda _owner, _title, then: then(stick))
    sheet.backup_button.click()
    program.settle()
    assert [each.suffix for each in stick.iterdir()] == [".senbackup"]
    sheet.passphrase.line.setText(PASSPHRASE)
    sheet.remove_button.click()
    assert "stay or go" in words_of(sheet)
    sheet.copies.choose("go")
    sheet.passphrase.line.setText("not the right words")
    sheet.remove_button.click()
    program.settle()
    assert (program.folder / "profile" / "record.db").exists()
    assert program.opened.place.profile.folder == program.folder / "profile"
    sheet.passphrase.line.setText(PASSPHRASE)
    sheet.remove_button.click()
    program.settle()
    assert program.keeper.shell is None
    assert isinstance(program.door_page(), WelcomePage)
    assert "The record was removed from this computer." in shown_words(program.keeper.door)
    assert left_in(program.folder) == []


def left_in(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir() if "profile" in each.name and each.name != "profiles"]


def words_of(sheet: RemoveSheet) -> str:
    from ui.widgets import Button

    return " ".join(each.accessibleName() for each in sheet.findChildren(Button))
