import time
from datetime import date

import pytest

UPN = "N855200119042"


def ctf(*pupils: str, root: str = "CTfile", data: str = "CTFpupilData") -> str:
    inside = "".join(f"<Pupil>{each}</Pupil>" for each in pupils)
    return f"<{root}><Header><DocumentName>Common Transfer File</DocumentName></Header><{data}>{inside}</{data}></{root}>"


def pupil(more: str = "", *, upn: str = UPN, surname: str = "Hart", forename: str = "Ada", born: str = "2015-05-05") -> str:
    return f"<UPN>{upn}</UPN><Surname>{surname}</Surname><Forename>{forename}</Forename><DOB>{born}</DOB>{more}"


@pytest.mark.parametrize(
    ("root", "data", "source"), [("ATfile", "ATFpupilData", "atf"), ("CTfile", "Pupils", "ctf"), ("CTFILE", "CTFpupilData", "ctf")]
)
def test_admissions_files_and_other_names_of_the_block_are_read(read, root, data, source):
    found = read(ctf(pupil(), root=root, data=data))

    assert found.source == source
    assert found.arrivals[0].pupil["legal_surname"] == "Hart"


def test_a_namespace_is_no_hindrance(read):
    found = read(ctf(pupil()).replace("<CTfile>", '<CTfile xmlns="urn:any">', 1))

    assert len(found.arrivals) == 1


def test_a_file_with_a_header_only_says_that_it_holds_no_pupils(read, told):
    found = read(ctf())

    assert found.arrivals == ()
    assert told(found) == [(0, "", "info")]


def test_older_and_flattened_forms_are_read(read):
    found = read(
        ctf(
            pupil(
                "<Gender>F</Gender><NCyearActual>6</NCyearActual><SENhistory><SENstage><SENstageType>E</SENstageType>"
                "<SENstageStartDate>14/03/2024</SENstageStartDate></SENstage></SENhistory>"
                "<Contacts><Contact><Surname>Hart</Surname><Gender>M</Gender><Relationship>PARE</Relationship>"
                "<Responsibility>true</Responsibility></Contact></Contacts>",
                born="05/05/2015",
            )
        )
    )

    (ada,) = found.arrivals
    assert (ada.pupil["sex"], ada.pupil["year"], ada.pupil["birth_date"]) == ("F", "6", date(2015, 5, 5))
    assert [(each.code, each.starts_on) for each in ada.statuses] == [("E", date(2024, 3, 14))]
    assert ada.contacts[0]["relationship"] == "PAF"
    assert ada.contacts[0]["order"] == 1


def test_provision_info_and_plain_provision_are_read(read):
    block = "<SENprovisionInfo><SENprovision>K</SENprovision><StartDate>2024-01-01</StartDate></SENprovisionInfo>"
    info = f"<SENhistory><SENprovision>{block}</SENprovision></SENhistory>"
    plain = "<SENhistory><SENprovision>E</SENprovision></SENhistory>"
    found = read(ctf(pupil(info), pupil(plain, upn="V855123425001", forename="Bo")))

    assert [[(each.code, each.starts_on) for each in one.statuses] for one in found.arrivals] == [[("K", date(2024, 1, 1))], [("E", None)]]


def test_old_codes_are_read_as_today_s_and_told(read, told):
    status = "<SEN><StartDate>2013-01-01</StartDate><SENprovision>S</SENprovision></SEN>"
    needs = "<SENneeds><SENneed><SENtype>BESD</SENtype></SENneed></SENneeds>"
    found = read(ctf(pupil(f"<SENhistory>{status}{needs}</SENhistory>")))

    assert found.arrivals[0].statuses[0].code == "E"
    assert found.arrivals[0].needs[0].sen_type == "SEMH"
    assert told(found) == [(1, "SENprovision", "info")]


def test_suppliers_own_extensions_are_left_aside(read):
    found = read(ctf(pupil("<SuppInfo><Pupil><Surname>Other</Surname></Pupil><SENneed><SENtype>ASD</SENtype></SENneed></SuppInfo>")))

    assert len(found.arrivals) == 1
    assert found.arrivals[0].needs == ()


