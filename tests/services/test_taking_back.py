"""What was entered about a pupil by mistake is taken back, and what was removed is shown again."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp.domain.people import Contact, SenNeed
from sencoapp.domain.refusals import Refusal
from sencoapp.services import pupils
from sencoapp.services.undoing import undo
from tests.places import add_pupil, new_place


@pytest.fixture
def place(tmp_path):
    opened = new_place(tmp_path / "profile")
    yield opened
    opened.close()


def test_a_status_taken_back_leaves_the_one_before(place):
    session = place.session
    kian = add_pupil(place).id
    saved = pupils.set_status(session, kian, "E", date(2026, 11, 24))
    pupils.take_back_status(session, next(each.id for each in saved.touched if each.kind == "sen_status"))
    statuses = pupils.statuses_of(session.record, kian)
    assert [each.code for each in statuses] == ["K"]
    assert pupils.current_status(statuses, date(2026, 11, 24)) == "K"


def test_a_need_that_was_ended_stands_again(place):
    session = place.session
    kian = add_pupil(place).id
    (need,) = session.record.find(SenNeed, pupil=kian)
    ended = pupils.end_need(session, need.id, date(2026, 11, 1))
    assert pupils.open_needs(session.record, kian, date(2026, 11, 24)) == ()
    undo(session, ended.save)
    assert pupils.open_needs(session.record, kian, date(2026, 11, 24)) == (need,)


def test_a_need_entered_by_mistake_is_hidden(place):
    session = place.session
    kian = add_pupil(place).id
    saved = pupils.add_need(session, kian, "SEMH")
    pupils.remove_need(session, next(each.id for each in saved.touched if each.kind == "sen_need"))
    assert [each.sen_type for each in session.record.find(SenNeed, pupil=kian)] == ["SLCN"]


def test_a_contact_is_changed_removed_and_brought_back(place):
    session = place.session
    kian = add_pupil(place).id
    pupils.add_contact(session, kian, {"surname": "Osei", "phone": "07700 900123"})
    (shown,) = session.record.find(Contact, pupil=kian)
    pupils.change_contact(session, shown, replace(shown, phone="07700 900999"))
    removed = pupils.remove_contact(session, shown.id)
    assert session.record.find(Contact, pupil=kian) == []
    undo(session, removed.save)
    assert session.record.find(Contact, pupil=kian) == [replace(shown, phone="07700 900999")]


def test_a_contact_keeps_a_surname(place):
    session = place.session
    kian = add_pupil(place).id
    pupils.add_contact(session, kian, {"surname": "Osei"})
    (shown,) = session.record.find(Contact, pupil=kian)
    with pytest.raises(Refusal, match="contact_needs_name"):
        pupils.change_contact(session, shown, replace(shown, surname=" "))
