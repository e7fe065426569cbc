"""What Today shows, gathered on the record's thread: what is due and in which group, and the clocks of requests with their rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.calendar import HalfTerm, SchoolDays
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.deadlines import Deadline
from sencoapp.services.beginning import school
from sencoapp.services.requests import request_deadlines
from sencoapp.services.today import RequestClock, Task, TodayPage, today_page

GROUPS = ("concern", "overdue", "today", "week", "later")
_WEEKS = 20
_DECISION = "decision_to_assess"


@dataclass(frozen=True)
class Due:
    """One task with its lateness in words, counted in school days where the terms are known."""

    task: Task
    when: str
    late: str


@dataclass(frozen=True)
class RequestShown:
    """One clock: whose, how far, and the deadlines of the law that follow from the day of receipt."""

    clock: RequestClock
    day: int
    deadlines: Sequence[Deadline]

    @property
    def last_day(self) -> int:
        return max((self.days_to(each) for each in self.deadlines), default=_WEEKS * 7)

    @property
    def week(self) -> int:
        """1 in the first week after receipt."""
        return min(self.day // 7 + 1, self.weeks)

    @property
    def weeks(self) -> int:
        return self.last_day // 7

    def days_to(self, deadline: Deadline) -> int:
        return (deadline.last_compliant - self.clock.received_on).days


@dataclass(frozen=True)
class TodayContent:
    """The page, its groups in order, and what comes next where nothing is due."""

    page: TodayPage
    half_term: HalfTerm | None
    groups: Sequence[tuple[str, Sequence[Due]]]
    clocks: Sequence[RequestShown]
    pupils: int


def gather_today(place: Workplace) -> TodayContent:
    """Everything that Today shows."""
    page = today_page(place.session)
    days = SchoolDays.of(school(place.session.record).terms)
    groups: dict[str, list[Due]] = {each: [] for each in GROUPS}
    for task in page.tasks:
        if task.kind == "concern":
            groups["concern"].append(Due(task, "", ""))
            continue
        groups[group_of(task.due_on, page.today)].append(Due(task, weekday_date(task.due_on), _lateness(days, task.due_on, page.today)))
    clocks = [
        RequestShown(each, (page.today - each.received_on).days, request_deadlines(each.received_on, sent_only=each.from_sending))
        for each in page.clocks
    ]
    pupils = sum(page.status_counts.values())
    return TodayContent(page, days.half_term(page.today), [(name, found) for name, found in groups.items() if found], clocks, pupils)


def group_of(due: date, today: date) -> str:
    """``overdue``, ``today``, ``week`` (to the coming Sunday) or ``later``."""
    if due <= today:
        return "today" if due == today else "overdue"
    return "week" if due <= today + timedelta(days=6 - today.weekday()) else "later"


def next_deadline(clock: RequestShown, today: date) -> Deadline | None:
    """The first deadline that has not passed, or the last one."""
    open_ones = [each for each in clock.deadlines if not (clock.clock.assessing and each.rule == _DECISION)]
    ahead = [each for each in open_ones if each.last_compliant >= today]
    return min(ahead, key=lambda each: each.last_compliant) if ahead else (open_ones[-1] if open_ones else None)


def counted_words(deadline: Deadline) -> str:
    """The rule behind a date, as the source line below it: how it was counted, and where it stands in the law."""
    return reference.say("today_page.counted", how=deadline.how, citation=deadline.citation)


def _lateness(days: SchoolDays, due: date, today: date) -> str:
    words = days.lateness(due, today)
    return words[:1].upper() + words[1:]
