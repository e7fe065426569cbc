"""Backups that happen by themselves: while nobody types, at locking and at the end; what is wrong is said quietly."""

from pathlib import Path

from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault
from sencoapp.storage import ahead
from tests.places import PASSPHRASE, add_pupil
from ui.pages.settings import SettingsPage

from .starting import Program, shown_words


def backups_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*.senbackup"))


def rest(program: Program, seconds: float = 200) -> None:
    """Nobody types for a while, and the minute is full."""
    program.seconds += seconds
    program.keeper._backups.look()
    program.settle()


def with_folder(program: Program) -> Path:
    """An open record with a pupil, and a folder that was chosen; no backup is made yet."""
    folder = program.folder / "drive"
    folder.mkdir()
    program.unlocked(lambda place: (add_pupil(place), place.backups.choose(folder)))
    return folder


def test_a_backup_is_made_while_nobody_types(program: Program) -> None:
    folder = with_folder(program)
    rest(program, 60)
    assert backups_in(folder) == []
    rest(program)
    assert len(backups_in(folder)) == 1
    assert program.shell.rail._sync.isHidden()


def test_a_folder_that_is_away_is_said_in_the_rail_and_explained_in_settings(program: Program) -> None:
    folder = with_folder(program)
    folder.rename(program.folder / "away")
    rest(program)
    assert program.shell.rail._sync.text() == "Check the backups"
    program.shell.rail._sync.click()
    program.settle()
    page = program.shell.current_page()
    assert isinstance(page, SettingsPage)
    assert f"The backup folder {folder} cannot be reached." in shown_words(page)
    (program.folder / "away").rename(folder)
    program.keeper._backups._done = False
    rest(program)
    assert program.shell.rail._sync.isHidden()
    assert len(backups_in(folder)) == 1


def test_locking_makes_one_and_the_record_unlocks_again(program: Program) -> None:
    folder = with_folder(program)
    program.shell.lock_wanted.emit()
    program.settle()
    assert len(backups_in(folder)) == 1
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()
    assert program.record(lambda place: place.session.record.count(Pupil)) == 1


def test_saves_that_the_disk_gave_back_damaged_are_told_when_the_record_opens(program: Program, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    program.with_record()
    (program.gate.folder / "record.db-wal").touch()
    monkeypatch.setattr(ahead, "is_damaged", lambda _path: True)
    program.start()
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()
    assert "Check your last entries and write again what is missing." in shown_words(program.shell)


def test_closing_the_window_makes_one(program: Program) -> None:
    folder = with_folder(program)
    program.leave()
    assert len(backups_in(folder)) == 1


def test_closing_works_where_no_backup_can_be_made(program: Program) -> None:
    with_folder(program)

    def full(*_: object, **__: object) -> None:
        raise Fault("disk_full")

    place = program.opened.place
    type(place.backups).keep, kept = full, type(place.backups).keep  # type: ignore[method-assign,assignment]
    try:
        rest(program)
        assert program.shell.rail._sync.text() == "Check the backups"
        program.leave()
    finally:
        type(place.backups).keep = kept  # type: ignore[method-assign]
    program.app.open(program.gate.folder, PASSPHRASE).close()
