"""Confidential notes, documents and views: who reads them, and reading one, which is noted in the audit trail."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.people import StaffMember
from sencoapp.domain.plan import Observation, View
from sencoapp.domain.record import Amend, Saved, kind_name
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

E = TypeVar("E", Observation, Document, View)
S = TypeVar("S", Observation, View)


def read_confidential(session: Session, kind: type[E], id: str) -> E:
    """A note, document or view with its text; for a confidential one the trail notes that this person read it.

    Raises ``Refusal("no_longer_there")``, also for what this person may not see.
    """
    found = must_get(session.record, kind, id)
    note_reading(session, found)
    return found


def is_confidential(thing: Any) -> bool:
    """Whether only its readers read it."""
    return bool(getattr(thing, "confidential", False))


def note_reading(session: Session, thing: Any) -> None:
    """What shows the words of a thing calls this: for a confidential one the trail notes that this person read it."""
    if is_confidential(thing):
        session.record.note("viewed_confidential", actor=session.actor, pupil=thing.pupil, thing=kind_name(type(thing)), id=thing.id)


def look_at(session: Session, kind: type[S], id: str) -> S:
    """A note or a view as a list or a page shows it. Raises ``Refusal("no_longer_there")``, also for what this person may not see."""
    return as_listed(must_get(session.record, kind, id))


def as_listed(thing: S) -> S:
    """That a confidential note or view is there, without what was said, by whom, and where."""
    if not thing.confidential:
        return thing
    if isinstance(thing, Observation):
        return replace(thing, text="", setting=None)
    return replace(thing, text=None, absent_because=None, said_by=None, method=None, helped_by=None)


def set_readers(session: Session, kind: type[Observation | Document | View], id: str, readers: Sequence[str] | None) -> Saved:
    """Makes a thing confidential for these members of staff beside those who read everything; None takes that back.

    A note and its files go together, whichever of them it is asked of.
    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``, ``reader_not_known``.
    """
    must_be_allowed(session, "mark_confidential")
    found = must_get(session.record, kind, id)
    note = id if kind is Observation else getattr(found, "observation", None)
    things: list[tuple[type, str]] = [(kind, id)]
    if note:
        things = [(Observation, note), *((Document, each.id) for each in session.record.find(Document, observation=note))]
    values = {"confidential": readers is not None, "readers": tuple(dict.fromkeys(readers or ()))}
    check_readers(session.record, readers or ())
    return session.record.save([Amend(*each, values) for each in things], action="set_readers", actor=session.actor)


def check_readers(record: Record, readers: Sequence[str]) -> None:
    """Raises ``Refusal("reader_not_known")`` for somebody who does not work here."""
    if any(record.get(StaffMember, each) is None for each in readers):
        raise Refusal("reader_not_known", field="readers")


def share_document(session: Session, document: str, shared: bool) -> Saved:
    """Lets those who teach the pupil read a document, or no longer. A confidential one stays with its readers."""
    must_get(session.record, Document, document)
    return session.record.save([Amend(Document, document, {"shared": shared})], action="share_document", actor=session.actor)


def possible_readers(record: Record) -> list[StaffMember]:
    """Staff who do not read everything anyway, by name."""
    always = reference.permissions().all_confidential
    today_here = (each for each in record.find(StaffMember) if each.role not in always and each.left_on is None)
    return sorted(today_here, key=lambda each: each.name)
