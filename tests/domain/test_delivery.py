"""Planned beside delivered: worked out by hand, and nothing counted twice."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.delivery import SessionMark, group_tally, planned_days, pupil_tally, sessions_a_day
from sencoapp.domain.people import Term
from sencoapp.domain.provision import Provision, ProvisionPlace, planned_minutes

TERM = Term("Autumn term 2026", date(2026, 8, 27), date(2026, 12, 18), date(2026, 10, 19), date(2026, 10, 30))
DAYS = SchoolDays.of([TERM])
NO_TERMS = SchoolDays.of([])
MONDAY = date(2026, 9, 7)


def talk_boost(**other):
    made = {
        "id": "t",
        "title": "Talk Boost",
        "wave": "targeted",
        "delivered_by": "Mrs Lacey",
        "pence_per_hour": 1720,
        "sessions_per_week": Decimal(3),
        "minutes": 30,
        "weeks": 12,
        "group_size": 4,
        "starts_on": MONDAY,
    }
    return Provision(**{**made, **other})


def mark(pupil, day, result="ran", lasted=30, minutes=None, **other):
    return SessionMark(f"{pupil}{day}{result}", pupil, "t", day, result, lasted, lasted if minutes is None else minutes, "x", **other)


def place(pupil="kian", **other):
    return ProvisionPlace(f"p{pupil}", pupil, "t", **other)


def test_two_weeks_worked_out_by_hand():
    """Two weeks of 3 x 30 min are 180 min. This pupil had 30 + 20 + 0 (absent) + 10 (left) = 60 min. One was missed."""
    planned = planned_days(talk_boost(), DAYS, MONDAY + timedelta(days=11))
    mine = [
        mark("kian", MONDAY),
        mark("kian", MONDAY + timedelta(days=1), "short", 20),
        mark("kian", MONDAY + timedelta(days=2), "absent", minutes=0),
        mark("kian", MONDAY + timedelta(days=3), "left_early", minutes=10),
        mark("kian", MONDAY + timedelta(days=4), "missed", 0, reason="no_room"),
    ]
    tally = pupil_tally(talk_boost(), mine, planned, [place()])
    assert (tally.planned_minutes, tally.delivered_minutes, tally.held, tally.missed) == (180, 60, 4, 1)


def test_a_session_of_many_pupils_and_two_adults_counts_once():
    planned = planned_days(talk_boost(), DAYS, MONDAY)
    marks = [mark(each, MONDAY, adults=2) for each in ("kian", "ava", "zac")]
    tally = group_tally(talk_boost(), marks, planned)
    assert (tally.delivered_minutes, tally.held) == (30, 1)


def test_two_people_who_tick_the_same_session_tell_of_it_once():
    twice = [mark("kian", MONDAY, author_id) for author_id in ("ran", "short")]
    assert pupil_tally(talk_boost(), twice, [MONDAY], [place()]).held == 1
    assert group_tally(talk_boost(), twice, [MONDAY]).delivered_minutes == 30


def test_in_a_rotating_group_the_turn_of_others_is_not_planned():
    marks = [mark("kian", MONDAY), mark("kian", MONDAY + timedelta(days=1), "not_due", minutes=0)]
    others = [mark("ava", MONDAY, "not_due", minutes=0), mark("ava", MONDAY + timedelta(days=1))]
    planned = planned_days(talk_boost(), DAYS, MONDAY + timedelta(days=4))
    tally = pupil_tally(talk_boost(), marks, planned, [place()])
    assert (tally.planned_minutes, tally.delivered_minutes, tally.held) == (60, 30, 1)
    assert group_tally(talk_boost(), marks + others, planned).held == 2


def test_the_plan_leaves_out_half_term_and_starts_with_the_pupils_own_first_day():
    around = planned_days(talk_boost(starts_on=date(2026, 10, 16)), DAYS, date(2026, 11, 2))
    assert around == [date(2026, 10, 16), date(2026, 11, 2)]
    planned = planned_days(talk_boost(), DAYS, MONDAY + timedelta(days=11))
    late = pupil_tally(talk_boost(), [], planned, [place(starts_on=MONDAY + timedelta(days=7))])
    left = pupil_tally(talk_boost(), [], planned, [place(ends_on=MONDAY + timedelta(days=4))])
    assert (late.planned_minutes, left.planned_minutes) == (90, 90)


@given(st.integers(1, 20), st.integers(1, 120), st.integers(1, 40), st.integers(1, 8))
def test_the_whole_run_comes_to_what_the_map_says(sessions, minutes, weeks, group):
    made = talk_boost(sessions_per_week=Decimal(sessions), minutes=minutes, weeks=weeks, group_size=group)
    tally = pupil_tally(made, [], planned_days(made, NO_TERMS, MONDAY + timedelta(weeks=weeks + 1)), [place()])
    assert tally.planned_minutes == planned_minutes(made)


@given(st.permutations(["ran", "absent", "missed", "not_due"]), st.integers(1, 6))
def test_the_group_has_held_a_session_if_anybody_was_in_it(results, adults):
    marks = [mark(f"p{n}", MONDAY, each, 0 if each == "missed" else 30, adults=adults) for n, each in enumerate(results)]
    tally = group_tally(talk_boost(), marks, [MONDAY])
    assert (tally.held, tally.missed, tally.delivered_minutes) == (1, 0, 30)


def test_more_than_five_a_week_are_several_a_day():
    assert [sessions_a_day(talk_boost(sessions_per_week=Decimal(each))) for each in ("0.5", "5", "6", "10", "11")] == [1, 1, 2, 2, 3]
