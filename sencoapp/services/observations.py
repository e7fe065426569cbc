"""A teacher notes what happened."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Area, Pupil
from sencoapp.domain.plan import Observation, ObservationKind, Outcome, Rating, ToldSenco
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.confidential import check_readers
from sencoapp.services.note_files import NoteFile, documents_for, files_of
from sencoapp.services.ports import Session

DRAFT = "observation"


def record_observation(
    session: Session,
    *,
    pupils: Sequence[str],
    text: str = "",
    antecedent: str | None = None,
    behaviour: str | None = None,
    consequence: str | None = None,
    kind: ObservationKind = "note",
    area: Area | None = None,
    happened_on: date | None = None,
    setting: str | None = None,
    lesson: str | None = None,
    outcome: str | None = None,
    outcome_rating: Rating | None = None,
    tell_senco: bool = False,
    corrects: str | None = None,
    confidential: bool = False,
    readers: Sequence[str] = (),
    files: Sequence[NoteFile] = (),
) -> tuple[list[str], Saved]:
    """One note about one or several pupils; returns the ids of the notes and what was saved.

    ``happened_on`` is today where it is not given; the time of writing is kept beside it.
    ``antecedent``, ``behaviour`` and ``consequence`` (A-B-C) are kept as they are and stand below the words of ``text``.
    ``outcome_rating`` goes with an ``outcome`` only. With ``tell_senco`` it stands in the SENCO's Today until acknowledged.
    A confidential note is read by its author, those who read everything, and the ``readers`` that it names; so are its ``files``.
    Raises ``Refusal``: ``enter_a_pupil``, ``enter_what_happened``, ``happened_in_the_future``, ``no_longer_there``.
    """
    if not pupils:
        raise Refusal("enter_a_pupil", field="pupil")
    parts = {"antecedent": filled(antecedent), "behaviour": filled(behaviour), "consequence": filled(consequence)}
    said = [filled(text), *(reference.say(f"notes.said_{name}", words=words) for name, words in parts.items() if words)]
    words = filled("\n".join(filter(None, said)))
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
            lesson=filled(lesson),
            antecedent=parts["antecedent"],
            behaviour=parts["behaviour"],
            consequence=parts["consequence"],
            outcome=outcome,
            outcome_rating=outcome_rating if outcome else None,
            corrects=corrects,
            confidential=confidential,
            readers=tuple(readers) if confidential else (),
        )
        for pupil in dict.fromkeys(pupils)
    ]
    told = [_told(session, each) for each in notes] if tell_senco else []
    papers = [paper for each in notes for paper in documents_for(session, each, files)]
    saved = session.record.save([New(each) for each in (*notes, *told, *papers)], action="observe", actor=session.actor)
    return [each.id for each in notes], saved


def _told(session: Session, note: Observation) -> ToldSenco:
    return ToldSenco(session.ids.new(), note.pupil, note.id, note.noted_at, note.author, note.author_name)


def remove_observations(session: Session, notes: Sequence[str]) -> Saved:
    """Hides notes with their files; undoing shows them again."""
    papers = [Remove(Document, paper.id) for each in notes for paper in files_of(session.record, each)]
    return session.record.save([*(Remove(Observation, each) for each in notes), *papers], action="remove_observation", actor=session.actor)


def keep_draft(session: Session, content: Mapping[str, Any]) -> None:
    """Keeps what is being typed, encrypted, until it is saved or thrown away. Survives a killed process."""
    session.record.keep_draft(DRAFT, content)


def draft(session: Session) -> Mapping[str, Any] | None:
    """What was being typed when the program last stopped."""
    return session.record.draft(DRAFT)


def drop_draft(session: Session) -> None:
    session.record.drop_draft(DRAFT)
