"""Where the parts of a chart lie."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.measure_chart import chart_of
from sencoapp.domain.measured import Measured, Phase, measured
from sencoapp.domain.measures import Value
from sencoapp.domain.plan import DataPoint, Outcome

BEGAN, DUE, TODAY = date(2026, 9, 7), date(2026, 12, 18), date(2026, 11, 24)


def found(sizes=((35, 51), (70, 61)), baseline=40, target=70, unit="count", due=DUE, phases=()) -> Measured:
    one = reference.measures().units[unit].counting("words a minute")
    outcome = Outcome("o", "p", "c", 1, "Reads", unit=unit, baseline_on=BEGAN if baseline is not None else None, by_on=due)
    values = [
        (DataPoint(f"{day}", "p", "o", f"{size}", unit, BEGAN + timedelta(days=day), "x", "Miss Tan"), Value(Fraction(size)))
        for day, size in sizes
    ]
    return measured(
        outcome,
        one,
        None if baseline is None else Value(Fraction(baseline)),
        None if target is None else Value(Fraction(target)),
        values,
        phases,
    )


def test_the_aim_line_runs_from_the_baseline_to_the_target_on_its_day():
    chart = chart_of(found(), TODAY)
    assert chart is not None
    baseline, first, second, target = chart.spots
    assert [each.role for each in chart.spots] == ["baseline", "value", "value", "target"]
    assert chart.aim == ((baseline.x, baseline.y), (target.x, target.y))
    assert (baseline.x, target.x) == (0.0, 1.0)
    assert first.words == "51"
    assert 0 < first.x < second.x < 1


def test_lines_stand_at_round_values_without_what_is_counted():
    chart = chart_of(found(), TODAY)
    assert chart is not None
    assert [each.words for each in chart.up] == ["40", "45", "50", "55", "60", "65", "70"]
    ages = chart_of(found(((70, 89),), 84, 90, "reading_age"), TODAY)
    assert ages is not None
    assert [each.words for each in ages.up] == ["7y", "7y 1m", "7y 2m", "7y 3m", "7y 4m", "7y 5m", "7y 6m"]
    low = chart_of(found(((35, 6),), 12, 3, "times_session"), TODAY)
    assert low is not None
    assert low.up[0].words == "0"
    steps = chart_of(found(((35, 2),), 1, 3, "small_steps"), TODAY)
    assert steps is not None
    assert [each.words for each in steps.up] == ["not yet", "emerging", "developing", "secure", "mastered"]


def test_a_value_below_the_aim_line_has_another_shape():
    chart = chart_of(found(((35, 44),)), TODAY)
    assert chart is not None
    assert [each.role for each in chart.values()] == ["value_off"]


def test_a_value_that_equals_the_aim_as_it_is_shown_is_on_it():
    one = found(((42, 6),), 4, 8, "scale_0_10")  # the aim of that day is 5.6, and shown as 6
    assert [(each.aim, each.on_aim) for each in one.taken] == [(6, True)]


def test_a_change_of_provision_between_the_first_day_and_the_last_is_a_line():
    phases = (Phase(date(2026, 10, 19), "Overlay", True), Phase(date(2026, 1, 5), "Phonics", False))
    chart = chart_of(found(phases=phases), TODAY)
    assert chart is not None
    assert [each.phase.title for each in chart.phases] == ["Overlay"]


def test_without_a_value_there_is_no_chart_and_without_a_day_the_target_is_level():
    assert chart_of(found((), None, None), TODAY) is None
    assert chart_of(found((), None, 70), TODAY) is None
    chart = chart_of(found(((35, 44),), None, 70, due=None), TODAY)
    assert chart is not None
    assert chart.aim is not None
    assert chart.aim[0][1] == chart.aim[1][1]


@given(
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100_000)), max_size=30),
    st.one_of(st.none(), st.integers(0, 100_000)),
    st.one_of(st.none(), st.integers(0, 100_000)),
)
def test_everything_lies_on_the_chart(sizes, baseline, target):
    chart = chart_of(found(sizes, baseline, target), TODAY)
    if chart is None:
        return
    places = [(each.x, each.y) for each in chart.spots] + list(chart.aim or ())
    assert all(-1e-9 <= x <= 1 + 1e-9 and -1e-9 <= y <= 1 + 1e-9 for x, y in places)
    assert 2 <= len(chart.up) <= 8
    assert len({each.words for each in chart.up}) == len(chart.up)
    assert 2 <= len(chart.across) <= 5
