"""The one place that draws. Everything drawn is either part of what the document says or an artifact of the page.

Content is wrapped in marks and kept in a tree of tags (ISO 32000-1, 14.8), so that a reader who hears the document gets
headings, paragraphs and tables in order; running heads, rules and repeated table headings are artifacts.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import Any

from sencoapp.documents.content import AnswerField
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.text import Line, Run, printable

_ACROSS = (0.5736, 0.8192)
"""Cosine and sine of 55 degrees: the way of an A4 page's diagonal."""


@dataclass(eq=False, slots=True)
class Tag:
    """One element of the structure: H1, P, Table, TR, TH, TD, L, LI ... ``marks`` are (page, mark) pairs in reading order."""

    name: str
    parent: "Tag | None" = None
    words: str = ""
    """What stands for a drawing, where there are no words in it."""
    kids: list["Tag | tuple[int, int]"] = field(default_factory=list)
    span: int = 1
    heading: str = ""
    """Its words, where it is a heading."""
    box: tuple[float, float, float, float] | None = None
    """Where a figure stands on its page."""

    def __post_init__(self) -> None:
        if self.parent is not None:
            self.parent.kids.append(self)


@dataclass(frozen=True)
class Link:
    """A rectangle on a page, counted from 0, that leads to a place."""

    page: int
    box: tuple[float, float, float, float]
    place: str
    words: str
    tag: Tag


@dataclass(frozen=True)
class FieldBox:
    """A rectangle on a page, counted from 0, in which something can be written."""

    page: int
    box: tuple[float, float, float, float]
    field: AnswerField
    tag: Tag


@dataclass(frozen=True)
class InkPage:
    """A page as it was drawn: its size in points, its operators, and the pictures that these name ``/Picture0`` and so on."""

    size: tuple[float, float]
    code: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)


