"""What hangs loose on the golden thread, and the lines of its board."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.golden_thread import LOOSE_KINDS, NeedKnot, OutcomeKnot, PlanKnot, ProvisionKnot, PupilThread, loose_ends, thread_lines

TODAY = date(2026, 11, 24)
PLAN = PlanKnot("c", 1, date(2026, 9, 1), date(2026, 12, 10), True, 2)
NEED = NeedKnot("n", "SLCN", "ci", None, 3)
OUTCOME = OutcomeKnot("o", 1, "Says sentences of four words", "ci", "a sample of speech", date(2026, 12, 10), None, None, 0)
PROVISION = ProvisionKnot("p", "v", "Speech group", "ci", "o")
WHOLE = PupilThread("k", "Kian Osei", "4", "4M", "K", PLAN, (NEED,), (OUTCOME,), (PROVISION,))


def kinds(thread: PupilThread) -> list[str]:
    return [each.kind for each in loose_ends(thread, TODAY)]


def test_a_whole_thread_has_no_loose_ends_and_one_line():
    assert kinds(WHOLE) == []
    (line,) = thread_lines(WHOLE)
    assert (line.need, line.outcome, line.provision) == (NEED, OUTCOME, (PROVISION,))


def test_sen_without_a_plan_hangs_loose_and_no_sen_does_not():
    assert kinds(PupilThread("k", "Kian Osei", "4", "4M", "E", None)) == ["no_plan"]
    assert kinds(PupilThread("k", "Kian Osei", "4", "4M", "N", None)) == []


def test_each_missing_link_is_named_once():
    assert kinds(replace(WHOLE, provision=())) == ["outcome_without_provision"]
    assert kinds(replace(WHOLE, outcomes=(), provision=())) == ["need_without_provision"]
    assert kinds(replace(WHOLE, outcomes=())) == ["need_without_outcome", "provision_without_outcome"]
    assert kinds(replace(WHOLE, plan=replace(PLAN, review_due_on=None))) == ["no_review_date"]
    assert kinds(replace(WHOLE, plan=replace(PLAN, evidence=0))) == ["claim_without_evidence"]
    assert kinds(replace(WHOLE, plan=replace(PLAN, evidence=0, claims=False))) == []
    assert kinds(replace(WHOLE, needs=(replace(NEED, evidence=0),))) == ["need_without_evidence"]
    assert kinds(replace(WHOLE, outcomes=(replace(OUTCOME, measure=None),))) == ["outcome_without_measure"]


def test_an_outcome_past_its_day_hangs_loose_until_it_is_rated_and_a_rating_needs_something_dated():
    late = replace(OUTCOME, by_on=date(2026, 11, 23))
    assert kinds(replace(WHOLE, outcomes=(late,))) == ["outcome_never_reviewed"]
    assert kinds(replace(WHOLE, outcomes=(replace(late, by_on=TODAY),))) == []
    rated = replace(late, rating="met")
    assert kinds(replace(WHOLE, outcomes=(rated,))) == ["rating_without_evidence"]
    assert kinds(replace(WHOLE, outcomes=(replace(rated, result="58 words a minute"),))) == []
    assert kinds(replace(WHOLE, outcomes=(replace(rated, evidence=1),))) == []


def test_provision_that_serves_one_present_outcome_is_tied_whatever_its_older_places_served():
    older = replace(PROVISION, place="old", outcome="of a closed cycle")
    assert kinds(replace(WHOLE, provision=(older, PROVISION))) == []
    assert "provision_without_outcome" in kinds(replace(WHOLE, provision=(older,)))


def test_a_need_of_no_area_is_served_by_any_outcome():
    assert kinds(replace(WHOLE, needs=(replace(NEED, sen_type="OTH", area=None),))) == []


areas = st.sampled_from(["ci", "cl", "semh", "sp", None])


@given(
    needs=st.lists(st.tuples(areas, st.integers(0, 1)), max_size=3),
    outcomes=st.lists(st.tuples(areas, st.booleans()), max_size=4),
    places=st.lists(st.tuples(areas, st.integers(0, 5)), max_size=5),
)
def test_the_board_shows_everything_once_and_the_ends_are_in_order(needs, outcomes, places):
    thread = replace(
        WHOLE,
        needs=tuple(NeedKnot(f"n{at}", "SLCN", area, None, said) for at, (area, said) in enumerate(needs)),
        outcomes=tuple(replace(OUTCOME, id=f"o{at}", area=area, measure="x" if said else None) for at, (area, said) in enumerate(outcomes)),
        provision=tuple(ProvisionKnot(f"p{at}", f"v{at}", "Group", area, f"o{to}") for at, (area, to) in enumerate(places)),
    )
    lines = thread_lines(thread)
    shown = [each.outcome.id for each in lines if each.outcome]
    assert sorted(shown) == sorted(each.id for each in thread.outcomes)
    assert {each.need.id for each in lines if each.need} == {each.id for each in thread.needs}
    assert {each.provision for line in lines for each in line.provision} == {each.provision for each in thread.provision}
    found = kinds(thread)
    assert found == sorted(found, key=LOOSE_KINDS.index)
    bare = {line.outcome.id for line in lines if line.outcome and not line.provision}
    assert bare == {each.subject for each in loose_ends(thread, TODAY) if each.kind == "outcome_without_provision"}
