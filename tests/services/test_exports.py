"""What leaves the record: lists and CTFs, each noted, each as it is filtered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sencoapp.domain.casework import Disclosure
from sencoapp.domain.people import Contact, Pupil
from sencoapp.domain.record import Amend, New
from sencoapp.domain.refusals import Refusal
from sencoapp.services import cases, exports, imports, observations, plans, pupils
from sencoapp.services.lists import LISTS, contacts_of_pupil
from sencoapp.services.ports import RegisterQuery
from tests.places import add_pupil, add_pupil_without_sen

ALL = RegisterQuery()


@pytest.fixture
def school(place):
    kian = add_pupil(place, upn="N855200119042", sex="M", sessions_possible=190, sessions_attended=168)
    add_pupil_without_sen(place, "Lee", "Bo")
    mother = Contact(place.session.ids.new(), kian.id, 1, "Osei", "Abena", relationship="PAM", parental_responsibility=True)
    place.session.record.save([New(mother)], action="add_contact", actor=place.session.actor)
    observations.record_observation(place.session, pupils=[kian.id], text="=Read aloud")
    long_ago = place.session.clock.today() - timedelta(days=45)
    cases.open_case(place.session, kian.id, "needs_assessment", dates={"request_received": long_ago})
    plans.start_cycle(place.session, kian.id, starts_on=date(2026, 9, 1), review_due_on=date(2026, 12, 10))
    return place


def rows(place, name, query=ALL, text=""):
    content = exports.list_content(place.session, name, query, text)
    return [dict(zip(content.headings, row, strict=True)) for row in content.rows]


def test_the_register_comes_out_as_it_is_filtered(school):
    assert [each["Legal surname"] for each in rows(school, "register")] == ["Lee", "Osei"]
    (kian,) = rows(school, "register", RegisterQuery(statuses=("K",)))
    assert (kian["UPN"], kian["Date of birth"], kian["SEN status"], kian["SEN need 1"]) == ("N855200119042", date(2018, 2, 3), "K", "SLCN")
    assert str(kian["Attendance %"]) == "88.4"


@pytest.mark.parametrize("name", [each for each in LISTS if each != "provision"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_list_can_be_written_and_its_leaving_is_noted(school, name, ending):
    content = exports.list_content(school.session, name, ALL)
    made = exports.list_file(school.documents, content, ending)
    assert made.count == len(content.rows) > 0
    assert made.name.endswith(f"2026-11-24.{ending}")
    exports.note_export(school.session, made, "list on a stick")
    (left,) = school.session.record.find(Disclosure)
    assert (left.what, left.by) == (made.what, school.session.actor.id)
    assert "list on a stick" in left.recipient


def test_the_open_plans_come_out_with_their_stage_and_review(school):
    (kian,) = rows(school, "plans")
    assert (kian["Pupil"], kian["Stage"], kian["Review due"]) == ("Kian Osei", "Assess", date(2026, 12, 10))


def test_the_contacts_of_one_pupil_come_out_also_when_the_pupil_has_left(school):
    record = school.session.record
    (kian,) = record.find(Pupil, legal_surname="Osei")
    record.save([Amend(Pupil, kian.id, {"left_on": date(2026, 7, 1)})], action="change_pupil", actor=school.session.actor)
    content = contacts_of_pupil(record, kian.id, school.session.clock.today())
    (mother,) = [dict(zip(content.headings, row, strict=True)) for row in content.rows]
    assert (mother["Pupil"], mother["Contact’s surname"], mother["Relationship"]) == ("Kian Osei", "Osei", "Mother")


def test_a_list_with_nothing_in_it_is_not_written(place):
    for name in LISTS:
        with pytest.raises(Refusal):
            exports.list_content(place.session, name, ALL)
    with pytest.raises(Refusal):
        exports.transfer_content(place.session, ALL)


def test_the_register_as_a_spreadsheet_comes_back_as_the_same_pupils(school):
    for ending in ("csv", "xlsx"):
        made = exports.list_file(school.documents, exports.list_content(school.session, "register", ALL), ending)
        plan = imports.plan_import(school.session, school.pupil_files.read(made.name, made.content, today=school.session.clock.today()))
        assert [each.name for each in plan.unchanged] == ["Bo Lee", "Kian Osei"], [each.changes for each in plan.changed]


def test_a_ctf_has_the_pupils_of_the_filter_or_one_and_counts_its_number(school):
    assert len(exports.transfer_content(school.session, ALL).pupils) == 2
    content = exports.transfer_content(school.session, RegisterQuery(statuses=("K",)), destination="8554003")
    made = exports.transfer_file(school.pupil_files, content, exports.next_serial(school.session))
    assert (made.name, made.count) == ("8552001_CTF_8554003_001.xml", 1)
    exports.note_export(school.session, made, made.name)
    assert exports.next_serial(school.session) == 2
    one = exports.transfer_content(school.session, ALL, pupil=content.pupils[0].pupil.id)
    assert one.pupils == content.pupils


def test_many_pupils_are_gathered_as_few_are(school, monkeypatch):
    few = exports.transfer_content(school.session, ALL)
    monkeypatch.setattr(exports, "MOST_PUPILS_IN_FULL", 0)
    assert replace(exports.transfer_content(school.session, ALL), made_at=few.made_at) == few


def test_what_is_kept_apart_is_in_a_ctf_only_where_somebody_chose_it_and_that_is_noted(place):
    pupil = add_pupil(place, address="1 Mill Lane", postcode="LE99 1AA")
    for forename, home, address in (("Niamh", True, "1 Mill Lane"), ("Sean", False, "9 Station Road")):
        values = {"surname": "Osei", "forename": forename, "parental_responsibility": True, "lives_with_pupil": home, "address": address}
        pupils.add_contact(place.session, pupil.id, {**values, "phone": "07700 900123", "email": "them@example.org"})
    telling = (b"Mill Lane", b"LE99", b"Station Road", b"07700", b"them@example.org")
    content = exports.transfer_content(place.session, ALL)
    made = exports.transfer_file(place.pupil_files, content, 1)
    assert (made.apart, made.apart_told) == (3, False)
    assert not [each for each in telling if each in made.content]
    assert b"Niamh" in made.content
    exports.note_export(place.session, made, made.name)
    assert place.session.record.trail(what=("kept_apart_given_out",)) == []
    chosen = exports.transfer_file(place.pupil_files, exports.transfer_content(place.session, ALL, with_apart=True), 2)
    assert [each for each in telling if each not in chosen.content] == []
    exports.note_export(place.session, chosen, chosen.name)
    [noted] = place.session.record.trail(what=("kept_apart_given_out",))
    assert noted.facts == {"people": 3}


def test_a_family_under_one_roof_is_in_a_ctf_as_before(school):
    content = exports.transfer_content(school.session, ALL)
    assert content.apart == 0
    assert content.pupils == exports.transfer_content(school.session, ALL, with_apart=True).pupils
