"""What was marked in a report by a professional: a need, a recommendation or provision, with the page that says it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

MarkKind = Literal["need", "recommendation", "provision"]
MARK_KINDS: tuple[MarkKind, ...] = ("need", "recommendation", "provision")

WHOLE_SIDE = 1000
"""A side of a page in the steps in which places on it are kept."""


@dataclass(frozen=True)
class ReportMark:
    """One passage of a document. It is read by whoever may read the document, and by nobody else."""

    id: str
    pupil: str
    document: str
    page: int
    """From 1."""
    what: MarkKind
    quote: str
    """The words as they stand there; of a scan, as somebody read them."""
    marked_by: str
    marked_on: date
    typed: bool = False
    """The words were typed from a picture: they stand in no text layer."""
    places: tuple[str, ...] = ()
    """Where on the page, a rectangle a line: left, top, right and bottom in thousandths of the page, such as "120 310 870 334"."""
    for_teachers: bool = True
    """Whether it stands on the sheet for those who teach the pupil."""
    teacher_words: str | None = None
    """What teachers are told, where the quotation is not plain enough for them."""
    recommendation: str | None = None
    """The recommendation, or …"""
    need: str | None = None
    """… the need (``sen_need``), that it became or belongs to."""


@dataclass(frozen=True)
class Box:
    """A place on a page, in shares of its width from the left and of its height from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def as_kept(self) -> str:
        return " ".join(str(round(min(1.0, max(0.0, each)) * WHOLE_SIDE)) for each in (self.left, self.top, self.right, self.bottom))


def box_of(kept: str) -> Box:
    """A place as it is kept. Raises ``ValueError`` for anything else."""
    left, top, right, bottom = (int(each) / WHOLE_SIDE for each in kept.split())
    return Box(left, top, right, bottom)
