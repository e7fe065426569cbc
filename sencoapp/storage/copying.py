"""Copies of the database: proved page by page, because SQLCipher would pass a damaged one on as if it were sound."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sencoapp.domain.refusals import Fault
from sencoapp.storage.engine import Database, faults_of_the_world, one_transaction, open_database
from sencoapp.storage.whole_files import private_file

LEAST_FREE_BYTES = 1 << 20
"""With less room than this, an I/O error while copying is taken for a full disk."""


@contextmanager
def held_still(db: Database, path: Path, copy: Path, key: bytes) -> Iterator[Path]:
    """A file with the whole database in it, every page proved: its own at ``path``, to which nothing is written meanwhile.

    Where another connection is reading it is a ``copy``, which takes several times as long and is gone afterwards. Raises
    ``Fault("record_damaged")``.
    """
    with faults_of_the_world():
        if all_in_the_file(db):
            version = _data_version(db)
            with one_transaction(db):
                if version == _data_version(db):  # nobody was quicker
                    must_be_sealed(db)
                    yield path
                    return
    copy_database(db, copy, key)
    try:
        yield copy
    finally:
        copy.unlink(missing_ok=True)


def _data_version(db: Database) -> int:
    """Another number after another connection has written."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def all_in_the_file(db: Database) -> bool:
    """Moves what was written ahead into the database's own file; False where another connection's reading keeps it from that."""
    _busy, ahead, moved = db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return bool(ahead == moved)


def must_be_sealed(db: Database) -> None:
    """Raises ``Fault("record_damaged")`` where a page of the file is not what was written. What was written ahead is not looked at."""
    if db.execute("PRAGMA cipher_integrity_check").fetchall():
        raise Fault("record_damaged")


def is_sound(db: Database) -> bool:
    """Whether the pages of a database fit together. Quicker than ``verify``, which proves much more."""
    return [row[0] for row in db.execute("PRAGMA quick_check").fetchall()] == ["ok"]


def copy_database(db: Database, path: Path, key: bytes) -> None:
    """One encrypted file with all that is in the database and in its write-ahead file. Nothing is left where it fails.

    Raises ``Fault("record_damaged")``: SQLCipher hands a page whose seal is broken on as an empty one, sealed anew, and a copy
    of a damaged record would look sound from outside.
    """
    with faults_of_the_world():
        if all_in_the_file(db):
            must_be_sealed(db)
        beside = [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm", "-journal")]
        for each in beside:
            each.unlink(missing_ok=True)
        private_file(path)
        try:
            copy = open_database(path, key)
            try:
                db.conn.backup(copy.conn)
                if not is_sound(copy):
                    raise Fault("record_damaged")
                copy.execute("PRAGMA journal_mode=DELETE")
            finally:
                copy.close()
        except BaseException as error:
            full = shutil.disk_usage(path.parent).free < LEAST_FREE_BYTES
            for each in beside:
                each.unlink(missing_ok=True)
            if full and "disk i/o error" in f"{error} {error.__cause__}".lower():  # so SQLite's backup calls a full disk
                raise Fault("disk_full") from error
            raise
