"""Lists as files: nothing in them runs, days are days, and the headings stay in sight."""

import csv
import io
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sencoapp.documents import DocumentRoom
from sencoapp.domain.lists import ListContent

DAY = date(2026, 11, 24)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def content(*rows, headings=("Name", "Born", "Sessions", "Lives here")) -> ListContent:
    return ListContent("SEN register", headings, rows, DAY)


def rows_of(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def sheet_of(made: bytes):
    return load_workbook(io.BytesIO(made)).active


def test_a_csv_begins_with_the_mark_that_excel_needs_and_writes_days_as_people_do():
    made = DocumentRoom().list_csv(content(["Zoë O’Neill", date(2018, 2, 3), Decimal("2.50"), True]))
    assert made.startswith(b"\xef\xbb\xbfName,Born")
    assert rows_of(made)[1] == ["Zoë O’Neill", "03/02/2018", "2.50", "Yes"]


@given(st.lists(st.one_of(TEXTS, st.sampled_from(FORMULAS).flatmap(lambda mark: TEXTS.map(lambda text: mark + text))), min_size=1))
def test_no_text_is_a_formula_in_csv(texts):
    rows = rows_of(DocumentRoom().list_csv(content(texts, headings=["=1+1"] * len(texts))))
    assert all(not cell.lstrip(" ").startswith(FORMULAS) for row in rows for cell in row)


@given(st.sampled_from(FORMULAS).flatmap(lambda mark: st.text("ab1(), !'\"", max_size=12).map(lambda text: mark + text)))
def test_no_text_is_a_formula_in_a_workbook(text):
    cell = sheet_of(DocumentRoom().list_xlsx(content([text], headings=[text])))["A2"]
    assert cell.data_type in ("s", "n")
    assert cell.data_type == "s" or cell.value is None


def test_a_negative_number_stays_a_number():
    assert rows_of(DocumentRoom().list_csv(content([-3, Decimal("-1.5")], headings=["A", "B"])))[1] == ["-3", "-1.5"]


def test_a_workbook_has_real_dates_and_its_headings_stay_in_sight():
    made = DocumentRoom().list_xlsx(content(["Hart", date(2018, 2, 3), Decimal("2.5"), False], ["Lee", None, 3, None]))
    sheet = sheet_of(made)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D3"
    assert sheet["A1"].font.bold
    assert (sheet["B2"].is_date, sheet["B2"].value.date(), sheet["B2"].number_format) == (True, date(2018, 2, 3), "dd/mm/yyyy")
    assert (sheet["C2"].value, sheet["D2"].value, sheet["B3"].value) == (2.5, "No", None)


def test_the_same_list_gives_the_same_bytes():
    one = content(["Hart", DAY, 1, True])
    assert DocumentRoom().list_xlsx(one) == DocumentRoom().list_xlsx(one)


def test_what_cannot_be_written_is_left_out_and_a_long_text_is_cut():
    made = DocumentRoom().list_xlsx(content(["a\x00b\x0bc", None, None, "x" * 50_000]))
    sheet = sheet_of(made)
    assert sheet["A2"].value == "abc"
    assert len(sheet["D2"].value) == 32_000
