"""What needs the SENCO now."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.casework import Request
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.reviews import SchoolWeeks, review_state
from sencoapp.domain.round_robins import RoundRobin
from sencoapp.services.beginning import school
from sencoapp.services.cases import due_steps
from sencoapp.services.concerns import open_concerns
from sencoapp.services.permissions import may_save, sees_all
from sencoapp.services.ports import Record, RegisterQuery, ReviewDue, Session
from sencoapp.services.request_cases import standings
from sencoapp.services.review_words import since_words
from sencoapp.services.round_robins import late_round_robins
from sencoapp.services.signing_off import waiting_for_sign_off

AHEAD_DAYS = 42
REQUEST_DAYS = 14
"""How long a request may be in the making before it counts as late. A figure of ours, not of the law."""


@dataclass(frozen=True)
class Task:
    """One thing to do, for one pupil, by a day. ``what`` and ``detail`` are words; ``kind`` says where it leads."""

    kind: Literal["concern", "review", "assess", "plan", "request", "sign_off", "decision", "case", "round_robin"]
    pupil: str
    pupil_name: str
    place: str
    what: str
    detail: str
    due_on: date
    subject: str


@dataclass(frozen=True)
class RequestClock:
    """A request that the council has received, and how far its weeks have gone: six to the decision, twenty to the plan."""

    pupil: str
    pupil_name: str
    received_on: date
    """The day that is counted from."""
    assessing: bool = False
    """The council has said that it will assess: the first of its dates is kept, and the later ones still run."""
    case: str = ""
    """Empty for one that was received before cases were opened for requests."""
    from_sending: bool = False
    """It is the day of sending: nobody knows yet when the council received it."""


@dataclass(frozen=True)
class TodayPage:
    """Everything that the first page shows."""

    today: date
    tasks: tuple[Task, ...]
    clocks: tuple[RequestClock, ...]
    status_counts: dict[str, int]
    observations_this_week: int
    open_cycles: int


def today_page(session: Session) -> TodayPage:
    """Notes the SENCO was told of, reviews that are due or overdue, cycles without a plan, requests not yet sent; soonest first."""
    record, today = session.record, session.clock.today()
    ahead = today + timedelta(days=AHEAD_DAYS)
    tasks = [*_concerns(session), *_reviews(record, today), *_own_requests(session), *_cases(session, ahead), *_late_answers(session)]
    week_began = today - timedelta(days=today.weekday())
    return TodayPage(
        today=today,
        tasks=tuple(sorted(tasks, key=lambda each: (each.due_on, each.pupil_name))),
        clocks=tuple(_clocks(record)),
        status_counts=dict(record.status_counts()),
        observations_this_week=record.notes_since(week_began),
        open_cycles=record.count(Cycle, closed_on=None),
    )


def days_due(session: Session) -> tuple[date, ...]:
    """The day of everything that Today shows to who sees all pupils: dates and nothing else."""
    return tuple(each.due_on for each in today_page(session).tasks) if sees_all(session.actor, Pupil) else ()


def how_many_are_due(session: Session) -> int:
    """How many things are due today or late: the figure in the rail."""
    record, today = session.record, session.clock.today()
    requests = sum(each.due_on <= today for each in _own_requests(session))
    reviews = record.register_count(RegisterQuery(review_due_by=today))
    return len(open_concerns(session)) + reviews + requests + len(_cases(session, today)) + len(_late_answers(session))


def _concerns(session: Session) -> list[Task]:
    """Each is for today, however long ago it was told."""
    return [
        Task(
            kind="concern",
            pupil=each.pupil.id,
            pupil_name=each.pupil.name,
            place=place_words(each.pupil.year, each.pupil.reg_group),
            what=reference.say("today.concern", name=each.note.author_name),
            detail=reference.say("confidential.words") if each.note.confidential else " ".join(each.note.text[:200].split()),
            due_on=session.clock.today(),
            subject=each.told.id,
        )
        for each in open_concerns(session)
    ]


def _late_answers(session: Session) -> list[Task]:
    """Questions to staff whose answers are overdue, for whoever asks them."""
    if not may_save(session.actor, RoundRobin):
        return []
    return [
        Task(
            kind="round_robin",
            pupil=each.round_robin.pupil,
            pupil_name=each.round_robin.pupil_name,
            place="",
            what=reference.say("today.late_answers", title=each.round_robin.title),
            detail=", ".join(asked.ask.staff_name for asked in each.waiting),
            due_on=each.round_robin.due_on,
            subject=each.round_robin.id,
        )
        for each in late_round_robins(session)
    ]


def _cases(session: Session, until: date) -> list[Task]:
    """What the school has to do in a case with the council by a day, and what others should have done already."""
    return [
        Task(
            kind="case",
            pupil=row.pupil.id,
            pupil_name=row.pupil.name,
            place=place_words(row.pupil.year, row.pupil.reg_group),
            what=step.label,
            detail=str(row.shown.case.title or row.shown.kind["title"]),
            due_on=step.due,
            subject=f"{row.shown.case.id}/{step.id}",
        )
        for row, step in due_steps(session, until)
        if step.due and (step.who == "school" or step.due < session.clock.today())
    ]


def _reviews(record: Record, today: date) -> list[Task]:
    weeks = SchoolWeeks(SchoolDays.of(school(record).terms))
    query = RegisterQuery(review_due_by=today + timedelta(days=AHEAD_DAYS), or_begun_by=weeks.warned_before(today))
    due = record.reviews_due(query)
    return [
        Task(
            kind="review",
            pupil=each.pupil,
            pupil_name=each.pupil_name,
            place=place_words(each.year, each.reg_group),
            what=reference.say("today.review", number=each.number),
            detail=" · ".join(filter(None, (_since_words(each, today, weeks), _review_detail(each)))),
            due_on=each.due_on,
            subject=each.cycle,
        )
        for each in due
    ]


def _since_words(due: ReviewDue, today: date, weeks: SchoolWeeks) -> str:
    return since_words(review_state(due.began_on, due.due_on, today, weeks))


def _review_detail(due: ReviewDue) -> str:
    """What the review has to look at, and what is not recorded yet."""
    if not due.planned:
        return reference.say("today.review_not_planned")
    outcomes = reference.say("today.one_outcome") if due.outcomes == 1 else reference.say("today.outcomes", count=due.outcomes)
    missing = [each for each in ("pupil", "parents") if each not in due.views]
    if not missing:
        return outcomes
    return f"{outcomes}, {reference.say('today.views_missing' if len(missing) == 2 else f'today.{missing[0]}_view_missing')}"


def _requests(record: Record) -> list[Task]:
    tasks = []
    for request in record.find(Request):
        pupil = record.get(Pupil, request.pupil) if request.state in ("draft", "frozen") else None
        if pupil is None:
            continue
        what, detail = reference.say(f"today.request_{request.state}"), reference.say(f"today.request_{request.state}_detail")
        due = request.started_on + timedelta(days=REQUEST_DAYS)
        place = place_words(pupil.year, pupil.reg_group)
        tasks.append(Task("request", pupil.id, pupil.name, place, what, detail, due, request.id))
    return tasks


def _own_requests(session: Session) -> list[Task]:
    """For the head teacher those that wait for their sign-off; for whoever writes them, all that are not sent yet."""
    tasks = _requests(session.record)
    if session.actor.role != "head_teacher":
        return tasks
    waiting = {each.id for each in waiting_for_sign_off(session)}
    what, detail = reference.say("today.sign_off"), reference.say("today.sign_off_detail")
    return [replace(each, kind="sign_off", what=what, detail=detail) for each in tasks if each.subject in waiting]


def _clocks(record: Record) -> list[RequestClock]:
    """One for each request that the council has, whoever made it, until it is decided not to assess or the case is closed."""
    clocks = []
    for standing in standings(record):
        case, day = standing.case, standing.counted_from
        if day is None or (case is not None and (case.closed_on or case.kind != "needs_assessment")):
            continue
        if standing.decision not in (None, "assess"):
            continue
        pupil = record.get(Pupil, standing.pupil)
        if pupil is not None:
            assessing = standing.decision == "assess"
            clocks.append(RequestClock(pupil.id, pupil.name, day, assessing, case.id if case else "", standing.from_sending))
    return sorted(clocks, key=lambda each: each.received_on)


@cache
def place_words(year: str | None, reg_group: str | None) -> str:
    """ "Year 4 · 4M": where a pupil belongs, as far as it is known. Every page, list and paper says it with this."""
    place = year_words(year), reg_group
    return " · ".join(filter(None, place))


def year_words(year: str | None) -> str:
    """ "Year 4", "Reception", "Nursery"; empty where the year is not known."""
    if not year:
        return ""
    return reference.say("people.year", year=year) if year.isdigit() else reference.codes("NCyearActual").get(year, year)
