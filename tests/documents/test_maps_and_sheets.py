"""Provision maps on paper and as workbooks, and the recovery sheet."""

import io
import re
import shutil
import subprocess
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.documents import DocumentRoom
from sencoapp.documents.provision_map_xlsx import cost_formula
from sencoapp.documents.recovery_sheet import groups_of_four
from tests.documents import samples
from tests.documents.reading import page_texts, sizes

ROOM = DocumentRoom()


@pytest.fixture(scope="module")
def workbook() -> bytes:
    return ROOM.provision_map_xlsx(samples.map_of_pupil())


def test_the_map_of_one_pupil_shows_every_cost_and_how_it_came_about():
    made = ROOM.provision_map_pdf(samples.map_of_pupil())
    text = " ".join(page_texts(made))
    assert sizes(made)[0] == (595, 842)
    for row in samples.provision_rows():
        assert samples.pounds(row["cost_pence"]) in text
        assert row["formula"] in text
    assert "£5,421.87" in text


def test_an_empty_map_is_a_whole_document():
    content = samples.map_of_pupil(0)
    assert "No provision is recorded." in page_texts(ROOM.provision_map_pdf(content))[0]
    book = openpyxl.load_workbook(io.BytesIO(ROOM.provision_map_xlsx(content)), data_only=True)
    assert book["Provision"]["N5"].value == 0


def test_a_map_gives_the_same_bytes_each_time(workbook):
    assert ROOM.provision_map_xlsx(samples.map_of_pupil()) == workbook
    assert ROOM.provision_map_pdf(samples.map_of_pupil()) == ROOM.provision_map_pdf(samples.map_of_pupil())


def test_the_workbook_shows_its_costs_to_programs_that_do_not_calculate(workbook):
    content = samples.map_of_pupil()
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    sheet = book["Provision"]
    rows = sorted(content["pupil"]["rows"], key=lambda each: (each["starts_on"], each["title"]))
    for at, row in enumerate(rows, 5):
        assert round(sheet[f"N{at}"].value * 100) == row["cost_pence"]
        assert sheet[f"M{at}"].value == pytest.approx(row["planned_minutes"] / 60)
    assert round(sheet[f"N{5 + len(rows)}"].value * 100) == content["pupil"]["total_pence"]


def test_the_workbook_calculates(workbook):
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["Provision"]
    assert sheet["N5"].value == cost_formula(5)
    assert sheet["N5"].number_format == '"£"#,##0.00'
    assert sheet.freeze_panes == "B5"
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.page_setup.orientation == "landscape"
    assert book.calculation.fullCalcOnLoad


def test_every_formula_has_a_value_beside_it(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/sheet"):
                sheet = archive.read(name).decode()
                assert sheet.count("<f>") == len(re.findall(r"</f><v>[0-9.e+-]+</v>", sheet)) > 0


def excel_round(number: float, places: int) -> float:
    """ROUND of a spreadsheet: half away from zero, on the fifteen digits that it shows."""
    exact = Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return float(exact)


@given(
    st.integers(1, 5000).map(lambda each: Decimal(each) / 100),
    st.integers(1, 400),
    st.integers(1, 60),
    st.integers(1, 60),
    st.integers(0, 20_000),
)
def test_the_formula_rounds_as_the_record_does(sessions, minutes, weeks, shared, rate):
    formula = cost_formula(5)[1:].replace("ROUND(", "excel_round(")
    cells = {"G5": float(sessions), "H5": minutes, "I5": weeks, "K5": shared, "L5": rate / 100}
    for cell, value in cells.items():
        formula = formula.replace(cell, repr(value))
    exact = Fraction(sessions) * minutes * weeks * rate / (60 * shared)
    assert round(eval(formula, {"excel_round": excel_round}) * 100) == int((exact * 2 + 1) // 2)


@pytest.mark.parametrize("name", ["=1+1", "+44 1632", "-x", "@SUM(A1)", "\t=1", "ordinary", "a\x00b\ud800c"])
def test_a_name_is_never_a_formula(name):
    content = samples.map_of_pupil()
    content["pupil"]["name"] = name
    sheet = openpyxl.load_workbook(io.BytesIO(ROOM.provision_map_xlsx(content)))["Provision"]
    cell = sheet["A5"]
    assert cell.data_type == "s"
    assert cell.value == name.replace("\x00", "").replace("\ud800", "")
    assert cell.quotePrefix is (name[0] in "=+-@\t")


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_another_program_calculates_the_same(workbook, tmp_path):
    (tmp_path / "map.xlsx").write_bytes(workbook)
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/lo",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true",  # UTF-8, numbers as they are shown
        "--outdir",
        tmp_path,
        tmp_path / "map.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True)
    assert samples.pounds(samples.map_of_pupil()["pupil"]["total_pence"]) in (tmp_path / "map.csv").read_text("utf-8")


def test_the_recovery_sheet_is_one_page_with_the_code_and_nobody_s_data():
    made = ROOM.recovery_sheet(samples.recovery())
    pages = page_texts(made)
    assert len(pages) == 1
    for group in samples.CODE.split("-"):
        assert group in pages[0]
    assert "Tannersfield Primary School" in pages[0]
    assert made == ROOM.recovery_sheet(samples.recovery())


def test_a_recovery_sheet_stays_on_one_page_with_very_long_names():
    long = {
        **samples.recovery(),
        "school": "The Very Reverend Bishop Thistlethwaite and Saint Æthelburh Church of England Primary School " * 3,
        "person": "Mrs " + "Ruth " * 40,
    }
    assert len(page_texts(ROOM.recovery_sheet(long))) == 1


def test_a_code_is_shown_in_groups_of_four_however_it_comes():
    assert groups_of_four("7k4m2x9p-tt3a") == ["7K4M", "2X9P", "TT3A"]
