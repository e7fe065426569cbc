"""How long a record is kept: which rule holds for a pupil, and from when it may be erased (domain.md 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sencoapp.domain.dates import add_months
from sencoapp.domain.leaving import LegalHold
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import from_plain

WAITING = ("draft", "frozen", "sent")
"""States of a request to a council in which its pupil's record is still needed."""


@dataclass(frozen=True)
class RetentionRule:
    """One rule of ``resources/rules/retention.json``; ``years`` as the school has set them."""

    id: str
    label: str
    years: int
    citation: str
    source: str
    counted_from: Literal["birth", "receipt"]
    configurable: bool

    def due_on(self, day: date) -> date:
        """The first day on which the record may go: so many years after a day, 29 February counted as 28 in other years."""
        return add_months(day, 12 * self.years)


def read_rules(rules: Mapping[str, Any], own_years: Mapping[str, int] | None = None) -> tuple[RetentionRule, ...]:
    """The rules in the order in which they are tried, with the school's own years where it may set them."""
    read = [from_plain(RetentionRule, {**each, "counted_from": each["from"]}) for each in rules["rules"]]
    own = own_years or {}
    return tuple(replace(each, years=own[each.id]) if each.configurable and each.id in own else each for each in read)


def rule_for(rules: Sequence[RetentionRule], *, sen: bool, receipt: bool) -> RetentionRule:
    """Handed on and signed for; else a SEN file where there ever was SEN support, a plan or a need; else a pupil record."""
    wanted = "handed_on" if receipt else "sen_file" if sen else "pupil_record"
    return next(each for each in rules if each.id == wanted)


@dataclass(frozen=True)
class KeptPupil:
    """What decides how long one pupil's record is kept, and what stands in the way of erasing it."""

    pupil: Pupil
    removed: bool
    """Somebody has taken the pupil out of the lists. The record is kept all the same, and comes due like any other."""
    sen: bool
    """There ever was SEN support, a plan or a need."""
    receipt_on: date | None
    """The last day on which another school signed for the record."""
    awaited: bool
    """A council, or somebody who asked for a copy, waits for an answer."""
    holds: tuple[LegalHold, ...]
    """All of them, lifted ones too, oldest first."""
