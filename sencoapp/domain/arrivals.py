"""Pupils as a file from another system tells of them, before anything is decided."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from sencoapp.domain.people import SENprovision

Severity = Literal["error", "warning", "info"]
Source = Literal["ctf", "atf", "table", "sims_xml", "isams_xml"]
"""The kinds of files that pupils come from."""


@dataclass(frozen=True)
class Problem:
    """One thing to know about one row. An error leaves the row out; a warning and an information do not."""

    row: int
    """The row as the school office sees it: the line in a table, counted from 1; the place of the pupil in a CTF."""
    field: str
    """The canonical field (interop.md 4.4 spelling, such as ``UPN``), or empty for the row as a whole."""
    severity: Severity
    message: str


@dataclass(frozen=True)
class ArrivedStatus:
    code: SENprovision
    starts_on: date | None = None


@dataclass(frozen=True)
class ArrivedNeed:
    sen_type: str
    rank: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    description: str | None = None


@dataclass(frozen=True)
class Arrival:
    """One pupil. ``pupil`` holds only those fields of ``Pupil`` that the file spoke of; ``contacts`` likewise."""

    row: int
    pupil: Mapping[str, Any]
    statuses: tuple[ArrivedStatus, ...] = ()
    needs: tuple[ArrivedNeed, ...] = ()
    contacts: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class ReadFile:
    """What a file held: its pupils, its problems, and for a table how its columns were understood."""

    source: Source
    arrivals: tuple[Arrival, ...]
    problems: tuple[Problem, ...] = ()
    headings: tuple[str, ...] = ()
    """The headings of a table in their order, as they stand in the file."""
    mapping: Mapping[int, str] = field(default_factory=dict)
    """Column number (from 0) to canonical name, for the columns that were understood."""
    remembered: bool = False
    """Whether the mapping is the one that a person once gave for a file with these headings."""


@dataclass(frozen=True)
class PupilImport:
    """An import that was saved: of which file, by whom, and whether it was undone. Made by the very save that it tells of."""

    id: str
    at: datetime
    by: str
    by_name: str
    source: Source
    filename: str
    added: int
    changed: int
    sha256: str | None = None
    undone_at: datetime | None = None
    undone_by_name: str | None = None


def heading_signature(headings: Sequence[str]) -> str:
    """The same for two files whose headings are the same words in the same order; capitals, spaces and punctuation do not count."""
    bare = ("".join(each for each in heading.casefold() if each.isalnum()) for heading in headings)
    return hashlib.sha256("\x1f".join(bare).encode()).hexdigest()[:32]
