"""What a person types becomes the date that they meant, or one plain message."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.dates import add_months, full_date, months_between, read_date, short_date, weekday_date
from sencoapp.domain.refusals import Refusal

TODAY = date(2026, 11, 24)  # a Tuesday
days = st.dates(date(1930, 1, 1), date(2090, 12, 31))
near = st.dates(date(2000, 1, 1), date(2036, 12, 31))


def test_dates_are_written_in_full():
    assert weekday_date(TODAY) == "Tuesday 24 November 2026"
    assert full_date(date(2027, 3, 5)) == "5 March 2027"
    assert short_date(TODAY) == "24 November"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("27 3 26", "2026-03-27"),
        ("27/3/2026", "2026-03-27"),
        ("27.3.26", "2026-03-27"),
        ("27-03-2026", "2026-03-27"),
        ("270326", "2026-03-27"),
        ("27032026", "2026-03-27"),
        ("2026-03-27", "2026-03-27"),
        ("27 mar 26", "2026-03-27"),
        ("27th March 2026", "2026-03-27"),
        ("the 27th of March, 2026", "2026-03-27"),
        ("27mar2026", "2026-03-27"),
        ("March 27 2026", "2026-03-27"),
        ("Friday 27 March 2026", "2026-03-27"),
        ("  1   sept 2026. ", "2026-09-01"),
        ("27 mar", "2027-03-27"),
        ("27/3", "2027-03-27"),
        ("1 nov", "2026-11-01"),
        ("30 dec", "2026-12-30"),
        ("4 7 12", "2012-07-04"),
        ("4 7 36", "2036-07-04"),
        ("4 7 37", "1937-07-04"),
        ("today", "2026-11-24"),
        ("Today", "2026-11-24"),
        ("yesterday", "2026-11-23"),
        ("tomorrow", "2026-11-25"),
        ("+2w", "2026-12-08"),
        ("+ 2 weeks", "2026-12-08"),
        ("-3d", "2026-11-21"),
        ("+10", "2026-12-04"),
        ("+3m", "2027-02-24"),
        ("+1y", "2027-11-24"),
        ("tue", "2026-11-24"),
        ("fri", "2026-11-27"),
        ("mon", "2026-11-23"),
        ("last fri", "2026-11-20"),
        ("next tuesday", "2026-12-01"),
        ("last tuesday", "2026-11-17"),
    ],
)
def test_a_person_may_type_a_date_in_many_ways(typed, day):
    assert read_date(typed, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "towards", "day"),
    [
        ("27 mar", "past", "2026-03-27"),
        ("27 mar", "future", "2027-03-27"),
        ("24 nov", "past", "2026-11-24"),
        ("24 nov", "future", "2026-11-24"),
        ("fri", "past", "2026-11-20"),
        ("mon", "future", "2026-11-30"),
        ("tue", "past", "2026-11-24"),
        ("tue", "future", "2026-11-24"),
    ],
)
def test_a_date_without_a_year_goes_the_way_that_the_form_needs(typed, towards, day):
    assert read_date(typed, TODAY, towards=towards) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("", "date_missing"),
        ("   ", "date_missing"),
        ("27", "date_needs_month"),
        ("27 2026", "date_needs_month"),
        ("march", "date_needs_day"),
        ("march 2026", "date_needs_day"),
        ("29 feb", "date_needs_year"),
        ("29 2 2026", "date_not_real"),
        ("31/4/2026", "date_not_real"),
        ("3/27/2026", "date_not_real"),
        ("32 mar 2026", "date_not_real"),
        ("0 3 2026", "date_not_real"),
        ("31 4", "date_not_real"),
        ("2026-13-01", "date_not_real"),
        ("+9999y", "date_not_real"),
        ("soon", "date_not_understood"),
        ("27 foo 2026", "date_not_understood"),
        ("1 2 3 4", "date_not_understood"),
        ("2026 3 27 1", "date_not_understood"),
        ("27 3 202", "date_not_understood"),
        ("next", "date_not_understood"),
        ("½ past 3", "date_not_understood"),
        ("27 mar apr 2026", "date_not_understood"),
        ("99999999999999999999", "date_not_understood"),
    ],
)
def test_what_is_not_a_date_gets_one_plain_sentence(typed, key):
    with pytest.raises(Refusal) as told:
        read_date(typed, TODAY, what="the review date", field="review_on")
    assert told.value.key == key
    assert told.value.details["field"] == "review_on"
    sentence = reference.explain(told.value)
    assert "eview date" in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("typed", "bounds", "sentence"),
    [
        ("tomorrow", {"latest": TODAY}, "The review date must be today or in the past."),
        ("today", {"latest": date(2026, 11, 23)}, "The review date must be in the past."),
        ("yesterday", {"earliest": TODAY}, "The review date must be today or in the future."),
        ("today", {"earliest": date(2026, 11, 25)}, "The review date must be in the future."),
        ("1 9 2026", {"earliest": date(2026, 9, 7)}, "The review date must be the same as or after 7 September 2026."),
        ("1 9 2027", {"latest": date(2027, 7, 1)}, "The review date must be the same as or before 1 July 2027."),
    ],
)
def test_a_date_out_of_bounds_says_which_bound(typed, bounds, sentence):
    with pytest.raises(Refusal) as told:
        read_date(typed, TODAY, what="the review date", **bounds)
    assert reference.explain(told.value) == sentence


def outcome(text, today):
    """The date, taken as one of the past, and the refusal: one of the two."""
    try:
        return read_date(text, today, towards="past"), None
    except Refusal as told:
        return None, told


@given(days)
def test_what_the_program_writes_it_can_read(day):
    assert read_date(full_date(day), TODAY) == day
    assert read_date(weekday_date(day), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day.day}/{day.month}/{day.year}", TODAY) == day


@given(st.dates(date(1937, 1, 1), date(2036, 12, 31)))
def test_two_digits_of_a_year_are_enough_within_a_century(day):
    assert read_date(f"{day.day} {day.month} {day.year % 100:02}", TODAY) == day


@given(st.text(max_size=30), near)
def test_any_text_is_a_date_or_a_refusal(text, today):
    day, told = outcome(text, today)
    assert isinstance(day, date) or reference.explain(told)


@given(near, near)
def test_a_date_without_a_year_is_the_last_one_where_it_has_to_be_past(day, today):
    found, told = outcome(short_date(day), today)
    if told:
        assert (day.day, day.month, told.key) == (29, 2, "date_needs_year")
    else:
        assert (found.day, found.month) == (day.day, day.month)
        assert found <= today
        assert (today - found).days <= 731


@given(days, st.integers(-240, 240))
def test_months_there_and_back(day, months):
    moved = add_months(day, months)
    assert abs((add_months(moved, -months) - day).days) <= 3
    if months >= 0:
        assert months_between(day, moved) == months
        assert months_between(day, moved - timedelta(days=1)) == max(0, months - 1)
    else:
        assert months_between(day, moved) == 0
