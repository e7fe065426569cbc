"""Numbered steps in plain SQL, and the one function that takes a database through them."""

from pathlib import Path

from sencoapp.domain.refusals import Fault
from sencoapp.storage.engine import Database, one_transaction

FOLDER = Path(__file__).parent


def steps() -> list[tuple[int, str]]:
    """Every migration: its number and its SQL, in order."""
    files = sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql"))
    return [(int(file.name[:4]), file.read_text("utf-8")) for file in files]


def version_of(db: Database) -> int:
    """The number of the last migration that this database has been through."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def newest() -> int:
    return steps()[-1][0]


def migrate(db: Database, up_to: int | None = None) -> int:
    """Takes the database to the newest version; returns how many steps that took.

    Each step is one transaction together with its number, so a killed process leaves a whole version behind.
    Raises ``Fault("record_is_newer")`` for a database from a newer program, which is not touched, and
    ``Fault("upgrade_did_not_hold")`` where a step would leave something without what it belongs to; that step is not taken.
    """
    present, target = version_of(db), up_to or newest()
    if present > newest():
        raise Fault("record_is_newer")
    taken = 0
    for number, sql in steps():
        if present < number <= target:
            with one_transaction(db):
                if version_of(db) >= number:  # another program was quicker
                    continue
                for statement in statements(sql):
                    db.conn.execute(statement)
                if db.execute("PRAGMA foreign_key_check").fetchone() is not None:
                    raise Fault("upgrade_did_not_hold", number=number)
                db.conn.execute(f"PRAGMA user_version = {number:d}")
            taken += 1
    return taken


def statements(sql: str) -> list[str]:
    """The statements of a script, one by one. ``executescript`` would commit behind our back."""
    import sqlite3

    done, buffer = [], ""
    for line in sql.splitlines(keepends=True):
        buffer += line
        if sqlite3.complete_statement(buffer):
            done.append(buffer.strip())
            buffer = ""
    return done
