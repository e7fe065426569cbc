"""Documents from outside: what they are, and how each page of them gets into a pack.

What a file is follows from its first bytes. Only the look of its pages is taken over: scripts, actions, forms, links,
embedded files and what a photo says about where it was taken stay behind.
"""

import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from sencoapp.documents.jpeg import jpeg_without_place
from sencoapp.documents.later import Later
from sencoapp.domain.refusals import Fault, PlainMessage

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
MOST_PAGES = 1_000
MOST_PIXELS = 80_000_000
"""Above this Pillow itself begins to speak of bombs; a 50-megapixel photo still goes in."""
LONGEST_SIDE = 1_900
"""Pixels: an A4 page at about 160 dots an inch, which a printer and an eye are content with."""
_LOSSLESS_BYTES = 1_500_000
_QUALITY = 85
_MARGIN = 34.0
HEAD_BYTES = 1024


def media_type_of(content: bytes) -> str | None:
    """The media type by content; ``None`` for a kind that cannot go in a pack."""
    if b"%PDF-" in content[:HEAD_BYTES]:
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return None


def inspect(title: str, content: bytes) -> tuple[str, int]:
    """The media type and the number of pages. Raises ``Fault`` for a file that cannot go in a pack (see ``opened``)."""
    with opened(title, BytesIO(content)) as paper:
        return paper.media_type, len(paper.sizes)


@dataclass(frozen=True)
class Paper:
    """An opened document. ``sizes`` has the width and height of the sheet for each page in points, as it is looked at."""

    title: str
    media_type: str
    sizes: Sequence[tuple[float, float]]
    put: Callable[[Any, Any, int], None] = field(repr=False)
    """``put(pack, page of the pack, number of a page of this document)``: lays one page under the stamp that is there."""
    shows_itself_elsewhere: bool = False


@contextmanager
def opened(title: str, source: BinaryIO, turns: Mapping[int, int] | None = None, later: Later | None = None) -> Iterator[Paper]:
    """Opens a document for reading its pages. They are read from ``source`` as they are wanted: it stays open as long as they are.

    ``turns`` are degrees, clockwise, for pages (from 0) that do not read upright; without it, the words of the file tell them.
    Raises ``Fault``: ``evidence_other_kind``, ``evidence_locked``, ``evidence_too_long``, ``evidence_picture_too_large``,
    ``evidence_damaged``. Each names the document.
    """
    source.seek(0)
    kind = media_type_of(source.read(HEAD_BYTES))
    source.seek(0)
    if kind == PDF:
        with _opened_pdf(title, source, turns, later) as paper:
            yield paper
    elif kind in (JPEG, PNG):
        yield _opened_picture(title, kind, source.read(), (turns or {}).get(0, 0), later)
    else:
        raise Fault("evidence_other_kind", title=title)


@contextmanager
def _opened_pdf(title: str, source: BinaryIO, turns: Mapping[int, int] | None, later: Later | None) -> Iterator[Paper]:
    import pikepdf

    from sencoapp.documents.pdf.finish import sized
    from sencoapp.documents.turning import turn, turns_of

    with damage_is_a_fault(title):
        try:
            pdf = pikepdf.Pdf.open(source)
        except pikepdf.PasswordError:
            raise Fault("evidence_locked", title=title) from None
    with pdf:
        with damage_is_a_fault(title):
            count = len(pdf.pages)
            if count > MOST_PAGES:
                raise Fault("evidence_too_long", title=title, pages=f"{count:,}", most=f"{MOST_PAGES:,}")
            if not count:
                raise Fault("evidence_damaged", title=title)
            pages, elsewhere = list(pdf.pages), shows_itself_elsewhere(pdf)
            if any("/Annots" in page.obj for page in pages):
                print_what_was_filled_in(pdf, pages)
            for number, degrees in (turns_of(pdf, source) if turns is None else turns).items():
                if number < count:
                    turn(pages[number], degrees)
            own = [sized(page) for page in pages]
            sizes = [_sheet_size(each) for each in own]
            _leave_only_what_is_drawn(title, pdf, source, later)

        def put(pack: Any, under: Any, number: int) -> None:
            with damage_is_a_fault(title):
                _lay_under(pack, under, pages[number], own[number], sizes[number])

        yield Paper(title, PDF, sizes, put, elsewhere)


def shows_itself_elsewhere(pdf: Any) -> bool:
    """A form of Adobe's own kind whose pages say only "Please wait" (XFA; Root has NeedsRendering, ISO 32000-1, Table 28)."""
    return bool(pdf.Root.get("/NeedsRendering", False))


def print_what_was_filled_in(pdf: Any, pages: Sequence[Any]) -> None:
    """Turns the answers of a filled-in form and the comments on a page into part of the page. Links go."""
    if "/AcroForm" in pdf.Root and pdf.Root.AcroForm.get("/NeedAppearances", False):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("print")
    for page in pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


