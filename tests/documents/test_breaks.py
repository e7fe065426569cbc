"""Where pages break, and what a document says that has nothing to tell."""

from datetime import date

import pytest

from sencoapp.documents.content import Column, Content, Grid, Part, Row, Stretch, Title
from sencoapp.documents.pdf.press import printed
from tests.documents.every_document import paper
from tests.documents.reading import page_texts


def pages_of(above: float, rows: list[Row]) -> list[str]:
    grid = Grid((Column("Provision", 0.7), Column("Sessions", 0.3)), rows, "Provision with its sessions")
    parts = [Part("Map", [Title("Map"), Stretch(above), grid])]
    return page_texts(printed(Content("Map", "Mrs Adeyemi", "Map", "", "", date(2026, 11, 24), parts)))


@pytest.mark.parametrize("above", range(520, 660, 9))
def test_a_table_does_not_begin_with_a_single_row_at_a_page_s_foot(above):
    first = pages_of(above, [Row((f"Row {number};", "3")) for number in range(1, 15)])[0]
    assert ("Row 1;" in first) == ("Row 2;" in first)
    assert ("Provision" in first) == ("Row 2;" in first)


@pytest.mark.parametrize("above", range(340, 480, 9))
def test_a_row_stays_with_the_first_of_those_that_belong_to_it(above):
    bands = [
        Row((f"{name} {number};", "3"), subtotal=name == "Band", indent=depth)
        for number in range(1, 9)
        for depth, name in enumerate(("Band", "Group", "Pupil"))
    ]
    first = pages_of(above, bands)[0]
    for number in range(1, 9):
        assert (f"Band {number};" in first) == (f"Pupil {number};" in first)


def test_a_usual_certificate_of_erasure_is_one_page():
    assert len(page_texts(paper("erasure_certificate", "usual"))) == 1


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("timetable_pdf", "Nothing has a time in this week."),
        ("record_copy", "Nothing is kept of this pupil."),
        ("provision_terms_pdf", "This provision has no plan"),
        ("erasure_certificate", "Sealed files: 12. Kind"),
    ],
)
def test_a_document_with_nothing_in_it_says_so_in_whole_sentences(method, words):
    assert words in page_texts(paper(method, "empty"))[0]
