"""A whole import is taken back: who was added is hidden, fields are as they were, and what was written since is left alone."""

from dataclasses import replace

import pytest

from sencoapp.domain.arrivals import PupilImport
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.record import Remove
from sencoapp.domain.refusals import Refusal
from sencoapp.services import import_undo, imports, observations, pupils, undoing
from sencoapp.services.import_origins import from_mis
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil
from tests.services.people_of_the_school import TwoClasses

OLD = "Surname,Forename,DOB,Year,SEN Need,Rank\nHart,Ada,01/05/2015,5,SLCN,1\n"
NEW = (
    "Surname,Forename,DOB,Year,Class,SEN Need,Rank\nHart,Ada,01/05/2015,6,6B,SLCN,2\nHart,Ada,01/05/2015,6,6B,SEMH,1\n"
    "Lee,Bo,01/06/2015,6,6B,,\nPell,Mo,01/07/2015,6,6B,ASD,1\n"
)


def bring(place, text):
    read = place.pupil_files.read("list.csv", text.encode(), today=place.session.clock.today())
    imports.carry_out_import(place.session, imports.plan_import(place.session, read), filename="list.csv")
    return import_undo.past_imports(place.session.record)[0]


def everything(place):
    record = place.session.record
    return {kind: sorted(record.find(kind), key=lambda each: each.id) for kind in (Pupil, SenStatus, SenNeed, Contact)}


def who(place):
    return [each.name for each in place.session.record.register(RegisterQuery())]


def test_the_record_is_as_it_was(place):
    bring(place, OLD)
    ada = place.session.record.find(Pupil)[0]
    needs = place.session.record.find(SenNeed)
    done = bring(place, NEW)
    assert who(place) == ["Ada Hart", "Bo Lee", "Mo Pell"]
    plan, _ = import_undo.undo_import(place.session, done.id)
    assert (plan.hidden, plan.put_back, plan.left_alone) == (2, 1, ())
    assert place.session.record.find(Pupil) == [ada]
    assert place.session.record.find(SenNeed, pupil=ada.id) == needs
    assert who(place) == ["Ada Hart"]
    assert all(each.sound for each in place.session.record.verify())


def test_it_is_one_save_and_the_list_says_who_undid_it(place):
    done = bring(place, NEW)
    import_undo.undo_import(place.session, done.id)
    told = import_undo.past_imports(place.session.record)[0]
    assert (told.undone_by_name, told.undone_at) == ("Mrs Ruth Adeyemi", place.session.clock.now())
    with pytest.raises(Refusal, match="import_is_undone_already"):
        import_undo.undo_import(place.session, done.id)


def test_the_same_file_after_that_is_as_it_was_the_first_time(place):
    bring(place, OLD)
    import_undo.undo_import(place.session, bring(place, NEW).id)
    read = place.pupil_files.read("list.csv", NEW.encode(), today=place.session.clock.today())
    plan = imports.plan_import(place.session, read)
    assert (len(plan.added), len(plan.changed)) == (2, 1)
    assert plan.changed[0].kept() == ()
    bring(place, NEW)
    assert who(place) == ["Ada Hart", "Bo Lee", "Mo Pell"]


def test_what_was_changed_since_is_left_alone_and_listed(place):
    bring(place, OLD)
    done = bring(place, NEW)
    record = place.session.record
    ada, bo, _ = record.find(Pupil)
    pupils.change_pupil(place.session, ada, replace(ada, year="7"))
    observations.record_observation(place.session, pupils=[bo.id], text="Read aloud")
    semh = next(each for each in record.find(SenNeed, pupil=ada.id) if each.sen_type == "SEMH")
    pupils.end_need(place.session, semh.id, place.session.clock.today())
    plan, _ = import_undo.undo_import(place.session, done.id)
    assert {(each.name, each.field) for each in plan.left_alone} == {("Ada Hart", "year"), ("Ada Hart", "SENtype"), ("Bo Lee", "")}
    found = record.get(Pupil, ada.id)
    assert (found.year, found.reg_group) == ("7", None)
    assert who(place) == ["Ada Hart", "Bo Lee"]


