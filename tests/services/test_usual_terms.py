"""The first draft of a school year: in order, on school weekdays, with each half term within its term."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.calendar import SchoolDays, academic_year
from sencoapp.domain.people import School
from sencoapp.services.beginning import check_school, usual_terms


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_any_day_gives_three_terms_that_can_stand(day: date) -> None:
    terms = usual_terms(day)
    assert len(terms) == 3
    days = [each for term in terms for each in (term.starts_on, term.half_term_starts_on, term.half_term_ends_on, term.ends_on)]
    assert all(each is not None and each.weekday() < 5 for each in days)
    assert days == sorted(days, key=lambda each: each or day)
    check_school(School("", "Barrowby Primary", "primary", "generic", terms=terms))


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_a_school_year_has_about_as_many_days_as_the_law_asks(day: date) -> None:
    """190 school days (Education (School Day and School Year) (England) Regulations 1999, reg 3), and up to five for training."""
    terms = usual_terms(day)
    count = SchoolDays.of(terms).between(terms[0].starts_on - timedelta(days=1), terms[-1].ends_on)
    assert 185 <= count <= 200


def test_in_term_it_is_this_year_and_in_the_summer_the_next() -> None:
    assert academic_year(usual_terms(date(2026, 11, 24))[0].starts_on) == 2026
    assert usual_terms(date(2026, 7, 1))[0].starts_on.year == 2025
    assert usual_terms(date(2026, 8, 1))[0].starts_on.year == 2026
