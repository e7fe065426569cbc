"""The same content as Word: read back with python-docx, it has the headings and the words of the PDF."""

import io
import re
import zipfile
from functools import cache
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from sencoapp import reference
from sencoapp.documents import DocumentRoom
from sencoapp.documents.letter import letter_content
from sencoapp.documents.pack_content import written_pages
from sencoapp.documents.plan_paper import plan_content
from sencoapp.documents.recovery_sheet import recovery_content
from sencoapp.documents.word.press import as_word
from tests.documents import every_document as every
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.structure import read

ROOM = DocumentRoom()
ON_PAPER_ONLY = tuple(
    re.sub(r"\s", "", reference.say(f"documents.{each}")) for each in ("contents_note", "lacks_letters", "lacks_letters_words")
)
RANKS = {"Cover title": 1, "Heading 1": 1, "Heading 2": 2, "Heading 3": 3}


def usual_pack() -> Any:
    return samples.snapshot(cycles=[every.measured_cycle(1), *samples.snapshot()["cycles"][1:]])


FILES = {
    "pack": lambda: (ROOM.request_word(usual_pack()), made_pack(ROOM, {**usual_pack(), "evidence": []}, []).pdf),
    "empty pack": lambda: (ROOM.request_word(samples.empty_snapshot()), every.paper("request_pack", "empty")),
    "awkward pack": lambda: (ROOM.request_word(every.awkward_snapshot()), every.paper("request_pack", "awkward")),
    **{
        f"{template}, {kind}": lambda template=template, kind=kind, more=more: (
            ROOM.plan_word(every.plan(template, **more)),
            every.paper("plan", f"{template}, {kind}"),
        )
        for template in sorted(reference.plan_templates())
        for kind, more in (("usual", {}), ("empty", {"empty": True}))
    },
}


@cache
def both(name: str) -> tuple[bytes, bytes]:
    """The Word file and the PDF."""
    return FILES[name]()


@pytest.fixture(scope="module")
def pack() -> bytes:
    return ROOM.request_word(usual_pack())


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def headings(document: Any) -> list[tuple[int, str]]:
    return [(RANKS[each.style.name], letters(each.text)) for each in document.paragraphs if each.style.name in RANKS]


def words(document: Any) -> str:
    """All words in the order in which they stand, those of tables too; a cell over several columns once."""
    return letters("".join(each.text or "" for each in document.element.body.iter() if each.tag == qn("w:t")))


@pytest.mark.parametrize("name", FILES)
def test_word_has_the_headings_of_the_pdf(name):
    made, pdf = both(name)
    heard = [(int(each.name[1]), letters(each.text)) for each in read(pdf).root.all("H1", "H2", "H3")]
    if name == "pack":  # made with evidence, of which the PDF here has none
        heard = [each for each in heard if each[1] != "Evidence"]
    found = [each for each in headings(opened(made)) if name != "pack" or each[1] not in ("Evidence", "Inthispack")]
    assert found == heard


@pytest.mark.parametrize("name", [each for each in FILES if each != "pack"])
def test_word_says_what_the_pdf_says(name):
    """But for page numbers, what is only drawn, the line about page numbers, and letters that only our own fonts lack."""
    made, pdf = both(name)
    said = words(opened(made))
    root = read(pdf).root
    for each in root.all("H1", "H2", "H3", "P", "LBody", "TD", "TH"):
        text = letters(each.text)
        if text and not text.isdigit() and not text.startswith(ON_PAPER_ONLY):
            assert text in said, each.text


def test_it_is_in_british_english_with_a_title_and_styles_of_its_own(pack):
    document = opened(pack)
    told = document.core_properties
    assert told.title == "Request for an EHC needs assessment: Kian Osei"
    assert told.language == "en-GB"
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    body = document.styles["Normal"]
    assert (body.font.name, body.font.size.pt) == ("Arial", 12)
    assert document.styles["Cover title"].base_style.name == "Heading 1"


def test_each_table_repeats_its_heading_and_says_what_it_shows(pack):
    tables = opened(pack).tables
    headed = [table for table in tables if table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(headed) > 8
    for table in headed:
        assert len(table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))) > 10
        assert all(cell.text.strip() for cell in table.rows[0].cells)
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"
    for table in tables:
        if table not in headed:
            assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"


