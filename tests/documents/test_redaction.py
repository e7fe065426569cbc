"""What is taken out of an evidence file is gone: looked for with three readers, and in every byte after unpacking."""

import io
import shutil
import subprocess

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from sencoapp.documents.letters import Letter, places_of
from sencoapp.documents.redaction import find_words, redacted
from sencoapp.domain.redaction import WHOLE, Area
from sencoapp.domain.refusals import Fault

SECRET = "Zebedee"


def written(*lines: str, size: float = 14, also=None) -> bytes:
    """A page with these lines on it, and whatever else ``also`` draws."""
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    for number, line in enumerate(lines):
        page.setFont("Times-Roman", size)
        page.drawString(70, 760 - number * 30, line)
    if also:
        also(page)
    page.showPage()
    page.save()
    return out.getvalue()


def changed(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def every_text(content: bytes) -> str:
    """All that can be read of a PDF in any way: three readers, and each object and stream unpacked, in five ways of writing."""
    found = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        found.append(page.get_textpage().get_text_bounded())
    document.close()
    if shutil.which("pdftotext"):
        said = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
        found.append(said.stdout.decode("utf-8", "replace"))
    raw = [content]
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                raw.append(each.read_raw_bytes())
                if each.get("/Filter") != pikepdf.Name.DCTDecode:
                    raw.append(each.read_bytes())
                raw.append(repr(dict(each.items())).encode())
            else:
                raw.append(each.unparse(resolved=True))
    for each in raw:
        found += [each.decode("latin-1"), each.decode("utf-16-be", "replace"), each[1:].decode("utf-16-be", "replace")]
        found.append(bytes(letter for letter in each if 32 < letter < 127).decode())
        found.append(each.replace(b"\0", b"").decode("latin-1"))
    return "\n".join(found)


def is_in(word: str, content: bytes) -> bool:
    text = every_text(content).lower()
    hexed = word.encode().hex()
    wide = word.encode("utf-16-be").hex()
    return any(each.lower() in text for each in (word, word[::-1], hexed, wide))


def without(content: bytes, word: str = SECRET) -> bytes:
    found = find_words("A report", content, word)
    assert found.areas
    return redacted("A report", content, found.areas)


def picture(content: bytes, number: int = 0) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    drawn = document[number].render(scale=2).to_pil().convert("L")
    document.close()
    return drawn


def test_the_word_is_in_no_byte_of_the_copy_and_the_other_words_can_still_be_read():
    whole = written(f"Otto and {SECRET} sit together.", "Otto works well with an adult.", f"{SECRET.upper()}'s mother agrees.")
    assert is_in(SECRET, whole)
    copy = without(whole)
    assert not is_in(SECRET, copy)
    text = every_text(copy)
    assert "Otto works well with an adult." in text
    assert "sit together." in text
    assert picture(copy).crop((140, 200, 400, 228)).getextrema()[0] < 60, "the line without a box is seen as before"


def test_the_boxes_are_black_where_the_word_stood():
    copy = without(written(f"{SECRET} sits here."))
    shown = picture(copy)
    (area,) = find_words("A report", written(f"{SECRET} sits here."), SECRET).areas
    middle = ((area.left + area.right) * shown.width // (2 * WHOLE), (area.top + area.bottom) * shown.height // (2 * WHOLE))
    assert shown.getpixel(middle) == 0
    assert shown.getpixel((middle[0] * 2, middle[1] + 60)) == 255


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_turned_and_cropped_page_is_marked_in_the_right_place(turned):
    def turn(pdf):
        pdf.pages[0].rotate(turned, relative=False)
        pdf.pages[0].cropbox = [40, 200, 560, 800]

    whole = changed(written(f"Otto and {SECRET} sit together.", "A second line."), turn)
    copy = without(whole)
    assert not is_in(SECRET, copy)
    (area,) = find_words("A report", whole, SECRET).areas
    shown = picture(copy)
    box = (
        area.left * shown.width // WHOLE,
        area.top * shown.height // WHOLE,
        area.right * shown.width // WHOLE,
        area.bottom * shown.height // WHOLE,
    )
    assert shown.crop(box).getextrema() == (0, 0)
    before = picture(whole)
    assert (shown.width > shown.height) == (before.width > before.height)


def test_a_name_over_a_line_end_is_found_and_its_possessive_but_no_part_of_another_word():
    whole = written("He sits beside Ann-", "ika Bell every day.", "Annika", "Bell's book.", "Planning with Ann.")
    assert len(find_words("A report", whole, "annika bell").areas) == 4
    assert len(find_words("A report", whole, "Ann").areas) == 2  # "Ann-" could be Ann-Marie


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ("O'Brien", "He sits beside O\u2019Brien."),
        ("O\u2019Brien", "He sits beside O'Brien."),
        ("Zoe", "He sits beside Zo\u00eb."),
        ("Zo\u00eb", "He sits beside Zoe."),
        ("Zoe\u0308", "He sits beside Zo\u00eb."),
        ("Smith-Jones", "He sits beside Smith\u2013Jones."),
    ],
)
def test_a_name_is_found_however_its_accents_apostrophes_and_hyphens_are_written(asked, line):
    whole = written(line)
    (area,) = find_words("A report", whole, asked).areas
    assert not is_in(line.split()[-1].rstrip("."), redacted("A report", whole, [area]))


