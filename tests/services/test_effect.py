"""The effect of provision: measures of joining and ending, read as people type them, and only what may be said of them."""

from datetime import date

import pytest

from sencoapp.domain.effect import ProvisionMeasure
from sencoapp.domain.plan import Cycle
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import effect, provision, undoing
from sencoapp.services.provision_map import read_map
from sencoapp.services.provision_terms import provision_words
from tests.places import add_pupil
from tests.services.map_school import QUERY, MapSchool, values

EARLY, LATE = date(2026, 1, 5), date(2026, 11, 20)


def keep(place, who, what, moment, value="", unit="reading_age", day=None, **other):
    measured_on = day or (EARLY if moment == "entry" else LATE)
    measure = ProvisionMeasure("", who, what, moment, measured_on, "Salford", unit, value=value, **other)
    return effect.keep_measure(place.session, measure)


@pytest.fixture
def school(place):
    return MapSchool(place)


def both(place, school, first, last, unit="reading_age", **other):
    keep(place, school.kian, school.lacey, "entry", first, unit, **other)
    keep(place, school.kian, school.lacey, "exit", last, unit, **other)
    return effect.effects(place.session)[school.lacey, school.kian]


def test_a_ratio_gain_is_months_gained_for_each_month_that_went_by(place, school):
    """319 days are 10.48 months; 21 months gained are 2.0 for each: useful."""
    found = both(place, school, "7y 3m", "9y 0m")
    assert round(float(found.ratio), 2) == 2.0
    assert effect.short_words(found) == "+ 1 year 9 months, useful"
    assert effect.sentence("Kian", found) == (
        "Kian: from 7 years 3 months to 9 years in 46 weeks (Salford). 1 year 9 months in the right direction. Ratio gain 2: useful."
    )


def test_a_standardised_score_gets_no_ratio_and_is_held_against_its_band(place, school):
    within = both(place, school, "84 (78 to 90)", "88 (82 to 94)", "standard_score")
    assert within.ratio is None
    assert within.way is None
    assert effect.short_words(within) == "~ 4 points, may be chance"
    keep(place, school.kian, school.lacey, "exit", "99 (93 to 105)", "standard_score")
    beyond = effect.effects(place.session)[school.lacey, school.kian]
    assert (beyond.way, effect.short_words(beyond)) == ("better", "+ 15 points")
    assert "larger than the confidence band" in effect.sentence("Kian", beyond)
    assert "atio" not in effect.sentence("Kian", beyond)


@pytest.mark.parametrize(
    ("unit", "first", "last", "better", "words"),
    [
        ("times_day", "6", "2", "down", "+ 4 a day"),
        ("times_day", "6", "2", "up", "− 4 a day"),
        ("duration", "5 minutes", "12 minutes", "up", "+ 7 minutes"),
        ("attainment_scale", "-2", "1", None, "+ 3 steps"),
        ("yes_no", "no", "yes", "up", "+ 1 step"),
        ("scale_1_5", "3", "3", "up", "= the same"),
    ],
)
def test_each_measure_says_its_change_with_a_sign_and_a_word(place, school, unit, first, last, better, words):
    found = both(place, school, first, last, unit, better=better)
    assert effect.short_words(found) == words
    assert found.ratio is None


def test_a_measure_may_be_left_out_with_a_reason(place, school):
    keep(place, school.kian, school.lacey, "entry", "7y 3m")
    keep(place, school.kian, school.lacey, "exit", unit=None, left_out_because="He was ill that week.")
    found = effect.effects(place.session)[school.lacey, school.kian]
    assert effect.short_words(found) == "Left out"
    assert effect.sentence("Kian", found) == "Kian: the measure at the end was left out. He was ill that week."


def test_two_tools_are_not_set_against_each_other(place, school):
    keep(place, school.kian, school.lacey, "entry", "7y 3m")
    keep(place, school.kian, school.lacey, "exit", "84", "standard_score")
    assert effect.short_words(effect.effects(place.session)[school.lacey, school.kian]) == "Two measures"


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"value": ""}, "effect_needs_value"),
        ({"value": "7y 3m", "unit": None}, "effect_needs_unit"),
        ({"value": "6", "unit": "times_day"}, "effect_needs_better"),
        ({"value": "7y 3m", "day": date(2026, 12, 1)}, "effect_in_the_future"),
        ({"value": "7y 3m", "day": date(2025, 12, 1)}, "effect_ends_before_it_starts"),
        ({"value": "seven"}, "measure_not_read"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(place, school, wrong, key):
    keep(place, school.kian, school.lacey, "entry", "7y 3m")
    with pytest.raises(Refusal, match=key):
        keep(place, school.kian, school.lacey, "exit", **wrong)
    with pytest.raises(Refusal, match="effect_without_place"):
        keep(place, school.zac, school.lacey, "entry", "7y 3m")


def test_a_measure_kept_again_stands_in_the_place_of_the_first_and_is_undone(place, school):
    keep(place, school.kian, school.lacey, "entry", "7y 3m")
    saved = keep(place, school.kian, school.lacey, "entry", "7y 4m")
    (kept,) = place.session.record.find(ProvisionMeasure)
    assert kept.value == "7 years 4 months"
    undoing.undo(place.session, saved.save)
    assert [each.value for each in place.session.record.find(ProvisionMeasure)] == ["7 years 3 months"]


def test_the_map_says_it_of_pupils_and_of_groups_and_few_are_said_to_be_few(place, school):
    both(place, school, "7y 3m", "9y 0m")
    lines = {each.title: each for each in read_map(place.session, QUERY).lines if each.group and each.group.provision.id == school.lacey}
    assert lines["Kian Osei"].effect == "+ 1 year 9 months, useful"
    assert lines["Ava Brennan"].effect == ""
    group = next(each for each in lines.values() if each.kind == "group")
    assert group.effect == "1 of 1 better"
    assert group.effect_words == "1 pupil was measured twice: too few to say more than what happened to this one."


def test_of_many_it_is_said_for_how_many_it_went_better_and_that_other_things_changed(place):
    pupils = [add_pupil(place, f"Osei{number}", "Kian").id for number in range(6)]
    made, _ = provision.add_provision(place.session, values(title="Reads", group_size=6), pupils)
    for number, pupil in enumerate(pupils):
        keep(place, pupil, made.id, "entry", "7y 3m")
        keep(place, pupil, made.id, "exit", "7y 0m" if number == 0 else "8y 0m")
    words = provision_words(place.session, made)
    assert words[0].startswith("Of 6 pupils who were measured twice it went better for 5 and worse for 1.")
    assert words[1] == "By term: Autumn term 2026: 5 of 6 better."
    assert len(words) == 8


def test_the_review_of_a_cycle_gets_a_sentence_for_each_provision_that_was_measured(place, school):
    cycle = Cycle(place.session.ids.new(), school.kian, 1, date(2026, 9, 1), date(2026, 12, 1))
    serving = ProvisionPlace(place.session.ids.new(), school.kian, school.lacey, cycle.id)
    place.session.record.save([New(cycle), New(serving)], action="start_cycle", actor=place.session.actor)
    assert effect.review_lines(place.session, school.kian, cycle.id) == []
    both(place, school, "7y 3m", "9y 0m")
    (line,) = effect.review_lines(place.session, school.kian, cycle.id)
    assert line.startswith("Talk Boost: from 7 years 3 months to 9 years in 46 weeks (Salford).")
