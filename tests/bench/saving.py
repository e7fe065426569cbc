"""Saving one observation, against a bare SQLCipher commit of the same bytes."""

import secrets
import tempfile
import time
from pathlib import Path

from sencoapp.app import Workplace
from sencoapp.services import observations
from sencoapp.services.ports import RegisterQuery
from sencoapp.storage.engine import open_database
from tests.bench.measure import Figure, compare

NOTE = "He read the page aloud with a partner, asked for help with one word and did not want to stop when the bell went."
BATCH = 20


def measure(place: Workplace) -> list[Figure]:
    """One save into the record of 200,000 notes; the floor writes the bytes of the same change-set, note and words."""
    record = place.session.record
    pupil = record.register(RegisterQuery(), limit=1)[0].id
    size = _bytes_of_a_save(place, pupil)
    with tempfile.TemporaryDirectory() as folder:
        bare = open_database(Path(folder) / "bare.db", secrets.token_bytes(32))
        bare.execute("CREATE TABLE row (n INTEGER PRIMARY KEY, content BLOB)")

        def floor() -> float:
            start = time.perf_counter()
            for _ in range(BATCH):
                bare.conn.execute("BEGIN IMMEDIATE")
                bare.conn.execute("INSERT INTO row (content) VALUES (?)", (secrets.token_bytes(size),))
                bare.conn.execute("COMMIT")
            return (time.perf_counter() - start) / BATCH

        def save() -> float:
            start = time.perf_counter()
            for _ in range(BATCH):
                observations.record_observation(place.session, pupils=[pupil], text=NOTE)
            return (time.perf_counter() - start) / BATCH

        figure = compare("save an observation", save, f"bare commit of {size} bytes", floor, aim=3.0)
        bare.close()
    return [figure]


def _bytes_of_a_save(place: Workplace, pupil: str) -> int:
    ids, _ = observations.record_observation(place.session, pupils=[pupil], text=NOTE)
    db = place.profile.record._db
    change_set = "SELECT length(id) + length(stream) + length(body) + length(prev) + length(hash) FROM change_set ORDER BY n DESC LIMIT 1"
    note = "SELECT length(id) + length(pupil) + length(text) * 2 + length(author) + length(noted_at) + 40 FROM observation WHERE id = ?"
    return int(db.execute(change_set).fetchone()[0]) + int(db.execute(note, (ids[0],)).fetchone()[0])
