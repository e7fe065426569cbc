"""The append-only log of saves: one save is one change-set for each stream it touches, chained by hash.

The chain holds the hash of each body, so that a body can be erased (a pupil's record past its time) and the chain still
be proved. A write in a change-set is ``[kind, entity, field, value, [change-sets it replaces]]``. Things that are written once
and never edited are a single write whose field is ``*``. ``_removed`` is the field that hides a thing.
The state follows from the *set* of change-sets; no clock decides what survives (sync.md 1.1, 1.2).
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any, NamedTuple

from sencoapp.domain.grouping import spans
from sencoapp.domain.leaving import OUTLASTS_REMOVAL
from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import WHO_READS, WHOLE, Actor, Amend, Edit, New, Remove, Restore, Saved, Touched, field_names, kind_name
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services.ports import Cancelled, Clock, Ids, Progress
from sencoapp.storage.engine import Database, one_transaction
from sencoapp.storage.projections import Projections

SCHOOL_STREAM = "school"
EVERYTHING = "*"
REMOVED = "_removed"
STREAMS_BETWEEN_QUESTIONS = 50
SAVES_BETWEEN_QUESTIONS = 200
BEGINNING = hashlib.sha256(b"sencoapp log 1").hexdigest()
ERASE = "erase"
_ERASED: dict[str, Any] = {"by": {"id": "", "name": "", "role": ""}, "w": []}
"""What is read of a save whose body was erased."""


class Write(NamedTuple):
    """One value of one field, and the change-sets whose value it replaces."""

    kind: str
    entity: str
    field: str
    value: Any
    replaces: tuple[str, ...]


class ChangeSet(NamedTuple):
    """One row of the log."""

    n: int
    id: str
    save: str
    """Shared by the change-sets that were one save; they follow each other in the log."""
    stream: str
    at: str
    action: str
    by: dict[str, str]
    writes: tuple[Write, ...]
    undoes: str | None = None
    """The save that this one takes back."""


class Log:
    """Appends change-sets and keeps the tables that follow from them."""

    def __init__(self, db: Database, clock: Clock, ids: Ids) -> None:
        self._db = db
        self._clock = clock
        self._ids = ids
        self.projections = Projections(db)

    def position(self) -> int:
        """The number of the newest change-set, 0 for an empty log."""
        return int(self._db.execute("SELECT coalesce(max(n), 0) FROM change_set").fetchone()[0])

    def save(
        self,
        edits: Sequence[Edit],
        *,
        action: str,
        actor: Actor,
        as_of: int | None = None,
        undoes: str | None = None,
        progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> Saved:
        """Appends the edits and carries them out, in one transaction. See ``services.ports.Record.save``."""
        if not edits:
            return Saved(self.position())
        with one_transaction(self._db):
            touched: set[Touched] = set()
            last, whole = 0, ""
            parts = list(self._parts(edits))
            for done, (stream, group) in enumerate(parts):
                if done % STREAMS_BETWEEN_QUESTIONS == 0:
                    _go_on(done, len(parts), progress, cancelled)
                writes = [each for edit in group for each in self._writes(edit, as_of)]
                change_set = self._append(whole, stream, action, actor, writes, undoes)
                touched |= self.carry_out(change_set)
                last, whole = change_set.n, change_set.save
            self.projections.refresh(touched, self._clock.today())
            _go_on(len(parts), len(parts), progress, cancelled)
            return Saved(last, frozenset(touched), whole)

    def carry_out(self, change_set: ChangeSet) -> set[Touched]:
        """Moves heads and tables on by one change-set of the log."""
        values: dict[tuple[str, str], dict[str, Any]] = {}
        unwritten = self._unwritten(change_set)
        heads: list[tuple[str, str, int]] = []
        for write in change_set.writes:
            fields = values.setdefault((write.kind, write.entity), {})
            if write.field == EVERYTHING:
                fields.update(write.value)
            elif write.entity in unwritten:
                heads.append((write.entity, write.field, change_set.n))
                fields[write.field] = write.value
            else:
                fields.update(self._move_head(change_set, write))
        if heads:
            self._db.conn.executemany("INSERT OR IGNORE INTO head (entity, field, n) VALUES (?, ?, ?)", heads)
        stream = None if change_set.stream == SCHOOL_STREAM else change_set.stream
        for (kind, entity), fields in values.items():
            made = bool(fields) and self.projections.put(kind, entity, fields, change_set.n, new=entity in unwritten)
            if not made:
                self._db.execute("INSERT OR IGNORE INTO written_again (entity, n) VALUES (?, ?)", (entity, change_set.n))
        return {Touched(kind, entity, stream) for kind, entity in values}

    def refresh(self, touched: set[Touched]) -> None:
        """Brings up to date what the register shows of the pupils that were touched."""
        self.projections.refresh(touched, self._clock.today())

    def read(self, after: int = 0, up_to: int | None = None) -> Iterator[ChangeSet]:
        """The change-sets in the order of the log."""
        return self._read("n > ? AND n <= ? ORDER BY n", (after, 1 << 62 if up_to is None else up_to))

    def read_one(self, n: int) -> ChangeSet:
        return next(self.read(n - 1, n))

    def read_save(self, save: str) -> list[ChangeSet]:
        """The parts of one save. It has the id of its first part; where that part is not here, the log is searched."""
        first = self._db.execute("SELECT n FROM change_set WHERE id = ? AND save = id", (save,)).fetchone()
        if first is None:
            return list(self._read("save = ? ORDER BY n", (save,)))
        return list(takewhile(lambda each: each.save == save, self.read(first[0] - 1)))

    def read_history(self, kind: str, entity: str, limit: int, before: int) -> list[ChangeSet]:
        """The newest ``limit`` change-sets before ``before`` that wrote this thing, oldest first."""
        written = f"SELECT made_n AS n FROM {kind} WHERE id = :id UNION SELECT n FROM written_again WHERE entity = :id"
        where = f"n IN (SELECT n FROM ({written}) WHERE n < :before ORDER BY n DESC LIMIT :limit) ORDER BY n"
        return list(self._read(where, {"id": entity, "before": before, "limit": limit}))

    def read_stream(self, stream: str) -> Iterator[ChangeSet]:
        """The change-sets of one pupil, or of the school."""
        return self._read("stream = ? ORDER BY n", (stream,))

    def rebuild(self, progress: Progress | None = None, cancelled: Cancelled | None = None) -> int:
        """Empties the tables and fills them again from the log; returns the number of change-sets."""
        count, of = 0, self.position()
        with one_transaction(self._db):
            self._db.execute("DELETE FROM head")
            self._db.execute("DELETE FROM dead")
            self._db.execute("DELETE FROM written_again")
            self.projections.empty()
            pupils: set[Touched] = set()
            for change_set in self.read():
                pupils |= {each for each in self.carry_out(change_set) if each.pupil}
                count += 1
                if count % SAVES_BETWEEN_QUESTIONS == 0:
                    _go_on(count, of, progress, cancelled, "record.rebuilding")
            self.projections.refresh(pupils, self._clock.today())
        return count

    def broken_at(self) -> int | None:
        """The first change-set whose place in the chain is not proved, or None where the whole chain holds.

        What was erased is proved by the save that says so: it holds the hash of what stands there now.
        """
        prev, expected = BEGINNING, 1
        erased: dict[int, str] = {}
        said_erased: dict[int, str] = {}
        cursor = self._db.execute(
            "SELECT n, id, save, stream, author, at, action, body, body_sha256, prev, hash, erased FROM change_set ORDER BY n"
        )
        for n, id, save, stream, author, at, action, body, body_sha256, said_prev, said, by_erasure in cursor:
            link = _link(prev, id, save, stream, author, at, action, body_sha256)
            if n != expected or said_prev != prev or said != link or (by_erasure is None and _sha256(body) != body_sha256):
                return int(n)
            if by_erasure is not None:
                erased[n] = _sha256(body)
            else:
                plain = json.loads(body)
                if plain["by"]["id"] != author or plain["at"] != at or plain["action"] != action:
                    return int(n)
                if action == ERASE:
                    said_erased |= _erased_by(_writes_from(plain))
            prev, expected = said, n + 1
        wrong = [n for n in erased.keys() | said_erased.keys() if erased.get(n) != said_erased.get(n)]
        return min(wrong, default=None)

    def _read(self, where: str, values: Any) -> Iterator[ChangeSet]:
        cursor = self._db.execute(f"SELECT n, id, save, stream, at, action, body FROM change_set WHERE {where}", values)
        for n, id, save, stream, at, action, body in cursor:
            plain = json.loads(body) if body else _ERASED
            yield ChangeSet(n, id, save, stream, at, action, plain["by"], _writes_from(plain), plain.get("undoes"))

    def _parts(self, edits: Sequence[Edit]) -> Iterator[tuple[str, list[Edit]]]:
        """One part for each stream, and a further one for values that are to stand beside those of the part before."""
        for stream, group in self._by_stream(edits).items():
            for number in sorted({_beside(each) for each in group}):
                yield stream, [each for each in group if _beside(each) == number]

    def _by_stream(self, edits: Sequence[Edit]) -> dict[str, list[Edit]]:
        groups: dict[str, list[Edit]] = {}
        homes: dict[str, str] = {}
        for edit in edits:
            if isinstance(edit, New):
                stream = _stream_of_new(edit.entity)
                outlasts = kind_name(type(edit.entity)) in OUTLASTS_REMOVAL
                if stream not in homes and not outlasts and self.projections.is_removed_pupil(stream):
                    raise Refusal("no_longer_there")
                homes[edit.entity.id] = stream
            else:
                stream = homes.get(edit.id) or self._stream_of(edit)
                if isinstance(edit, Restore):
                    homes[edit.id] = stream
            groups.setdefault(stream, []).append(edit)
        # The school's part goes first: a place in a group comes after the group.
        return {name: groups[name] for name in sorted(groups, key=lambda each: each != SCHOOL_STREAM)}

    def _stream_of(self, edit: Amend | Remove | Restore) -> str:
        """Words for something that somebody else has removed would be kept where nobody sees them: the person is told."""
        kind = kind_name(edit.kind)
        row = self.projections.row(kind, edit.id)
        if row is None:
            raise Refusal("no_longer_there")
        hidden = row["removed"] or (kind not in OUTLASTS_REMOVAL and self.projections.is_removed_pupil(row.get("pupil")))
        if hidden and isinstance(edit, Amend):
            raise Refusal("no_longer_there")
        return edit.id if kind == "pupil" else str(row.get("pupil") or SCHOOL_STREAM)

    def _writes(self, edit: Edit, as_of: int | None) -> list[Write]:
        if isinstance(edit, New):
            return _writes_of_new(edit.entity)
        kind = kind_name(edit.kind)
        if isinstance(edit, Amend):
            if kind in WHOLE and not set(edit.values) <= WHO_READS:
                raise TypeError(f"{kind} is written once and never edited")
            unknown = set(edit.values) - set(field_names(edit.kind))
            if unknown:
                raise TypeError(f"{kind} has no {', '.join(sorted(unknown))}")
            values = {name: to_plain(value) for name, value in edit.values.items()}
        else:
            values = {REMOVED: isinstance(edit, Remove)}
        if _beside(edit):
            return [Write(kind, edit.id, name, value, ()) for name, value in values.items()]
        return [Write(kind, edit.id, name, value, self._shown(edit.id, name, as_of)) for name, value in values.items()]

    def _shown(self, entity: str, field: str, as_of: int | None) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT id FROM change_set WHERE n IN (SELECT n FROM head WHERE entity = ? AND field = ? AND n <= ?)",
            (entity, field, 1 << 62 if as_of is None else as_of),
        )
        return tuple(row[0] for row in rows.fetchall())

    def _append(self, save: str, stream: str, action: str, actor: Actor, writes: Sequence[Write], undoes: str | None) -> ChangeSet:
        """``save`` is empty for the first part of a save, whose id it then gets."""
        by = {"id": actor.id, "name": actor.name, "role": actor.role}
        id = self._ids.new()
        return self.append(ChangeSet(0, id, save or id, stream, to_plain(self._clock.now()), action, by, tuple(writes), undoes))

    def append(self, made: ChangeSet) -> ChangeSet:
        """Writes a change-set as the next row of the log, linked to the last; its number is the next one. Carries nothing out."""
        last = self._db.execute("SELECT n, hash FROM change_set ORDER BY n DESC LIMIT 1").fetchone()
        number, prev = (last[0] + 1, last[1]) if last else (1, BEGINNING)
        _, id, save, stream, at, action, by, writes, undoes = made
        plain = {"v": 1, "at": at, "by": by, "action": action, "w": writes, **({"undoes": undoes} if undoes else {})}
        body = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        digest = _sha256(body)
        link = _link(prev, id, save, stream, by["id"], at, action, digest)
        self._db.execute(
            "INSERT INTO change_set (n, id, save, stream, author, at, action, body, body_sha256, prev, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, id, save, stream, by["id"], at, action, body, digest, prev, link),
        )
        return made._replace(n=number)

    def _unwritten(self, change_set: ChangeSet) -> set[str]:
        """Things to which no save has written yet, nor is known to have: their heads need no comparing. Most of an import is such."""
        things = {write.entity for write in change_set.writes if write.kind not in WHOLE}  # what is written whole has no heads
        things -= {write.entity for write in change_set.writes if write.replaces}
        if not things:
            return things
        known = self._db.execute(
            """SELECT entity FROM head WHERE entity IN (SELECT value FROM json_each(:things))
            UNION SELECT entity FROM dead WHERE entity IN (SELECT value FROM json_each(:things))""",
            {"things": json.dumps(sorted(things))},
        )
        return things - {row[0] for row in known.fetchall()}

    def _move_head(self, change_set: ChangeSet, write: Write) -> dict[str, Any]:
        """Replaces the heads that the write names and sets its own; returns the value to show from now on, by its field."""
        entity, field = write.entity, write.field
        for replaced in write.replaces:
            known = self._db.execute("SELECT n FROM change_set WHERE id = ?", (replaced,)).fetchone()
            if known and known[0] < change_set.n:
                self._db.execute("DELETE FROM head WHERE entity = ? AND field = ? AND n = ?", (entity, field, known[0]))
            else:
                self._db.execute("INSERT OR IGNORE INTO dead (entity, field, change_set) VALUES (?, ?, ?)", (entity, field, replaced))
        if not self._db.execute(
            "SELECT 1 FROM dead WHERE entity = ? AND field = ? AND change_set = ?", (entity, field, change_set.id)
        ).fetchone():
            self._db.execute("INSERT OR IGNORE INTO head (entity, field, n) VALUES (?, ?, ?)", (entity, field, change_set.n))
        return self._value_shown(change_set, write)

    def _value_shown(self, change_set: ChangeSet, write: Write) -> dict[str, Any]:
        """Of two values that nobody has chosen between, the later one is shown; both are kept.

        It may be an older one than this write's, which stands alone again once the one that was shown is replaced.
        """
        shown = self._db.execute(
            "SELECT n FROM change_set WHERE n IN (SELECT n FROM head WHERE entity = ? AND field = ?) ORDER BY at DESC, id DESC LIMIT 1",
            (write.entity, write.field),
        ).fetchone()
        if shown is None:
            return {}
        if shown[0] == change_set.n:
            return {write.field: write.value}
        of_field = [each for each in self.read_one(shown[0]).writes if (each.entity, each.field) == (write.entity, write.field)]
        return {write.field: of_field[-1].value}


def _go_on(done: int, of: int, progress: Progress | None, cancelled: Cancelled | None, doing: str = "record.saving") -> None:
    """Tells how far a save is. Raises ``Fault("save_stopped")``, which ends the transaction with nothing kept."""
    if cancelled and cancelled():
        raise Fault("save_stopped")
    if progress:
        progress(doing, done, of)


def _beside(edit: Edit) -> int:
    return edit.beside if isinstance(edit, Amend) else 0


def _stream_of_new(entity: Any) -> str:
    if kind_name(type(entity)) == "pupil":
        return str(entity.id)
    return getattr(entity, "pupil", None) or SCHOOL_STREAM


def _writes_of_new(entity: Any) -> list[Write]:
    kind = kind_name(type(entity))
    values = {name: to_plain(getattr(entity, name)) for name in field_names(type(entity))}
    if kind in WHOLE:
        return [Write(kind, entity.id, EVERYTHING, values, ())]
    # What is empty is what a row without it says too.
    return [Write(kind, entity.id, name, value, ()) for name, value in values.items() if value is not None and value != []]


def _writes_from(plain: dict[str, Any]) -> tuple[Write, ...]:
    return tuple(Write(kind, entity, field, value, tuple(replaces)) for kind, entity, field, value, replaces in plain["w"])


def _erased_by(writes: Sequence[Write]) -> dict[int, str]:
    """For each save that an erasure emptied or rewrote the hash of what stands there now."""
    found: dict[int, str] = {}
    for write in writes:
        if write.kind == "erasure" and write.field == EVERYTHING:
            found |= dict.fromkeys(numbers_in(write.value["emptied"]), _sha256(""))
            found |= {int(n): digest for n, _, digest in (each.partition(":") for each in write.value["rewritten"])}
    return found


def numbers_in(ranges: str) -> Iterator[int]:
    """12, 13, 14 and 20 from ``12-14,20``."""
    for each in filter(None, ranges.split(",")):
        first, _, last = each.partition("-")
        yield from range(int(first), int(last or first) + 1)


def in_ranges(numbers: Sequence[int]) -> str:
    """``12-14,20`` from rising numbers."""
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans(numbers))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _link(*parts: str) -> str:
    return _sha256("\n".join(parts))


def spoken_time(at: str) -> datetime:
    return datetime.fromisoformat(at).astimezone(UTC)
