"""The ledger of what was delivered: the sessions of a day, ticking one, and planned beside delivered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.delivery import (
    SessionMark,
    SessionResult,
    Tally,
    group_tally,
    has_place,
    one_a_session,
    planned_days,
    pupil_tally,
    sessions_a_day,
)
from sencoapp.domain.people import Pupil
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff
from sencoapp.domain.rates import adults_on
from sencoapp.domain.record import Actor, Amend, Edit, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.words import folded
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.costing import CostBook
from sencoapp.services.permissions import may
from sencoapp.services.ports import Record, Session

MOST_ADULTS = 6

Caution = Literal["no_school_day", "before_it_starts", "after_it_ended"]
"""What is said about a day on which a session was ticked, and refused for none of it."""


@dataclass(frozen=True)
class InSession:
    """One pupil of a session, and their mark where it was ticked."""

    pupil: str
    name: str
    mark: SessionMark | None


@dataclass(frozen=True)
class DaySession:
    """One session that can be ticked on a day."""

    provision: Provision
    number: int
    mine: bool
    """Whether the person who asks gives it: by the link to their record of staff."""
    pupils: tuple[InSession, ...]
    this_week: int
    """Sessions of this provision that are ticked in the week of the day, missed ones left out."""
    adults: int = 1
    """How many adults give it together on the day."""

    @property
    def key(self) -> str:
        return f"{self.provision.id}/{self.number}"

    @property
    def of_all(self) -> SessionMark | None:
        """A mark that tells how the session went as a whole; None where it is not ticked."""
        marks = [each.mark for each in self.pupils if each.mark is not None]
        return next((each for each in marks if each.result in ("ran", "short", "missed")), marks[0] if marks else None)


@dataclass(frozen=True)
class LedgerLine:
    """Planned beside delivered for the group (``pupil`` is empty) or one pupil, over all of it or one half term."""

    pupil: str
    name: str
    tally: Tally


@dataclass(frozen=True)
class Ledger:
    """A provision's ledger: to date first, then each half term; in each the group first, then its pupils by name."""

    provision: Provision
    periods: tuple[tuple[str, tuple[LedgerLine, ...]], ...]
    """The name of the period, empty for all of it to date."""
    shows_cost: bool


def sessions_of_day(session: Session, day: date) -> list[DaySession]:
    """The sessions that can be ticked on a day: those that the person who asks gives first, then by title.

    A provision that runs on the day is there; so is one that was ticked on it. Only pupils whom this person sees are named.
    """
    record = session.record
    monday = day - timedelta(days=day.weekday())
    of_week = [each for number in range(7) for each in record.find(SessionMark, happened_on=monday + timedelta(days=number))]
    held = [each for each in of_week if each.session_minutes]
    marks = one_a_session(each for each in of_week if each.happened_on == day)
    ticked = {each.provision for each in marks}
    places: dict[str, dict[str, list[ProvisionPlace]]] = {}
    for place in record.find(ProvisionPlace):
        places.setdefault(place.provision, {}).setdefault(place.pupil, []).append(place)
    linked: dict[str, list[ProvisionStaff]] = {}
    for link in record.find(ProvisionStaff):
        linked.setdefault(link.provision, []).append(link)
    found: list[DaySession] = []
    for provision in record.find(Provision):
        runs = provision.starts_on <= day and (provision.ends_on is None or day <= provision.ends_on)
        if not (runs or provision.id in ticked):
            continue
        here = [each for each in marks if each.provision == provision.id]
        members = {pupil for pupil, theirs in places.get(provision.id, {}).items() if has_place(theirs, day)}
        pupils = sorted(
            (pupil for each in members | {mark.pupil for mark in here} if (pupil := record.get(Pupil, each))), key=lambda each: each.name
        )
        if not pupils:
            continue
        staff = linked.get(provision.id, [])
        mine = _gives(staff, session.actor, day)
        week = len({(each.happened_on, each.number) for each in held if each.provision == provision.id})
        for number in range(1, max([sessions_a_day(provision), *(each.number for each in here)]) + 1):
            by_pupil = {each.pupil: each for each in here if each.number == number}
            inside = tuple(InSession(each.id, each.name, by_pupil.get(each.id)) for each in pupils)
            found.append(DaySession(provision, number, mine, inside, week, len(adults_on(staff, day)) or 1))
    return sorted(found, key=lambda each: (not each.mine, folded(each.provision.title), each.key))


