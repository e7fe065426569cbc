"""Type, colour and measure of every document (look.md, Documents). Lengths are in points."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from sencoapp.reference import path_of

A4 = (595.276, 841.89)
LEFT = RIGHT = 62.4  # 22 mm
TOP = 74.0
BOTTOM = 70.0
HEAD = 44.0
FOOT = 38.0

INK = (0x16 / 255, 0x1A / 255, 0x19 / 255)
GREY = (0x4B / 255, 0x50 / 255, 0x4D / 255)
LINE = (0x8C / 255, 0x8A / 255, 0x82 / 255)
TINT = (0xF1 / 255, 0xF0 / 255, 0xEC / 255)
PAPER = (1.0, 1.0, 1.0)
DRAFT = (0.92, 0.92, 0.92)
"""Of the word across a draft: seen on a black and white print too. Ink on it has 14.6:1, and grey 6.8:1."""

Colour = tuple[float, float, float]

REGULAR, SEMIBOLD, BOLD = "Hyperlegible", "HyperlegibleSemiBold", "HyperlegibleBold"
_FILES = {REGULAR: "Regular", SEMIBOLD: "SemiBold", BOLD: "Bold"}


@dataclass(frozen=True)
class Style:
    size: float
    leading: float
    font: str = REGULAR
    strong: str = BOLD
    colour: Colour = INK


COVER = Style(25, 30, BOLD)
TITLE = Style(22, 27, BOLD)
HEADING = Style(14, 19, BOLD)
BODY = Style(12, 17)
QUIET = Style(12, 17, colour=GREY)
TABLE = Style(10.5, 14)
DENSE = Style(10, 13)
TABLE_HEAD = Style(10.5, 14, SEMIBOLD, SEMIBOLD, GREY)
DENSE_HEAD = Style(10, 13, SEMIBOLD, SEMIBOLD, GREY)
SMALL = Style(10.5, 14, colour=GREY)
SOURCE = Style(9.5, 13, colour=GREY)
RUNNING = Style(9.5, 13, colour=GREY)
CODE = Style(23, 34, SEMIBOLD)
FIELD = Style(11, 15)


LEAST_LARGE = 18.0
"""Large print begins at 16 to 18 point (UK Association for Accessible Formats, guidance on large print)."""


def large_print(style: Style) -> Style:
    """The same rank of text for a person who needs large print: no size below 18 point, and nothing grey."""
    size = max(LEAST_LARGE, style.size + 6)
    return Style(size, round(size * 1.4, 1), style.font, style.strong)


def file_of(name: str) -> str:
    """The file of a font under ``resources/fonts``."""
    return f"AtkinsonHyperlegibleNext-{_FILES[name]}.ttf"


@cache
def font(name: str) -> Any:
    """The font by its name here; loads and registers it when first asked for. In its first subset ASCII stands for itself."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    library: Any = ttfonts
    registry: Any = pdfmetrics
    loaded = library.TTFont(name, str(path_of("fonts", file_of(name))), asciiReadable=1)
    registry.registerFont(loaded)
    return loaded


@cache
def _widths(name: str) -> dict[str, float]:
    widths = {chr(code): width / 1000 for code, width in font(name).face.charWidths.items()}
    composed = {each: widths[made[0]] for each in map(chr, _ACCENTED) if (made := letter_and_mark(each))}
    return composed | widths


@cache
def _default(name: str) -> float:
    return float(font(name).face.defaultWidth) / 1000


def width_of(text: str, name: str, size: float) -> float:
    """The width of a line of printable characters in the named font, in points."""
    widths, default = _widths(name), _default(name)
    return sum([widths.get(each, default) for each in text]) * size


@cache
def _glyphs() -> frozenset[str]:
    return frozenset(map(chr, font(REGULAR).face.charToGlyph))


def has_glyphs(text: str) -> bool:
    """Whether each character of the text has a shape in our fonts."""
    return _glyphs().issuperset(text)


def has_glyph(character: str) -> bool:
    return character in _glyphs()


_ACCENTED = range(0x1E00, 0x1F00)
MARKS_BELOW = {"\u0323": ".", "\u0331": "-"}
"""A dot and a line beneath a letter, which our fonts lack, and the sign that is set lower to draw each."""


@cache
def letter_and_mark(character: str) -> tuple[str, str] | None:
    """What a letter that our fonts lack is drawn from: a letter that they have and a mark beneath it. Names in Yoruba, in Igbo
    and in the scholars' spelling of Urdu and Arabic need these (ọ, ṣ, ị, ṭ, ḵ)."""
    if ord(character) not in _ACCENTED or has_glyph(character):
        return None
    parts = unicodedata.normalize("NFD", character)
    mark = next((each for each in parts if each in MARKS_BELOW), "")
    letter = unicodedata.normalize("NFC", parts.replace(mark, "", 1)) if mark else ""
    return (letter, mark) if len(letter) == 1 and has_glyph(letter) else None
