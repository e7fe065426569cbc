import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.exchange.table import read_csv

GOOD, OTHER = "N855200119042", "V855123425001"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_separator_encoding_and_line_ending(read, separator, encoding, ending):
    rows = [["UPN", "Surname", "Forename", "DOB"], [GOOD, "Brontë", "Zoë", "14/03/2015"]]
    content = "".join(separator.join(row) + ending for row in rows).encode(encoding)
    (zoe,) = read(content).arrivals

    assert zoe.pupil == {"upn": GOOD, "legal_surname": "Brontë", "legal_forename": "Zoë", "birth_date": date(2015, 3, 14)}


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).map(lambda text: text + "x")


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_a_csv_writer_writes_comes_back_equal(rows, separator, encoding, quoting, ending):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=ending).writerows(
        [["UPN", "Legal Surname", "Legal Forename"], *rows]
    )
    found = read_csv(out.getvalue().encode(encoding))

    assert found.headings == ("UPN", "Legal Surname", "Legal Forename")
    assert [list(each.cells) for each in found.rows] == rows


@given(
    st.lists(st.text("abcdefgåéß ", min_size=1, max_size=10).map(lambda text: text.strip() + "x"), min_size=3, max_size=3),
    st.sampled_from(",;\t"),
)
def test_windows_1252_comes_back_equal(row, separator):
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([["UPN", "Surname", "Forename"], row])
    found = read_csv(out.getvalue().encode("cp1252"))

    assert [[" ".join(cell.split()) for cell in row]] == [list(each.cells) for each in found.rows]


def test_one_stray_byte_does_not_spoil_the_other_names(read):
    rows = f"UPN,Surname,Forename\n{GOOD},Zoë,Ada\n".encode() + f"{OTHER},Chloé,Bo\n".encode("cp1252")

    assert [each.pupil["legal_surname"] for each in read(rows).arrivals] == ["Zoë", "Chloé"]


def test_rows_are_counted_as_a_spreadsheet_counts_them(read, told):
    found = read(f'A list,,\n\nUPN,Surname,Forename\n\n{GOOD},"Ha\nrt",Ada\n,,\nB12345,Lee,Bo\n')

    assert (found.arrivals[0].row, found.arrivals[0].pupil["legal_surname"]) == (5, "Ha rt")
    assert told(found) == [(7, "UPN", "error")]


def test_needs_in_several_rows_become_one_pupil(read, told):
    found = read(f"UPN,Surname,Forename,SEN Need,Rank\n{GOOD},Hart,Ada,SLCN,1\n{GOOD},Hart,Ada,Autism,2\n{GOOD},Hart,Ada,SLCN,1\n")

    (ada,) = found.arrivals
    assert [(each.sen_type, each.rank) for each in ada.needs] == [("SLCN", 1), ("ASD", 2)]
    assert told(found) == []


def test_a_second_child_with_the_same_upn_is_left_out_even_in_a_list_of_needs(read, told):
    found = read(f"UPN,Surname,Forename,SEN Need\n{GOOD},Hart,Ada,SLCN\n{GOOD},Lee,Sam,SEMH\n")

    assert [each.sen_type for each in found.arrivals[0].needs] == ["SLCN"]
    assert told(found) == [(3, "UPN", "error")]


def test_needs_rows_that_disagree_say_so_and_the_first_stays(read, told):
    found = read(f"UPN,Surname,Forename,Year,SEN Need\n{GOOD},Hart,Ada,6,SLCN\n{GOOD},Hart,Ada,7,SEMH\n")

    assert found.arrivals[0].pupil["year"] == "6"
    assert told(found) == [(3, "", "warning")]


def test_two_columns_of_needs_are_ranked(read):
    (ada,) = read(f"UPN,Surname,Forename,SEN Need 1,SEN Need 2\n{GOOD},Hart,Ada,SLCN,SEMH\n").arrivals

    assert [(each.sen_type, each.rank) for each in ada.needs] == [("SLCN", 1), ("SEMH", 2)]


def test_a_cell_with_two_needs_is_two_needs(read):
    (ada,) = read(f'UPN,Surname,Forename,SEN Need\n{GOOD},Hart,Ada,"SLCN, SEMH"\n').arrivals

    assert [(each.sen_type, each.rank) for each in ada.needs] == [("SLCN", 1), ("SEMH", 2)]


def test_an_unknown_need_is_told_once_with_how_many_rows_it_is_in(read, told):
    found = read(f"UPN,Surname,Forename,SEN Need\n{GOOD},Hart,Ada,Dreamy\n{OTHER},Lee,Bo,Dreamy\nM856400325042,Poe,Cy,Dreamy\n")

    assert len(found.arrivals) == 3
    assert told(found) == [(2, "SENtype", "warning")]
    assert found.problems[0].message.startswith("Row 2 and 2 more: “Dreamy” in SEN Need is not a DfE type of need")


@pytest.mark.parametrize(("name", "surname", "forename"), [("Smith, Jane", "Smith", "Jane"), ("Mary Jane Brown", "Brown", "Mary Jane")])
def test_full_names_both_ways_round(read, name, surname, forename):
    (one,) = read(f'UPN,Name\n{GOOD},"{name}"\n').arrivals

    assert (one.pupil["legal_surname"], one.pupil["legal_forename"]) == (surname, forename)


def test_the_month_before_the_day_is_refused_and_makes_the_column_s_other_dates_doubtful(read, told):
    found = read(f"UPN,Surname,Forename,DOB\n{GOOD},Hart,Ada,03/14/2015\n{OTHER},Lee,Bo,03/04/2015\nM856400325042,Poe,Cy,2015-04-03\n")

    assert [each.pupil.get("birth_date") for each in found.arrivals] == [None, None, date(2015, 4, 3)]
    assert told(found) == [(2, "personBirthDate", "warning"), (3, "personBirthDate", "warning")]
    assert "month before the day" in found.problems[0].message