def test_a_double_name_that_is_broken_at_its_hyphen_is_found_on_both_lines():
    assert len(find_words("A report", written("He sits beside Ann-", "Marie every day."), "Ann-Marie").areas) == 2


def test_an_accent_that_stands_by_itself_belongs_to_its_letter():
    made = [Letter(each, (number, 0, number + 1, 1), (number, 0, number + 1, 1)) for number, each in enumerate("Zoe\u0308 and Zo\u00eb")]
    assert ["".join(letter.text for letter in each) for each in places_of("Zo\u00eb", made)] == ["Zoe\u0308", "Zo\u00eb"]


def test_what_hangs_on_the_file_is_dropped():
    def hang(pdf):
        pdf.docinfo["/Title"] = SECRET
        rdf = f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="{SECRET}"/></rdf:RDF>'
        xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'
        pdf.Root.Metadata = pdf.make_stream(xmp.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.attachments[f"{SECRET}.txt"] = SECRET.encode()
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem(f"About {SECRET}", 0))
        page = pdf.pages[0].obj
        page.Thumb = pdf.make_stream(SECRET.encode(), Width=1, Height=1)
        page.Annots = pikepdf.Array(
            [pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 30, 30], Contents=pikepdf.String(SECRET))]
        )
        page.PieceInfo = pikepdf.Dictionary(Words=pikepdf.String(SECRET))
        pdf.Root.Names.JavaScript = pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String(SECRET), pikepdf.Dictionary()]))
        pdf.Root.Dests = pikepdf.Dictionary({f"/{SECRET}": pikepdf.Array([page, pikepdf.Name.Fit])})

    whole = changed(written("Otto works well."), hang)
    assert is_in(SECRET, whole)
    copy = redacted("A report", whole, [Area(1, 0, 0, 100, 100)])
    assert not is_in(SECRET, copy)
    assert "Otto works well." in every_text(copy)


def test_an_answer_in_a_form_is_found_and_taken_out():
    out = io.BytesIO()
    page = canvas.Canvas(out, pagesize=A4)
    page.drawString(70, 760, "Friends of the child:")
    page.acroForm.textfield(name="friend", value=f"{SECRET} Brown", x=70, y=700, width=200, height=24)
    page.save()
    copy = without(out.getvalue())
    assert not is_in(SECRET, copy)
    assert "Friends of the child:" in every_text(copy)


def beneath_a_box(page):
    page.drawString(70, 500, SECRET)
    page.setFillGray(0)
    page.rect(60, 490, 120, 24, fill=1)


def white_on_white(page):
    page.setFillGray(1)
    page.drawString(70, 500, SECRET)


def white_under_other_words(page):
    page.setFillGray(1)
    page.drawString(70, 500, SECRET)
    page.setFillGray(0)
    page.drawString(70, 500, "Another")


