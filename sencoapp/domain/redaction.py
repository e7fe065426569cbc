"""Words and pictures of an evidence file that are withheld when it goes out. The file itself stays as it came.

A school that gives out a record has to protect other people in it (UK GDPR Art 15(4); DPA 2018 Sch 2 para 16), and parents see
what a council is sent. What is withheld is told to whoever reads the pack: on which page, and why.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WHOLE = 10_000
"""Places on a page are counted in ten-thousandths of its width and height, from the top left, as the page is looked at."""


@dataclass(frozen=True)
class Area:
    """A rectangle on a page, which is counted from 1."""

    page: int
    left: int
    top: int
    right: int
    bottom: int

    def touches(self, other: "Area") -> bool:
        return (
            self.page == other.page
            and self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def covers(self, other: "Area") -> bool:
        return (
            self.page == other.page
            and self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )


@dataclass(frozen=True)
class Redaction:
    """One mark: what lies there is taken out of every copy for a pack. ``reason`` is a code of ``resources/packs/reasons.json``."""

    id: str
    pupil: str
    document: str
    page: int
    left: int
    top: int
    right: int
    bottom: int
    reason: str
    note: str | None = None
    """More about why, for whoever works with the record. It is not printed: it could tell what the mark takes out."""
    hidden_from: tuple[str, ...] = ()
    """The variants of a pack (``resources/packs/variants.json``) that do not show it; none named means all of them."""
    words_beneath: str | None = None
    """What the text of the page says there; nothing on a picture. Whatever else a copy says is held against it."""

    @property
    def area(self) -> Area:
        return Area(self.page, self.left, self.top, self.right, self.bottom)

    def holds_for(self, variant: str) -> bool:
        return not self.hidden_from or variant in self.hidden_from


@dataclass(frozen=True)
class FoundWords:
    """Where words stand in a document, and the pages that hold no words at all: scans, which a person has to look through."""

    areas: tuple[Area, ...]
    pictures: tuple[int, ...]


def sound(area: Area, pages: int | None) -> bool:
    """Whether an area is a rectangle on a page that there is."""
    return 1 <= area.page <= (pages or 1) and 0 <= area.left < area.right <= WHOLE and 0 <= area.top < area.bottom <= WHOLE


def not_yet_marked(found: Iterable[Area], marked: Sequence[Area]) -> list[Area]:
    """Those of the found areas that no mark covers already."""
    return [each for each in found if not any(mark.covers(each) for mark in marked)]
