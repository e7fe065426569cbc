"""Looks at the pages of a document: how much text there is, and how good the picture is where there is none.

PDFium opens it in memory; nothing is written anywhere. A page is drawn small and only where it is a scan.
"""

import hashlib
import io
from typing import Any

from sencoapp import reference
from sencoapp.domain.page_look import FileLook, PageLook
from sencoapp.domain.refusals import Fault
from sencoapp.services.going_on import Cancelled

_A4_INCHES = 11.7
_POINTS = 72
_DRAWN_DOTS = 60
"""An inch, on the small picture: enough to tell ink from paper."""
_MOST_PAGES = 2_000
_PAPER, _INK = 0.90, 0.0005
"""Where in the order of brightness the paper and the ink are read: a page has much paper and little ink."""
_BLANK = 6
"""Steps of 255 that the noise of a scanner makes on an empty page."""


def look_at(media_type: str, content: bytes, *, cancelled: Cancelled | None = None) -> FileLook:
    """What is measured on a PDF, JPEG or PNG; of another kind of file nothing. Raises ``Fault("look_stopped")``."""
    if media_type == "application/pdf":
        return _pdf(content, cancelled)
    if media_type in ("image/jpeg", "image/png"):
        return _photo(content)
    return FileLook(())


def _pdf(content: bytes, cancelled: Cancelled | None) -> FileLook:
    import pypdfium2

    opened: Any = pypdfium2.PdfDocument
    try:
        document = opened(content)
    except pypdfium2.PdfiumError:
        return FileLook((), damaged=True)
    try:
        pages, words = [], hashlib.sha256()
        letters = 0
        for number in range(min(len(document), _MOST_PAGES)):
            if cancelled and cancelled():
                raise Fault("look_stopped")
            page = document[number]
            text = _letters_of(page)
            letters += len(text)
            words.update(text.encode("utf-8", "ignore"))
            pages.append(_page(page, len(text)))
            page.close()
    finally:
        document.close()
    enough = letters >= reference.data("rules", "scans.json")["letters_to_compare"]
    return FileLook(tuple(pages), words.hexdigest() if enough else None)


def _letters_of(page: Any) -> str:
    """The letters and figures of a page in order, small, without spaces: the same words set in another way are the same."""
    text = page.get_textpage()
    words = text.get_text_range()
    text.close()
    return "".join(each for each in words.casefold() if each.isalnum())


def _page(page: Any, letters: int) -> PageLook:
    rules = reference.data("rules", "scans.json")
    if letters >= rules["letters_of_text"]:
        return PageLook(letters)
    covered, dots = _pictures(page)
    bitmap = page.render(scale=_DRAWN_DOTS / _POINTS, grayscale=True)
    contrast = _contrast(bitmap.to_pil().histogram())
    bitmap.close()
    return PageLook(letters, covered, dots, contrast)


def _pictures(page: Any) -> tuple[float, int | None]:
    """The share of a page that pictures cover, and the dots an inch of the largest of them. Strips of one scan count together."""
    from pypdfium2 import raw

    images: Any = getattr(raw, "FPDF_PAGEOBJ_IMAGE")  # noqa: B009, its names are made when it is loaded
    wide, tall = page.get_size()
    area, largest, dots = 0.0, 0.0, None
    for each in page.get_objects(filter=[images]):
        left, bottom, right, top = each.get_bounds()
        left, right = max(0.0, left), min(wide, right)
        bottom, top = max(0.0, bottom), min(tall, top)
        size = max(0.0, right - left) * max(0.0, top - bottom)
        area += size
        if size > largest and right > left and top > bottom:
            across, up = each.get_px_size()
            largest = size
            # A picture that lies on its side has its dots the other way round; the finer way is the fair one.
            straight = min(across / (right - left), up / (top - bottom))
            turned = min(up / (right - left), across / (top - bottom))
            dots = round(max(straight, turned) * _POINTS)
    return min(1.0, area / (wide * tall)) if wide and tall else 0.0, dots


def _photo(content: bytes) -> FileLook:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as picture:
            longer = max(picture.size)
            picture.thumbnail((900, 900))
            contrast = _contrast(picture.convert("L").histogram())
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return FileLook((), damaged=True)
    return FileLook((PageLook(0, 1.0, round(longer / _A4_INCHES), contrast),), photo=True)


def _contrast(histogram: list[int]) -> int:
    """Steps of 255 between the paper and the ink. 0 for a page on which nothing is."""
    dots = sum(histogram)
    if not dots:
        return 0
    steps = _at(histogram, dots * _PAPER) - _at(histogram, dots * _INK)
    return 0 if steps <= _BLANK else steps


def _at(histogram: list[int], wanted: float) -> int:
    seen = 0
    for step, count in enumerate(histogram):
        seen += count
        if seen >= wanted:
            return step
    return len(histogram) - 1
