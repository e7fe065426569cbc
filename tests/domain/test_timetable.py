"""Two places at once: by the clock, the day of the week, and the days on which both hold."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.provision import ProvisionPlace, ProvisionStaff
from sencoapp.domain.timetable import Days, ProvisionSlot, Timetable, clock, read_clock

RUN = Days(date(2026, 9, 7), date(2026, 12, 18))
TALK = ProvisionSlot("t1", "talk", 1, "09:30", 30)
READ = ProvisionSlot("r1", "read", 1, "09:45", 30)


def table(*slots, staff=None, places=None, runs=None):
    return Timetable(
        slots,
        runs or {"talk": RUN, "read": RUN},
        staff or {"talk": [ProvisionStaff("a", "talk", "lacey")], "read": [ProvisionStaff("b", "read", "lacey")]},
        places or {"talk": [ProvisionPlace("p", "kian", "talk")], "read": [ProvisionPlace("q", "ava", "read")]},
    )


def found(*slots, **more):
    return [(each.kind, each.who, each.one.id, each.other.id, each.first) for each in table(*slots, **more).clashes()]


def test_an_adult_who_would_be_in_two_places_is_told_with_the_first_day():
    assert found(TALK, READ) == [("adult", "lacey", "t1", "r1", date(2026, 9, 7))]
    assert found(READ, TALK) == found(TALK, READ)


@pytest.mark.parametrize("other", [replace(READ, starts_at="10:00"), replace(READ, weekday=2), replace(READ, staff_member="shah")])
def test_after_one_another_on_another_day_or_by_another_adult_is_no_clash(other):
    assert found(TALK, other) == []


def test_a_pupil_who_left_one_before_joining_the_other_is_in_one_place():
    staff = {"talk": [], "read": []}
    both = {
        "talk": [ProvisionPlace("p", "kian", "talk", ends_on=date(2026, 10, 9))],
        "read": [ProvisionPlace("q", "kian", "read", starts_on=date(2026, 10, 10))],
    }
    assert found(TALK, READ, staff=staff, places=both) == []
    both["read"] = [ProvisionPlace("q", "kian", "read", starts_on=date(2026, 10, 1))]
    assert found(TALK, READ, staff=staff, places=both) == [("pupil", "kian", "t1", "r1", date(2026, 10, 5))]
    # From the fifth to the ninth there is one Monday; from the sixth on there is none.
    assert table(TALK, READ, staff=staff, places=both).clashes(date(2026, 10, 6)) == []


def test_a_day_shows_what_is_given_on_it_earliest_first():
    shown = table(READ, TALK, replace(TALK, id="t2", ends_on=date(2026, 9, 7)))
    assert [each.id for each in shown.on(date(2026, 9, 7))] == ["t1", "t2", "r1"]
    assert [each.id for each in shown.on(date(2026, 9, 14))] == ["t1", "r1"]
    assert shown.on(date(2026, 9, 8)) == []


@given(st.integers(0, 23 * 60), st.integers(1, 60), st.integers(0, 23 * 60), st.integers(1, 60))
def test_two_times_clash_if_some_minute_lies_in_both(one, long, other, short):
    slots = [replace(TALK, starts_at=clock(one), minutes=long), replace(READ, starts_at=clock(other), minutes=short)]
    together = set(range(one, one + long)) & set(range(other, other + short))
    assert bool(found(*slots)) == bool(together)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("9:30", "09:30"), ("9.30", "09:30"), ("0930", "09:30"), ("930", "09:30"), ("9", "09:00"), ("2:15pm", "14:15"), ("12 am", "00:00")]
    + [(each, None) for each in ("", "25:00", "9:75", "half nine", "9:5", "13pm", "²:30")],
)
def test_times_are_read_as_people_type_them(typed, read):
    assert read_clock(typed) == read
