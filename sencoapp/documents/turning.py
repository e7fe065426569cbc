"""Which way the words of a page run, and so how the page is turned before it is laid in a pack, that it reads upright.

A table that lies on an upright sheet without the file saying so (no ``/Rotate``, ISO 32000-1, Table 30) is read with the head on the
shoulder. PDFium tells the angle of each letter; a page is turned only where nearly all of its letters agree. Asking PDFium costs a few
milliseconds a page, so a page is first looked at for anything that turns at all.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

_LEAST_LETTERS = 20
_SHARE = 0.85
"""Of the letters that must run the same way: a lying table may have its page number upright."""
_ASKED = 400
"""Letters of a page that are asked, spread over it."""
_OFF = 8.0
"""Degrees by which a scanner's text layer may be off a quarter turn."""
_MOST_BYTES = 1_000_000
_DEPTH = 4
_MATRIX = re.compile(rb"m(?<=\s[cT]m)\b")
"""The end of ``cm`` or ``Tm``: a pattern that begins with one letter is found five times as quickly."""
_REACH = 120
"""Bytes before the operator in which its six numbers stand."""
_LOOKED_THROUGH = 300
"""Operators of a page that are looked through: where nearly all its words run sideways, one of the first says so."""
_STRAIGHT = [b"1", b"0", b"0", b"1"]


def turns_of(pdf: Any, source: BinaryIO) -> dict[int, int]:
    """Degrees, clockwise, by which pages (from 0) of a PDF have to be turned as one looks at them; those that read upright are not named.

    ``pdf`` is the same file as pikepdf has it open. A file that PDFium cannot open is left as it is.
    """
    asked = [number for number, page in enumerate(pdf.pages) if _may_turn(page)]
    if not asked:
        return {}
    import pypdfium2

    opened: Any = pypdfium2.PdfDocument
    try:
        document = opened(source)
    except pypdfium2.PdfiumError:
        return {}
    try:
        found = {number: _turn_of(document[number]) for number in asked if number < len(document)}
    finally:
        document.close()
    return {number: degrees for number, degrees in found.items() if degrees}


def turns_in(source: BinaryIO) -> dict[int, int]:
    """The same for any file: nothing for a picture, or for what cannot be opened."""
    import pikepdf

    try:
        with pikepdf.Pdf.open(source) as pdf:
            return turns_of(pdf, source)
    except Exception:  # what is damaged or locked is told where it is opened
        return {}


def turn(page: Any, degrees: int) -> None:
    """Turns a page of pikepdf clockwise, beside what its file says already."""
    if degrees:
        page.rotate(degrees, relative=True)


def _may_turn(page: Any) -> bool:
    """Whether anything on a page could make its words run another way than from left to right."""
    if int(page.obj.get("/Rotate", 0) or 0) % 360:
        return True
    contents = page.obj.get("/Contents")
    if contents is None:
        return False
    parts = list(contents) if page.obj.Contents._type_name == "array" else [contents]
    return any(_turns(each) for each in parts) or _forms_turn(page.obj.get("/Resources"), _DEPTH)


def _forms_turn(resources: Any, depth: int) -> bool:
    if resources is None or not depth:
        return False
    for each in (resources.get("/XObject") or {}).values():
        if each.get("/Subtype") != "/Form":
            continue
        matrix = [float(one) for one in each.get("/Matrix", (1, 0, 0, 1, 0, 0))]
        if _is_turned(matrix) or _turns(each) or _forms_turn(each.get("/Resources"), depth - 1):
            return True
    return False


def _turns(stream: Any) -> bool:
    content = stream.read_bytes()[:_MOST_BYTES]
    for found in islice(_MATRIX.finditer(content), _LOOKED_THROUGH):
        before = found.start() - 1
        six = content[max(0, before - _REACH) : before].rsplit(None, 6)[-6:]
        if len(six) == 6 and six[:4] != _STRAIGHT:
            try:
                if _is_turned([float(each) for each in six[:2]]):
                    return True
            except ValueError:  # words that look like an operator
                continue
    return False


def _is_turned(matrix: Sequence[float]) -> bool:
    """Whether its first axis points elsewhere than to the right (ISO 32000-1, 8.3.3)."""
    return bool(abs(matrix[1]) > abs(matrix[0]) or matrix[0] < 0)


def _turn_of(page: Any) -> int:
    """Zero where the letters are few, or do not agree."""
    from pypdfium2 import raw

    angle_of: Any = getattr(raw, "FPDFText_GetCharAngle")  # noqa: B009, its names are made when it is loaded
    letter_of: Any = getattr(raw, "FPDFText_GetUnicode")  # noqa: B009
    text = page.get_textpage()
    try:
        ways: Counter[int | None] = Counter()
        count = text.count_chars()
        for place in range(0, count, max(1, count // _ASKED)):
            letter = letter_of(text, place)
            if letter > 32:
                ways[_quarter(math.degrees(angle_of(text, place)))] += 1
        seen = page.get_rotation()
    finally:
        text.close()
        page.close()
    return _agreed(ways, seen)


def _agreed(ways: Mapping[int | None, int], seen: int) -> int:
    """What the letters need as the page is looked at. They are told as turned clockwise; ``seen`` is how the file turns them further."""
    letters = sum(ways.values())
    if letters < _LEAST_LETTERS:
        return 0
    way, count = max(ways.items(), key=lambda each: each[1])
    if way is None or count < letters * _SHARE:
        return 0
    return -(way + seen) % 360


def _quarter(degrees: float) -> int | None:
    """The quarter turn that an angle is near; None for one in between."""
    nearest = round(degrees / 90) * 90
    return nearest % 360 if abs(degrees - nearest) <= _OFF else None
