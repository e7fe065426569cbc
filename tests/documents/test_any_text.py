"""Whatever people type is printed as they typed it: no sign is markup, no text is too long, nothing brings a document down."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sencoapp.documents import DocumentRoom
from sencoapp.documents.content import Column, Content, Grid, PageOf, Pairs, Paragraph, Part, Quote, Row, Title, strong
from sencoapp.documents.pack_sections import repeats
from sencoapp.documents.pdf.press import printed
from sencoapp.documents.pdf.text import lines, printable, shortened
from sencoapp.documents.pdf.type import BODY, REGULAR, TABLE, width_of
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.reading import page_texts

ROOM = DocumentRoom()
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Anne-Marie Theodora Ngozi Łucja Éloïse van der Bergh-O’Sullivan"

any_text = st.text(alphabet=st.characters(), max_size=120)


def document(*blocks) -> Content:
    from datetime import date

    return Content("T", "A", "S", "head", "foot", date(2026, 11, 24), (Part("part", blocks),))


@settings(max_examples=60, deadline=None)
@given(any_text)
@example("<b>bold</b> &amp; <font color=red>red</font> <a href='x'> <img src=x/> ]]> -- <!-- (unclosed \\ ) Tj ET Q")
@example("\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \u202eevil\u202c")
@example("👩‍👧 \ud800 \x00 \ufeff \u200b")
def test_any_text_in_any_place_makes_a_whole_document(text):
    grid = Grid(
        (Column(text, 0.5), Column("n", 0.5, number=True)), (Row((text, strong(text))), Row((text, PageOf("nowhere")), group=True)), text
    )
    made = printed(document(Title(text, text), Paragraph(text), Quote(text, text), Pairs(((text, text),)), grid))
    assert page_texts(made)[0].startswith("head part")


@settings(max_examples=150, deadline=None)
@given(any_text, st.floats(20, 500))
def test_no_line_is_wider_than_its_place_and_no_letter_is_lost(text, width):
    broken = lines(text, BODY, width)
    narrow = max((width_of(each, REGULAR, BODY.size) for each in printable(text)), default=0)
    assert all(line.width <= max(width, narrow) + 0.05 for line in broken)
    assert re.sub(r"[ \n]", "", printable(text)) == "".join(line.text.replace(" ", "") for line in broken)


@given(any_text, st.floats(30, 300))
def test_a_shortened_line_fits(text, width):
    assert width_of(shortened(text, REGULAR, 10, width, between=" · "), REGULAR, 10) <= width


def test_a_foot_that_is_too_long_keeps_its_version():
    foot = "Confidential · A school with a name that goes on for a very long time indeed · version 3"
    assert shortened(foot, REGULAR, 10, 260, between=" · ").endswith("… · version 3")


def test_markup_is_printed_as_it_was_typed():
    answers = "<b>not bold</b> & <i>nor this</i> &lt;"
    whole = samples.snapshot()
    whole["sections"][0]["answers"][0]["text"] = answers
    assert answers in " ".join(page_texts(made_pack(ROOM, whole, samples.evidence()).pdf))


@pytest.mark.parametrize(
    ("words", "told"), [("مرحبا", True), ("שלום", True), ("well done 👏", True), ("Łucja Éloïse Ağaoğlu → “£5” ½", False)]
)
def test_words_that_the_fonts_cannot_show_are_never_lost_silently(words, told):
    whole = samples.snapshot(evidence=[])
    whole["views"][1]["text"] = words
    assert ("Some letters cannot be shown here" in page_texts(made_pack(ROOM, whole, []).pdf)[1]) is told


def test_an_answer_of_five_thousand_words_is_there_to_its_last_word():
    whole = samples.snapshot()
    whole["sections"][6]["answers"][0]["text"] = " ".join(f"word{number}" for number in range(5000)) + "\n\nThe end of it."
    text = " ".join(page_texts(made_pack(ROOM, whole, samples.evidence()).pdf))
    assert all(f"word{number}" in text for number in range(0, 5000, 97))
    assert "The end of it." in text


def test_a_very_long_row_goes_over_pages_under_its_heading():
    rows = [Row(("one", "two"), group=False), Row(("He joins in. " * 900, "last"))]
    made = page_texts(printed(document(Grid((Column("Outcome", 0.4), Column("Met?", 0.6)), rows, "s"))))
    assert len(made) > 3
    assert all("Outcome Met?" in text for text in made)
    assert sum(text.count("He joins in.") for text in made) >= 890


def test_a_very_long_name_is_whole_wherever_it_is_the_matter():
    whole = samples.snapshot()
    whole["pupil"].update(name=LONG_NAME, legal_name=LONG_NAME)
    whole["evidence"][2]["title"] = LONG_NAME
    made = page_texts(made_pack(ROOM, whole, list(zip(whole["evidence"], samples.papers(), strict=True))).pdf)
    assert LONG_NAME.replace("\u00ad", "") in re.sub(r"-\s", "-", made[0])
    assert LONG_NAME in re.sub(r"-\s", "-", made[1]) or LONG_NAME in re.sub(r"-\s", "-", made[2])


def test_a_heading_is_never_the_last_on_its_page():
    from sencoapp.documents.content import Heading

    for count in range(20, 42):
        blocks = [Paragraph("A line.") for _ in range(count)] + [Heading("The heading"), Paragraph("What follows it.")]
        made = page_texts(printed(document(*blocks)))
        with_heading = next(text for text in made if "The heading" in text)
        assert "What follows it." in with_heading


@pytest.mark.parametrize(
    ("answer", "texts", "same"),
    [
        ("I like building.", ["I like building."], True),
        ("Cycle 1. He tries. It helped.", ["He tries.", "It helped.", "Cycle"], True),
        ("I like building. And trains, most of all.", ["I like building."], False),
        ("", ["x"], False),
        ("…", ["x"], False),
    ],
)
def test_an_answer_that_only_repeats_the_record_is_known(answer, texts, same):
    assert repeats(answer, texts) is same


def test_a_word_too_long_for_a_line_breaks_at_its_joints():
    broken = lines("a.very.long.address@tannersfield-primary.example.org", TABLE, 120)
    assert [line.text[-1] for line in broken[:-1]] == [".", "-"] or all(line.text[-1] in ".@-" for line in broken[:-1])
