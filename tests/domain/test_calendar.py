"""School days, weeks of term and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays, academic_year, academic_year_name
from sencoapp.domain.people import Term
from sencoapp.domain.working_days import add_working_days, bank_holidays, easter_sunday, first_working_day_from, is_working_day

YEAR = SchoolDays.of(
    [
        Term("Spring", date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19)),
        Term("Autumn", date(2026, 8, 27), date(2026, 12, 18), date(2026, 10, 19), date(2026, 10, 23)),
        Term("Summer", date(2027, 4, 12), date(2027, 7, 9), date(2027, 5, 31), date(2027, 6, 4)),
    ]
)
HOLIDAYS = reference.data("rules", "england.json")["bank_holidays"]
in_year = st.dates(date(2026, 8, 27), date(2027, 7, 9))


@pytest.mark.parametrize(
    ("day", "open_"),
    [
        ("2026-08-27", True),
        ("2026-08-31", False),  # the bank holiday in August, within the term
        ("2026-10-16", True),
        ("2026-10-17", False),
        ("2026-10-19", False),
        ("2026-10-23", False),
        ("2026-10-26", True),
        ("2026-12-18", True),
        ("2026-12-21", False),
        ("2027-05-03", False),  # the early May bank holiday
        ("2027-07-12", False),
    ],
)
def test_a_school_day_is_a_weekday_of_term(day, open_):
    assert YEAR.is_school_day(date.fromisoformat(day)) is open_


def test_the_next_and_the_previous_school_day_skip_holidays():
    assert YEAR.next_school_day(date(2026, 10, 16)) == date(2026, 10, 26)
    assert YEAR.previous_school_day(date(2027, 1, 4)) == date(2026, 12, 18)
    assert YEAR.next_school_day(date(2027, 7, 9)) is None
    assert YEAR.previous_school_day(date(2026, 8, 27)) is None
    assert SchoolDays(()).next_school_day(date(2027, 7, 9)) is None


def test_lateness_is_told_in_school_days():
    assert YEAR.lateness(date(2026, 10, 16), date(2026, 10, 16)) == "due today"
    assert YEAR.lateness(date(2026, 10, 16), date(2026, 10, 26)) == "1 school day late"
    assert YEAR.lateness(date(2026, 10, 16), date(2026, 10, 27)) == "2 school days late"
    assert YEAR.lateness(date(2026, 10, 16), date(2026, 10, 18)) == "due, school closed since"
    assert YEAR.lateness(date(2026, 10, 27), date(2026, 10, 16)) == "due in 2 school days"
    assert YEAR.lateness(date(2026, 10, 25), date(2026, 10, 23)) == "due before the next school day"
    assert YEAR.lateness(date(2028, 1, 10), date(2028, 1, 13)) == "3 days late", "terms of that year are not entered"
    assert SchoolDays(()).lateness(date(2028, 1, 10), date(2028, 1, 9)) == "due in 1 day"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-08-27", "Autumn term, first half, week 1 of 8"),
        ("2026-10-16", "Autumn term, first half, week 8 of 8"),
        ("2026-10-26", "Autumn term, second half, week 1 of 8"),
        ("2026-11-24", "Autumn term, second half, week 5 of 8"),
        ("2026-11-29", "Autumn term, second half, week 5 of 8"),
        ("2026-12-18", "Autumn term, second half, week 8 of 8"),
        ("2027-02-22", "Spring term, second half, week 1 of 5"),
    ],
)
def test_a_day_knows_its_half_term_and_week(day, words):
    assert YEAR.half_term(date.fromisoformat(day)).in_words() == words


def test_a_holiday_belongs_to_no_half_term():
    assert YEAR.half_term(date(2026, 10, 21)) is None
    assert YEAR.half_term(date(2026, 12, 25)) is None


def test_a_term_without_a_half_term_is_one_piece():
    plain = SchoolDays((Term("Trinity term", date(2027, 4, 12), date(2027, 5, 28)),))
    assert plain.half_term(date(2027, 4, 20)).in_words() == "Trinity term, week 2 of 7"


def test_the_school_year_turns_on_1_september():
    assert academic_year(date(2026, 8, 31)) == 2025
    assert academic_year(date(2026, 9, 1)) == 2026
    assert academic_year_name(date(2027, 1, 5)) == "2026 to 2027"


def test_closures_lie_between_terms():
    following = Term("Autumn", date(2027, 8, 26), date(2027, 12, 17), date(2027, 10, 18), date(2027, 10, 22))
    (summer,) = SchoolDays.of([*YEAR.terms, following]).closures(at_least_days=28)
    assert (summer.closed_from, summer.reopens_on, summer.days) == (date(2027, 7, 10), date(2027, 8, 26), 47)


@given(in_year, in_year, in_year)
def test_school_days_add_up(first, second, third):
    assert YEAR.between(first, second) + YEAR.between(second, third) == YEAR.between(first, third)


@given(in_year)
def test_next_and_previous_are_neighbours(day):
    following = YEAR.next_school_day(day)
    if following:
        assert YEAR.between(day, following) == 1
        assert not any(YEAR.is_school_day(day + timedelta(days=number)) for number in range(1, (following - day).days))
        if YEAR.is_school_day(day):
            assert YEAR.previous_school_day(following) == day


@pytest.mark.parametrize(
    ("year", "easter"),
    [(2000, "2000-04-23"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2026, "2026-04-05"), (2027, "2027-03-28"), (2038, "2038-04-25")],
)
def test_easter(year, easter):
    assert easter_sunday(year) == date.fromisoformat(easter)


def test_the_bank_holidays_of_some_years_are_as_published():
    assert [each.isoformat() for each in sorted(bank_holidays(2026, HOLIDAYS))] == [
        "2026-01-01",
        "2026-04-03",
        "2026-04-06",
        "2026-05-04",
        "2026-05-25",
        "2026-08-31",
        "2026-12-25",
        "2026-12-28",
    ]
    assert {date(2027, 12, 27), date(2027, 12, 28)} <= bank_holidays(2027, HOLIDAYS)
    assert {date(2022, 12, 26), date(2022, 12, 27), date(2022, 6, 2), date(2022, 6, 3)} <= bank_holidays(2022, HOLIDAYS)
    assert date(2022, 5, 30) not in bank_holidays(2022, HOLIDAYS)
    assert date(2023, 5, 8) in bank_holidays(2023, HOLIDAYS)
    assert date(2023, 1, 2) in bank_holidays(2023)


@given(st.dates(date(2015, 1, 1), date(2090, 1, 1)), st.integers(0, 30))
def test_working_days_are_counted_one_by_one(day, count):
    end = add_working_days(day, count, HOLIDAYS)
    passed = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(is_working_day(each, HOLIDAYS) for each in passed) == count
    assert count == 0 or is_working_day(end, HOLIDAYS)
    assert is_working_day(first_working_day_from(day, HOLIDAYS), HOLIDAYS)
