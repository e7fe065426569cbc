"""A teacher notes what happened."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sencoapp.domain.people import Area, Pupil
from sencoapp.domain.plan import Observation, ObservationKind, Outcome
from sencoapp.domain.record import New, Remove, Restore, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.confidential import check_readers
from sencoapp.services.ports import Session

DRAFT = "observation"


def record_observation(
    session: Session,
    *,
    pupils: Sequence[str],
    text: str,
    kind: ObservationKind = "note",
    area: Area | None = None,
    happened_on: date | None = None,
    setting: str | None = None,
    outcome: str | None = None,
    corrects: str | None = None,
    confidential: bool = False,
    readers: Sequence[str] = (),
) -> tuple[list[str], Saved]:
    """One note about one or several pupils; returns the ids of the notes and what was saved.

    ``happened_on`` is today where it is not given; the time of writing is kept beside it.
    A confidential note is read by its author, those who read everything, and the ``readers`` that it names.
    Raises ``Refusal``: ``enter_a_pupil``, ``enter_what_happened``, ``happened_in_the_future``, ``no_longer_there``.
    """
    if not pupils:
        raise Refusal("enter_a_pupil", field="pupil")
    words = filled(text)
    if words is None:
        raise Refusal("enter_what_happened", field="text")
    day = happened_on or session.clock.today()
    if day > session.clock.today():
        raise Refusal("happened_in_the_future", field="happened_on")
    for pupil in pupils:
        must_get(session.record, Pupil, pupil)
    if corrects is not None and [must_get(session.record, Observation, corrects).pupil] != list(dict.fromkeys(pupils)):
        raise Refusal("evidence_is_of_another_pupil")
    if outcome is not None and [must_get(session.record, Outcome, outcome).pupil] != list(dict.fromkeys(pupils)):
        raise Refusal("plan_is_of_another_pupil")
    check_readers(session.record, readers)
    notes = [
        Observation(
            id=session.ids.new(),
            pupil=pupil,
            text=words,
            kind=kind,
            happened_on=day,
            noted_at=session.clock.now(),
            author=session.actor.id,
            author_name=session.actor.name,
            area=area,
            setting=filled(setting),
            outcome=outcome,
            corrects=corrects,
            confidential=confidential,
            readers=tuple(readers) if confidential else (),
        )
        for pupil in dict.fromkeys(pupils)
    ]
    saved = session.record.save([New(each) for each in notes], action="observe", actor=session.actor)
    return [each.id for each in notes], saved


def remove_observations(session: Session, notes: Sequence[str]) -> Saved:
    """Hides notes; ``bring_back_observations`` shows them again."""
    return session.record.save([Remove(Observation, each) for each in notes], action="remove_observation", actor=session.actor)


def bring_back_observations(session: Session, notes: Sequence[str]) -> Saved:
    return session.record.save([Restore(Observation, each) for each in notes], action="bring_back_observation", actor=session.actor)


def keep_draft(session: Session, content: Mapping[str, Any]) -> None:
    """Keeps what is being typed, encrypted, until it is saved or thrown away. Survives a killed process."""
    session.record.keep_draft(DRAFT, content)


def draft(session: Session) -> Mapping[str, Any] | None:
    """What was being typed when the program last stopped."""
    return session.record.draft(DRAFT)


def drop_draft(session: Session) -> None:
    session.record.drop_draft(DRAFT)
