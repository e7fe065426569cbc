"""School weeks, when a review is due, and how often parents were met."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.people import Term
from sencoapp.domain.reviews import Attendee, Meeting, SchoolWeeks, attended_words, meetings_with_parents, review_state

TERMS = (
    Term("Autumn term 2026", date(2026, 8, 27), date(2026, 12, 18), date(2026, 10, 19), date(2026, 10, 30)),
    Term("Spring term 2027", date(2027, 1, 5), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19)),
    Term("Summer term 2027", date(2027, 4, 12), date(2027, 7, 9), date(2027, 5, 31), date(2027, 6, 4)),
)
DAYS = SchoolDays.of(TERMS)
WEEKS = SchoolWeeks(DAYS)
somedays = st.dates(date(2026, 8, 27), date(2027, 7, 9))


def slowly(start: date, end: date) -> int:
    """The Mondays of weeks with a school day, counted one day at a time."""
    monday = start - timedelta(days=start.weekday())
    last = end - timedelta(days=end.weekday())
    found = 0
    while monday < last:
        monday += timedelta(days=7)
        found += any(DAYS.is_school_day(monday + timedelta(days=each)) for each in range(7))
    return found


@given(somedays, somedays)
def test_school_weeks_are_the_weeks_in_which_the_school_is_open(start, end):
    assert WEEKS.between(start, end) == slowly(start, end)


def test_half_terms_and_holidays_do_not_count():
    assert WEEKS.between(date(2026, 9, 1), date(2026, 11, 24)) == 10  # twelve weeks, two of them half term
    assert WEEKS.between(date(2026, 12, 18), date(2027, 1, 5)) == 1
    assert WEEKS.after(date(2026, 9, 1), 13) == date(2026, 12, 14)
    assert WEEKS.after(date(2027, 7, 1), 20) is None


def test_the_gravest_of_what_is_true_is_said():
    began = date(2026, 9, 1)
    kinds = {
        date(2026, 11, 20): "fine",
        date(2026, 11, 27): "due_soon",
        date(2026, 12, 11): "overdue",
    }
    for today, kind in kinds.items():
        assert review_state(began, date(2026, 12, 10), today, WEEKS).kind == kind
    assert review_state(began, date(2027, 6, 1), date(2026, 12, 11), WEEKS).kind == "fine"
    thirteen = review_state(began, date(2027, 6, 1), date(2026, 12, 14), WEEKS)
    assert (thirteen.kind, thirteen.weeks) == ("weeks", 13)
    assert review_state(date(2025, 9, 1), None, date(2026, 9, 1), WEEKS).kind == "ceiling"
    assert review_state(date(2025, 9, 1), None, date(2026, 8, 31), WEEKS).kind == "weeks"


def test_without_terms_weeks_of_the_calendar_are_counted_and_it_is_said():
    state = review_state(date(2026, 9, 1), None, date(2026, 11, 24), SchoolWeeks(SchoolDays.of(())))
    assert (state.weeks, state.counted_in_school_weeks) == (12, False)


@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.dates(date(2025, 9, 1), date(2028, 1, 1)))
def test_one_day_says_which_plans_are_warned_of(since, today):
    warned = review_state(since, None, today, WEEKS).weeks >= 13
    assert warned == (since <= WEEKS.warned_before(today))


@given(somedays, st.none() | somedays, somedays)
def test_time_never_makes_a_review_less_urgent(since, due, today):
    order = ("fine", "due_soon", "weeks", "overdue", "ceiling")
    now = review_state(since, due, today, WEEKS)
    later = review_state(since, due, today + timedelta(days=1), WEEKS)
    assert order.index(later.kind) >= order.index(now.kind)


def test_a_day_on_which_a_parent_came_counts_once_in_its_school_year():
    came, sent = Attendee("Mrs Osei", "parent"), Attendee("Mr Osei", "parent", "apologies")
    meetings = [
        Meeting("1", "k", date(2026, 10, 1), attendees=(came, sent)),
        Meeting("2", "k", date(2026, 10, 1), "termly", attendees=(came,)),
        Meeting("3", "k", date(2026, 11, 2), attendees=(sent, Attendee("Mr Lee", "teacher"))),
        Meeting("4", "k", date(2026, 7, 2), attendees=(came,)),
        Meeting("5", "k", date(2026, 12, 2), attendees=(came,)),
    ]
    assert meetings_with_parents(meetings, date(2026, 11, 24)) == 1
    assert meetings_with_parents(meetings, date(2026, 12, 2)) == 2


def test_who_came_is_said_in_one_line():
    people = (Attendee("Mrs Osei", "parent"), Attendee("Mr Lee", "teacher"), Attendee("Dr Khan", "professional", "apologies"))
    roles = {"parent": "parent", "teacher": "class teacher", "professional": "professional"}
    said = attended_words(people, roles, "apologies")
    assert said == "Mrs Osei (parent), Mr Lee (class teacher); apologies: Dr Khan (professional)"
