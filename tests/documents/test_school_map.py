"""The map of a school on paper and as a workbook: it breaks well, calculates elsewhere to the same pence, and shows no cost unasked."""

import csv
import io
import shutil
import subprocess
from datetime import date
from fractions import Fraction

import openpyxl
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sencoapp.documents import DocumentRoom
from sencoapp.documents.school_map_xlsx import sum_formula
from sencoapp.domain.provision import to_pence
from sencoapp.services.map_content import school_map_content
from tests.documents.reading import page_texts, sizes
from tests.services.map_school import PLANNED, QUERY, SPENT, MapSchool
from tests.services.people_of_the_school import TwoClasses

ROOM = DocumentRoom()


@pytest.fixture
def content(place):
    MapSchool(place)
    return school_map_content(place.session, QUERY)


def many(content, times):
    """The same rows again and again, with names that take two lines."""
    lines = [{**each, "title": f"{each['title']} with a very long name that goes on and on for a second line"} for each in content["lines"]]
    return {**content, "lines": lines * times}


def test_a_long_map_repeats_its_heading_on_every_page(content):
    made = ROOM.school_map_pdf(many(content, 12))
    assert sizes(made)[0] == (842, 595)
    pages = page_texts(made)
    assert len(pages) > 5
    for text in pages[:-1]:
        assert "Provision, group, pupil" in text


def test_every_line_of_a_name_stands_as_far_in_as_its_first(content):
    pupil = next(each for each in content["lines"] if each["kind"] == "pupil")
    title = " ".join(["Featherstonehaugh"] * 8)
    pdf = pdfium.PdfDocument(ROOM.school_map_pdf({**content, "lines": [{**pupil, "title": title, "about": ""}]}))
    words = pdf[0].get_textpage()
    boxes = [words.get_rect(number) for number in range(words.count_rects())]
    of_name = [round(left) for left, bottom, right, top in boxes if "Feather" in words.get_text_bounded(left, bottom, right, top)]
    assert len(of_name) > 1
    assert len(set(of_name)) == 1
    assert of_name[0] > 80  # the margin is at 63


def test_the_same_map_gives_the_same_bytes(content):
    assert ROOM.school_map_xlsx(content) == ROOM.school_map_xlsx(content)
    assert ROOM.school_map_pdf(content) == ROOM.school_map_pdf(content)


def test_a_map_without_rows_is_a_whole_document(content):
    empty = {**content, "lines": []}
    assert "No provision is recorded." in page_texts(ROOM.school_map_pdf(empty))[0]
    assert openpyxl.load_workbook(io.BytesIO(ROOM.school_map_xlsx(empty)), data_only=True).active["K5"].value == 0


def test_a_map_for_somebody_who_sees_no_cost_has_no_column_of_it(place):
    school = TwoClasses(place)
    MapSchool(place)
    content = school_map_content(school.session("teacher"), QUERY)
    text = " ".join(page_texts(ROOM.school_map_pdf(content)))
    sheet = openpyxl.load_workbook(io.BytesIO(ROOM.school_map_xlsx(content))).active
    assert "£" not in text
    assert "cost" not in text.casefold()
    assert sheet.max_column == 7
    assert not any(str(cell.value).startswith("=") for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["=1+1", "+44 1632", "@SUM(A1)", "a\x00b"])
def test_a_name_is_never_a_formula(content, name):
    content["lines"][0]["title"] = name
    cell = openpyxl.load_workbook(io.BytesIO(ROOM.school_map_xlsx(content))).active["A5"]
    assert cell.data_type == "s"


def rounded(number, places):
    """ROUND of a spreadsheet: a half away from zero, on the fifteen digits that it shows."""
    from decimal import ROUND_HALF_UP, Decimal

    return float(Decimal(f"{number:.15g}").quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


@given(st.lists(st.tuples(st.integers(1, 100_000), st.integers(1, 5), st.integers(1, 30), st.integers(1, 9999)), min_size=1, max_size=4))
def test_the_formula_of_several_parts_rounds_as_the_record_does(parts):
    shares = [(str(Fraction(minutes, five)), shared, str(Fraction(rate))) for minutes, five, shared, rate in parts]
    exact = sum(Fraction(minutes, five) * rate / (60 * shared) for minutes, five, shared, rate in parts)
    formula = sum_formula(shares)[1:].replace("ROUND(", "rounded(")
    assert round(eval(formula, {"rounded": rounded}) * 100) == to_pence(exact)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_calculates_the_same_pence(content, tmp_path):
    """The cached values are taken out first, so that what comes back was calculated there."""
    book = openpyxl.load_workbook(io.BytesIO(ROOM.school_map_xlsx(content)))
    book.save(tmp_path / "map.xlsx")
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/lo", "--headless", "--convert-to"]
    command += ["csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true", "--outdir", str(tmp_path), str(tmp_path / "map.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with (tmp_path / "map.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[4:]

    def pence(words):
        return int(words.replace("£", "").replace(",", "").replace(".", ""))

    lines = [*content["lines"], content["total"]]
    told = [(pence(row[10]), pence(row[12])) for row in rows[: len(lines)]]
    assert told == [(each["planned_pence"], each["spent_pence"]) for each in lines]
    assert (pence(rows[len(lines) - 1][10]), pence(rows[len(lines) - 1][12])) == (PLANNED, SPENT)


def test_the_days_stand_in_the_title(content):
    assert content["period"] == "2 November 2026 to 27 November 2026"
    assert date.fromisoformat(content["made_on"]) == date(2026, 11, 24)
