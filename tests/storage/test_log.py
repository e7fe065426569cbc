"""The log of saves: nothing is lost silently, and the tables follow from it."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, SenStatus
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.record import Amend, New, Remove, Restore
from sencoapp.domain.refusals import Refusal
from sencoapp.services import plans
from tests.places import add_pupil


def heads(place: Workplace, entity: str, field: str) -> int:
    return place.profile.record._db.execute("SELECT count(*) FROM head WHERE entity = ? AND field = ?", (entity, field)).fetchone()[0]


def save(place: Workplace, *edits: object, as_of: int | None = None) -> None:
    place.session.record.save(edits, action="test", actor=place.session.actor, as_of=as_of)  # type: ignore[arg-type]


def test_what_was_saved_is_there_after_closing_and_opening_again(place, reopen):
    pupil = add_pupil(place)
    again = reopen(place)
    assert again.session.record.get(Pupil, pupil.id) == pupil


def test_two_edits_of_the_same_field_are_both_kept_until_a_person_chooses(place):
    pupil = add_pupil(place)
    record = place.session.record
    shown = record.position()
    save(place, Amend(Pupil, pupil.id, {"what_works": "One step at a time."}))
    save(place, Amend(Pupil, pupil.id, {"what_works": "A visual timetable."}), as_of=shown)
    assert heads(place, pupil.id, "what_works") == 2
    values = [value for entry in record.history(Pupil, pupil.id) for _k, _e, name, value, _r in entry.writes if name == "what_works"]
    assert values == ["One step at a time.", "A visual timetable."]
    save(place, Amend(Pupil, pupil.id, {"what_works": "Both."}))
    assert heads(place, pupil.id, "what_works") == 1
    assert record.get(Pupil, pupil.id).what_works == "Both."


def test_edits_of_different_fields_from_the_same_view_do_not_disturb_each_other(place):
    pupil = add_pupil(place)
    shown = place.session.record.position()
    save(place, Amend(Pupil, pupil.id, {"year": "5"}), as_of=shown)
    save(place, Amend(Pupil, pupil.id, {"reg_group": "5H"}), as_of=shown)
    found = place.session.record.get(Pupil, pupil.id)
    assert (found.year, found.reg_group) == ("5", "5H")


def test_removing_hides_and_restoring_shows_again(place):
    pupil = add_pupil(place)
    save(place, Remove(Pupil, pupil.id))
    assert place.session.record.get(Pupil, pupil.id) is None
    assert place.session.record.find(Pupil) == []
    save(place, Restore(Pupil, pupil.id))
    assert place.session.record.get(Pupil, pupil.id) == pupil


def test_a_save_that_fails_half_way_leaves_nothing_behind(place):
    pupil = add_pupil(place)
    before = place.session.record.position()
    with pytest.raises(Refusal):
        save(place, Amend(Pupil, pupil.id, {"year": "6"}), Amend(Cycle, "0" * 32, {"decision": "x"}))
    assert place.session.record.position() == before
    assert place.session.record.get(Pupil, pupil.id).year == "4"


def test_the_change_sets_of_one_save_know_each_other(place):
    first, second = add_pupil(place), add_pupil(place, surname="Bell")
    save(place, Amend(Pupil, first.id, {"year": "5"}), Amend(Pupil, second.id, {"year": "5"}))
    kept = [place.session.record.history(Pupil, each.id)[-1] for each in (first, second)]
    assert kept[0].save == kept[1].save
    assert kept[0].id != kept[1].id
    assert kept[0].save != place.session.record.history(Pupil, first.id)[0].save


@pytest.mark.parametrize(
    ("column", "value"), [("save", "s"), ("author", "a"), ("at", "2020-01-01T00:00:00Z"), ("action", "x"), ("body_sha256", "0")]
)
def test_the_chain_proves_who_when_and_what_even_without_the_body(place, column, value):
    add_pupil(place)
    db = place.profile.record._db
    db.execute("DROP TRIGGER change_set_is_never_changed")
    db.execute(f"UPDATE change_set SET {column} = ? WHERE n = 2", (value,))
    assert place.profile.record._log.broken_at() == 2


@pytest.mark.parametrize("statement", ["UPDATE change_set SET body = '{}' WHERE n = 1", "DELETE FROM change_set WHERE n = 1"])
def test_the_log_refuses_to_be_changed(place, statement):
    from sencoapp.storage.engine import one_transaction

    db = place.profile.record._db
    with pytest.raises(Refusal, match="log_is_append_only"), one_transaction(db):
        db.execute(statement)


def closed_cycle(place: Workplace) -> tuple[Cycle, Outcome]:
    pupil = add_pupil(place)
    cycle, _ = plans.start_cycle(place.session, pupil.id, starts_on=date(2026, 9, 1))
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "reads 70 words a minute", "rating": "met"})
    for whose in ("pupil", "parents"):
        plans.record_view(place.session, pupil.id, whose, text="Better now.", cycle=cycle.id)
    save(place, Amend(Cycle, cycle.id, {"decision": "Goes on."}))
    plans.close_cycle(place.session, cycle.id)
    return cycle, outcome


def test_a_closed_cycle_is_frozen_by_the_store_itself(place):
    cycle, outcome = closed_cycle(place)
    for edit in (
        Amend(Cycle, cycle.id, {"decision": "Changed my mind."}),
        Amend(Outcome, outcome.id, {"rating": "not_met"}),
        Remove(Cycle, cycle.id),
        New(Outcome("f" * 32, cycle.pupil, cycle.id, 9, "too late")),
    ):
        with pytest.raises(Refusal, match="cycle_is_closed"):
            save(place, edit)


def test_rebuilding_gives_the_same_tables(place):
    closed_cycle(place)
    before = place.session.record.find(Cycle), place.session.record.find(Outcome), place.session.record.find(Pupil)
    place.session.record.rebuild()
    assert (place.session.record.find(Cycle), place.session.record.find(Outcome), place.session.record.find(Pupil)) == before
    assert all(each.sound for each in place.session.record.verify())


def test_verify_notices_a_table_that_was_tampered_with_and_rebuild_mends_it(place):
    pupil = add_pupil(place)
    place.profile.record._db.execute("UPDATE pupil SET legal_surname = 'Other' WHERE id = ?", (pupil.id,))
    unsound = [each.part for each in place.session.record.verify() if not each.sound]
    assert unsound == ["tables"]
    place.session.record.rebuild()
    assert all(each.sound for each in place.session.record.verify())


def test_verify_notices_a_log_that_was_tampered_with(place):
    add_pupil(place)
    db = place.profile.record._db
    db.execute("DROP TRIGGER change_set_is_never_changed")
    db.execute("UPDATE change_set SET body = replace(body, 'Kian', 'Kyle') WHERE n = 2")
    findings = {each.part: each.sound for each in place.session.record.verify()}
    assert findings["chain"] is False


FIELDS = ("year", "reg_group", "strengths")
STEPS = st.lists(st.tuples(st.sampled_from(FIELDS), st.text(max_size=12), st.integers(0, 6)), min_size=1, max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_a_value_disappears_only_through_someone_who_was_shown_it(place, steps):
    """I7 of sync.md 1.2, against a plain model of the heads."""
    pupil = add_pupil(place, forename="Model")
    record = place.session.record
    positions = [record.position()]
    model: dict[str, list[tuple[int, str]]] = {}
    for field, text, back in steps:
        as_of = positions[max(0, len(positions) - 1 - back)]
        save(place, Amend(Pupil, pupil.id, {field: text}), as_of=as_of)
        now = record.position()
        model[field] = [each for each in model.get(field, []) if each[0] > as_of] + [(now, text)]
        positions.append(now)
    for field, kept in model.items():
        numbers = record._db.execute("SELECT n FROM head WHERE entity = ? AND field = ? ORDER BY n", (pupil.id, field)).fetchall()
        assert [each[0] for each in numbers] == sorted(n for n, _ in kept)
        assert getattr(record.get(Pupil, pupil.id), field) in [text for _, text in kept]


def test_a_status_written_ahead_shows_only_once_it_has_begun(place, reopen):
    from datetime import UTC, datetime

    from sencoapp.services.ports import RegisterQuery
    from tests.places import set_clock

    pupil = add_pupil(place)
    save(place, New(SenStatus("a" * 32, pupil.id, "E", date(2026, 12, 1))))
    assert place.session.record.register(RegisterQuery())[0].status == "K"
    set_clock(place, datetime(2026, 12, 2, 9, tzinfo=UTC))
    again = reopen(place)
    assert again.session.record.register(RegisterQuery())[0].status == "E"


def test_the_history_of_a_thing_is_found_without_the_rest_of_the_pupils_log(place):
    pupil, other = add_pupil(place), add_pupil(place, forename="Ava")
    record = place.session.record
    for number in range(4):
        save(place, Amend(Pupil, pupil.id, {"strengths": f"Words {number}"}))
        save(place, Amend(Pupil, other.id, {"year": str(number)}))
        save(place, New(SenStatus(place.session.ids.new(), pupil.id, "K", date(2026, 9, number + 1))))
    whole = record.history(Pupil, pupil.id)
    assert [each.action for each in whole] == ["add_pupil", *["test"] * 4]
    assert record.history(Pupil, pupil.id, limit=2) == whole[-2:]
    assert record.history(Pupil, pupil.id, limit=2, before=whole[-2].n) == whole[1:3]
    asked = place.profile.record._db.execute("SELECT count(*) FROM written_again").fetchone()
    assert asked == (8,)
    record.rebuild()
    assert record.history(Pupil, pupil.id) == whole
    assert all(each.sound for each in record.verify())


def test_a_log_from_before_the_index_gets_it_with_the_migration(place):
    """Migration 0005 reads the bodies once; what it makes is what a rebuild makes."""
    from sencoapp.storage.migrations import statements, steps

    pupil = add_pupil(place)
    save(place, Amend(Pupil, pupil.id, {"strengths": "Chess"}))
    db = place.profile.record._db
    for statement in ("DROP TABLE written_again", "DROP INDEX pupil_removed", "DROP INDEX head_removed"):
        db.execute(statement)
    for statement in statements(dict(steps())[5]):
        db.execute(statement)
    assert all(each.sound for each in place.session.record.verify())


def test_a_save_is_found_by_its_name_also_where_its_first_part_is_not_here(place):
    first, second = add_pupil(place), add_pupil(place, surname="Bell")
    save(place, Amend(Pupil, first.id, {"year": "5"}), Amend(Pupil, second.id, {"year": "5"}))
    (newest, *_) = place.session.record.saves()
    parts = place.session.record.save_of(newest.save)
    assert [each.stream for each in parts] == [first.id, second.id]
    db = place.profile.record._db
    db.execute("DROP TRIGGER change_set_is_never_changed")
    db.execute("UPDATE change_set SET id = 'elsewhere' WHERE id = ?", (newest.save,))
    assert len(place.session.record.save_of(newest.save)) == 2


def test_the_saves_are_told_newest_first_each_once(place):
    first, second = add_pupil(place), add_pupil(place, surname="Bell")
    since = place.session.record.position()
    save(place, *(Amend(Pupil, each.id, {"year": "5"}) for each in (first, second)))
    save(place, Amend(Pupil, first.id, {"year": "6"}))
    lines = list(place.session.record.saves(after=since))
    assert [each.n for each in lines] == [since + 3, since + 2]
    assert list(place.session.record.saves(after=since, by="somebody else")) == []
