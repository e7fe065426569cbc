"""A teacher notes what happened."""

from datetime import UTC, date, datetime

import pytest

from sencoapp.domain.plan import Observation
from sencoapp.domain.refusals import Refusal
from sencoapp.services import observations
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
    observations.remove_observations(place.session, ids)
    assert place.session.record.find_notes("playground") == []
    observations.bring_back_observations(place.session, ids)
    assert [each.id for each in place.session.record.find_notes("playground")] == ids


def test_what_is_being_typed_survives_until_it_is_dropped(place, reopen):
    observations.keep_draft(place.session, {"text": "He was about to", "pupils": ["a"]})
    again = reopen(place)
    assert observations.draft(again.session) == {"text": "He was about to", "pupils": ["a"]}
    observations.drop_draft(again.session)
    assert observations.draft(again.session) is None
