"""Proves that the record is whole: the file, the chain of saves, the tables that follow from it, the sealed files."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime

from sencoapp.domain.record import KINDS
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.ports import Finding, Progress
from sencoapp.storage.blobs import SealedFiles, names_in
from sencoapp.storage.engine import Database, DatabaseError, faults_of_the_world, open_database
from sencoapp.storage.leftovers import SHOWN
from sencoapp.storage.log import Log
from sencoapp.storage.migrations import migrate
from sencoapp.storage.trail import Trail

_COMPARED = {
    **{table: f"SELECT * FROM {table} ORDER BY id" for table in KINDS},
    "head": "SELECT * FROM head ORDER BY entity, field, n",
    "dead": "SELECT * FROM dead ORDER BY entity, field, change_set",
    "written_again": "SELECT * FROM written_again ORDER BY entity, n",
    "pupil_summary": "SELECT * FROM pupil_summary ORDER BY pupil",
    "pupil_prefix": "SELECT * FROM pupil_prefix ORDER BY prefix, sort_name, pupil",
    "session_sum": "SELECT * FROM session_sum ORDER BY provision, month, pupil, shared",
    "observation": "SELECT * FROM observation ORDER BY n",
    "observation_words": 'SELECT doc, term, "offset" FROM temp.words_of_observations ORDER BY term, doc, "offset"',
}
_BY_PLACE = ("observation", "observation_words")
"""Tables that begin with the number of a note. Numbers have gaps where notes were erased; their order is what follows from the log."""
_COLUMNS_OF_THE_LOG = ("n", "id", "save", "stream", "author", "at", "action", "body", "body_sha256", "prev", "hash")
_WORDS = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_observations USING fts5vocab(main, observation_words, instance)"


def findings(db: Database, log: Log, trail: Trail, files: SealedFiles, today: date, progress: Progress | None = None) -> Iterator[Finding]:
    """One finding for each part of the record, in the order in which they rest on each other."""
    tell = progress or (lambda _what, _done, _of: None)
    tell("verify.file", 0, 4)
    with faults_of_the_world():
        trouble = [row[0] for row in db.execute("PRAGMA cipher_integrity_check").fetchall()]
        trouble += [row[0] for row in db.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
        trouble += [str(row) for row in db.execute("PRAGMA foreign_key_check").fetchall()]
    yield Finding(
        "file", not trouble, say("record.file_sound") if not trouble else say("record.file_unsound", trouble="; ".join(trouble[:3]))
    )
    tell("verify.chain", 1, 4)
    broken = log.broken_at()
    count = log.position()
    yield Finding("chain", broken is None, _counted("chain_sound", count) if broken is None else say("record.chain_broken", n=broken))
    gap = trail.broken_at()
    yield Finding("trail", gap is None, _counted("trail_sound", trail.count()) if gap is None else say("record.trail_broken", n=gap))
    tell("verify.tables", 2, 4)
    different = _tables_that_differ(db, today)
    yield Finding(
        "tables", not different, say("record.tables_sound") if not different else say("record.tables_differ", tables=", ".join(different))
    )
    tell("verify.files", 3, 4)
    names = [row[0] for row in db.execute(SHOWN).fetchall()]
    bad = [name for name in names if not files.is_sound(name)]
    kept = sum(len(names_in(name)) for name in names)
    yield Finding("files", not bad, _counted("files_sound", kept) if not bad else say("record.files_unsound", count=f"{len(bad):,}"))
    tell("verify.files", 4, 4)


def _counted(key: str, count: int) -> str:
    return say(f"record.{key}" if count > 1 else f"record.{key}_one" if count else f"record.{key}_none", count=f"{count:,}")


def _tables_that_differ(db: Database, today: date) -> list[str]:
    """Builds the tables anew in memory from the log and names those that are not the same."""
    fresh = open_database(None, b"")
    try:
        migrate(fresh)
        copy = Log(fresh, _NoClock(today), _NoIds())
        fresh.execute("PRAGMA foreign_keys=OFF")
        columns = ", ".join(_COLUMNS_OF_THE_LOG)
        fresh.conn.executemany(
            f"INSERT INTO change_set ({columns}) VALUES ({', '.join('?' * len(_COLUMNS_OF_THE_LOG))})",
            db.execute(f"SELECT {columns} FROM change_set ORDER BY n"),
        )
        try:
            copy.rebuild()
        except (PlainMessage, DatabaseError, ValueError, TypeError, KeyError):
            return ["change_set"]  # the log itself cannot be read: the chain says where
        db.execute(_WORDS)
        fresh.execute(_WORDS)
        return [table for table in _COMPARED if _digest(db, table) != _digest(fresh, table)]
    finally:
        fresh.close()


def _digest(db: Database, table: str) -> str:
    digest = hashlib.sha256()
    places: dict[int, int] = {}
    if table in _BY_PLACE:
        places = {n: place for place, (n,) in enumerate(db.execute("SELECT n FROM observation ORDER BY n"), start=1)}
    for row in db.execute(_COMPARED[table]):
        told = (places.get(row[0], -row[0]), *row[1:]) if places else row
        digest.update(json.dumps(told, ensure_ascii=False).encode())
    return digest.hexdigest()


class _NoIds:
    def new(self) -> str:
        raise AssertionError("a rebuild makes no ids")


class _NoClock:
    def __init__(self, today: date) -> None:
        self._today = today

    def now(self) -> datetime:
        raise AssertionError("a rebuild asks for no time")

    def today(self) -> date:
        return self._today
