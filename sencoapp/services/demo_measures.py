"""What was measured in the demo school: values from where an outcome began to where it has come, some weeks apart."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from sencoapp.domain.measures import Unit, Unread, Value
from sencoapp.domain.plan import Outcome
from sencoapp.domain.record import Actor
from sencoapp.services import measuring
from sencoapp.services.demo_clock import MovableClock
from sencoapp.services.demo_people import Child
from sencoapp.services.measures import unit_of
from sencoapp.services.ports import Session

VALUES = 6
_WAVE = (0, 0, -1, 1, -1, 0)
"""Steps off the straight way, so that the values look like those of a child."""


def measure_of(facts: Mapping[str, Any], began: date) -> dict[str, Any]:
    """The measure of one of the demo school's outcomes, from its facts."""
    return {"unit": facts["unit"], "counts": facts.get("counts"), "baseline_on": began}


def write_values(session: Session, clock: MovableClock, child: Child, outcome: Outcome, reached: str) -> None:
    """Values from the baseline to what was ``reached``, the last of them today by the clock, which is left as it was."""
    unit = unit_of(outcome.unit, outcome.counts)
    until, began = clock.now(), outcome.baseline_on
    if unit is None or began is None or not outcome.baseline:
        return
    first, last = _read(unit, outcome.baseline), _read(unit, reached)
    days = (until.date() - began).days
    if first is None or last is None or days < 2 * VALUES:
        return
    teacher = replace(session, actor=Actor(child.teacher.id, child.teacher.name, "teacher"))
    for number in range(1, VALUES + 1):
        day = _weekday(began + timedelta(days=days * number // VALUES))
        clock.set(datetime.combine(day, time(15), UTC))
        measuring.add_value(teacher, outcome.id, unit.words(_between(unit, first, last, number)), day)
    clock.set(until)


def _read(unit: Unit, text: str) -> Value | None:
    try:
        return unit.take(text)[0]
    except Unread:
        return None


def _between(unit: Unit, first: Value, last: Value, number: int) -> Value:
    if number == VALUES:
        return last
    size = Fraction(60) if unit.reads == "duration" else Fraction(1)
    straight = (first.number + (last.number - first.number) * number / VALUES) / size
    count = Fraction(max(0, round(straight) + _WAVE[number % len(_WAVE)]))
    return replace(last, number=size * (count if last.out_of is None else min(count, last.out_of)))


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))
