"""Pupils from a file: a preview first, then all of it or nothing, and the second time nothing."""

from datetime import UTC, date, datetime

import pytest

from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.record import Amend, New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import imports, pupils
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil, set_clock

FILES = [
    ("derived/8552001_CTF_8554003_001.xml", 1),
    ("derived/sims_superstarreport_pupils.xml", 1),
    ("mis/arbor_sen_status_report.csv", 2),
    ("mis/classlist_title_row_mixed_dates.csv", 2),
]


def read(place, path):
    return place.pupil_files.read(path.name, path.read_bytes(), today=place.session.clock.today())


def plan(place, path):
    return imports.plan_import(place.session, read(place, path))


def plan_of(place, text):
    return imports.plan_import(place.session, place.pupil_files.read("a.csv", text.encode(), today=place.session.clock.today()))


def save(place, planned, **how):
    return imports.carry_out_import(place.session, planned, **how)


@pytest.mark.parametrize(("name", "pupils"), FILES)
def test_the_same_file_twice_changes_nothing(place, samples, name, pupils):
    first = plan(place, samples / name)
    assert (len(first.added), len(first.changed), len(first.unchanged), first.doubtful) == (pupils, 0, 0, ())
    assert place.session.record.find(Pupil) == []
    save(place, first)
    before = place.session.record.position()
    again = plan(place, samples / name)
    assert (len(again.added), len(again.changed), len(again.unchanged)) == (0, 0, pupils)
    assert not again.does_something()
    save(place, again)
    assert place.session.record.position() == before


def test_a_ctf_brings_the_whole_story(place, samples):
    save(place, plan(place, samples / "derived/8552001_CTF_8554003_001.xml"))
    record = place.session.record
    zoe = record.find(Pupil)[0]
    assert (zoe.name, zoe.upn, zoe.sessions_possible, zoe.sessions_attended) == ("Zo O'Neill", "N855200119042", 190, 168)
    assert record.register(RegisterQuery())[0].status == "K"
    assert [each.code for each in record.find(SenStatus)] == ["N", "K"]
    assert [(each.sen_type, each.rank) for each in record.find(SenNeed)] == [("SLCN", 1), ("SEMH", 2)]
    assert [each.parental_responsibility for each in record.find(Contact)] == [True, True, False]


def test_a_value_from_the_mis_is_amended_field_by_field_and_the_rest_is_left_alone(place):
    save(place, plan_of(place, "Surname,Forename,DOB,Year,Class\nAdams,Ava,15/09/2017,3,3A\n"))
    ava = place.session.record.find(Pupil)[0]
    pupils.change_pupil(place.session, ava, Pupil(**{**vars(ava), "what_works": "Cards"}))
    done = plan_of(place, "Surname,Forename,DOB,Year,Class\nAdams,Ava,15/09/2017,4,4A\n")
    changed = {each.field: (each.before, each.after, each.typed_by) for each in done.changed[0].changes}
    assert changed == {"year": ("3", "4", None), "reg_group": ("3A", "4A", None)}
    save(place, done)
    found = place.session.record.get(Pupil, ava.id)
    assert (found.year, found.reg_group, found.what_works) == ("4", "4A", "Cards")


def test_a_value_that_a_person_typed_stays_unless_they_say_otherwise(place):
    text = "Surname,Forename,DOB,Year,Class,Sex\nOsei,Kian,03/02/2018,5,5K,M\n"
    ava = add_pupil(place)
    done = plan_of(place, text)
    typed = {each.field: each for each in done.changed[0].kept()}
    assert set(typed) == {"year", "reg_group"}
    assert (typed["year"].typed_by, typed["year"].typed_on) == ("Mrs Ruth Adeyemi", date(2026, 11, 24))
    save(place, done)
    found = place.session.record.get(Pupil, ava.id)
    assert (found.year, found.reg_group, found.sex) == ("4", "4M", "M")
    again = plan_of(place, text)
    assert not again.does_something()
    save(place, again, taken={typed["year"].key})
    found = place.session.record.get(Pupil, ava.id)
    assert (found.year, found.reg_group) == ("5", "4M")


def test_a_value_that_a_person_cleared_stays_cleared(place):
    save(place, plan_of(place, "Surname,Forename,DOB,Postcode\nHart,Ada,01/05/2015,LE11 9ZZ\n"))
    ada = place.session.record.find(Pupil)[0]
    place.session.record.save([Amend(Pupil, ada.id, {"postcode": None})], action="change_pupil", actor=place.session.actor)
    (change,) = plan_of(place, "Surname,Forename,DOB,Postcode\nHart,Ada,01/05/2015,LE11 9ZZ\n").changed[0].changes
    assert change.typed_by == "Mrs Ruth Adeyemi"


def test_the_status_that_the_senco_set_is_not_overtaken_by_the_mis(place):
    add_pupil(place)
    done = plan_of(place, "Surname,Forename,DOB,SEN Status\nOsei,Kian,03/02/2018,N\n")
    (change,) = done.changed[0].changes
    assert (change.field, change.before, change.after, change.typed_by) == ("SENprovision", "K", "N", "Mrs Ruth Adeyemi")
    assert not done.does_something()
    save(place, done, taken={change.key})
    assert place.session.record.register(RegisterQuery())[0].status == "N"


def test_an_earlier_step_of_the_status_history_is_simply_added(place):
    add_pupil(place)
    done = plan_of(place, "Surname,Forename,DOB,SEN Status,SEN Start Date\nOsei,Kian,03/02/2018,N,01/09/2022\n")
    assert done.changed[0].kept() == ()
    save(place, done)
    assert place.session.record.register(RegisterQuery())[0].status == "K"


