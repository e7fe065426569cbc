"""An outcome in a unit: its baseline and target, values on the way, what they show, and what the next cycle takes over."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp.domain.people import StaffMember
from sencoapp.domain.plan import DataPoint, Outcome
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import measuring, observations, plans, provision, stages, undoing
from sencoapp.services.chronology import entry_head
from sencoapp.services.history import history_of
from tests.places import add_pupil

BEGAN, DUE = date(2026, 9, 7), date(2026, 12, 18)
READS = {
    "text": "Reads a Year 3 text",
    "unit": "count",
    "counts": "words a minute",
    "baseline": "38, 41, 40",
    "baseline_on": BEGAN,
    "target": "70",
    "by_on": DUE,
    "measure": "a weekly one-minute read",
}


@pytest.fixture
def cycle(place):
    return plans.start_cycle(place.session, add_pupil(place).id, starts_on=BEGAN, review_due_on=date(2026, 12, 3))[0]


@pytest.fixture
def outcome(place, cycle):
    return plans.add_outcome(place.session, cycle.id, READS)[0]


def add(place, outcome, *values):
    for day, value in values:
        measuring.add_value(place.session, outcome.id, value, date(2026, *day))


def test_a_measure_is_kept_as_its_unit_writes_it(place, outcome):
    kept = place.session.record.get(Outcome, outcome.id)
    assert (kept.baseline, kept.target) == ("40 words a minute (the middle of 38, 41, 40)", "70 words a minute")
    assert kept.counts == "words a minute"


def test_an_outcome_without_a_measure_keeps_its_words(place, cycle):
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "Joins a game", "baseline": "hardly ever", "target": "most days"})
    assert (outcome.baseline, outcome.target, outcome.unit) == ("hardly ever", "most days", None)
    assert measuring.measured_of(place.session.record, outcome) is None
    with pytest.raises(Refusal) as refusal:
        measuring.add_value(place.session, outcome.id, "3")
    assert refusal.value.key == "value_needs_measure"


@pytest.mark.parametrize(
    ("values", "key", "field"),
    [
        ({"by_on": date(2026, 9, 1)}, "target_before_baseline", "by_on"),
        ({"baseline": "12 minutes"}, "measure_of_another_unit", "baseline"),
        ({"target": "lots"}, "measure_not_read", "target"),
        ({"unit": "furlongs"}, "measure_is_not_known", "unit"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field_and_nothing_is_kept(place, cycle, values, key, field):
    with pytest.raises(Refusal) as refusal:
        plans.add_outcome(place.session, cycle.id, {**READS, **values})
    assert (refusal.value.key, refusal.value.details["field"]) == (key, field)
    assert place.session.record.count(Outcome) == 0


def test_values_are_added_changed_taken_out_and_brought_back(place, outcome):
    point, _ = measuring.add_value(place.session, outcome.id, "44", date(2026, 10, 12), note="One minute, a new text")
    assert (point.value, point.author_name) == ("44 words a minute", "Mrs Ruth Adeyemi")
    measuring.change_value(place.session, point, replace(point, value="45 words"))
    assert [each.value for each in place.session.record.find(DataPoint)] == ["45 words a minute"]
    assert len(history_of(place.session, "data_point", point.id, field="value").changes) == 2
    removed = measuring.remove_value(place.session, point.id)
    assert not place.session.record.find(DataPoint)
    undoing.undo(place.session, removed.save)
    _, added = measuring.add_value(place.session, outcome.id, "50", date(2026, 10, 19))
    undoing.undo(place.session, added.save)
    assert [each.value for each in place.session.record.find(DataPoint)] == ["45 words a minute"]


def test_a_value_that_cannot_be_is_told_in_words(place, outcome):
    other = add_pupil(place, "Brennan", "Ava")
    (note,), _ = observations.record_observation(place.session, pupils=[other.id], text="Read well", kind="progress")
    for typed, day, more, key in (
        ("44", date(2026, 9, 1), {}, "value_before_baseline"),
        ("44", date(2026, 11, 25), {}, "value_in_the_future"),
        ("7y 3m", None, {}, "measure_of_another_unit"),
        (" ", None, {}, "value_needs_words"),
        ("44", None, {"observation": note}, "evidence_is_of_another_pupil"),
    ):
        with pytest.raises(Refusal) as refusal:
            measuring.add_value(place.session, outcome.id, typed, day, **more)
        assert refusal.value.key == key
    assert not place.session.record.find(DataPoint)


def test_a_baseline_does_not_move_behind_values_that_were_taken_from_it(place, outcome):
    add(place, outcome, ((9, 14), "41"))
    with pytest.raises(Refusal) as refusal:
        plans.change_outcome(place.session, outcome, replace(outcome, baseline_on=date(2026, 10, 1)))
    assert refusal.value.key == "baseline_after_values"


def test_four_of_the_last_six_are_at_or_above_the_aim_line(place, outcome):
    add(place, outcome, ((10, 12), "51"), ((10, 19), "52"), ((11, 2), "57"), ((11, 9), "59"), ((11, 16), "61"), ((11, 24), "60"))
    found = measuring.measured_of(place.session.record, outcome)
    assert found.recent() == (4, 6)
    assert measuring.shows(found) == (
        "From 40 words a minute to 60 words a minute in 11 weeks: 20 words a minute more, which is the way it should go."
        " 4 of the last 6 are at or above the aim line."
    )
    assert found.aim_on(BEGAN) == 40
    assert found.aim_on(DUE) == 70
    assert found.aim_on(date(2027, 3, 1)) == 70


def test_where_less_is_better_the_words_say_below(place, cycle):
    values = {"text": "Calls out less", "unit": "times_session", "baseline": "12", "baseline_on": BEGAN, "target": "3", "by_on": DUE}
    outcome, _ = plans.add_outcome(place.session, cycle.id, values)
    add(place, outcome, ((10, 5), "11"), ((10, 19), "6"), ((11, 2), "3"))
    words = measuring.shows(measuring.measured_of(place.session.record, outcome))
    assert words == (
        "From 12 a session to 3 a session in 8 weeks: 9 a session less, which is the way it should go."
        " 2 of the last 3 are at or below the aim line. The target was first reached on 2 November 2026."
    )


def test_of_a_standardised_score_only_the_band_is_spoken_of(place, cycle):
    values = {"text": "Reads", "unit": "standard_score", "baseline": "84 (78-90)", "baseline_on": BEGAN, "target": "92", "by_on": DUE}
    outcome, _ = plans.add_outcome(place.session, cycle.id, values)
    add(place, outcome, ((11, 23), "89 (83-95)"))
    words = measuring.shows(measuring.measured_of(place.session.record, outcome))
    assert "within the confidence band, so it may be chance" in words
    assert "These are few values" in words
    assert "ratio" not in words


def test_of_a_reading_age_the_ratio_gain_is_told(place, cycle):
    values = {"text": "Reads", "unit": "reading_age", "baseline": "7y", "baseline_on": BEGAN, "target": "7y 6m", "by_on": DUE}
    outcome, _ = plans.add_outcome(place.session, cycle.id, values)
    add(place, outcome, ((11, 23), "7:05"))
    words = measuring.shows(measuring.measured_of(place.session.record, outcome))
    assert "From 7 years to 7 years 5 months in 11 weeks: 5 months more" in words
    assert "a ratio gain of 2, which is called modest" in words


def test_provision_that_began_or_ended_on_the_way_parts_the_phases(place, cycle, outcome):
    values = {"title": "Precision teaching", "wave": "targeted", "delivered_by": "Miss Tan", "pence_per_hour": 1720}
    values |= {"sessions_per_week": 3, "minutes": 10, "weeks": 12, "group_size": 1, "starts_on": date(2026, 10, 19)}
    provision.add_provision(place.session, values, [cycle.pupil], cycle=cycle.id, outcome=outcome.id)
    page = plans.plan_page(place.session.record, cycle.id)
    found = measuring.measured_of(place.session.record, outcome, page.places)
    assert [(each.on, each.title, each.begins) for each in found.phases] == [(date(2026, 10, 19), "Precision teaching", True)]


def test_values_in_a_unit_of_before_are_kept_apart_and_come_back_with_it(place, outcome):
    add(place, outcome, ((10, 12), "44"))
    changed = replace(outcome, unit="reading_age", counts=None, baseline="7y 3m", target="7y 9m")
    saved = plans.change_outcome(place.session, outcome, changed)
    found = measuring.measured_of(place.session.record, place.session.record.get(Outcome, outcome.id))
    assert (found.taken, [each.value for each in found.in_other_units]) == ((), ["44 words a minute"])
    undoing.undo(place.session, saved.save)
    found = measuring.measured_of(place.session.record, place.session.record.get(Outcome, outcome.id))
    assert [each.value.number for each in found.taken] == [44]


def closed(place, cycle, outcome, result):
    plans.change_outcome(place.session, outcome, replace(outcome, rating="some", next="continue", result=result))
    plans.record_view(place.session, cycle.pupil, "pupil", text="Good", cycle=cycle.id)
    plans.record_view(place.session, cycle.pupil, "parents", text="Good", cycle=cycle.id)
    plans.change_cycle(place.session, cycle, replace(cycle, decision="Go on."))
    following, _ = plans.close_cycle(place.session, cycle.id, next_review_due_on=date(2027, 3, 1))
    return place.session.record.find(Outcome, cycle=following.id)[0]


def test_the_last_value_is_where_the_next_cycle_begins(place, cycle, outcome):
    add(place, outcome, ((11, 16), "58"), ((11, 23), "62"))
    carried = closed(place, cycle, outcome, "62 in a minute, reading with more ease")
    assert (carried.baseline, carried.baseline_on, carried.unit) == ("62 words a minute", date(2026, 11, 23), "count")
    with pytest.raises(Refusal) as refusal:
        add(place, outcome, ((11, 24), "63"))
    assert refusal.value.key == "cycle_is_closed"


def test_a_result_in_words_is_carried_over_as_words(place, cycle, outcome):
    carried = closed(place, cycle, outcome, "Reads with more ease")
    assert (carried.baseline, carried.unit, carried.counts) == ("Reads with more ease", None, None)


def test_a_teacher_adds_values_for_their_own_class_and_corrects_their_own(place, tmp_path):
    mine, other = add_pupil(place), add_pupil(place, "Brennan", "Ava", reg_group="5H")
    new = place.session.ids.new
    teacher = StaffMember(new(), "Mr Mistry", "teacher", classes=("4M",))
    outcomes = []
    for pupil in (mine, other):
        cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=BEGAN)
        outcomes.append(plans.add_outcome(place.session, cycle.id, READS)[0])
    place.session.record.save([New(teacher)], action="add_staff", actor=place.session.actor)
    theirs, _ = measuring.add_value(place.session, outcomes[0].id, "44")
    session = _as(place, teacher)
    own, _ = measuring.add_value(session, outcomes[0].id, "45")
    measuring.change_value(session, own, replace(own, value="46"))
    with pytest.raises(Refusal) as refusal:
        measuring.add_value(session, outcomes[1].id, "45")
    assert refusal.value.key == "no_longer_there"
    with pytest.raises(Refusal):
        measuring.remove_value(session, theirs.id)


def _as(place, person):
    from sencoapp.domain.record import Actor
    from sencoapp.services.guarded_record import guarded

    return replace(place.session, record=guarded(place.session.record, person), actor=Actor(person.id, person.name, person.role))


def test_a_stage_is_not_needed_for_a_reason_and_needed_again(place, cycle):
    with pytest.raises(Refusal) as refusal:
        stages.stage_not_needed(place.session, cycle.id, "assess", "  ")
    assert refusal.value.key == "stage_needs_reason"
    stages.stage_not_needed(place.session, cycle.id, "assess", "Assessed in June.")
    page = plans.plan_page(place.session.record, cycle.id)
    assert stages.states_of(page)["assess"] == "not_needed"
    assert page.stage == "plan"
    stages.stage_is_needed(place.session, cycle.id, "assess")
    assert plans.plan_page(place.session.record, cycle.id).stage == "assess"


def test_a_stage_that_is_complete_is_not_marked_as_not_needed(place, cycle):
    plans.change_cycle(place.session, cycle, replace(cycle, assessed_on=date(2026, 9, 9)))
    with pytest.raises(Refusal) as refusal:
        stages.stage_not_needed(place.session, cycle.id, "assess", "Assessed in June.")
    assert refusal.value.key == "stage_is_complete"


def test_a_value_stands_in_the_chronology_and_is_evidence_of_its_outcome(place, cycle, outcome):
    def thread():
        (found,) = place.session.record.threads(date(2026, 11, 24), pupil=cycle.pupil)
        return found.outcomes[0]

    assert thread().evidence == 0
    measuring.add_value(place.session, outcome.id, "44", date(2026, 10, 12), note="A new text")
    entries = place.session.record.chronology(cycle.pupil, kinds=("measured",))
    assert [(entry_head(each), each.text, each.on) for each in entries] == [
        ("Measured: 44 words a minute", "Reads a Year 3 text\nA new text", date(2026, 10, 12))
    ]
    assert thread().evidence == 1
