"""Erasing one pupil of 500 in a record of 100,000 notes that were saved one by one, and sweeping the file after it.

The floors: the same rows deleted from a bare SQLCipher table with an index, in one transaction; and every page of the file read once
and proved. Each round erases another pupil of a copy of the record, so a run leaves the kept record as it was.
"""

import random
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, School, StaffMember
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import New
from sencoapp.services import erasing
from sencoapp.storage.engine import Database, open_database
from tests.bench.data import PASSPHRASE, WORDS, app, open_school
from tests.bench.measure import Figure, compare

NOTES, PUPILS, ROUNDS = 100_000, 500, 7
TODAY = date(2026, 11, 24)


def measure(cache: Path) -> list[Figure]:
    kept = many_saves(cache)
    with tempfile.TemporaryDirectory(dir=cache) as folder:
        copy = Path(folder) / "record"
        shutil.copytree(kept, copy)
        place = open_school(copy)
        bare = _bare(Path(folder) / "bare.db")
        try:
            return _figures(place, bare)
        finally:
            bare.close()
            place.close()


def _figures(place: Workplace, bare: Database) -> list[Figure]:
    pupils, numbers = iter(place.session.record.find(Pupil)), iter(range(PUPILS))
    record, db = place.profile.record, place.profile.record._db

    def erase() -> float:
        pupil = next(pupils)
        start = time.perf_counter()
        erasing.erase(place.session, pupil.id, typed_name=pupil.name, rule="request", reason="They asked for it.")
        return time.perf_counter() - start

    def sweep() -> float:
        erase()
        start = time.perf_counter()
        record.sweep()
        return time.perf_counter() - start

    def read() -> float:
        start = time.perf_counter()
        db.execute("PRAGMA cipher_integrity_check").fetchall()
        return time.perf_counter() - start

    return [
        compare("erasing a pupil of 100,000 notes", erase, "bare delete", lambda: _delete(bare, numbers), limit=1000, rounds=ROUNDS),
        compare("sweeping the file, once for all that was erased", sweep, "every page read and proved", read, limit=4000, rounds=3),
    ]


def _delete(bare: Database, numbers: Iterator[int]) -> float:
    start = time.perf_counter()
    bare.conn.execute("BEGIN IMMEDIATE")
    bare.conn.execute("DELETE FROM row WHERE pupil = ?", (next(numbers),))
    bare.conn.execute("COMMIT")
    return time.perf_counter() - start


def _bare(path: Path) -> Database:
    bare = open_database(path, secrets.token_bytes(32))
    bare.execute("CREATE TABLE row (n INTEGER PRIMARY KEY, pupil INTEGER, content BLOB)")
    bare.execute("CREATE INDEX by_pupil ON row (pupil)")
    bare.conn.execute("BEGIN")
    for number in range(NOTES):
        bare.conn.execute("INSERT INTO row (pupil, content) VALUES (?, ?)", (number * 7 % PUPILS, secrets.token_bytes(1200)))
    bare.conn.execute("COMMIT")
    return bare


def many_saves(cache: Path) -> Path:
    """A profile with a save for each of its notes. Made once."""
    folder = cache / "saves"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        _write(folder)
        (folder / "done").touch()
    return folder


def _write(folder: Path) -> None:
    chance, made = random.Random(5), app()
    person = StaffMember(made.new_id(), "Bench", "senco")
    place, _ = made.begin(folder, PASSPHRASE, School(made.new_id(), "Bench", "primary", "leicestershire"), person)
    record, new, actor = place.profile.record, place.session.ids.new, place.session.actor
    pupils = [Pupil(new(), f"Surname{number}", f"Forename{number}", date(2016, 3, 4), year="4") for number in range(PUPILS)]
    now = datetime(2026, 11, 24, tzinfo=UTC)
    with record.as_one_save():
        record.save([New(each) for each in pupils], action="bench", actor=actor)
        for _ in range(NOTES):
            text, day = " ".join(chance.choices(WORDS, k=chance.randrange(8, 30))), TODAY - timedelta(days=chance.randrange(700))
            note = Observation(new(), chance.choice(pupils).id, text, "note", day, now, person.id, person.name)
            record.save([New(note)], action="observe", actor=actor)
    place.close()
