"""Forms for staff without the program: what is written in one comes back the same, whatever it is."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from sencoapp.documents import DocumentRoom
from sencoapp.domain.lists import ListContent
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.domain.round_robins import pupil_code, token_of

TOKEN = token_of("a secret")
ROOM = DocumentRoom()
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co", "Cf", "Zl", "Zp"), include_characters="\n"), max_size=120).map(
    str.strip
)


def content(**more):
    questions = [
        {"text": "What do they find hard?", "scale": [], "required": True},
        {"text": "How is it going?", "scale": ["Very well", "Not well"], "required": True},
        {"text": "Anything else? " + "A long question goes on. " * 8, "scale": [], "required": False},
    ]
    return {
        "school": "Mill Lane Primary School",
        "demo": False,
        "title": "Annual review",
        "pupil": "Ava Bell",
        "pupil_code": pupil_code("ava"),
        "name": "Mr Łukasz Nowak",
        "token": TOKEN,
        "due": "Friday 4 December 2026",
        "sender": "Sam Carter",
        "made_on": "2026-11-25",
        "questions": questions,
        **more,
    }


PDF, XLSX = ROOM.round_robin_pdf(content()), ROOM.round_robin_xlsx(content())


def filled_pdf(values, form=PDF):
    with pikepdf.Pdf.open(BytesIO(form)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if str(field.T) in values:
                field.V = pikepdf.String(values[str(field.T)])
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def filled_xlsx(values, form=XLSX):
    book = load_workbook(BytesIO(form))
    for cell, value in values.items():
        book.active[cell].value = value
        if isinstance(value, str):
            book.active[cell].data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(WORDS, WORDS))
def test_any_answer_written_into_the_pdf_comes_back_the_same(words):
    back = ROOM.returned_form("form.pdf", filled_pdf({"answer_0": words[0], "answer_1": "Very well", "answer_2": words[1]}))
    assert (back.token, back.pupil, back.way) == (TOKEN, pupil_code("ava"), "pdf")
    assert back.answers == (words[0], "Very well", words[1])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.tuples(WORDS, WORDS))
def test_any_answer_written_into_the_workbook_comes_back_the_same(words):
    back = ROOM.returned_form("form.xlsx", filled_xlsx({"C8": words[0], "C9": "Not well", "C10": words[1]}))
    assert (back.token, back.pupil, back.way) == (TOKEN, pupil_code("ava"), "xlsx")
    assert back.answers == (words[0], "Not well", words[1])


def test_a_form_that_nobody_filled_in_has_no_answers():
    assert ROOM.returned_form("form.pdf", PDF).answers == ("", "", "")
    assert ROOM.returned_form("form.xlsx", XLSX).answers == ("", "", "")


def test_a_number_in_the_workbook_is_read_as_it_is_seen():
    assert ROOM.returned_form("form.xlsx", filled_xlsx({"C8": 12, "C10": 7.5})).answers == ("12", "", "7.5")


def test_the_same_content_gives_the_same_bytes():
    assert ROOM.round_robin_pdf(content()) == PDF
    assert ROOM.round_robin_xlsx(content()) == XLSX


def test_every_field_has_a_name_and_only_the_answers_can_be_written():
    with pikepdf.Pdf.open(BytesIO(PDF)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            hidden = str(field.T) in ("token", "pupil")
            assert bool(int(field.get("/Ff", 0)) & 1) == hidden, field.T
            assert hidden or len(str(field.TU)) > 5
    sheet = load_workbook(BytesIO(XLSX)).active
    assert sheet.protection.sheet
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked] == ["C8", "C9", "C10"]


def test_a_locked_form_a_printed_one_and_another_file_are_told_apart():
    locked = BytesIO()
    with pikepdf.Pdf.open(BytesIO(PDF)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    bare = BytesIO()
    with pikepdf.Pdf.open(BytesIO(PDF)) as pdf:
        del pdf.Root.AcroForm
        for page in pdf.pages:
            del page.Annots
        pdf.save(bare)
    other = ROOM.list_xlsx(ListContent("x", ["A"], [["b"]], date(2026, 1, 1)))
    for name, made, key in (
        ("locked.pdf", locked.getvalue(), "round_robin_form_locked"),
        ("scan.pdf", bare.getvalue(), "round_robin_form_printed"),
        ("list.xlsx", other, "round_robin_not_a_form"),
        ("note.txt", b"not a form", "round_robin_not_a_form"),
        ("half.pdf", PDF[: len(PDF) // 3], "round_robin_form_damaged"),
        ("half.xlsx", XLSX[: len(XLSX) // 2], "file_is_damaged"),
        ("empty.pdf", b"", "file_is_empty"),
    ):
        with pytest.raises(Fault) as told:
            ROOM.returned_form(name, made)
        assert told.value.key == key, name


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from((PDF, XLSX)), st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8))
def test_a_mutilated_form_is_read_or_refused_in_words(form, places):
    made = bytearray(form)
    for at, put in places:
        start = int(at * (len(made) - 1))
        made[start : start + len(put)] = put
    try:
        back = ROOM.returned_form("form", bytes(made))
    except PlainMessage:
        return
    assert len(back.answers) <= 20
