"""Backups that happen by themselves: beside the record first, then to the school's folder, which is sometimes away."""

import errno
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sencoapp import reference
from sencoapp.app import App, BackupKey, Workplace
from sencoapp.domain.people import Pupil, School
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Fault
from sencoapp.storage import backup_folder
from sencoapp.storage.backup_folder import BackupState
from tests.places import PASSPHRASE, TODAY, add_pupil, set_clock

KEY = BackupKey(PASSPHRASE)


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """The folder that the school chose."""
    folder = tmp_path / "drive"
    folder.mkdir()
    return folder


def end_of_day(place: Workplace, day: int = 0) -> BackupState:
    """What locking and closing do."""
    set_clock(place, TODAY + timedelta(days=day))
    return place.backups.keep(closing=True).copy()


def names_below(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_a_day_of_changes_leaves_a_backup_here_and_in_the_folder(place, app, drive, tmp_path):
    pupil = add_pupil(place, "Featherstonehaugh")
    name = place.session.blobs.put(b"a report" * 300_000)
    place.backups.choose(drive)
    state = end_of_day(place)
    assert state.problem is None
    assert [each.day for each in state.in_chosen] == [TODAY.date()]
    assert list(state.in_chosen) == list(state.on_laptop)
    assert state.last == TODAY
    backup = next(drive.rglob("*.senbackup"))
    assert b"Featherstonehaugh" not in b"".join(each.read_bytes() for each in drive.rglob("*") if each.is_file())
    app.restore(backup, tmp_path / "back", KEY)
    again = app.open(tmp_path / "back", PASSPHRASE)
    assert again.session.record.get(Pupil, pupil.id) == pupil
    assert again.session.blobs.read(name) == b"a report" * 300_000
    again.close()


def test_a_day_without_changes_leaves_none(place, drive):
    place.backups.choose(drive)
    first = end_of_day(place)
    assert end_of_day(place, 1).in_chosen == first.in_chosen
    add_pupil(place)
    assert len(end_of_day(place, 2).in_chosen) == 2


def test_while_the_record_is_open_some_hours_lie_between_two_and_the_last_of_a_day_stays(place):
    positions = []
    for hours in (0, 1, 2):
        add_pupil(place, f"Pupil{hours}")
        set_clock(place, TODAY + timedelta(hours=hours))
        positions.append([each.position for each in place.backups.keep().copy().on_laptop])
    assert positions[0] == positions[1]
    assert positions[2] == [place.session.record.position()]


def test_a_folder_that_is_away_is_told_and_caught_up_with_when_it_is_back(place, drive, tmp_path):
    place.backups.choose(drive)
    add_pupil(place)
    drive.rename(tmp_path / "away")
    state = end_of_day(place)
    assert state.problem is not None
    assert reference.explain(state.problem).startswith(f"The backup folder {drive} cannot be reached. A copy is kept on this laptop")
    assert len(state.on_laptop) == 1
    assert not drive.exists(), "nothing is written where a drive is not"
    (tmp_path / "away").rename(drive)
    back = end_of_day(place, 1)
    assert (back.problem, len(back.in_chosen), len(back.on_laptop)) == (None, 1, 1)


def test_an_empty_folder_in_the_place_of_a_drive_is_not_taken_for_it(place, drive):
    """A drive that is not mounted leaves its mount point."""
    place.backups.choose(drive)
    add_pupil(place)
    shutil.rmtree(drive)
    drive.mkdir()
    state = end_of_day(place)
    assert state.problem is not None
    assert list(drive.iterdir()) == []


def sealed_in(drive: Path) -> list[str]:
    return [each for each in names_below(drive) if "/files/" in each]


def forget_sealed_files(place: Workplace) -> None:
    for path in place.profile.folder.glob("blobs/??/*"):
        path.unlink()


def test_sealed_files_lie_in_the_folder_once_and_go_with_the_last_backup_that_has_them(place, drive):
    place.backups.choose(drive)
    place.session.blobs.put(b"x" * 100)
    for day in range(7):  # until the end of November
        add_pupil(place, f"Pupil{day}")
        state = end_of_day(place, day)
    assert len(state.in_chosen) == 7
    assert len(sealed_in(drive)) == 1
    forget_sealed_files(place)
    for day in range(7, 40):
        add_pupil(place, f"Pupil{day}")
        end_of_day(place, day)
    assert len(sealed_in(drive)) == 1, "the newest of November still has it"
    for day in range(40, 500, 11):
        add_pupil(place, f"Pupil{day}")
        state = end_of_day(place, day)
    assert sealed_in(drive) == []
    assert len(state.in_chosen) <= 14 + 8 + 12
    assert len(state.on_laptop) <= 7 + 4


def test_nothing_but_our_own_backups_is_ever_removed(place, drive):
    place.backups.choose(drive)
    ours = next(drive.iterdir())
    strangers = [drive / "accounts.xlsx", ours / "read me.txt", ours / "2026-01-01 copy.senbackup", ours / "files" / "letter.txt"]
    other = drive / "SENCO record 00000000" / "2020-01-01 save 1.senbackup"
    for each in [*strangers, other]:
        each.parent.mkdir(exist_ok=True)
        each.write_text("mine")
    for day in range(30):
        add_pupil(place, f"Pupil{day}")
        end_of_day(place, day)
    assert [each for each in [*strangers, other] if not each.exists()] == []


def test_while_a_backup_cannot_be_read_every_sealed_file_is_kept(place, drive):
    place.backups.choose(drive)
    place.session.blobs.put(b"x" * 100)
    add_pupil(place)
    end_of_day(place, 6)  # the last of November
    forget_sealed_files(place)
    next(drive.rglob("*.senbackup")).write_bytes(b"damaged")
    for day in range(7, 30):
        add_pupil(place, f"Pupil{day}")
        end_of_day(place, day)
    assert len(sealed_in(drive)) == 1


def test_a_clock_set_back_a_year_makes_backups_and_loses_none(place, drive):
    place.backups.choose(drive)
    for day in range(3):
        add_pupil(place, f"Pupil{day}")
        before = end_of_day(place, day)
    add_pupil(place, "After")
    state = end_of_day(place, -365)
    assert set(before.in_chosen) < set(state.in_chosen)
    assert state.in_chosen[-1].position == place.session.record.position()
    assert state.last == TODAY - timedelta(days=365)
    add_pupil(place, "Right again")
    assert len(end_of_day(place, 3).in_chosen) == 5


def test_what_a_killed_backup_left_is_cleared_away(place, drive):
    place.backups.choose(drive)
    add_pupil(place)
    end_of_day(place)
    ours = next(drive.iterdir())
    halves = [ours / "2026-11-25 save 9.senbackup.part", ours / ".2026-11-25 save 9.senbackup.abc.part"]
    for each in halves:
        each.write_bytes(b"half")
    add_pupil(place, "Later")
    end_of_day(place, 1)
    assert not [each for each in halves if each.exists()]


def test_a_damaged_sealed_file_is_told_and_all_else_is_copied(place, drive):
    place.backups.choose(drive)
    place.session.blobs.put(b"x" * 100)
    place.session.blobs.put(b"y" * 100)
    add_pupil(place)
    path = sorted(place.profile.folder.glob("blobs/??/*"))[0]
    path.write_bytes(b"z" + path.read_bytes()[1:])
    state = end_of_day(place)
    assert state.problem is not None
    assert state.problem.key == "file_damaged"
    assert len(state.in_chosen) == 1
    assert len(sealed_in(drive)) == 1


def test_a_damaged_record_makes_no_backup_and_costs_none(place, app, drive):
    place.backups.choose(drive)
    add_pupil(place)
    before = end_of_day(place)
    add_pupil(place, "Later")
    place.close()
    path = place.profile.folder / "record.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    again = app.open(place.profile.folder, PASSPHRASE)
    with pytest.raises(Fault, match="record_damaged"):
        again.backups.keep(closing=True)
    assert again.backups.errand().look().in_chosen == before.in_chosen
    again.close()


def test_every_role_backs_up_its_own_record_to_a_folder_of_its_choice(place, drive, tmp_path):
    add_pupil(place)
    teacher = replace(place, session=replace(place.session, actor=replace(place.session.actor, role="teacher")))
    teacher.choose_backup_folder(drive)
    assert teacher.back_up(tmp_path / "today").exists()
    state = teacher.backups.keep(closing=True).copy()
    assert (len(state.on_laptop), len(state.in_chosen)) == (1, 1)


def test_the_demo_school_has_no_backups(place):
    school = place.session.record.find(School)[0]
    place.session.record.save([Amend(School, school.id, {"demo": True})], action="test", actor=place.session.actor)
    assert place.backups.keep(closing=True).copy().on_laptop == ()


def test_the_records_own_folder_is_refused(place):
    with pytest.raises(Fault, match="backup_folder_is_the_records"):
        place.backups.choose(place.profile.folder)
    with pytest.raises(Fault, match="folder_not_there"):
        place.backups.choose(place.profile.folder / "nowhere")


def test_a_disk_that_knows_no_second_names_gets_copies(place, monkeypatch):
    def no_links(_source: Path, _target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(backup_folder.os, "link", no_links)
    place.session.blobs.put(b"x" * 100)
    state = end_of_day(place)
    copies = list(state.laptop.glob("files/??/*"))
    assert len(copies) == 1
    assert copies[0].stat().st_nlink == 1


def test_a_restored_copy_goes_on_in_a_folder_of_its_own(place, app: App, drive, tmp_path):
    place.backups.choose(drive)
    add_pupil(place)
    end_of_day(place)
    backup = next(drive.rglob("*.senbackup"))
    app.restore(backup, tmp_path / "back", KEY)
    again = app.open(tmp_path / "back", PASSPHRASE)
    add_pupil(again, "Later")
    state = again.backups.keep(closing=True).copy()
    assert state.problem is None
    assert len(state.in_chosen) == 1
    assert len(list(drive.iterdir())) == 2
    assert backup.exists()
    again.close()


def test_backups_of_before_a_restore_are_named_and_copies_kept_aside_can_be_deleted(place, app, drive):
    pupil = add_pupil(place)
    place.backups.choose(drive)
    end_of_day(place)
    folder = place.profile.folder
    (before,) = drive.iterdir()
    backup = next(before.glob("*.senbackup"))
    place.close()
    aside = app.restore(backup, folder, KEY).kept_aside
    again = app.open(folder, PASSPHRASE)
    try:
        said = again.backups.that_hold(TODAY.date())
        assert [each for each in said if each.startswith(f"{before}: backups of this record from before it was restored")]
        assert aside in again.backups.left_aside()
        stranger = drive / "SENCO record 00000000"
        again.backups.delete_aside([aside, before, stranger])
        assert not aside.exists()
        assert before.exists()
        assert aside not in again.backups.left_aside()
        assert again.session.record.get(Pupil, pupil.id) == pupil
        assert not any(str(aside) in each for each in again.backups.that_hold(TODAY.date()))
    finally:
        again.close()
