"""Puts strips on pages, then draws the pages: everything is measured once and drawn once, with every page number known."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sencoapp.documents.content import Content, EvidencePage, Part
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.blocks import CLOSENESS, strips_of
from sencoapp.documents.pdf.ink import Ink, Tag
from sencoapp.documents.pdf.strips import Strip
from sencoapp.documents.pdf.tags import written
from sencoapp.documents.pdf.text import shortened
from sencoapp.documents.pdf.type import A4, BOTTOM, DRAFT, FOOT, GREY, HEAD, INK, LEFT, LINE, RIGHT, TOP
from sencoapp.reference import say

STAMP_STRIP = 54.0
"""The band below each evidence page, which its stamp has to itself."""
_STAMP = (156.0, 34.0)
_DRAFT_SIZE = 170.0


@dataclass
class Sheet:
    """One page of a part: strips with their tops."""

    name: str
    strips: list[tuple[float, Strip]] = field(default_factory=list)


@dataclass(frozen=True)
class Laid:
    """A document in pages, not yet drawn. ``places`` are pages counted from 0."""

    sheets: Sequence[Sheet]
    places: dict[str, int]
    size: tuple[float, float]


@dataclass(frozen=True)
class Drawn:
    """Pages as a PDF, with what is still to be fastened to it."""

    pdf: bytes
    ink: Ink
    pages: int
    evidence_from: int
    elements: Mapping[Tag, int]
    """The numbers of the objects that the tags are in the PDF."""


def lay_out(content: Content, between: Callable[[int], None] | None = None) -> Laid:
    """Measures and places everything. ``between`` is called with the number of parts that are done; it may raise to stop."""
    size = (A4[1], A4[0]) if content.landscape else A4
    stack = _Stack(size, content.large_print)
    for number, part in enumerate(content.parts):
        stack.add(part)
        if between:
            between(number + 1)
    for number, page in enumerate(content.evidence):
        stack.places.setdefault(page.place, len(stack.sheets) + number)
    return Laid(stack.sheets, stack.places, size)


class _Stack:
    """Sheets being filled from top to bottom."""

    def __init__(self, size: tuple[float, float], large: bool = False) -> None:
        self._large = large
        self.sheets: list[Sheet] = []
        self.places: dict[str, int] = {}
        self._wide = size[0] - LEFT - RIGHT
        self._end = size[1] - BOTTOM
        self._y = self._end

    def add(self, part: Part) -> None:
        """Puts a part below the one before it, or on a page of its own."""
        if self._left() < part.follows:
            self._turn(part.name)
        for chain in _chains(self._strips(part)):
            asked = chain[0].break_unless is not None and self._left() < chain[0].break_unless
            high = sum(each.height + each.before for each in chain) - (0 if self._begun() else chain[0].before)
            if self._begun() and (asked or high > self._left()):
                self._turn(part.name)
            for strip in chain:
                self._put(strip, part.name)

    def _strips(self, part: Part) -> list[Strip]:
        """The strips of a part: the loosest that fit on one page, if it is to be one; the closest if none fit."""
        made = strips_of(part, self._wide, large=self._large)
        for close in CLOSENESS[1:] if part.one_page else ():
            if sum(each.before + each.height for each in made) - made[0].before <= self._end - TOP:
                break
            made = strips_of(part, self._wide, large=self._large, close=close)
        return made

    def _put(self, strip: Strip, name: str) -> None:
        if self._begun() and strip.before + strip.height > self._left():
            self._turn(name)
        if self._begun():
            self._y += strip.before
        else:
            for each in strip.repeated:
                self._set(each)
        if strip.place:
            self.places[strip.place] = len(self.sheets) - 1
        self._set(strip)

    def _set(self, strip: Strip) -> None:
        self.sheets[-1].strips.append((self._y, strip))
        self._y += strip.height

    def _turn(self, name: str) -> None:
        self.sheets.append(Sheet(name))
        self._y = TOP

    def _begun(self) -> bool:
        return bool(self.sheets and self.sheets[-1].strips)

    def _left(self) -> float:
        """Points left on the page; a hundredth more, so that sums of halves do not turn a page."""
        return self._end - self._y + 0.01


def _chains(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Runs of strips that stay on one page as far as they fit."""
    made: list[list[Strip]] = []
    joined = False
    for strip in strips:
        if joined:
            made[-1].append(strip)
        else:
            made.append([strip])
        joined = strip.keep
    return made


