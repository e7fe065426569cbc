"""What an outcome's measure says on paper, as plain values that a snapshot can freeze."""

from datetime import date
from fractions import Fraction

from sencoapp import reference
from sencoapp.domain.measure_chart import Chart, PhaseLine, chart_of
from sencoapp.domain.measured import Measured, Taken
from sencoapp.domain.snapshot import ChartContent, MeasureContent, MeasuredValue
from sencoapp.services.measures import unit_name
from sencoapp.services.measuring import shows


def measure_content(found: Measured | None) -> MeasureContent | None:
    """None for an outcome without a measure, or with nothing measured at all."""
    if found is None or (found.first is None and found.target is None):
        return None
    chart = chart_of(found, found.last.point.measured_on if found.last else found.baseline_on or date.min)
    return MeasureContent(
        name=measure_name(found),
        shows=shows(found),
        values=[_value(found, each) for each in found.taken],
        chart=_chart(chart) if chart is not None else None,
    )


def measure_name(found: Measured) -> str:
    """ "Words a minute": what stands at the axis. The unit's name where nothing is counted."""
    counts = found.unit.counts
    return counts[:1].upper() + counts[1:] if counts else unit_name(found.unit.id)


def aim_words(found: Measured, aim: Fraction | None) -> str:
    """The aim of a day, in short; of words in an order, the step that one should have come to."""
    return "" if aim is None else found.unit.short_of(aim)


def value_words(found: Measured, taken: Taken) -> str:
    """A value in short, where the unit stands beside it; a share and a confidence band stay as they are."""
    value = taken.value
    return found.unit.words(value) if value.out_of is not None or value.low is not None else found.unit.short_of(value.number)


def spot_words(role: str, words: str) -> str:
    """ "Baseline 40 words a minute", at its spot."""
    return reference.say(f"measures.{role}_spot", value=words) if role in ("baseline", "target") else words


def phase_words(line: PhaseLine) -> str:
    """ "Talk Boost begins"."""
    return reference.say("measures.phase_begins" if line.phase.begins else "measures.phase_ends", title=line.phase.title)


def _value(found: Measured, taken: Taken) -> MeasuredValue:
    point = taken.point
    return MeasuredValue(
        on=point.measured_on.isoformat(), value=value_words(found, taken), aim=aim_words(found, taken.aim), who=point.author_name
    )


def _chart(chart: Chart) -> ChartContent:
    return ChartContent(
        spots=[(each.role, each.x, each.y, each.on.isoformat(), spot_words(each.role, each.words)) for each in chart.spots],
        aim=[*chart.aim[0], *chart.aim[1]] if chart.aim else None,
        up=[(each.place, each.words) for each in chart.up],
        across=[(each.place, each.words) for each in chart.across],
        phases=[(each.x, phase_words(each)) for each in chart.phases],
    )
