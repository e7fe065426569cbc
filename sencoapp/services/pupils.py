"""Pupils, their SEN status, needs and contacts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain import identifiers
from sencoapp.domain.casework import Document
from sencoapp.domain.census import CensusWarning, census_warnings
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Contact, Pupil, School, SenNeed, SENprovision, SenStatus
from sencoapp.domain.record import KINDS, REFERENCES, Amend, New, Remove, Saved
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
    special_places: bool = False
    """Whether the school has a SEN unit or resourced provision."""

    @property
    def warnings(self) -> list[CensusWarning]:
        """What the checks of the school census would say; they never block."""
        rules = reference.data("rules", "census.json")["rules"]
        return census_warnings(rules, self.status, self.needs, self.pupil, special_places=self.special_places)


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
        contacts=contacts_of(record, pupil),
        counts=record.chronology_counts(pupil),
        position=position,
        special_places=any(each.special_places for each in record.find(School)),
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


def ended_needs(record: Record, pupil: str, today: date) -> tuple[SenNeed, ...]:
    """Needs that no longer stand, the last to end first."""
    ended = [each for each in record.find(SenNeed, pupil=pupil) if each.ends_on and each.ends_on < today]
    return tuple(sorted(ended, key=lambda each: each.ends_on or today, reverse=True))


def contacts_of(record: Record, pupil: str) -> tuple[Contact, ...]:
    """A pupil's contacts in the order in which the school calls them."""
    return tuple(sorted(record.find(Contact, pupil=pupil), key=lambda each: each.order))


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


def resting_on_pupil(record: Record, pupil: str) -> Mapping[str, int]:
    """How many things of each kind would be hidden with a pupil; steps of a status that everybody has are not counted."""
    kinds = [kind for kind, name, _ in REFERENCES["pupil"] if name == "pupil" and kind != "sen_status"]
    counts = {kind: record.count(KINDS[kind], pupil=pupil) for kind in kinds}
    return {kind: count for kind, count in counts.items() if count}


def remove_pupil(session: Session, pupil: str) -> Saved:
    """Hides a pupil who was entered by mistake, and with them all that is theirs; undoing it brings all of it back."""
    must_get(session.record, Pupil, pupil)
    return session.record.save([Remove(Pupil, pupil)], action="remove_pupil", actor=session.actor)


