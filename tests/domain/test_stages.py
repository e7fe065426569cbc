"""Where each stage of a cycle stands."""

from dataclasses import replace
from datetime import date

from sencoapp.domain.plan import Cycle, Outcome, View
from sencoapp.domain.stages import stage_states

BEGUN = Cycle("c", "p", 1, date(2026, 9, 7), date(2026, 12, 3))
OUTCOME = Outcome("o", "p", "c", 1, "Joins a game")
VIEW = View("v", "p", "pupil", date(2026, 11, 20), text="I like it")
ASSESSED = replace(BEGUN, assess_summary="Follows what is seen.", assessed_on=date(2026, 9, 9))
AGREED = replace(ASSESSED, planned_on=date(2026, 9, 11))


def states(cycle: Cycle, **more: object) -> str:
    return " ".join(stage_states(cycle, **more).values())  # type: ignore[arg-type]


def test_states_follow_from_what_has_been_recorded():
    assert states(BEGUN) == "not_started not_started not_started not_started"
    assert states(BEGUN, evidence=True) == "in_progress not_started not_started not_started"
    assert states(ASSESSED, outcomes=[OUTCOME]) == "complete in_progress not_started not_started"
    assert states(AGREED, outcomes=[OUTCOME]) == "complete complete in_progress not_started"
    assert states(AGREED, outcomes=[replace(OUTCOME, rating="met")]) == "complete complete in_progress in_progress"
    assert states(AGREED, views=[VIEW]) == "complete complete in_progress in_progress"
    assert states(replace(AGREED, reviewed_on=date(2026, 12, 3))) == "complete complete complete in_progress"
    assert states(replace(AGREED, closed_on=date(2026, 12, 4))) == "complete complete complete complete"


def test_a_stage_that_is_not_needed_lets_the_next_one_begin():
    without = replace(BEGUN, assess_not_needed="Assessed in June; nothing has changed.", plan_not_needed="The plan of last term goes on.")
    assert states(without) == "not_needed not_needed in_progress not_started"


def test_what_is_complete_stays_complete_whatever_was_said_once():
    assert stage_states(replace(ASSESSED, assess_not_needed="Not now"))["assess"] == "complete"


def test_a_cycle_that_closed_without_a_review_does_not_say_that_it_had_one():
    closed = replace(AGREED, review_not_needed="Left the school in week 3.", closed_on=date(2026, 10, 1))
    assert states(closed) == "complete complete complete not_needed"
