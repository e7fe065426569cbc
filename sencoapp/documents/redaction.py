"""Takes words and areas out of a document so that they are gone, not covered: the safe way is to keep nothing of the file but light.

Each page is drawn as a picture, the boxes are painted into its pixels, and a new file is made of the pictures. Nothing of the old
file is copied: no text, font, form, note, layer, attachment, outline, thumbnail or description can come along, because none is read.

So that a page can still be heard and searched, words go back beneath its picture, unseen, but only those that were proved to be
seen: drawn without its text the page looks different there, nothing lies over them, and no mark touches them. Where that cannot
be proved (layers, replaced text) the page stays a picture alone.
"""

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from sencoapp.documents.evidence import JPEG, PDF, PNG, check_pixels, damage_is_a_fault, media_type_of, print_what_was_filled_in
from sencoapp.documents.letters import Box, Letter, around, letters_of, lines_of, places_of
from sencoapp.domain.redaction import WHOLE, Area, FoundWords
from sencoapp.domain.refusals import Fault
from sencoapp.services.going_on import Cancelled

_DOTS = 200 / 72
_MOST_PIXELS = 9_000_000
"""An A3 page at 200 dots an inch."""
_PAD = 3
"""Pixels that a box is larger than its mark on each side: letters lean out of their boxes."""
_SEEN = 48
"""How much lighter or darker, of 255, a letter must make its place for it to count as seen."""
_QUALITY = 80
_BASE = 0.22
"""How far above the foot of its line a letter stands, of the line's height."""


def find_words(title: str, content: bytes, words: str) -> FoundWords:
    """Where words stand, however cased, accented, quoted or hyphenated, over line ends; whole words only. A picture has none.

    Raises ``Fault``: those of ``evidence.opened``.
    """
    areas: list[Area] = []
    pictures: list[int] = []
    if media_type_of(content) != PDF:
        return FoundWords((), (1,))
    with _drawn(title, content) as (document, _):
        for number in range(len(document)):
            page = document[number]
            letters = letters_of(page)
            if not any(each.text.strip() for each in letters):
                pictures.append(number + 1)
            else:
                for found in places_of(words, letters):
                    areas += [_area(number + 1, box) for box in lines_of(found)]
            page.close()
    return FoundWords(tuple(areas), tuple(pictures))


def as_it_goes_out(title: str, content: bytes) -> bytes:
    """A PDF with what was filled in and noted on it as part of its pages: what marks are put on. Other files stay as they are."""
    if media_type_of(content) != PDF:
        return content
    import pikepdf

    with damage_is_a_fault(title):
        try:
            pdf = pikepdf.Pdf.open(BytesIO(content))
        except pikepdf.PasswordError:
            raise Fault("evidence_locked", title=title) from None
        with pdf:
            print_what_was_filled_in(pdf, list(pdf.pages))
            for key in ("/AcroForm", "/OpenAction", "/AA", "/Names"):
                if key in pdf.Root:
                    del pdf.Root[key]
            out = BytesIO()
            pdf.save(out)
            return out.getvalue()


def redacted(title: str, content: bytes, areas: Sequence[Area], cancelled: Cancelled | None = None) -> bytes:
    """A copy in which nothing is left of what lies in these areas: a PDF of pictures, or a picture for a picture.

    Raises ``Fault``: those of ``evidence.opened``, and ``pack_stopped`` where ``cancelled`` says so.
    """
    kind = media_type_of(content)
    if kind in (JPEG, PNG):
        return _redacted_picture(title, kind, content, areas)
    return _redacted_pages(title, content, areas, cancelled)


# ---- pages ---------------------------------------------------------------------------------------------------------------
def _redacted_pages(title: str, content: bytes, areas: Sequence[Area], cancelled: Cancelled | None) -> bytes:
    import pikepdf

    with _drawn(title, content) as (document, has_layers), pikepdf.Pdf.new() as made:
        for number in range(len(document)):
            if cancelled and cancelled():
                raise Fault("pack_stopped")
            page = document[number]
            marks = [each for each in areas if each.page == number + 1]
            picture, words = _looked_at(page, marks, hears=not has_layers and "/ActualText" not in document.replaced[number])
            _lay(made, page.get_size(), picture, words)
            page.close()
        out = BytesIO()
        made.save(out, static_id=True, compress_streams=True)
        return out.getvalue()


