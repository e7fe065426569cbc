"""An outcome with its measure: where it began, where it should lead by when, the values on the way, and what they show.

The aim line runs straight from the baseline on its day to the target on its own (screens.md 1.6, 52).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sencoapp.domain.measures import Change, Unit, Value, change, rises
from sencoapp.domain.plan import DataPoint, Outcome

RECENT = 6
"""How many of the last values are counted against the aim line."""


@dataclass(frozen=True)
class Taken:
    """One value that was taken, with the aim of its day where there is an aim line."""

    point: DataPoint
    value: Value
    aim: Fraction | None
    on_aim: bool | None
    """On the aim line or better; None where there is nothing to compare with."""


@dataclass(frozen=True)
class Phase:
    """A day on which the provision that serves an outcome changed."""

    on: date
    title: str
    begins: bool


@dataclass(frozen=True)
class Measured:
    """``taken`` are in the outcome's unit, the oldest first; ``in_other_units`` were taken before the unit was changed."""

    outcome: Outcome
    unit: Unit
    baseline: Value | None
    baseline_on: date | None
    target: Value | None
    target_on: date | None
    taken: tuple[Taken, ...]
    phases: tuple[Phase, ...]
    in_other_units: tuple[DataPoint, ...] = ()

    @property
    def higher_is_better(self) -> bool:
        return rises(self.unit, self.baseline, self.target)

    @property
    def first(self) -> tuple[Value, date] | None:
        """Where it began: the baseline, or the first value where there is none."""
        if self.baseline is not None and self.baseline_on is not None:
            return self.baseline, self.baseline_on
        return (self.taken[0].value, self.taken[0].point.measured_on) if self.taken else None

    @property
    def last(self) -> Taken | None:
        return self.taken[-1] if self.taken else None

    def aim_on(self, day: date) -> Fraction | None:
        """How far one should be on a day: on the line from the baseline to the target, level before and after it."""
        return aim_on(day, self.baseline, self.baseline_on, self.target, self.target_on)

    def recent(self) -> tuple[int, int]:
        """Of the last values that can be compared (six at most): how many are on the aim line or better, and how many they are."""
        compared = [each.on_aim for each in self.taken if each.on_aim is not None][-RECENT:]
        return sum(compared), len(compared)

    def reached_on(self) -> date | None:
        """The first day on which a value was at the target or better."""
        target = self.target
        if target is None:
            return None
        found = (each.point.measured_on for each in self.taken if at_least(each.value.size, target.size, self.higher_is_better))
        return next(found, None)

    def change(self) -> Change | None:
        """From where it began to the last value; None where there are not two."""
        first, last = self.first, self.last
        if first is None or last is None or (self.baseline is None and len(self.taken) < 2):
            return None
        return change(self.unit, first[0], last.value, higher_is_better=self.higher_is_better)


def aim_on(day: date, baseline: Value | None, baseline_on: date | None, target: Value | None, target_on: date | None) -> Fraction | None:
    """The aim of a day. Without a baseline, or without the days, the target stands for every day."""
    if target is None:
        return None
    if baseline is None or baseline_on is None or target_on is None or target_on <= baseline_on:
        return target.size
    share = Fraction((day - baseline_on).days, (target_on - baseline_on).days)
    return baseline.size + (target.size - baseline.size) * min(max(share, Fraction(0)), Fraction(1))


def as_fine_as(unit: Unit, aim: Fraction | None) -> Fraction | None:
    """The aim of a day no finer than values are taken, so that a value that equals what is shown is on it."""
    if aim is None:
        return None
    return Fraction(round(aim, 1)) if unit.reads == "number" and unit.decimals else Fraction(round(aim))


def at_least(size: Fraction, aim: Fraction, higher_is_better: bool) -> bool:
    """Whether a value is on an aim or better."""
    return size >= aim if higher_is_better else size <= aim


def measured(
    outcome: Outcome,
    unit: Unit,
    baseline: Value | None,
    target: Value | None,
    values: Sequence[tuple[DataPoint, Value]],
    phases: Sequence[Phase],
    in_other_units: Sequence[DataPoint] = (),
) -> Measured:
    """Puts together what was read from the record. Phases are kept that lie between the first day and the last."""
    up = rises(unit, baseline, target)
    taken = []
    for point, value in sorted(values, key=lambda each: (each[0].measured_on, each[0].id)):
        aim = as_fine_as(unit, aim_on(point.measured_on, baseline, outcome.baseline_on, target, outcome.by_on))
        taken.append(Taken(point, value, aim, None if aim is None else at_least(value.size, aim, up)))
    days = [each for each in (outcome.baseline_on, outcome.by_on, *(one.point.measured_on for one in taken)) if each is not None]
    shown = sorted((each for each in phases if days and min(days) < each.on < max(days)), key=lambda each: (each.on, each.title))
    return Measured(outcome, unit, baseline, outcome.baseline_on, target, outcome.by_on, tuple(taken), tuple(shown), tuple(in_other_units))
