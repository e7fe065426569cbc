"""Pupils, their SEN status, needs and contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.people import Contact, Pupil, SenNeed, SENprovision, SenStatus
from sencoapp.domain.record import Amend, New, Remove, Restore, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.ports import Record, RegisterQuery, RegisterRow, Session


@dataclass(frozen=True)
class PupilPage:
    """What the top of a pupil's page and its overview show."""

    pupil: Pupil
    status: SENprovision
    statuses: tuple[SenStatus, ...]
    needs: tuple[SenNeed, ...]
    contacts: tuple[Contact, ...]
    counts: Mapping[str, int]
    position: int


def pupil_page(record: Record, pupil: str, today: date) -> PupilPage:
    """Everything about the person; the plan, the provision and the requests have their own questions."""
    position = record.position()
    found = must_get(record, Pupil, pupil)
    statuses = statuses_of(record, pupil)
    return PupilPage(
        pupil=found,
        status=current_status(statuses, today),
        statuses=statuses,
        needs=open_needs(record, pupil, today),
        contacts=tuple(sorted(record.find(Contact, pupil=pupil), key=lambda each: each.order)),
        counts=record.chronology_counts(pupil),
        position=position,
    )


def statuses_of(record: Record, pupil: str) -> tuple[SenStatus, ...]:
    """All steps of a pupil's SEN status, oldest first."""
    return tuple(sorted(record.find(SenStatus, pupil=pupil), key=lambda each: each.starts_on))


def current_status(statuses: tuple[SenStatus, ...], today: date) -> SENprovision:
    """The latest status that has started; no status means no SEN."""
    begun = [each for each in statuses if each.starts_on <= today]
    return begun[-1].code if begun else "N"


def open_needs(record: Record, pupil: str, today: date) -> tuple[SenNeed, ...]:
    """Needs that have not ended, primary first."""
    return tuple(
        sorted(
            (each for each in record.find(SenNeed, pupil=pupil) if not each.ends_on or each.ends_on >= today), key=lambda each: each.rank
        )
    )


def find_pupils(record: Record, text: str, limit: int = 8) -> list[RegisterRow]:
    """Pupils on roll whose name or UPN has words that begin so."""
    return record.register(RegisterQuery(text=text), limit=limit)


def add_pupil(session: Session, values: Mapping[str, Any], status: SENprovision = "N") -> tuple[Pupil, Saved]:
    """A pupil entered by hand. Raises ``Refusal("pupil_needs_name")``."""
    if not filled(values.get("legal_surname")) or not filled(values.get("legal_forename")):
        raise Refusal("pupil_needs_name", field="legal_surname")
    pupil = Pupil(**{**values, "id": session.ids.new()})
    began = SenStatus(session.ids.new(), pupil.id, status, session.clock.today())
    return pupil, session.record.save([New(pupil), New(began)], action="add_pupil", actor=session.actor)


def change_pupil(session: Session, shown: Pupil, wanted: Pupil, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on a pupil's form, and only that."""
    if not filled(wanted.legal_surname) or not filled(wanted.legal_forename):
        raise Refusal("pupil_needs_name", field="legal_surname")
    return session.record.save(amended(shown, wanted), action="change_pupil", actor=session.actor, as_of=as_of)


def set_status(
    session: Session, pupil: str, code: SENprovision, starts_on: date, *, reason: str | None = None, parents_told_on: date | None = None
) -> Saved:
    """A further step in the pupil's status; the earlier ones stay.

    Parents are told when special educational provision begins (CFA 2014 s68; Code of Practice 6.48).
    Raises ``Refusal("status_is_that_already")``.
    """
    statuses = statuses_of(session.record, pupil)
    if statuses and current_status(statuses, starts_on) == code:
        raise Refusal("status_is_that_already", field="status", status=reference.codes("SENprovision")[code])
    step = SenStatus(session.ids.new(), pupil, code, starts_on, filled(reason), parents_told_on)
    return session.record.save([New(step)], action="set_status", actor=session.actor)


def take_back_status(session: Session, status: str) -> Saved:
    """Hides a step of the status that was entered by mistake; the history keeps it."""
    return session.record.save([Remove(SenStatus, status)], action="take_back_status", actor=session.actor)


def add_need(
    session: Session, pupil: str, sen_type: str, *, rank: int | None = None, starts_on: date | None = None, description: str | None = None
) -> Saved:
    """A further need. Where no rank is given it comes last. Raises ``Refusal("need_is_there_already")``."""
    present = open_needs(session.record, pupil, session.clock.today())
    if any(each.sen_type == sen_type for each in present):
        raise Refusal("need_is_there_already", field="sen_type", need=reference.codes("SENtype")[sen_type])
    need = SenNeed(
        session.ids.new(), pupil, sen_type, rank or len(present) + 1, starts_on or session.clock.today(), description=filled(description)
    )
    return session.record.save([New(need)], action="add_need", actor=session.actor)


def end_need(session: Session, need: str, ends_on: date) -> Saved:
    """The need no longer stands; it stays in the history."""
    return session.record.save([Amend(SenNeed, need, {"ends_on": ends_on})], action="end_need", actor=session.actor)


def take_up_need(session: Session, need: str) -> Saved:
    """The need stands after all: its end is taken back."""
    return session.record.save([Amend(SenNeed, need, {"ends_on": None})], action="take_up_need", actor=session.actor)


def remove_need(session: Session, need: str) -> Saved:
    """Hides a need that was entered by mistake; the history keeps it."""
    return session.record.save([Remove(SenNeed, need)], action="remove_need", actor=session.actor)


def add_contact(session: Session, pupil: str, values: Mapping[str, Any]) -> Saved:
    """A further contact, last in the order unless one is given. Raises ``Refusal("contact_needs_name")``."""
    if not filled(values.get("surname")):
        raise Refusal("contact_needs_name", field="surname")
    present = session.record.find(Contact, pupil=pupil)
    order = values.get("order") or max((each.order for each in present), default=0) + 1
    contact = Contact(**{**values, "id": session.ids.new(), "pupil": pupil, "order": order})
    return session.record.save([New(contact)], action="add_contact", actor=session.actor)


def change_contact(session: Session, shown: Contact, wanted: Contact, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on a contact's form, and only that. Raises ``Refusal("contact_needs_name")``."""
    if not filled(wanted.surname):
        raise Refusal("contact_needs_name", field="surname")
    return session.record.save(amended(shown, wanted), action="change_contact", actor=session.actor, as_of=as_of)


def remove_contact(session: Session, contact: str) -> Saved:
    """Hides a contact; the history keeps it."""
    return session.record.save([Remove(Contact, contact)], action="remove_contact", actor=session.actor)


def bring_back_contact(session: Session, contact: str) -> Saved:
    """Shows a removed contact again."""
    return session.record.save([Restore(Contact, contact)], action="bring_back_contact", actor=session.actor)
