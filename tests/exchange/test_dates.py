from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.exchange.dates import NotADate, read_date

TODAY = date(2026, 11, 24)
FORMS = [
    "{d.day:02}/{d.month:02}/{d.year}", "{d.day}/{d.month}/{d.year}", "{d.day:02}-{d.month:02}-{d.year}",
    "{d.day:02}.{d.month:02}.{d.year}",
    "{d:%Y-%m-%d}", "{d:%Y-%m-%d}T00:00:00", "{d.day} {d:%b} {d.year}", "{d.day}th {d:%B} {d.year}", "{d:%Y-%b-%d} 00:00:00",
]  # fmt: skip


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_every_form_of_every_day_is_read_as_that_day(day, form):
    assert read_date(form.format(d=day), today=TODAY) == day


@given(st.dates(date(1955, 1, 1), date(2099, 12, 31)))
def test_excel_serial_numbers(day):
    assert read_date(str((day - date(1899, 12, 30)).days), today=TODAY) == day


def test_the_serial_number_of_the_design():
    assert read_date("40982", today=TODAY) == date(2012, 3, 14)


@given(st.dates(date(1927, 1, 1), TODAY))
def test_two_digits_of_a_birth_year_are_never_in_the_future(day):
    assert read_date(f"{day:%d.%m.%y}", today=TODAY, years_ahead=0).year in (day.year, day.year + 100)
    assert read_date(f"{day:%d.%m.%y}", today=TODAY, years_ahead=0).year <= TODAY.year


@pytest.mark.parametrize(
    ("text", "reason"),
    [("31/02/2012", "impossible"), ("2012-13-01", "impossible"), ("29/02/2013", "impossible"), ("03/14/2012", "month_first"),
     ("12/31/2025", "month_first"), ("soon", "unreadable"), ("14 Marry 2012", "unreadable"), ("", "unreadable")],
)  # fmt: skip
def test_what_is_not_a_date_says_why(text, reason):
    with pytest.raises(NotADate) as error:
        read_date(text, today=TODAY)
    assert error.value.reason == reason


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_not_one(text):
    with suppress(NotADate):
        assert isinstance(read_date(text, today=TODAY), date)
