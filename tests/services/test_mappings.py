"""What a person said about the columns of a table is used for the next table with the same headings."""

import pytest

from sencoapp.domain.refusals import Fault
from sencoapp.services import mappings

WELSH = b"Dysgwyr\nRhif;Cyfenw;Enw;Llysenw\nN855200119042;Hart;Ada;Addie\n"
SAID = {0: "UPN", 1: "surname", 2: "forename", 3: ""}


def read(place, content, **how):
    return place.pupil_files.read("rhestr.csv", content, today=place.session.clock.today(), **how)


def again(place, content):
    return read(place, content, remembered=mappings.remembered_mappings(place.session.record).columns_for)


def test_headings_that_nobody_knows_are_read_as_they_were_read_before(place):
    with pytest.raises(Fault):
        again(place, WELSH)
    mappings.remember_mapping(place.session, read(place, WELSH, mapping=SAID))
    found = again(place, WELSH.replace(b"Hart;Ada", b"Lee;Bo").replace(b"RHIF", b"rhif"))
    assert found.remembered
    assert found.arrivals[0].pupil["legal_surname"] == "Lee"


def test_a_column_that_was_left_out_stays_out(place):
    content = b"UPN,Surname,Forename,Class\nN855200119042,Hart,Ada,6B\n"
    mappings.remember_mapping(place.session, read(place, content, mapping={3: ""}))
    assert 3 not in again(place, content).mapping
    other = again(place, content.replace(b"Class", b"Form"))
    assert not other.remembered
    assert other.mapping[3] == "regGroup"


def test_it_is_kept_in_the_record_with_who_said_it_and_when(place, reopen):
    content = b"UPN,Surname,Forename,Class\nN855200119042,Hart,Ada,6B\n"
    mappings.remember_mapping(place.session, read(place, content, mapping={3: "address"}))
    found = mappings.remembered_mappings(reopen(place).session.record).find(["upn", " SURNAME", "Forename", "class"])
    assert found is not None
    assert (found.columns[3], found.said_by, found.said_on.isoformat()) == ("address", "Mrs Ruth Adeyemi", "2026-11-24")


def test_it_can_be_forgotten_and_the_oldest_goes_by_itself(place):
    content = b"UPN,Surname,Forename,Class\nN855200119042,Hart,Ada,6B\n"
    mappings.remember_mapping(place.session, read(place, content, mapping={3: ""}))
    mappings.forget_mapping(place.session, ["UPN", "Surname", "Forename", "Class"])
    assert again(place, content).mapping[3] == "regGroup"
    for number in range(mappings.MOST_KEPT + 1):
        mappings.remember_mapping(place.session, read(place, content.replace(b"Class", b"Column %d" % number)))
    kept = mappings.remembered_mappings(place.session.record)
    assert len(kept.kept) == mappings.MOST_KEPT
    assert kept.find(["UPN", "Surname", "Forename", "Column 0"]) is None


def test_a_file_with_unknown_headings_can_be_shown_so_that_a_person_says_what_they_are(place):
    found = read(place, WELSH, mapping={})
    assert found.headings == ("Rhif", "Cyfenw", "Enw", "Llysenw")
    assert found.arrivals == ()
    assert found.problems[0].severity == "error"
