"""How long records are kept, what holds them, and who may erase one."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.domain.casework import Request
from sencoapp.domain.leaving import AccessRequest, HandOver
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Amend, New
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.retention import read_rules
from sencoapp.reference import data
from sencoapp.services import erasing, retention
from sencoapp.services.observations import record_observation
from sencoapp.services.pupils import remove_pupil
from tests.places import add_pupil, add_pupil_without_sen, set_clock

LONG_AFTER = datetime(2049, 2, 3, 10, 0, tzinfo=UTC)
"""The day on which a pupil born on 3 February 2018 is 31."""


def save(place, thing):
    place.session.record.save([thing], action="test", actor=place.session.actor)


def erase(place, pupil, **values):
    given = {"typed_name": pupil.name, "rule": "request", "reason": "The young person asked for it."}
    return erasing.erase(place.session, pupil.id, **{**given, **values})


def test_a_sen_file_is_kept_31_years_and_another_record_25(place):
    record, today = place.session.record, place.session.clock.today()
    kian, ben = add_pupil(place), add_pupil_without_sen(place, "Ashby", "Ben")
    kept = [retention.retained(record, each.id, today) for each in (kian, ben)]
    assert [(each.rule.id, each.due_on) for each in kept] == [("sen_file", date(2049, 2, 3)), ("pupil_record", date(2045, 5, 4))]
    assert all("IRMS" in each.rule.citation for each in kept)


def test_a_file_that_the_next_school_has_signed_for_is_due_at_once(place):
    session = place.session
    kian = add_pupil(place)
    went = HandOver(session.ids.new(), kian.id, "p", "Oakfield", date(2026, 7, 20), session.clock.now(), "x", "0" * 64)
    save(place, New(went))
    assert retention.review_list(session.record, session.clock.today()) == []
    save(place, Amend(HandOver, went.id, {"receipt_on": date(2026, 9, 4), "receipt_by": "Ms Lake"}))
    (due,) = retention.review_list(session.record, session.clock.today())
    assert (due.pupil.id, due.rule.id, due.due_on) == (kian.id, "handed_on", date(2026, 9, 4))


def test_the_review_list_has_what_is_due_and_those_who_left_and_cannot_be_counted(place):
    record = place.session.record
    kian = add_pupil(place)
    gone = add_pupil(place, "Hale", "Ava", birth_date=None, left_on=date(2026, 7, 20))
    add_pupil(place, "Young", "Una", birth_date=date(2022, 1, 1))
    assert [each.pupil.id for each in retention.review_list(record, LONG_AFTER.date())] == [kian.id, gone.id]
    assert [each.pupil.id for each in retention.review_list(record, date(2026, 11, 24))] == [gone.id]
    assert [each.pupil.id for each in retention.review_list(record, date(2026, 11, 24), by=date(2049, 2, 3))] == [kian.id, gone.id]


def test_a_pupil_who_was_removed_from_the_lists_comes_due_and_can_be_erased(place):
    session = place.session
    kian, ava = add_pupil(place), add_pupil(place, "Hale", "Ava", birth_date=None)
    for each in (kian, ava):
        remove_pupil(session, each.id)
    listed = retention.review_list(session.record, LONG_AFTER.date())
    assert [(each.pupil.id, each.removed) for each in listed] == [(kian.id, True), (ava.id, True)]
    assert dict(erasing.review(session, kian.id).kinds) == {"pupil": 1, "sen_status": 1, "sen_need": 1}
    erase(place, kian)
    assert session.record.kept_pupils(kian.id) == []
    assert [each.pupil.id for each in retention.review_list(session.record, LONG_AFTER.date())] == [ava.id]


@pytest.mark.parametrize("what", ["hold", "request"])
def test_what_holds_the_record_of_a_removed_pupil_holds_it_still(place, what):
    session, kian = place.session, add_pupil(place)
    if what == "hold":
        retention.place_hold(session, kian.id, "A claim is before the tribunal")
    else:
        save(place, New(AccessRequest(session.ids.new(), kian.id, "subject_access", "His mother", session.clock.today())))
    remove_pupil(session, kian.id)
    with pytest.raises(Refusal, match="erasing_is_held" if what == "hold" else "erasing_with_open_request"):
        erase(place, kian)


def test_a_removed_pupil_is_held_and_let_go_and_nothing_else_is_written_of_them(place):
    session, kian = place.session, add_pupil(place)
    remove_pupil(session, kian.id)
    retention.place_hold(session, kian.id, "A claim came after the removal")
    with pytest.raises(Refusal, match="erasing_is_held"):
        erase(place, kian)
    (hold,) = retention.holds_of(session.record, kian.id)
    retention.lift_hold(session, hold.id, "It was withdrawn")
    assert [each.lifted_because for each in retention.holds_of(session.record, kian.id)] == ["It was withdrawn"]
    with pytest.raises(Refusal, match="no_longer_there"):
        save(place, New(AccessRequest(session.ids.new(), kian.id, "subject_access", "His mother", session.clock.today())))
    with pytest.raises(Refusal, match="no_longer_there"):
        retention.place_hold(session, "nobody", "A claim")
    session.record.rebuild()
    assert len(retention.holds_of(session.record, kian.id)) == 1
    erase(place, kian)


def test_the_review_list_asks_no_more_of_the_record_for_many_pupils_than_for_few(place):
    record, db = place.session.record, place.profile.record._db

    def questions():
        asked = []
        db.conn.set_trace_callback(asked.append)
        try:
            found = retention.review_list(record, LONG_AFTER.date())
        finally:
            db.conn.set_trace_callback(None)
        return len(found), len(asked)

    add_pupil(place)
    few = questions()
    for number in range(20):
        add_pupil(place, f"Pupil{number}", "Ann")
    many = questions()
    assert (few[0], many[0]) == (1, 21)
    assert many[1] == few[1]


def test_a_school_sets_its_own_years_and_takes_them_back(place):
    session, kian = place.session, add_pupil(place)
    retention.set_years(session, "sen_file", 35)
    assert retention.retained(session.record, kian.id, session.clock.today()).due_on == date(2053, 2, 3)
    retention.set_years(session, "sen_file", None)
    assert retention.retained(session.record, kian.id, session.clock.today()).due_on == date(2049, 2, 3)
    for rule, years in (("sen_file", 0), ("sen_file", 100), ("handed_on", 5)):
        with pytest.raises(Refusal, match="retention_years"):
            retention.set_years(session, rule, years)
    head = replace(session, actor=replace(session.actor, role="head_teacher"))
    with pytest.raises(Refusal, match="only_the_senco"):
        retention.set_years(head, "sen_file", 40)


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_a_record_is_never_due_before_the_birthday_and_never_a_day_after_it(born):
    rule = read_rules(data("rules", "retention.json"))[1]
    due = rule.due_on(born)
    assert due.year == born.year + 31
    assert (due.month, due.day) == ((2, 28) if (born.month, born.day) == (2, 29) and due.day == 28 else (born.month, born.day))


def test_only_the_senco_erases(place):
    kian = add_pupil(place)
    deputy = replace(place.session, actor=replace(place.session.actor, role="deputy_senco"))
    with pytest.raises(Refusal, match="only_the_senco_erases"):
        erasing.erase(deputy, kian.id, typed_name=kian.name, rule="request", reason="x")
    assert erasing.review(deputy, kian.id).refused == "only_the_senco_erases"


def test_nothing_is_erased_while_a_hold_stands(place):
    session, kian = place.session, add_pupil(place)
    retention.place_hold(session, kian.id, "A claim is before the tribunal", until=date(2026, 12, 1))
    with pytest.raises(Refusal, match="erasing_is_held"):
        erase(place, kian)
    (hold,) = retention.standing_holds(session.record, kian.id, session.clock.today())
    assert retention.standing_holds(session.record, kian.id, date(2026, 12, 2)) == ()
    with pytest.raises(Refusal, match="hold_needs_reason"):
        retention.lift_hold(session, hold.id, " ")
    retention.lift_hold(session, hold.id, "The claim was withdrawn")
    made = erase(place, kian)
    assert session.record.get(Pupil, kian.id) is None
    assert erasing.erasures(session.record) == [made]
    assert erasing.certificate_content(session.record, made.id)["upn_sha256"] is None


@pytest.mark.parametrize("kind", ["request", "access"])
def test_nothing_is_erased_while_a_request_is_open(place, kind):
    session, kian = place.session, add_pupil(place)
    today = session.clock.today()
    if kind == "request":
        thing = Request(session.ids.new(), kian.id, "leicestershire", "ehc_needs_assessment", "1", today)
        closing = Amend(Request, thing.id, {"state": "withdrawn"})
    else:
        thing = AccessRequest(session.ids.new(), kian.id, "subject_access", "His mother", today)
        closing = Amend(AccessRequest, thing.id, {"answered_on": today})
    save(place, New(thing))
    with pytest.raises(Refusal, match="erasing_with_open_request"):
        erase(place, kian)
    save(place, closing)
    erase(place, kian)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"reason": "  "}, "erasing_needs_reason"),
        ({"typed_name": "Kian"}, "erasing_name_differs"),
        ({"rule": "sen_file"}, "erasing_rule_not_due"),
        ({"rule": "pupil_record"}, "erasing_rule_not_due"),
        ({"rule": ""}, "erasing_rule_not_due"),
    ],
)
def test_erasing_needs_the_name_a_reason_and_a_rule_that_holds(place, values, key):
    kian = add_pupil(place)
    with pytest.raises(Refusal, match=key):
        erase(place, kian, **values)
    assert place.session.record.get(Pupil, kian.id) == kian


def test_the_certificate_says_how_much_and_why_and_not_who(place):
    session = place.session
    kian, ava = add_pupil(place, upn="N855200119042"), add_pupil(place, "Hale", "Ava")
    record_observation(session, pupils=[kian.id], text="Counted to ten.", happened_on=date(2026, 9, 9))
    record_observation(session, pupils=[ava.id], text="Played with Kian Osei.", happened_on=date(2026, 9, 9))
    seen = erasing.review(session, kian.id)
    assert dict(seen.kinds) == {"pupil": 1, "sen_status": 1, "sen_need": 1, "observation": 1}
    assert (seen.mentions, seen.refused) == (1, "")
    set_clock(place, LONG_AFTER)
    made = erase(
        place,
        kian,
        rule="sen_file",
        typed_name=" kian osei ",
        reason="Due; KIAN OSEI is 31.",
    )
    content = erasing.certificate_content(session.record, made.id)
    assert content["reason"] == "Due; the pupil is 31."
    assert (content["initials"], content["first_on"], content["last_on"]) == ("K O", "2025-09-03", "2026-09-09")
    assert content["kinds"] == [("pupil", 1), ("sen_status", 1), ("sen_need", 1), ("observation", 1)]
    assert content["upn_sha256"] == erasing.upn_hash(made.id, "N855200119042")
    assert "DOB" not in str(content)
    assert "Osei" not in str(content)
    assert len({content["log_before"], content["log_after"]}) == 2
    assert [each.what for each in session.record.trail(limit=1)] == ["erased"]
    assert [each.text for each in session.record.find_notes("played")] == ["Played with Kian Osei."]
    assert all(each.sound for each in session.record.verify())
    save(place, Amend(Pupil, ava.id, {"year": "5"}))
    assert erasing.certificate_content(session.record, made.id) == content
