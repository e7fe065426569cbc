"""Professionals and services around a pupil: who they are, since when they help, what they recommend and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

InUse = Literal["yes", "partly", "no"]


@dataclass(frozen=True)
class Professional:
    """A person outside the school, or a service whose people change. One of ``name`` and ``organisation`` is there."""

    id: str
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    phone: str | None = None
    email: str | None = None
    note: str | None = None

    @property
    def title(self) -> str:
        """The person, or the service where nobody is named."""
        return self.name or self.organisation or ""


@dataclass(frozen=True)
class Involvement:
    """A professional's work with one pupil."""

    id: str
    pupil: str
    professional: str
    starts_on: date | None = None
    ends_on: date | None = None
    reason: str | None = None


@dataclass(frozen=True)
class InvolvementReport:
    """A document that came of an involvement."""

    id: str
    pupil: str
    involvement: str
    document: str


@dataclass(frozen=True)
class Recommendation:
    """One thing that a professional advised, whether it is done, and what it has changed."""

    id: str
    pupil: str
    involvement: str
    text: str
    document: str | None = None
    in_use: InUse | None = None
    """None: nobody has said yet."""
    in_use_since: date | None = None
    in_use_by: str | None = None
    effect: str | None = None
    effect_on: date | None = None
