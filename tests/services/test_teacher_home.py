"""What a teacher needs today: their pupils, the strategies that are agreed, and what they are asked for."""

from datetime import date
from decimal import Decimal

import pytest

from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.professionals import Involvement, Professional, Recommendation
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff
from sencoapp.domain.record import Amend
from sencoapp.services.delivery import tick_session
from sencoapp.services.teacher_home import has_teachers_home, how_much_is_asked, teacher_home
from tests.services.people_of_the_school import TwoClasses


@pytest.fixture
def school(place):
    return TwoClasses(place)


def test_a_teacher_has_their_pupils_with_strategies_that_are_agreed_and_advice_in_use(place, school):
    new = place.session.ids.new
    helper = Professional(new(), "Dr Kaur")
    work = Involvement(new(), school.own.id, helper.id)
    agreed = Cycle(
        new(), school.own.id, 1, date(2026, 9, 1), planned_on=date(2026, 9, 8), strategies="- Visual timetable\n\n• Movement break"
    )
    begun = Cycle(new(), school.own.id, 2, date(2026, 11, 1), strategies="Not agreed yet")
    school.save(
        agreed,
        begun,
        helper,
        work,
        Recommendation(new(), school.own.id, work.id, "Warn him before changes.", in_use="yes"),
        Recommendation(new(), school.own.id, work.id, "Never tried.", in_use="no"),
    )
    what_works = {"what_works": "Movement break\nSitting by the door"}
    school.record.save([Amend(Pupil, school.own.id, what_works)], action="write", actor=school.actor("senco"))
    home = teacher_home(school.session("teacher"))
    assert [each.name for each in home.pupils] == ["Kian Osei"]
    assert home.pupils[0].strategies == ("Visual timetable", "Movement break", "Sitting by the door", "Warn him before changes.")
    assert home.classes == ("4M",)


def test_they_are_asked_to_tick_the_sessions_that_they_give(place, school):
    new = place.session.ids.new
    given = {
        name: Provision(new(), name, "targeted", who, 1500, Decimal(2), 30, 12, 4, date(2026, 9, 7))
        for name, who in (("Phonics", school.staff["teacher"].name), ("Lego", "Somebody else"))
    }
    for each in given.values():
        school.save(each, ProvisionPlace(new(), school.own.id, each.id))
    school.save(ProvisionStaff(new(), given["Phonics"].id, school.staff["teacher"].id))
    teacher = school.session("teacher")
    assert [(each.what, each.detail, each.done) for each in teacher_home(teacher).asked] == [("Phonics", "Kian Osei", False)]
    assert how_much_is_asked(teacher) == 1
    tick_session(teacher, given["Phonics"].id, date(2026, 11, 24), "ran")
    assert [each.done for each in teacher_home(teacher).asked] == [True]
    assert how_much_is_asked(teacher) == 0


def test_it_is_the_home_of_those_who_see_their_own_pupils_only(school):
    assert [role for role in school.staff if has_teachers_home(school.actor(role))] == ["teacher", "teaching_assistant"]
