"""What a page is stacked from. A strip is never cut; where pages may break follows from what strips ask for."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sencoapp.documents.pdf.ink import Ink, Tag
from sencoapp.documents.pdf.text import Line
from sencoapp.documents.pdf.type import LEFT, Style

Draw = Callable[[Ink, float], None]
"""Draws on the current page; the number is the strip's top, in points from the top of the page."""


class Strip(NamedTuple):
    """A band of the column. ``before`` is the gap above it, which is dropped at the top of a page."""

    height: float
    draw: Draw
    before: float = 0.0
    keep: bool = False
    """Must not be the last on its page: it stays with the strip that follows."""
    repeated: Sequence["Strip"] = ()
    """What stands above this strip where it is the first on a page: the heading of its table."""
    place: str = ""
    """The name of the place that begins here."""
    break_unless: float | None = None
    """Begins a new page unless so many points are left."""


class Told:
    """A tag that is put into the tree when it is first drawn, so that the order of the tree is that of the pages."""

    __slots__ = ("_heading", "_parent", "_span", "_tag", "_words", "name")

    def __init__(self, name: str, parent: "Told | None" = None, *, span: int = 1, words: str = "", heading: str = "") -> None:
        self.name = name
        self._parent = parent
        self._span = span
        self._words = words
        self._heading = heading
        self._tag: Tag | None = None

    def on(self, ink: Ink) -> Tag:
        if self._tag is None:
            above = self._parent.on(ink) if self._parent else ink.root
            self._tag = Tag(self.name, above, words=self._words, span=self._span, heading=self._heading)
        return self._tag


def nothing(_ink: Ink, _y: float) -> None:
    """Draws nothing."""


def baseline(y: float, style: Style) -> float:
    """Where letters stand in a line whose top is ``y``."""
    return y + (style.leading - style.size) / 2 + style.size * 0.8


def text_strips(
    text: Sequence[Line],
    style: Style,
    told: Told,
    *,
    before: float = 0.0,
    x: float = LEFT,
    keep: bool = False,
    together: bool = False,
) -> list[Strip]:
    """One strip a line. The first two and the last two lines stay together; ``keep`` holds the last to what follows."""
    last = len(text) - 1

    def drawn(line: Line) -> Draw:
        def draw(ink: Ink, y: float) -> None:
            with ink.saying(told.on(ink)):
                ink.line(line, x, baseline(y, style), style.size)

        return draw

    return [
        Strip(
            style.leading,
            drawn(line) if line.runs else nothing,
            before if place == 0 else 0.0,
            keep=keep if place == last else (together or place in (0, last - 1)),
        )
        for place, line in enumerate(text)
    ]