def test_lists_are_lists_and_pictures_have_words(pack):
    document = opened(pack)
    assert sum(each.style.name == "List Bullet" for each in document.paragraphs) > 5
    shapes = document.inline_shapes
    assert len(shapes) == 2  # the chart and the bar beside the guide figure
    for each in shapes:
        assert len(each._inline.docPr.get("descr").split()) > 5
    assert len({each._inline.docPr.get("id") for each in shapes}) == 2


def test_the_contents_are_a_field_whose_lines_lead_to_their_sections(pack):
    document = opened(pack)
    codes = [each.text for each in document.element.body.iter(qn("w:instrText"))]
    assert any("TOC" in each for each in codes)
    marks = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))]
    assert len(links) == 11
    assert set(links) <= marks
    assert all(len(each) <= 40 for each in marks)
    begun = sum(each.get(qn("w:fldCharType")) == "begin" for each in document.element.body.iter(qn("w:fldChar")))
    ended = sum(each.get(qn("w:fldCharType")) == "end" for each in document.element.body.iter(qn("w:fldChar")))
    assert begun == ended


def test_each_page_has_its_number_and_says_whose_it_is(pack):
    section = opened(pack).sections[0]
    assert "Kian Osei" in section.header.paragraphs[0].text
    codes = "".join(each.text for each in section.footer._element.iter(qn("w:instrText")))
    assert "PAGE" in codes
    assert "NUMPAGES" in codes
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_evidence_is_listed_and_said_to_be_elsewhere(pack):
    document = opened(pack)
    text = [each.text for each in document.paragraphs]
    assert "The evidence is not in this file. It is in the PDF of the same version, in this order." in text
    assert any(each.startswith("C  Speech and language therapy report") for each in text)
    listed = next(table for table in document.tables if "Written by" in [cell.text for cell in table.rows[0].cells])
    assert [cell.text for cell in listed.rows[0].cells] == ["Ref.", "Document", "Written by", "Dated"]


def test_the_same_content_gives_the_same_bytes_and_none_of_them_tell_the_time(pack):
    assert ROOM.request_word(usual_pack()) == pack
    with zipfile.ZipFile(io.BytesIO(pack)) as parts:
        assert {each.date_time[0] for each in parts.infolist()} == {2000}
        assert not any("thumbnail" in each for each in parts.namelist())
        assert b"thumbnail" not in parts.read("_rels/.rels")
    told = opened(pack).core_properties
    assert told.created == told.modified
    assert told.created.date().isoformat() == samples.MADE_ON


def test_large_print_is_large_and_black():
    styles = opened(as_word(letter_content(every.letter(large=True)))).styles
    for name in ("Normal", "Heading 1", "Beneath a title", "Footer", "Source"):
        assert styles[name].font.size.pt >= 18
        assert str(styles[name].font.color.rgb) == "161A19"


def test_what_a_person_typed_is_never_markup_and_no_sign_breaks_the_file():
    whole = every.plan("sen_support_plan", words="<w:p> & \x00 \x0b \ud800 \u202e ]]> “x” 👏")
    assert "<w:p>&" in words(opened(ROOM.plan_word(whole)))


def test_every_kind_of_block_has_a_place_in_word():
    from sencoapp.documents import content
    from sencoapp.documents.word.blocks import Writer

    for each in content.Block.__args__:
        assert hasattr(Writer, f"_{each.__name__.lower()}"), each
    assert as_word(recovery_content(samples.recovery()))
    assert len(written_pages(samples.snapshot()).evidence) == 0
    assert plan_content(every.plan("sen_support_plan")).parts


def test_no_row_of_a_long_table_stands_alone_on_a_page(pack):
    (table,) = (each for each in opened(pack).tables if letters(each.cell(0, 0).text) == "Provisionandaim")
    assert len(table.rows) > 8
    kept = [all(each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs) for row in table.rows]
    assert (kept[0], kept[1], kept[-2], kept[-1]) == (True, True, True, False)
