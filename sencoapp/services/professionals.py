"""Professionals and services: who helps a pupil, since when, what they recommend, whether it is in use and what it changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.professionals import InUse, Involvement, InvolvementReport, Professional, Recommendation
from sencoapp.domain.record import New, Remove, Saved, kind_name
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.words import folded
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.ports import Record, Session
from sencoapp.services.pupils import check_document

Thing = Involvement | InvolvementReport | Recommendation


@dataclass(frozen=True)
class Help:
    """One involvement with all that came of it."""

    involvement: Involvement
    professional: Professional
    reports: tuple[tuple[InvolvementReport, Document], ...]
    recommendations: tuple[Recommendation, ...]


def professionals(record: Record) -> list[Professional]:
    """Everyone the school works with, by name."""
    return sorted(record.find(Professional), key=lambda each: (folded(each.title), each.id))


def help_for(record: Record, pupil: str, today: date) -> list[Help]:
    """Who helps a pupil: those who still do first, each group the newest first."""
    people = {each.id: each for each in record.find(Professional)}
    papers = {each.id: each for each in record.find(Document, pupil=pupil)}
    links, advice = record.find(InvolvementReport, pupil=pupil), record.find(Recommendation, pupil=pupil)
    found = [
        Help(
            involvement=each,
            professional=people[each.professional],
            reports=tuple((link, papers[link.document]) for link in links if link.involvement == each.id and link.document in papers),
            recommendations=tuple(given for given in advice if given.involvement == each.id),
        )
        for each in record.find(Involvement, pupil=pupil)
        if each.professional in people
    ]
    newest_first = sorted(found, key=lambda each: str(each.involvement.starts_on or ""), reverse=True)
    return sorted(newest_first, key=lambda each: has_ended(each.involvement, today))


def has_ended(involvement: Involvement, today: date) -> bool:
    return bool(involvement.ends_on and involvement.ends_on < today)


def not_in_use(helps: list[Help]) -> list[tuple[Help, Recommendation]]:
    """What was recommended and is not wholly in use: nobody has said yet, no, or partly."""
    return [(each, given) for each in helps for given in each.recommendations if given.in_use != "yes"]


def involved_words(help: Help) -> str:
    """Who helps, from when to when, why, and what they wrote: one line for a request to the council.

    A confidential report is not named: it goes to the council only where somebody chooses it.
    """
    person, work = help.professional, help.involvement
    who = ", ".join(each for each in (person.name, person.role, person.organisation) if each)
    first, last = (full_date(each) if each else "" for each in (work.starts_on, work.ends_on))
    days = f"{first} – {last}" if first and last else reference.say("requests.since", day=first) if first else last
    reports = [
        f"“{document.title}”" + (f", {full_date(document.document_on)}" if document.document_on else "")
        for _, document in help.reports
        if document.for_requests and not document.confidential
    ]
    days = days[:1].upper() + days[1:]
    return ". ".join(each for each in (who, days, (work.reason or "").rstrip("."), "; ".join(reports)) if each) + "."


def advice_words(help: Help, given: Recommendation) -> str:
    """One recommendation with what became of it: one line for a request to the council."""
    use = reference.say(f"requests.use_{given.in_use or 'unsaid'}")
    since = reference.say("requests.since", day=full_date(given.in_use_since)) if given.in_use_since else ""
    how = ", ".join(each for each in (use, since, given.in_use_by) if each)
    parts = (f"{given.text.rstrip('.')} ({help.professional.title}): {how}", (given.effect or "").rstrip("."))
    return ". ".join(each for each in parts if each) + "."


# ---- who they are ---------------------------------------------------------------------------------------------------
def add_professional(session: Session, values: Mapping[str, Any]) -> tuple[Professional, Saved]:
    """Somebody outside the school, or a service. Raises ``Refusal``: ``professional_needs_name``, ``professional_is_there_already``."""
    person = _new(session, values)
    return person, session.record.save([New(person)], action="add_professional", actor=session.actor)


def _new(session: Session, values: Mapping[str, Any]) -> Professional:
    person = _checked(Professional(**{**values, "id": session.ids.new()}))
    key = _who(person)
    if any(_who(each) == key for each in session.record.find(Professional)):
        raise Refusal("professional_is_there_already", field="name", name=person.title)
    return person


def change_professional(session: Session, shown: Professional, wanted: Professional, *, as_of: int | None = None) -> Saved:
    """Saves what was changed, for every pupil whom they help. Raises ``Refusal("professional_needs_name")``."""
    edits = amended(shown, _checked(wanted))
    return session.record.save(edits, action="change_professional", actor=session.actor, as_of=as_of)


def _checked(person: Professional) -> Professional:
    tidy = replace(
        person,
        name=filled(person.name),
        role=filled(person.role),
        organisation=filled(person.organisation),
        phone=filled(person.phone),
        email=filled(person.email),
        note=filled(person.note),
    )
    if not tidy.title:
        raise Refusal("professional_needs_name", field="name")
    return tidy


def _who(person: Professional) -> tuple[str, ...]:
    return tuple(folded(each or "") for each in (person.name, person.role, person.organisation))


# ---- what they do ---------------------------------------------------------------------------------------------------
def involve(session: Session, pupil: str, professional: str, values: Mapping[str, Any]) -> Saved:
    """A professional begins to help a pupil. Raises ``Refusal``: ``is_involved_already``, ``ends_before_it_starts``."""
    must_get(session.record, Pupil, pupil)
    who = must_get(session.record, Professional, professional)
    made = Involvement(**{**values, "id": session.ids.new(), "pupil": pupil, "professional": professional})
    _check_days(made)
    today = session.clock.today()
    present = session.record.find(Involvement, pupil=pupil, professional=professional)
    if not has_ended(made, today) and any(not has_ended(each, today) for each in present):
        raise Refusal("is_involved_already", field="professional", name=who.title)
    return session.record.save([New(replace(made, reason=filled(made.reason)))], action="involve", actor=session.actor)


def involve_somebody_new(session: Session, pupil: str, person: Mapping[str, Any], values: Mapping[str, Any]) -> Saved:
    """Somebody whom the school did not know yet begins to help: both in one save. Raises as ``add_professional`` and ``involve`` do."""
    must_get(session.record, Pupil, pupil)
    who = _new(session, person)
    made = Involvement(**{**values, "id": session.ids.new(), "pupil": pupil, "professional": who.id})
    _check_days(made)
    edits = [New(who), New(replace(made, reason=filled(made.reason)))]
    return session.record.save(edits, action="involve", actor=session.actor)


def change_involvement(session: Session, shown: Involvement, wanted: Involvement, *, as_of: int | None = None) -> Saved:
    """Since when, until when, why. Raises ``Refusal("ends_before_it_starts")``."""
    _check_days(wanted)
    edits = amended(shown, replace(wanted, reason=filled(wanted.reason)))
    return session.record.save(edits, action="change_involvement", actor=session.actor, as_of=as_of)


def _check_days(involvement: Involvement) -> None:
    first, last = involvement.starts_on, involvement.ends_on
    if first and last and last < first:
        raise Refusal("ends_before_it_starts", field="ends_on")


def link_report(session: Session, involvement: str, document: str) -> Saved:
    """A document of the pupil came of this involvement.

    Raises ``Refusal``: ``report_is_linked_already``, ``evidence_is_of_another_pupil``.
    """
    of = must_get(session.record, Involvement, involvement)
    check_document(session.record, of.pupil, document, field="document")
    if session.record.find(InvolvementReport, involvement=involvement, document=document):
        raise Refusal("report_is_linked_already", field="document")
    link = InvolvementReport(session.ids.new(), of.pupil, involvement, document)
    return session.record.save([New(link)], action="link_report", actor=session.actor)


# ---- what they recommend --------------------------------------------------------------------------------------------
def recommend(session: Session, involvement: str, values: Mapping[str, Any]) -> Saved:
    """One thing that was advised. Raises the ``Refusal`` of ``change_recommendation``."""
    of = must_get(session.record, Involvement, involvement)
    given = Recommendation(**{"text": "", **values, "id": session.ids.new(), "pupil": of.pupil, "involvement": involvement})
    return session.record.save([New(_checked_advice(session, given))], action="recommend", actor=session.actor)


def change_recommendation(session: Session, shown: Recommendation, wanted: Recommendation, *, as_of: int | None = None) -> Saved:
    """Its words, whether it is in use, since when and by whom, and what it changed.

    Raises ``Refusal``: ``recommendation_needs_words``, ``evidence_is_of_another_pupil``, ``date_too_late``.
    """
    edits = amended(shown, _checked_advice(session, wanted))
    return session.record.save(edits, action="change_recommendation", actor=session.actor, as_of=as_of)


def say_in_use(session: Session, recommendation: str, in_use: InUse, since: date | None = None, by: str | None = None) -> Saved:
    """Whether a recommendation is in use; since today where it begins now. What was said of it before stays in the history."""
    shown = must_get(session.record, Recommendation, recommendation)
    began = since or (shown.in_use_since if shown.in_use in ("yes", "partly") else session.clock.today())
    wanted = replace(shown, in_use=in_use, in_use_since=None if in_use == "no" else began, in_use_by=by or shown.in_use_by)
    return change_recommendation(session, shown, wanted)


def _checked_advice(session: Session, given: Recommendation) -> Recommendation:
    if not filled(given.text):
        raise Refusal("recommendation_needs_words", field="text")
    check_document(session.record, given.pupil, given.document, field="document")
    today = session.clock.today()
    for field in ("in_use_since", "effect_on"):
        day = getattr(given, field)
        if day and day > today:
            raise Refusal("day_is_to_come", field=field, day=full_date(day))
    return replace(given, text=given.text.strip(), in_use_by=filled(given.in_use_by), effect=filled(given.effect))


# ---- by mistake -----------------------------------------------------------------------------------------------------
def remove(session: Session, kind: type[Thing], id: str) -> Saved:
    """Hides an involvement, a link or a recommendation that was entered by mistake; the history keeps it."""
    return session.record.save([Remove(kind, id)], action=f"remove_{kind_name(kind)}", actor=session.actor)
