"""Takes out of the tables what only erased saves had put there, so that they are what a rebuild would make of the rest.

The cost follows what is erased. Where it cannot be told apart from what other saves wrote, nothing is promised and the caller
makes all tables anew.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sencoapp.domain.record import KINDS, Touched
from sencoapp.storage.engine import Database, DatabaseError
from sencoapp.storage.log import EVERYTHING, SCHOOL_STREAM, Log
from sencoapp.storage.projections import cell, columns
from sencoapp.storage.session_sums import months_of, sum_months

Writes = list[list[Any]]
"""``[kind, entity, field, value, replaces]``, as the log keeps them."""


@dataclass
class Rewritten:
    """A save of the school or of another pupil in which values were changed: its writes before and after."""

    stream: str
    before: Writes
    after: Writes
    changed: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = field(init=False)
    """Of each thing the fields with another value than before, with both."""

    def __post_init__(self) -> None:
        self.changed = {}
        for (kind, entity, name, old, _), (*_, new, _) in zip(self.before, self.after, strict=True):
            pairs = {each: (old.get(each), new.get(each)) for each in old} if name == EVERYTHING else {name: (old, new)}
            other = {each: pair for each, pair in pairs.items() if pair[0] != pair[1]}
            if other and kind in KINDS:
                self.changed.setdefault((kind, entity), {}).update(other)


def take_out(
    db: Database, log: Log, pupil: str, numbers: Collection[int], things: Iterable[tuple[str, str]], rewritten: Iterable[Rewritten]
) -> bool:
    """Within a transaction, once the log has been changed. False where the tables have to be made anew from the log.

    ``numbers`` are the saves that were emptied, ``things`` the kinds and ids that they wrote.
    """
    by_kind: dict[str, list[str]] = {}
    for kind, entity in things:
        if kind in KINDS:
            by_kind.setdefault(kind, []).append(entity)
    if _written_by_others(db, by_kind, frozenset(numbers)):
        return False
    months = months_of(db, [Touched(kind, entity, pupil) for kind, ids in by_kind.items() for entity in ids])
    for kind, ids in by_kind.items():
        _delete(db, kind, ids)
    for table in ("pupil_summary", "pupil_prefix"):
        db.execute(f"DELETE FROM {table} WHERE pupil = ?", (pupil,))
    sum_months(db, months)
    if any(_is_left(db, kind, pupil) for kind in KINDS):
        return False
    touched: set[Touched] = set()
    for each in rewritten:
        for (kind, entity), fields in each.changed.items():
            if not _change(db, kind, entity, fields):
                return False
            touched.add(Touched(kind, entity, None if each.stream == SCHOOL_STREAM else each.stream))
    log.refresh(touched)
    return True


def _written_by_others(db: Database, by_kind: Mapping[str, list[str]], numbers: frozenset[int]) -> bool:
    """Whether a save that stays wrote to one of these things too."""
    for kind, ids in by_kind.items():
        written = db.execute(
            f"""SELECT made_n FROM {kind} WHERE id IN (SELECT value FROM json_each(:ids))
            UNION SELECT n FROM written_again WHERE entity IN (SELECT value FROM json_each(:ids))""",
            {"ids": json.dumps(ids)},
        )
        if any(n not in numbers for (n,) in written.fetchall()):
            return True
    return False


def _delete(db: Database, kind: str, ids: list[str]) -> None:
    these = {"ids": json.dumps(ids)}
    if kind == "observation":
        sql = "SELECT n FROM observation WHERE id IN (SELECT value FROM json_each(:ids))"
        db.conn.executemany("DELETE FROM observation_words WHERE rowid = ?", db.execute(sql, these).fetchall())
    db.execute(f"DELETE FROM {kind} WHERE id IN (SELECT value FROM json_each(:ids))", these)
    for table in ("head", "dead", "written_again"):
        db.execute(f"DELETE FROM {table} WHERE entity IN (SELECT value FROM json_each(:ids))", these)


def _is_left(db: Database, kind: str, pupil: str) -> bool:
    name = "id" if kind == "pupil" else "pupil"
    if name != "id" and name not in columns(kind):
        return False
    return db.execute(f"SELECT 1 FROM {kind} WHERE {name} = ? LIMIT 1", (pupil,)).fetchone() is not None


def _change(db: Database, kind: str, entity: str, fields: Mapping[str, tuple[Any, Any]]) -> bool:
    """Where the row shows a value that was changed, it shows what stands there now. The row is put back in its own place: as a
    change it would be refused where it is frozen."""
    if kind == "observation":  # its words are in the index
        return False
    known = columns(kind)
    cursor = db.execute(f"SELECT rowid, * FROM {kind} WHERE id = ?", (entity,))
    found = cursor.fetchone()
    if found is None:
        return True
    names = [each[0] for each in cursor.description]
    row = dict(zip(names, found, strict=True))
    showing = {name: cell(new) for name, (old, new) in fields.items() if name in known and row[name] == cell(old)}
    if not showing:
        return True
    row |= showing
    try:
        db.execute(f"DELETE FROM {kind} WHERE id = ?", (entity,))
        quoted = ", ".join(f'"{name}"' for name in names)
        db.execute(f"INSERT INTO {kind} ({quoted}) VALUES ({', '.join('?' * len(names))})", tuple(row.values()))
    except DatabaseError as refused:
        if str(refused).startswith("senco:"):
            return False
        raise
    return True
