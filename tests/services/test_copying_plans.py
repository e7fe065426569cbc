"""A plan copied to a group, each with their own; and a closed plan rolled forward."""

from datetime import date
from decimal import Decimal

import pytest

from sencoapp.app import Workplace
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.services import copying_plans, plans, provision, reviewing, undoing
from sencoapp.services.copying_plans import Wanted
from tests.places import add_pupil

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


def esme(place: Workplace) -> tuple[Cycle, list[Outcome]]:
    session, pupil = place.session, add_pupil(place, "Abara", "Esme", sex="F")
    cycle, _ = plans.start_cycle(session, pupil.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    told = {"text": "Esme tells her story to a friend", "baseline": "2 sentences", "target": "5 sentences", "area": "ci"}
    first, _ = plans.add_outcome(session, cycle.id, told)
    second, _ = plans.add_outcome(session, cycle.id, {"text": "Esme joins a game"})
    provision.add_provision(session, GROUP, [pupil.id], cycle=cycle.id, outcome=first.id)
    return cycle, [first, second]


def test_each_pupil_gets_outcomes_of_their_own_in_one_save_that_one_undo_takes_back(place: Workplace) -> None:
    session = place.session
    cycle, outcomes = esme(place)
    kian, ava = add_pupil(place, "Osei", "Kian", sex="M"), add_pupil(place, "Brennan", "Ava", sex="F")
    theirs, _ = plans.start_cycle(session, ava.id, starts_on=date(2026, 9, 1), review_due_on=date(2027, 1, 15))
    plans.add_outcome(session, theirs.id, {"text": "Ava reads aloud"})
    wanted = Wanted((outcomes[0].id,), provision=True)
    to_kian, to_ava = copying_plans.planned_copies(session, cycle.id, wanted, [kian.id, ava.id, cycle.pupil])
    assert [(each.text, each.doubts) for each in to_kian.texts] == [("Kian tells his story to a friend", ("his",))]
    assert (to_kian.has_open_plan, to_ava.has_open_plan) == (False, True)
    saved = copying_plans.copy_plan(
        session, cycle.id, wanted, [kian.id, ava.id], {(ava.id, outcomes[0].id): "Ava tells her story in class"}
    )
    (new,) = session.record.find(Cycle, pupil=kian.id)
    assert (new.number, new.review_due_on) == (1, date(2026, 12, 10))
    (copied,) = session.record.find(Outcome, pupil=kian.id)
    assert (copied.text, copied.target, copied.baseline, copied.by_on) == (
        "Kian tells his story to a friend",
        "5 sentences",
        None,
        new.review_due_on,
    )
    assert [(each.number, each.text) for each in session.record.find(Outcome, cycle=theirs.id)] == [
        (1, "Ava reads aloud"),
        (2, "Ava tells her story in class"),
    ]
    assert {each.outcome for each in session.record.find(ProvisionPlace, pupil=kian.id)} == {copied.id}
    undoing.undo(session, saved.save)
    assert session.record.find(Cycle, pupil=kian.id) == []
    assert len(session.record.find(Outcome, cycle=theirs.id)) == 1


def test_what_cannot_be_copied_is_a_sentence(place: Workplace) -> None:
    session = place.session
    cycle, outcomes = esme(place)
    kian, gone = add_pupil(place), add_pupil(place, "Zed", "Zoe", left_on=date(2026, 11, 2))
    every = tuple(each.id for each in outcomes)
    for wanted, pupils, texts, key in (
        (Wanted(()), [kian.id], {}, "copy_needs_outcomes"),
        (Wanted(every), [cycle.pupil], {}, "copy_needs_pupils"),
        (Wanted(every), [gone.id], {}, "pupil_has_left"),
        (Wanted(every), [kian.id], {(kian.id, every[0]): " "}, "outcome_needs_words"),
    ):
        with pytest.raises(Refusal, match=key):
            copying_plans.copy_plan(session, cycle.id, wanted, pupils, texts)
    assert session.record.find(Cycle, pupil=kian.id) == []


def test_a_closed_plan_rolls_forward_with_what_was_not_met_and_never_beside_an_open_one(place: Workplace) -> None:
    session = place.session
    cycle, outcomes = esme(place)
    with pytest.raises(Refusal, match="cycle_is_open_already"):
        copying_plans.roll_forward(session, cycle.pupil)
    said = reviewing.Said(text="Good")
    rated = {outcomes[0].id: reviewing.OutcomeReviewed("met"), outcomes[1].id: reviewing.OutcomeReviewed("some", "two games")}
    review = reviewing.Reviewed(
        cycle.id, date(2026, 11, 20), views={"pupil": said, "parents": said}, outcomes=rated, decision="Go on", close=True
    )
    (following,), _ = reviewing.save_reviews(session, [review])
    session.record.save(
        [*(Remove(Outcome, each.id) for each in session.record.find(Outcome, cycle=following.id)), Remove(Cycle, following.id)],
        action="start_cycle",
        actor=session.actor,
    )
    rolled, _ = copying_plans.roll_forward(session, cycle.pupil)
    assert (rolled.number, rolled.starts_on) == (2, date(2026, 11, 24))
    assert [(each.text, each.baseline) for each in session.record.find(Outcome, cycle=rolled.id)] == [("Esme joins a game", "two games")]
    assert session.record.find(ProvisionPlace, cycle=rolled.id) == []
    with pytest.raises(Refusal, match="no_plan_to_roll_forward"):
        copying_plans.roll_forward(session, add_pupil(place).id)
