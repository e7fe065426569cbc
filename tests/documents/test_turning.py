"""Pages whose words run sideways are turned in a pack so that they read upright; what is withheld of them stays withheld."""

import io

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from sencoapp.documents import DocumentRoom
from sencoapp.documents.evidence import opened
from sencoapp.documents.turning import turns_in
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.page_scans import pdf_of, scan
from tests.documents.paper_samples import turned
from tests.documents.reading import page_texts, sizes
from tests.documents.test_redaction import is_in

ROOM = DocumentRoom()
ANGLES = (0, 90, 180, 270)


def table(angle: int, *, rows: int = 8, upright: str = "", within: bool = False) -> bytes:
    """A table printed at an angle, counter-clockwise, on an upright sheet; ``upright`` words stand at the foot; ``within`` a form."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    if upright:
        canvas.drawString(60, 30, upright)
    if within:
        canvas.beginForm("table")
        _rows(canvas, angle, rows)
        canvas.endForm()
        canvas.doForm("table")
    else:
        _rows(canvas, angle, rows)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rows(canvas: Canvas, angle: int, rows: int) -> None:
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(angle)
    for row in range(rows):
        canvas.drawString(-250, 100 - row * 25, f"Row {row} of the table that lies on its side on this sheet")


def file(content: bytes, **more):
    return {**samples.evidence_files()[0], "letter": "A", "title": "Table", "pages": 1, **more}, content


def packed(*files) -> bytes:
    return made_pack(ROOM, samples.snapshot(evidence=[each for each, _ in files]), list(files)).pdf


def directions(pdf: bytes, page: int = -1) -> set[int]:
    """The quarter turns, as they are seen, of the words of the evidence: those that begin a row."""
    import math

    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(pdf)
    try:
        shown = document[len(document) + page if page < 0 else page]
        text = shown.get_textpage()
        told = text.get_text_range()
        places = [at for at in range(len(told)) if told.startswith("Row", at)]
        return {round(math.degrees(raw.FPDFText_GetCharAngle(text, at)) + shown.get_rotation()) % 360 for at in places}
    finally:
        document.close()


@pytest.mark.parametrize("angle", ANGLES)
@pytest.mark.parametrize("rotate", ANGLES)
def test_a_page_reads_upright_whichever_way_its_words_ran(angle, rotate):
    content = turned(table(angle), rotate) if rotate else table(angle)
    pdf = packed(file(content))
    assert directions(pdf) == {0}
    lying = (angle // 90) % 2 == 1
    assert sizes(pdf)[-1] == ((842, 595) if lying else (595, 842))
    assert "Row 7 of the table" in page_texts(pdf)[-1]


def test_words_within_a_form_are_seen_too():
    assert turns_in(io.BytesIO(table(90, within=True))) == {0: 90}
    assert directions(packed(file(table(90, within=True)))) == {0}


def test_a_page_number_that_stands_upright_keeps_no_table_lying():
    assert turns_in(io.BytesIO(table(90, upright="Page 4"))) == {0: 90}


def test_what_does_not_agree_or_is_hardly_a_word_stays_as_it_is():
    mixed = table(90, rows=2, upright="This sheet has as many words that run upright as words that run sideways, or more.")
    assert turns_in(io.BytesIO(mixed)) == {}
    assert turns_in(io.BytesIO(table(45))) == {}
    assert turns_in(io.BytesIO(table(90, rows=0, upright="Page 4"))) == {}


@pytest.mark.parametrize("content", [pdf_of(scan(80)), b"no pdf", b"%PDF-1.7 broken", b""])
def test_a_scan_without_words_or_a_broken_file_is_left_alone(content):
    assert turns_in(io.BytesIO(content)) == {}


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_what_is_withheld_of_a_sideways_page_was_marked_before_it_was_turned(angle):
    """The mark lies where the first row is looked at before turning; that row is gone, and the page is turned all the same."""
    content = table(angle)
    word = next(each for each in ROOM.page_words(content, 1) if each.text == "0")
    near = [each for each in ROOM.page_words(content, 1) if each.line == word.line]
    area = {
        "page": 1,
        "left": int(min(each.box.left for each in near) * 10_000),
        "top": int(min(each.box.top for each in near) * 10_000),
        "right": int(max(each.box.right for each in near) * 10_000) + 1,
        "bottom": int(max(each.box.bottom for each in near) * 10_000) + 1,
        "reason": "about another child",
    }
    pdf = packed(file(content, withheld=[area]))
    assert not is_in("Row 0 of", pdf)
    assert sizes(pdf)[-1] == ((842, 595) if angle in (90, 270) else (595, 842))
    assert dark_at_the_top(pdf), "the box stands where the first row stands once the page is turned"


def dark_at_the_top(pdf: bytes) -> bool:
    """Whether the largest dark patch of the last page lies above its middle and is wider than high."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[len(document) - 1].render(scale=0.5).to_pil().convert("L")
    finally:
        document.close()
    high = picture.height - 30  # without the stamp
    rows = [sum(1 for x in range(picture.width) if picture.getpixel((x, y)) < 60) for y in range(high)]
    darkest = max(range(high), key=rows.__getitem__)
    return rows[darkest] > picture.width * 0.2 and darkest < high / 2


def test_only_the_pages_that_need_it_are_turned():
    out = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        for angle in (0, 270, 0):
            with pikepdf.Pdf.open(io.BytesIO(table(angle))) as one:
                made.pages.extend(one.pages)
        made.save(out)
    assert turns_in(io.BytesIO(out.getvalue())) == {1: 270}
    with opened("Table", io.BytesIO(out.getvalue())) as paper:
        assert [size[0] > size[1] for size in paper.sizes] == [False, True, False]
