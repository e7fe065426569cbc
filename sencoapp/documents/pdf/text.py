"""Breaks words into lines. Plain text only: no sign in what a person typed is ever markup."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sencoapp.documents.content import Text, runs
from sencoapp.documents.pdf.type import GREY, Colour, Style, has_glyph, width_of

# Characters that our fonts lack and that have a plain neighbour with the same meaning.
_NEIGHBOURS = {
    "\u2011": "-",
    "\u2010": "-",
    "\u2212": "−",
    "\u202f": "\u00a0",
    "\u2003": " ",
    "\u2002": " ",
    "\t": "    ",
    "\u2028": "\n",
    "\u2029": "\n\n",
    "\x85": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "→": "to",
}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_REPLACEMENT = "?"


@dataclass(frozen=True)
class Run:
    """Words of one font and colour on one line; ``x`` from the line's left end."""

    x: float
    text: str
    font: str
    colour: Colour


@dataclass(frozen=True)
class Line:
    runs: tuple[Run, ...]
    width: float

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.runs)


def printable(text: str) -> str:
    """The text as it can be printed: composed letters, one kind of line break, nothing that has no shape.

    A letter that our fonts lack stays in the text and is drawn as an empty box; one beyond the basic plane becomes "?",
    since the fonts' tables cannot name it.
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(map(_printed, text))


@cache
def _printed(character: str) -> str:
    if character == "\n" or has_glyph(character):
        return character
    if character in _NEIGHBOURS:
        return _NEIGHBOURS[character]
    if unicodedata.category(character) in _UNSEEN or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF:
        return ""
    if unicodedata.category(character) in ("Zs", "Zl", "Zp"):
        return " "
    return character if ord(character) < 0x10000 else _REPLACEMENT


@lru_cache(maxsize=20_000)
def _word_width(word: str, font: str, size: float) -> float:
    return width_of(word, font, size)


_PIECES = re.compile(r"\n| +|[^ \n]+")


@dataclass(frozen=True)
class _Fragment:
    """Letters of one font and colour within a word."""

    text: str
    font: str
    colour: Colour
    width: float


def lines(text: Text, style: Style, width: float) -> list[Line]:
    """Lines that are no wider than ``width`` points. Always at least one.

    A word that is too long for a line is broken where the line ends. Several spaces are one: what a person typed to line
    things up does not line up in another font.
    """
    made: list[Line] = []
    line: list[_Fragment] = []
    across = 0.0
    for word in _words(text, style):
        if word is None:
            made.append(_line(line))
            line, across = [], 0.0
            continue
        for piece in _fitting(word, style, width):
            wide = sum(each.width for each in piece)
            gap = _word_width(" ", piece[0].font, style.size) if line else 0.0
            if line and across + gap + wide > width + 0.01:
                made.append(_line(line))
                line, across, gap = [], 0.0, 0.0
            if gap:
                line.append(_Fragment(" ", line[-1].font, line[-1].colour, gap))
            line += piece
            across += gap + wide
    made.append(_line(line))
    return made


def _words(text: Text, style: Style) -> Iterator[list[_Fragment] | None]:
    """Words, each of one or more fragments with no space between; ``None`` for a line break."""
    word: list[_Fragment] = []
    for run in runs(text):
        font = style.strong if run.strong else style.font
        colour = GREY if run.quiet else style.colour
        for piece in _PIECES.findall(printable(run.text)):
            if piece[0] not in " \n":
                word.append(_Fragment(piece, font, colour, _word_width(piece, font, style.size)))
                continue
            if word:
                yield word
                word = []
            if piece == "\n":
                yield None
    if word:
        yield word


def _fitting(word: list[_Fragment], style: Style, width: float) -> Iterator[list[_Fragment]]:
    """The word, or where it is wider than a line, pieces of it that are not."""
    if sum(each.width for each in word) <= width:
        yield word
        return
    for fragment in word:
        start, length = 0, 0.0
        for place, character in enumerate(fragment.text):
            step = width_of(character, fragment.font, style.size)
            if length + step > width and place > start:
                yield [_Fragment(fragment.text[start:place], fragment.font, fragment.colour, length)]
                start, length = place, 0.0
            length += step
        yield [_Fragment(fragment.text[start:], fragment.font, fragment.colour, length)]


def _line(fragments: list[_Fragment]) -> Line:
    made: list[Run] = []
    x = 0.0
    for each in fragments:
        last = made[-1] if made else None
        if last and last.font == each.font and last.colour == each.colour:
            made[-1] = Run(last.x, last.text + each.text, each.font, each.colour)
        else:
            made.append(Run(x, each.text, each.font, each.colour))
        x += each.width
    return Line(tuple(made), x)


def shortened(text: str, font: str, size: float, width: float) -> str:
    """One line of the text that is no wider than ``width``; ends in "…" where it was cut."""
    plain = " ".join(printable(text).split())
    if width_of(plain, font, size) <= width:
        return plain
    low, high = 0, len(plain)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(plain[:middle].rstrip() + "…", font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return plain[:low].rstrip() + "…"
