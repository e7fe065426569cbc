"""The letters of a page as PDFium reads them, each with its place, and where words stand among them."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares of the page as it is looked at."""

_HYPHEN = r"[-\u00ad\x02\ufffe]\s*"
_AT_A_LINE_END = f"(?:{_HYPHEN})?"
_ALIKE = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02b9\u2032\u00b4`", "'") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))


@dataclass(frozen=True)
class Letter:
    text: str
    box: Box
    """Around what is drawn; empty for a space that is not."""
    line: Box
    """The same with the height of its line, whatever the letter."""


def letters_of(page: Any) -> list[Letter]:
    """The letters of a page in the order in which they are read, each with its place; one ``str`` character each."""
    from pypdfium2 import raw

    pdfium: Any = raw  # it has no types
    wide, high = page.get_size()
    text = page.get_textpage()
    turn = _turner(page)
    made: list[Letter] = []
    try:
        for number in range(text.count_chars()):
            said = _one_character(pdfium, text, number)
            tight, loose = text.get_charbox(number), text.get_charbox(number, loose=True)
            made.append(Letter(said, _shares(tight, turn, wide, high), _shares(loose, turn, wide, high)))
    finally:
        text.close()
    return made


def places_of(words: str, letters: Sequence[Letter]) -> Iterator[Sequence[Letter]]:
    """The letters of each place where these words stand: whole words, however they are cased, accented, quoted or broken over lines."""
    wanted = _pattern(words)
    if wanted is None:
        return
    plain = [(letter, place) for place, each in enumerate(letters) for letter in _plain(each.text)]
    ends = [place for _, place in plain[1:]] + [len(letters)]  # with the accents that stand by themselves
    for found in wanted.finditer("".join(letter for letter, _ in plain)):
        yield letters[plain[found.start()][1] : ends[found.end() - 1]]


def _plain(text: str) -> str:
    """Small letters without accents, and one kind of apostrophe and of hyphen."""
    parts = unicodedata.normalize("NFKD", text.translate(_ALIKE)).casefold()
    return "".join(each for each in parts if not unicodedata.combining(each))


def _pattern(words: str) -> re.Pattern[str] | None:
    tokens = [_AT_A_LINE_END.join(_HYPHEN if letter == "-" else re.escape(letter) for letter in each) for each in _plain(words).split()]
    return re.compile(r"(?<!\w)" + r"\s+".join(tokens) + r"(?!\w)") if tokens else None


def lines_of(letters: Sequence[Letter]) -> list[Box]:
    """One box for each line that the letters stand on, whichever way it runs."""
    made: list[list[Box]] = []
    for each in letters:
        if each.box[2] <= each.box[0]:
            continue
        if made and _go_on(made[-1][-1], each.line):
            made[-1].append(each.line)
        else:
            made.append([each.line])
    return [around(each) for each in made]


def around(boxes: Sequence[Box]) -> Box:
    return min(each[0] for each in boxes), min(each[1] for each in boxes), max(each[2] for each in boxes), max(each[3] for each in boxes)


def _go_on(before: Box, after: Box) -> bool:
    """Whether a letter stands on the line of the one before it: beside it, or below it on a page that was turned."""
    across = max(before[0], after[0]) - min(before[2], after[2])
    down = max(before[1], after[1]) - min(before[3], after[3])
    size = max(before[2] - before[0], before[3] - before[1], after[2] - after[0], after[3] - after[1])
    return max(across, down) < size * 1.2 and (across < 0 or down < 0)


def _shares(box: Sequence[float], turn: Callable[[float, float], tuple[float, float]], wide: float, high: float) -> Box:
    left, bottom, right, top = box
    if right <= left or top <= bottom:
        return 0.0, 0.0, 0.0, 0.0
    corners = [turn(left, top), turn(right, bottom)]
    across, down = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return across[0] / wide, down[0] / high, across[1] / wide, down[1] / high


def _one_character(raw: Any, text: Any, number: int) -> str:
    code = raw.FPDFText_GetUnicode(text, number)
    if code in (0, 10, 13):
        return " "
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _turner(page: Any) -> Callable[[float, float], tuple[float, float]]:
    """From the page's own measure to points from the top left of the page as it is looked at: cropped and turned."""
    left, bottom, right, top = page.get_cropbox()
    turned = page.get_rotation()

    def turn(x: float, y: float) -> tuple[float, float]:
        if turned == 90:
            return y - bottom, x - left
        if turned == 180:
            return right - x, y - bottom
        if turned == 270:
            return top - y, right - x
        return x - left, top - y

    return turn
