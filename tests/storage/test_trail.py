"""The audit trail: append-only, chained, and checked by ``verify``."""

import pytest

from sencoapp.domain.refusals import Refusal
from sencoapp.storage.engine import faults_of_the_world
from tests.places import add_pupil


def note(place, what="opened_elsewhere", pupil=None, **facts):
    place.session.record.note(what, actor=place.session.actor, pupil=pupil, **facts)


def test_what_was_noted_is_read_newest_first_and_is_there_after_reopening(place, reopen):
    pupil = add_pupil(place)
    note(place, "exported", rows=12, format="csv")
    note(place, "opened_elsewhere", pupil.id, document="d" * 32)
    record = reopen(place).session.record
    newest, first = record.trail(what=["exported", "opened_elsewhere"])
    assert (newest.what, newest.pupil, newest.facts) == ("opened_elsewhere", pupil.id, {"document": "d" * 32})
    assert (first.what, first.by_name, first.facts) == ("exported", "Mrs Ruth Adeyemi", {"rows": 12, "format": "csv"})
    assert [each.n for each in record.trail(before=newest.n, what=["exported"])] == [first.n]
    assert [each.what for each in record.trail(pupil=pupil.id)] == ["opened_elsewhere"]


@pytest.mark.parametrize(
    "statement", ["UPDATE trail SET by_name = 'Nobody'", "DELETE FROM trail WHERE n = 1", "REPLACE INTO trail SELECT * FROM trail"]
)
def test_an_entry_is_never_changed_or_taken_away(place, statement):
    note(place)
    with pytest.raises(Refusal, match="trail_is_append_only"), faults_of_the_world():
        place.profile.record._db.execute(statement)


@pytest.mark.parametrize("column", ["at", "by", "by_name", "what", "facts", "prev", "hash"])
def test_verify_names_the_entry_that_was_altered(place, column):
    for _ in range(3):
        note(place)
    db = place.profile.record._db
    before = {each.part: each.sound for each in place.session.record.verify()}
    assert before["trail"]
    db.execute("DROP TRIGGER trail_is_never_changed")
    db.execute(f"UPDATE trail SET {column} = 'x' WHERE n = 2")
    found = next(each for each in place.session.record.verify() if each.part == "trail")
    assert not found.sound
    assert "Entry 2 " in found.sentence


def test_an_entry_that_was_cut_out_is_missed(place):
    for _ in range(3):
        note(place)
    db = place.profile.record._db
    db.execute("DROP TRIGGER trail_is_never_deleted")
    db.execute("DELETE FROM trail WHERE n = 2")
    assert not next(each for each in place.session.record.verify() if each.part == "trail").sound
