"""The audit trail: what was done with the record beside saving in it. Append-only, and chained by hash like the log of saves.

Facts are ids, numbers and codes, never a name or a text, so that erasing a pupil's record leaves nothing of them here;
names are looked up when the trail is read.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import Actor
from sencoapp.services.ports import Clock, Fact, TrailEntry
from sencoapp.storage.engine import Database, one_transaction
from sencoapp.storage.log import spoken_time

BEGINNING = hashlib.sha256(b"sencoapp trail 1").hexdigest()
_COLUMNS = "n, at, by, by_name, what, pupil, facts"


class Trail:
    """Writes and reads the audit trail of one record."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def note(self, what: str, actor: Actor, pupil: str | None, facts: Mapping[str, Fact]) -> None:
        """Appends one entry; it is on the disk when this returns."""
        written = json.dumps(facts, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        at = to_plain(self._clock.now())
        with one_transaction(self._db):
            last = self._db.execute("SELECT n, hash FROM trail ORDER BY n DESC LIMIT 1").fetchone()
            n, prev = (last[0] + 1, last[1]) if last else (1, BEGINNING)
            row = (n, at, actor.id, actor.name, what, pupil, written)
            self._db.execute(
                f"INSERT INTO trail ({_COLUMNS}, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, prev, _link(prev, row))
            )

    def entries(self, what: Sequence[str], pupil: str | None, limit: int, before: int | None) -> list[TrailEntry]:
        """Newest first."""
        conditions, values = ["n < ?"], [1 << 62 if before is None else before]
        if what:
            conditions.append(f"what IN ({', '.join('?' * len(what))})")
        if pupil:
            conditions.append("pupil = ?")
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM trail WHERE {' AND '.join(conditions)} ORDER BY n DESC LIMIT ?",
            (*values, *what, *([pupil] if pupil else []), limit),
        )
        return [TrailEntry(n, spoken_time(at), by, name, done, about, json.loads(facts)) for n, at, by, name, done, about, facts in rows]

    def count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM trail").fetchone()[0])

    def broken_at(self) -> int | None:
        """The first entry whose place in the chain is not proved, or None where the whole chain holds."""
        prev, expected = BEGINNING, 1
        for *row, said_prev, said in self._db.execute(f"SELECT {_COLUMNS}, prev, hash FROM trail ORDER BY n"):
            if row[0] != expected or said_prev != prev or said != _link(prev, row):
                return int(row[0])
            prev, expected = said, expected + 1
        return None


def _link(prev: str, row: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps([prev, *row], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
