"""What saves wrote: who wrote the value that a field shows, and all that one save wrote with what has become of it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import KINDS
from sencoapp.domain.saves import Stamp, WrittenField, WrittenThing
from sencoapp.storage.engine import Database
from sencoapp.storage.log import EVERYTHING, SCHOOL_STREAM, ChangeSet, Log, Write, spoken_time

_BACK = frozenset({"undo", "redo"})
"""Saves that put earlier values back: what they wrote is the first writer's."""

_AT_A_TIME = 400


class Saves:
    """Reads the log by what it wrote."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log

    def writers(self, things: Sequence[str]) -> dict[tuple[str, str], Stamp]:
        """See ``services.ports.Record.writers``."""
        found: dict[tuple[str, str], Stamp] = {}
        for start in range(0, len(things), _AT_A_TIME):
            some = things[start : start + _AT_A_TIME]
            rows = self._db.execute(
                f"""SELECT h.entity, h.field, c.n, c.action, c.author, c.at FROM head h JOIN change_set c ON c.n = h.n
                WHERE h.entity IN ({", ".join("?" * len(some))}) ORDER BY c.at, c.id""",
                tuple(some),
            ).fetchall()
            for entity, field, n, action, by, at in rows:  # the latest is the one that is shown
                found.pop((entity, field), None)
                stamp = self._first_writer(entity, field, n) if action in _BACK else Stamp(action, by, spoken_time(at))
                if stamp is not None:
                    found[entity, field] = stamp
        return found

    def whole(self, kind: str, id: str) -> list[WrittenThing]:
        """See ``services.ports.Record.whole_save``. Nothing for what is not there."""
        made = self._db.execute(f"SELECT c.save FROM {kind} t JOIN change_set c ON c.n = t.made_n WHERE t.id = ?", (id,)).fetchone()
        earlier = lru_cache(maxsize=4096)(self._by_id)
        return [thing for part in self._log.read_save(made[0]) for thing in self._things(part, earlier)] if made else []

    def _things(self, part: ChangeSet, earlier: Any) -> list[WrittenThing]:
        writes: dict[tuple[str, str], list[Write]] = {}
        for write in part.writes:
            writes.setdefault((write.kind, write.entity), []).append(write)
        later = "SELECT max(n) FROM change_set WHERE stream = ? AND action NOT IN ('undo', 'redo')"  # who takes back adds no words
        last = self._db.execute(later, (part.stream,)).fetchone()[0]
        pupil = None if part.stream == SCHOOL_STREAM else part.stream
        things = []
        for (kind, entity), told in writes.items():
            row = self._log.projections.row(kind, entity) if kind in KINDS else None
            if row is None:
                continue
            heads: dict[str, list[int]] = {}
            for field, n in self._db.execute("SELECT field, n FROM head WHERE entity = ?", (entity,)).fetchall():
                heads.setdefault(field, []).append(n)
            fields = tuple(
                WrittenField(each.field, each.value, self._before(each, earlier), heads.get(each.field) == [part.n])
                for each in told
                if each.field != EVERYTHING
            )
            made = row["made_n"] == part.n
            rewritten = any(n > part.n for numbers in heads.values() for n in numbers)
            things.append(WrittenThing(kind, entity, pupil, made, bool(row["removed"]), rewritten, last > part.n, fields))
        return things

    def _before(self, write: Write, earlier: Any) -> Any:
        """What the field showed before: of several values that stood beside each other, the latest."""
        parts = [found for id in write.replaces if (found := earlier(id))]
        if not parts:
            return None
        return _value_in(max(parts, key=lambda each: (each.at, each.id)), write)

    def _first_writer(self, entity: str, field: str, n: int) -> Stamp | None:
        """Back from an undo over what it undid to what stood there before; None where nothing did."""
        part: ChangeSet | None = self._log.read_one(n)
        while part is not None and part.action in _BACK:
            undone = self._replaced(part, entity, field)
            part = self._replaced(undone, entity, field) if undone else None
        return Stamp(part.action, part.by["id"], spoken_time(part.at)) if part else None

    def _replaced(self, part: ChangeSet, entity: str, field: str) -> ChangeSet | None:
        ids = [id for each in part.writes if (each.entity, each.field) == (entity, field) for id in each.replaces]
        parts = [found for id in ids if (found := self._by_id(id))]
        return max(parts, key=lambda each: (each.at, each.id), default=None)

    def _by_id(self, id: str) -> ChangeSet | None:
        row = self._db.execute("SELECT n FROM change_set WHERE id = ?", (id,)).fetchone()
        return self._log.read_one(row[0]) if row else None


def _value_in(part: ChangeSet, write: Write) -> Any:
    of_field = [each.value for each in part.writes if (each.entity, each.field) == (write.entity, write.field)]
    return to_plain(of_field[-1]) if of_field else None
