"""What was delivered of a provision, session by session, beside what was planned: minutes and pence, nothing counted twice.

A session is one group on one day. It stands in the record as one mark for each pupil, so that a pupil's minutes are theirs and
go with them; what belongs to the session as a whole (its length, its adults) is the same in each mark and counted once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Literal

from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.provision import Provision, ProvisionPlace

DAYS_A_WEEK = 5

SessionResult = Literal["ran", "short", "missed", "absent", "left_early", "not_due"]
"""How a session went for one pupil. ``not_due``: it was another part of a rotating group's turn."""

HELD = frozenset({"ran", "short", "absent", "left_early"})
"""Results after which the session took place, and its adults were paid for it, whether or not this pupil was there."""


@dataclass(frozen=True)
class SessionMark:
    """One pupil's line in the ledger."""

    id: str
    pupil: str
    provision: str
    happened_on: date
    result: SessionResult
    session_minutes: int
    """How long the session lasted: 0 where it was missed."""
    minutes: int
    """What this pupil had of it."""
    author: str
    number: int = 1
    """Which of the sessions of a day, where a provision is given more than once a day."""
    adults: int = 1
    reason: str | None = None
    """Why it was missed: a code of ``rules/missed_sessions.json``."""


@dataclass(frozen=True)
class Tally:
    """Planned beside delivered. Minutes are whole; pence are exact until ``to_pence``, and stay 0 until ``costing`` fills them in."""

    planned_minutes: int = 0
    delivered_minutes: int = 0
    held: int = 0
    missed: int = 0
    planned_cost: Fraction = Fraction(0)
    delivered_cost: Fraction = Fraction(0)


def sessions_a_day(provision: Provision) -> int:
    """How many sessions of a provision one day can hold: 1 up to five a week, then more."""
    return max(1, ceil(Fraction(provision.sessions_per_week) / DAYS_A_WEEK))


def day_counts(days: SchoolDays, day: date) -> bool:
    """Whether the plan counts a day: a school day, or Monday to Friday where the school has entered no terms for it."""
    return days.is_school_day(day) if days.knows(day) else day.weekday() < DAYS_A_WEEK


def planned_days(provision: Provision, days: SchoolDays, until: date) -> list[date]:
    """The school days over which the plan of a provision is spread, from its first day to ``until``.

    A provision of twelve weeks has sixty of them: a holiday moves the rest on, as it does in a school.
    """
    last = min(until, provision.ends_on) if provision.ends_on else until
    found: list[date] = []
    day = provision.starts_on
    while day <= last and len(found) < provision.weeks * DAYS_A_WEEK:
        if day_counts(days, day):
            found.append(day)
        day += timedelta(days=1)
    return found


def has_place(places: Iterable[ProvisionPlace], day: date) -> bool:
    """Whether one of a pupil's places in a provision covers a day. Two places for two outcomes are one pupil."""
    return any((each.starts_on is None or each.starts_on <= day) and (each.ends_on is None or day <= each.ends_on) for each in places)


def one_a_session(marks: Iterable[SessionMark]) -> list[SessionMark]:
    """The last made mark of each pupil for each session: two people who ticked the same session told of it once."""
    last = {(each.pupil, each.provision, each.happened_on, each.number): each for each in marks}
    return list(last.values())


def pupil_tally(provision: Provision, marks: Sequence[SessionMark], planned: Sequence[date], places: Sequence[ProvisionPlace]) -> Tally:
    """One pupil's minutes. ``marks`` are theirs, ``planned`` the days that count.

    A session that was another group's turn takes its minutes out of the plan. A session that was held while the pupil was
    absent gave no minutes, and counts as held all the same.
    """
    mine = one_a_session(marks)
    spread = sum(has_place(places, day) for day in planned)
    elsewhere = sum(provision.minutes for each in mine if each.result == "not_due")
    minutes = max(Fraction(0), Fraction(provision.minutes) * Fraction(provision.sessions_per_week) * spread / DAYS_A_WEEK - elsewhere)
    return Tally(
        int(minutes),
        sum(each.minutes for each in mine),
        sum(each.result in HELD for each in mine),
        sum(each.result == "missed" for each in mine),
    )


def group_tally(provision: Provision, marks: Sequence[SessionMark], planned: Sequence[date]) -> Tally:
    """The group as a whole: each session once, however many pupils and adults were in it."""
    minutes = Fraction(provision.minutes) * Fraction(provision.sessions_per_week) * len(planned) / DAYS_A_WEEK
    sessions = list(_sessions(marks))
    held = [each for each in sessions if each.result in HELD]
    return Tally(
        int(minutes),
        sum(each.session_minutes for each in held),
        len(held),
        sum(each.result == "missed" for each in sessions),
    )


def _sessions(marks: Iterable[SessionMark]) -> Iterator[SessionMark]:
    """One mark that stands for each session: one of a pupil for whom it was held, before one for whom it was not."""
    longest: dict[tuple[str, date, int], SessionMark] = {}
    for each in one_a_session(marks):
        key = (each.provision, each.happened_on, each.number)
        before = longest.get(key)
        if before is None or _weight(each) > _weight(before):
            longest[key] = each
    yield from longest.values()


def _weight(mark: SessionMark) -> tuple[bool, bool, int, int]:
    return mark.result in HELD, mark.result == "missed", mark.session_minutes, mark.adults
