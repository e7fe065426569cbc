"""What provision costs, worked out by hand to the penny; and what always adds up."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.costing import (
    CouncilRate,
    Gap,
    delivered_costs,
    elements,
    gaps,
    group_cost,
    method_from,
    parts_of,
    planned_cost,
    stretches,
    until_left,
    yearly_cost,
)
from sencoapp.domain.delivery import planned_days
from sencoapp.domain.provision import ProvisionPlace, ProvisionStaff, StaffRate, exact_cost, to_pence
from sencoapp.domain.rates import Pay, changes, exact_rate, pay_of, rate_on, until
from tests.domain.test_delivery import DAYS, MONDAY, NO_TERMS, mark, talk_boost

FOUR = ("kian", "ava", "zac", "mia")
PEOPLE = {"lacey": ("Mrs Lacey", "Teaching assistant"), "shah": ("Mr Shah", None)}


def place(pupil, **other):
    return ProvisionPlace(f"p{pupil}", pupil, "t", **other)


def flat(pence=1720):
    return lambda day: Pay(Fraction(pence))


def whole_run(provision, days=NO_TERMS):
    return planned_days(provision, days, date.max)


def cost(provision, places, pupil, pay=None, cuts=(), planned=None):
    found = stretches(provision, planned if planned is not None else whole_run(provision), places, pay or flat(), cuts)
    return planned_cost(parts_of(provision, pupil, found))


# ---- the plan -------------------------------------------------------------------------------------------------------


def test_the_example_of_the_reference_comes_out_to_the_penny():
    """domain.md 5: 3 x 30 min, group of 4, 12 weeks, £17.20 an hour: £77.40. Named or not, a group of four is one of four."""
    for named in (FOUR, FOUR[:1]):
        assert to_pence(cost(talk_boost(), [place(each) for each in named], "kian")) == 7740


def test_a_pupil_who_leaves_costs_no_more_and_the_others_share_what_goes_on():
    """12 weeks from Monday 7 September. Mia's last day is Friday 16 October, after six weeks.

    An hour and a half a week at £17.20 is £25.80: six weeks by four are £38.70 each, six weeks by three are £51.60 each.
    """
    places = [*(place(each) for each in FOUR[:3]), place("mia", ends_on=date(2026, 10, 16))]
    assert to_pence(cost(talk_boost(), places, "mia")) == 3870
    assert to_pence(cost(talk_boost(), places, "kian")) == 3870 + 5160
    parts = parts_of(talk_boost(), "kian", stretches(talk_boost(), whole_run(talk_boost()), places, flat()))
    assert [(each.weeks, each.shared_by, each.last) for each in parts] == [
        (6, 4, date(2026, 10, 16)),
        (6, 3, date(2026, 11, 27)),
    ]


def test_half_term_moves_the_plan_on_and_adds_nothing():
    planned = whole_run(talk_boost(), DAYS)
    assert planned[-1] == date(2026, 12, 11)
    assert to_pence(cost(talk_boost(), [place(each) for each in FOUR], "kian", planned=planned)) == 7740


def test_a_pupil_who_left_the_school_is_costed_until_then():
    places = until_left([place("kian"), place("ava", ends_on=date(2026, 9, 11))], {"kian": date(2026, 9, 18), "ava": date(2026, 12, 1)})
    assert [each.ends_on for each in places] == [date(2026, 9, 18), date(2026, 9, 11)]
    assert to_pence(cost(talk_boost(group_size=1), places[:1], "kian")) == 2 * 2580


def test_a_group_that_is_there_for_one_pupil_is_charged_to_that_pupil_and_to_nobody_else():
    places = [place("kian", whole_cost_reason="the group exists only for him"), place("ava")]
    made = talk_boost(group_size=2)
    assert to_pence(cost(made, places, "kian")) == 30960
    assert cost(made, places, "ava") == 0
    alone = talk_boost(whole_cost_reason="others only join")
    assert to_pence(cost(alone, [place("kian")], "kian")) == 30960


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=5),
    st.integers(0, 100),
    st.integers(1, 40),
    st.integers(1, 5000),
)
def test_the_shares_of_a_group_add_up_to_what_it_costs(stays, rise, weeks, pence):
    """Whoever comes and goes: while anybody named is in a group of their own size, its cost is shared out whole."""
    made = talk_boost(weeks=weeks, group_size=1)
    places = [
        place(f"p{number}", starts_on=MONDAY + timedelta(days=start), ends_on=MONDAY + timedelta(days=start + length))
        for number, (start, length) in enumerate(stays)
    ]
    places.append(place("always"))
    risen = MONDAY + timedelta(days=rise)
    pay = lambda day: Pay(Fraction(pence if day < risen else pence + 100))  # noqa: E731
    found = stretches(made, whole_run(made), places, pay, [risen])
    shares = sum(planned_cost(parts_of(made, each.pupil, found)) for each in places)
    assert shares == group_cost(made, found)
    assert sum(each.days for each in found) == len(whole_run(made))


@given(st.integers(1, 5000), st.integers(1, 20), st.integers(1, 120), st.integers(1, 40), st.integers(1, 8))
def test_a_group_that_stays_as_it_was_costed_costs_what_the_simple_sum_says(pence, sessions, minutes, weeks, group):
    made = talk_boost(pence_per_hour=pence, sessions_per_week=Decimal(sessions), minutes=minutes, weeks=weeks, group_size=group)
    assert cost(made, [place("kian")], "kian", pay_of(made, [], [], {})) == exact_cost(made)


# ---- rates ----------------------------------------------------------------------------------------------------------


def rate(pence, starts_on, role="Teaching assistant", **other):
    return StaffRate(f"{role}{starts_on}{other}", role, pence, starts_on, **other)


def test_a_year_of_pay_is_salary_and_on_costs_by_paid_hours():
    """(£18,200.00 + £1,610.40 + £4,550.00) / 1,410 hours = £24,360.40 / 1,410 = £17.2769..., kept exact until the end."""
    made = rate(1728, MONDAY, salary_pence=1820000, insurance_pence=161040, pension_pence=455000, paid_hours=Decimal(1410))
    assert exact_rate(made) == Fraction(2436040, 1410)
    assert to_pence(exact_rate(made)) == 1728


def test_a_rate_holds_to_the_day_before_the_next_and_a_persons_own_goes_first():
    first, second = rate(1650, date(2025, 9, 1)), rate(1720, date(2026, 9, 1))
    own = rate(1900, date(2026, 10, 1), staff_member="lacey")
    known = [second, own, first]
    assert until(first, known) == date(2026, 8, 31)
    assert until(second, known) is None
    assert rate_on(known, date(2025, 8, 31), kind="teaching assistant") is None
    assert rate_on(known, date(2026, 9, 30), person="lacey", kind="Teaching assistant") == second
    assert rate_on(known, date(2026, 10, 1), person="lacey", kind="Teaching assistant") == own
    assert rate_on(known, date(2026, 10, 1), person="shah", kind="Teaching assistant") == second


def test_two_adults_of_one_group_cost_both_and_one_named_twice_costs_once():
    staff = [
        ProvisionStaff("1", "t", "lacey"),
        ProvisionStaff("2", "t", "shah", "Teacher", starts_on=date(2026, 9, 14)),
        ProvisionStaff("3", "t", "lacey", ends_on=date(2026, 9, 30)),
    ]
    known = [rate(1720, date(2025, 9, 1)), rate(4150, date(2025, 9, 1), "Teacher")]
    pay = pay_of(talk_boost(), staff, known, PEOPLE)
    assert pay(MONDAY) == Pay(Fraction(1720), 1)
    assert pay(date(2026, 9, 14)) == Pay(Fraction(5870), 2)
    found = stretches(talk_boost(), whole_run(talk_boost()), [place(each) for each in FOUR], pay, changes(staff, known))
    # One week at £25.80 by four, eleven weeks of 1.5 hours at £58.70 by four.
    assert to_pence(planned_cost(parts_of(talk_boost(), "kian", found))) == to_pence(Fraction(2580, 4) + Fraction(5870 * 3 * 11, 2 * 4))


def test_a_time_without_a_rate_is_told_and_never_counted_as_nothing():
    staff = [ProvisionStaff("1", "t", "shah", "Teacher")]
    known = [rate(4150, date(2026, 9, 21), "Teacher")]
    pay = pay_of(talk_boost(), staff, known, PEOPLE)
    found = stretches(talk_boost(), whole_run(talk_boost()), [place("kian")], pay, changes(staff, known))
    assert gaps(found) == (Gap("Mr Shah", MONDAY, date(2026, 9, 18)),)
    assert pay_of(talk_boost(pence_per_hour=0), [], [], {})(MONDAY).without_rate == ("Mrs Lacey",)


# ---- what was held --------------------------------------------------------------------------------------------------


def test_what_was_held_worked_out_by_hand():
    """Held: 30 + 20 + 30 (absent) + 30 (left after 10) = 110 min of £17.20 an hour, a quarter each: £7.88."""
    marks = [
        mark("kian", MONDAY),
        mark("kian", MONDAY + timedelta(days=1), "short", 20),
        mark("kian", MONDAY + timedelta(days=2), "absent", minutes=0),
        mark("kian", MONDAY + timedelta(days=3), "left_early", minutes=10),
        mark("kian", MONDAY + timedelta(days=4), "missed", 0, reason="no_room"),
    ]
    _, shares = delivered_costs(talk_boost(), marks, [place("kian")], flat())
    assert to_pence(shares["kian"]) == 788


def test_in_a_rotating_group_the_turn_of_others_is_not_charged():
    """Eight pupils in two turns of four: each held half hour is £8.60, a quarter of it £2.15."""
    eight = [f"p{number}" for number in range(8)]
    tuesday = MONDAY + timedelta(days=1)
    marks = [mark(each, MONDAY, *(() if number < 4 else ("not_due",))) for number, each in enumerate(eight)]
    marks += [mark(each, tuesday, *(() if number >= 4 else ("not_due",))) for number, each in enumerate(eight)]
    total, shares = delivered_costs(talk_boost(), marks, [place(each) for each in eight], flat())
    assert total == 1720
    assert set(shares.values()) == {Fraction(215)}


def test_two_adults_cost_twice_and_a_session_is_paid_for_once():
    marks = [mark(each, MONDAY, adults=2) for each in FOUR]
    total, shares = delivered_costs(talk_boost(), marks, [place(each) for each in FOUR], flat())
    assert (to_pence(total), to_pence(shares["ava"])) == (1720, 430)


@given(st.permutations(["ran", "absent", "missed", "not_due"]), st.integers(1, 6), st.integers(0, 3))
def test_the_shares_of_a_session_add_up(results, adults, unticked):
    marks = [mark(f"p{n}", MONDAY, each, 0 if each == "missed" else 30, adults=adults) for n, each in enumerate(results)]
    places = [place(f"p{n}") for n in range(4)] + [place(f"u{n}") for n in range(unticked)]
    total, shares = delivered_costs(talk_boost(group_size=2), marks, places, flat())
    assert total == Fraction(1720 * 30 * adults, 60)
    assert sum(shares.values()) == total * Fraction(2, 2 + unticked)


# ---- methods --------------------------------------------------------------------------------------------------------


def method(name, *entered):
    return method_from(reference.data("costing", f"{name}.json"), entered)


def by_council(made, provision, role="Teaching assistant", day=MONDAY):
    pay = made.pay(lambda _: [role])
    return parts_of(provision, "kian", stretches(provision, whole_run(provision), [place("kian")], pay, made.changes()))


def test_the_unit_rate_gives_the_example_of_the_reference_and_a_weekly_hour_for_a_year():
    """£653.60 for a weekly hour over 38 weeks is £17.20 an hour; £6,000 buys 9.18 hours a week of one adult for one pupil."""
    unit = method("unit_rate")
    assert unit.rounded(planned_cost(by_council(unit, talk_boost()))) == 7740
    assert (
        unit.rounded(planned_cost(by_council(unit, talk_boost(sessions_per_week=Decimal(1), minutes=60, weeks=38, group_size=1)))) == 65360
    )
    assert round(Fraction(600000) / Fraction(unit.rates[0].pence), 2) == Fraction("9.18")


def test_the_councils_own_figure_holds_from_its_day():
    unit = method("unit_rate", CouncilRate("a", "unit_rate", Decimal(72200), date(2026, 10, 19)))
    assert unit.per_hour(unit.rate_on(date(2026, 10, 18))) == 1720
    assert unit.per_hour(unit.rate_on(date(2026, 10, 19))) == 1900
    parts = by_council(unit, talk_boost())
    # Six weeks of 1.5 hours at £17.20 and six at £19.00, by four.
    assert unit.rounded(planned_cost(parts)) == 3870 + 4275


def test_minutes_by_outcome_are_costed_for_a_year_of_38_weeks():
    """Durham: 90 minutes a week by four are 22.5; x 38 weeks x 28.5 pence a minute = £243.68."""
    durham = method("durham", CouncilRate("a", "durham", Decimal("28.5"), date(2026, 4, 1), box="A"))
    parts = by_council(durham, talk_boost())
    assert durham.rounded(yearly_cost(talk_boost(), parts[0], durham.weeks_a_year)) == 24368
    unknown = by_council(durham, talk_boost(), role="Juggler")
    assert unknown[0].pay.without_rate == ("Juggler",)
    assert durham.box_of("teaching assistant") == "A"


@pytest.mark.parametrize(("additional", "element_2", "shortfall"), [(0, 0, 0), (599999, 599999, 0), (650000, 600000, 50000)])
def test_what_is_above_element_two_is_the_shortfall(additional, element_2, shortfall):
    split = elements(12345, additional, 600000)
    assert (split.core_pence, split.additional_pence, split.element_2_pence, split.shortfall_pence) == (
        12345,
        additional,
        element_2,
        shortfall,
    )


def test_a_method_says_how_it_rounds():
    unit = replace(method("unit_rate"), to_pence=100)
    assert unit.rounded(Fraction(7750)) == 7800
    assert method("unit_rate").rounded(Fraction(15, 2)) == 8
