"""What the world can do to a record: a full disk, a killed process, two programs at once. Nothing that was saved is lost."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Fault
from sencoapp.services import observations
from tests.places import PASSPHRASE, add_pupil, new_app, set_clock

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("SENCOAPP_KILL_ROUNDS", "100"))
SEED = int(os.environ.get("SENCOAPP_KILL_SEED", "7"))
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


def test_a_clock_set_back_a_year_keeps_the_sense_of_everything(place, reopen):
    """What was saved last is what is shown, whatever the clock says; histories and drafts go by the order of saving."""
    pupil = add_pupil(place)
    record, actor = place.session.record, place.session.actor
    observations.record_observation(place.session, pupils=[pupil.id], text="Before.", happened_on=date(2025, 11, 1))
    record.save([Amend(Pupil, pupil.id, {"strengths": "first"})], action="test", actor=actor, as_of=record.position())
    record.keep_draft("form", {"text": "first"})
    set_clock(place, datetime(2025, 11, 24, 10, tzinfo=UTC))
    observations.record_observation(place.session, pupils=[pupil.id], text="After.")
    record.save([Amend(Pupil, pupil.id, {"strengths": "second"})], action="test", actor=actor, as_of=record.position())
    record.keep_draft("form", {"text": "second"})
    record = reopen(place).session.record
    assert [each.text for each in record.find_notes("")] == ["After.", "Before."]
    shown = record.get(Pupil, pupil.id)
    assert shown is not None
    assert shown.strengths == "second"
    assert [each.n for each in record.history(Pupil, pupil.id)] == sorted(each.n for each in record.history(Pupil, pupil.id))
    assert record.draft("form") == {"text": "second"}
    assert [each.sentence for each in record.verify() if not each.sound] == []


@pytest.mark.timeout(180 if ROUNDS <= 100 else 0)
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork")
def test_killed_at_random_while_several_threads_save_nothing_acknowledged_is_lost(place):
    """Every save that was told as done is there afterwards, and the record proves whole (``tests/storage/killing.py``)."""
    pupil = add_pupil(place)
    folder = place.profile.folder
    place.close()
    ran = subprocess.run(
        [sys.executable, "-m", "tests.storage.killing", str(folder), pupil.id, str(ROUNDS), str(SEED)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.splitlines()) == ROUNDS
    acknowledged = [each.split(" ", 1) for line in ran.stdout.splitlines() for each in line.split(";") if each]
    notes = {what for kind, what in acknowledged if kind == "note"}
    files = {what for kind, what in acknowledged if kind == "file"}
    assert len(notes) > ROUNDS
    again = new_app().open(folder, PASSPHRASE)
    assert notes <= {each.id for each in again.session.record.find(Observation)}
    assert all(again.session.blobs.read(each) for each in files)
    assert again.session.record.draft("form 0") is not None
    assert again.session.record.get(Pupil, pupil.id) == pupil
    assert [each.sentence for each in again.session.record.verify() if not each.sound] == []
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
