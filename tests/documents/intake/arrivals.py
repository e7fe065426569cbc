"""Files as they arrive at a school, honest and otherwise. All are made here; nobody in them is real."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import pikepdf
from PIL import Image, PngImagePlugin

from tests.documents.paper_samples import report

TYPES = "application/vnd.openxmlformats-officedocument"
WORD = f"{TYPES}.wordprocessingml.document.main+xml"
EXCEL = f"{TYPES}.spreadsheetml.sheet.main+xml"


def zipped(parts: Mapping[str, bytes | str], *, compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def types_of(main: str) -> str:
    return (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def relations(*rows: tuple[str, str]) -> str:
    found = "".join(f'<Relationship Type="http://schemas/{kind}" Target="{target}" TargetMode="External"/>' for kind, target in rows)
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{found}</Relationships>'


def word(main: str = WORD, **more: bytes | str) -> bytes:
    """A Word file, with further parts by name."""
    return zipped({"[Content_Types].xml": types_of(main), "word/document.xml": "<w:document>Zo reads.</w:document>", **more})


def excel() -> bytes:
    import openpyxl

    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = "Standardised score"
    book.save(out)
    return out.getvalue()


def open_document(mimetype: str = "application/vnd.oasis.opendocument.text", **more: bytes | str) -> bytes:
    return zipped({"mimetype": mimetype, "content.xml": "<office:document-content/>", **more})


def png_with_words() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "Taken at 12 Orchard Close")
    said.add_itxt("XML:com.adobe.xmp", "GPSLatitude 52.63")
    exif = Image.Exif()
    exif[0x0112] = 8
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 38.0, 0.0)})
    out = io.BytesIO()
    Image.effect_mandelbrot((60, 40), (-2, -1, 1, 1), 20).convert("RGB").save(out, "PNG", pnginfo=said, exif=exif)
    return out.getvalue()


def changed(content: bytes, change: Callable[[pikepdf.Pdf], object], **how: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def starts_a_program(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=pikepdf.Array([0, 0, 9, 9]), A=action)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def hides_a_file(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["list.txt"] = b"attached words"


def dynamic_form(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pdf.make_stream(b"<xdp/>"))


def form_only_shown_elsewhere(pdf: pikepdf.Pdf) -> None:
    dynamic_form(pdf)
    pdf.Root.NeedsRendering = True


def nothing(_: pikepdf.Pdf) -> None:
    pass


def pages(count: int) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        pdf.pages.extend([page] * (count - 1))
        pdf.save(out)
    return out.getvalue()


def locked() -> bytes:
    return changed(report(1, "Locked"), nothing, encryption=pikepdf.Encryption(owner="o", user="u"))


def picture_bomb() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(5001 * 1000))) + chunk(b"IEND", b"")


def pdf_bomb(how: str = "once") -> bytes:
    """A PDF of a few megabytes at the most whose only page unpacks to 470 MB of drawing."""
    packing = zlib.compressobj(9)
    first = packing.compress(b"0 0 m 1 1 l S\n" * 75_000) + packing.flush(zlib.Z_FULL_FLUSH)
    again = packing.compress(b"0 0 m 1 1 l S\n" * 75_000) + packing.flush(zlib.Z_FULL_FLUSH)
    content = first + again * 450  # after a full flush a block stands for itself
    filters = [pikepdf.Name.FlateDecode]
    if how == "twice":
        content, filters = zlib.compress(content, 9), filters * 2
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page()
        page.Contents = pdf.make_indirect(pikepdf.Stream(pdf, content, Filter=pikepdf.Array(filters)))
        if how.startswith("locked"):
            pdf.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
        else:
            pdf.save(out)
    return out.getvalue()
