"""Pupils from a file: a preview first, then all of it or nothing, and the second time nothing."""

import pytest

from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.services import imports
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil

FILES = [
    ("derived/8552001_CTF_8554003_001.xml", 1),
    ("derived/sims_superstarreport_pupils.xml", 1),
    ("mis/arbor_sen_status_report.csv", 2),
    ("mis/classlist_title_row_mixed_dates.csv", 2),
]


def plan(place, path):
    read = place.pupil_files.read(path.name, path.read_bytes(), today=place.session.clock.today())
    return imports.plan_import(place.session, read)


@pytest.mark.parametrize(("name", "pupils"), FILES)
def test_the_same_file_twice_changes_nothing(place, samples, name, pupils):
    first = plan(place, samples / name)
    assert (len(first.added), len(first.changed), len(first.unchanged)) == (pupils, 0, 0)
    assert place.session.record.find(Pupil) == []
    imports.carry_out_import(place.session, first)
    before = place.session.record.position()
    again = plan(place, samples / name)
    assert (len(again.added), len(again.changed), len(again.unchanged)) == (0, 0, pupils)
    imports.carry_out_import(place.session, again)
    assert place.session.record.position() == before


def test_a_ctf_brings_the_whole_story(place, samples):
    imports.carry_out_import(place.session, plan(place, samples / "derived/8552001_CTF_8554003_001.xml"))
    record = place.session.record
    zoe = record.find(Pupil)[0]
    assert (zoe.name, zoe.upn, zoe.sessions_possible, zoe.sessions_attended) == ("Zo O'Neill", "N855200119042", 190, 168)
    assert record.register(RegisterQuery())[0].status == "K"
    assert [each.code for each in record.find(SenStatus)] == ["N", "K"]
    assert [(each.sen_type, each.rank) for each in record.find(SenNeed)] == [("SLCN", 1), ("SEMH", 2)]
    assert [each.parental_responsibility for each in record.find(Contact)] == [True, True, False]


def test_a_change_is_shown_field_by_field_and_the_rest_is_left_alone(place, samples):
    pupil = add_pupil(
        place, "Adams", "Ava", birth_date=__import__("datetime").date(2017, 9, 15), year="3", reg_group="3A", what_works="Cards"
    )
    done = plan(place, samples / "mis/arbor_sen_status_report.csv")
    changed = {each.field: (each.before, each.after) for each in done.changed[0].changes}
    assert done.changed[0].pupil == pupil.id
    assert changed["year"] == ("3", "4")
    imports.carry_out_import(place.session, done)
    found = place.session.record.get(Pupil, pupil.id)
    assert (found.year, found.reg_group, found.what_works) == ("4", "4A", "Cards")


def test_two_children_of_one_name_and_birthday_are_not_made_one(place, samples, tmp_path):
    path = tmp_path / "twins.csv"
    path.write_text("UPN,Surname,Forename,DOB\nX855200119001,Lee,Sam,14/03/2016\nZ940200119001,Lee,Sam,14/03/2016\n")
    imports.carry_out_import(place.session, plan(place, path))
    assert len(place.session.record.find(Pupil)) == 2
    nameless = tmp_path / "again.csv"
    nameless.write_text("Surname,Forename,DOB,Year\nLee,Sam,14/03/2016,5\n")
    doubtful = plan(place, nameless)
    assert (doubtful.added, doubtful.changed) == ((), ())
    assert any(each.severity == "error" and "Sam Lee" in each.message for each in doubtful.problems)


def test_a_stopped_import_leaves_the_record_untouched(place, samples):
    path = samples / "mis/arbor_sen_status_report.csv"
    read = place.pupil_files.read(path.name, path.read_bytes(), today=place.session.clock.today())
    assert imports.plan_import(place.session, read, cancelled=lambda: True) is None
    assert place.session.record.find(Pupil) == []
