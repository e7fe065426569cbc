"""What a provision did: what a pupil could do on joining and on ending, and what may be said of the difference (domain.md 5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from sencoapp.domain.measures import Change, Measures, Unit, Unread, Way, change, rises

Moment = Literal["entry", "exit"]
Better = Literal["up", "down"]


@dataclass(frozen=True)
class ProvisionMeasure:
    """One measure of a pupil on joining a provision or on ending it; or the reason why it was left out."""

    id: str
    pupil: str
    provision: str
    moment: Moment
    measured_on: date
    tool: str | None = None
    """What it was measured with, such as the name of a test."""
    unit: str | None = None
    """A code of ``rules/measures.json``."""
    counts: str | None = None
    """What is counted, such as "words a minute", where the unit leaves that to a person."""
    value: str | None = None
    """As the unit writes it, and reads it again."""
    better: Better | None = None
    """Which way is better, where the unit does not say."""
    left_out_because: str | None = None


@dataclass(frozen=True)
class Effect:
    """What is known of one pupil in one provision. ``change`` is None where there are not two values in one unit."""

    entry: ProvisionMeasure | None = None
    exit: ProvisionMeasure | None = None
    unit: Unit | None = None
    change: Change | None = None
    ratio: Fraction | None = None
    """Months gained for each month that went by, where the unit allows it; never of standardised scores."""

    @property
    def way(self) -> Way | None:
        """Better, worse or the same; a change of a standardised score within its confidence band, or without one, is none of them."""
        if self.change is None or (self.unit is not None and self.unit.may("band") and not self.change.beyond_band):
            return None
        return self.change.way


def latest(measures: Iterable[ProvisionMeasure], moment: Moment) -> ProvisionMeasure | None:
    """The measure of joining or of ending; of several the one that was taken last."""
    return max((each for each in measures if each.moment == moment), key=lambda each: (each.measured_on, each.id), default=None)


def effect_of(measures: Sequence[ProvisionMeasure], units: Measures) -> Effect:
    """From the measures of one pupil in one provision. Values in two units, or with two tools, are not set against each other."""
    entry, last = latest(measures, "entry"), latest(measures, "exit")
    if entry is None or last is None or not (entry.unit and entry.value and last.value):
        return Effect(entry, last)
    found = units.units.get(entry.unit)
    if found is None or (entry.unit, entry.counts) != (last.unit, last.counts) or _tool(entry) != _tool(last):
        return Effect(entry, last)
    unit = found.counting(entry.counts)
    try:
        first, second = unit.take(entry.value)[0], unit.take(last.value)[0]
    except Unread:
        return Effect(entry, last, unit)
    up = rises(unit, None, None) if unit.better != "target" else (last.better or entry.better) != "down"
    changed = change(unit, first, second, higher_is_better=up)
    return Effect(entry, last, unit, changed, units.ratio_gain(unit, first, entry.measured_on, second, last.measured_on))


def _tool(measure: ProvisionMeasure) -> str:
    return (measure.tool or "").strip().casefold()
