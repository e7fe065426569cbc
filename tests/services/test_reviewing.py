"""Review meetings of one pupil and of a group, what a closed cycle refuses, and what may be said beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, Outcome, View
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import Amend
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.reviews import Attendee, Meeting
from sencoapp.services import plans, provision, reviewing, snapshots, undoing
from sencoapp.services.reviewing import OutcomeReviewed, Reviewed, Said
from tests.places import add_pupil

HELD = date(2026, 11, 20)
PEOPLE = (Attendee("Mrs Osei", "parent"), Attendee("Mr Lee", "teacher"), Attendee("Dr Khan", "professional", "apologies"))
GROUP = {
    "title": "Speech group",
    "wave": "targeted",
    "delivered_by": "Mrs Lee",
    "pence_per_hour": 1720,
    "sessions_per_week": Decimal(2),
    "minutes": 20,
    "weeks": 10,
    "group_size": 4,
    "starts_on": date(2026, 9, 7),
}


def planned(place: Workplace, forename: str = "Kian", surname: str = "Osei") -> tuple[Pupil, Cycle, list[Outcome], list[ProvisionPlace]]:
    """A pupil with two outcomes, each served by its own provision."""
    session, pupil = place.session, add_pupil(place, surname, forename)
    cycle, _ = plans.start_cycle(session, pupil.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    outcomes = [plans.add_outcome(session, cycle.id, {"text": words, "baseline": "0"})[0] for words in ("Says four words", "Joins a game")]
    for outcome in outcomes:
        provision.add_provision(session, GROUP, [pupil.id], cycle=cycle.id, outcome=outcome.id)
    return pupil, cycle, outcomes, session.record.find(ProvisionPlace, pupil=pupil.id)


def reviewed(cycle: Cycle, outcomes: list[Outcome], **more: object) -> Reviewed:
    """A review that has everything which closing needs; the first outcome is met, the second goes on."""
    said = Reviewed(
        cycle.id,
        held_on=HELD,
        attendees=PEOPLE,
        views={"pupil": Said(text="I like the group"), "parents": Said(absent_because="Could not be reached twice")},
        outcomes={
            outcomes[0].id: OutcomeReviewed("met", "five words", "sample of 18 November", "stop"),
            outcomes[1].id: OutcomeReviewed("some", "two games", None, "continue"),
        },
        decision="Go on with games",
        copies=(("Mrs Osei", HELD),),
    )
    return replace(said, **more)  # type: ignore[arg-type]


def test_one_save_keeps_all_that_the_meeting_decided_and_one_undo_takes_it_back(place: Workplace) -> None:
    session = place.session
    pupil, cycle, outcomes, places = planned(place)
    opened, saved = reviewing.save_reviews(session, [reviewed(cycle, outcomes, provision={places[0].id: "stop"})])
    assert opened == []
    after = session.record.get(Cycle, cycle.id)
    assert after
    assert after.reviewed_on == HELD
    assert after.review_attended_by == "Mrs Osei (Parent or carer), Mr Lee (Teacher); apologies: Dr Khan (Professional)"
    assert after.copy_given_on == HELD
    assert session.record.get(Outcome, outcomes[0].id).rating == "met"  # type: ignore[union-attr]
    assert {each.whose: each.text or each.absent_because for each in session.record.find(View, cycle=cycle.id)} == {
        "pupil": "I like the group",
        "parents": "Could not be reached twice",
    }
    assert session.record.get(ProvisionPlace, places[0].id).ends_on == HELD  # type: ignore[union-attr]
    assert reviewing.parents_met(session, pupil.id) == 1
    undoing.undo(session, saved.save)
    assert session.record.get(Outcome, outcomes[0].id).rating is None  # type: ignore[union-attr]
    assert session.record.find(Meeting, pupil=pupil.id) == []


def test_closing_carries_what_is_unmet_and_what_continues_and_nothing_else(place: Workplace) -> None:
    session = place.session
    _, cycle, outcomes, _ = planned(place)
    (following,), _ = reviewing.save_reviews(session, [reviewed(cycle, outcomes, close=True, next_review_due_on=date(2027, 2, 12))])
    assert (following.number, following.starts_on, following.review_due_on) == (2, HELD, date(2027, 2, 12))
    (carried,) = session.record.find(Outcome, cycle=following.id)
    assert (carried.text, carried.baseline, carried.rating) == ("Joins a game", "two games", None)
    (going_on,) = session.record.find(ProvisionPlace, cycle=following.id)
    assert going_on.outcome == carried.id


def test_provision_goes_on_by_itself_where_the_review_says_so(place: Workplace) -> None:
    session = place.session
    _, cycle, outcomes, places = planned(place)
    decided = {places[0].id: "continue", places[1].id: "stop"}
    (following,), _ = reviewing.save_reviews(session, [reviewed(cycle, outcomes, close=True, provision=decided)])
    (going_on,) = session.record.find(ProvisionPlace, cycle=following.id)
    assert (going_on.provision, going_on.outcome, going_on.next) == (places[0].provision, None, None)


def test_a_group_is_kept_whole_or_not_at_all_and_the_refusal_names_whose_it_is(place: Workplace) -> None:
    session = place.session
    _, first, of_first, _ = planned(place)
    _, second, of_second, _ = planned(place, "Ava", "Brennan")
    broken = reviewed(second, of_second, close=True, decision=None)
    with pytest.raises(Refusal, match="cycle_not_ready") as refused:
        reviewing.save_reviews(session, [reviewed(first, of_first, close=True), broken])
    assert (refused.value.details["cycle"], refused.value.details["missing"]) == (second.id, ["decision"])
    assert session.record.get(Cycle, first.id).closed_on is None  # type: ignore[union-attr]
    opened, _ = reviewing.save_reviews(session, [reviewed(first, of_first, close=True), reviewed(second, of_second, close=True)])
    assert len(opened) == 2


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"held_on": date(2026, 8, 31)}, "review_before_plan"),
        ({"held_on": date(2026, 11, 25)}, "review_in_the_future"),
        ({"attendees": (Attendee(" ", "parent"),)}, "attendee_needs_name"),
        ({"copies": (("Mrs Osei", date(2026, 8, 1)),)}, "copy_before_review"),
        ({"views": {"pupil": Said("Yes", "Away")}}, "view_or_why_not"),
        ({"next_review_due_on": date(2026, 11, 1), "close": True}, "review_before_plan"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(place: Workplace, change: dict[str, object], key: str) -> None:
    _, cycle, outcomes, _ = planned(place)
    with pytest.raises(Refusal, match=key):
        reviewing.save_reviews(place.session, [reviewed(cycle, outcomes, **change)])


def test_a_pupil_who_left_is_closed_without_a_next_cycle(place: Workplace) -> None:
    session = place.session
    pupil, cycle, outcomes, _ = planned(place)
    session.record.save([Amend(Pupil, pupil.id, {"left_on": HELD})], action="change_pupil", actor=session.actor)
    assert reviewing.review_case(session, cycle.id).has_left
    opened, _ = reviewing.save_reviews(session, [reviewed(cycle, outcomes, close=True)])
    assert opened == []
    assert session.record.get(Cycle, cycle.id).closed_on == HELD  # type: ignore[union-attr]


def test_the_plan_of_a_pupil_who_left_mid_cycle_is_closed_from_its_page_with_nothing_after_it(place: Workplace) -> None:
    session = place.session
    pupil, cycle, outcomes, _ = planned(place)
    reviewing.save_reviews(session, [reviewed(cycle, outcomes)])
    session.record.save([Amend(Pupil, pupil.id, {"left_on": HELD})], action="change_pupil", actor=session.actor)
    with pytest.raises(Refusal, match="closes_without_next"):
        plans.close_cycle(session, cycle.id)
    plans.close_last_cycle(session, cycle.id)
    assert [each.closed_on for each in session.record.find(Cycle, pupil=pupil.id)] == [date(2026, 11, 24)]


def test_nothing_of_a_closed_cycle_changes_and_a_correction_stands_beside_it(
    place: Workplace, reopen: Callable[[Workplace], Workplace]
) -> None:
    session = place.session
    pupil, cycle, outcomes, places = planned(place)
    with pytest.raises(Refusal, match="cycle_is_open_still"):
        reviewing.correct_cycle(session, cycle.id, about="decision", text="x", reason="y")
    reviewing.save_reviews(session, [reviewed(cycle, outcomes, close=True)])
    with pytest.raises(Refusal, match="cycle_is_closed"):
        reviewing.save_reviews(session, [reviewed(cycle, outcomes)])
    (meeting,) = session.record.find(Meeting, cycle=cycle.id)
    for edit in (Amend(Meeting, meeting.id, {"held_on": date(2026, 11, 1)}), Amend(ProvisionPlace, places[0].id, {"next": "stop"})):
        with pytest.raises(Refusal, match="cycle_is_closed"):
            session.record.save([edit], action="save_review", actor=session.actor)
    for values, key in (({"text": " "}, "correction_needs_words"), ({"reason": ""}, "correction_needs_reason")):
        with pytest.raises(Refusal, match=key):
            reviewing.correct_cycle(session, cycle.id, **{"about": "decision", "text": "x", "reason": "y", **values})
    about = f"outcome:{outcomes[0].id}"
    reviewing.correct_cycle(session, cycle.id, about=about, text="It was nearly met", reason="The sample was of another day")
    reviewing.give_copy(session, cycle.id, given_to="Dr Khan", given_on=date(2026, 11, 24), how="by email")
    place = reopen(place)
    now = place.session.record.get(Cycle, cycle.id)
    assert now
    content = snapshots.cycle_content(place.session.record, now)
    (printed,) = content["corrections"]
    assert printed == {
        "about": "Outcome 1",
        "text": "It was nearly met",
        "reason": "The sample was of another day",
        "on": "2026-11-24",
        "who": "Mrs Ruth Adeyemi",
    }
    assert content["outcomes"][0]["rating"] == "met"
    assert all(each.sound for each in place.session.record.verify())
    assert pupil.id == now.pupil


def test_meetings_with_parents_are_counted_kindly(place: Workplace) -> None:
    session, kian = place.session, add_pupil(place)
    assert reviewing.parents_met_words(reviewing.parents_met(session, kian.id)) == "Met 0 of 3 this year"
    reviewing.record_meeting(session, kian.id, held_on=date(2026, 10, 1), attendees=PEOPLE, notes="Settling in")
    assert reviewing.parents_met_words(reviewing.parents_met(session, kian.id)) == "Met 1 of 3 this year"
    assert reviewing.parents_met_words(4) == "Met 4 times this year"
    for more, key in (({"held_on": None}, "meeting_needs_day"), ({"held_on": date(2026, 12, 1)}, "meeting_in_the_future")):
        with pytest.raises(Refusal, match=key):
            reviewing.record_meeting(session, kian.id, **{"attendees": PEOPLE, **more})  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="attendee_needs_name"):
        reviewing.record_meeting(session, kian.id, held_on=HELD, attendees=[])


def test_a_group_is_the_pupils_of_a_provision_who_have_an_open_plan(place: Workplace) -> None:
    session = place.session
    kian, cycle, _, _ = planned(place)
    other = add_pupil(place, "Brennan", "Ava")
    group, _ = provision.add_provision(session, {**GROUP, "title": "Garden group"}, [kian.id, other.id])
    groups = {each.title: pupils for each, pupils in reviewing.groups_to_review(session)}
    assert groups["Garden group"] == (kian.id,)
    assert reviewing.open_cycles_of(session, [other.id, kian.id]) == [cycle.id]
    assert group.id
