"""One way to the database for both engines: SQLite in one process, or PostgreSQL by its URL."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from sencoapp.council import tables
from sencoapp.domain.refusals import Fault

_SQLITE_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "secure_delete=ON")


class Database:
    """Opens the database and makes its tables. Raises ``Fault("gateway_database_is_newer")``."""

    def __init__(self, url: str) -> None:
        self._sqlite = url.startswith("sqlite")
        # One writer at a time: without it SQLite's own waiting costs two thirds of the writes (sync.md 5).
        self._writing: contextlib.AbstractContextManager[Any] = threading.Lock() if self._sqlite else contextlib.nullcontext()
        if self._sqlite:
            _make_private(Path(sa.make_url(url).database or ""))
        self._engine = sa.create_engine(url, pool_size=10, max_overflow=40, pool_pre_ping=not self._sqlite, hide_parameters=True)
        if self._sqlite:
            sa.event.listen(self._engine, "connect", _prepare_sqlite)
            sa.event.listen(self._engine, "begin", _begin_sqlite)
        self._make_tables()

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction: all of it is kept, or none. On return it is on the disk."""
        with self._writing, self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        self._engine.dispose()

    def _make_tables(self) -> None:
        with self.writing() as connection:
            tables.everything.create_all(connection)
            kept = note(connection, "version")
            if kept is None:
                set_note(connection, "version", str(tables.VERSION))
            elif int(kept) > tables.VERSION:
                raise Fault("gateway_database_is_newer")


def note(connection: sa.Connection, name: str, *, for_update: bool = False) -> str | None:
    """One of the few single values that the gateway keeps, locked against other writers where it will change."""
    asked = sa.select(tables.note.c.value).where(tables.note.c.name == name)
    return connection.execute(asked.with_for_update() if for_update else asked).scalar()


def set_note(connection: sa.Connection, name: str, value: str) -> None:
    changed = connection.execute(sa.update(tables.note).where(tables.note.c.name == name).values(value=value))
    if not changed.rowcount:
        connection.execute(sa.insert(tables.note).values(name=name, value=value))


def _make_private(path: Path) -> None:
    """The file is there, and only its owner's, before anything is written; SQLite gives its helpers the same rights."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    path.chmod(0o600)


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for each in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {each}")


def _begin_sqlite(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
