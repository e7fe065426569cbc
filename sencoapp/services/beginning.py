"""The first day: the school and the person at the laptop."""

from dataclasses import replace
from datetime import date, timedelta

from sencoapp import reference
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.identifiers import tidy_ukprn, ukprn_is_right
from sencoapp.domain.people import School, StaffMember, Term
from sencoapp.domain.record import Actor, New, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.working_days import easter_sunday, usual_bank_holidays
from sencoapp.services.changes import amended
from sencoapp.services.guarded_record import ME
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session

MOST_LABEL = 40


def begin(record: Record, school: School, person: StaffMember) -> Saved:
    """Writes the school and its first person into an empty record.

    Raises ``Refusal``: ``school_needs_name``, ``school_needs_council``, ``person_needs_name``, ``urn_has_six_digits``,
    ``dfe_number_has_seven_digits``, ``term_ends_before_it_starts``, ``already_begun``.
    """
    if record.find(School):
        raise Refusal("already_begun")
    checked = check_school(school)
    check_person(person)
    saved = record.save([New(checked), New(person)], action="begin", actor=Actor(person.id, person.name, person.role))
    record.set_setting(ME, person.id)
    return saved


def usual_label(role: str) -> str:
    """What the first screen calls a profile unless a person chose otherwise: the role, and nobody's name."""
    return reference.say("people.label_of_role", role=reference.say(f"people.role_{role}"))


def check_label(label: str) -> str:
    """The label on one line. Raises ``Refusal``: ``label_missing``, ``label_too_long``."""
    tidy = " ".join(label.split())
    if not tidy:
        raise Refusal("label_missing", field="label")
    if len(tidy) > MOST_LABEL:
        raise Refusal("label_too_long", field="label", most=MOST_LABEL)
    return tidy


def check_person(person: StaffMember) -> None:
    """Raises ``Refusal("person_needs_name")``."""
    if not person.name.strip():
        raise Refusal("person_needs_name", field="person")


def check_school(school: School) -> School:
    """The school with its numbers tidied. Raises ``Refusal`` with the field to go to."""
    if not school.name.strip():
        raise Refusal("school_needs_name", field="school")
    if not school.council:
        raise Refusal("school_needs_council", field="council")
    urn = "".join((school.urn or "").split()) or None
    if urn is not None and not (urn.isdigit() and len(urn) == 6):
        raise Refusal("urn_has_six_digits", field="urn", typed=school.urn)
    number = "".join(each for each in (school.dfe_number or "") if each not in " /-") or None
    if number is not None and not (number.isdigit() and len(number) == 7):
        raise Refusal("dfe_number_has_seven_digits", field="dfe_number", typed=school.dfe_number)
    ukprn = tidy_ukprn(school.ukprn or "") or None
    if ukprn is not None and not ukprn_is_right(ukprn):
        raise Refusal("ukprn_has_eight_digits", field="ukprn", typed=school.ukprn)
    for term in school.terms:
        if term.ends_on < term.starts_on:
            raise Refusal("term_ends_before_it_starts", field="terms", term=term.name)
    return replace(school, name=school.name.strip(), urn=urn, ukprn=ukprn, dfe_number=number)


def school(record: Record) -> School:
    """The school of this record."""
    return record.find(School)[0]


def people(record: Record) -> list[StaffMember]:
    """Everyone who may write in this record, in the order in which they joined."""
    return record.find(StaffMember)


def me(record: Record) -> StaffMember:
    """Whose profile this is: who the setting names, or in a profile from before there was one, the first who joined.

    Raises ``Fault("profile_not_begun")``.
    """
    found = record.get(StaffMember, str(record.setting(ME)))
    if found is None:
        found = next(iter(people(record)), None)
    if found is None:
        raise Fault("profile_not_begun")
    return found


def change_school(session: Session, shown: School, wanted: School, *, as_of: int | None = None) -> Saved:
    """Changes what the school has set: its names and numbers, its term dates. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "change_school")
    edits = amended(shown, check_school(wanted))
    return session.record.save(edits, action="change_school", actor=session.actor, as_of=as_of)


def usual_terms(today: date) -> tuple[Term, ...]:
    """Three terms of a school year, shaped as most schools in England set them: a first draft that each school corrects.

    The school year of the day; from the middle of July on, the one that comes. No council's published dates are meant.
    """
    year = academic_year(today + timedelta(days=48))
    october, february = _monday(date(year, 10, 27)), _monday(date(year + 1, 2, 18))
    before_easter = easter_sunday(year + 1) - timedelta(days=3)
    spring_ends = before_easter if before_easter <= date(year + 1, 4, 11) else _friday(date(year + 1, 4, 11))
    summer_starts = _monday(spring_ends) + timedelta(days=21)
    if summer_starts in usual_bank_holidays(year + 1):
        summer_starts += timedelta(days=1)
    may = _monday(date(year + 1, 5, 31))
    autumn_ends = _friday(date(year, 12, 21))
    friday = timedelta(days=4)
    return (
        Term(reference.say("people.autumn_term", year=year), _weekday_from(date(year, 9, 2)), autumn_ends, october, october + friday),
        Term(
            reference.say("people.spring_term", year=year + 1),
            _monday(date(year + 1, 1, 10)),
            spring_ends,
            february,
            february + friday,
        ),
        Term(
            reference.say("people.summer_term", year=year + 1),
            summer_starts,
            _weekday_before(date(year + 1, 7, 21)),
            may,
            may + friday,
        ),
    )


def _monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _friday(day: date) -> date:
    """The last Friday up to a day."""
    return day - timedelta(days=(day.weekday() - 4) % 7)


def _weekday_from(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() > 4 else day


def _weekday_before(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
