"""Restoring: looked at first, proved before it is used, and the record that was there kept aside."""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from sencoapp.app import BackupKey, Workplace
from sencoapp.domain.people import Pupil, School, StaffMember
from sencoapp.domain.refusals import Fault
from sencoapp.services import observations
from tests.places import PASSPHRASE, TODAY, DrawerKeyring, add_pupil, new_app

KEY = BackupKey(PASSPHRASE)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def backup(place: Workplace, tmp_path: Path) -> Path:
    """A backup with one pupil and one note; the record then goes on to have two pupils, and is closed."""
    pupil = add_pupil(place, "Before")
    observations.record_observation(place.session, pupils=[pupil.id], text="Read aloud.")
    place.session.blobs.put(b"a report" * 1000)
    made = place.back_up(tmp_path / "today.senbackup")
    add_pupil(place, "After")
    place.close()
    return made


def pupils_in(folder: Path) -> list[str]:
    opened = new_app().open(folder, PASSPHRASE)
    try:
        assert all(each.sound for each in opened.session.record.verify())
        return sorted(each.surname for each in opened.session.record.find(Pupil))
    finally:
        opened.close()


def test_a_preview_says_what_the_backup_holds_and_leaves_nothing(place, backup, app, tmp_path, monkeypatch):
    rooms = tmp_path / "temp"
    rooms.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(rooms))
    found = app.preview_backup(backup, KEY, place.profile.folder)
    assert (found.school, found.pupils, found.notes) == ("Barrowby Primary", 1, 1)
    assert found.made_at == TODAY
    assert found.last_change == TODAY
    assert found.saves >= 3
    assert list(rooms.iterdir()) == []


def test_wrong_passphrases_at_a_backup_count_as_those_at_the_record_do(place, backup, app):
    for _ in range(4):
        with pytest.raises(Fault, match="wrong_passphrase"):
            app.preview_backup(backup, BackupKey("another four words"), place.profile.folder)
    with pytest.raises(Fault, match="wait_before_next_try"):
        app.preview_backup(backup, BackupKey("another four words"), place.profile.folder)
    with pytest.raises(Fault, match="wait_before_next_try"):
        app.open(place.profile.folder, PASSPHRASE)


def test_the_record_that_was_there_is_kept_aside_whole(place, backup, app):
    folder = place.profile.folder
    done = app.restore(backup, folder, KEY)
    assert done.kept_aside == folder.with_name("profile kept 2026-11-24")
    assert pupils_in(folder) == ["Before"]
    assert pupils_in(done.kept_aside) == ["After", "Before"]
    assert app.restore(backup, folder, KEY).kept_aside == folder.with_name("profile kept 2026-11-24 2")
    assert [each.name for each in folder.parent.iterdir() if each.name.startswith(".")] == []


def test_the_restored_copy_is_another_device(place, backup, app, tmp_path):
    device = place.profile.device
    app.restore(backup, tmp_path / "one", KEY)
    app.restore(backup, tmp_path / "two", KEY)
    opened = [app.open(tmp_path / name, PASSPHRASE) for name in ("one", "two")]
    assert len({device, *(each.profile.device for each in opened)}) == 3
    assert [each.what for each in opened[0].session.record.trail(what=["restored"])] == ["restored"]
    for each in opened:
        each.close()


def test_on_another_computer_the_recovery_sheet_opens_it(tmp_path):
    app = new_app(DrawerKeyring())
    place, code = app.begin(tmp_path / "p", PASSPHRASE, School(app.new_id(), "B", "primary", "x"), StaffMember(app.new_id(), "R", "senco"))
    made = place.back_up(tmp_path / "today")
    place.close()
    elsewhere = new_app(DrawerKeyring())
    with pytest.raises(Fault, match="keyring_secret_missing"):
        elsewhere.preview_backup(made, KEY, tmp_path / "q")
    key = BackupKey("four other words here", code)
    assert elsewhere.preview_backup(made, key, tmp_path / "q").school == "B"
    elsewhere.restore(made, tmp_path / "q", key)
    elsewhere.open(tmp_path / "q", "four other words here").close()


