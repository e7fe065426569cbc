"""A pupil's status through time, and their needs: corrected, back-dated, ended, warned about."""

from dataclasses import replace
from datetime import date

import pytest

from sencoapp.domain.people import SenNeed, SenStatus
from sencoapp.domain.record import New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import pupils
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil

TODAY = date(2026, 11, 24)


@pytest.fixture
def kian(place):
    return add_pupil(place).id


def codes(place, pupil):
    return [(each.code, each.starts_on) for each in pupils.statuses_of(place.session.record, pupil)]


def test_a_step_can_be_back_dated_and_the_present_one_stays(place, kian):
    pupils.set_status(place.session, kian, "N", date(2024, 9, 2), reason="Came without SEN")
    assert codes(place, kian) == [("N", date(2024, 9, 2)), ("K", date(2025, 9, 3))]
    assert pupils.pupil_page(place.session.record, kian, TODAY).status == "K"


def test_a_back_dated_step_that_says_what_comes_after_it_is_refused(place, kian):
    with pytest.raises(Refusal, match="status_follows_already") as refused:
        pupils.set_status(place.session, kian, "K", date(2024, 9, 2))
    assert refused.value.details["day"] == "3 September 2025"


def test_two_steps_on_one_day_are_refused(place, kian):
    with pytest.raises(Refusal, match="status_on_that_day"):
        pupils.set_status(place.session, kian, "E", date(2025, 9, 3))


def test_the_day_of_a_step_is_corrected_and_the_register_follows(place, kian):
    pupils.set_status(place.session, kian, "E", date(2027, 1, 4))
    plan = pupils.statuses_of(place.session.record, kian)[1]
    assert place.session.record.register(RegisterQuery())[0].status == "K"
    pupils.change_status(place.session, plan, replace(plan, starts_on=date(2026, 11, 2), reason="The plan was issued earlier"))
    assert codes(place, kian)[1] == ("E", date(2026, 11, 2))
    assert place.session.record.register(RegisterQuery())[0].status == "E"


def test_a_step_that_came_in_twice_can_still_be_explained(place, kian):
    """A file from elsewhere may bring K after K; its reason is not held back for that."""
    session = place.session
    session.record.save([New(SenStatus("second", kian, "K", date(2026, 1, 5)))], action="import", actor=session.actor)
    second = pupils.statuses_of(session.record, kian)[1]
    pupils.change_status(session, second, replace(second, reason="From the MIS"))
    assert pupils.statuses_of(session.record, kian)[1].reason == "From the MIS"


def test_the_warnings_of_the_census_come_with_the_pupil_and_block_nothing(place, kian):
    pupils.add_need(place.session, kian, "SEMH")
    pupils.add_need(place.session, kian, "HI")
    page = pupils.pupil_page(place.session.record, kian, TODAY)
    assert [each.number for each in page.warnings] == ["2166"]


def test_a_need_is_corrected_in_place(place, kian):
    (need,) = place.session.record.find(SenNeed, pupil=kian)
    pupils.change_need(place.session, need, replace(need, sen_type="ASD", rank=2, starts_on=date(2024, 1, 8), description=" "))
    (changed,) = place.session.record.find(SenNeed, pupil=kian)
    assert (changed.sen_type, changed.rank, changed.starts_on, changed.description) == ("ASD", 2, date(2024, 1, 8), None)


def test_a_need_cannot_end_before_it_began_or_be_there_twice(place, kian):
    pupils.add_need(place.session, kian, "SEMH")
    first = place.session.record.find(SenNeed, pupil=kian)[0]
    with pytest.raises(Refusal, match="ends_before_it_starts"):
        pupils.change_need(place.session, first, replace(first, ends_on=date(2025, 9, 2)))
    with pytest.raises(Refusal, match="need_is_there_already"):
        pupils.change_need(place.session, first, replace(first, sen_type="SEMH"))


def test_needs_that_ended_are_a_history(place, kian):
    (need,) = place.session.record.find(SenNeed, pupil=kian)
    pupils.end_need(place.session, need.id, date(2026, 11, 1))
    assert [each.sen_type for each in pupils.ended_needs(place.session.record, kian, TODAY)] == ["SLCN"]
    assert pupils.open_needs(place.session.record, kian, TODAY) == ()
