"""Where everything of a measure's chart lies, for the screen and for print alike: shares of its width and height, and words.

Across, 0 is the first day and 1 the last; up, 0 is the lowest line and 1 the highest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from sencoapp.domain.dates import short_date
from sencoapp.domain.measured import Measured, Phase
from sencoapp.domain.measures import Unit, Value

Role = Literal["baseline", "value", "value_off", "target"]
"""``value_off``: a value that is not on the aim line. It has another shape, so that colour is never alone."""

_MOST_LINES = 6
_STEPS = {
    "age": (1, 2, 3, 6, 12, 24, 60, 120),
    "duration": (1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200),
    "words": (1,),
}
_SPAN_OF_ONE_DAY = 14


@dataclass(frozen=True)
class Spot:
    """One value on the chart."""

    role: Role
    x: float
    y: float
    on: date
    words: str


@dataclass(frozen=True)
class Tick:
    place: float
    words: str


@dataclass(frozen=True)
class PhaseLine:
    x: float
    phase: Phase


@dataclass(frozen=True)
class Chart:
    """``spots`` are in the order of their days; ``aim`` runs from the baseline to the target, or is level at the target."""

    spots: tuple[Spot, ...]
    aim: tuple[tuple[float, float], tuple[float, float]] | None
    up: tuple[Tick, ...]
    across: tuple[Tick, ...]
    phases: tuple[PhaseLine, ...]

    def values(self) -> tuple[Spot, ...]:
        """The values that are joined by a line: all but baseline and target."""
        return tuple(each for each in self.spots if each.role.startswith("value"))


def chart_of(found: Measured, today: date) -> Chart | None:
    """The chart of an outcome, or None where it has no value at all. ``today`` stands in for a target without a day."""
    marks = _marks(found, today)
    if not marks:
        return None
    first, last = min(on for _, on, _ in marks), max(on for _, on, _ in marks)
    if first == last:
        first, last = first - timedelta(days=_SPAN_OF_ONE_DAY // 2), last + timedelta(days=_SPAN_OF_ONE_DAY // 2)
    low, step, count = _lines(found.unit, [value.size for _, _, value in marks])

    def x(on: date) -> float:
        return (on - first).days / (last - first).days

    def y(size: Fraction) -> float:
        return float((size - low) / (step * count))

    spots = [Spot(role, x(on), y(value.size), on, _words(found.unit, value)) for role, on, value in marks]
    spots.sort(key=lambda each: (each.on, each.role != "baseline", each.role == "target"))
    lines = tuple(Tick(number / count, found.unit.short_of(low + number * step)) for number in range(count + 1))
    phases = tuple(PhaseLine(x(each.on), each) for each in found.phases)
    return Chart(tuple(spots), _aim(spots), lines, _days(first, last), phases)


def _marks(found: Measured, today: date) -> list[tuple[Role, date, Value]]:
    made: list[tuple[Role, date, Value]] = []
    if found.baseline is not None and found.baseline_on is not None:
        made.append(("baseline", found.baseline_on, found.baseline))
    for each in found.taken:
        made.append(("value_off" if each.on_aim is False else "value", each.point.measured_on, each.value))
    if found.target is not None and made:
        made.append(("target", found.target_on or max(today, *(on for _, on, _ in made)), found.target))
    return made


def _words(unit: Unit, value: Value) -> str:
    """In short; a share as it was counted."""
    return unit.words(value) if value.out_of is not None else unit.short_of(value.size)


def _aim(spots: Sequence[Spot]) -> tuple[tuple[float, float], tuple[float, float]] | None:
    target = next((each for each in spots if each.role == "target"), None)
    if target is None:
        return None
    baseline = next((each for each in spots if each.role == "baseline"), None)
    start = (baseline.x, baseline.y) if baseline is not None and baseline.on < target.on else (0.0, target.y)
    return start, (target.x, target.y)


def _lines(unit: Unit, sizes: Sequence[Fraction]) -> tuple[Fraction, Fraction, int]:
    """The lowest line, the step between lines, and how many steps there are, so that every value lies between them."""
    low, high = min(sizes), max(sizes)
    if unit.reads == "words":
        return Fraction(0), Fraction(1), len(unit.steps) - 1
    if unit.low == 0 and low <= high / 2:
        low = Fraction(0)  # a scale that begins at nothing is shown whole, unless that would press the values together
    step = _step(unit, high - low)
    bottom, top = floor(low / step), ceil(high / step)
    if top == bottom:
        bottom, top = bottom - 1, top + 1
    if unit.low is not None:
        bottom = max(bottom, floor(unit.low / step))
    return bottom * step, step, top - bottom


def _step(unit: Unit, span: Fraction) -> Fraction:
    for each in _STEPS.get(unit.reads, ()):
        if span <= each * _MOST_LINES:
            return Fraction(each)
    size = Fraction(1) if unit.decimals == 0 else Fraction(1, 10)
    while True:
        for factor in (1, 2, 5):
            if span <= size * factor * _MOST_LINES:
                return size * factor
        size *= 10


def _days(first: date, last: date) -> tuple[Tick, ...]:
    """The first day, the last, and two or three between, where there are as many."""
    span = (last - first).days
    parts = min(4, max(1, span // 7))
    days = dict.fromkeys(first + timedelta(days=round(span * number / parts)) for number in range(parts + 1))
    return tuple(Tick((each - first).days / span, short_date(each)) for each in days)
