"""Every database that was ever released opens with this version: backed up first, whole before and after, with all that was in it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.plan import Observation, Outcome
from sencoapp.domain.refusals import Fault
from sencoapp.services.ports import RegisterQuery
from sencoapp.storage import migrations, profiles
from sencoapp.storage.engine import open_database
from sencoapp.storage.profiles import OpenProfile
from sencoapp.storage.stamps import SetClock, UuidIds
from tests.migrations.keep_version import DRAFT, KEPT, KEY, NOTES, PUPILS
from tests.places import TODAY

ROOT = Path(__file__).parents[2]
STRIDE = int(os.environ.get("SENCOAPP_UPGRADE_STRIDE", "9"))
"""In CI a short form; the long form (1) is documented in CONTRIBUTING with its last result."""
DATABASES = sorted(KEPT.glob("*.db"))


def laid_out(kept: Path, folder: Path) -> Path:
    """A profile's folder with a kept database in it."""
    folder.mkdir()
    shutil.copyfile(kept, folder / "record.db")
    return folder


def opened(folder: Path) -> OpenProfile:
    return profiles._open(folder, "p" * 32, KEY, SetClock(TODAY), UuidIds())


def test_the_first_version_is_kept():
    assert (KEPT / "0001.db").exists()


@pytest.mark.parametrize("kept", DATABASES, ids=lambda path: path.stem)
def test_a_kept_database_upgrades_with_all_that_was_in_it(kept, tmp_path):
    folder = laid_out(kept, tmp_path / "profile")
    profile = opened(folder)
    record = profile.record
    assert migrations.version_of(record._db) == migrations.newest()
    assert [each.sentence for each in record.verify() if not each.sound] == []
    assert sorted(each.surname for each in record.find(Pupil)) == sorted(PUPILS)
    assert [each.strengths for each in record.find(Pupil) if each.strengths] == ["Draws maps."]
    assert record.count(Observation) == NOTES
    assert all("„Über“ 读" in each.text for each in record.find(Observation))
    assert {each.pupil_name for each in record.find_notes("read aloud")} == {f"Kian {each}" for each in PUPILS}
    assert len(record.register(RegisterQuery(statuses=("K",)))) == len(PUPILS)
    assert record.find(Contact) == []
    outcome = record.find(Outcome)[0]
    assert outcome.target == "ten of ten"
    written = [value for each in record.history(Outcome, outcome.id) for _, _, field, value, _ in each.writes if field == "target"]
    assert written == ["eight of ten", "ten of ten"]
    assert record.draft("observation") == {"text": DRAFT}
    profile.close()


@pytest.mark.parametrize("kept", [each for each in DATABASES if int(each.stem) < migrations.newest()], ids=lambda path: path.stem)
def test_the_database_of_before_is_kept_aside_whole(kept, tmp_path):
    folder = laid_out(kept, tmp_path / "profile")
    opened(folder).close()
    aside = folder / f"record.before-{int(kept.stem) + 1:04d}.db"
    copy = open_database(aside, KEY)
    assert migrations.version_of(copy) == int(kept.stem)
    assert copy.execute("SELECT count(*) FROM pupil").fetchone()[0] == len(PUPILS)
    copy.close()


def test_a_damaged_database_is_not_upgraded(tmp_path):
    folder = laid_out(DATABASES[0], tmp_path / "profile")
    path = folder / "record.db"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(Fault, match="record_damaged"):
        opened(folder)
    db = open_database(path, KEY)
    assert migrations.version_of(db) == int(DATABASES[0].stem)
    db.close()


def test_an_upgrade_that_leaves_something_without_what_it_belongs_to_does_not_happen(tmp_path, monkeypatch):
    folder = laid_out(DATABASES[0], tmp_path / "profile")
    steps = migrations.steps()
    number = steps[-1][0] + 1
    bad = "PRAGMA defer_foreign_keys = ON;\nCREATE TABLE a (id TEXT PRIMARY KEY) STRICT;\n"
    bad += "CREATE TABLE b (a TEXT REFERENCES a) STRICT;\nINSERT INTO b VALUES ('nobody');\n"
    monkeypatch.setattr(migrations, "steps", lambda: [*steps, (number, bad)])
    with pytest.raises(Fault, match="upgrade_did_not_hold"):
        opened(folder)
    monkeypatch.undo()
    profile = opened(folder)
    assert migrations.version_of(profile.record._db) == migrations.newest()
    profile.close()


def test_a_database_from_a_newer_program_is_refused_and_not_touched(tmp_path):
    folder = laid_out(DATABASES[0], tmp_path / "profile")
    db = open_database(folder / "record.db", KEY)
    db.execute("PRAGMA user_version = 9999")
    db.execute("PRAGMA journal_mode = DELETE")
    db.close()
    before = (folder / "record.db").read_bytes()
    with pytest.raises(Fault, match="record_is_newer"):
        opened(folder)
    db = open_database(folder / "record.db", KEY)
    assert migrations.version_of(db) == 9999
    db.close()
    assert len(before) == (folder / "record.db").stat().st_size


UPGRADER = """
import os, signal, sys
from pathlib import Path
from sencoapp.storage import engine
from tests.migrations.test_upgrades import KEY, laid_out, opened, look
kept, room = Path(sys.argv[1]), Path(sys.argv[2])
stride = int(sys.argv[3])
step = 1 - stride
while True:
    step += stride
    folder = laid_out(kept, room / str(step))
    child = os.fork()
    if child == 0:
        count = 0
        def one_more(_statement):
            global count
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)
        real = engine.sqlcipher.connect
        def connect(*a, **k):
            connection = real(*a, **k)
            connection.set_trace_callback(one_more)
            return connection
        engine.sqlcipher.connect = connect
        opened(folder)
        os._exit(0)
    killed = os.WIFSIGNALED(os.waitpid(child, 0)[1])
    print(look(folder), flush=True)
    if not killed:
        break
"""


def shape(db: object) -> list[str]:
    return [str(row[0]) for row in db.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")]  # type: ignore[attr-defined]


def look(folder: Path) -> int:
    """The version that a killed upgrade left, which must be whole; then the upgrade is taken up again and must hold."""
    db = open_database(folder / "record.db", KEY)
    version, found = migrations.version_of(db), shape(db)
    db.close()
    fresh = open_database(None, b"")
    migrations.migrate(fresh, version)
    assert found == shape(fresh), version
    fresh.close()
    profile = opened(folder)
    assert sorted(each.surname for each in profile.record.find(Pupil)) == sorted(PUPILS)
    assert profile.record.count(Observation) == NOTES
    profile.close()
    shutil.rmtree(folder)
    return version


@pytest.mark.timeout(180 if STRIDE > 1 else 0)
@pytest.mark.skipif(os.name != "posix", reason="SIGKILL and fork")
def test_an_upgrade_that_is_killed_anywhere_leaves_a_whole_version_and_is_taken_up_again(tmp_path):
    """Killed before every so manieth statement, from opening until it is through; in the long form before each one."""
    ran = subprocess.run(
        [sys.executable, "-c", UPGRADER, str(DATABASES[0]), str(tmp_path), str(STRIDE)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    versions = [int(each) for each in ran.stdout.split()]
    assert {versions[0], versions[-1]} == {int(DATABASES[0].stem), migrations.newest()}
    assert versions == sorted(versions)
