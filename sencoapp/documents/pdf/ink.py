"""The one place that draws. Everything drawn is either part of what the document says or an artifact of the page.

Content is wrapped in marks and kept in a tree of tags (ISO 32000-1, 14.8), so that a reader who hears the document gets
headings, paragraphs and tables in order; running heads, rules and repeated table headings are artifacts.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.text import Line, Run, printable


@dataclass(eq=False)
class Tag:
    """One element of the structure: H1, P, Table, TR, TH, TD, L, LI ... ``marks`` are (page, mark) pairs in reading order."""

    name: str
    parent: "Tag | None" = None
    words: str = ""
    """What stands for a drawing, where there are no words in it."""
    kids: list["Tag | tuple[int, int]"] = field(default_factory=list)
    span: int = 1

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


class Ink:
    """Draws on the pages of one PDF. Lengths are in points; ``y`` is measured down from the top of the page."""

    def __init__(self, size: tuple[float, float], title: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        look.face(look.REGULAR)
        self._out = BytesIO()
        # Streams are compressed once, when pikepdf writes the file.
        self._canvas: Any = Canvas(
            self._out, pagesize=size, pageCompression=0, invariant=1, lang="en-GB", initialFontName=look.REGULAR, initialFontSize=12
        )
        self._canvas.setTitle(title)
        self.root = Tag("Document")
        self.links: list[Link] = []
        self._size = size
        self._page = 0
        self._mark = 0
        self._open = False
        for font in (look.SEMIBOLD, look.BOLD):
            look.face(font)

    @property
    def page(self) -> int:
        """The page being drawn, counted from 0."""
        return self._page

    def next_page(self, size: tuple[float, float] | None = None) -> None:
        """Ends the page. ``size`` is that of the next one."""
        self._canvas.showPage()
        self._page += 1
        self._mark = 0
        if size and size != self._size:
            self._size = size
            self._canvas.setPageSize(size)

    def set_size(self, size: tuple[float, float]) -> None:
        self._size = size
        self._canvas.setPageSize(size)

    def finish(self) -> bytes:
        """The pages as a PDF, without outline, links or tags yet."""
        self._canvas.save()
        return self._out.getvalue()

    @contextmanager
    def saying(self, tag: Tag) -> Iterator[None]:
        """What is drawn inside belongs to the tag."""
        self._canvas._code.append(f"/{tag.name} <</MCID {self._mark}>> BDC")
        tag.kids.append((self._page, self._mark))
        self._mark += 1
        yield
        self._canvas._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is of the page, not of the document. ``kind`` may be Pagination or Layout."""
        self._canvas._code.append(f"/Artifact <</Type /{kind}>> BDC" if kind else "/Artifact BMC")
        yield
        self._canvas._code.append("EMC")

    def line(self, line: Line, x: float, baseline: float, size: float) -> None:
        """A line of text, its left end at ``x``."""
        self._runs(line.runs, x, baseline, size)

    def words(self, text: str, x: float, baseline: float, font: str, size: float, colour: look.Colour = look.INK) -> None:
        self._runs((Run(0, printable(text), font, colour),), x, baseline, size)

    def words_right(self, text: str, x: float, baseline: float, font: str, size: float, colour: look.Colour = look.INK) -> None:
        """A short text that ends at ``x``."""
        self.words(text, x - look.width_of(printable(text), font, size), baseline, font, size, colour)

    def words_centred(self, text: str, x: float, baseline: float, font: str, size: float, colour: look.Colour = look.INK) -> None:
        self.words(text, x - look.width_of(printable(text), font, size) / 2, baseline, font, size, colour)

    def _runs(self, runs: Sequence[Run], x: float, baseline: float, size: float) -> None:
        canvas = self._canvas
        for run in runs:
            if not run.text:
                continue
            words = canvas.beginText(x + run.x, self._size[1] - baseline)
            words.setFont(run.font, size)
            words.setFillColorRGB(*run.colour)
            words.textOut(run.text)
            canvas.drawText(words)

    def rule(self, x1: float, x2: float, y: float, thick: float, colour: look.Colour = look.LINE, dots: bool = False) -> None:
        canvas = self._canvas
        canvas.setStrokeColorRGB(*colour)
        canvas.setLineWidth(thick)
        canvas.setDash(*((0.6, 3) if dots else ()))
        canvas.line(x1, self._size[1] - y, x2, self._size[1] - y)

    def box(
        self, x: float, y: float, wide: float, high: float, *, fill: look.Colour | None = None, edge: look.Colour | None = None, thick: float = 1
    ) -> None:
        """A rectangle; ``y`` is its top."""
        canvas = self._canvas
        if fill:
            canvas.setFillColorRGB(*fill)
        if edge:
            canvas.setStrokeColorRGB(*edge)
            canvas.setLineWidth(thick)
        canvas.setDash()
        canvas.rect(x, self._size[1] - y - high, wide, high, stroke=int(edge is not None), fill=int(fill is not None))

    def link(self, x: float, y: float, wide: float, high: float, place: str, words: str, tag: Tag) -> None:
        """Leads from a rectangle, ``y`` its top, to a place."""
        top = self._size[1] - y
        self.links.append(Link(self._page, (x, top - high, x + wide, top), place, words, tag))
