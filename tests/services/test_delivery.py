"""The ledger of what was delivered: ticked by whoever runs the group, undone in one go, told by half term."""

from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.provision import ProvisionStaff
from sencoapp.domain.refusals import Refusal
from sencoapp.services import delivery, provision, staffing, undoing
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses
from tests.services.test_provision import values

TODAY = date(2026, 11, 24)


@pytest.fixture
def group(place):
    kian, ava = add_pupil(place), add_pupil(place, "Brennan", "Ava")
    made, _ = provision.add_provision(place.session, values(delivered_by="R. Adeyemi", starts_on=date(2026, 11, 2)), [kian.id, ava.id])
    return made.id, kian.id, ava.id


def test_one_tick_is_for_all_and_one_undo_takes_it_back(place, group):
    made, kian, ava = group
    said, saved = delivery.tick_session(place.session, made, TODAY, "ran")
    assert said == ()
    assert {each.pupil for each in place.session.record.find(SessionMark)} == {kian, ava}
    undoing.undo(place.session, saved.save)
    assert place.session.record.count(SessionMark) == 0
    assert delivery.sessions_of_day(place.session, TODAY)[0].of_all is None


def test_ticking_again_changes_the_session_and_an_absent_pupil_stays_absent(place, group):
    made, kian, ava = group
    delivery.tick_session(place.session, made, TODAY, "ran")
    delivery.mark_pupil(place.session, made, TODAY, ava, "absent")
    delivery.tick_session(place.session, made, TODAY, "short", minutes=20)
    marks = {each.pupil: (each.result, each.minutes) for each in place.session.record.find(SessionMark)}
    assert marks == {kian: ("short", 20), ava: ("absent", 0)}
    delivery.mark_pupil(place.session, made, TODAY, ava, "ran")
    delivery.mark_pupil(place.session, made, TODAY, kian, "left_early", minutes=5)
    marks = {each.pupil: (each.result, each.minutes) for each in place.session.record.find(SessionMark)}
    assert marks == {kian: ("left_early", 5), ava: ("short", 20)}
    delivery.tick_session(place.session, made, TODAY, "missed", reason="no_room")
    assert {(each.result, each.minutes, each.reason) for each in place.session.record.find(SessionMark)} == {("missed", 0, "no_room")}


def test_the_day_names_first_what_the_person_who_asks_gives(place, group):
    """By the link to their record of staff; a name that was typed, such as "R. Adeyemi", makes nothing theirs."""
    made, *_ = group
    other, _ = provision.add_provision(place.session, values(title="A reading group", sessions_per_week=Decimal(6)), [group[1]])
    assert not any(each.mine for each in delivery.sessions_of_day(place.session, TODAY))
    staffing.set_staff(place.session, made, [ProvisionStaff("", "", place.session.actor.id, starts_on=date(2026, 11, 2))])
    delivery.tick_session(place.session, made, date(2026, 11, 23), "ran")
    found = delivery.sessions_of_day(place.session, TODAY)
    assert [(each.provision.id, each.number, each.mine, each.this_week) for each in found] == [
        (made, 1, True, 1),
        (other.id, 1, False, 0),
        (other.id, 2, False, 0),
    ]
    assert [each.name for each in found[0].pupils] == ["Ava Brennan", "Kian Osei"]


def test_odd_days_are_said_and_not_refused(place, group):
    made, kian, _ = group
    assert delivery.tick_session(place.session, made, date(2026, 10, 21), "ran")[0] == ("no_school_day", "before_it_starts")
    provision.end_places(place.session, kian, made, date(2026, 11, 10))
    delivery.tick_session(place.session, made, TODAY, "ran")
    assert [each.pupil for each in place.session.record.find(SessionMark, happened_on=TODAY)] == [group[2]]


def test_somebody_who_joins_a_running_group_was_not_in_it_before(place, group):
    made, *_ = group
    zac = add_pupil(place, "Marlow", "Zac").id
    provision.join_provision(place.session, made, zac)
    delivery.tick_session(place.session, made, date(2026, 11, 23), "ran")
    assert not place.session.record.find(SessionMark, pupil=zac)
    delivery.tick_session(place.session, made, TODAY, "ran")
    assert place.session.record.find(SessionMark, pupil=zac)


@pytest.mark.parametrize(
    ("key", "day", "result", "more"),
    [
        ("session_in_the_future", date(2026, 11, 25), "ran", {}),
        ("session_needs_minutes", TODAY, "short", {}),
        ("session_needs_minutes", TODAY, "short", {"minutes": 30}),
        ("session_needs_reason", TODAY, "missed", {"reason": "bad weather"}),
        ("session_adults", TODAY, "ran", {"adults": 7}),
    ],
)
def test_what_cannot_be_is_refused_with_the_field_to_go_to(place, group, key, day, result, more):
    with pytest.raises(Refusal) as refused:
        delivery.tick_session(place.session, group[0], day, result, **more)
    assert refused.value.key == key
    assert not place.session.record.find(SessionMark)


def test_a_pupil_is_marked_only_in_a_session_that_was_held(place, group):
    made, kian, _ = group
    with pytest.raises(Refusal, match="session_not_ticked"):
        delivery.mark_pupil(place.session, made, TODAY, kian, "absent")
    delivery.tick_session(place.session, made, TODAY, "missed", reason="no_room")
    with pytest.raises(Refusal, match="session_was_missed"):
        delivery.mark_pupil(place.session, made, TODAY, kian, "absent")


def test_the_ledger_tells_of_each_half_term_and_the_parts_add_up(place, group):
    made, *_ = group
    delivery.tick_session(place.session, made, date(2026, 10, 16), "ran")
    delivery.tick_session(place.session, made, TODAY, "ran", adults=2)
    ledger = delivery.ledger_of(place.session, made)
    names = [name for name, _ in ledger.periods]
    assert names == ["", "Autumn term 2026, first half", "Autumn term 2026, second half"]
    for number, line in enumerate(ledger.periods[0][1]):
        halves = [lines[number].tally for _, lines in ledger.periods[1:]]
        assert line.tally.delivered_minutes == sum(each.delivered_minutes for each in halves) == 60
        assert line.tally.planned_minutes == sum(each.planned_minutes for each in halves) == 30 * 3 * 17 // 5
        assert line.tally.delivered_cost == sum(each.delivered_cost for each in halves)
    assert ledger.shows_cost


def test_a_teaching_assistant_ticks_for_their_own_pupils_and_sees_no_cost(place):
    school = TwoClasses(place)
    made, _ = provision.add_provision(place.session, values(starts_on=date(2026, 11, 2)), [school.own.id, school.other.id])
    theirs = school.session("teaching_assistant")
    delivery.tick_session(theirs, made.id, TODAY, "ran")
    assert [each.pupil for each in place.session.record.find(SessionMark)] == [school.own.id]
    delivery.tick_session(place.session, made.id, TODAY, "ran")
    group = delivery.ledger_of(place.session, made.id).periods[0][1][0].tally
    assert (group.held, group.delivered_minutes) == (1, 30)
    ledger = delivery.ledger_of(theirs, made.id)
    assert not ledger.shows_cost
    assert all(not line.tally.delivered_cost for _, lines in ledger.periods for line in lines)
    with pytest.raises(Refusal, match="not_for_your_role"):
        delivery.tick_session(school.session("head_teacher"), made.id, TODAY, "short", minutes=10)
