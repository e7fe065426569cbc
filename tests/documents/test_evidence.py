"""Evidence from outside: every kind that can come, and every way in which a file can be wrong."""

import io
import re
import struct
import zlib

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sencoapp.documents import DocumentRoom
from sencoapp.documents.evidence import inspect
from sencoapp.domain.refusals import Fault
from sencoapp.reference import explain
from tests.documents import samples
from tests.documents.packs import made_pack
from tests.documents.reading import page_texts, picture_of

ROOM = DocumentRoom()


def pack_with(content: bytes, title: str = "The paper"):
    file = {**samples.evidence_files()[0], "letter": "A", "title": title}
    small = samples.snapshot(evidence=[file], cycles=[], provision=[], sections=[])
    return made_pack(ROOM, small, [(file, content)])


def changed(content: bytes, change) -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.report(3, "R"), ("application/pdf", 3)),
        (samples.photo(640, 480), ("image/jpeg", 1)),
        (samples.drawing(), ("image/png", 1)),
        (samples.drawing("L"), ("image/png", 1)),
        (samples.drawing("1"), ("image/png", 1)),
    ],
    ids=["pdf", "jpeg", "png", "grey", "black and white"],
)
def test_a_file_is_known_by_its_content_not_by_its_name(content, expected):
    assert inspect("letter.docx", content) == expected
    assert "The paper" in page_texts(pack_with(content).pdf)[-1]


def test_a_photo_stands_upright_and_tells_nothing_of_where_it_was_taken():
    made = pack_with(samples.photo())
    assert b"SecretCamera" not in made.pdf
    assert b"Exif" not in made.pdf
    with pikepdf.Pdf.open(io.BytesIO(made.pdf)) as pdf:
        image = pdf.pages[-1].Resources.XObject.Evidence
        assert max(image.Width, image.Height) == 1900
        assert image.Height > image.Width  # it was taken lying, to be turned by a quarter
    shown = picture_of(made.pdf, made.pages)
    red, green, _ = shown.getpixel((shown.width // 2, 70))
    assert red > 150
    assert green < 90  # its left edge is now on top


def test_a_see_through_drawing_lies_on_white():
    shown = picture_of((made := pack_with(samples.drawing())).pdf, made.pages)
    assert shown.getpixel((60, 60)) == (255, 255, 255)


def test_a_page_that_is_packed_already_is_not_packed_anew():
    """Which takes longer than all else that is done with it."""
    before = changed(samples.report(1, "R"), lambda _: None)  # pikepdf packs by Flate alone, as Word and scanners do
    with pikepdf.Pdf.open(io.BytesIO(before)) as paper, pikepdf.Pdf.open(io.BytesIO(pack_with(before).pdf)) as pack:
        page = pack.pages[-1]
        assert page.Resources.XObject.Evidence.read_raw_bytes() == paper.pages[0].Contents.read_raw_bytes()
        assert page.Contents.read_bytes().count(b"/Evidence Do") == 1


def test_scripts_actions_links_and_embedded_files_stay_behind():
    def poison(pdf: pikepdf.Pdf) -> None:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script])))
        pdf.attachments["secret.txt"] = b"attached words"
        page = pdf.pages[0]
        page.obj.AA = pikepdf.Dictionary(O=script)
        page.obj.Annots = pdf.make_indirect(
            pikepdf.Array(
                [
                    pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=script),
                    pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=pikepdf.Array([0, 0, 9, 9])),
                ]
            )
        )

    made = pack_with(changed(samples.report(1, "Poisoned"), poison))
    with pikepdf.Pdf.open(io.BytesIO(made.pdf)) as pdf:
        everything = b"".join(each.unparse(resolved=True) for each in pdf.objects)
        assert not pdf.attachments
    assert re.findall(rb"/(?:JavaScript|JS|OpenAction|AA|EmbeddedFiles?|FileAttachment)\b", everything) == []
    assert "Poisoned" in page_texts(made.pdf)[-1]


