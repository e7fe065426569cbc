"""What a validator does not judge: that a person who hears a document gets what one who sees it gets, and that both can read it."""

import io
from collections import Counter
from functools import cache
from itertools import pairwise

import pikepdf
import pytest

from sencoapp.documents import DocumentRoom
from tests.documents import samples
from tests.documents.every_document import PAPERS, paper
from tests.documents.packs import made_pack
from tests.documents.structure import Read, read

WHITE, TINT = 1.0, 0.871
"""Luminance of paper and of the tint behind notices."""
HEADINGS = ("H1", "H2", "H3", "H4")
everywhere = pytest.mark.parametrize(("method", "variant"), PAPERS)


@cache
def heard(method: str, variant: str) -> Read:
    return read(paper(method, variant))


@everywhere
def test_everything_on_the_page_is_told_or_is_only_of_the_page(method, variant):
    found = heard(method, variant)
    assert found.loose == []
    told = Counter(mark for each in found.root.walk() for mark in each.marks)
    assert set(told) == set(found.marks)
    assert set(told.values()) == {1}


@everywhere
def test_what_is_heard_comes_in_the_order_in_which_it_stands(method, variant):
    """Page after page, from top to bottom; within a row of a table a whole cell comes before the next."""
    last = (0, -1)
    for each in heard(method, variant).root.walk():
        if each.name == "TR":
            for cell in each.kids:
                marks = [mark for inner in cell.walk() for mark in inner.marks]
                assert marks == sorted(marks)
            marks = [mark for inner in each.walk() for mark in inner.marks]
            assert not marks or min(marks) > last
            last = max([last, *marks])
        elif each.name not in ("TH", "TD"):
            assert not each.marks or each.marks[0] > last
            last = max([last, *each.marks])


@everywhere
def test_headings_begin_with_the_first_rank_and_none_is_left_out_or_empty(method, variant):
    ranks = [(int(each.name[1]), each.text) for each in heard(method, variant).root.all(*HEADINGS)]
    assert ranks
    assert ranks[0][0] == 1
    for (before, _), (rank, words) in pairwise(ranks):
        assert rank <= before + 1, words
    assert all(words for _, words in ranks)


@everywhere
def test_no_paragraph_list_or_caption_is_empty(method, variant):
    root = heard(method, variant).root
    for each in root.all("P", "LI", "LBody", "Lbl", "TOCI", "Link", "BlockQuote"):
        assert each.text, each.name
    for each in root.all("L"):
        assert all(kid.name == "LI" for kid in each.kids)
        assert str(each.attribute("/ListNumbering")) == "/Disc"


@everywhere
def test_each_table_has_heads_that_say_what_they_head(method, variant):
    for table in heard(method, variant).root.all("Table"):
        rows = [[cell for cell in row.kids if cell.name in ("TH", "TD")] for row in table.kids]
        wide = {sum(int(cell.attribute("/ColSpan") or 1) for cell in row) for row in rows}
        assert len(wide) == 1
        heads = table.all("TH")
        assert heads
        for head in heads:
            assert head.text
            assert str(head.attribute("/Scope")) in ("/Row", "/Column")
        across = all(cell.name == "TH" for cell in rows[0])
        assert across or all(row[0].name == "TH" for row in rows)
        assert not across or len(str(table.attribute("/Summary"))) > 10


@everywhere
def test_each_drawing_has_words_for_who_cannot_see_it(method, variant):
    for figure in heard(method, variant).root.all("Figure"):
        assert len(str(figure.source.Alt).split()) >= 3
        assert len(figure.attribute("/BBox")) == 4


@everywhere
def test_links_and_fields_say_where_they_lead_and_what_they_ask(method, variant):
    found = heard(method, variant)
    with pikepdf.Pdf.open(io.BytesIO(paper(method, variant))) as pdf:
        boxes = [each for page in pdf.pages for each in page.obj.get("/Annots", [])]
        for each in boxes:
            assert str(each.Contents if each.Subtype == "/Link" else each.TU).strip()
            assert not int(each.F) & 0b10  # hidden
        assert len(boxes) == sum(each.objects for each in found.root.walk())
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Lang == "en-GB"
        assert len(pdf.pages) <= 3 or len(found.root.all("H1", "H2")) < 2 or pdf.Root.get("/Outlines") is not None
    assert all(each.objects == 1 for each in found.root.all("Link", "Form"))


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance (WCAG 2.2)."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in (colour * 3)[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@everywhere
def test_all_words_are_dark_enough_in_black_and_white_too(method, variant):
    """At least 4.5 to 1, on the tint as well (WCAG 2.2, 1.4.3); nothing is told by its colour alone, since all of it is grey."""
    colours = {colour for each in heard(method, variant).root.walk() for piece in each.pieces for colour in piece.colours}
    for colour in colours:
        assert (TINT + 0.05) / (luminance(colour) + 0.05) >= 4.5
        assert max(colour) - min(colour) < 0.05


@everywhere
def test_no_words_are_smaller_than_a_person_can_read(method, variant):
    sizes = {size for each in heard(method, variant).root.walk() for piece in each.pieces for size in piece.sizes}
    assert min(sizes) >= 9.5


@pytest.mark.parametrize("variant", ["usual", "empty", "awkward"])
def test_the_running_words_of_a_pack_are_12_point(variant):
    """Tables, sums of costs and sources of law are a little smaller; what a panel reads from line to line is not."""
    sizes: Counter[float] = Counter()
    for each in heard("request_pack", variant).root.all("P", "BlockQuote", "LBody"):
        for piece in each.pieces:
            sizes.update(piece.sizes)
    assert sizes.most_common(1)[0][0] == 12
    assert sum(count for size, count in sizes.items() if size < 12) <= 0.3 * sum(sizes.values())


def test_whoever_hears_a_pack_is_told_which_page_of_the_evidence_stands_where():
    """What such a page says itself has no tags, and is passed over."""
    found = read(made_pack(DocumentRoom(), samples.snapshot(), samples.evidence()).pdf)
    assert found.loose == []
    told = [(each.name, each.text) for each in found.root.kids]
    first = told.index(("H1", "C. Speech and language therapy report · page 1 of 4"))
    assert told[first + 2] == ("P", "C. Speech and language therapy report · page 2 of 4")
    assert len([each for each in told if each[0] == "H1"]) > 6


def test_large_print_is_large_everywhere():
    found = heard("letter", "large print")
    assert min(size for each in found.root.walk() for piece in each.pieces for size in piece.sizes) >= 18


def test_a_letter_that_is_drawn_from_two_signs_is_heard_as_what_it_is():
    words = heard("letter", "awkward").root.text
    assert "Ọlásùbọ̀mí Ṭāriq" in words
    assert "مرحبا" in words


def test_these_checks_would_tell():
    """A document whose tree is out of order, or whose heading is not one, is found."""
    made = paper("letter", "usual")
    with pikepdf.Pdf.open(io.BytesIO(made)) as pdf:
        document = pdf.Root.StructTreeRoot.K
        kids = list(document.K)
        document.K = pikepdf.Array(reversed(kids))
        kids[0].S = pikepdf.Name.P
        out = io.BytesIO()
        pdf.save(out)
    turned = read(out.getvalue()).root
    marks = [mark for each in turned.walk() for mark in each.marks]
    assert marks != sorted(marks)
    assert turned.all(*HEADINGS)[0].name != "H1"
