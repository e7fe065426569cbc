"""A council's own Word form: where it is written, and that nothing but that changes."""

import io
import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from sencoapp.documents import DocumentRoom
from sencoapp.domain.own_form import FormPlace
from sencoapp.domain.refusals import Fault
from tests.documents.own_forms import word_forms

ROOM = DocumentRoom()
STYLES = (word_forms.table_form, word_forms.control_form, word_forms.legacy_form, word_forms.numbered_form)


def places(content: bytes) -> tuple[FormPlace, ...]:
    return ROOM.read_own_form("form.docx", content).places


def fill(content: bytes, by_label: dict[str, Any]) -> bytes:
    keys = {each.label: each.key for each in places(content)}
    return ROOM.fill_own_form("form.docx", content, {keys[label]: value for label, value in by_label.items()}, labels={}).content


def all_words(content: bytes) -> list[str]:
    """Every piece of text of the body, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", archive.read("word/document.xml").decode())


def sample(place: FormPlace, words: str = "Ærø Łucja") -> Any:
    if place.kind == "tick":
        return True
    if place.kind == "choice":
        return place.options[-1]
    return ((words,) * len(place.options),) * 6 if place.kind == "rows" else words


def test_a_table_of_labels_is_read_in_its_order_with_its_headings() -> None:
    found = [(each.kind, each.label, each.section) for each in places(word_forms.table_form())]
    assert found[:8] == [
        ("text", "Legal surname", "Part 1: the child"),
        ("text", "Legal first name(s)", "Part 1: the child"),
        ("text", "Date of birth", "Part 1: the child"),
        ("text", "UPN", "Part 1: the child"),
        ("text", "Home address", "Part 1: the child"),
        ("tick", "Sex: Male", "Part 1: the child"),
        ("tick", "Sex: Female", "Part 1: the child"),
        ("text", "What does the child say about school?", "Part 2: views"),
    ]
    rows = next(each for each in places(word_forms.table_form()) if each.kind == "rows")
    assert (rows.section, rows.options) == ("Part 3: provision", ("Provision", "By whom", "How often", "Cost"))
    labels = [label for _, label, _ in found]
    assert "Name: Parent/carer 1" in labels
    assert "Telephone: Parent/carer 2" in labels
    assert labels[-3:] == ["Signed", "Date", "Any other information"]


def test_words_go_into_the_cell_beside_their_label_as_paragraphs_in_the_form_s_own_look() -> None:
    out = fill(
        word_forms.table_form(),
        {"Legal surname": "Łucja", "What does the child say about school?": "I like maths.\nI do not like noise.", "Sex: Female": True},
    )
    form = Document(BytesIO(out))
    child, views = form.tables[0], form.tables[1]
    assert child.cell(0, 1).text == "Łucja"
    assert child.cell(3, 1).text == "☐ Male   ☒ Female"
    said = views.cell(1, 0).paragraphs
    assert [each.text for each in said] == ["I like maths.", "I do not like noise."]
    for each in said:
        assert each.runs[0].font.italic, "the look that the council gave to what is typed here"
        assert each.paragraph_format.space_after is not None
    assert child.cell(0, 3).text == "", "nothing was said of it"


def test_rows_grow_with_what_there_is_and_keep_their_numbers() -> None:
    rows = tuple((f"Outcome {number}", f"July 202{number}") for number in range(1, 6))
    table = Document(BytesIO(fill(word_forms.numbered_form(2), {"Outcomes": rows}))).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [[f"{n}.", *rows[n - 1]] for n in range(1, 6)]
    fewer = Document(BytesIO(fill(word_forms.numbered_form(4), {"Outcomes": rows[:1]}))).tables[0]
    assert len(fewer.rows) == 5, "rows that are not needed stay, empty"


def test_content_controls_are_filled_and_word_puts_nothing_else_in_their_place() -> None:
    content = word_forms.control_form()
    assert [(each.kind, each.label) for each in places(content)] == [
        ("text", "Name of child"),
        ("text", "Date of birth"),
        ("choice", "Primary need"),
        ("tick", "The parents agree"),
        ("text", "Why an assessment is needed"),
    ]
    out = fill(content, {each.label: sample(each) for each in places(content)})
    with zipfile.ZipFile(io.BytesIO(out)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert "dataBinding" not in xml
    assert "showingPlcHdr" not in xml
    assert "PlaceholderText" not in xml
    assert 'w14:checked w14:val="1"' in xml
    assert "☒" in xml
    assert "2020-01-01" not in xml
    assert "Speech, language and communication</w:t>" in xml


def test_form_fields_merge_fields_and_bookmarks_are_filled() -> None:
    content = word_forms.legacy_form()
    found = {each.label: each for each in places(content)}
    assert set(found) == {"Surname", "Parents aware: Yes", "Year group", "School", "UPN", "Head teacher"}
    assert found["Surname"].most_characters == 10
    assert found["Year group"].options == ("Year 3", "Year 4", "Year 5")
    values = {found["Surname"].key: "Featherstonehaugh", found["Year group"].key: "Year 4", found["Parents aware: Yes"].key: True}
    values |= {found["School"].key: "Barrowby Primary", found["UPN"].key: "B801200005001", found["Head teacher"].key: "Ms Ito"}
    filled = ROOM.fill_own_form("form.docx", content, values, labels={})
    assert [(each.place, each.fits) for each in filled.too_long] == [(found["Surname"].key, 10)]
    form = Document(BytesIO(filled.content))
    lines = [each.text for each in form.paragraphs]
    assert "Surname: Featherstonehaugh" in lines
    assert "School: Barrowby Primary" in lines
    assert "Head teacher: Ms Ito" in lines
    school = next(each for each in form.paragraphs if each.text.startswith("School"))
    assert str(school.runs[-1].font.color.rgb) == "800000", "the look of the field that stood there"
    with zipfile.ZipFile(io.BytesIO(filled.content)) as archive:
        xml = archive.read("word/document.xml").decode()
    assert '<w:checked w:val="1"/>' in xml
    assert '<w:result w:val="1"/>' in xml
    assert "MERGEFIELD" not in xml


@pytest.mark.parametrize("make", STYLES, ids=lambda each: each.__name__)
def test_the_council_s_words_stay_as_they_are_and_other_parts_byte_for_byte(make: Any) -> None:
    content = make()
    out = ROOM.fill_own_form("form.docx", content, {each.key: sample(each) for each in places(content)}, labels={}).content
    words = iter("".join(all_words(out)))
    kept = re.sub(
        r"[\s☐\u2002_«»]|Click here( to enter text)?\.|Enter a date\.|Choose an item\.|SchoolName|UPN»", "", "".join(all_words(content))
    )
    assert all(letter in words for letter in kept), "each letter of the form stands in the filled one, in the same order"
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(io.BytesIO(out)) as new:
        assert old.namelist() == new.namelist()
        assert {name for name in old.namelist() if old.read(name) != new.read(name)} <= {"word/document.xml"}
    assert (
        ROOM.fill_own_form("form.docx", content, {}, labels={}).content == ROOM.fill_own_form("form.docx", content, {}, labels={}).content
    )


_WORDS = (
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=60).map(str.strip).filter(bool)
)


@settings(max_examples=40, deadline=None)
@given(label=_WORDS.filter(lambda each: any(letter.isalnum() for letter in each)), value=_WORDS, more=_WORDS)
def test_any_words_beside_any_label_come_back_as_they_were(label: str, value: str, more: str) -> None:
    form = Document()
    table = form.add_table(rows=2, cols=2)
    label = (
        label.replace("_", " ").replace("☐", " ").replace("…", " ").replace("□", " ").replace("⬜", " ").replace("❏", " ").replace("❑", " ")
    )
    table.cell(0, 0).text, table.cell(1, 0).text = f"a{label}z", "Another label"
    content = word_forms.saved(form)
    found = places(content)
    assert [each.kind for each in found] == ["text", "text"]
    out = ROOM.fill_own_form("f.docx", content, {found[0].key: f"{value}\n{more}", found[1].key: more}, labels={}).content
    read = Document(BytesIO(out)).tables[0]
    assert [each.text for each in read.cell(0, 1).paragraphs] == [value, more]
    assert read.cell(1, 1).text == more
    assert read.cell(0, 0).text == table.cell(0, 0).text


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("☐ Yes  ☐ No", ["Yes", "No"]),
        ("Yes ☐  No ☐", ["Yes", "No"]),
        ("Are the parents aware? Yes ☐ No ☐", ["Are the parents aware? Yes", "Are the parents aware? No"]),
        ("Are the parents aware? ☐ Yes ☐ No", ["Are the parents aware? Yes", "Are the parents aware? No"]),
        ("Reports attached ☐", ["Reports attached"]),
        ("☐ Reports attached", ["Reports attached"]),
    ],
)
def test_a_box_is_called_by_the_words_on_its_own_side(line: str, labels: list[str]) -> None:
    form = Document()
    form.add_paragraph(line)
    assert [(each.kind, each.label) for each in places(word_forms.saved(form))] == [("tick", each) for each in labels]


def swapped(content: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            new.writestr(each, data if each == name else old.read(each))
    return out.getvalue()


_ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<w:document xmlns:w="x">&b;</w:document>'
)
_DEEP = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    + b"<w:tbl><w:tr><w:tc>" * 400
    + b"</w:tc></w:tr></w:tbl>" * 400
    + b"</w:body></w:document>"
)


@pytest.mark.parametrize("data", [b"", b"<a/>", b"no xml at all", _ENTITIES, _DEEP], ids=["empty", "other", "text", "entities", "deep"])
def test_a_file_with_something_else_inside_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Fault, match="own_form_is_damaged"):
        places(swapped(word_forms.table_form(), "word/document.xml", data))


def test_what_is_no_form_is_refused_with_a_sentence() -> None:
    with pytest.raises(Fault, match="own_form_no_places"):
        places(word_forms.saved(Document()))
    with pytest.raises(Fault, match="own_form_not_a_form"):
        ROOM.read_own_form("form.docx", b"Dear colleague, please find attached")
    macros = swapped(
        word_forms.table_form(),
        "[Content_Types].xml",
        b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" '
        b'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
    )
    with pytest.raises(Fault, match="file_has_macros"):
        ROOM.read_own_form("form.docm", macros)
    with pytest.raises(Fault, match="own_form_is_damaged"):
        ROOM.fill_own_form("form.docx", word_forms.table_form(), {"document:999": "words"}, labels={})
