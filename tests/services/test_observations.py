"""A teacher notes what happened."""

from datetime import UTC, date, datetime

import pytest

from sencoapp.domain.plan import Observation, ToldSenco
from sencoapp.domain.refusals import Refusal
from sencoapp.services import concerns, observations, plans
from sencoapp.services.undoing import undo
from tests.places import add_pupil, set_clock


def test_a_note_about_two_pupils_is_kept_for_each(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    ids, saved = observations.record_observation(
        place.session, pupils=[kian.id, ava.id, kian.id], text="  Played together. ", kind="strength"
    )
    notes = [place.session.record.get(Observation, each) for each in ids]
    assert [(each.pupil, each.text, each.kind) for each in notes] == [
        (kian.id, "Played together.", "strength"),
        (ava.id, "Played together.", "strength"),
    ]
    assert saved.pupils() == {kian.id, ava.id}


def test_a_backdated_note_keeps_the_time_at_which_it_was_written(place):
    kian = add_pupil(place)
    set_clock(place, datetime(2026, 11, 24, 15, 30, tzinfo=UTC))
    ids, _ = observations.record_observation(place.session, pupils=[kian.id], text="Left at noon.", happened_on=date(2026, 11, 19))
    note = place.session.record.get(Observation, ids[0])
    assert (note.happened_on, note.noted_at) == (date(2026, 11, 19), datetime(2026, 11, 24, 15, 30, tzinfo=UTC))
    assert place.session.record.chronology(kian.id, kinds=("observation",))[0].on == date(2026, 11, 19)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"pupils": [], "text": "x"}, "enter_a_pupil"),
        ({"text": "   "}, "enter_what_happened"),
        ({"text": "x", "happened_on": date(2026, 11, 25)}, "happened_in_the_future"),
        ({"pupils": ["f" * 32], "text": "x"}, "no_longer_there"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_saved(place, values, key):
    kian = add_pupil(place)
    before = place.session.record.position()
    with pytest.raises(Refusal, match=key):
        observations.record_observation(place.session, **{"pupils": [kian.id], **values})
    assert place.session.record.position() == before


def test_a_note_can_be_taken_back_and_brought_back(place):
    kian = add_pupil(place)
    ids, _ = observations.record_observation(place.session, pupils=[kian.id], text="Playground.")
    removed = observations.remove_observations(place.session, ids)
    assert place.session.record.find_notes("playground") == []
    undo(place.session, removed.save)
    assert [each.id for each in place.session.record.find_notes("playground")] == ids


def test_what_is_being_typed_survives_until_it_is_dropped(place, reopen):
    observations.keep_draft(place.session, {"text": "He was about to", "pupils": ["a"]})
    again = reopen(place)
    assert observations.draft(again.session) == {"text": "He was about to", "pupils": ["a"]}
    observations.drop_draft(again.session)
    assert observations.draft(again.session) is None


def test_antecedent_behaviour_and_consequence_are_fields_and_are_found_by_their_words(place):
    kian = add_pupil(place)
    ids, _ = observations.record_observation(
        place.session, pupils=[kian.id], antecedent=" Fire bell ", behaviour="Hid under the table", consequence="Ear defenders"
    )
    note = place.session.record.get(Observation, ids[0])
    assert (note.antecedent, note.behaviour, note.consequence) == ("Fire bell", "Hid under the table", "Ear defenders")
    assert note.text == "Before: Fire bell\nBehaviour: Hid under the table\nAfterwards: Ear defenders"
    assert [each.id for each in place.session.record.find_notes("defenders")] == ids


def test_a_rating_is_kept_with_an_outcome_and_not_without(place):
    kian = add_pupil(place)
    cycle, _ = plans.start_cycle(place.session, kian.id)
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "Reads 70 words a minute"})
    assert [each.id for each in concerns.outcomes_now(place.session.record, kian.id)] == [outcome.id]
    with_one, _ = observations.record_observation(
        place.session, pupils=[kian.id], text="Read 68.", outcome=outcome.id, outcome_rating="nearly", lesson="English"
    )
    without, _ = observations.record_observation(place.session, pupils=[kian.id], text="Read.", outcome_rating="met")
    found = [place.session.record.get(Observation, each) for each in (*with_one, *without)]
    assert [(each.outcome_rating, each.lesson) for each in found] == [("nearly", "English"), (None, None)]


def test_the_senco_is_told_until_it_is_acknowledged_and_the_note_stays(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    ids, saved = observations.record_observation(place.session, pupils=[kian.id, ava.id], text="Hurt each other.", tell_senco=True)
    told = concerns.open_concerns(place.session)
    assert [each.note.id for each in told] == ids
    concerns.acknowledge(place.session, told[0].told.id)
    assert [each.note.id for each in concerns.open_concerns(place.session)] == ids[1:]
    kept = place.session.record.get(ToldSenco, told[0].told.id)
    assert kept.acknowledged_by_name == place.session.actor.name
    assert place.session.record.get(Observation, ids[0]).text == "Hurt each other."
    undo(place.session, saved.save)
    assert concerns.open_concerns(place.session) == []


def test_a_removed_note_is_no_longer_told(place):
    ids, _ = observations.record_observation(place.session, pupils=[add_pupil(place).id], text="Playground.", tell_senco=True)
    observations.remove_observations(place.session, ids)
    assert concerns.open_concerns(place.session) == []
