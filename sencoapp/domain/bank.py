"""The bank of outcomes and strategies: what is shipped for each area of need, and what the school keeps beside it."""

from dataclasses import dataclass
from typing import Literal

from sencoapp.domain.people import Area

BankKind = Literal["outcome", "strategy"]

NAME = "{name}"
"""Stands for the pupil's forename: a bank says nothing about anybody."""


@dataclass(frozen=True)
class BankEntry:
    """Something that the school has kept in its bank."""

    id: str
    kind: BankKind
    text: str
    area: Area | None = None
    measure: str | None = None


@dataclass(frozen=True)
class BankLine:
    """One line of the bank, shipped or the school's own."""

    key: str
    kind: BankKind
    text: str
    area: Area | None
    measure: str | None
    own: bool

    def about(self, forename: str) -> str:
        """The words about a pupil."""
        return self.text.replace(NAME, forename)