def test_a_pupil_without_a_upn_is_kept_with_a_warning_and_one_without_a_name_is_not(read, told):
    found = read(ctf(pupil(upn=""), pupil(surname=""), pupil(upn="", born="")))

    assert [each.row for each in found.arrivals] == [1]
    assert told(found) == [(1, "UPN", "warning"), (2, "surname", "error"), (3, "UPN", "error")]


def test_a_wrong_check_letter_is_a_warning_and_a_wrong_form_an_error(read, told):
    found = read(ctf(pupil(upn="A855200119042"), pupil(upn="B12345"), pupil(upn="S855200119042")))

    assert [each.pupil["upn"] for each in found.arrivals] == ["A855200119042"]
    assert told(found) == [(1, "UPN", "warning"), (2, "UPN", "error"), (3, "UPN", "error")]
    assert "should have 13 characters" in found.problems[1].message
    assert "never I, O or S" in found.problems[2].message


def test_a_upn_from_a_council_outside_the_list_is_an_information_only(read, told):
    found = read(ctf(pupil(upn="K660400325042")))

    assert len(found.arrivals) == 1
    assert told(found) == [(1, "UPN", "info")]


def test_a_date_that_does_not_exist_names_the_pupil_who_is_kept(read, told):
    found = read(ctf(pupil(born="2015-02-30")))

    assert "birth_date" not in found.arrivals[0].pupil
    assert told(found) == [(1, "personBirthDate", "warning")]
    assert found.problems[0].message.startswith("Pupil 1 in the file: “2015-02-30” in DOB is not a date that exists")


def test_a_pupil_who_is_there_twice_is_taken_once(read, told):
    found = read(ctf(pupil(), pupil()))

    assert len(found.arrivals) == 1
    assert told(found) == [(2, "UPN", "error")]


def test_attendance_is_that_of_the_latest_year(read):
    years = "".join(
        f"<YearData><Year>{year}</Year><SessionsPossible>{possible}</SessionsPossible><SessionsAttended>{attended}</SessionsAttended></YearData>"
        for year, possible, attended in ((2024, 380, 300), (2025, 100, 90), (2025, 50, 40))
    )
    (ada,) = read(ctf(pupil(f"<Attendance>{years}</Attendance>"))).arrivals

    assert (ada.pupil["attendance_year"], ada.pupil["sessions_possible"], ada.pupil["sessions_attended"]) == ("2025", 150, 130)


def test_a_mobile_number_is_preferred_and_a_fax_is_no_telephone(read):
    phones = "".join(
        f"<Phone><TelephoneType>{kind}</TelephoneType><PhoneNo>{number}</PhoneNo></Phone>"
        for kind, number in (("F", "1"), ("H", "2"), ("M", "3"))
    )
    contact = f"<Contacts><Contact><Surname>Hart</Surname><Phones>{phones}</Phones></Contact></Contacts>"

    assert read(ctf(pupil(contact))).arrivals[0].contacts[0]["phone"] == "3"


def test_windows_1252_where_utf_8_was_promised_is_put_right(read):
    content = ('<?xml version="1.0" encoding="UTF-8"?>' + ctf(pupil(forename="Zoë"))).encode("cp1252")

    assert read(content).arrivals[0].pupil["legal_forename"] == "Zoë"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_other_encodings_are_read(read, encoding):
    declared = {"utf-16": "UTF-16", "utf-8-sig": "UTF-8", "iso-8859-1": "ISO-8859-1"}[encoding]
    content = (f'<?xml version="1.0" encoding="{declared}"?>\n' + ctf(pupil(forename="Zoë"))).encode(encoding)

    assert read(content).arrivals[0].pupil["legal_forename"] == "Zoë"


def test_two_thousand_pupils_are_read_in_well_under_two_seconds(read, sample):
    one = sample("derived", "8552001_CTF_8554003_001.xml").decode("utf-8")
    start, end = one.index("<Pupil>"), one.index("</Pupil>") + len("</Pupil>")
    many = one[:start] + "".join(one[start:end].replace("N855200119042", f"N8552001{number:05d}") for number in range(2000)) + one[end:]
    began = time.perf_counter()
    found = read(many)

    assert len(found.arrivals) == 2000
    assert time.perf_counter() - began < 4  # about 1 s alone; other work may be running