def draw(content: Content, laid: Laid) -> Drawn:
    """Draws the pages, and an empty page with its stamp for each page of evidence."""
    total = len(laid.sheets) + len(content.evidence)
    ink = Ink(laid.size)
    ink.places = laid.places
    fitted = cache(shortened)  # many pages bear the same words
    for number, sheet in enumerate(laid.sheets):
        if number:
            ink.next_page(laid.size)
        _running(ink, content, sheet.name, laid.size, f"{number + 1}", total, fitted)
        for y, strip in sheet.strips:
            strip.draw(ink, y)
    for number, page in enumerate(content.evidence, len(laid.sheets) + 1):
        ink.next_page(page.size)
        _stamp(ink, content, page, number, total, fitted)
    pdf, elements = written(ink)
    return Drawn(pdf, ink, total, len(laid.sheets), elements)


def _running(ink: Ink, content: Content, name: str, size: tuple[float, float], page: str, total: int, fitted: Callable[..., str]) -> None:
    right = size[0] - RIGHT
    wide = right - LEFT
    small = look.LEAST_LARGE if content.large_print else look.RUNNING.size
    tone = INK if content.large_print else GREY
    named = fitted("" if content.large_print else name, look.REGULAR, small, wide * 0.48)
    headed = fitted(content.head, look.REGULAR, small, wide - look.width_of(named, look.REGULAR, small) - 16)
    counted = "documents.bundle_of" if content.bundle else "documents.page_of"
    numbered = say(counted, page=page, total=total) if content.numbered else ""
    footed = fitted(content.foot, look.REGULAR, small, wide - look.width_of(numbered, look.SEMIBOLD, small) - 12, between=" · ")
    if content.draft:  # drawn first: what is said lies over it
        with ink.artifact("Pagination /Subtype /Watermark"):
            ink.across(say("documents.draft_mark"), _DRAFT_SIZE, DRAFT)
    with ink.artifact("Pagination"):
        ink.words(headed, LEFT, HEAD, look.REGULAR, small, tone)
        ink.words_right(named, right, HEAD, look.REGULAR, small, tone)
        if headed or named:
            ink.rule(LEFT, right, HEAD + 7, 0.5)
        if footed or numbered:
            ink.rule(LEFT, right, size[1] - FOOT - small - 4.5, 0.5)
        ink.words(footed, LEFT, size[1] - FOOT, look.REGULAR, small, tone)
        ink.words_right(numbered, right, size[1] - FOOT, look.SEMIBOLD, small)


def _stamp(ink: Ink, content: Content, page: EvidencePage, number: int, total: int, fitted: Callable[..., str]) -> None:
    """The stamp of an evidence page, in a band of its own below the page, so that it never covers words.

    The page itself has no tags that could be taken over. Whoever hears the pack is told at least which page stands here.
    """
    wide, high = page.size
    box_wide, box_high = _STAMP
    edge = 34.0
    top = high - STAMP_STRIP + 3
    room = wide - 2 * edge - box_wide - 14
    title = fitted(page.title, look.SEMIBOLD, 9.5, room, between=" · ")
    detail = fitted(page.detail, look.REGULAR, 8.5, room, between=" · ")
    with ink.saying(Tag("H1" if page.bookmark else "P", ink.root)):
        ink.words(title, edge, top + 12, look.SEMIBOLD, 9.5)
    if detail:
        with ink.saying(Tag("P", ink.root)):
            ink.words(detail, edge, top + 22.5, look.REGULAR, 8.5, GREY)
    with ink.artifact("Pagination"):
        ink.rule(edge, wide - edge - box_wide, top, 0.5, LINE)
        ink.words(fitted(content.foot, look.REGULAR, 8.5, room, between=" · "), edge, top + 32.5, look.REGULAR, 8.5, GREY)
        ink.box(wide - edge - box_wide, top, box_wide, box_high, fill=look.PAPER, edge=INK, thick=1.2)
        middle = wide - edge - box_wide / 2
        ink.words_centred(say("documents.bundle_of", page=number, total=total), middle, top + 15.5, look.BOLD, 13)
        ink.words_centred(fitted(page.stamp_below, look.REGULAR, 8.5, box_wide - 12), middle, top + 27.5, look.REGULAR, 8.5)
