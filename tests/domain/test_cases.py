"""Kinds of case as data, the dates that follow, and a calendar that other programs read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.cases import CalendarEntry, CaseDate, CaseStep, CouncilCase, calendar_text, show_case

RULES = reference.data("rules", "england.json")
APPEALS = {each["id"] for of in reference.data("packs", "bundles.json")["directions"] for each in of["kinds"]}
TRIGGER_OF = {each["id"]: each["trigger"] for each in RULES["rules"]}
KINDS = reference.case_kinds()


def shown(kind, events, done=(), **about):
    case = CouncilCase("c1", "p1", kind, "leicestershire", date(2027, 1, 4), "s1", **about)
    dates = [CaseDate(f"d{number}", "p1", "c1", event, on) for number, (event, on) in enumerate(events)]
    return show_case(reference.case_kind(kind), RULES, case, dates, done)


def due(found, step):
    return next(each.due for each in found.steps if each.id == step)


@pytest.mark.parametrize("kind", KINDS)
def test_each_rule_of_a_kind_follows_from_an_event_that_can_be_entered(kind):
    about = reference.case_kind(kind)
    assert about["id"] == kind
    assert set(about["events"]) <= RULES["triggers"].keys() | RULES["events"].keys()
    assert {TRIGGER_OF[each["rule"]] for each in about["steps"] if "rule" in each} <= {*about["events"], "mediation_certificate"}
    steps = [each["id"] for each in about["steps"]]
    assert len(steps) == len(set(steps))
    outcomes = {each["id"] for each in about["outcomes"]}
    assert {each for step in about["steps"] for each in step.get("after_outcome", ())} <= outcomes
    decisions = {each["id"] for each in about.get("decisions", ())}
    assert {each["decision"] for each in about["outcomes"] if "decision" in each} <= decisions
    assert {each[name] for each in about.get("decisions", ()) for name in ("outcome", "closes") if name in each} <= outcomes
    assert {step for name, step in about.get("request", {}).items() if name != "form"} <= set(steps)
    for each in about["outcomes"]:
        assert "then_event" not in each or each["then_event"] in reference.case_kind(each["then"])["events"]
        assert "then_appeal" not in each or each["then_appeal"] in APPEALS


def test_every_rule_of_the_law_has_its_place_in_a_case():
    used = {each["rule"] for kind in KINDS for each in reference.case_kind(kind)["steps"] if "rule" in each}
    elsewhere = {"appeal_from_certificate"}
    assert TRIGGER_OF.keys() - used == elsewhere, "it is in appeal_by"


def test_a_review_meeting_gives_the_dates_before_and_after_it():
    found = shown("annual_review", [("plan_reviewed", date(2026, 2, 10)), ("review_meeting", date(2027, 1, 20))])
    assert due(found, "due") == date(2027, 2, 9)
    assert due(found, "invitations") == due(found, "advice") == date(2027, 1, 6)
    assert due(found, "report") == date(2027, 2, 3)
    assert due(found, "decision") == date(2027, 2, 17)
    assert due(found, "amended") is None
    assert next(each.waits_for for each in found.steps if each.id == "amended") == RULES["triggers"]["amendment_notice_served"]


def test_an_appeal_is_due_by_the_later_of_the_two_dates():
    letter = ("decision_letter", date(2027, 3, 1))
    assert due(shown("mediation_appeal", [letter]), "appeal") == date(2027, 5, 1)
    assert due(shown("mediation_appeal", [letter, ("mediation_certificate", date(2027, 4, 20))]), "appeal") == date(2027, 5, 20)
    assert due(shown("mediation_appeal", [letter, ("mediation_certificate", date(2027, 3, 10))]), "appeal") == date(2027, 5, 1)


def test_the_next_step_is_the_open_one_that_is_due_first_and_a_closed_case_has_none():
    events = [("request_received", date(2027, 1, 4))]
    first = shown("needs_assessment", events).next_step
    assert (first.id, first.due) == ("decision", date(2027, 2, 15))
    assert first.day_of(date(2027, 1, 5)).in_words() == "day 1 of 42"
    assert first.is_late(date(2027, 2, 16))
    assert not first.is_late(date(2027, 2, 15))
    assert "regulation" in first.when_late
    done = [CaseStep("t1", "p1", "c1", "decision", "done", date(2027, 2, 10))]
    assert shown("needs_assessment", events, done).next_step.id == "no_plan"
    assert shown("needs_assessment", events, closed_on=date(2027, 3, 1)).next_step is None
    assert shown("complaint", []).next_step.id == "heard", "without dates, the first that is open"


def test_a_step_that_follows_an_outcome_is_shown_with_it_only():
    assert "carried_out" not in {each.id for each in shown("mediation_appeal", []).steps}
    assert "carried_out" in {each.id for each in shown("mediation_appeal", [], ended_as="won").steps}


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


@given(
    st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=120), st.dates(date(1990, 1, 1), date(2090, 1, 1))))
)
def test_a_calendar_folds_its_lines_and_loses_no_character(found):
    entries = [CalendarEntry(f"u{number}", on, words, words) for number, (words, on) in enumerate(found)]
    text = calendar_text(entries, "Cases", "20261125T090000Z")
    assert all(len(each.encode()) <= 75 for each in text.split("\r\n"))
    lines = unfolded(text)
    said = [each.removeprefix("SUMMARY:") for each in lines if each.startswith("SUMMARY:")]
    plain = [each.replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\") for each in said]
    assert plain == [words for words, _ in found]
    assert [each for each in lines if each.startswith("DTSTART")] == [f"DTSTART;VALUE=DATE:{on:%Y%m%d}" for _, on in found]
    assert [each for each in lines if each.startswith("DTEND")] == [f"DTEND;VALUE=DATE:{on + timedelta(days=1):%Y%m%d}" for _, on in found]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == len(found)
