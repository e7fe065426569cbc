"""Type, colour and measure of every document (look.md, Documents). Lengths are in points."""

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


LEAST_LARGE = 18.0
"""Large print begins at 16 to 18 point (UK Association for Accessible Formats, guidance on large print)."""


def large_print(style: Style) -> Style:
    """The same rank of text for a person who needs large print: no size below 18 point, and nothing grey."""
    size = max(LEAST_LARGE, style.size + 6)
    return Style(size, round(size * 1.4, 1), style.font, style.strong)


@cache
def font(name: str) -> Any:
    """The font by its name here; loads and registers it when first asked for."""
    from reportlab.pdfbase import pdfmetrics, ttfonts

    library: Any = ttfonts
    registry: Any = pdfmetrics
    loaded = library.TTFont(name, str(path_of("fonts", f"AtkinsonHyperlegibleNext-{_FILES[name]}.ttf")))
    registry.registerFont(loaded)
    return loaded


@cache
def _widths(name: str) -> dict[str, float]:
    return {chr(code): width / 1000 for code, width in font(name).face.charWidths.items()}


@cache
def _default(name: str) -> float:
    return float(font(name).face.defaultWidth) / 1000


def width_of(text: str, name: str, size: float) -> float:
    """The width of a line of printable characters in the named font, in points."""
    widths, default = _widths(name), _default(name)
    return sum([widths.get(each, default) for each in text]) * size


def has_glyph(character: str) -> bool:
    return ord(character) in font(REGULAR).face.charToGlyph
