"""What was: the saves that wrote a thing, the parts of a save, what is hidden, and values between which nobody has chosen."""

from collections.abc import Iterator, Mapping
from typing import Any

from sencoapp.domain.record import KINDS
from sencoapp.domain.saves import HiddenThing, LogEntry, SaveLine
from sencoapp.storage.engine import Database
from sencoapp.storage.log import EVERYTHING, REMOVED, ChangeSet, Log, spoken_time
from sencoapp.storage.projections import entity_of

_END = 1 << 62
_PER_PAGE = 100


class Past:
    """Reads the log for people; nothing here writes."""

    def __init__(self, db: Database, log: Log) -> None:
        self._db = db
        self._log = log

    def of_thing(self, kind: str, id: str, limit: int, before: int | None) -> list[LogEntry]:
        return [_entry(each, id) for each in self._log.read_history(kind, id, limit, _END if before is None else before)]

    def of_save(self, save: str) -> list[LogEntry]:
        return [_entry(each) for each in self._log.read_save(save)]

    def made_in(self, kind: str, id: str) -> int:
        row = self._db.execute(f"SELECT made_n FROM {kind} WHERE id = ?", (id,)).fetchone()
        return int(row[0]) if row else 0

    def saves(self, after: int, by: str | None) -> Iterator[SaveLine]:
        """A page of the log at a time: a save of one school year ago costs nobody anything today."""
        sql = f"""SELECT n, save, action, author, at, json_extract(body, '$.by.name'), json_extract(body, '$.undoes')
          FROM change_set WHERE n > ? AND n < ? AND body <> ''{" AND author = ?" if by else ""} ORDER BY n DESC LIMIT {_PER_PAGE}"""
        before, last = _END, ""
        while rows := self._db.execute(sql, (after, before, *((by,) if by else ()))).fetchall():
            for n, save, action, author, at, name, undoes in rows:
                if save != last:
                    yield SaveLine(n, save, action, author, name, spoken_time(at), undoes)
                last = save
            before = rows[-1][0]

    def streams_since(self, position: int) -> frozenset[str]:
        rows = self._db.execute("SELECT DISTINCT stream FROM change_set WHERE n > ?", (position,))
        return frozenset(row[0] for row in rows.fetchall())

    def unchosen(self, id: str) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, tuple[int, ...]] = {}
        for field, n in self._db.execute("SELECT field, n FROM head WHERE entity = ? ORDER BY field, n", (id,)).fetchall():
            found[field] = (*found.get(field, ()), n)
        return {field: numbers for field, numbers in found.items() if len(numbers) > 1 and field != REMOVED}

    def hidden(self, limit: int) -> list[HiddenThing]:
        found: list[HiddenThing] = []
        sql = "SELECT DISTINCT n FROM head WHERE field = ? AND n < ? ORDER BY n DESC LIMIT ?"
        before = _END
        while rows := self._db.execute(sql, (REMOVED, before, _PER_PAGE)).fetchall():
            for (n,) in rows:
                found += self._hidden_by(self._log.read_one(n))
                if len(found) >= limit:
                    return found[:limit]
            before = rows[-1][0]
        return found

    def _hidden_by(self, change_set: ChangeSet) -> Iterator[HiddenThing]:
        for write in change_set.writes:
            if write.field != REMOVED or not write.value:
                continue
            row = self._log.projections.row(write.kind, write.entity)
            still = row is not None and row["removed"] and self._is_head(write.entity, change_set.n)
            if row is None or not still or (write.kind != "pupil" and self._log.projections.is_removed_pupil(row.get("pupil"))):
                continue
            thing: Any = entity_of(KINDS[write.kind], row)
            pupil = write.entity if write.kind == "pupil" else row.get("pupil")
            at, by = spoken_time(change_set.at), change_set.by["name"]
            yield HiddenThing(write.kind, write.entity, pupil, change_set.save, by, at, thing)

    def _is_head(self, entity: str, n: int) -> bool:
        row = self._db.execute("SELECT 1 FROM head WHERE entity = ? AND field = ? AND n = ?", (entity, REMOVED, n)).fetchone()
        return row is not None


def _entry(change_set: ChangeSet, entity: str | None = None) -> LogEntry:
    writes = tuple(
        (write.kind, write.entity, name, value, write.replaces)
        for write in change_set.writes
        if entity is None or write.entity == entity
        for name, value in (write.value.items() if write.field == EVERYTHING else [(write.field, write.value)])
    )
    return LogEntry(
        change_set.n,
        change_set.id,
        change_set.save,
        change_set.stream,
        change_set.action,
        change_set.by["id"],
        change_set.by["name"],
        spoken_time(change_set.at),
        writes,
        change_set.undoes,
    )