_OF_FONTS = ("/Length1", "/Length2", "/Length3")
_ASIDE = ("/Metadata", "/PieceInfo", "/AF", "/OPI", "/Ref", "/LastModified", "/Alternates")


def _leave_only_what_is_drawn(title: str, pdf: Any, source: BinaryIO, later: Later | None) -> None:
    """Takes out what hangs on the drawings of a page: notes about them, files, and where the photos in it were taken.

    Large pictures and fonts are left out of memory where they may be read ``later``.
    """
    from pikepdf import Name, Stream

    for each in pdf.objects:
        if not isinstance(each, Stream):
            continue
        for key in _ASIDE:
            if key in each:
                del each[key]
        if each.get("/Subtype") != Name.Image and not any(key in each for key in _OF_FONTS):
            continue
        bare = _bare(each)
        if later and later.wanted:
            now = bare or _packed(each)
            if later.is_for(len(now.content)):
                again = partial(_read_again, title, later, source, each.objgen, bare is not None)
                bare = now._replace(content=later.stands_for(now.content, again))
        if bare:
            each.write(bare.content, filter=bare.filter, decode_parms=bare.how, type_check=False)


class _Drawn(NamedTuple):
    """What a picture or a font is drawn from, and how it is packed (ISO 32000-1, 7.3.8.2)."""

    content: bytes
    filter: Any
    how: Any


def _read_again(title: str, later: Later, source: BinaryIO, number: tuple[int, int], changed: bool) -> bytes:
    with damage_is_a_fault(title):
        found = later.again(source).get_object(number)
        return ((_bare(found) if changed else None) or _packed(found)).content


def _packed(stream: Any) -> _Drawn:
    """A stream as it is kept, or as a pack keeps it."""
    from pikepdf import Name

    if "/Filter" not in stream:
        return _Drawn(zlib.compress(stream.read_raw_bytes()), Name.FlateDecode, None)
    return _Drawn(stream.read_raw_bytes(), stream.Filter, stream.get("/DecodeParms"))


def _bare(stream: Any) -> _Drawn | None:
    """A JPEG with nothing but what is needed to draw it; None for one that has nothing else, and for what is none."""
    from pikepdf import Name, PdfError

    if stream.get("/Subtype") != Name.Image:
        return None
    try:
        whole, how = _jpeg_in(stream)
        bare = jpeg_without_place(whole) if whole else whole
    except (ValueError, IndexError, struct.error, PdfError):
        return None  # not a whole JPEG: it is drawn as far as it goes, and a reader sees nothing else of it
    return None if bare == whole else _Drawn(bare, Name.DCTDecode, how)


def _jpeg_in(picture: Any) -> tuple[bytes, Any]:
    """The JPEG that a picture is kept as, without what it is packed in besides, and how it is to be read (ISO 32000-1, 7.4).

    No bytes where it is kept in another way.
    """
    from pikepdf import Array, Dictionary, Name, Pdf

    packed, told = picture.get("/Filter"), picture.get("/DecodeParms")
    ways = list(packed) if isinstance(packed, Array) else [packed]
    hows = list(told) if isinstance(told, Array) else [told]
    if not ways or ways[-1] != Name.DCTDecode:
        return b"", None
    how = hows[-1] if len(hows) == len(ways) else None
    if len(ways) == 1:
        return picture.read_raw_bytes(), how
    with Pdf.new() as aside:
        outer = aside.make_stream(picture.read_raw_bytes(), Filter=Array(ways[:-1]))
        if len(hows) == len(ways):
            outer.DecodeParms = Array([Dictionary(dict(each)) if isinstance(each, Dictionary) else None for each in hows[:-1]])
        return outer.read_bytes(), how


def _sheet_size(own: tuple[float, float]) -> tuple[float, float]:
    """The paper that a page goes on: A4, upright or lying, or A3 for what is much larger than A4."""
    from sencoapp.documents.pdf.type import A4

    lying = own[0] > own[1]
    short, long = sorted(own)
    scale = 2**0.5 if long > A4[1] * 1.2 and short > A4[0] * 1.2 and long < A4[1] * 1.6 else 1.0
    wide, high = A4[0] * scale, A4[1] * scale
    return (high, wide) if lying else (wide, high)


def _lay_under(pack: Any, under: Any, page: Any, own: tuple[float, float], sheet: tuple[float, float]) -> None:
    from pikepdf import Name, Rectangle, Stream

    from sencoapp.documents.pdf.flow import STAMP_STRIP

    wide, high = sheet[0], sheet[1] - STAMP_STRIP
    scale = min(wide / own[0], high / own[1], 1.0)
    width, height = own[0] * scale, own[1] * scale
    left, top = (wide - width) / 2, sheet[1] - max(0.0, (high - height) / 2 if height < high * 0.6 else 0.0)
    form = page.as_form_xobject()
    drawing = page.obj.get("/Contents")
    if isinstance(drawing, Stream) and drawing.get("/Filter") == Name.FlateDecode and "/DecodeParms" not in drawing:
        form.write(drawing.read_raw_bytes(), filter=Name.FlateDecode)  # as it is, or it would be unpacked and packed again
    form = pack.copy_foreign(form)
    name = under.add_resource(form, Name.XObject, name=Name.Evidence)
    drawn = under.calc_form_xobject_placement(form, name, Rectangle(left, top - height, left + width, top), allow_expand=False)
    stamp = under.obj.Contents
    stamp.write(b"/Artifact BMC\n" + drawn + b"EMC\n" + stamp.read_bytes())


