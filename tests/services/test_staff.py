"""Staff, their roles and classes: changed by the SENCO alone, and never so that nobody is the SENCO."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sencoapp import reference
from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.people import Contact, Pupil, StaffMember
from sencoapp.domain.permissions import ROLES
from sencoapp.domain.record import Amend, Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.services import beginning, letters, staff, trail
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.undoing import undo
from tests.places import TODAY, add_pupil
from tests.services.people_of_the_school import TwoClasses, a_thing


def test_somebody_joins_changes_role_and_leaves(place):
    session = place.session
    person, _ = staff.add_staff(session, " Mr Tom Reid ", "teacher", classes=(" 4M ", "", "4M"))
    assert (person.name, person.classes) == ("Mr Tom Reid", ("4M",))
    saved = staff.change_role(session, person.id, "deputy_senco")
    assert session.record.save_of(session.record.history(StaffMember, person.id)[-1].save)[0].action == "change_role"
    assert saved.touches("staff_member")
    staff.staff_leaves(session, person.id, TODAY.date() + timedelta(days=1))
    assert person.id in {each.id for each in staff.staff_of(session.record, TODAY.date())}
    assert person.id not in {each.id for each in staff.staff_of(session.record, TODAY.date() + timedelta(days=1))}


def test_a_name_is_needed_and_stands_once(place):
    with pytest.raises(Refusal, match="staff_needs_name"):
        staff.add_staff(place.session, "  ", "teacher")
    with pytest.raises(Refusal, match="is_on_the_staff"):
        staff.add_staff(place.session, "mrs ruth adeyemi", "teacher")


def test_somebody_stays_the_senco(place):
    me = place.session.actor.id
    with pytest.raises(Refusal, match="somebody_must_be_senco"):
        staff.change_role(place.session, me, "teacher")
    with pytest.raises(Refusal, match="somebody_must_be_senco"):
        staff.staff_leaves(place.session, me, date(2027, 1, 1))
    staff.add_staff(place.session, "Mr Tom Reid", "senco")
    staff.change_role(place.session, me, "teacher")


def test_the_same_role_again_saves_nothing(place):
    person, _ = staff.add_staff(place.session, "Mr Tom Reid", "teacher", classes=("4M",))
    before = place.session.record.position()
    staff.change_role(place.session, person.id, "teacher")
    assert place.session.record.position() == before


@pytest.mark.parametrize("role", ["deputy_senco", "teacher", "teaching_assistant", "head_teacher", "office"])
def test_nobody_else_changes_roles(place, role):
    school = TwoClasses(place)
    session = school.session(role)
    with pytest.raises(Refusal, match="not_for_your_role"):
        staff.change_role(session, session.actor.id, "senco")
    with pytest.raises(Refusal, match="not_for_your_role"):
        session.record.save([Amend(StaffMember, session.actor.id, {"role": "senco"})], action="change_role", actor=session.actor)
    with pytest.raises(Refusal, match="not_for_your_role"):
        staff.add_staff(session, "Somebody", "senco")


def test_a_new_role_holds_from_the_next_unlocking(place, app, reopen):
    staff.add_staff(place.session, "Mr Tom Reid", "senco")
    staff.change_role(place.session, place.session.actor.id, "teacher", ("4M",))
    add_pupil(place, "Shah", "Leila", reg_group="5T")
    own = add_pupil(place)
    assert len(beginning.people(place.session.record)) == 2
    again = reopen(place)
    assert again.session.actor.role == "teacher"
    assert [each.id for each in again.session.record.register(RegisterQuery())] == [own.id]


def test_the_setting_me_says_whose_profile_it_is(place, app, reopen):
    other, _ = staff.add_staff(place.session, "Mr Tom Reid", "head_teacher")
    place.session.record.set_setting("me", other.id)
    again = reopen(place)
    assert again.session.actor.name == "Mr Tom Reid"


def test_a_real_record_is_never_opened_as_somebody_else(place, app):
    staff.add_staff(place.session, "Mr Tom Reid", "teacher")
    with pytest.raises(Refusal, match="profile_is_one_persons"):
        app.as_somebody(place, "teacher")


def test_a_teacher_changes_their_own_classes_and_nothing_else_of_anybody(place):
    school = TwoClasses(place)
    teacher = school.session("teacher")
    assert staff.change_own_classes(teacher, (" 4M ",)).position == teacher.record.position(), "nothing has changed"
    saved = staff.change_own_classes(teacher, ("5T", ""))
    assert [each.id for each in teacher.record.find(Pupil)] == [school.other.id]
    assert saved.pupils() == {school.own.id, school.other.id}, "pages show one and no longer the other"
    [line] = [each for each in trail.activity(place.session, ActivityQuery()) if each.who == "teacher at school"]
    assert line.sentence == "Changed their own classes: 5T"
    undo(teacher, saved.save)
    assert [each.id for each in teacher.record.find(Pupil)] == [school.own.id]
    colleague = school.staff["teaching_assistant"].id
    for id, values in (
        (colleague, {"classes": ()}),
        (teacher.actor.id, {"classes": (), "role": "senco"}),
        (teacher.actor.id, {"name": "x"}),
    ):
        with pytest.raises(Refusal, match="not_for_your_role"):
            teacher.record.save([Amend(StaffMember, id, values)], action="try", actor=teacher.actor)
    with pytest.raises(Refusal, match="not_for_your_role"):
        teacher.record.save([Remove(StaffMember, teacher.actor.id)], action="try", actor=teacher.actor)
    with pytest.raises(Refusal, match="not_for_your_role"):
        staff.change_own_classes(school.session("office"), ("4M",))


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_print_gives_a_document_out_or_writes_a_letter(place, role, tmp_path):
    school = TwoClasses(place)
    session, to = school.session(role), tmp_path / "letter.pdf"
    theirs = replace(place, session=session)
    parent = a_thing(Contact, place, school.own, surname="Osei")
    school.save(parent)

    def give():
        theirs.give_out(to, b"%PDF-1", what="A letter", recipient="Mrs Osei", purpose="To read", pupil=school.own.id)

    if role in reference.permissions().deeds["print"]:
        give()
        assert "Gave out “A letter” to Mrs Osei: To read" in [each.sentence for each in trail.activity(place.session, ActivityQuery())]
        assert letters.write_letters(session, school.own.id, [parent.id], "A meeting", "Please come.")
        return
    with pytest.raises(Refusal, match="not_for_your_role"):
        give()
    assert not to.exists()
    with pytest.raises(Refusal, match="not_for_your_role"):
        letters.write_letters(session, school.own.id, [parent.id], "A meeting", "Please come.")
    with pytest.raises(Refusal, match="not_for_your_role"):
        letters.record_letters(session, school.own.id, [])
