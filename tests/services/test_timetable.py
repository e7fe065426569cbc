"""The timetable: a week of an adult or a pupil, sentences for two places at once, and where it does not match the plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.provision import ProvisionPlace, ProvisionStaff
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.timetable import ProvisionSlot
from sencoapp.services import plans, provision, staff, timetable, undoing
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_provision import values

TODAY = date(2026, 11, 24)


def slot(weekday=2, starts_at="9.30", minutes=30, **other):
    return ProvisionSlot("", "", weekday, starts_at, minutes, **other)


@pytest.fixture
def two(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    lacey, _ = staff.add_staff(place.session, "Mrs Lacey", "teaching_assistant")
    adults = [ProvisionStaff("", "", lacey.id)]
    talk, _ = provision.add_provision(place.session, values(ends_on=date(2026, 12, 18)), [kian.id, ava.id], staff=adults)
    read, _ = provision.add_provision(place.session, values(title="Reading", ends_on=date(2026, 12, 18)), [kian.id], staff=adults)
    return talk, read, kian, ava, lacey


def test_two_places_at_once_are_a_sentence_that_names_both_and_nothing_is_blocked(place, two):
    talk, read, kian, _, lacey = two
    said, _ = timetable.set_slots(place.session, talk.id, [slot()])
    assert said == ()
    said, saved = timetable.set_slots(place.session, read.id, [slot(starts_at="9:45")])
    where = "is in two places on Tuesdays, first on 24 November 2026: Talk Boost (09:30 to 10:00) and Reading (09:45 to 10:15)."
    assert set(said) == {f"Kian Osei {where}", f"Mrs Lacey {where}"}
    book = timetable.TimetableBook(place.session)
    assert len(book.week(TODAY, adult=lacey.id).warnings) == len(book.week(TODAY, pupil=kian.id).warnings) == 1
    undoing.undo(place.session, saved.save)
    assert timetable.slots_of(place.session.record, read.id) == []


def test_the_week_shows_each_lesson_with_who_is_in_it(place, two):
    talk, _, kian, ava, lacey = two
    timetable.set_slots(place.session, talk.id, [slot(5, "14:00", room="Library"), slot(1, "0930")])
    week = timetable.TimetableBook(place.session).week(TODAY, pupil=ava.id)
    assert [(each.day, each.slot.starts_at, each.slot.room, each.given_by) for each in week.lessons] == [
        (date(2026, 11, 23), "09:30", None, "Mrs Lacey"),
        (date(2026, 11, 27), "14:00", "Library", "Mrs Lacey"),
    ]
    assert week.lessons[0].pupils == ((ava.id, "Ava Brennan"), (kian.id, "Kian Osei"))
    assert week.adults == ((lacey.id, "Mrs Lacey"),)
    ended = place.session.record.find(ProvisionPlace, pupil=ava.id)[0]
    provision.change_place(place.session, ended.id, starts_on=None, ends_on=date(2026, 11, 20))
    assert timetable.TimetableBook(place.session).week(TODAY, pupil=ava.id).lessons == ()


def test_times_are_changed_one_by_one_and_what_is_left_out_goes(place, two):
    talk, *_ = two
    timetable.set_slots(place.session, talk.id, [slot(1), slot(3)])
    first, second = timetable.slots_of(place.session.record, talk.id)
    timetable.set_slots(place.session, talk.id, [replace(second, minutes=20), slot(4)])
    assert [(each.weekday, each.minutes) for each in timetable.slots_of(place.session.record, talk.id)] == [(3, 20), (4, 30)]
    assert first.id not in {each.id for each in timetable.slots_of(place.session.record, talk.id)}


def test_what_does_not_match_the_timetable_and_the_plan_is_told(place, two):
    talk, read, kian, *_ = two
    cycle, _ = plans.start_cycle(place.session, kian.id)
    timetable.set_slots(place.session, talk.id, [slot(1), slot(3)])
    assert timetable.disagreements(place.session.record, talk, kian.id) == (
        "Talk Boost: the provision says 3 a week of 30 minutes, the timetable has 2 a week with 60 minutes together.",
        "Talk Boost is not in the open plan.",
    )
    provision.join_provision(place.session, read.id, kian.id, cycle=cycle.id)
    assert timetable.disagreements(place.session.record, read, kian.id) == (
        "Reading has no times in the timetable. The provision says 3 a week of 30 minutes.",
        "Reading serves no outcome of the open plan.",
    )
    timetable.set_slots(place.session, talk.id, [slot(1), slot(3), slot(5)])
    assert timetable.disagreements(place.session.record, talk) == ()


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("slot_weekday", {"weekday": 6}),
        ("slot_time", {"starts_at": "soon"}),
        ("slot_minutes", {"minutes": 0}),
        ("slot_minutes", {"starts_at": "23:50"}),
        ("slot_ends", {"starts_on": TODAY, "ends_on": date(2026, 11, 23)}),
    ],
)
def test_a_time_that_cannot_be_is_refused_with_its_field(place, two, key, wrong):
    with pytest.raises(Refusal) as refused:
        timetable.set_slots(place.session, two[0].id, [slot(**wrong)])
    assert (refused.value.key, "field" in refused.value.details) == (key, True)


def test_a_teacher_sees_the_times_of_their_own_pupils_and_no_others(place):
    people = TwoClasses(place)
    mine, _ = provision.add_provision(place.session, values(sessions_per_week=Decimal(1)), [people.own.id, people.other.id])
    other, _ = provision.add_provision(place.session, values(title="Reading"), [people.other.id])
    timetable.set_slots(place.session, mine.id, [slot()])
    timetable.set_slots(place.session, other.id, [slot()])
    week = timetable.TimetableBook(people.session("teacher")).week(TODAY)
    assert [(each.provision.title, [name for _, name in each.pupils]) for each in week.lessons] == [("Talk Boost", [people.own.name])]
    with pytest.raises(Refusal, match="not_for_your_role"):
        timetable.set_slots(people.session("teacher"), mine.id, [])