def test_a_need_that_ended_and_came_back_is_two_needs_and_stays_so(place):
    text = (
        "Surname,Forename,DOB,SEN Need,Rank,Need Start Date,Need End Date\n"
        "Osei,Kian,03/02/2018,SEMH,2,01/09/2020,01/09/2021\nOsei,Kian,03/02/2018,SEMH,1,01/09/2024,\n"
    )
    save(place, plan_of(place, text))
    assert len(place.session.record.find(SenNeed)) == 2
    assert len(plan_of(place, text).unchanged) == 1


def test_a_need_that_has_ended_in_the_mis_ends_here(place):
    head = "Surname,Forename,DOB,SEN Need,Need Start Date,Need End Date\n"
    save(place, plan_of(place, f"{head}Osei,Kian,03/02/2018,SEMH,01/09/2024,\n"))
    save(place, plan_of(place, f"{head}Osei,Kian,03/02/2018,SEMH,01/09/2024,01/10/2026\n"))
    (need,) = place.session.record.find(SenNeed)
    assert need.ends_on == date(2026, 10, 1)


def test_an_address_laid_out_otherwise_and_a_postcode_without_its_space_are_the_same(place):
    add_pupil(place, address="12 High Street\nLoughborough", postcode="le119zz")
    done = plan_of(place, 'Surname,Forename,DOB,Address,Postcode\nOsei,Kian,03/02/2018,"12 High Street, Loughborough",LE11 9ZZ\n')
    assert len(done.unchanged) == 1


def test_two_contacts_of_one_name_are_two(place):
    kian = add_pupil(place)
    new = place.session.ids.new
    for order, relationship in ((1, "PAF"), (2, "FAM")):
        contact = Contact(new(), kian.id, order, "Osei", "Kofi", relationship=relationship)
        place.session.record.save([New(contact)], action="import", actor=place.session.actor)
    told = (
        {"surname": "Osei", "forename": "Kofi", "relationship": "FAM", "order": 2},
        {"surname": "Osei", "forename": "Kofi", "relationship": "PAF", "order": 1},
    )
    found = plan_of(place, "Surname,Forename,DOB\nOsei,Kian,03/02/2018\n")
    assert found.unchanged
    from sencoapp.domain.arrivals import Arrival, ReadFile

    values = {"legal_surname": "Osei", "legal_forename": "Kian", "birth_date": date(2018, 2, 3)}
    again = imports.plan_import(place.session, ReadFile("ctf", (Arrival(1, values, contacts=told),)))
    assert again.unchanged


def test_a_stopped_import_leaves_the_record_untouched(place, samples):
    file = read(place, samples / "mis/arbor_sen_status_report.csv")
    before = place.session.record.position()
    assert imports.plan_import(place.session, file, cancelled=lambda: True) is None
    planned = imports.plan_import(place.session, file)
    asked = []

    def second_time() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert save(place, planned, cancelled=second_time) is None
    assert len(asked) == 2
    assert place.session.record.position() == before
    assert place.session.record.find(Pupil) == []
    assert place.session.record.register(RegisterQuery()) == []


def test_saving_tells_how_far_it_is(place, samples):
    told = []
    save(place, plan(place, samples / "mis/arbor_sen_status_report.csv"), progress=lambda *step: told.append(step))
    assert told[0][:2] == ("record.saving", 0)
    assert told[-1][1] == told[-1][2] > 0


def test_a_plan_that_was_settled_twice_the_same_is_refused(place):
    add_pupil(place)
    done = plan_of(place, "Surname,Forename,DOB\nOsei,Kai,03/02/2018\nOsei,Kiran,03/02/2018\n")
    both = {each.row: each.candidates[0].pupil for each in done.doubtful}
    assert len(both) == 2
    with pytest.raises(Refusal):
        imports.settled(done, both)


def test_an_import_is_told_of_in_the_record(place, samples):
    set_clock(place, datetime(2026, 11, 25, 9, tzinfo=UTC))
    path = samples / "mis/arbor_sen_status_report.csv"
    save(place, plan(place, path), filename=path.name, content=path.read_bytes())
    (told,) = place.session.record.find(imports.PupilImport)
    assert (told.filename, told.added, told.changed, told.by_name, told.undone_at) == (path.name, 2, 0, "Mrs Ruth Adeyemi", None)
    assert len(told.sha256) == 64


def test_a_pupil_whose_earlier_record_was_erased_comes_as_a_new_one_and_a_person_is_told(place):
    from sencoapp.services import erasing

    text = "UPN,Surname,Forename,DOB,Year\nN855200119042,Osei,Kian,03/02/2018,4\nN855200119043,Hale,Ava,04/02/2018,4\n"
    kian = add_pupil(place, upn="N855200119042")
    erasing.erase(place.session, kian.id, typed_name=kian.name, rule="request", reason="They asked for it.")
    planned = plan_of(place, text)
    assert len(planned.added) == 2
    (told,) = [each for each in planned.problems if "erased" in each.message]
    assert (told.row, told.severity) == (2, "warning")
    assert told.message.startswith("An earlier record of a pupil with this UPN was erased on 24 November 2026.")
    save(place, planned)
    (again,) = place.session.record.find(Pupil, upn="N855200119042")
    assert again.id != kian.id
    assert place.session.record.get(Pupil, kian.id) is None
