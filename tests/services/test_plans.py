"""A cycle from its opening to its closing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.plan import Cycle, Outcome, View
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.services import observations, plans, provision, stages
from tests.places import add_pupil


@pytest.fixture
def cycle(place):
    pupil = add_pupil(place)
    return plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 7), review_due_on=date(2026, 12, 3))[0]


def rated(place, cycle, rating, following, result="9 of 20"):
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": f"{rating} one", "baseline": "4 of 20", "target": "12 of 20"})
    plans.change_outcome(place.session, outcome, replace(outcome, rating=rating, next=following, result=result))
    return outcome


def both_views(place, cycle):
    plans.record_view(place.session, cycle.pupil, "pupil", text="The cards help.", said_by="Kian", cycle=cycle.id)
    plans.record_view(place.session, cycle.pupil, "parents", absent_because="They could not come; asked by letter.", cycle=cycle.id)


def decide(place, cycle):
    plans.change_cycle(place.session, cycle, replace(cycle, decision="Go on."))


def test_what_carries_over_opens_the_next_cycle(place, cycle):
    met = rated(place, cycle, "met", "stop", "12 of 20")
    nearly = rated(place, cycle, "nearly", "continue")
    some = rated(place, cycle, "some", "change")
    for outcome, title in ((met, "Talk Boost"), (nearly, "Speech programme")):
        values = {"title": title, "wave": "targeted", "delivered_by": "Miss Tan", "pence_per_hour": 1720, "sessions_per_week": Decimal(3)}
        values |= {"minutes": 30, "weeks": 12, "group_size": 4, "starts_on": date(2026, 9, 14)}
        provision.add_provision(place.session, values, [cycle.pupil], cycle=cycle.id, outcome=outcome.id)
    both_views(place, cycle)
    decide(place, cycle)
    following, _ = plans.close_cycle(place.session, cycle.id, next_review_due_on=date(2027, 3, 1))
    page = plans.plan_page(place.session.record, following.id)
    assert following.number == 2
    assert [(each.text, each.baseline, each.rating, each.carried_from) for each in page.outcomes] == [
        ("nearly one", "9 of 20", None, nearly.id),
        ("some one", "9 of 20", None, some.id),
    ]
    assert [each.title for _place, each in page.places] == ["Speech programme"]
    assert all(each.by_on == date(2027, 3, 1) for each in page.outcomes)


def test_a_cycle_without_what_the_code_asks_for_does_not_close(place, cycle):
    with pytest.raises(Refusal) as refusal:
        plans.close_cycle(place.session, cycle.id)
    assert refusal.value.details["missing"] == ["outcomes", "view_pupil", "view_parents", "decision"]
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "reads"})
    assert plans.missing_to_close(plans.plan_page(place.session.record, cycle.id))[0] == "ratings"
    plans.change_outcome(place.session, outcome, replace(outcome, rating="met"))
    both_views(place, cycle)
    decide(place, cycle)
    plans.close_cycle(place.session, cycle.id)
    with pytest.raises(Refusal, match="cycle_is_closed"):
        plans.close_cycle(place.session, cycle.id)


def test_one_cycle_is_open_at_a_time(place, cycle):
    with pytest.raises(Refusal, match="cycle_is_open_already"):
        plans.start_cycle(place.session, cycle.pupil)


@pytest.mark.parametrize("due", [date(2026, 9, 7), date(2026, 9, 1), None])
def test_a_review_before_its_plan_is_refused(place, cycle, due):
    with pytest.raises(Refusal):
        plans.change_cycle(place.session, cycle, replace(cycle, review_due_on=due))
    assert place.session.record.get(Cycle, cycle.id).review_due_on == date(2026, 12, 3)


def test_evidence_is_picked_from_the_chronology_once(place, cycle):
    ids, _ = observations.record_observation(place.session, pupils=[cycle.pupil], text="Left the room.")
    plans.link_evidence(place.session, cycle.id, "observation", ids[0])
    plans.link_evidence(place.session, cycle.id, "observation", ids[0])
    page = plans.plan_page(place.session.record, cycle.id)
    assert [entry.text for _link, entry in page.evidence] == ["Left the room."]
    plans.unlink_evidence(place.session, page.evidence[0][0].id)
    assert plans.plan_page(place.session.record, cycle.id).evidence == ()


def test_a_view_is_words_or_a_reason_and_the_later_one_counts(place, cycle):
    for wrong in ({}, {"text": "a", "absent_because": "b"}, {"text": "  "}):
        with pytest.raises(Refusal, match="view_or_why_not"):
            plans.record_view(place.session, cycle.pupil, "pupil", cycle=cycle.id, **wrong)
    plans.record_view(place.session, cycle.pupil, "pupil", text="No.", cycle=cycle.id)
    plans.record_view(place.session, cycle.pupil, "pupil", text="Yes.", cycle=cycle.id)
    assert [each.text for each in place.session.record.find(View, cycle=cycle.id)] == ["Yes."]


def test_the_stage_follows_from_what_was_recorded(place, cycle):
    def stage():
        return plans.plan_page(place.session.record, cycle.id).stage

    assert stage() == "assess"
    wanted = replace(cycle, assessed_on=date(2026, 9, 8))
    plans.change_cycle(place.session, cycle, wanted)
    assert stage() == "plan"
    planned = replace(wanted, planned_on=date(2026, 9, 11))
    plans.change_cycle(place.session, wanted, planned)
    assert stage() == "do"
    plans.change_cycle(place.session, planned, replace(planned, reviewed_on=date(2026, 12, 3)))
    assert stage() == "review"


def test_an_outcome_needs_words(place, cycle):
    with pytest.raises(Refusal, match="outcome_needs_words"):
        plans.add_outcome(place.session, cycle.id, {"text": " "})
    assert place.session.record.find(Outcome) == []


def test_a_cycle_whose_review_is_not_needed_closes_with_that_reason(place, cycle):
    rated(place, cycle, None, None)
    stages.stage_not_needed(place.session, cycle.id, "review", "He moved to another plan in November.")
    assert plans.missing_to_close(plans.plan_page(place.session.record, cycle.id)) == []
    following, _ = plans.close_cycle(place.session, cycle.id)
    page = plans.plan_page(place.session.record, cycle.id)
    assert (page.cycle.closed_on, page.cycle.reviewed_on) == (place.session.clock.today(), None)
    assert stages.states_of(page)["review"] == "not_needed"
    assert following.number == 2


def test_a_review_is_due_within_twelve_months(place, cycle):
    """It may be moved a year on from today where the plan began longer ago; other changes are never held up by an old date."""
    for day in (date(2027, 11, 25), date(2029, 1, 1)):
        with pytest.raises(Refusal, match="review_after_a_year") as told:
            plans.change_cycle(place.session, cycle, replace(cycle, review_due_on=day))
        assert told.value.details == {"field": "review_due_on", "day": "24 November 2027"}
    plans.change_cycle(place.session, cycle, replace(cycle, review_due_on=date(2027, 11, 24)))
    old = replace(cycle, review_due_on=date(2029, 1, 1))
    place.session.record.save([Amend(Cycle, cycle.id, {"review_due_on": old.review_due_on})], action="test", actor=place.session.actor)
    plans.change_cycle(place.session, old, replace(old, strategies="Visual timetable"))
    with pytest.raises(Refusal, match="review_after_a_year"):
        plans.start_cycle(place.session, add_pupil(place, "Brennan", "Ava").id, review_due_on=date(2028, 1, 1))