def test_a_pupil_who_was_hidden_already_is_nobodys_trouble(place):
    done = bring(place, NEW)
    from sencoapp.domain.record import Remove

    bo = next(each for each in place.session.record.find(Pupil) if each.legal_surname == "Lee")
    place.session.record.save([Remove(Pupil, bo.id)], action="remove_pupil", actor=place.session.actor)
    plan, _ = import_undo.undo_import(place.session, done.id)
    assert (plan.hidden, plan.left_alone) == (2, ())


def test_values_say_whether_they_came_from_the_mis(place):
    kian = add_pupil(place)
    bring(place, "Surname,Forename,DOB,Sex,Class\nOsei,Kian,03/02/2018,M,5K\n")
    assert set(from_mis(place.session.record, kian.id).fields) == {"sex"}
    found = place.session.record.get(Pupil, kian.id)
    pupils.change_pupil(place.session, found, replace(found, sex="F"))
    assert from_mis(place.session.record, kian.id).last_on is None


def test_undoing_gives_a_value_back_to_its_first_writer(place):
    bring(place, OLD)
    ada = place.session.record.find(Pupil)[0]
    import_undo.undo_import(place.session, bring(place, NEW).id)
    assert "year" in from_mis(place.session.record, ada.id).fields
    assert "reg_group" not in from_mis(place.session.record, ada.id).fields
    kian = add_pupil(place)
    read = place.pupil_files.read("a.csv", b"Surname,Forename,DOB,Class\nOsei,Kian,03/02/2018,5K\n", today=place.session.clock.today())
    plan = imports.plan_import(place.session, read)
    imports.carry_out_import(place.session, plan, taken={each.key for each in plan.changed[0].changes})
    import_undo.undo_import(place.session, import_undo.past_imports(place.session.record)[0].id)
    again = imports.plan_import(place.session, read)
    assert [each.field for each in again.changed[0].kept()] == ["reg_group"]
    assert place.session.record.get(Pupil, kian.id).reg_group == "4M"


def test_an_import_among_many_saves_is_undone_whole_and_alone(place):
    add_pupil(place)
    first = bring(place, OLD)
    second = bring(place, "Surname,Forename,DOB\nLee,Bo,01/06/2015\n")
    add_pupil(place, "Swain", "Lottie")
    import_undo.undo_import(place.session, first.id)
    assert who(place) == ["Bo Lee", "Kian Osei", "Lottie Swain"]
    import_undo.undo_import(place.session, second.id)
    assert who(place) == ["Kian Osei", "Lottie Swain"]


def test_an_import_that_was_undone_and_redone_can_be_undone_again(place):
    done = bring(place, NEW)
    save = place.session.record.history(PupilImport, done.id)[0].save
    _, undone = undoing.undo(place.session, save)
    assert who(place) == []
    undoing.undo(place.session, undone.save)
    assert len(who(place)) == 3
    plan, _ = import_undo.undo_import(place.session, done.id)
    assert (plan.hidden, plan.left_alone) == (3, ())
    assert who(place) == []


@pytest.mark.parametrize("whose", ["office", "senco"])
def test_the_office_takes_an_import_back_with_the_statuses_and_needs_that_it_added(place, whose):
    """The office adds a status and a need by an import, and takes back what an import added; by itself it removes neither."""
    school = TwoClasses(place)
    bring(place, "Surname,Forename,DOB,Year\nHart,Ada,01/05/2015,5\n")
    before = everything(place)
    office = school.session("office")
    by = office if whose == "office" else place.session
    text = "Surname,Forename,DOB,Year,SEN Status,SEN Need,Rank\nHart,Ada,01/05/2015,6,K,SLCN,1\n"
    read = place.pupil_files.read("list.csv", text.encode(), today=office.clock.today())
    imports.carry_out_import(by, imports.plan_import(by, read), filename="list.csv")
    [status] = [each for each in place.session.record.find(SenStatus) if each not in before[SenStatus]]
    with pytest.raises(Refusal, match="not_for_your_role"):
        office.record.save([Remove(SenStatus, status.id)], action="try", actor=office.actor)
    plan, _ = import_undo.undo_import(office, import_undo.past_imports(office.record)[0].id)
    assert plan.left_alone == ()
    assert everything(place) == before
