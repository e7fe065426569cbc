"""Erases one pupil: the bodies of their saves, what follows from them, and every trace in what belongs to the school.

The chain of saves goes over the hashes of the bodies, so it holds without them. What stands in the place of a body is named
in the save that records the erasure, and ``Log.broken_at`` holds the two against each other. What followed from those saves
goes from the tables (``taking_out``); then the sealed files go, and copies from before a migration.

Deleting leaves scraps between the rows of a page, and words in the segments of the search index, which nothing in the program
shows. ``sweep`` writes the whole file anew without them. It takes as long as the file is large, so it is done once for any number
of erasures: when nobody types, and in any case before a backup, before the record is closed, or at its next opening.
"""

import hashlib
import json
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sencoapp.domain.leaving import Erasure
from sencoapp.domain.record import KINDS, Actor, New
from sencoapp.domain.refusals import Fault
from sencoapp.services.ports import Cancelled, Progress
from sencoapp.storage.blobs import SealedFiles, names_in
from sencoapp.storage.engine import CACHE_KIB, Database, one_transaction
from sencoapp.storage.log import ERASE, EVERYTHING, SCHOOL_STREAM, ChangeSet, Log, in_ranges
from sencoapp.storage.taking_out import Rewritten, take_out

ERASED_WORD = "[erased]"
_UNFINISHED = "erasing"
_UNSWEPT = "unswept"
_SWEEPING_CACHE_KIB = 96 * 1024
_STEPS = 3
_NAMES_CHUNKS = """ OR instr(body, '"1:')"""
_SEALED = re.compile(r"1:[0-9a-f]{64}:[0-9a-f]{64}(?:,[0-9a-f]{64})*")
_ID = re.compile(r"[0-9a-f]{32}")
_LEAST_LETTERS = 5
"""A shorter name stands in too many other words to be taken out of a text of the school."""


@dataclass(frozen=True)
class Found:
    """Everything that one pupil's stream holds, by its numbers and names."""

    numbers: tuple[int, ...]
    things: frozenset[tuple[str, str]]
    """Kind and id."""
    chunks: frozenset[str]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(id for _, id in self.things)


def erase(
    db: Database,
    log: Log,
    pupil: str,
    certificate: Erasure,
    names: Sequence[str],
    actor: Actor,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Erasure:
    """All of it in one transaction; ``finish`` does what cannot be in one. Returns the certificate as the log keeps it.

    Whoever stops it before the transaction ends has erased nothing: raises ``Fault("save_stopped")``.
    """
    names = sorted({each for each in names if len(each) >= _LEAST_LETTERS}, key=len, reverse=True)
    tell = progress or (lambda _what, _done, _of: None)

    def go_on(done: int) -> None:
        if cancelled and cancelled():
            raise Fault("save_stopped")
        tell("record.erasing", done, _STEPS)

    with one_transaction(db):
        go_on(0)
        found = what_is_there(db, log, pupil)
        beside = chunks_beside(db)
        out = _TakeOut(pupil, found.ids, names)
        others = _read_others(db, pupil, out, with_chunks=bool(found.chunks or beside))
        go_on(1)
        made = replace(
            certificate,
            log_before=db.execute("SELECT hash FROM change_set ORDER BY n DESC LIMIT 1").fetchone()[0],
            emptied=in_ranges(found.numbers),
            rewritten=tuple(f"{n}:{hashlib.sha256(body.encode()).hexdigest()}" for n, body in others.bodies.items()),
        )
        log.save([New(made)], action=ERASE, actor=actor)
        db.execute("PRAGMA secure_delete=ON")
        try:
            db.execute("UPDATE change_set SET body = '', erased = ? WHERE stream = ? AND body <> ''", (made.id, pupil))
            for n, body in others.bodies.items():
                db.execute("UPDATE change_set SET body = ?, erased = ? WHERE n = ?", (body, made.id, n))
            _clear_beside(db, pupil, out)
            go_on(2)
            if not take_out(db, log, pupil, found.numbers, found.things, others.rewritten):
                log.rebuild(progress, cancelled)
        finally:
            db.execute("PRAGMA secure_delete=FAST")
        chunks = sorted((found.chunks | beside) - others.chunks - chunks_beside(db))
        db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (_UNFINISHED, json.dumps(chunks)))
        db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, 'true')", (_UNSWEPT,))
        go_on(_STEPS)
    return made


