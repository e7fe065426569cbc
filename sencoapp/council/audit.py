"""Who did what, when and from where: append-only, chained by hash, without any content (sync.md 5).

Each entry's hash covers the one before it, so that an entry cannot be altered, taken out or put in unnoticed.
"""

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa

from sencoapp.api.messages import canonical
from sencoapp.council.database import note, set_note
from sencoapp.council.tables import audit

FIRST = "0" * 64
_HEAD = "audit head"
_FIELDS = ("seq", "at", "who", "action", "what", "result", "source")


def begin(connection: sa.Connection) -> None:
    """Puts the head of the chain where later entries lock it."""
    if note(connection, _HEAD) is None:
        set_note(connection, _HEAD, f"0 {FIRST}")


def record(connection: sa.Connection, *, who: str, action: str, what: str = "", result: str = "done", source: str = "") -> None:
    """Adds an entry within the transaction of the thing itself. ``who`` is the id of an account, ``what`` the id of an object."""
    head = note(connection, _HEAD, for_update=True) or f"0 {FIRST}"
    seq, _, before = head.partition(" ")
    entry = {
        "seq": int(seq) + 1,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who,
        "action": action,
        "what": what,
        "result": result,
        "source": source,
    }
    digest = _hash(before, entry)
    connection.execute(sa.insert(audit).values(**entry, hash=digest))
    set_note(connection, _HEAD, f"{entry['seq']} {digest}")


def verify(connection: sa.Connection) -> tuple[int, int | None]:
    """How many entries there are, and the number of the first that does not fit, or None where all do."""
    before, expected = FIRST, 1
    for row in connection.execute(sa.select(audit).order_by(audit.c.seq)).mappings():
        entry = {name: row[name] for name in _FIELDS}
        if row["seq"] != expected or row["hash"] != _hash(before, entry):
            return expected - 1, expected
        before, expected = row["hash"], expected + 1
    if (note(connection, _HEAD) or f"0 {FIRST}") != f"{expected - 1} {before}":
        return expected - 1, expected  # the last entries are missing
    return expected - 1, None


def _hash(before: str, entry: dict[str, object]) -> str:
    return hashlib.sha256(before.encode() + canonical(entry)).hexdigest()
