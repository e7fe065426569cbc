"""What the council does with a submission, and the events by which its school learns of it.

A submission goes from received by way of checking, or of a question to the school, to decided, and no further. Events
are numbered densely per school under a lock, so that a laptop which asks for what came after a number misses nothing.
"""

from datetime import UTC, datetime

import sqlalchemy as sa

from sencoapp.api.messages import EVENTS_PER_PAGE, Decision, EventKind, Status
from sencoapp.council import audit, tables
from sencoapp.council.accounts import Person
from sencoapp.council.database import Database
from sencoapp.council.problems import Problem

NEXT: dict[Status, tuple[Status, ...]] = {
    "received": ("checking", "information_requested", "decided"),
    "checking": ("information_requested", "decided"),
    "information_requested": ("checking", "information_requested", "decided"),
    "decided": (),
}
"""Where a submission may go from each status."""


class NotFromHere(Exception):
    """The submission has moved on: this step cannot be taken from its status. Nothing was recorded."""


def check_has_begun(database: Database, officer: Person, submission: str, source: str) -> None:
    """Records that the council is looking at it. Raises ``NotFromHere``."""
    _record(database, officer, submission, "status_changed", "checking", source=source)


def ask_for_information(database: Database, officer: Person, submission: str, text: str, source: str) -> None:
    """Asks the school for something. The statutory clock goes on. Raises ``NotFromHere``."""
    _record(database, officer, submission, "information_requested", "information_requested", text=text, source=source)


def decide(database: Database, officer: Person, submission: str, decision: Decision, reasons: str, source: str) -> None:
    """Records the decision under CFA 2014 s36(3) and its reasons (reg 5). Once. Raises ``NotFromHere``."""
    _record(database, officer, submission, "decision_issued", "decided", decision=decision, text=reasons, source=source)


def write(database: Database, officer: Person, submission: str, text: str, source: str) -> None:
    """Writes to the school; the status stays as it is."""
    _record(database, officer, submission, "message", None, text=text, source=source)


def events_after(database: Database, school: str, after: int) -> tuple[list[sa.RowMapping], bool]:
    """The school's events with a number above ``after``, in order, a page of them, and whether there are more."""
    event = tables.event
    asked = sa.select(event).where(event.c.school == school, event.c.seq > after).order_by(event.c.seq).limit(EVENTS_PER_PAGE + 1)
    with database.reading() as connection:
        found = list(connection.execute(asked).mappings())
    return found[:EVENTS_PER_PAGE], len(found) > EVENTS_PER_PAGE


def events_of(database: Database, submission: str) -> list[sa.RowMapping]:
    """What was recorded about one submission, oldest first, with the officer's name."""
    event, person = tables.event, tables.person
    asked = sa.select(event, person.c.name.label("officer")).join(person).where(event.c.submission == submission).order_by(event.c.seq)
    with database.reading() as connection:
        return list(connection.execute(asked).mappings())


def acknowledge(database: Database, school: str, through: int) -> int:
    """Notes up to which event the school has taken in; it never goes back. Raises 422 for one that is not there."""
    table = tables.school
    with database.writing() as connection:
        found = connection.execute(sa.select(table).where(table.c.id == school).with_for_update()).mappings().one()
        if through > found["events_head"]:
            raise Problem(422, "no_such_event", pointer="/through")
        acked = max(through, int(found["events_acked"]))
        connection.execute(sa.update(table).where(table.c.id == school).values(events_acked=acked))
    return acked


def _record(
    database: Database,
    officer: Person,
    id: str,
    kind: EventKind,
    status: Status | None,
    *,
    source: str,
    decision: Decision | None = None,
    text: str | None = None,
) -> None:
    submission, school = tables.submission, tables.school
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with database.writing() as connection:
        found = connection.execute(sa.select(submission).where(submission.c.id == id).with_for_update()).mappings().one()
        if status is not None and status not in NEXT[found["status"]]:
            raise NotFromHere
        head = connection.execute(sa.select(school.c.events_head).where(school.c.id == found["school"]).with_for_update()).scalar_one()
        event = {"seq": head + 1, "kind": kind, "status": status, "decision": decision, "text": text, "by": officer.id, "at": at}
        connection.execute(sa.insert(tables.event).values(school=found["school"], submission=id, **event))
        connection.execute(sa.update(school).where(school.c.id == found["school"]).values(events_head=head + 1))
        changed = {"status": status} if status else {}
        decided = {"decision": decision, "decided_at": at} if decision else {}
        if changed:
            connection.execute(sa.update(submission).where(submission.c.id == id).values(**changed, **decided))
        audit.record(connection, who=officer.id, action=kind, what=id, source=source)