@pytest.mark.parametrize("packed", [(), ("/FlateDecode",), ("/ASCIIHexDecode", "/FlateDecode")])
@pytest.mark.parametrize("in_a_list", [False, True])
def test_where_a_photo_within_a_pdf_was_taken_stays_behind(packed, in_a_list):
    def poison(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(samples.photo(64, 48), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image)
        image.Width, image.Height, image.BitsPerComponent = 64, 48, 8
        image.ColorSpace, image.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
        if in_a_list or packed:
            whole = image.read_raw_bytes()
            for each in reversed(packed):
                whole = zlib.compress(whole) if each == "/FlateDecode" else whole.hex().encode() + b">"
            image.write(whole, filter=pikepdf.Array([pikepdf.Name(each) for each in (*packed, "/DCTDecode")]))
        image.Metadata = pdf.make_stream(b"<x:xmpmeta>GPSLatitude</x:xmpmeta>")
        page = pdf.pages[0]
        name = page.add_resource(image, pikepdf.Name.XObject)
        page.contents_add(f"q 200 0 0 150 100 100 cm {name} Do Q".encode())

    content = changed(samples.report(1, "With a photo"), poison)
    made = pack_with(content)
    with pikepdf.Pdf.open(io.BytesIO(content)) as before, pikepdf.Pdf.open(io.BytesIO(made.pdf)) as pdf:
        for mark in (b"SecretCamera", b"GPSLatitude"):
            assert mark in streams_of(before)
            assert mark not in streams_of(pdf)
    shown = picture_of(made.pdf, made.pages)
    assert shown.getcolors(1 << 24) != picture_of(pack_with(samples.report(1, "With a photo")).pdf, made.pages).getcolors(1 << 24)


def streams_of(pdf: pikepdf.Pdf) -> bytes:
    """Photos as they are, everything else unpacked."""
    found = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    return b"".join(photo_in(each) or each.read_bytes() for each in found)


def photo_in(stream: pikepdf.Stream) -> bytes:
    filters = stream.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names[-1] != "/DCTDecode":
        return b""
    found = stream.read_raw_bytes()
    for each in names[:-1]:
        found = zlib.decompress(found) if each == "/FlateDecode" else bytes.fromhex(found.rstrip(b">").decode())
    return found


def test_what_was_typed_into_a_form_is_printed():
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(72, 760, "A form")
    canvas.acroForm.textfield(name="answer", value="Typed by the parents", x=72, y=700, width=300, height=24)
    canvas.save()
    assert "Typed by the parents" in page_texts(pack_with(out.getvalue()).pdf)[-1]


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(samples.report(1, "Locked"))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def very_long() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        for _ in range(10):
            pdf.pages.extend(list(pdf.pages))
        pdf.pages.extend(list(pdf.pages))
        pdf.save(out)
    return out.getvalue()


def bomb() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(5001 * 1000))) + chunk(b"IEND", b"")


def no_pages() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"PK\x03\x04 a Word document", "evidence_other_kind"),
        (b"", "evidence_other_kind"),
        (b"GIF89a...", "evidence_other_kind"),
        (locked(), "evidence_locked"),
        (very_long(), "evidence_too_long"),
        (bomb(), "evidence_picture_too_large"),
        (samples.report(2, "Cut")[:400], "evidence_damaged"),
        (b"%PDF-1.7\nnothing more", "evidence_damaged"),
        (no_pages(), "evidence_damaged"),
        (samples.photo(640, 480)[:900], "evidence_damaged"),
        (samples.drawing()[:60], "evidence_damaged"),
        (b"\xff\xd8\xff", "evidence_damaged"),
        (b"\x89PNG\r\n\x1a\n", "evidence_damaged"),
    ],
    ids=["word", "empty", "gif", "locked", "long", "bomb", "cut", "no pdf", "no pages", "cut jpeg", "cut png", "no jpeg", "no png"],
)
def test_a_file_that_cannot_go_in_is_named_in_one_plain_sentence(content, key):
    with pytest.raises(Fault) as fault:
        inspect("The paper", content)
    assert fault.value.key == key
    assert "“The paper”" in explain(fault.value)
    assert "is not bound here" in page_texts(pack_with(content).pdf)[-1]


def test_a_large_photo_is_made_no_larger_than_is_useful():
    made = pack_with(samples.photo(4000, 3000))
    assert len(made.pdf) < 700_000


@pytest.mark.parametrize("mode", ["P", "CMYK", "I;16", "LA", "RGB"])
def test_every_way_of_storing_colours_is_understood(mode):
    out = io.BytesIO()
    image = Image.new("RGB", (120, 90), (200, 120, 40))
    if mode == "I;16":
        Image.new("I;16", (120, 90), 40_000).save(out, "PNG")
    elif mode == "CMYK":
        image.convert("CMYK").save(out, "JPEG")
    else:
        image.convert(mode).save(out, "PNG")
    assert pack_with(out.getvalue()).pages > 2


@settings(max_examples=40, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([samples.report(1, "R"), samples.photo(64, 48), samples.drawing("L", (60, 80))]),
    st.integers(0, 5000),
)
def test_a_file_with_anything_in_it_is_read_or_refused(noise, content, at):
    at %= len(content)
    broken = content[:at] + noise + content[at + len(noise) :]
    try:
        said = explain_or_count(broken)
    except Fault as fault:
        said = explain(fault)
    assert "“The paper”" in said or int(said) > 2


def explain_or_count(content: bytes) -> str:
    return str(pack_with(content).pages)