def test_a_record_that_is_open_is_not_replaced(place, app, tmp_path):
    made = place.back_up(tmp_path / "today")
    with pytest.raises(Fault, match="record_is_open_elsewhere"):
        app.restore(made, place.profile.folder, KEY)
    add_pupil(place)


def test_a_record_that_was_opened_while_the_backup_was_proved_stays_where_it_is(place, backup, app):
    folder = place.profile.folder
    opened = []

    def meanwhile(*_step: object) -> None:
        if not opened:
            opened.append(new_app().open(folder, PASSPHRASE))

    with pytest.raises(Fault, match="record_is_open_elsewhere"):
        app.restore(backup, folder, KEY, progress=meanwhile)
    add_pupil(opened[0], "Meanwhile")
    opened[0].close()
    assert pupils_in(folder) == ["After", "Before", "Meanwhile"]
    assert not [each.name for each in folder.parent.iterdir() if each.name.startswith(f".{folder.name}")]


def test_what_a_restore_left_aside_is_told_when_a_pupil_is_erased(place, app, tmp_path):
    place.backups.keep(now=True)
    place.close()
    folder = place.profile.folder
    [made] = (folder.parent / "profile backups").glob("*/*.senbackup")
    kept = app.restore(made, folder, KEY).kept_aside
    (folder / "damaged 2026-11-24").mkdir()
    opened = app.open(folder, PASSPHRASE)
    said = "\n".join(opened.backups.that_hold(opened.session.clock.today()))
    opened.close()
    assert all(str(each) in said for each in (kept, folder / "damaged 2026-11-24", made.parent))


def test_a_backup_of_a_damaged_record_is_not_put_in_place(place, app, tmp_path):
    add_pupil(place)
    place.profile.record._db.execute("UPDATE pupil SET legal_surname = 'Forged'")
    made = place.back_up(tmp_path / "today")
    place.close()
    with pytest.raises(Fault, match="backup_is_damaged"):
        app.restore(made, place.profile.folder, KEY)
    with pytest.raises(Fault, match="backup_is_damaged"):
        app.restore(made, tmp_path / "back", KEY)
    assert not (tmp_path / "back").exists()
    assert {each.name for each in tmp_path.iterdir()} == {"today.senbackup", "profile"}


def test_a_wrong_passphrase_changes_nothing(place, backup, app):
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.restore(backup, place.profile.folder, BackupKey("another four words"))
    assert pupils_in(place.profile.folder) == ["After", "Before"]


RESTORER = """
import os, signal, sys
from pathlib import Path
from sencoapp.app import BackupKey
from tests.places import PASSPHRASE, new_app
count = 0
def hook(event, args):
    global count
    if event in ("os.rename", "os.mkdir", "os.rmdir", "os.remove", "shutil.rmtree", "tempfile.mkdtemp", "tempfile.mkstemp"):
        count += 1
        if count == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
new_app().restore(Path(sys.argv[1]), Path(sys.argv[2]), BackupKey(PASSPHRASE))
print(count, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_restore_that_is_killed_anywhere_leaves_the_old_record_or_the_new(place, backup, app):
    """Killed before each thing that it does to a name on the disk, until it gets through."""
    folder = place.profile.folder
    seen = set()
    for step in range(1, 200):
        ran = subprocess.run(
            [sys.executable, "-c", RESTORER, str(backup), str(folder), str(step)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert app.is_profile(folder), step
        found = tuple(pupils_in(folder))
        assert found in {("Before",), ("After", "Before")}
        seen.add(found)
        if ran.returncode != -signal.SIGKILL:
            assert ran.returncode == 0, ran.stderr
            assert found == ("Before",)
            break
        if found == ("Before",):  # it was the last step that was left out
            kept = sorted(folder.parent.glob("profile kept *"))
            assert pupils_in(kept[-1]) == ["After", "Before"]
            import shutil

            shutil.rmtree(folder)
            kept[-1].rename(folder)
    assert seen == {("Before",), ("After", "Before")}
    assert [each.name for each in folder.parent.iterdir() if each.name.startswith(".")] == []