def _looked_at(page: Any, marks: Sequence[Area], *, hears: bool) -> tuple[Any, list[tuple[str, Box]]]:
    """The page as a picture with its marks painted in, and the words that may lie beneath it."""
    from PIL import ImageChops, ImageDraw

    wide, high = page.get_size()
    scale = min(_DOTS, (_MOST_PIXELS / max(1.0, wide * high)) ** 0.5)
    seen = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    words: list[tuple[str, Box]] = []
    boxes = [_pixels(each, seen.size) for each in marks]
    if hears:
        letters = letters_of(page)
        _take_text_away(page)
        bare = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
        words = _words_that_are_seen(letters, ImageChops.difference(seen, bare).convert("L"), boxes)
    painting = ImageDraw.Draw(seen)
    for box in boxes:
        painting.rectangle(box, fill=(0, 0, 0))
    return seen, words


def _take_text_away(page: Any) -> None:
    """What is text of the page itself. Text within forms stays drawn, and so is never taken for seen."""
    from pypdfium2 import raw

    pdfium: Any = raw  # it has no types
    for each in list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1)):
        page.remove_obj(each)


def _words_that_are_seen(letters: Sequence[Letter], change: Any, boxes: Sequence[tuple[int, int, int, int]]) -> list[tuple[str, Box]]:
    """Words whose every letter changes the look of the page, that lie on no other letter, and that no box touches."""
    from PIL import Image, ImageDraw

    wide, high = change.size
    owner: Any = Image.new("I", change.size, 0)
    painting = ImageDraw.Draw(owner)
    places = [_spot(each.box, wide, high) for each in letters]
    for number, place in enumerate(places):
        if place is not None:
            painting.rectangle(place, fill=number + 1)
    doubtful: set[int] = set()
    for number, place in enumerate(places):
        if place is None:
            continue
        over = owner.getpixel(((place[0] + place[2]) // 2, (place[1] + place[3]) // 2)) - 1
        if over != number:
            doubtful |= {over, number}
        crop = change.crop((place[0], place[1], place[2] + 1, place[3] + 1))
        if crop.getextrema()[1] < _SEEN or any(_meet(place, box) for box in boxes):
            doubtful.add(number)
    kept: list[tuple[str, Box]] = []
    for first, last in _runs(letters, places):
        if not doubtful.intersection(range(first, last)):
            text = "".join(each.text for each in letters[first:last])
            kept.append((text, around([each.line for each in letters[first:last]])))
    return kept


def _runs(letters: Sequence[Letter], places: Sequence[Any]) -> Iterator[tuple[int, int]]:
    """From where to where each word goes."""
    first = -1
    for number, each in enumerate(letters):
        drawn = bool(each.text.strip()) and each.text.isprintable() and places[number] is not None
        if drawn and first < 0:
            first = number
        elif not drawn and first >= 0:
            yield first, number
            first = -1
    if first >= 0:
        yield first, len(letters)


def _lay(made: Any, size: tuple[float, float], picture: Any, words: Sequence[tuple[str, Box]]) -> None:
    """Adds a page with a picture, and with words that are not drawn (text rendering mode 3, ISO 32000-1, 9.3.6) beneath it."""
    from pikepdf import Array, Dictionary, Name, Page, Stream
    from reportlab.pdfbase import pdfmetrics

    measure: Any = pdfmetrics
    wide, high = size
    data, filter, space = _packed(picture)
    image = Stream(
        made,
        data,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=Name(space),
        BitsPerComponent=8,
        Filter=Name(filter),
    )
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    code = [b"BT 3 Tr"]
    for text, (left, top, right, bottom) in words:
        tall = max(1.0, (bottom - top) * high)
        own = measure.stringWidth(text, "Helvetica", tall)
        stretch = min(max(100 * (right - left) * wide / max(own, 0.1), 1.0), 999.0)
        plain = text.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        place = f"/F {tall:.1f} Tf {stretch:.0f} Tz 1 0 0 1 {left * wide:.2f} {high - bottom * high + tall * _BASE:.2f} Tm (".encode()
        code.append(place + plain + b") Tj")
    code.append(f"ET q {wide:.3f} 0 0 {high:.3f} 0 0 cm /Picture Do Q".encode())
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(wide, 3), round(high, 3)]),
        Resources=Dictionary(Font=Dictionary(F=font), XObject=Dictionary(Picture=image)),
        Contents=made.make_stream(b"\n".join(code)),
    )
    made.pages.append(Page(made.make_indirect(page)))


