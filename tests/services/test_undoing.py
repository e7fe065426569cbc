"""Undo and redo of saves: the tables come back, nobody's words are dropped, and what is frozen stays."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sencoapp.app import Workplace
from sencoapp.domain.people import Contact, Pupil, SenNeed
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation, Outcome
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import KINDS, Actor, Amend, New, Remove, Restore, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services import observations, plans, provision, pupils, undoing
from tests.places import add_pupil

OTHER = Actor("b" * 32, "Mr Tom Bell", "teacher")


def save(place: Workplace, *edits: Any, as_of: int | None = None, actor: Actor | None = None) -> Saved:
    return place.session.record.save(edits, action="test", actor=actor or place.session.actor, as_of=as_of)


def tables(place: Workplace) -> dict[str, list[Any]]:
    """What a person sees in the record, table by table."""
    db = place.profile.record._db
    shown = {kind: list(db.query(f"SELECT * FROM {kind} WHERE removed = 0 ORDER BY id")) for kind in KINDS}
    shown["register"] = list(db.query("SELECT * FROM pupil_summary WHERE on_roll = 1 ORDER BY pupil"))
    shown["names"] = list(db.query("SELECT * FROM pupil_prefix ORDER BY prefix, pupil"))
    return shown


def test_what_was_made_is_hidden_and_redone_is_shown_again(place):
    kian = add_pupil(place)
    before = tables(place)
    _, saved = observations.record_observation(place.session, pupils=[kian.id], text="He read the whole page.")
    after = tables(place)
    done, taken_back = undoing.undo(place.session, saved.save)
    assert (done.action, done.redo, done.left) == ("observe", False, ())
    assert tables(place) == before
    assert place.session.record.find_notes("page") == []
    undoing.undo(place.session, taken_back.save)
    assert tables(place) == after


def test_a_field_gets_the_value_from_before(place):
    kian = add_pupil(place, strengths="Chess")
    saved = pupils.change_pupil(place.session, kian, replace(kian, strengths="Chess and maths", year="5", communication="Makaton"))
    undoing.undo(place.session, saved.save)
    assert place.session.record.get(Pupil, kian.id) == kian


def test_what_was_removed_is_shown_again(place):
    kian = add_pupil(place)
    (need,) = place.session.record.find(SenNeed, pupil=kian.id)
    saved = pupils.remove_need(place.session, need.id)
    undoing.undo(place.session, saved.save)
    assert place.session.record.find(SenNeed, pupil=kian.id) == [need]


def test_what_somebody_has_written_since_stays_and_is_named(place):
    kian = add_pupil(place, strengths="Chess")
    saved = save(place, Amend(Pupil, kian.id, {"strengths": "Maths", "year": "5"}))
    save(place, Amend(Pupil, kian.id, {"strengths": "Maths, says his teacher"}), actor=OTHER)
    done, _ = undoing.undo(place.session, saved.save)
    found = place.session.record.get(Pupil, kian.id)
    assert (found.strengths, found.year) == ("Maths, says his teacher", "4")
    assert [(each.field, each.why, each.by_name) for each in done.left] == [("strengths", "wrote", "Mr Tom Bell")]


def test_where_nothing_can_be_taken_back_nothing_is_saved(place):
    kian = add_pupil(place)
    saved = save(place, Amend(Pupil, kian.id, {"strengths": "Maths"}))
    save(place, Amend(Pupil, kian.id, {"strengths": "Music"}), actor=OTHER)
    before = place.session.record.position()
    with pytest.raises(Refusal, match="undo_changed_since"):
        undoing.undo(place.session, saved.save)
    assert place.session.record.position() == before


def test_an_older_save_is_undone_once_the_later_one_has_been(place):
    kian = add_pupil(place, strengths="Chess")
    first = save(place, Amend(Pupil, kian.id, {"strengths": "Maths"}))
    second = save(place, Amend(Pupil, kian.id, {"strengths": "Music"}))
    undoing.undo(place.session, second.save)
    undoing.undo(place.session, first.save)
    assert place.session.record.get(Pupil, kian.id).strengths == "Chess"
    with pytest.raises(Refusal, match="undo_is_done_already"):
        undoing.undo(place.session, first.save)


def test_a_save_that_was_redone_can_be_undone_again(place):
    kian = add_pupil(place)
    first = save(place, Amend(Pupil, kian.id, {"strengths": "Maths"}))
    _, back = undoing.undo(place.session, first.save)
    undoing.undo(place.session, back.save)
    assert place.session.record.get(Pupil, kian.id).strengths == "Maths"
    undoing.undo(place.session, first.save)
    assert place.session.record.get(Pupil, kian.id).strengths is None


def test_texts_between_which_nobody_has_chosen_stand_side_by_side_again(place):
    kian = add_pupil(place)
    shown = place.session.record.position()
    save(place, Amend(Pupil, kian.id, {"strengths": "Maths"}), as_of=shown)
    save(place, Amend(Pupil, kian.id, {"strengths": "Music"}), as_of=shown, actor=OTHER)
    mine = save(place, Amend(Pupil, kian.id, {"strengths": "Chess"}), as_of=shown)
    _, taken_back = undoing.undo(place.session, mine.save)
    assert {value for value, _ in heads(place, kian.id, "strengths")} == {"Maths", "Music"}
    assert place.session.record.get(Pupil, kian.id).strengths == "Music"
    undoing.undo(place.session, taken_back.save)
    assert {value for value, _ in heads(place, kian.id, "strengths")} == {"Maths", "Music", "Chess"}
    chosen = save(place, Amend(Pupil, kian.id, {"strengths": "All three"}))
    undoing.undo(place.session, chosen.save)
    assert len(place.session.record.unchosen(kian.id)["strengths"]) == 3
    assert all(each.sound for each in place.session.record.verify())


def test_one_of_two_texts_taken_back_leaves_the_other_alone(place):
    kian = add_pupil(place)
    shown = place.session.record.position()
    save(place, Amend(Pupil, kian.id, {"strengths": "Music"}), actor=OTHER)
    mine = save(place, Amend(Pupil, kian.id, {"strengths": "Chess"}), as_of=shown)
    undoing.undo(place.session, mine.save)
    assert place.session.record.get(Pupil, kian.id).strengths == "Music"
    assert place.session.record.unchosen(kian.id) == {}


def test_what_others_have_built_on_stays(place):
    kian, ava = add_pupil(place), add_pupil(place, forename="Ava")
    values = {
        "title": "Reading", "wave": "targeted", "delivered_by": "Ms Shah", "pence_per_hour": 1720, "sessions_per_week": 3,
        "minutes": 20, "weeks": 10, "group_size": 2, "starts_on": date(2026, 9, 1),
    }  # fmt: skip
    made, saved = provision.add_provision(place.session, values, [kian.id])
    joined = provision.join_provision(place.session, made.id, ava.id)
    done, _ = undoing.undo(place.session, saved.save)
    assert [(each.kind, each.why) for each in done.left] == [("provision", "depends")]
    assert [each.pupil for each in place.session.record.find(ProvisionPlace, provision=made.id)] == [ava.id]
    undoing.undo(place.session, joined.save)
    assert place.session.record.get(Provision, made.id) is not None


def test_what_belongs_to_something_that_is_gone_is_not_shown_alone(place):
    kian = add_pupil(place)
    cycle, _ = plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1))
    outcome, _ = plans.add_outcome(place.session, cycle.id, {"text": "reads"})
    removed = plans.remove_outcome(place.session, outcome.id)
    save(place, Remove(Cycle, cycle.id))
    with pytest.raises(Refusal, match="undo_rests_on_it"):
        undoing.undo(place.session, removed.save)


def test_a_closed_cycle_refuses_with_its_own_sentence(place):
    kian = add_pupil(place)
    cycle, _ = plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1))
    outcome, added = plans.add_outcome(place.session, cycle.id, {"text": "reads 70 words a minute", "rating": "met"})
    for whose in ("pupil", "parents"):
        plans.record_view(place.session, kian.id, whose, text="Better now.", cycle=cycle.id)
    save(place, Amend(Cycle, cycle.id, {"decision": "Goes on."}))
    plans.close_cycle(place.session, cycle.id)
    before = place.session.record.position()
    with pytest.raises(Refusal, match="cycle_is_closed"):
        undoing.undo(place.session, added.save)
    assert place.session.record.position() == before
    assert place.session.record.get(Outcome, outcome.id) is not None


def test_the_beginning_of_the_record_stays(place):
    (first,) = [each for each in place.session.record.saves() if each.action == "begin"]
    with pytest.raises(Refusal, match="undo_of_the_beginning"):
        undoing.undo(place.session, first.save)
    with pytest.raises(Refusal, match="save_not_found"):
        undoing.undo(place.session, "f" * 32)


def test_undo_goes_back_one_save_at_a_time_and_redo_forward_again(place):
    kian = add_pupil(place)
    since = place.session.record.position()
    for words in ("One", "Two", "Three"):
        save(place, Amend(Pupil, kian.id, {"strengths": words}))
    save(place, Amend(Pupil, kian.id, {"year": "6"}), actor=OTHER)

    def strengths() -> str | None:
        return place.session.record.get(Pupil, kian.id).strengths

    seen = []
    while (line := undoing.last_to_undo(place.session, since)) is not None:
        undoing.undo(place.session, line.save)
        seen.append(strengths())
    assert seen == ["Two", "One", None]
    seen = []
    while (line := undoing.last_to_redo(place.session, since)) is not None:
        undoing.undo(place.session, line.save)
        seen.append(strengths())
    assert seen == ["One", "Two", "Three"]
    undoing.undo(place.session, undoing.last_to_undo(place.session, since).save)
    save(place, Amend(Pupil, kian.id, {"strengths": "Four"}))
    assert undoing.last_to_redo(place.session, since) is None
    assert place.session.record.get(Pupil, kian.id).year == "6"


def test_removing_a_pupil_hides_all_of_theirs_and_undo_brings_all_of_it_back(place):
    kian, ava = add_pupil(place), add_pupil(place, forename="Ava")
    observations.record_observation(place.session, pupils=[kian.id, ava.id], text="They read together.")
    pupils.add_contact(place.session, kian.id, {"surname": "Osei"})
    before = tables(place)
    saved = pupils.remove_pupil(place.session, kian.id)
    record = place.session.record
    assert [each.pupil for each in record.find_notes("together")] == [ava.id]
    assert [each.pupil for each in record.find(Observation)] == [ava.id]
    assert (record.find(Contact), record.count(Contact), record.notes_since(date(2026, 11, 1))) == ([], 0, 1)
    with pytest.raises(Refusal, match="no_longer_there"):
        observations.record_observation(place.session, pupils=[kian.id], text="Written from a list that was old.")
    undoing.undo(place.session, saved.save)
    assert tables(place) == before


FIELDS = ("strengths", "year", "reg_group")
WORDS = st.sampled_from(("", "4", "5", "6"))
STEPS = st.lists(
    st.tuples(st.sampled_from(("amend", "note", "remove", "restore", "contact", "needs", "link")), st.integers(0, 5), WORDS),
    min_size=1,
    max_size=9,
)


def one_step(place: Workplace, people: list[Pupil], deed: str, number: int, words: str) -> None:
    session, pupil = place.session, people[number % len(people)]
    notes, hidden = session.record.find(Observation), session.record.hidden()
    if deed == "amend":
        save(place, Amend(Pupil, pupil.id, {FIELDS[number % 3]: words or None}))
    elif deed == "note":
        observations.record_observation(session, pupils=[each.id for each in people], text=words or "seen")
    elif deed == "contact":
        pupils.add_contact(session, pupil.id, {"surname": words or "Osei"})
    elif deed == "needs":
        found = session.record.find(SenNeed, pupil=pupil.id)
        save(place, *(Remove(SenNeed, each.id) for each in found), Amend(Pupil, pupil.id, {"year": words}))
    elif deed == "remove" and notes:
        save(place, Remove(Observation, notes[number % len(notes)].id))
    elif deed == "restore" and hidden:
        save(place, Restore(KINDS[hidden[0].kind], hidden[0].id))
    elif deed == "link" and notes:
        cycles = session.record.find(Cycle, pupil=notes[0].pupil)
        cycle = cycles[0] if cycles else plans.start_cycle(session, notes[0].pupil, starts_on=date(2026, 9, 1))[0]
        save(place, New(EvidenceLink(session.ids.new(), notes[0].pupil, cycle.id, "observation", notes[0].id)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_undoing_everything_brings_every_table_back_and_redoing_brings_it_forward(place, steps):
    people = [add_pupil(place, forename="Model"), add_pupil(place, forename="Second")]
    since, before = place.session.record.position(), tables(place)
    for step in steps:
        one_step(place, people, *step)
    after = tables(place)
    while (line := undoing.last_to_undo(place.session, since)) is not None:
        assert undoing.undo(place.session, line.save)[0].left == ()
    assert tables(place) == before
    while (line := undoing.last_to_redo(place.session, since)) is not None:
        assert undoing.undo(place.session, line.save)[0].left == ()
    assert tables(place) == after


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.booleans(), st.sampled_from(FIELDS), WORDS, st.integers(0, 4)), min_size=2, max_size=8),
    st.lists(st.integers(0, 30), min_size=1, max_size=6),
)
@example(steps=[(False, "strengths", "", 0), (True, "strengths", "4", 1)], undone=[0, 0])
@example(steps=[(False, "strengths", "", 1), (True, "strengths", "4", 1)], undone=[0, 0])
def test_an_undo_never_drops_what_somebody_else_wrote(place, steps, undone):
    pupil = add_pupil(place, forename="Model")
    record = place.session.record
    positions = [record.position()]
    for mine, name, words, back in steps:
        as_of = positions[max(0, len(positions) - 1 - back)]
        save(place, Amend(Pupil, pupil.id, {name: words}), as_of=as_of, actor=None if mine else OTHER)
        positions.append(record.position())
    theirs = [standing(place, pupil.id, name) for name in FIELDS]
    for number in undone:
        lines = [each for each in record.saves(after=positions[0]) if each.by != OTHER.id]
        if lines:
            try:
                undoing.undo(place.session, lines[number % len(lines)].save)
            except Refusal:
                continue
    for name, words in zip(FIELDS, theirs, strict=True):
        assert words <= {value for value, _ in heads(place, pupil.id, name)}


def heads(place: Workplace, id: str, name: str) -> set[tuple[str, str]]:
    numbers = {row[0] for row in place.profile.record._db.execute("SELECT n FROM head WHERE entity = ? AND field = ?", (id, name))}
    entries = [each for each in place.session.record.history(Pupil, id) if each.n in numbers]
    return {(write[3], each.by) for each in entries for write in each.writes if write[2] == name}


def standing(place: Workplace, id: str, name: str) -> set[str]:
    """What somebody else wrote that nobody has replaced."""
    return {value for value, by in heads(place, id, name) if by == OTHER.id}
