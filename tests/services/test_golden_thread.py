"""The thread as the record tells it, and the deeds that tie its loose ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.app import Workplace
from sencoapp.domain.golden_thread import loose_ends
from sencoapp.domain.plan import Cycle
from sencoapp.domain.refusals import Refusal
from sencoapp.services import golden_thread, lists, observations, plans, provision
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil, add_pupil_without_sen

TODAY = date(2026, 11, 24)
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
    "area": "ci",
}


def ends(place: Workplace, pupil: str) -> list[str]:
    return [each.kind for each in loose_ends(golden_thread.thread_of(place.session, pupil), TODAY)]


def planned(place: Workplace, pupil: str) -> Cycle:
    return plans.start_cycle(place.session, pupil, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))[0]


def test_a_thread_is_tied_link_by_link(place: Workplace) -> None:
    session, kian = place.session, add_pupil(place)
    assert ends(place, kian.id) == ["no_plan"]
    cycle = planned(place, kian.id)
    assert ends(place, kian.id) == ["need_without_provision", "need_without_evidence"]
    seen = {"text": "Points rather than speaks", "kind": "concern", "area": "ci", "happened_on": date(2026, 9, 3)}
    (note,), _ = observations.record_observation(session, pupils=[kian.id], **seen)  # type: ignore[arg-type]
    assert ends(place, kian.id) == ["need_without_provision"]
    group, _ = provision.add_provision(session, GROUP, [kian.id])
    assert ends(place, kian.id) == ["need_without_outcome", "provision_without_outcome"]
    outcome, _ = plans.add_outcome(session, cycle.id, {"text": "Says four words together", "area": "ci", "measure": "a speech sample"})
    assert ends(place, kian.id) == ["outcome_without_provision", "provision_without_outcome"]
    (loose,) = golden_thread.thread_of(session, kian.id).provision
    golden_thread.tie_provision(session, loose.place, outcome.id)
    assert ends(place, kian.id) == []
    plans.change_cycle(session, cycle, replace(cycle, assess_summary="Speech is two years behind"))
    assert ends(place, kian.id) == ["claim_without_evidence"]
    plans.link_evidence(session, cycle.id, "observation", note)
    assert ends(place, kian.id) == []
    provision.change_provision(session, group, replace(group, ends_on=date(2026, 11, 20)))
    assert ends(place, kian.id) == ["outcome_without_provision"]


def test_the_school_is_told_of_pupils_with_sen_or_a_plan_and_of_nobody_else(place: Workplace) -> None:
    add_pupil(place, "Brennan", "Ava")
    kian = add_pupil(place)
    planned(place, kian.id)
    add_pupil_without_sen(place, "Marlow", "Ben")
    gone = add_pupil(place, "Zed", "Zoe", left_on=date(2026, 10, 1))
    found = [(each.thread.name, each.end.kind) for each in golden_thread.hanging_loose(place.session)]
    assert found == [("Ava Brennan", "no_plan"), ("Kian Osei", "need_without_provision"), ("Kian Osei", "need_without_evidence")]
    with pytest.raises(Refusal, match="no_longer_there"):
        golden_thread.thread_of(place.session, gone.id)
    content = lists.LISTS["loose_ends"](place.session, RegisterQuery(), "")
    assert content.rows[0][0] == "Ava Brennan"
    assert len(content.rows) == 3


def test_a_place_of_a_closed_cycle_stays_and_the_open_plan_gets_its_own(place: Workplace) -> None:
    session, kian = place.session, add_pupil(place)
    cycle = planned(place, kian.id)
    outcome, _ = plans.add_outcome(session, cycle.id, {"text": "Says four words together", "area": "ci"})
    provision.add_provision(session, GROUP, [kian.id], cycle=cycle.id, outcome=outcome.id)
    plans.change_outcome(session, outcome, replace(outcome, rating="met", next="stop"))
    for whose in ("pupil", "parents"):
        plans.record_view(session, kian.id, whose, text="Going well", cycle=cycle.id)  # type: ignore[arg-type]
    now = session.record.get(Cycle, cycle.id)
    assert now
    plans.change_cycle(session, now, replace(now, decision="Go on"))
    following, _ = plans.close_cycle(session, cycle.id)
    assert "provision_without_outcome" in ends(place, kian.id)
    new, _ = plans.add_outcome(session, following.id, {"text": "Tells a story", "area": "ci", "measure": "a recording"})
    (loose,) = golden_thread.thread_of(session, kian.id).provision
    golden_thread.tie_provision(session, loose.place, new.id)
    assert ends(place, kian.id) == ["need_without_evidence"]
    assert len(golden_thread.thread_of(session, kian.id).provision) == 2
    with pytest.raises(Refusal, match="cycle_is_closed"):
        golden_thread.tie_provision(session, loose.place, outcome.id)


def test_a_review_date_lies_after_the_plan(place: Workplace) -> None:
    session, kian = place.session, add_pupil(place)
    cycle = planned(place, kian.id)
    for day, key in ((None, "cycle_needs_review_date"), (date(2026, 9, 1), "review_before_plan")):
        with pytest.raises(Refusal, match=key):
            golden_thread.set_review_date(session, cycle.id, day)
    golden_thread.set_review_date(session, cycle.id, date(2027, 1, 15))
    assert golden_thread.thread_of(session, kian.id).plan.review_due_on == date(2027, 1, 15)  # type: ignore[union-attr]
