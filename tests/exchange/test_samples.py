"""What interop.md section 8 demands of the files that others wrote."""

from datetime import date

import pytest

from sencoapp import reference
from sencoapp.domain.refusals import Fault
from sencoapp.exchange import PupilFileReader

from .conftest import SAMPLES, TODAY


@pytest.mark.parametrize("path", sorted(each for each in SAMPLES.rglob("*") if each.is_file()), ids=lambda path: path.name)
def test_every_sample_gives_pupils_and_problems_or_one_plain_refusal(path):
    try:
        found = PupilFileReader().read(path.name, path.read_bytes(), today=TODAY)
    except Fault as fault:
        told = [reference.explain(fault)]
    else:
        told = [each.message for each in found.problems]
    assert all(told)


def test_the_arbor_report_gives_two_pupils_with_their_needs(read, sample, told):
    found = read(sample("mis", "arbor_sen_status_report.csv"))

    ava, ben = found.arrivals
    assert [(each.sen_type, each.rank) for each in ava.needs] == [("SLCN", 1), ("SEMH", 2)]
    assert [each.sen_type for each in ben.needs] == ["ASD"]
    assert [each.code for each in ava.statuses + ben.statuses] == ["K", "E"]
    assert ava.pupil["year"] == "4"
    assert "year" not in ben.pupil
    assert (ava.pupil["legal_surname"], ava.pupil["legal_forename"], ava.pupil["birth_date"]) == ("Adams", "Ava", date(2017, 9, 15))
    assert ava.needs[0].starts_on == date(2025, 12, 16)
    assert ava.pupil["ethnicity"] == "WBRI"
    assert (ava.row, ben.row) == (2, 4)


def test_the_arbor_report_s_short_numbers_are_kept_as_mis_numbers_with_one_warning(read, sample, told):
    found = read(sample("mis", "arbor_sen_status_report.csv"))

    assert [each.pupil["mis_id"] for each in found.arrivals] == ["A001", "A002"]
    assert all("upn" not in each.pupil for each in found.arrivals)
    assert told(found) == [(1, "UPN", "warning")]


def test_the_two_columns_called_sen_status_are_both_kept_by_position(read, sample):
    found = read(sample("mis", "arbor_sen_status_report.csv"))

    assert [number for number, name in found.mapping.items() if name == "SENprovision"] == [6, 12]
    assert found.headings[6] == found.headings[12] == "SEN status"


def test_the_class_list_gives_five_rows_two_of_them_clean(read, sample, told):
    found = read(sample("mis", "classlist_title_row_mixed_dates.csv"))

    jane, amir = found.arrivals
    assert (jane.row, jane.pupil["legal_forename"], jane.pupil["preferred_forename"], jane.pupil["birth_date"]) == (
        3,
        "Jane",
        "Janie",
        date(2012, 3, 14),
    )
    assert (amir.row, amir.pupil["upn"], amir.pupil["birth_date"]) == (4, "A123456789013", date(2012, 7, 1))
    assert told(found, "error") == [(5, "UPN", "error"), (6, "UPN", "error"), (7, "surname", "error")]
    assert (7, "UPN", "warning") in told(found)
    messages = {(each.row, each.field, each.severity): each.message for each in found.problems}
    assert messages[5, "UPN", "error"].startswith("Row 5: the UPN “B12345” should have 13 characters. Check it in your MIS")
    assert "also in row 3" in messages[6, "UPN", "error"]


def test_yes_and_no_in_a_sen_column_are_a_warning_and_no_status(read, sample, told):
    found = read(sample("mis", "classlist_title_row_mixed_dates.csv"))

    assert all(each.statuses == () for each in found.arrivals)
    assert [each for each in told(found, "warning") if each[1] == "SENprovision"] == [
        (3, "SENprovision", "warning"),
        (4, "SENprovision", "warning"),
    ]


def test_the_ctf_gives_the_pupil_with_history_contacts_and_attendance(read, sample):
    found = read(sample("derived", "8552001_CTF_8554003_001.xml"))

    assert found.source == "ctf"
    assert found.problems == ()
    (zoe,) = found.arrivals
    assert [(each.code, each.starts_on) for each in zoe.statuses] == [("N", date(2020, 9, 3)), ("K", date(2022, 1, 10))]
    assert [(each.sen_type, each.rank) for each in zoe.needs] == [("SLCN", 1), ("SEMH", 2)]
    assert [each["parental_responsibility"] for each in zoe.contacts] == [True, True, False]
    assert [each["relationship"] for each in zoe.contacts] == ["PAM", "PAF", "SWR"]
    assert zoe.contacts[0]["lives_with_pupil"] is True
    assert zoe.contacts[1]["address"] == "Flat 2, 1 Mill Lane"
    assert (zoe.pupil["sessions_attended"], zoe.pupil["sessions_possible"]) == (168, 190)
    assert zoe.pupil["legal_forename"] == "Zoë"
    assert zoe.pupil["free_school_meals"] is True
    assert zoe.pupil["looked_after"] is False


def test_the_sims_report_gives_one_pupil_with_two_needs(read, sample):
    found = read(sample("derived", "sims_superstarreport_pupils.xml"))

    assert found.source == "sims_xml"
    (zoe,) = found.arrivals
    assert [each.sen_type for each in zoe.needs] == ["SLCN", "SEMH"]
    assert zoe.pupil["year"] == "6"
    assert zoe.pupil["mis_id"] == "001001"
    assert "Legal Surname" in found.headings
    assert found.problems == ()


def test_headings_without_names_show_the_mapping_and_say_what_is_missing(read, told):
    found = read("UPN|SEN Status|Need type|Need type code|Description|Need ID\nN855200119042|SEN Support|Autism|ASD||1\n")

    assert found.arrivals == ()
    assert found.mapping == {0: "UPN", 1: "SENprovision", 2: "SENtype", 3: "SENtype", 4: "needDescription"}
    assert told(found) == [(1, "surname", "error")]
