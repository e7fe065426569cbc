"""The places of a school in provision are read as a whole, and say what each pupil's own map says."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import plans, provision
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.undoing import undo
from tests.places import add_pupil


def some_provision(place, number, **other):
    values = {"title": f"P{number}", "wave": "targeted", "delivered_by": "Mrs Lacey", "pence_per_hour": 1720, "minutes": 20}
    values |= {"sessions_per_week": Decimal(4), "weeks": 12, "group_size": 3, "starts_on": date(2026, 9, 1 + number % 3)}
    return Provision(place.session.ids.new(), **{**values, **other})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4)), max_size=20))
def test_the_places_of_the_school_are_those_of_its_pupils(place, taken):
    pupils = [add_pupil(place, f"Osei{number}", "Kian", year=str(number + 1)) for number in range(4)]
    made = [some_provision(place, number, pence_per_hour=1000 + 7 * number) for number in range(5)]
    places = [ProvisionPlace(place.session.ids.new(), pupils[who].id, made[what].id) for who, what in taken]
    place.session.record.save([New(each) for each in (*made, *places)], action="add_provision", actor=place.session.actor)
    own = {each["id"]: each for each in provision.places_of_school(place.session)}
    for who, pupil in enumerate(pupils):
        if any(each == who for each, _ in taken):
            assert own[pupil.id] == provision.pupil_map(place.session, pupil.id)
        else:
            assert pupil.id not in own


def test_a_filter_of_the_register_holds_for_the_places(place):
    kian, ava = add_pupil(place, year="4"), add_pupil(place, "Brennan", "Ava", year="2")
    made = some_provision(place, 1)
    rows = [New(made), *(New(ProvisionPlace(place.session.ids.new(), each.id, made.id)) for each in (kian, ava))]
    place.session.record.save(rows, action="add_provision", actor=place.session.actor)
    assert [each["name"] for each in provision.places_of_school(place.session, RegisterQuery(years=("2",)))] == ["Ava Brennan"]


def test_ending_taking_away_and_removing_can_each_be_undone(place):
    kian = add_pupil(place)
    made, _ = provision.add_provision(place.session, _values(), [kian.id])
    before = place.session.record.find(ProvisionPlace, pupil=kian.id)
    with pytest.raises(Refusal, match="provision_ends_before_it_starts"):
        provision.end_places(place.session, kian.id, made.id, date(2026, 8, 1))
    for undoable in (
        lambda: provision.end_places(place.session, kian.id, made.id, date(2026, 11, 20)),
        lambda: provision.take_places_away(place.session, kian.id, made.id),
    ):
        saved = undoable()
        assert place.session.record.find(ProvisionPlace, pupil=kian.id) != before
        undo(place.session, saved.save)
        assert place.session.record.find(ProvisionPlace, pupil=kian.id) == before
    provision.take_places_away(place.session, kian.id, made.id)
    provision.remove_provision(place.session, made.id)
    assert provision.places_of_school(place.session) == []


def test_the_open_plans_of_the_school_stand_in_the_order_of_their_reviews(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    cycle, _ = plans.start_cycle(place.session, ava.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 3))
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "Reads"})
    found = plans.open_plans(place.session.record)
    assert [(each.pupil.name, each.stage, each.outcomes, each.rated) for each in found] == [
        ("Ava Brennan", "assess", 1, 0),
        ("Kian Osei", "assess", 0, 0),
    ]
    removed = plans.remove_outcome(place.session, outcome.id)
    assert plans.open_plans(place.session.record)[0].outcomes == 0
    undo(place.session, removed.save)
    assert plans.open_plans(place.session.record)[0].outcomes == 1


def _values():
    return {
        "title": "Talk Boost",
        "wave": "targeted",
        "delivered_by": "Mrs Lacey",
        "pence_per_hour": 1720,
        "sessions_per_week": Decimal(3),
        "minutes": 30,
        "weeks": 12,
        "group_size": 4,
        "starts_on": date(2026, 9, 1),
    }
