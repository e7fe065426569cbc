"""What the SENCO was told of: it stands in their Today until somebody acknowledges it, and the note stays as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation, Outcome, ToldSenco
from sencoapp.domain.record import Amend, Saved
from sencoapp.services import plans
from sencoapp.services.changes import must_get
from sencoapp.services.confidential import read_confidential
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Record, Session


@dataclass(frozen=True)
class Concern:
    """A note that the SENCO was told of, with the pupil it is about."""

    told: ToldSenco
    note: Observation
    pupil: Pupil


def open_concerns(session: Session) -> list[Concern]:
    """Those that nobody has acknowledged, oldest first; none for who cannot acknowledge one. A removed note is left out."""
    if not may_save(session.actor, ToldSenco, "change"):
        return []
    record = session.record
    found = []
    for told in sorted(record.find(ToldSenco, acknowledged_at=None), key=lambda each: (each.told_at, each.id)):
        note, pupil = record.get(Observation, told.observation), record.get(Pupil, told.pupil)
        if note is not None and pupil is not None:
            found.append(Concern(told, note, pupil))
    return found


def read_concern(session: Session, told: str) -> Concern:
    """One with all its words. Reading a confidential note is noted. Raises ``Refusal("no_longer_there")``."""
    found = must_get(session.record, ToldSenco, told)
    return Concern(found, read_confidential(session, Observation, found.observation), must_get(session.record, Pupil, found.pupil))


def acknowledge(session: Session, told: str) -> Saved:
    """Takes it out of Today: who acknowledged it and when is kept, and the note is not touched.

    Raises ``Refusal``: ``no_longer_there``, ``not_for_your_role``.
    """
    must_get(session.record, ToldSenco, told)
    values = {
        "acknowledged_at": session.clock.now(),
        "acknowledged_by": session.actor.id,
        "acknowledged_by_name": session.actor.name,
    }
    return session.record.save([Amend(ToldSenco, told, values)], action="acknowledge", actor=session.actor)


def outcomes_now(record: Record, pupil: str) -> Sequence[Outcome]:
    """The outcomes of the pupil's open plan, which a note can be linked to, in their order."""
    cycle = next((each for each in plans.cycles_of(record, pupil) if each.closed_on is None), None)
    return sorted(record.find(Outcome, cycle=cycle.id), key=lambda each: each.number) if cycle else ()
