"""Disks that are full at any write, or may only be read: it is told in plain words, nothing saved is lost, no half file is left.

On a real small disk (tmpfs), which needs a machine that lets a test mount one: as root, or not at all.
"""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.plan import Observation
from sencoapp.domain.refusals import Fault
from sencoapp.services import observations
from tests.places import PASSPHRASE, add_pupil, new_app, new_place

PAGE = 4096
DISK_BYTES = 24 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", disk], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def leave_room(disk: Path, room: int) -> None:
    """Fills the disk up to so many bytes."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    free = os.statvfs(disk).f_bavail * PAGE
    filler.touch()
    os.truncate(filler, 0)
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, free - room))


def make_room(disk: Path) -> None:
    (disk / "filler").unlink(missing_ok=True)


def note(place: Workplace) -> str:
    pupil = place.session.record._db.execute("SELECT id FROM pupil").fetchone()[0]
    return observations.record_observation(place.session, pupils=[pupil], text="A note " + "with many words " * 300)[0][0]


def draft(place: Workplace) -> str:
    place.session.record.keep_draft("form", {"text": "typed " * 4000})
    return ""


def attach(place: Workplace) -> str:
    name = place.session.blobs.put(os.urandom(90_000))
    assert place.session.blobs.read(name)
    return ""


def back_up(place: Workplace) -> str:
    place.back_up(place.profile.folder.parent / "today")
    return ""


def own_backup(place: Workplace) -> str:
    note(place)
    place.backups.keep(now=True)
    return ""


@pytest.mark.parametrize(("deed", "step"), [(note, 1), (draft, 1), (attach, 3), (back_up, 7), (own_backup, 7)])
def test_a_disk_that_is_full_at_any_write_is_told_and_costs_nothing(small_disk, deed: Callable[[Workplace], str], step: int):
    """With no room at all, then with a little more each time, until it goes through: so every write is the one that fails."""
    place = new_place(small_disk / "profile", new_app())
    add_pupil(place)
    note(place)
    record = place.session.record
    before = {each.id for each in record.find(Observation)}
    failed = 0
    while True:
        make_room(small_disk)
        record._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        files = {each for each in small_disk.rglob("*") if each.is_file()}
        leave_room(small_disk, failed * step * PAGE)
        told = done = None
        try:
            done = deed(place)
        except Fault as fault:
            told = fault
        if told is None:
            break
        failed += 1
        assert told.key == "disk_full", told.__cause__ and getattr(told.__cause__, "sqlite_errorname", "")
        assert reference.explain(told).startswith("The disk is full. What you typed is still here.")
        made = {each for each in small_disk.rglob("*") if each.is_file()} - files - {small_disk / "filler"}
        assert [each for each in made if each.suffix in (".part", ".senbackup", ".db")] == []
        if deed is not own_backup:  # whose note was saved before its backup failed
            assert {each.id for each in record.find(Observation)} == before
    assert failed >= 3
    make_room(small_disk)
    assert not done or done in {each.id for each in record.find(Observation)}
    assert [each.sentence for each in record.verify() if not each.sound] == []
    place.close()
    again = new_app().open(place.profile.folder, PASSPHRASE)
    assert before <= {each.id for each in again.session.record.find(Observation)}
    note(again)
    again.close()


def test_a_full_disk_does_not_keep_a_record_from_closing_and_it_opens_when_there_is_room(small_disk):
    place = new_place(small_disk / "profile", new_app())
    add_pupil(place)
    leave_room(small_disk, 0)
    place.close()
    with suppress(Fault):  # it may open or not: what matters comes afterwards
        new_app().open(place.profile.folder, PASSPHRASE).close()
    make_room(small_disk)
    again = new_app().open(place.profile.folder, PASSPHRASE)
    assert [each.sentence for each in again.session.record.verify() if not each.sound] == []
    again.close()


def test_a_full_backup_folder_is_told_in_its_own_words(small_disk, place):
    place.backups.choose(small_disk)
    add_pupil(place)
    leave_room(small_disk, 40 * PAGE)
    state = place.backups.keep(closing=True).copy()
    assert state.problem is not None
    assert reference.explain(state.problem).startswith(f"The backup folder {small_disk} is full. A copy is kept on this laptop.")
    assert len(state.on_laptop) == 1
    assert [each.name for each in small_disk.rglob("*.part")] == []
    make_room(small_disk)
    assert place.backups.keep(closing=True).copy().problem is None


def test_a_disk_that_may_only_be_read_is_told(small_disk, place):
    folder = small_disk / "profile"
    there = new_place(folder, new_app())
    add_pupil(there)
    there.close()
    place.backups.choose(small_disk)
    add_pupil(place)
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    try:
        with pytest.raises(Fault, match="disk_read_only") as told:
            new_app().open(folder, PASSPHRASE)
        assert "cannot be written to" in reference.explain(told.value)
        with pytest.raises(Fault, match="disk_read_only"):
            place.back_up(small_disk / "today")
        state = place.backups.keep(closing=True).copy()
        assert state.problem is not None
        assert state.problem.key == "backup_folder_read_only"
        assert len(state.on_laptop) == 1
    finally:
        subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    again = new_app().open(folder, PASSPHRASE)
    assert [each.sentence for each in again.session.record.verify() if not each.sound] == []
    again.close()
