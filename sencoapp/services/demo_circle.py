"""The people around some pupils of the demo school, and what some of them bring along: ``resources/demo/circle.json``."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sencoapp import reference
from sencoapp.domain.background import AttendanceYear, Diagnosis, PriorSchool, Suspension
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil
from sencoapp.services import background, professionals, pupils
from sencoapp.services.changes import must_get
from sencoapp.services.demo_people import Child
from sencoapp.services.ports import Session

_DAYS = ("given_on", "entered_on", "left_on", "in_use_since", "effect_on", "starts_on", "ends_on")
"""Days of the file are counted back from today."""


def write_circle(session: Session, children: Sequence[Child], at_work: Child) -> None:
    """Writes all of it, as of today. ``at_work`` is the pupil whose request is in progress."""
    facts: Mapping[str, Any] = reference.data("demo", "circle.json")
    today = session.clock.today()
    known = facts["request_pupil"]
    pupil = at_work.pupil.id
    papers = {each.title: each.id for each in session.record.find(Document, pupil=pupil)}
    _flag(session, pupil, known["flags"])
    for each in known["diagnoses"]:
        background.add_entry(session, Diagnosis, pupil, {**_dated(each, today), "document": papers.get(each.get("document", ""))})
    for each in known["schools"]:
        background.add_entry(session, PriorSchool, pupil, _dated(each, today))
    for each in known["helps"]:
        _help(session, pupil, each, papers[each["report"]], today)
    for each in facts["families"]:
        _family(session, children[each["pupil"]].pupil, each, today)
    for each in facts["flags"]:
        _flag(session, children[each["pupil"]].pupil.id, _without_pupil(each))
    for each in facts["suspensions"]:
        background.add_entry(session, Suspension, children[each["pupil"]].pupil.id, _without_pupil(_dated(each, today)))
    for each in facts["attendance"]:
        child = children[each["pupil"]].pupil
        earlier = str(int(child.attendance_year or today.year) - 1)
        background.add_entry(session, AttendanceYear, child.id, {**_without_pupil(each), "year": earlier})


def _help(session: Session, pupil: str, facts: Mapping[str, Any], report: str, today: date) -> None:
    until = today - timedelta(days=facts["until"]) if "until" in facts else None
    work = {"starts_on": today - timedelta(days=facts["since"]), "ends_on": until, "reason": facts["reason"]}
    saved = professionals.involve_somebody_new(session, pupil, facts["person"], work)
    involvement = next(each.id for each in saved.touched if each.kind == "involvement")
    professionals.link_report(session, involvement, report)
    for each in facts["recommendations"]:
        professionals.recommend(session, involvement, {**_dated(each, today), "document": report})


def _family(session: Session, pupil: Pupil, facts: Mapping[str, Any], today: date) -> None:
    """The mother is the first contact; a father who lives elsewhere takes the place of one who is there, or is added."""
    mother, *others = pupils.contacts_of(session.record, pupil.id)
    pupils.change_contact(session, mother, replace(mother, **_tuples(facts["mother"])))
    if "father" not in facts:
        return
    values = {**facts["father"], "surname": pupil.legal_surname, "order_seen_on": today - timedelta(days=facts["order_seen_on"])}
    if others:
        pupils.change_contact(session, others[0], replace(others[0], **values))
    else:
        pupils.add_contact(session, pupil.id, values)


def _flag(session: Session, pupil: str, values: Mapping[str, Any]) -> None:
    shown = must_get(session.record, Pupil, pupil)
    pupils.change_pupil(session, shown, replace(shown, **_tuples(values)))


def _dated(facts: Mapping[str, Any], today: date) -> dict[str, Any]:
    days = {name: today - timedelta(days=facts[name]) for name in _DAYS if facts.get(name) is not None}
    return {**_tuples(facts), **days}


def _tuples(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()}


def _without_pupil(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in _tuples(facts).items() if name != "pupil"}