@contextmanager
def damage_is_a_fault(title: str) -> Iterator[None]:
    """A hostile or broken file may raise anything; whatever it is, the document is what is at fault."""
    try:
        yield
    except (PlainMessage, MemoryError):
        raise
    except Exception as trouble:
        raise Fault("evidence_damaged", title=title) from trouble


@dataclass(frozen=True)
class _Picture:
    """A picture as a PDF keeps it."""

    width: int
    height: int
    grey: bool
    data: bytes
    filter: str


def _opened_picture(title: str, kind: str, content: bytes, degrees: int, later: Later | None) -> Paper:
    with damage_is_a_fault(title):
        check_pixels(title, kind, content)
        picture = _made_ready(kind, content, degrees)
        if later and later.is_for(len(picture.data)):
            picture = replace(picture, data=later.stands_for(picture.data, partial(_whole, later.kept(picture.data))))
    sheet = _sheet_size((picture.width, picture.height) if picture.width > picture.height else (1.0, 2.0))

    def put(pack: Any, under: Any, _number: int) -> None:
        _hang(pack, under, picture, sheet)

    return Paper(title, kind, (sheet,), put)


def _whole(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def check_pixels(title: str, kind: str, content: bytes) -> None:
    """Raises ``Fault("evidence_picture_too_large")`` before anything is unpacked; ``ValueError`` and its kind for no picture."""
    width, height = _pixels(kind, content)
    if width * height > MOST_PIXELS:
        raise Fault("evidence_picture_too_large", title=title, most=MOST_PIXELS // 1_000_000)


def _pixels(kind: str, content: bytes) -> tuple[int, int]:
    """Width and height from the head of the file, before anything is unpacked."""
    if kind == PNG:
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    at = 2
    while True:
        marker, length = struct.unpack(">HH", content[at : at + 4])
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        if marker == 0xFFFF:
            at += 1
            continue
        if marker < 0xFFC0 or length < 2:
            raise ValueError("no picture in it")
        at += 2 + length


def _made_ready(kind: str, content: bytes, degrees: int = 0) -> _Picture:
    """Upright and then turned clockwise by a person, no larger than is useful, on white, and with nothing but its pixels."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
        found.draft(None, (LONGEST_SIDE, LONGEST_SIDE))
        found.load()
        shown = ImageOps.exif_transpose(found)
    if degrees:
        shown = shown.rotate(-degrees, expand=True)
    if shown.mode in ("RGBA", "LA", "PA") or "transparency" in shown.info:
        paper = Image.new("RGBA", shown.size, (255, 255, 255, 255))
        paper.alpha_composite(shown.convert("RGBA"))
        shown = paper
    if shown.mode.startswith("I"):
        shown = shown.point(lambda value: value / 256).convert("L") if shown.mode == "I;16" else shown.convert("L")
    grey = shown.mode in ("1", "L")
    shown = shown.convert("L" if grey else "RGB")
    shrunk = max(shown.size) > LONGEST_SIDE
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if kind == PNG and not shrunk:
        packed = zlib.compress(shown.tobytes(), 6)
        if len(packed) <= _LOSSLESS_BYTES:
            return _Picture(*shown.size, grey, packed, "/FlateDecode")
    out = BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return _Picture(*shown.size, grey, out.getvalue(), "/DCTDecode")


def _hang(pack: Any, under: Any, picture: _Picture, sheet: tuple[float, float]) -> None:
    """A picture on its page, as large as fits between the margins, but never so large that it goes coarse."""
    from pikepdf import Name, Stream

    from sencoapp.documents.pdf.flow import STAMP_STRIP

    room = (sheet[0] - 2 * _MARGIN, sheet[1] - STAMP_STRIP - _MARGIN - 12)
    scale = min(room[0] / picture.width, room[1] / picture.height, 0.96)  # 0.96: 75 dots an inch
    wide, high = picture.width * scale, picture.height * scale
    left, bottom = (sheet[0] - wide) / 2, STAMP_STRIP + 12 + (room[1] - high) * 0.6
    image = Stream(
        pack,
        picture.data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name.DeviceGray if picture.grey else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name(picture.filter),
    )
    name = under.add_resource(image, Name.XObject, name=Name.Evidence)
    words = f"/Artifact BMC q {wide:.2f} 0 0 {high:.2f} {left:.2f} {bottom:.2f} cm {name} Do Q EMC\n"
    under.contents_add(words.encode(), prepend=True)