def beneath_a_picture(page):
    page.drawString(70, 500, SECRET)
    noise = Image.effect_noise((200, 60), 90)
    page.drawInlineImage(noise, 60, 490, 120, 40)


def read_by_a_scanner(page):
    text = page.beginText(70, 500)
    text.setTextRenderMode(3)
    text.textLine(SECRET)
    page.drawText(text)


def nearly_nothing(page):
    page.setFont("Times-Roman", 0.2)
    page.drawString(70, 500, SECRET)


def off_the_page(page):
    page.drawString(-300, 500, SECRET)


@pytest.mark.parametrize(
    "hide", [beneath_a_box, white_on_white, white_under_other_words, beneath_a_picture, read_by_a_scanner, nearly_nothing, off_the_page]
)
def test_words_that_nobody_sees_do_not_come_along_even_if_nobody_marked_them(hide):
    whole = written("Otto works well.", also=hide)
    assert is_in(SECRET, whole)
    copy = redacted("A report", whole, [Area(1, 0, 0, 100, 100)])
    assert not is_in(SECRET, copy)
    assert "Otto works well." in every_text(copy)


def test_a_page_whose_words_are_told_otherwise_than_drawn_stays_a_picture():
    def tell(pdf):
        words = pdf.pages[0].Contents.read_bytes()
        pdf.pages[0].Contents = pdf.make_stream(f"/Span <</ActualText ({SECRET})>> BDC\n".encode() + words + b"\nEMC")

    copy = redacted("A report", changed(written("Otto works well."), tell), [Area(1, 0, 0, 100, 100)])
    assert not is_in(SECRET, copy)


def test_a_hidden_layer_stays_behind():
    def layer(pdf):
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("notes")))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=[group], D=pikepdf.Dictionary(OFF=[group], Order=[group]))
        page = pdf.pages[0]
        page.Resources.Properties = pikepdf.Dictionary(Notes=group)
        fonts = next(iter(page.Resources.Font.keys()))
        page.contents_add(f"/OC /Notes BDC BT {fonts} 14 Tf 1 0 0 1 70 760 Tm ({SECRET}) Tj ET EMC".encode())

    whole = changed(written("Otto works well."), layer)
    assert is_in(SECRET, whole)
    assert not is_in(SECRET, redacted("A report", whole, [Area(1, 0, 0, 100, 100)]))


def test_a_scan_has_no_words_and_says_which_pages_a_person_has_to_look_through():
    whole = written(SECRET, also=lambda page: (page.showPage(), page.drawInlineImage(Image.new("L", (300, 300), 128), 50, 300)))
    found = find_words("A report", whole, SECRET)
    assert [each.page for each in found.areas] == [1]
    assert found.pictures == (2,)


def test_an_area_of_a_photo_is_painted_over_upright_and_nothing_else_comes_along():
    shown = Image.new("RGB", (600, 400), (200, 180, 160))
    ImageDraw.Draw(shown).rectangle((0, 0, 99, 99), fill=(255, 0, 0))
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, SECRET
    shown.save(out, "JPEG", exif=exif, comment=SECRET)
    copy = redacted("A photo", out.getvalue(), [Area(1, 7000, 0, WHOLE, 2000)])
    assert SECRET.encode() not in copy
    found = Image.open(io.BytesIO(copy))
    assert found.size == (400, 600)
    assert max(found.getpixel((350, 50))) < 12  # the red corner is at the upper right now
    assert min(found.getpixel((100, 300))) > 140
    assert find_words("A photo", out.getvalue(), SECRET).pictures == (1,)


def test_it_stops_between_two_pages_when_it_is_told_to():
    with pytest.raises(Fault) as refused:
        redacted("A report", written(SECRET), [], cancelled=lambda: True)
    assert refused.value.key == "pack_stopped"


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"\xff\xd8\xff nothing"])
def test_a_damaged_file_is_said_to_be_damaged(content):
    with pytest.raises(Fault) as refused:
        redacted("A report", content, [Area(1, 0, 0, 100, 100)])
    assert refused.value.key == "evidence_damaged"
