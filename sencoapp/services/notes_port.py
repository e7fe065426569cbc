"""What the record answers when it is asked for a pupil's chronology or for notes: one line each, for a list."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Entry:
    """One dated thing in a pupil's chronology."""

    kind: str
    """One of ``storage.chronology_parts.PARTS``, which says what ``title`` and ``detail`` hold."""
    id: str
    on: date
    title: str
    text: str
    who: str
    area: str | None = None
    detail: str = ""
    noted_at: datetime | None = None
    confidential: bool = False
    """``text`` is empty then: a list does not show what is confidential, and opening it is noted in the trail."""
    author: str = ""
    """The member of staff who wrote a note, by id; empty for all else."""
    files: int = 0
    """How many photos and files came with a note."""


@dataclass(frozen=True)
class NoteFound:
    """An observation that a search found."""

    id: str
    pupil: str
    pupil_name: str
    happened_on: date
    kind: str
    text: str
    author_name: str
    confidential: bool = False
    """``text`` is empty then."""