def change_pupil(session: Session, shown: Pupil, wanted: Pupil, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on a pupil's form, and only that."""
    if not filled(wanted.legal_surname) or not filled(wanted.legal_forename):
        raise Refusal("pupil_needs_name", field="legal_surname")
    return session.record.save(amended(shown, wanted), action="change_pupil", actor=session.actor, as_of=as_of)


def change_numbers(
    session: Session, shown: Pupil, *, upn: str | None, uln: str | None, upn_unknown: str | None, as_of: int | None = None
) -> Saved:
    """A pupil's UPN and ULN, or why there is no UPN. A wrong check letter is no reason to refuse: old registers hold such numbers.

    Raises ``Refusal``: ``upn_form_is_wrong``, ``upn_is_of_another``, ``uln_is_wrong``, ``no_such_code``.
    """
    number, learner = identifiers.tidy_upn(upn or "") or None, identifiers.tidy_uln(uln or "") or None
    if number and not identifiers.upn_form_is_right(number):
        raise Refusal("upn_form_is_wrong", field="upn", typed=upn)
    others = [each for each in session.record.find(Pupil, upn=number) if each.id != shown.id] if number else []
    if others:
        raise Refusal("upn_is_of_another", field="upn", name=others[0].name)
    if learner and learner != shown.uln and not identifiers.uln_is_right(learner):
        raise Refusal("uln_is_wrong", field="uln", typed=uln)
    reason = None if number else filled(upn_unknown)
    if reason and reason not in reference.codes("UPNunknown"):
        raise Refusal("no_such_code", field="upn_unknown", code=reason)
    return change_pupil(session, shown, replace(shown, upn=number, uln=learner, upn_unknown=reason), as_of=as_of)


def set_status(
    session: Session, pupil: str, code: SENprovision, starts_on: date, *, reason: str | None = None, parents_told_on: date | None = None
) -> Saved:
    """A further step in the pupil's status, now or back-dated; the others stay.

    Parents are told when special educational provision begins (CFA 2014 s68; Code of Practice 6.48).
    Raises ``Refusal``: ``status_is_that_already``, ``status_follows_already``, ``status_on_that_day``.
    """
    step = SenStatus(session.ids.new(), pupil, code, starts_on, filled(reason), parents_told_on)
    _check_step(statuses_of(session.record, pupil), step)
    return session.record.save([New(step)], action="set_status", actor=session.actor)


def change_status(session: Session, shown: SenStatus, wanted: SenStatus, *, as_of: int | None = None) -> Saved:
    """Corrects a step: its day, its reason, when the parents were told. Raises the ``Refusal`` of ``set_status``."""
    others = tuple(each for each in statuses_of(session.record, shown.pupil) if each.id != shown.id)
    if (shown.code, shown.starts_on) != (wanted.code, wanted.starts_on):
        _check_step(others, wanted)
    edits = amended(shown, replace(wanted, reason=filled(wanted.reason)))
    return session.record.save(edits, action="change_status", actor=session.actor, as_of=as_of)


def _check_step(others: tuple[SenStatus, ...], step: SenStatus) -> None:
    """A step says something new on its day, and the step after it still does."""
    status = reference.codes("SENprovision")[step.code]
    before = [each for each in others if each.starts_on < step.starts_on]
    after = [each for each in others if each.starts_on > step.starts_on]
    if len(before) + len(after) < len(others):
        raise Refusal("status_on_that_day", field="starts_on", day=full_date(step.starts_on))
    if before and before[-1].code == step.code:
        raise Refusal("status_is_that_already", field="status", status=status)
    if after and after[0].code == step.code:
        raise Refusal("status_follows_already", field="starts_on", status=status, day=full_date(after[0].starts_on))


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


def change_need(session: Session, shown: SenNeed, wanted: SenNeed, *, as_of: int | None = None) -> Saved:
    """Corrects a need: its type, its rank, its days, its words.

    Raises ``Refusal``: ``need_is_there_already``, ``ends_before_it_starts``.
    """
    others = [each for each in open_needs(session.record, shown.pupil, session.clock.today()) if each.id != shown.id]
    if wanted.sen_type != shown.sen_type and any(each.sen_type == wanted.sen_type for each in others):
        raise Refusal("need_is_there_already", field="sen_type", need=reference.codes("SENtype")[wanted.sen_type])
    if wanted.starts_on and wanted.ends_on and wanted.ends_on < wanted.starts_on:
        raise Refusal("ends_before_it_starts", field="ends_on")
    edits = amended(shown, replace(wanted, description=filled(wanted.description)))
    return session.record.save(edits, action="change_need", actor=session.actor, as_of=as_of)


def end_need(session: Session, need: str, ends_on: date) -> Saved:
    """The need no longer stands; it stays in the history."""
    return session.record.save([Amend(SenNeed, need, {"ends_on": ends_on})], action="end_need", actor=session.actor)


def remove_need(session: Session, need: str) -> Saved:
    """Hides a need that was entered by mistake; the history keeps it."""
    return session.record.save([Remove(SenNeed, need)], action="remove_need", actor=session.actor)


def add_contact(session: Session, pupil: str, values: Mapping[str, Any]) -> Saved:
    """A further contact, last in the order unless one is given. Raises the ``Refusal`` of ``change_contact``."""
    present = session.record.find(Contact, pupil=pupil)
    order = values.get("order") or max((each.order for each in present), default=0) + 1
    contact = Contact(**{"surname": "", **values, "id": session.ids.new(), "pupil": pupil, "order": order})
    _check_contact(session.record, contact)
    return session.record.save([New(contact)], action="add_contact", actor=session.actor)


def change_contact(session: Session, shown: Contact, wanted: Contact, *, as_of: int | None = None) -> Saved:
    """Saves what was changed on a contact's form, and only that.

    Raises ``Refusal``: ``contact_needs_name``, ``basis_without_responsibility``, ``evidence_is_of_another_pupil``.
    """
    _check_contact(session.record, wanted)
    return session.record.save(amended(shown, wanted), action="change_contact", actor=session.actor, as_of=as_of)


def _check_contact(record: Record, contact: Contact) -> None:
    if not filled(contact.surname):
        raise Refusal("contact_needs_name", field="surname")
    if contact.responsibility_basis and not contact.parental_responsibility:
        raise Refusal("basis_without_responsibility", field="parental_responsibility")
    check_document(record, contact.pupil, contact.order_document, field="order_document")


def check_document(record: Record, pupil: str, document: str | None, *, field: str) -> None:
    """Raises ``Refusal("evidence_is_of_another_pupil")`` for a document that is not this pupil's."""
    found = record.get(Document, document) if document else None
    if document and (found is None or found.pupil != pupil):
        raise Refusal("evidence_is_of_another_pupil", field=field)


def remove_contact(session: Session, contact: str) -> Saved:
    """Hides a contact; the history keeps it."""
    return session.record.save([Remove(Contact, contact)], action="remove_contact", actor=session.actor)