def tick_session(
    session: Session,
    provision: str,
    day: date,
    result: SessionResult,
    *,
    minutes: int | None = None,
    reason: str | None = None,
    number: int = 1,
    adults: int | None = None,
) -> tuple[tuple[Caution, ...], Saved]:
    """Ticks a session for all of its pupils, in one save; ticking it again changes what was said, and never adds a second session.
    ``adults`` is how many were there; else those who give it together on that day.

    ``result`` is ``ran``, ``short`` (with ``minutes``) or ``missed`` (with ``reason``). A pupil who was marked absent or as of
    another group stays so while the session was held. Returns what is to be said about the day.

    Raises ``Refusal``: ``session_in_the_future``, ``session_needs_minutes``, ``session_needs_reason``, ``session_adults``,
    ``session_without_pupils``.
    """
    record, given = session.record, must_get(session.record, Provision, provision)
    if day > session.clock.today():
        raise Refusal("session_in_the_future", field="day")
    lasted = _lasted(given, result, minutes)
    if result == "missed" and reason not in reasons():
        raise Refusal("session_needs_reason", field="reason")
    if adults is not None and not 1 <= adults <= MOST_ADULTS:
        raise Refusal("session_adults", field="adults", most=MOST_ADULTS)
    usual = len(adults_on(record.find(ProvisionStaff, provision=provision), day)) or 1
    there = _marks(record, provision, day, number)
    by_pupil: dict[str, list[ProvisionPlace]] = {}
    for place in record.find(ProvisionPlace, provision=provision):
        by_pupil.setdefault(place.pupil, []).append(place)
    pupils = [each for each, theirs in by_pupil.items() if has_place(theirs, day)]
    if not pupils and not there:
        raise Refusal("session_without_pupils")
    why = reason if result == "missed" else None
    edits: list[Edit] = []
    for mark in there.values():
        edits += _amended(mark, _as_said(mark, result, lasted, why, adults or mark.adults))
    known = next(iter(there.values()), None)
    for pupil in pupils:
        if pupil not in there:
            staffed = adults or (known.adults if known else usual)
            new = SessionMark(session.ids.new(), pupil, provision, day, result, lasted, lasted, session.actor.id, number, staffed, why)
            edits.append(New(new))
    return _cautions(record, given, day), record.save(edits, action="tick_session", actor=session.actor)


def mark_pupil(
    session: Session, provision: str, day: date, pupil: str, result: SessionResult, *, minutes: int | None = None, number: int = 1
) -> Saved:
    """Says that a held session went otherwise for one pupil: ``absent``, ``left_early`` (with ``minutes``), ``not_due``;
    ``ran`` takes that back.

    Raises ``Refusal``: ``session_not_ticked``, ``session_was_missed``, ``session_needs_minutes``.
    """
    mark = _marks(session.record, provision, day, number).get(pupil)
    if mark is None:
        raise Refusal("session_not_ticked")
    if mark.result == "missed":
        raise Refusal("session_was_missed")
    full = must_get(session.record, Provision, provision).minutes
    if result == "left_early":
        if minutes is None or not 0 < minutes < mark.session_minutes:
            raise Refusal("session_needs_minutes", field="minutes", most=mark.session_minutes - 1)
        wanted = replace(mark, result=result, minutes=minutes)
    elif result in ("absent", "not_due"):
        wanted = replace(mark, result=result, minutes=0)
    else:
        whole: SessionResult = "short" if mark.session_minutes < full else "ran"
        wanted = replace(mark, result=whole, minutes=mark.session_minutes)
    return session.record.save(_amended(mark, wanted), action="mark_pupil_in_session", actor=session.actor)