class Ink:
    """Draws on the pages of one PDF. Lengths are in points; ``y`` is measured down from the top of the page.

    The fonts are ReportLab's work; pages are kept here until they are ``written``.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        from reportlab.pdfgen import canvas

        look.font(look.REGULAR)
        library: Any = canvas
        self._canvas = library.Canvas(BytesIO(), invariant=1, initialFontName=look.REGULAR)
        self.root = Tag("Document")
        self.links: list[Link] = []
        self.fields: list[FieldBox] = []
        self.places: dict[str, int] = {}
        """The page of each named place, counted from 0. Filled in before anything is drawn."""
        self._shown: dict[tuple[str, float, str], str] = {}
        self._wide = cache(look.width_of)
        self._marked = _Marked(self)
        self._fonts: dict[tuple[str, int], str] = {}
        self.pages = [InkPage(size)]
        self._begin()

    @property
    def page(self) -> int:
        """The page being drawn, counted from 0."""
        return self._page

    def number_of(self, place: str) -> str:
        """The printed page number of a place."""
        return str(self.places[place] + 1) if place in self.places else ""

    def next_page(self, size: tuple[float, float]) -> None:
        """Ends the page and begins the next."""
        self.pages.append(InkPage(size))
        self._begin()

    def _begin(self) -> None:
        self._page = len(self.pages) - 1
        self._size, self._code = self.pages[-1].size, self.pages[-1].code
        self._mark = 0

    def fonts(self) -> tuple[bytes, int]:
        """A PDF without pages that holds the fonts, cut down to the letters that were drawn, and the number of the object that names
        them. Comes after all drawing."""
        document = self._canvas._doc
        return self._canvas.getpdfdata(), document.idToObjectNumberAndVersion["BasicFonts"][0]

    def saying(self, tag: Tag) -> AbstractContextManager[None]:
        """What is drawn inside belongs to the tag."""
        self._code.append(f"/{tag.name} <</MCID {self._mark}>> BDC")
        tag.kids.append((self._page, self._mark))
        self._mark += 1
        return self._marked

    def artifact(self, kind: str = "") -> AbstractContextManager[None]:
        """What is drawn inside is of the page, not of the document. ``kind`` may be Pagination or Layout."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC")
        return self._marked

    def line(self, line: Line, x: float, baseline: float, size: float) -> None:
        """A line of text, its left end at ``x``."""
        self._runs(line.runs, x, baseline, size)

    def words(self, text: str, x: float, baseline: float, font: str, size: float, colour: look.Colour = look.INK) -> None:
        self._runs((Run(0, printable(text), font, colour),), x, baseline, size)

    def words_right(self, text: str, x: float, baseline: float, font: str, size: float, colour: look.Colour = look.INK) -> None:
        """A short text that ends at ``x``."""
        self.words(text, x - self._wide(printable(text), font, size), baseline, font, size, colour)

    def words_centred(self, text: str, x: float, baseline: float, font: str, size: float, colour: look.Colour = look.INK) -> None:
        self.words(text, x - self._wide(printable(text), font, size) / 2, baseline, font, size, colour)

    def _runs(self, runs: Sequence[Run], x: float, baseline: float, size: float) -> None:
        # Written out here, since ReportLab's own text objects take several times as long.
        y = self._size[1] - baseline
        for run in runs:
            if not run.text:
                continue
            key = (run.font, size, run.text)
            shown = self._shown.get(key)
            if shown is None:
                shown = self._shown[key] = self._letters(*key) if look.has_glyphs(run.text) else ""
            if shown:
                self._code.append(f"BT {_colour(run.colour)} rg {x + run.x:.2f} {y:.2f} Td {shown}ET")
            else:
                self._rare(run, x + run.x, y, size)

    def _rare(self, run: Run, x: float, y: float, size: float) -> None:
        """A run with letters that the font lacks: drawn from a letter and a mark beneath it, else as an empty box.

        No font's own sign for "no such letter" is used, which PDF/UA and PDF/A forbid (ISO 14289-1, 7.21.8). Each such letter
        is named as what it is, so that a reader who hears or copies the text gets it.
        """
        colour = _colour(run.colour)
        for known, letters in groupby(run.text, look.has_glyph):
            for text in ("".join(letters),) if known else letters:
                wide = look.width_of(text, run.font, size)
                if known:
                    self._code.append(f"BT {colour} rg {x:.2f} {y:.2f} Td {self._letters(run.font, size, text)}ET")
                else:
                    self._code.append(f"/Span <</ActualText <FEFF{text.encode('utf-16-be').hex().upper()}>>> BDC")
                    self._unknown(text, run.font, colour, x, y, size, wide)
                    self._code.append("EMC")
                x += wide

    def _unknown(self, character: str, font: str, colour: str, x: float, y: float, size: float, wide: float) -> None:
        made = look.letter_and_mark(character)
        if made:
            letter, mark = made
            sign = look.MARKS_BELOW[mark]
            aside = (wide - look.width_of(sign, font, size)) / 2
            below = size * (0.21 if sign == "." else 0.42)
            for text, left, down in ((sign, aside, below), (letter, 0.0, 0.0)):
                self._code.append(f"BT {colour} rg {x + left:.2f} {y - down:.2f} Td {self._letters(font, size, text)}ET")
            return
        self._code.append(
            f"{colour} RG {size * 0.05:.2f} w [] 0 d {x + size * 0.06:.2f} {y:.2f} {wide - size * 0.12:.2f} {size * 0.66:.2f} re S "
            f"BT 3 Tr {x:.2f} {y:.2f} Td {self._letters(font, size, '?')}0 Tr ET"
        )

    def _letters(self, font: str, size: float, text: str) -> str:
        if text.isascii() and text.isprintable():
            subsets = [(0, text)]  # these stand for themselves (``look.font``)
        else:
            parted = look.font(font).splitString(text, self._canvas._doc)
            subsets = [(subset, letters.decode("latin-1")) for subset, letters in parted]
        return "".join(f"{self._font(font, subset)} {size:g} Tf ({_escaped(letters)}) Tj " for subset, letters in subsets)

    def _font(self, font: str, subset: int) -> str:
        name = self._fonts.get((font, subset))
        if name is None:
            name = look.font(font).getSubsetInternalName(subset, self._canvas._doc)
            self._fonts[font, subset] = name
        return name

    def across(self, text: str, size: float, colour: look.Colour) -> None:
        """Large pale words from the lower left to the upper right of the page."""
        half, (cos, sin) = look.width_of(printable(text), look.BOLD, size) / 2, _ACROSS
        x = self._size[0] / 2 - half * cos + size * 0.35 * sin
        y = self._size[1] / 2 - half * sin - size * 0.35 * cos
        letters = self._letters(look.BOLD, size, printable(text))
        self._code.append(f"BT {_colour(colour)} rg {cos} {sin} -{sin} {cos} {x:.2f} {y:.2f} Tm {letters}ET")

    def rule(self, x1: float, x2: float, y: float, thick: float, colour: look.Colour = look.LINE, dots: bool = False) -> None:
        up = self._size[1] - y
        dash = "[0.6 3] 0" if dots else "[] 0"
        self._code.append(f"{_colour(colour)} RG {thick:g} w {dash} d {x1:.2f} {up:.2f} m {x2:.2f} {up:.2f} l S")

    def way(
        self,
        points: Sequence[tuple[float, float]],
        *,
        thick: float = 1,
        colour: look.Colour = look.INK,
        fill: look.Colour | None = None,
        closed: bool = False,
        dash: str = "",
    ) -> None:
        """A line from point to point; ``closed`` it is a shape, which ``fill`` may fill. ``dash`` is "on off" in points."""
        first, *rest = ((x, self._size[1] - y) for x, y in points)
        drawn = f"{first[0]:.2f} {first[1]:.2f} m " + "".join(f"{x:.2f} {y:.2f} l " for x, y in rest)
        inside = f"{_colour(fill)} rg " if fill else ""
        paint = ("b" if fill else "s") if closed else "S"
        self._code.append(f"{inside}{_colour(colour)} RG {thick:g} w [{dash}] 0 d {drawn}{paint}")

    def disc(self, x: float, y: float, radius: float, *, fill: look.Colour, thick: float = 1, colour: look.Colour = look.INK) -> None:
        """A round spot with its edge."""
        up, near = self._size[1] - y, radius * 0.5523  # four Bézier curves that differ from a circle by a 3,700th of the radius
        quarters = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))
        drawn = f"{x + radius:.2f} {up:.2f} m "
        for ax, ay, bx, by in quarters:
            control = (x + ax * radius + bx * near, up + ay * radius + by * near, x + bx * radius + ax * near, up + by * radius + ay * near)
            drawn += " ".join(f"{each:.2f}" for each in (*control, x + bx * radius, up + by * radius)) + " c "
        self._code.append(f"{_colour(fill)} rg {_colour(colour)} RG {thick:g} w [] 0 d {drawn}b")

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: look.Colour | None = None,
        edge: look.Colour | None = None,
        thick: float = 1,
    ) -> None:
        """A rectangle; ``y`` is its top."""
        inside = f"{_colour(fill)} rg " if fill else ""
        around = f"{_colour(edge)} RG {thick:g} w [] 0 d " if edge else ""
        paint = "B" if fill and edge else "f" if fill else "S"
        self._code.append(f"{inside}{around}{x:.2f} {self._size[1] - y - high:.2f} {wide:.2f} {high:.2f} re {paint}")

    def picture(self, png: bytes, x: float, y: float, wide: float, high: float) -> None:
        """A picture without transparency, ``y`` its top."""
        shown = self.pages[-1].pictures
        place = f"{wide:.2f} 0 0 {high:.2f} {x:.2f} {self._size[1] - y - high:.2f}"
        self._code.append(f"q {place} cm /Picture{len(shown)} Do Q")
        shown.append(png)

    def field(self, x: float, y: float, wide: float, high: float, field: AnswerField, tag: Tag) -> None:
        """A place to write in, ``y`` its top."""
        top = self._size[1] - y
        self.fields.append(FieldBox(self._page, (x, top - high, x + wide, top), field, tag))

    def framed(self, tag: Tag, x: float, y: float, wide: float, high: float) -> None:
        """Notes where a figure stands, ``y`` its top."""
        tag.box = (x, self._size[1] - y - high, x + wide, self._size[1] - y)

    def link(self, x: float, y: float, wide: float, high: float, place: str, words: str, tag: Tag) -> None:
        """Leads from a rectangle, ``y`` its top, to a place."""
        top = self._size[1] - y
        self.links.append(Link(self._page, (x, top - high, x + wide, top), place, words, tag))


class _Marked:
    """Ends what ``saying`` or ``artifact`` began. One serves all, for there are thousands of marks in a pack."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self._ink._code.append("EMC")


def _escaped(letters: str) -> str:
    """Letters as they stand in a string in brackets (ISO 32000-1, 7.3.4.2), a third shorter than in hexadecimal."""
    return letters.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").replace("\r", "\\r")


@cache
def _colour(colour: look.Colour) -> str:
    return " ".join(f"{each:.3f}" for each in colour)
