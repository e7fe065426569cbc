"""Breaks words into lines. Plain text only: no sign in what a person typed is ever markup."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import NamedTuple

from sencoapp.documents.content import Text, Words, runs
from sencoapp.documents.pdf.type import GREY, Colour, Style, has_glyph, has_glyphs, letter_and_mark, width_of

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
    "\u02bf": "‘",
    "\u02be": "’",
    "\u02bb": "‘",
    "\u02bc": "’",
}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Run(NamedTuple):  # a tuple, since a pack has thousands of these, and of lines
    """Words of one font and colour on one line; ``x`` from the line's left end."""

    x: float
    text: str
    font: str
    colour: Colour


class Line(NamedTuple):
    runs: tuple[Run, ...]
    width: float

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.runs)


def printable(text: str) -> str:
    """The text as it can be printed: composed letters, one kind of line break, nothing that has no shape.

    A letter that our fonts lack stays in the text and is drawn as an empty box (``ink``).
    """
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if has_glyphs(text) else "".join(map(_printed, text))


def lacks_letters(text: str) -> bool:
    """Whether a letter or a sign of the text has no shape in our fonts, so that it shows as an empty box."""
    return not text.isascii() and any(
        each != "\n" and not has_glyph(each) and not letter_and_mark(each)
        for each in unicodedata.normalize("NFC", text)
        if _printed(each) and each not in _NEIGHBOURS
    )


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
    return character


@lru_cache(maxsize=20_000)
def _word_width(word: str, font: str, size: float) -> float:
    return width_of(word, font, size)


_JOINTS = frozenset("-/@._\u2013\u2014\u00a0")
_PIECES = re.compile(r"\n| +|[^ \n]+")


class _Fragment(NamedTuple):
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
    if isinstance(text, str):
        return _lines_alike(text, style.font, style.colour, style.size, width)
    alike = runs(text)
    if len(alike) == 1:
        run = alike[0]
        font, colour = style.strong if run.strong else style.font, GREY if run.quiet else style.colour
        return _lines_alike(run.text, font, colour, style.size, width)
    made: list[Line] = []
    line: list[_Fragment] = []
    across = 0.0
    for word in _words(alike, style):
        if word is None:
            made.append(_line(line))
            line, across = [], 0.0
            continue
        whole = word[0].width if len(word) == 1 else sum(each.width for each in word)
        for piece, wide in ((word, whole),) if whole <= width else _cut(word, style, width):
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


def _lines_alike(text: str, font: str, colour: Colour, size: float, width: float) -> list[Line]:
    """The same for words of one font and colour, which is most of them: several times as quick."""
    gap = _word_width(" ", font, size)
    made: list[Line] = []
    for paragraph in printable(text).split("\n"):
        line: list[str] = []
        across = 0.0
        for whole in paragraph.split(" "):
            word = whole
            wide = _word_width(word, font, size)
            while wide > width and word:
                if line:
                    made.append(_line_alike(line, across, font, colour))
                    line, across = [], 0.0
                count = _letters_that_fit(word, font, size, width)
                if count == len(word):
                    break
                made.append(_line_alike([word[:count]], width_of(word[:count], font, size), font, colour))
                word = word[count:]
                wide = _word_width(word, font, size)
            if not word:
                continue
            if line and across + gap + wide > width + 0.01:
                made.append(_line_alike(line, across, font, colour))
                line, across = [], 0.0
            across += wide + (gap if line else 0.0)
            line.append(word)
        made.append(_line_alike(line, across, font, colour))
    return made


def _line_alike(words: list[str], width: float, font: str, colour: Colour) -> Line:
    return Line((Run(0.0, " ".join(words), font, colour),) if words else (), width)


def _words(alike: Iterable[Words], style: Style) -> Iterator[list[_Fragment] | None]:
    """Words, each of one or more fragments with no space between; ``None`` for a line break."""
    word: list[_Fragment] = []
    for run in alike:
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


def _cut(word: list[_Fragment], style: Style, width: float) -> Iterator[tuple[list[_Fragment], float]]:
    """Pieces, each with its width, of a word that is wider than a line."""
    for fragment in word:
        text = fragment.text
        while text:
            count = _letters_that_fit(text, fragment.font, style.size, width)
            wide = width_of(text[:count], fragment.font, style.size)
            yield [fragment._replace(text=text[:count], width=wide)], wide
            text = text[count:]


def _letters_that_fit(text: str, font: str, size: float, width: float) -> int:
    """How many letters go on a line, at least one: up to the last joint of the word (a hyphen, the dots of an address) if it has one."""
    length, joint = 0.0, 0
    for place, character in enumerate(text):
        length += width_of(character, font, size)
        if length > width:
            return joint or max(1, place)
        if character in _JOINTS:
            joint = place + 1
    return len(text)


def _line(fragments: Iterable[_Fragment]) -> Line:
    made: list[Run] = []
    x = 0.0
    for (font, colour), alike in groupby(fragments, key=lambda each: (each.font, each.colour)):
        texts, start = [], x
        for each in alike:
            texts.append(each.text)
            x += each.width
        made.append(Run(start, "".join(texts), font, colour))
    return Line(tuple(made), x)


def shortened(text: str, font: str, size: float, width: float, *, between: str = "") -> str:
    """One line of the text that is no wider than ``width``, with "…" where it was cut.

    It is cut at its end; or, where ``between`` is given, before the last of the parts that ``between`` divides.
    """
    plain = " ".join(printable(text).split())
    if width_of(plain, font, size) <= width:
        return plain
    tail = between + plain.rpartition(between)[2] if between and between in plain else ""
    if tail and width_of(tail, font, size) > width / 2:
        tail = ""
    body = plain.removesuffix(tail)
    low, high = 0, len(body)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(body[:middle].rstrip() + "…" + tail, font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return body[:low].rstrip() + "…" + tail