def ledger_of(session: Session, provision: str) -> Ledger:
    """Planned beside delivered, to date and by half term, for the group and each of its pupils.

    Raises ``Refusal("no_longer_there")``.
    """
    record = session.record
    given = must_get(record, Provision, provision)
    days = SchoolDays.of(school(record).terms)
    costs = CostBook(session, provision=provision).costs_of(provision) if may(session.actor, "see_cost") else None
    planned = planned_days(given, days, session.clock.today())
    marks = record.find(SessionMark, provision=provision)
    places = record.find(ProvisionPlace, provision=provision)
    ids = dict.fromkeys([*(each.pupil for each in places), *(each.pupil for each in marks)])
    pupils = sorted((found for each in ids if (found := record.get(Pupil, each))), key=lambda each: each.name)
    names = {each.id: each.name for each in pupils}

    def lines(some_days: Sequence[date], some_marks: Sequence[SessionMark]) -> tuple[LedgerLine, ...]:
        tallies = {"": group_tally(given, some_marks, some_days)}
        for pupil in pupils:
            theirs = [each for each in some_marks if each.pupil == pupil.id]
            tallies[pupil.id] = pupil_tally(given, theirs, some_days, [each for each in places if each.pupil == pupil.id])
        if costs is not None:
            planned_costs, held_costs = costs(some_days, some_marks)
            tallies = {
                each: replace(tally, planned_cost=planned_costs.get(each, Fraction(0)), delivered_cost=held_costs.get(each, Fraction(0)))
                for each, tally in tallies.items()
            }
        return tuple(LedgerLine(each, names.get(each, ""), tally) for each, tally in tallies.items())

    named = sorted({_period(days, each) for each in [*planned, *(mark.happened_on for mark in marks)]})
    halves = [
        (
            name or reference.say("sessions.outside_terms"),
            lines(
                [each for each in planned if _period(days, each) == (first, name)],
                [each for each in marks if _period(days, each.happened_on) == (first, name)],
            ),
        )
        for first, name in named
    ]
    return Ledger(given, (("", lines(planned, marks)), *halves), may(session.actor, "see_cost"))


def reasons() -> tuple[str, ...]:
    """The codes of why a session was missed, the commonest first."""
    return tuple(reference.data("rules", "missed_sessions.json")["reasons"])


def _period(days: SchoolDays, day: date) -> tuple[date, str]:
    """The half term of a day; the holidays and years without terms are one period at the end."""
    half = days.half_term(day)
    return (half.starts_on, half.name) if half else (date.max, "")


def _lasted(provision: Provision, result: SessionResult, minutes: int | None) -> int:
    if result == "missed":
        return 0
    if result == "short":
        if minutes is None or not 0 < minutes < provision.minutes:
            raise Refusal("session_needs_minutes", field="minutes", most=provision.minutes - 1)
        return minutes
    return provision.minutes


def _as_said(mark: SessionMark, result: SessionResult, lasted: int, reason: str | None, adults: int) -> SessionMark:
    """What a mark says when the whole session is ticked again. A pupil who was absent, or not due, stays so in a held session."""
    said = replace(mark, session_minutes=lasted, adults=adults, reason=reason)
    if result != "missed" and mark.result in ("absent", "not_due"):
        return said
    if result != "missed" and mark.result == "left_early" and mark.minutes < lasted:
        return said
    return replace(said, result=result, minutes=lasted)


def _amended(there: SessionMark, wanted: SessionMark) -> list[Edit]:
    names = ("result", "session_minutes", "minutes", "adults", "reason")
    values = {name: getattr(wanted, name) for name in names if getattr(wanted, name) != getattr(there, name)}
    return [Amend(SessionMark, there.id, values)] if values else []


def _marks(record: Record, provision: str, day: date, number: int) -> dict[str, SessionMark]:
    """The marks of one session by pupil."""
    found = one_a_session(record.find(SessionMark, provision=provision, happened_on=day, number=number))
    return {each.pupil: each for each in found}


def _cautions(record: Record, provision: Provision, day: date) -> tuple[Caution, ...]:
    days = SchoolDays.of(school(record).terms)
    found: list[Caution] = []
    if day.weekday() > 4 or (days.knows(day) and not days.is_school_day(day)):
        found.append("no_school_day")
    if day < provision.starts_on:
        found.append("before_it_starts")
    if provision.ends_on and day > provision.ends_on:
        found.append("after_it_ended")
    return tuple(found)


def _gives(staff: Sequence[ProvisionStaff], actor: Actor, day: date) -> bool:
    """Whether somebody gives a provision on a day: by the link to their record of staff, and never by a name that was typed."""
    return any(each.staff_member == actor.id for each in adults_on(staff, day))
