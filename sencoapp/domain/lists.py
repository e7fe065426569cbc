"""What leaves the record as a file for other systems: lists of plain values, and pupils for a Common Transfer File."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sencoapp.domain.people import Contact, Pupil, School, SenNeed, SenStatus

Value = str | int | bool | Decimal | date | None


@dataclass(frozen=True)
class ListContent:
    """A table as it was when it was read: its headings, and rows of real dates and numbers, not of their words."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    made_on: date


@dataclass(frozen=True)
class PupilForTransfer:
    """One pupil with what a partial CTF carries: identity, SEN history, contacts, attendance (interop.md 0)."""

    pupil: Pupil
    statuses: Sequence[SenStatus] = ()
    needs: Sequence[SenNeed] = ()
    contacts: Sequence[Contact] = ()


@dataclass(frozen=True)
class TransferContent:
    """A Common Transfer File before it is written. ``destination`` is LA and establishment number, or empty where unknown."""

    school: School
    made_at: datetime
    academic_year: int
    pupils: Sequence[PupilForTransfer]
    destination: str = ""
    apart: int = 0
    """Of how many people something that is kept apart was left out, or with ``apart_told`` is in it."""
    apart_told: bool = False
