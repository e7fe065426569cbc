"""What the world can do to a record: a full disk, a killed process, two programs at once. Nothing that was saved is lost."""

import os
import random
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Fault
from sencoapp.services import observations
from tests.places import PASSPHRASE, add_pupil, new_app

ROUNDS = int(os.environ.get("SENCOAPP_KILL_ROUNDS", "30"))
"""In CI a short form; the long form is documented in CONTRIBUTING with its last result."""


def test_a_full_disk_is_told_and_the_record_stays_whole(place):
    pupil = add_pupil(place)
    db = place.profile.record._db
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 4}")

    def write_until_it_is_full() -> None:
        for number in range(500):
            observations.record_observation(place.session, pupils=[pupil.id], text=f"Note {number} " + "a longer word " * 40)

    with pytest.raises(Fault, match="disk_full"):
        write_until_it_is_full()
    db.execute("PRAGMA max_page_count = 1000000")
    observations.record_observation(place.session, pupils=[pupil.id], text="There is room again.")
    assert all(each.sound for each in place.session.record.verify())


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_leaves_no_half_file(place, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small], check=False, capture_output=True).returncode:
        pytest.skip("this machine does not let a test mount a disk")
    try:
        from sencoapp.storage.blobs import SealedFiles

        with pytest.raises(Fault, match="disk_full"):
            SealedFiles(small / "blobs").put(os.urandom(6 << 20))
        assert not list(small.rglob("*.part"))
        place.session.blobs.put(os.urandom(3 << 20))
        with pytest.raises(Fault, match="disk_full"):
            place.back_up(small / "today")
        assert not [path for path in small.iterdir() if path.name.startswith("today")]
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_clock_set_back_a_year_loses_nothing(place):
    from datetime import UTC, datetime

    from tests.places import set_clock

    pupil = add_pupil(place)
    observations.record_observation(place.session, pupils=[pupil.id], text="Before.", happened_on=date(2025, 11, 1))
    set_clock(place, datetime(2025, 11, 24, 10, tzinfo=UTC))
    observations.record_observation(place.session, pupils=[pupil.id], text="After.")
    assert [each.text for each in place.session.record.find_notes("")] == ["After.", "Before."]
    assert all(each.sound for each in place.session.record.verify())


WRITER = """
import sys
from pathlib import Path
from sencoapp.services import observations
from tests.places import PASSPHRASE, new_app
place = new_app().open(Path(sys.argv[1]), PASSPHRASE)
number = 0
while True:
    number += 1
    ids, _ = observations.record_observation(place.session, pupils=[sys.argv[2]], text=f"Note {number} of this round")
    place.session.record.keep_draft("observation", {"text": f"typing {number}"})
    print(ids[0], flush=True)
"""


def test_killed_at_random_while_saving_nothing_acknowledged_is_lost(place):
    """``SIGKILL`` at random points; every save that was told as done is there afterwards, and the record proves whole."""
    pupil = add_pupil(place)
    folder = place.profile.folder
    place.close()
    chance = random.Random(7)
    root = Path(__file__).parents[2]
    acknowledged: set[str] = set()
    for _ in range(ROUNDS):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder), pupil.id],
            cwd=root,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        assert process.stdout is not None
        for _line in range(chance.randrange(1, 60)):
            acknowledged.add(process.stdout.readline().strip())
        process.send_signal(signal.SIGKILL)
        acknowledged |= {line.strip() for line in process.stdout.read().splitlines() if len(line.strip()) == 32}
        process.stdout.close()
        process.wait()
    again = new_app().open(folder, PASSPHRASE)
    kept = {each.id for each in again.session.record.find_notes("round", limit=1_000_000)}
    assert acknowledged - {""} <= kept
    assert again.session.record.draft("observation") is not None
    assert again.session.record.get(Pupil, pupil.id) == pupil
    assert all(each.sound for each in again.session.record.verify())
    again.close()


def test_a_migration_killed_half_way_is_taken_up_again(tmp_path, monkeypatch):
    from sencoapp.storage import migrations
    from sencoapp.storage.engine import open_database

    key = os.urandom(32)
    db = open_database(tmp_path / "record.db", key)
    whole = migrations.steps()
    broken = [(whole[0][0], whole[0][1] + "\nINSERT INTO nowhere VALUES (1);\n")]
    monkeypatch.setattr(migrations, "steps", lambda: broken)
    with pytest.raises(Exception, match="nowhere"):
        migrations.migrate(db)
    assert migrations.version_of(db) == 0
    assert db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    monkeypatch.undo()
    assert migrations.migrate(db) == len(whole)
    db.close()
