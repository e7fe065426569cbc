"""Opens the encrypted database, and tells faults of the world from bugs of ours.

sqlite-utils must meet sqlcipher3 under the name ``pysqlite3`` before it is first imported; then it catches the
errors that sqlcipher3 raises (stack.md 10, sync.md 4). Import sqlite-utils only through this module.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

sqlcipher: Any = importlib.import_module("sqlcipher3.dbapi2")

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher)

import sqlite_utils  # noqa: E402  (the alias above must come first)

from sencoapp.disk import os_fault  # noqa: E402
from sencoapp.domain.refusals import Fault, Refusal  # noqa: E402

Database = sqlite_utils.Database
DatabaseError = sqlcipher.DatabaseError

BUSY_SECONDS = 10
CACHE_KIB = 16 * 1024
CHECKPOINT_PAGES = 4000
# With recursive triggers a REPLACE is refused where a DELETE would be.
_SETTINGS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "recursive_triggers=ON",
    "secure_delete=FAST",
    "temp_store=MEMORY",
    f"cache_size=-{CACHE_KIB}",
)


def open_database(path: Path | None, key: bytes) -> Database:
    """An open database, or one in memory where there is no path. Raises ``Fault`` for a wrong key or a damaged file."""
    with faults_of_the_world():
        connection = sqlcipher.connect(str(path) if path else ":memory:", timeout=BUSY_SECONDS, isolation_level=None)
        if path:
            connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_log_level=NONE")
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if path:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        except BaseException:
            connection.close()
            raise
    return Database(connection, execute_plugins=False)


@contextmanager
def one_transaction(db: Database) -> Iterator[None]:
    """All of it or none. Takes the write lock at once, so that nobody's save fails half-way for being second."""
    with faults_of_the_world():
        if _is_inside(db):
            yield
            return
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.execute("COMMIT")
        except BaseException:
            if _is_inside(db):
                db.conn.execute("ROLLBACK")
            raise


def _is_inside(db: Database) -> bool:
    return bool(db.conn.in_transaction)


_PLAIN = (
    ("database or disk is full", "disk_full"),
    ("disk i/o error", "disk_trouble"),
    ("readonly database", "disk_read_only"),
    ("unable to open database", "record_cannot_be_opened"),
    ("database is locked", "record_is_busy"),
    ("file is not a database", "record_damaged"),
    ("malformed", "record_damaged"),
    ("vtable constructor failed", "record_damaged"),
)

_FULL = frozenset({"SQLITE_IOERR_SHMSIZE"})
"""What SQLite calls an I/O error, and is a full disk: the shared index of the write-ahead file found no room."""


@contextmanager
def faults_of_the_world() -> Iterator[None]:
    """Turns what the disk does into a ``Fault``, and what a trigger forbids into a ``Refusal``. All else passes as a bug."""
    try:
        yield
    except sqlcipher.IntegrityError as error:
        said = str(error)
        if said.startswith("senco:"):
            raise Refusal(said.removeprefix("senco:")) from error
        if said == "FOREIGN KEY constraint failed":
            raise Refusal("no_longer_there") from error
        raise
    except (sqlcipher.DatabaseError, MemoryError) as error:
        said = str(error).lower()
        if getattr(error, "sqlite_errorname", "") in _FULL:
            raise Fault("disk_full") from error
        for sign, key in _PLAIN:
            if sign in said:
                raise Fault(key) from error
        raise
    except OSError as error:
        fault = os_fault(error)
        if fault is None:
            raise
        raise fault from error
