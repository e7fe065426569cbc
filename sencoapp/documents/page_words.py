"""The words of one page of a PDF with their places, as the page is shown: turned and cut as its file says."""

import ctypes
from typing import Any

from sencoapp.domain.page_words import PageWord
from sencoapp.domain.report_marks import Box

_GRID = 100_000
"""A side of the page in the steps in which PDFium tells a place."""
_MOST_LETTERS = 30_000


def page_words(pdf: bytes, number: int) -> tuple[PageWord, ...]:
    """The words of page ``number`` (from 1) in reading order; none on a picture, or where the file cannot be read.

    PDFium finds where words and lines end, whichever way the text runs.
    """
    import pypdfium2

    opened: Any = pypdfium2.PdfDocument
    try:
        document = opened(pdf)
    except pypdfium2.PdfiumError:
        return ()
    try:
        if not 1 <= number <= len(document):
            return ()
        page = document[number - 1]
        text = page.get_textpage()
        words = _words(page, text)
        text.close()
        page.close()
        return words
    finally:
        document.close()


def _words(page: Any, text: Any) -> tuple[PageWord, ...]:
    found: list[PageWord] = []
    letters: list[str] = []
    boxes: list[Box] = []
    line, broken = 0, False
    count = min(text.count_chars(), _MOST_LETTERS)
    told = text.get_text_range(0, count, errors="ignore") if count else ""
    # One letter of the layer is one letter of the text but for rare signs; where they differ each is asked for by itself.
    whole = told if len(told) == count else None

    def end_word() -> None:
        nonlocal line, broken
        if letters and boxes:
            box = _around(boxes)
            if found and broken:
                line += 1
            found.append(PageWord("".join(letters), box, line))
            broken = False
        letters.clear()
        boxes.clear()

    for place in range(count):
        letter = whole[place] if whole is not None else text.get_text_range(place, 1, errors="ignore")
        if not letter.strip():
            end_word()
            broken = broken or letter in "\r\n"
            continue
        letters.append("-" if letter in "\u0002\ufffe" else letter)  # PDFium's signs for a hyphen at the end of a line
        boxes.append(_shown(page, text.get_charbox(place)))
    end_word()
    return tuple(found)


def _shown(page: Any, place: tuple[float, float, float, float]) -> Box:
    """A place of the file as a place on the page that one sees."""
    left, bottom, right, top = place
    one, other = _device(page, left, top), _device(page, right, bottom)
    return Box(min(one[0], other[0]) / _GRID, min(one[1], other[1]) / _GRID, max(one[0], other[0]) / _GRID, max(one[1], other[1]) / _GRID)


def _device(page: Any, across: float, up: float) -> tuple[int, int]:
    from pypdfium2 import raw

    to_device: Any = getattr(raw, "FPDF_PageToDevice")  # noqa: B009, its names are made when it is loaded
    x, y = ctypes.c_int(), ctypes.c_int()
    to_device(page, 0, 0, _GRID, _GRID, 0, across, up, x, y)
    return x.value, y.value


def _around(boxes: list[Box]) -> Box:
    return Box(
        min(each.left for each in boxes),
        min(each.top for each in boxes),
        max(each.right for each in boxes),
        max(each.bottom for each in boxes),
    )
