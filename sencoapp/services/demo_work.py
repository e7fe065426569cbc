"""What goes on in the demo school these weeks: sessions that were ticked, and cases with the council."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.services.beginning import school
from sencoapp.services.cases import open_case, tick_step
from sencoapp.services.delivery import tick_session
from sencoapp.services.demo_clock import MovableClock
from sencoapp.services.ports import RegisterQuery, Session

_WEEKS = 4
_DAYS_A_WEEK = 5
_MISSED, _SHORT = 9, 13
"""Every ninth session was missed, every thirteenth was short."""


def write_work(session: Session, clock: MovableClock, last: datetime) -> None:
    """Writes all of it. Nothing is ticked for the last day: that is left for whoever explores."""
    _sessions(session, clock, last)
    clock.set(last)
    _cases(session, last.date())


def _sessions(session: Session, clock: MovableClock, last: datetime) -> None:
    record, days = session.record, SchoolDays.of(school(session.record).terms)
    first, today = last.date() - timedelta(weeks=_WEEKS), last.date()
    running = [each for each in record.find(Provision) if each.ends_on is None or each.ends_on > first]
    with_pupils = {each.provision for each in record.find(ProvisionPlace) if each.ends_on is None}
    count = 0
    for number in range((today - first).days):
        day = first + timedelta(days=number)
        if not days.is_school_day(day):
            continue
        clock.set(datetime.combine(day, time(15, 40), tzinfo=last.tzinfo))
        for place, given in enumerate(running):
            if given.id not in with_pupils or not _is_on(given, day, number + place):
                continue
            count += 1
            if count % _MISSED == 0:
                tick_session(session, given.id, day, "missed", reason="staff_absent")
            elif count % _SHORT == 0:
                tick_session(session, given.id, day, "short", minutes=max(5, given.minutes - 10))
            else:
                tick_session(session, given.id, day, "ran")


def _is_on(given: Provision, day: date, turn: int) -> bool:
    """So many days of five, spread over the week."""
    if not given.starts_on <= day <= (given.ends_on or day):
        return False
    a_week = min(_DAYS_A_WEEK, int(given.sessions_per_week))
    return turn * a_week % _DAYS_A_WEEK < a_week


def _cases(session: Session, today: date) -> None:
    """Reviews and moves of pupils with a plan, an appeal, a place that is waited for."""
    with_plan = list(_pupils(session, "E"))
    supported = list(_pupils(session, "K"))
    leavers = [pupil for pupil, year in with_plan if year == "6"]
    for number, (pupil, year) in enumerate(with_plan):
        if year != "6":
            days = {"plan_reviewed": today - timedelta(days=330 - 9 * number), "review_meeting": today + timedelta(days=12 + 11 * number)}
            case, _ = open_case(session, pupil, "annual_review", dates=days)
            tick_step(session, case.id, "views")
    for pupil in leavers:
        case, _ = open_case(session, pupil, "phase_transfer", dates={"school_transfer": date(today.year + (today.month >= 9), 9, 1)})
        tick_step(session, case.id, "preference")
    if len(supported) > 2:
        refused, waiting, late = (pupil for pupil, _ in supported[:3])
        open_case(session, refused, "mediation_appeal", dates={"decision_letter": today - timedelta(days=24)})
        open_case(session, waiting, "specialist_place", placement="Ashmount School")
        asked, _ = open_case(session, late, "needs_assessment", dates={"request_received": today - timedelta(days=45)})
        tick_step(session, asked.id, "acknowledged")


def _pupils(session: Session, status: str) -> Iterator[tuple[str, str | None]]:
    for each in session.record.register(RegisterQuery(statuses=(status,)), limit=60):
        yield each.id, each.year
