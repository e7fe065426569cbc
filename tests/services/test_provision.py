"""Provision and its cost, to the penny."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.provision import Provision, cost_pence, exact_cost, to_pence
from sencoapp.domain.refusals import Refusal
from sencoapp.services import plans, provision, rates
from tests.places import add_pupil


def values(**other):
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
        **other,
    }


def test_the_worked_example_of_the_reference_comes_out_to_the_penny():
    """domain.md 5: 3 x 30 min, group 4, 12 weeks, £17.20 gives £77.40; a weekly hour for a year of 38 weeks gives £653.60."""
    assert cost_pence(Provision(id="a", **values())) == 7740
    assert cost_pence(Provision(id="a", **values(sessions_per_week=Decimal(1), minutes=60, weeks=38, group_size=1))) == 65360


@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 400), st.integers(1, 60), st.integers(1, 30))
def test_the_cost_is_the_exact_sum_rounded_once_with_a_half_going_up(rate, sessions, minutes, weeks, group):
    made = Provision(
        id="a", **values(pence_per_hour=rate, sessions_per_week=Decimal(sessions), minutes=minutes, weeks=weeks, group_size=group)
    )
    exact = Fraction(rate * sessions * minutes * weeks, 60 * group)
    assert exact_cost(made) == exact
    assert abs(Fraction(cost_pence(made)) - exact) <= Fraction(1, 2)
    assert to_pence(Fraction(2 * cost_pence(made) + 1, 2)) == cost_pence(made) + 1


def test_the_places_of_the_school_add_up_and_name_each_provision_of_a_pupil_once(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    group, _ = provision.add_provision(place.session, values(), [kian.id, ava.id])
    provision.join_provision(place.session, group.id, kian.id, cycle=plans.start_cycle(place.session, kian.id)[0].id)
    provision.add_provision(place.session, values(title="Reading", group_size=1, minutes=10), [kian.id])
    pupils = provision.places_of_school(place.session)
    totals = {each["name"]: each["total_pence"] for each in pupils}
    assert totals == {"Kian Osei": 7740 + 10320, "Ava Brennan": 7740}
    assert len(provision.pupil_map(place.session, kian.id)["rows"]) == 2
    assert pupils[0]["rows"][0]["formula"].endswith("= £77.40")


def test_a_whole_cost_with_a_reason_is_not_shared(place):
    made = provision.check_provision(Provision(id="a", **values(whole_cost_reason="The group exists for this pupil only.")))
    assert cost_pence(made) == 4 * 7740


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"title": " "}, "provision_needs_title"),
        ({"delivered_by": ""}, "provision_needs_who"),
        ({"sessions_per_week": Decimal(0)}, "provision_sessions_per_week"),
        ({"minutes": 0}, "provision_minutes"),
        ({"weeks": 61}, "provision_weeks"),
        ({"group_size": 0}, "provision_group_size"),
        ({"pence_per_hour": -1}, "rate_is_above_nothing"),
        ({"ends_on": date(2026, 8, 1)}, "provision_ends_before_it_starts"),
    ],
)
def test_what_cannot_be_costed_is_refused_with_its_field(place, wrong, key):
    kian = add_pupil(place)
    with pytest.raises(Refusal, match=key):
        provision.add_provision(place.session, values(**wrong), [kian.id])
    assert provision.provision_of(place.session.record, kian.id) == []


def test_a_rate_holds_from_its_day_on(place):
    rates.set_staff_rate(place.session, "Teaching assistant", 1650, date(2025, 9, 1))
    rates.set_staff_rate(place.session, "Teaching assistant", 1720, date(2026, 9, 1))
    rates.set_staff_rate(place.session, "Teaching assistant", 1730, date(2026, 9, 1))
    rate_on = rates.rate_on
    assert rate_on(place.session.record, "Teaching assistant", date(2025, 8, 31)) is None
    assert rate_on(place.session.record, "Teaching assistant", date(2026, 8, 31)).pence_per_hour == 1650
    assert rate_on(place.session.record, "Teaching assistant", date(2026, 9, 1)).pence_per_hour == 1730


def test_the_places_of_the_school_are_of_this_school_year_and_a_pupils_own_map_of_all_of_it(place):
    kian = add_pupil(place)
    provision.add_provision(place.session, values(title="Last spring", starts_on=date(2026, 1, 12), ends_on=date(2026, 4, 1)), [kian.id])
    provision.add_provision(place.session, values(title="Over the summer", starts_on=date(2026, 6, 1), ends_on=date(2026, 9, 1)), [kian.id])
    provision.add_provision(place.session, values(title="Now"), [kian.id])
    assert [row["title"] for row in provision.places_of_school(place.session)[0]["rows"]] == ["Now", "Over the summer"]
    assert len(provision.map_content(place.session, kian.id)["pupil"]["rows"]) == 3
