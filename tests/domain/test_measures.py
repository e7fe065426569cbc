"""Values as people type them, and what may be computed from them (domain.md 1 and 5)."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.measures import Unit, Unread, Value, change, middle, rises
from sencoapp.domain.refusals import Refusal
from sencoapp.services.measures import read_baseline, read_value, unit_names, unit_of

UNITS = reference.measures().units


def unit(code: str, counts: str | None = None) -> Unit:
    found = unit_of(code, counts)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("code", "typed", "number", "written"),
    [
        ("reading_age", "7y 3m", 87, "7 years 3 months"),
        ("reading_age", "7:03", 87, "7 years 3 months"),
        ("reading_age", "7;3", 87, "7 years 3 months"),
        ("reading_age", "87 months", 87, "7 years 3 months"),
        ("spelling_age", "7", 84, "7 years"),
        ("age_equivalent", "1 year and 1 month", 13, "1 year 1 month"),
        ("share", "4 of 6", 4, "4 of 6"),
        ("share", "4/6", 4, "4 of 6"),
        ("duration", "12 minutes", 720, "12 minutes"),
        ("duration", "12", 720, "12 minutes"),
        ("duration", "1h 20", 4800, "1 hour 20 minutes"),
        ("duration", "90 seconds", 90, "1 minute 30 seconds"),
        ("duration", "1.5 hours", 5400, "1 hour 30 minutes"),
        ("duration", "0", 0, "0 minutes"),
        ("standard_score", "ss 84", 84, "84"),
        ("standard_score", "SS: 84", 84, "84"),
        ("attainment_scale", "\u22121", -1, "-1"),
        ("attainment_scale", "2", 2, "+2"),
        ("scale_1_5", "3 of 5", 3, "3 of 5"),
        ("scale_0_10", "6/10", 6, "6 of 10"),
        ("percentage", "45 %", 45, "45%"),
        ("times_week", "twice a week", 2, "2 a week"),
        ("times_day", "3x daily", 3, "3 a day"),
        ("times_session", "none", 0, "0 a session"),
        ("yes_no", "Yes.", 1, "yes"),
        ("small_steps", "Developing", 2, "developing"),
        ("curriculum_level", "WTS", 1, "working towards"),
        ("count", "62", 62, "62"),
    ],
)
def test_a_value_is_read_as_people_type_it(code: str, typed: str, number: int, written: str):
    value = read_value(unit(code), typed)
    assert value.number == number
    assert unit(code).words(value) == written


@pytest.mark.parametrize("typed", ["84 (78-90)", "84 (78 to 90)", "ss 84, 78\u201390", "84 \u00b1 6"])
def test_a_standardised_score_may_have_its_confidence_band(typed: str):
    assert read_value(unit("standard_score"), typed) == Value(Fraction(84), None, Fraction(78), Fraction(90))


@pytest.mark.parametrize(
    ("code", "typed", "key"),
    [
        ("reading_age", "7.3", "measure_two_ways"),
        ("reading_age", "7y 14m", "measure_months_of_a_year"),
        ("reading_age", "12 minutes", "measure_of_another_unit"),
        ("times_week", "3 a day", "measure_of_another_unit"),
        ("duration", "1:30", "measure_two_ways_time"),
        ("duration", "7y 3m", "measure_of_another_unit"),
        ("share", "7 of 6", "measure_more_than_all"),
        ("share", "4 of 0", "measure_more_than_all"),
        ("standard_score", "200", "measure_out_of_range"),
        ("standard_score", "84 (90-95)", "measure_outside_band"),
        ("scale_1_5", "3.5", "measure_not_whole"),
        ("count", "40.555", "measure_too_fine"),
        ("count", "about forty", "measure_not_read"),
        ("small_steps", "great", "measure_not_a_step"),
        ("small_steps", "4 of 6", "measure_of_another_unit"),
    ],
)
def test_what_cannot_be_read_is_told_with_an_example(code: str, typed: str, key: str):
    with pytest.raises(Refusal) as refusal:
        read_value(unit(code), typed, field="baseline")
    assert refusal.value.key == key
    assert refusal.value.details["field"] == "baseline"
    sentence = reference.explain(refusal.value)
    assert typed in sentence
    assert not any(each in sentence for each in UNITS if "_" in each), "units are told by their names"


def test_what_is_counted_may_stand_behind_the_number_and_nothing_else_may():
    words = unit("count", "words a minute")
    assert {read_value(words, each) for each in ("40", "40 words", "40 words a minute")} == {Value(Fraction(40))}
    assert words.words(Value(Fraction(40))) == "40 words a minute"
    with pytest.raises(Refusal) as refusal:
        read_value(words, "40 books")
    assert refusal.value.key == "measure_not_read"


def test_a_baseline_of_three_readings_is_the_one_in_the_middle():
    words = unit("count", "words a minute")
    readings = read_baseline(words, "38, 44, 40")
    assert middle(readings) == Value(Fraction(40))
    kept = reference.measures().baseline_words(words, readings)
    assert kept == "40 words a minute (the middle of 38, 44, 40)"
    assert read_baseline(words, kept) == readings


def test_two_readings_have_none_in_the_middle():
    with pytest.raises(Refusal) as refusal:
        read_baseline(unit("reading_age"), "7y 3m; 7y 5m", field="baseline")
    assert refusal.value.key == "measure_two_readings"


@pytest.mark.parametrize("code", UNITS)
def test_every_unit_reads_its_own_example_and_has_a_name(code: str):
    assert read_value(unit(code), unit(code).example)
    assert unit_names()[code]


@st.composite
def values(draw: st.DrawFn) -> tuple[Unit, Value]:
    code = draw(st.sampled_from(list(UNITS)))
    one = unit(code, draw(st.sampled_from(["", "words a minute", "letters", "turns (2 adults)"])))
    if one.reads == "words":
        return one, Value(Fraction(draw(st.integers(0, len(one.steps) - 1))))
    scale = 10**one.decimals
    number = Fraction(draw(st.integers(int((one.low or 0) * scale), int((one.high or 0) * scale))), scale)
    if one.reads == "share":
        return one, Value(number, Fraction(draw(st.integers(max(1, int(number)), int(one.high or 1)))))
    if one.has_band and draw(st.booleans()):
        return one, Value(number, None, max(one.low or number, number - 6), min(one.high or number, number + 6))
    return one, Value(number)


@given(values())
def test_what_is_written_is_read_as_the_same_value(both: tuple[Unit, Value]):
    one, value = both
    assert one.take(one.words(value))[0] == value


@given(values(), st.data())
def test_a_kept_baseline_is_read_as_the_same_readings(both: tuple[Unit, Value], data: st.DataObject):
    one, value = both
    others = (
        data.draw(st.lists(values().filter(lambda each: each[0].id == one.id), min_size=2, max_size=2)) if data.draw(st.booleans()) else []
    )
    readings = (value, *(each[1] for each in others))
    assert reference.measures().readings(one, reference.measures().baseline_words(one, readings)) == readings


@given(st.text(max_size=30), st.sampled_from(list(UNITS)))
def test_any_text_is_a_value_or_told_in_words(text: str, code: str):
    try:
        value = unit(code).take(text)[0]
    except Unread:
        return
    assert unit(code).take(unit(code).words(value))[0] == value


def test_the_way_to_the_target_says_which_way_is_better():
    calls_out = unit("times_session")
    twelve, three = Value(Fraction(12)), Value(Fraction(3))
    assert not rises(calls_out, twelve, three)
    assert rises(calls_out, three, twelve)
    assert rises(unit("standard_score"), Value(Fraction(90)), Value(Fraction(80))), "a standardised score is better when higher"
    assert change(calls_out, twelve, three, higher_is_better=False).way == "better"


def test_a_standardised_score_changed_only_beyond_its_band():
    score = unit("standard_score")
    first = read_value(score, "84 (78-90)")
    assert change(score, first, read_value(score, "89 (83-95)")).beyond_band is False
    assert change(score, first, read_value(score, "98 (92-104)")).beyond_band is True
    assert change(score, first, read_value(score, "70")).beyond_band is True
    assert change(score, read_value(score, "84"), read_value(score, "98")).beyond_band is None


def test_a_ratio_gain_is_months_for_a_month_and_never_of_scores():
    measures = reference.measures()
    age = unit("reading_age")
    began, ended = date(2026, 1, 5), date(2026, 7, 6)
    ratio = measures.ratio_gain(age, Value(Fraction(84)), began, Value(Fraction(96)), ended)
    assert ratio is not None
    assert round(float(ratio), 2) == 2.01  # 12 months in 182 days, 5.98 months
    assert measures.ratio_band(ratio) == "useful"
    assert measures.ratio_gain(unit("standard_score"), Value(Fraction(84)), began, Value(Fraction(96)), ended) is None
    assert measures.ratio_gain(age, Value(Fraction(84)), began, Value(Fraction(96)), date(2026, 2, 5)) is None, "a month is too short"


@pytest.mark.parametrize(
    ("ratio", "band"),
    [("-1", "little"), ("1.39", "little"), ("1.4", "modest"), ("2", "useful"), ("3.5", "substantial"), ("4", "remarkable")],
)
def test_the_bands_of_a_ratio_gain(ratio: str, band: str):
    assert reference.measures().ratio_band(Fraction(ratio)) == band


@pytest.mark.parametrize(
    ("code", "counts", "size", "words"),
    [
        ("reading_age", None, 9, "9 months"),
        ("reading_age", None, 14, "1 year 2 months"),
        ("count", "words a minute", 22, "22 words a minute"),
        ("percentage", None, 15, "15 percentage points"),
        ("small_steps", None, 1, "1 step"),
        ("duration", None, -90, "1 minute 30 seconds"),
    ],
)
def test_a_difference_in_words(code: str, counts: str | None, size: int, words: str):
    assert unit(code, counts).difference(Fraction(size)) == words
