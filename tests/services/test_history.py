"""The history of a thing in plain words, earlier values restored, texts chosen between, and what was removed brought back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.people import Contact, Pupil, SenNeed
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import Actor, Amend, New, Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.services import observations, provision, pupils, undoing
from sencoapp.services.drafts import kept_drafts
from sencoapp.services.history import bring_back, choose, history_of, keep_both, recently_deleted, restore_value
from sencoapp.storage.engine import one_transaction
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses, a_thing

OTHER = Actor("b" * 32, "Mr Tom Bell", "teacher")


def test_every_change_of_a_field_says_who_when_from_and_to(place):
    kian = add_pupil(place)
    pupils.change_pupil(place.session, kian, replace(kian, year="5", what_works="A visual timetable", free_school_meals=True))
    found = history_of(place.session, "pupil", kian.id)
    newest = [(each.label, each.before, each.after, each.by_name) for each in found.changes[:3]]
    assert ("What works", "nothing", "A visual timetable", "Mrs Ruth Adeyemi") in newest
    assert ("Free school meals", "nothing", "Yes", "Mrs Ruth Adeyemi") in newest
    assert found.name == "Pupil: Kian Osei"
    (birth,) = [each for each in found.changes if each.field == "birth_date"]
    assert (birth.label, birth.after) == ("Date of birth", "3 February 2018")
    (only,) = history_of(place.session, "pupil", kian.id, field="what_works").changes
    assert only.action == "change_pupil"


def test_codes_are_told_in_words(place):
    kian = add_pupil(place)
    (need,) = place.session.record.find(SenNeed, pupil=kian.id)
    changes = history_of(place.session, "sen_need", need.id).changes
    assert "Speech, language and communication needs" in [each.after for each in changes]


def test_an_earlier_value_is_restored_by_a_further_save(place):
    kian = add_pupil(place, strengths="Chess")
    for words in ("Maths", "Music"):
        place.session.record.save([Amend(Pupil, kian.id, {"strengths": words})], action="change_pupil", actor=place.session.actor)
    newest, maths, chess = history_of(place.session, "pupil", kian.id, field="strengths").changes
    assert (newest.can_restore, maths.can_restore, chess.can_restore) == (False, True, True)
    saved = restore_value(place.session, "pupil", kian.id, "strengths", chess.n)
    assert place.session.record.get(Pupil, kian.id).strengths == "Chess"
    undoing.undo(place.session, saved.save)
    assert place.session.record.get(Pupil, kian.id).strengths == "Music"


def test_notes_are_never_edited_so_nothing_of_them_is_restored(place):
    kian = add_pupil(place)
    (note,), _ = observations.record_observation(place.session, pupils=[kian.id], text="He read the page.")
    assert not any(each.can_restore for each in history_of(place.session, "observation", note).changes)


@pytest.mark.parametrize(
    ("decide", "text"), [("mine", "Likes quiet."), ("theirs", "Works with Ava."), ("both", "Works with Ava.\n\nLikes quiet.")]
)
def test_two_texts_of_the_same_time_are_chosen_between(place, decide, text):
    kian = add_pupil(place)
    record, shown = place.session.record, place.session.record.position()
    record.save([Amend(Pupil, kian.id, {"what_works": "Works with Ava."})], action="change_pupil", actor=OTHER)
    record.save([Amend(Pupil, kian.id, {"what_works": "Likes quiet."})], action="change_pupil", actor=place.session.actor, as_of=shown)
    (choice,) = history_of(place.session, "pupil", kian.id).choices
    assert [(each.by_name, each.words) for each in choice.candidates] == [
        ("Mr Tom Bell", "Works with Ava."),
        ("Mrs Ruth Adeyemi", "Likes quiet."),
    ]
    assert choice.can_join
    theirs, mine = choice.candidates
    if decide == "both":
        keep_both(place.session, "pupil", kian.id, "what_works")
    else:
        choose(place.session, "pupil", kian.id, "what_works", (mine if decide == "mine" else theirs).n)
    assert record.get(Pupil, kian.id).what_works == text
    assert history_of(place.session, "pupil", kian.id).choices == ()


def test_a_history_of_one_thing_is_not_slowed_down_by_the_rest_of_the_pupil(place):
    kian = add_pupil(place)
    with one_transaction(place.profile.record._db):
        for _ in range(400):
            observations.record_observation(place.session, pupils=[kian.id], text="He read the page.")
    read: list[str] = []
    place.profile.record._db.conn.set_trace_callback(read.append)
    history_of(place.session, "pupil", kian.id)
    place.profile.record._db.conn.set_trace_callback(None)
    assert len(read) < 12


def test_what_was_removed_is_listed_and_brought_back_together(place):
    kian, ava = add_pupil(place), add_pupil(place, forename="Ava")
    pupils.add_contact(place.session, kian.id, {"surname": "Osei", "title": "Mrs"})
    (contact,) = place.session.record.find(Contact)
    pupils.remove_contact(place.session, contact.id)
    notes, _ = observations.record_observation(place.session, pupils=[kian.id, ava.id], text="They read together.")
    observations.remove_observations(place.session, notes)
    together, alone = recently_deleted(place.session.record)
    assert together.names == ("Note: They read together. (Kian Osei)", "Note: They read together. (Ava Osei)")
    assert alone.names == ("Contact: Mrs Osei (Kian Osei)",)
    bring_back(place.session, together.save)
    assert place.session.record.notes_since(kian.birth_date) == 2
    assert [each.save for each in recently_deleted(place.session.record)] == [alone.save]
    with pytest.raises(Refusal, match="save_not_found"):
        bring_back(place.session, together.save)


def test_what_belonged_to_something_removed_says_what_to_bring_back_first(place):
    kian = add_pupil(place)
    pupils.add_contact(place.session, kian.id, {"surname": "Osei"})
    (contact,) = place.session.record.find(Contact)
    removed = pupils.remove_contact(place.session, contact.id)
    pupils.remove_pupil(place.session, kian.id)
    (whole,) = recently_deleted(place.session.record)
    assert whole.names == ("Pupil: Kian Osei",)
    with pytest.raises(Refusal, match="save_not_found"):
        bring_back(place.session, removed.save)
    bring_back(place.session, whole.save)
    bring_back(place.session, removed.save)
    assert place.session.record.find(Contact) == [contact]


def test_removing_is_part_of_the_history(place):
    kian = add_pupil(place)
    (need,) = place.session.record.find(SenNeed)
    place.session.record.save([Remove(SenNeed, need.id)], action="remove_need", actor=OTHER)
    newest = history_of(place.session, "sen_need", need.id).changes[0]
    assert (newest.label, newest.before, newest.after, newest.by_name) == ("Shown or removed", "Shown", "Removed", "Mr Tom Bell")
    assert kian.id


def test_what_somebody_may_not_bring_back_is_shown_and_not_offered(place):
    school = TwoClasses(place)
    teacher = school.session("teacher")
    for session, words in ((place.session, "The SENCO's note."), (teacher, "A note of my own.")):
        notes, _ = observations.record_observation(session, pupils=[school.own.id], text=words)
        observations.remove_observations(session, notes)
    offered = {each.names[0].partition(" (")[0]: each.may_return for each in recently_deleted(teacher.record)}
    assert offered == {
        "Note: A note of my own.": True,
        "Note: The SENCO's note.": False,
    }
    assert all(each.may_return for each in recently_deleted(place.session.record))
    for each in recently_deleted(teacher.record):
        if each.may_return:
            bring_back(teacher, each.save)
        else:
            with pytest.raises(Refusal):
                bring_back(teacher, each.save)


def test_what_was_removed_together_is_told_by_kind(place):
    kian = add_pupil(place)
    things = [a_thing(Contact, place, kian, surname="Adjei"), a_thing(SenNeed, place, kian, sen_type="HI")]
    place.session.record.save([New(each) for each in things], action="test", actor=place.session.actor)
    place.session.record.save([Remove(type(each), each.id) for each in things], action="test", actor=place.session.actor)
    (deleted,) = recently_deleted(place.session.record)
    assert sorted(deleted.kinds) == ["contact", "sen_need"]


def test_drafts_of_several_forms_of_one_pupil_are_told_apart(place):
    kian = add_pupil(place)
    mother = a_thing(Contact, place, kian, title="Mrs", surname="Adjei")
    place.session.record.save([New(mother)], action="test", actor=place.session.actor)
    for form in (f"contact.{kian.id}", f"need.{kian.id}", f"contact.{mother.id}", f"view.{kian.id}", "new_pupil"):
        place.session.record.keep_draft(form, {"any": "Word"})
    assert {each.about for each in kept_drafts(place.session.record)} == {
        "New contact (Kian Osei)",
        "New need (Kian Osei)",
        "Contact: Mrs Adjei (Kian Osei)",
        "Views (Kian Osei)",
        "New pupil",
    }


def test_a_place_that_was_taken_away_is_named_by_its_provision(place):
    kian = add_pupil(place)
    dose = {"sessions_per_week": Decimal(2), "minutes": 15, "weeks": 10, "group_size": 1, "pence_per_hour": 1500}
    walk = {"title": "Sensory circuit walk", "wave": "targeted", "delivered_by": "Mrs Pryor", "starts_on": date(2026, 11, 2), **dose}
    made = provision.add_provision(place.session, walk, [kian.id])[0]
    provision.take_places_away(place.session, kian.id, made.id)
    (deleted,) = recently_deleted(place.session.record)
    assert deleted.names == ("Place in provision: Sensory circuit walk (Kian Osei)",)
    bring_back(place.session, deleted.save)
    assert [each.provision for each in place.session.record.find(ProvisionPlace, pupil=kian.id)] == [made.id]
