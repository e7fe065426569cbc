"""Whose right it is, and what a closed school excuses: no date moves for either."""

from datetime import date, timedelta

import pytest

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.cases import CaseDate, CouncilCase, show_case
from sencoapp.domain.deadlines import end_of_compulsory_school_age
from sencoapp.domain.people import Term

RULES = reference.data("rules", "england.json")
TERMS = SchoolDays.of(
    [
        Term("Summer", date(2027, 4, 12), date(2027, 7, 9), date(2027, 5, 31), date(2027, 6, 4)),
        Term("Autumn", date(2027, 8, 26), date(2027, 12, 17), date(2027, 10, 18), date(2027, 10, 22)),
    ]
)


def shown(kind, events, **more):
    case = CouncilCase("c1", "p1", kind, "leicestershire", date(2027, 1, 4), "s1")
    dates = [CaseDate(f"d{number}", "p1", "c1", event, on) for number, (event, on) in enumerate(events)]
    return show_case(reference.case_kind(kind), RULES, case, dates, [], **more)


def step(found, id):
    return next(each for each in found.steps if each.id == id)


@pytest.mark.parametrize(
    ("asked", "excused"), [(date(2027, 7, 2), False), (date(2027, 7, 3), True), (date(2027, 8, 19), True), (date(2027, 8, 20), False)]
)
def test_a_closed_school_is_a_flag_on_the_councils_dates_and_no_stop(asked, excused):
    events = [("request_received", date(2027, 6, 21)), ("advice_requested", asked)]
    plain = shown("needs_assessment", events)
    found = shown("needs_assessment", events, school_days=TERMS)
    for id in ("decision", "no_plan", "final_plan"):
        assert step(found, id).due == step(plain, id).due
        assert bool(step(found, id).exception) is excused
    assert step(found, "advice").exception == "", "the school's own date has no such exception"


def test_a_consultation_in_the_holidays_keeps_its_fifteen_days_and_says_that_the_school_is_closed():
    found = shown("consultation", [("consultation_received", date(2027, 7, 8))], school_days=TERMS)
    reply = step(found, "reply")
    assert reply.due == date(2027, 7, 23)
    assert (reply.closure.closed_from, reply.closure.reopens_on) == (date(2027, 7, 10), date(2027, 8, 26))
    assert reply.exception == ""
    in_term = shown("consultation", [("consultation_received", date(2027, 6, 8))], school_days=TERMS)
    assert step(in_term, "reply").closure is None


def test_the_right_of_appeal_passes_to_the_young_person_on_the_day_after_compulsory_school_age():
    own = end_of_compulsory_school_age(date(2011, 1, 15)) + timedelta(days=1)
    assert own == date(2027, 6, 26)
    events = [("decision_letter", date(2027, 6, 1))]
    before = shown("mediation_appeal", events, own_right_from=own, today=own - timedelta(days=1))
    after = shown("mediation_appeal", events, own_right_from=own, today=own)
    assert (step(before, "appeal").who, step(after, "appeal").who) == ("parents", "young_person")
    assert (before.own_right, after.own_right) == (False, True)
    assert step(before, "mediation").label == "The parents contact the mediation adviser"
    assert step(after, "mediation").label == "The young person contacts the mediation adviser"
    assert step(before, "appeal").due == step(after, "appeal").due
    assert step(after, "bundle").who == "council"
    assert step(shown("mediation_appeal", events), "appeal").who == "parents", "where the birth date is not known"


@pytest.mark.parametrize("kind", reference.case_kinds())
def test_no_step_of_the_parents_speaks_of_parents_once_the_right_is_the_young_persons(kind):
    found = shown(kind, [], own_right_from=date(2027, 1, 1), today=date(2027, 1, 1))
    theirs = [each for each in found.steps if each.who == "young_person"]
    assert [each.label for each in theirs if "parent" in each.label.lower()] == []
