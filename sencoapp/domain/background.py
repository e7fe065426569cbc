"""What a pupil brings along: diagnoses, attendance by year, suspensions, earlier schools, a photo."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

SuspensionKind = Literal["SUSP", "PERM", "LNCH"]
"""CBDS suspension type: suspended, permanently excluded, kept out over lunch."""


@dataclass(frozen=True)
class Diagnosis:
    """What somebody qualified has found, or is still finding out. ``document`` is the paper that shows it."""

    id: str
    pupil: str
    what: str
    given_by: str | None = None
    given_on: date | None = None
    waiting: bool | None = None
    """Referred, and not yet assessed."""
    document: str | None = None
    note: str | None = None


def attendance_share(possible: int | None, attended: int | None) -> Decimal | None:
    """Per cent of the possible sessions that were attended, to one place; half of a tenth counts up. None where it cannot be said."""
    if not possible or attended is None:
        return None
    return (Decimal(attended) * 100 / possible).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class AttendanceYear:
    """Half-day sessions of one school year. ``year`` is the one in which it begins, as in the CTF: "2025"."""

    id: str
    pupil: str
    year: str
    sessions_possible: int
    sessions_attended: int
    sessions_authorised: int | None = None
    sessions_unauthorised: int | None = None
    school: str | None = None


@dataclass(frozen=True)
class Suspension:
    """A suspension or exclusion. ``reasons`` are CBDS codes; ``sessions`` are half days."""

    id: str
    pupil: str
    kind: SuspensionKind
    starts_on: date
    ends_on: date | None = None
    sessions: int | None = None
    reasons: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class PriorSchool:
    """A school that the pupil went to before. ``leaving_reason`` is a CTF code; ``dfe_number`` has seven digits."""

    id: str
    pupil: str
    name: str
    dfe_number: str | None = None
    urn: str | None = None
    entered_on: date | None = None
    left_on: date | None = None
    leaving_reason: str | None = None


@dataclass(frozen=True)
class Photo:
    """A small picture of the pupil, kept sealed. A kind of its own, so that no list of pupils carries it."""

    id: str
    pupil: str
    blob: str
    sha256: str
    size: int
    added_at: datetime
