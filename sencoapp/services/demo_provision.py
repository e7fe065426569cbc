"""How the demo school's provision is staffed, timed, costed and measured, and what its staff were asked about a pupil."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sencoapp import reference
from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.effect import ProvisionMeasure
from sencoapp.domain.people import StaffMember
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff
from sencoapp.domain.record import Actor
from sencoapp.domain.timetable import ProvisionSlot
from sencoapp.services import round_robins
from sencoapp.services.demo_clock import MovableClock
from sencoapp.services.demo_people import Child
from sencoapp.services.effect import keep_measure
from sencoapp.services.ports import Session
from sencoapp.services.provision_costs import keep_cost
from sencoapp.services.staffing import set_staff
from sencoapp.services.timetable import set_slots

_FIRST, _LAST, _STEP = 9 * 60, 15 * 60 + 15, 5
_BREAKS = ((10 * 60 + 30, 10 * 60 + 45), (12 * 60, 13 * 60))
_ENDED_BEFORE = timedelta(days=3)
"""A place that ended at least so long ago was measured at its end."""
_LEFT_OUT = 17
"""Every seventeenth pupil was away when the others were measured."""


def write_provision(session: Session, clock: MovableClock, last: datetime) -> None:
    """Links provision to the staff who give it, with times, costs and measures."""
    people = {each.name: each for each in session.record.find(StaffMember)}
    running = [each for each in session.record.find(Provision) if each.ends_on is None or each.ends_on >= last.date()]
    given = sorted(running, key=lambda each: (each.starts_on, each.title, each.id))
    for each in given:
        if each.delivered_by in people:
            set_staff(session, each.id, [ProvisionStaff("", "", people[each.delivered_by].id)])
    _times(session, given, last.date())
    _costs(session, given)
    _measures(session, clock, last)


def write_questions(session: Session, clock: MovableClock, child: Child, last: datetime) -> None:
    """Staff were asked about a pupil: some answered, one is late, and one is asked on paper."""
    facts = reference.data("demo", "school.json")["asked"]
    people = {each.name: each for each in session.record.find(StaffMember)}
    answering = [child.teacher, *(people[name] for name in facts["answers"])]
    late = people[facts["late"]]
    clock.set(last - timedelta(days=12))
    known = next(each for each in round_robins.question_sets(session) if each.title == facts["set"])
    ways: dict[str, Any] = {each.id: "here" for each in (*answering, late)} | {people[facts["on_paper"]].id: "pdf"}
    due = (last - timedelta(days=3)).date()
    made, _ = round_robins.ask_staff(session, child.pupil.id, ways, title=known.title, questions=known.questions, due_on=due)
    texts = [facts["teacher"], *facts["answers"].values()]
    asks = {each.ask.staff_member: each.ask.id for each in round_robins.read_round_robin(session, made.id).asked}
    for number, (person, answers) in enumerate(zip(answering, texts, strict=True)):
        clock.set(last - timedelta(days=10 - 2 * number))
        theirs = replace(session, actor=Actor(person.id, person.name, person.role))
        round_robins.answer_ask(theirs, asks[person.id], [each.format(first=child.first) for each in answers])
    clock.set(last)


def _times(session: Session, given: Sequence[Provision], today: date) -> None:
    """Times in the week at which neither the adult nor a pupil has anything else; where none is left, no time is set."""
    taken: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for each in given:
        pupils = {
            place.pupil for place in session.record.find(ProvisionPlace, provision=each.id) if not place.ends_on or place.ends_on >= today
        }
        if not pupils:
            continue
        who, slots = [each.delivered_by, *sorted(pupils)], []
        for number in range(int(each.sessions_per_week)):
            day = (number * 5 // max(5, int(each.sessions_per_week)) + number + len(taken)) % 5 + 1
            start = next(
                (at for at in _starts(each.minutes) if all(_free(taken.get((one, day), ()), at, each.minutes) for one in who)), None
            )
            if start is None:
                continue
            for one in who:
                taken.setdefault((one, day), []).append((start, start + each.minutes))
            slots.append(ProvisionSlot("", each.id, day, f"{start // 60:02d}:{start % 60:02d}", each.minutes))
        set_slots(session, each.id, slots)


def _starts(minutes: int) -> Iterator[int]:
    for at in range(_FIRST, _LAST - minutes + 1, _STEP):
        if not any(at < end and start < at + minutes for start, end in _BREAKS):
            yield at


def _free(taken: Sequence[tuple[int, int]], at: int, minutes: int) -> bool:
    return all(end <= at or at + minutes <= start for start, end in taken)


def _costs(session: Session, given: Sequence[Provision]) -> None:
    """Books, planning and a course, for the first provision of each title that they are for."""
    facts = reference.data("demo", "school.json")["costs"]
    for title, costs in facts.items():
        made = next((each for each in given if each.title == title), None)
        if made is None:
            continue
        for each in costs:
            keep_cost(session, ProvisionCost("", made.id, paid_on=made.starts_on, **each))


def _measures(session: Session, clock: MovableClock, last: datetime) -> None:
    """Each place was measured as it began, and those that ended as they ended."""
    facts, chance = reference.data("demo", "school.json")["effects"], random.Random(2026)  # noqa: S311 (an invented school, no secret)
    titles = {each.id: each for each in session.record.find(Provision)}
    places = sorted(session.record.find(ProvisionPlace), key=lambda each: each.id)
    measured: set[tuple[str, str]] = set()
    for number, place in enumerate(places):
        made = titles[place.provision]
        how = facts.get(made.title)
        if how is None or (place.pupil, made.id) in measured:
            continue
        measured.add((place.pupil, made.id))
        first = chance.randrange(len(how["steps"]) - 3)
        _measure(session, clock, place, how, "entry", place.starts_on or made.starts_on, how["steps"][first])
        ended = place.ends_on or made.ends_on
        if ended is None or ended > last.date() - _ENDED_BEFORE:
            continue
        gained = chance.choice((0, 1, 1, 2, 2, 3))
        value = None if number % _LEFT_OUT == 0 else how["steps"][max(0, first + gained - (number % 11 == 0))]
        _measure(session, clock, place, how, "exit", ended, value)
    clock.set(last)


def _measure(
    session: Session, clock: MovableClock, place: ProvisionPlace, how: Mapping[str, Any], moment: Any, day: date, value: str | None
) -> None:
    clock.set(datetime.combine(day, time(15, 30), tzinfo=clock.now().tzinfo))
    why = None if value else how["away"]
    known = {name: how.get(name) for name in ("tool", "unit", "counts", "better")}
    keep_measure(session, ProvisionMeasure("", place.pupil, place.provision, moment, day, value=value, left_out_because=why, **known))
