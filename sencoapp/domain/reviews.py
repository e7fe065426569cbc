"""Meetings with the family, copies of a plan that were given, corrections of a closed plan, and when a review is due.

Sources: Code of Practice 6.53 to 6.56 (reviews), 6.65 (a school should meet parents at least three times each year) and 6.64 to
6.71 (a record of outcomes, action and support is kept and given to the parents).
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sencoapp.domain.calendar import SchoolDays, academic_year
from sencoapp.domain.dates import add_months

AttendeeRole = Literal["pupil", "parent", "teacher", "senco", "teaching_assistant", "professional", "other"]
Came = Literal["came", "apologies", "absent"]
MeetingKind = Literal["review", "termly", "other"]

ATTENDEE_ROLES: tuple[AttendeeRole, ...] = AttendeeRole.__args__  # type: ignore[attr-defined]
CAME: tuple[Came, ...] = Came.__args__  # type: ignore[attr-defined]

PARENTS_A_YEAR = 3
"""How often a school should meet the parents of a pupil with SEN support in a school year (Code 6.65)."""

WARN_WEEKS = 13
"""School weeks without a closed review after which a warning is due: about a term (domain.md 1, a design choice)."""

CEILING_MONTHS = 12
"""The longest that any SEN support plan goes without a review (domain.md 1)."""

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Attendee:
    """Somebody who was asked to a meeting, and whether they came, sent apologies, or did neither."""

    name: str
    role: AttendeeRole
    came: Came = "came"


@dataclass(frozen=True)
class Meeting:
    """A meeting about a pupil: the review of a cycle, or one of the meetings with parents that the Code asks for."""

    id: str
    pupil: str
    held_on: date
    kind: MeetingKind = "review"
    cycle: str | None = None
    attendees: tuple[Attendee, ...] = ()
    notes: str | None = None


@dataclass(frozen=True)
class PlanCopy:
    """A copy of a plan that was given to somebody. It may be noted after the cycle was closed: that is when copies go out."""

    id: str
    pupil: str
    cycle: str
    given_to: str
    given_on: date
    how: str | None = None


@dataclass(frozen=True)
class CycleCorrection:
    """What a closed cycle should have said, with who says so, when and why. The cycle itself stays as it was closed."""

    id: str
    pupil: str
    cycle: str
    about: str
    """``plan``, ``meeting``, ``views``, ``decision``, or ``outcome:<id>``."""
    text: str
    reason: str
    noted_at: datetime
    author: str
    author_name: str


@dataclass(frozen=True)
class ReviewState:
    """Where an open plan stands between two reviews."""

    kind: Literal["fine", "due_soon", "overdue", "weeks", "ceiling"]
    weeks: int
    """School weeks since the last review, or since the plan began; calendar weeks where the terms are not known."""
    ceiling_on: date
    counted_in_school_weeks: bool = True


class SchoolWeeks:
    """Counts weeks in which the school is open. A week counts where it has at least one school day."""

    def __init__(self, days: SchoolDays) -> None:
        self._days = days
        self._mondays = sorted({each for term in days.terms for each in _open_mondays(days, term.starts_on, term.ends_on)})

    def between(self, start: date, end: date) -> int:
        """How many school weeks were begun after the week of ``start``, up to and including that of ``end``; 0 where it is earlier."""
        if end <= start:
            return 0
        return bisect_right(self._mondays, _monday(end)) - bisect_right(self._mondays, _monday(start))

    def after(self, start: date, weeks: int) -> date | None:
        """The Monday of the school week that is so many later; None where the terms entered do not reach so far."""
        at = bisect_right(self._mondays, _monday(start)) + weeks - 1
        return self._mondays[at] if 0 <= at < len(self._mondays) else None

    def warned_before(self, today: date, weeks: int = WARN_WEEKS) -> date:
        """The last day such that so many weeks have gone since: a plan begun then or earlier is warned of today."""
        calendar = today - timedelta(days=7 * weeks)
        if not self._days.knows(today):
            return calendar
        at = bisect_right(self._mondays, _monday(today)) - weeks
        return self._mondays[at] - _ONE if at >= 0 else min(calendar, self._days.terms[0].starts_on - _ONE)

    def knows(self, start: date, end: date) -> bool:
        """Whether the terms that the school has entered cover the time between."""
        return self._days.knows(start) and self._days.knows(end)


def review_state(since: date, due_on: date | None, today: date, weeks: SchoolWeeks) -> ReviewState:
    """Where a plan stands that was begun, or last reviewed, on ``since``. The gravest of what is true is said.

    Twelve months without a review is the ceiling; then a review day that has passed; then ``WARN_WEEKS`` school weeks.
    """
    ceiling = add_months(since, CEILING_MONTHS)
    known = weeks.knows(since, today)
    gone = weeks.between(since, today) if known else max(0, (today - since).days // 7)
    if today >= ceiling:
        return ReviewState("ceiling", gone, ceiling, known)
    if due_on is not None and due_on < today:
        return ReviewState("overdue", gone, ceiling, known)
    if gone >= WARN_WEEKS:
        return ReviewState("weeks", gone, ceiling, known)
    if due_on is not None and due_on <= today + timedelta(days=14):
        return ReviewState("due_soon", gone, ceiling, known)
    return ReviewState("fine", gone, ceiling, known)


def meetings_with_parents(meetings: Iterable[Meeting], day: date) -> int:
    """On how many days of the school year of ``day`` a parent came to a meeting, up to that day."""
    year = academic_year(day)
    return len({each.held_on for each in meetings if academic_year(each.held_on) == year and each.held_on <= day and parents_came(each)})


def parents_came(meeting: Meeting) -> bool:
    return any(each.role == "parent" and each.came == "came" for each in meeting.attendees)


def attended_words(attendees: Sequence[Attendee], roles: dict[str, str], apologies: str) -> str:
    """ "Mrs Osei (parent), Mr Lee (class teacher); apologies: Dr Khan (professional)", as a plan prints it."""
    came = ", ".join(_named(each, roles) for each in attendees if each.came == "came")
    sent = ", ".join(_named(each, roles) for each in attendees if each.came == "apologies")
    return "; ".join(filter(None, (came, f"{apologies}: {sent}" if sent else "")))


def _named(attendee: Attendee, roles: dict[str, str]) -> str:
    return f"{attendee.name} ({roles.get(attendee.role, attendee.role)})"


def _open_mondays(days: SchoolDays, first: date, last: date) -> Iterable[date]:
    monday = _monday(first)
    while monday <= last:
        if any(days.is_school_day(monday + timedelta(days=each)) for each in range(5)):
            yield monday
        monday += timedelta(days=7)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