def _packed(picture: Any) -> tuple[bytes, str, str]:
    """Grey where nothing is coloured; without loss where that is smaller."""
    from PIL import ImageChops

    red, green, blue = picture.split()
    differences: list[Any] = [ImageChops.difference(red, green), ImageChops.difference(green, blue)]
    grey = max(each.getextrema()[1] for each in differences) < 12
    shown = picture.convert("L") if grey else picture
    out = BytesIO()
    shown.save(out, "JPEG", quality=_QUALITY)
    flat = zlib.compress(shown.tobytes(), 6)
    space = "/DeviceGray" if grey else "/DeviceRGB"
    if len(flat) <= out.tell():
        return flat, "/FlateDecode", space
    return out.getvalue(), "/DCTDecode", space


# ---- pictures ------------------------------------------------------------------------------------------------------------
def _redacted_picture(title: str, kind: str, content: bytes, areas: Sequence[Area]) -> bytes:
    """The picture upright, with its boxes, and nothing but its pixels."""
    from PIL import Image, ImageDraw, ImageOps

    with damage_is_a_fault(title):
        check_pixels(title, kind, content)
        with Image.open(BytesIO(content), formats=["JPEG", "PNG"]) as found:
            found.load()
            upright = ImageOps.exif_transpose(found).convert("RGBA")
        shown = Image.new("RGB", upright.size, (255, 255, 255))
        shown.paste(upright, mask=upright.getchannel("A"))
        painting = ImageDraw.Draw(shown)
        for each in areas:
            painting.rectangle(_pixels(each, shown.size), fill=(0, 0, 0))
        out = BytesIO()
        bare = Image.frombytes("RGB", shown.size, shown.tobytes())
        bare.save(out, "PNG") if kind == PNG else bare.save(out, "JPEG", quality=90)
        return out.getvalue()


# ---- the open document --------------------------------------------------------------------------------------------------
class _Drawing:
    """An open document of PDFium with what of each page replaces its text."""

    def __init__(self, document: Any, replaced: Sequence[str]) -> None:
        self._document = document
        self.replaced = replaced

    def __len__(self) -> int:
        return len(self._document)

    def __getitem__(self, number: int) -> Any:
        return self._document[number]


@contextmanager
def _drawn(title: str, content: bytes) -> Iterator[tuple[_Drawing, bool]]:
    """A document open for drawing, and whether it has layers. PDFium is used by one thread at a time."""
    import pikepdf
    import pypdfium2

    flat = as_it_goes_out(title, content)
    with damage_is_a_fault(title):
        with pikepdf.Pdf.open(BytesIO(flat)) as pdf:
            has_layers = "/OCProperties" in pdf.Root
            replaced = ["/ActualText" if _replaces_text(page) else "" for page in pdf.pages]
        opened: Any = pypdfium2.PdfDocument
        document = opened(flat)
    try:
        with damage_is_a_fault(title):
            yield _Drawing(document, replaced), has_layers
    finally:
        document.close()


def _replaces_text(page: Any) -> bool:
    """Whether words of the page may be told otherwise than they are drawn (ISO 32000-1, 14.9.4)."""
    import pikepdf

    if b"/ActualText" in b"".join(each.read_bytes() for each in _streams(page)):
        return True
    properties = page.obj.get("/Resources", {}).get("/Properties", {})
    return any(isinstance(each, pikepdf.Dictionary) and "/ActualText" in each for each in dict(properties).values())


def _streams(page: Any) -> Iterator[Any]:
    import pikepdf

    content = page.obj.get("/Contents")
    yield from content if isinstance(content, pikepdf.Array) else [content] if content is not None else []


def _area(page: int, box: Box) -> Area:
    """A mark around the lines of letters, with a little air."""
    air = min(box[3] - box[1], box[2] - box[0]) * 0.08
    left, top, right, bottom = box[0] - air, box[1] - air, box[2] + air, box[3] + air
    places = (round(min(max(each, 0.0), 1.0) * WHOLE) for each in (left, top, right, bottom))
    return Area(page, *places)


def _pixels(area: Area, size: tuple[int, int]) -> tuple[int, int, int, int]:
    wide, high = size
    return (
        max(0, area.left * wide // WHOLE - _PAD),
        max(0, area.top * high // WHOLE - _PAD),
        min(wide - 1, -(-area.right * wide // WHOLE) + _PAD),
        min(high - 1, -(-area.bottom * high // WHOLE) + _PAD),
    )


def _spot(box: Box, wide: int, high: int) -> tuple[int, int, int, int] | None:
    """A letter's box in pixels; None where it is not on the page."""
    left, top, right, bottom = int(box[0] * wide), int(box[1] * high), int(box[2] * wide), int(box[3] * high)
    if box[2] <= box[0] or right < 0 or bottom < 0 or left >= wide or top >= high:
        return None
    return max(0, left), max(0, top), min(wide - 1, right), min(high - 1, bottom)


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