def what_is_there(db: Database, log: Log, pupil: str) -> Found:
    numbers, things, chunks = [], {("pupil", pupil)}, set()
    for (n,) in db.execute("SELECT n FROM change_set WHERE stream = ? AND body <> '' ORDER BY n", (pupil,)).fetchall():
        change_set = log.read_one(n)
        numbers.append(n)
        things |= {(write.kind, write.entity) for write in change_set.writes}
        chunks |= _chunks_in(change_set)
    return Found(tuple(numbers), frozenset(things), frozenset(chunks))


def finish(db: Database, files: SealedFiles) -> None:
    """What cannot be in the transaction of an erasure: sealed files, and older copies. Safe to repeat."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", (_UNFINISHED,)).fetchone()
    if row is None:
        return
    for digest in json.loads(row[0]):
        files.throw_away(digest)
    for path in _copies_before_a_migration(db):
        path.unlink(missing_ok=True)
    db.execute("DELETE FROM meta WHERE name = ?", (_UNFINISHED,))


def sweep(db: Database) -> None:
    """Where something was erased since the last time: the whole file anew, so that no byte of it is left. Safe to repeat."""
    if db.conn.in_transaction or db.execute("SELECT 1 FROM meta WHERE name = ?", (_UNSWEPT,)).fetchone() is None:
        return
    db.execute("INSERT INTO observation_words (observation_words) VALUES ('optimize')")
    db.execute(f"PRAGMA cache_size=-{_SWEEPING_CACHE_KIB}")
    try:
        db.execute("VACUUM")
    finally:
        db.execute(f"PRAGMA cache_size=-{CACHE_KIB}")
    db.execute("DELETE FROM meta WHERE name = ?", (_UNSWEPT,))
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _copies_before_a_migration(db: Database) -> list[Path]:
    """The copies that ``profiles`` keeps aside: they hold the pupil too."""
    path = next((row[2] for row in db.execute("PRAGMA database_list").fetchall() if row[1] == "main" and row[2]), None)
    return sorted(Path(path).parent.glob(f"{Path(path).stem}.before-*")) if path else []


@dataclass(frozen=True)
class _Others:
    """What the rest of the log has to do with the pupil."""

    bodies: dict[int, str]
    """Saves of the school, and of other pupils, that point to this pupil, and those of the school that name them: as they will stand."""
    rewritten: list[Rewritten]
    chunks: frozenset[str]
    """The sealed chunks that they name."""


def _read_others(db: Database, pupil: str, out: "_TakeOut", *, with_chunks: bool) -> _Others:
    """In one reading of the log, which no index shortens: any value may name the pupil.

    All of the school's are read: SQLite knows small letters of the English alphabet only, and would miss "ÉLODIE".
    """
    bodies: dict[int, str] = {}
    rewritten: list[Rewritten] = []
    chunks: set[str] = set()
    named = f"stream = ? OR instr(body, ?){_NAMES_CHUNKS if with_chunks else ''}"
    rows = db.execute(f"SELECT n, stream, body FROM change_set WHERE {named}", (SCHOOL_STREAM, pupil))
    for n, stream, body in rows:
        if stream == pupil or not body:
            continue
        plain = json.loads(body)
        take = out.everything if stream == SCHOOL_STREAM else out.ids_only
        before = plain["w"]
        plain["w"] = [[kind, entity, field, take(value), replaces] for kind, entity, field, value, replaces in before]
        changed = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
        if changed != body:
            bodies[n] = changed
            rewritten.append(Rewritten(stream, before, plain["w"]))
        chunks |= chunks_in(changed)
    return _Others(bodies, rewritten, frozenset(chunks))


class _TakeOut:
    """Takes a pupil out of values: list entries that point to them go, other pointers and their names become a word."""

    def __init__(self, pupil: str, ids: Collection[str], names: Sequence[str]) -> None:
        self._ids = ids
        self._pupil = pupil
        self._names = re.compile("|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in names), re.IGNORECASE) if names else None

    def everything(self, value: Any) -> Any:
        return self._from(value, lambda text: self._names.sub(ERASED_WORD, text) if self._names else text)

    def ids_only(self, value: Any) -> Any:
        return self._from(value, lambda text: text)

    def names_in(self, text: str) -> bool:
        return any(each in self._ids for each in _ID.findall(text)) or bool(self._names and self._names.search(text))

    def _from(self, value: Any, words: Callable[[str], str]) -> Any:
        if isinstance(value, str):
            return ERASED_WORD if value in self._ids else words(value)
        if isinstance(value, list):
            return [self._from(each, words) for each in value if not self._points(each)]
        if isinstance(value, dict):
            return {
                key: self._from(each, words)
                for key, each in value.items()
                if key not in self._ids and not (isinstance(each, dict) and self._points(each))
            }
        return value

    def _points(self, value: Any) -> bool:
        if isinstance(value, dict):
            return any(isinstance(each, str) and each in self._ids for each in value.values())
        if isinstance(value, list):
            return any(isinstance(each, str) and each in self._ids for each in value)
        return isinstance(value, str) and value in self._ids


def _clear_beside(db: Database, pupil: str, out: _TakeOut) -> None:
    """What is kept beside the log: drafts, settings, and whatever other table has a column for a pupil."""
    for form, content in db.execute("SELECT form, content FROM draft").fetchall():
        if out.names_in(form) or out.names_in(json.dumps(json.loads(content), ensure_ascii=False)):
            db.execute("DELETE FROM draft WHERE form = ?", (form,))
    for name, value in db.execute("SELECT name, value FROM meta").fetchall():
        changed = json.dumps(out.everything(json.loads(value)), ensure_ascii=False)
        if out.names_in(name):
            db.execute("DELETE FROM meta WHERE name = ?", (name,))
        elif json.loads(changed) != json.loads(value):
            db.execute("UPDATE meta SET value = ? WHERE name = ?", (changed, name))
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]
    for table in tables:
        if table in KINDS or table == "trail":  # tables of kinds are made anew; the trail holds ids and numbers only
            continue
        if any(row[1] == "pupil" for row in db.execute(f"PRAGMA table_info({table})").fetchall()):
            db.execute(f"DELETE FROM {table} WHERE pupil = ?", (pupil,))


def _chunks_in(change_set: ChangeSet) -> set[str]:
    """The sealed chunks that the values of a save name."""
    texts = [json.dumps(write.value) for write in change_set.writes if write.field == EVERYTHING or isinstance(write.value, str | list)]
    return {digest for text in texts for digest in chunks_in(text)}


def chunks_of_saves(db: Database) -> set[str]:
    """Every chunk that the log names, in any save that was not erased: history, undo and backups of it need no other."""
    bodies = db.execute("SELECT body FROM change_set WHERE instr(body, '\"1:')")
    return {digest for (body,) in bodies for digest in chunks_in(body)}


def chunks_in(text: str) -> set[str]:
    """The chunks of every sealed file that a text names."""
    return {digest for name in _SEALED.findall(text) for digest in names_in(name)}


def chunks_beside(db: Database) -> set[str]:
    """Every chunk that drafts and settings name, such as the one of a copy that another program changed."""
    rows = db.execute("SELECT content FROM draft WHERE instr(content, '1:') UNION ALL SELECT value FROM meta WHERE instr(value, '1:')")
    return {digest for (text,) in rows for digest in chunks_in(text)}
