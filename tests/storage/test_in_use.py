"""Two programs on one profile: the second is told so in plain words, and a killed one stands in nobody's way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault
from sencoapp.storage import in_use
from tests.places import PASSPHRASE, add_pupil, new_app

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from pathlib import Path
from tests.places import PASSPHRASE, add_pupil, new_app
place = new_app().open(Path(sys.argv[1]), PASSPHRASE)
add_pupil(place, "Kept")
print("open", flush=True)
sys.stdin.read()
"""


def held_by_another(folder: Path) -> subprocess.Popen[str]:
    """Another program that has the record open; it has saved one pupil."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    return process


def test_the_second_program_is_told_and_changes_nothing(place, app):
    folder = place.profile.folder
    add_pupil(place)
    with pytest.raises(Fault, match="record_is_open_elsewhere") as told:
        app.open(folder, PASSPHRASE)
    assert reference.explain(told.value).startswith("This record is open in another window or program on this computer.")
    add_pupil(place, "Later")
    assert all(each.sound for each in place.session.record.verify())


def test_a_record_that_was_closed_opens_at_once(place, app):
    place.close()
    for _ in range(2):
        app.open(place.profile.folder, PASSPHRASE).close()


def test_a_wrong_key_does_not_keep_the_record_shut(place, app):
    folder = place.profile.folder
    place.close()
    with pytest.raises(Fault, match="wrong_passphrase"):
        app.open(folder, "another four words")
    app.open(folder, PASSPHRASE).close()


def test_a_killed_program_stands_in_nobodys_way(place):
    folder = place.profile.folder
    place.close()
    with held_by_another(folder) as process:
        with pytest.raises(Fault, match="record_is_open_elsewhere"):
            new_app().open(folder, PASSPHRASE)
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        process.wait()
    assert (folder / in_use.LOCK).exists()
    again = new_app().open(folder, PASSPHRASE)
    assert [each.surname for each in again.session.record.find(Pupil)] == ["Kept"]
    assert all(each.sound for each in again.session.record.verify())
    again.close()


def test_a_drive_that_knows_no_locks_can_still_be_used(place, app, monkeypatch):
    def no_locks(_descriptor: int) -> None:
        raise OSError(95, "Operation not supported")

    folder = place.profile.folder
    place.close()
    monkeypatch.setattr(in_use, "_lock", no_locks)
    app.open(folder, PASSPHRASE).close()


def test_every_copy_of_a_record_has_an_id_and_keeps_it(place, reopen):
    made = place.profile.device
    assert len(made) == 32
    again = reopen(place)
    assert again.profile.device == made
    assert again.profile.record.become_another_device() != made
    assert again.profile.record._meta("devices_before") == [made]