def test_a_date_of_birth_in_the_future_or_that_never_was_is_left_out(read, told):
    found = read(f"UPN,Surname,Forename,DOB\n{GOOD},Hart,Ada,01/01/2027\n{OTHER},Lee,Bo,31/02/2015\n,Poe,Cy,31/02/2015\n")

    assert len(found.arrivals) == 2
    assert told(found, "error") == [(4, "UPN", "error")]
    assert [each[0] for each in told(found, "warning")] == [2, 3, 4]


def test_a_short_upn_among_others_is_an_error_and_so_is_a_column_of_broken_ones(read, told):
    assert told(read("UPN,Surname,Forename\nB12345,Hart,Ada\n")) == [(2, "UPN", "error")]
    assert told(read(f"UPN,Surname,Forename\nA001,Hart,Ada\n{GOOD},Lee,Bo\n")) == [(2, "UPN", "error")]


def test_the_same_pupil_twice_without_a_upn(read, told):
    found = read("Surname,Forename,DOB\nHart,Ada,01/05/2015\nHART,ada,1/5/2015\n")

    assert len(found.arrivals) == 1
    assert told(found) == [(2, "UPN", "warning"), (3, "", "error")]


def test_flags_sessions_and_codes(read, told):
    found = read(
        "UPN,Surname,Forename,FSM,LAC,Sessions Possible,Sessions Attended,Ethnicity,First Language,Postcode,Sex\n"
        f"{GOOD},Hart,Ada,T,No,190,168.0,White and Asian,Punjabi,le119zz,Female\n{OTHER},Lee,Bo,maybe,,many,,Martian,,,?\n"
    )

    ada, bo = (each.pupil for each in found.arrivals)
    assert (ada["free_school_meals"], ada["looked_after"], ada["sessions_possible"], ada["sessions_attended"]) == (True, False, 190, 168)
    assert (ada["ethnicity"], ada["first_language"], ada["postcode"], ada["sex"]) == ("MWAS", "PNJ", "LE11 9ZZ", "F")
    assert set(bo) == {"upn", "legal_surname", "legal_forename"}
    assert {each[1] for each in told(found)} == {"freeSchoolMeals", "sessionsPossible", "ethnicity", "sex"}


def test_a_person_s_mapping_goes_over_the_guess(read):
    content = f"UPN,Surname,Forename,Nickname,Class\n{GOOD},Hart,Ada,Addie,6B\n"
    (ada,) = read(content, mapping={3: "preferredForename", 4: ""}).arrivals

    assert ada.pupil["preferred_forename"] == "Addie"
    assert "reg_group" not in ada.pupil


def test_a_chosen_column_takes_the_name_from_the_guessed_one(read):
    found = read(f"UPN,Surname,Forename,Family\n{GOOD},Hart,Ada,Harte\n", mapping={3: "surname"})

    assert found.mapping == {0: "UPN", 2: "forename", 3: "surname"}
    assert found.arrivals[0].pupil["legal_surname"] == "Harte"


def test_headings_that_nobody_knows_can_be_mapped_by_hand(read):
    found = read(f"Dysgwyr\nRhif,Cyfenw,Enw\n{GOOD},Hart,Ada\n", mapping={0: "UPN", 1: "surname", 2: "forename"})

    assert found.headings == ("Rhif", "Cyfenw", "Enw")
    assert found.arrivals[0].pupil["legal_forename"] == "Ada"


def test_why_there_is_no_upn_and_who_has_a_special_place_come_in_by_code_or_by_words(read):
    found = read(
        "UPN,Surname,Forename,Date of Birth,UPN Unknown,SEN Unit Indicator,Resourced Provision\n"
        ",Hart,Ada,3 Feb 2018,UN3,Y,0\n,Bell,Ben,4 Mar 2018,Educated outside England,,true\n"
    )
    told = [(each.pupil.get("upn_unknown"), each.pupil.get("sen_unit"), each.pupil.get("resourced_provision")) for each in found.arrivals]
    assert told == [("UN3", True, False), ("UN3", None, True)]


def test_a_name_that_is_no_column_is_our_mistake(read):
    with pytest.raises(ValueError, match="no such column"):
        read(f"UPN,Surname,Forename\n{GOOD},Hart,Ada\n", mapping={0: "shoeSize"})


def test_an_excel_workbook_is_read_with_its_dates_and_numbers(read):
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["This workbook holds the class list"])
    sheet = book.create_sheet("Pupils")
    sheet.append(["Class list"])
    sheet.append(["Adno", "Legal Surname", "Legal Forename", "Date of Birth", "Year", "SEN Status", "FSM"])
    sheet.append([1001, "Hart", "Ada", datetime(2015, 5, 5), 6, "SEN Support", True])
    sheet.append([None] * 7)
    sheet.append([1002.0, "Lee", "Bo", "14/03/2015", "Year 6", "EHCP", False])
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), filename="list.csv")

    assert found.source == "table"
    assert [(each.row, each.pupil["mis_id"], each.pupil["birth_date"], each.pupil["year"]) for each in found.arrivals] == [
        (3, "1001", date(2015, 5, 5), "6"),
        (5, "1002", date(2015, 3, 14), "6"),
    ]
    assert [each.statuses[0].code for each in found.arrivals] == ["K", "E"]
    assert [each.pupil["free_school_meals"] for each in found.arrivals] == [True, False]
