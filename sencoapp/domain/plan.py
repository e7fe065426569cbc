"""The graduated approach: what was seen, and the cycles of assess, plan, do, review built on it.

Source: SEND Code of Practice 2015, 6.44 to 6.56.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from sencoapp.domain.people import Area

ObservationKind = Literal["strength", "concern", "progress", "support", "behaviour", "attendance", "view", "note"]
Rating = Literal["met", "nearly", "some", "not_met"]
Next = Literal["continue", "change", "stop"]
Whose = Literal["pupil", "parents"]


@dataclass(frozen=True)
class Observation:
    """What someone saw. Never edited: a correction is a further observation that names the one it corrects.

    ``happened_on`` may lie before the day of writing; ``noted_at`` (UTC) is when it was written and never changes.
    """

    id: str
    pupil: str
    text: str
    kind: ObservationKind
    happened_on: date
    noted_at: datetime
    author: str
    author_name: str
    area: Area | None = None
    setting: str | None = None
    outcome: str | None = None
    corrects: str | None = None
    confidential: bool = False
    readers: tuple[str, ...] = ()
    """Ids of the staff who read it where it is confidential, beside its author and those who read everything."""
    lesson: str | None = None
    antecedent: str | None = None
    behaviour: str | None = None
    consequence: str | None = None
    """What came before, what the pupil did, what followed (A-B-C). ``text`` says them too, so that a search finds them."""
    outcome_rating: Rating | None = None
    """How far the pupil was from ``outcome`` at that moment, at a glance. The review's rating is the outcome's own."""


@dataclass(frozen=True)
class ToldSenco:
    """The SENCO was told of a note. It stands in their Today until somebody acknowledges it; the note stays as it is."""

    id: str
    pupil: str
    observation: str
    told_at: datetime
    author: str
    author_name: str
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_by_name: str | None = None


@dataclass(frozen=True)
class Cycle:
    """One turn of assess, plan, do, review. Closed for ever once ``closed_on`` is set."""

    id: str
    pupil: str
    number: int
    starts_on: date
    review_due_on: date | None = None
    assess_summary: str | None = None
    assessed_on: date | None = None
    planned_on: date | None = None
    agreed_with: str | None = None
    strategies: str | None = None
    reviewed_on: date | None = None
    review_attended_by: str | None = None
    review_summary: str | None = None
    decision: str | None = None
    copy_given_on: date | None = None
    closed_on: date | None = None
    template: str | None = None
    """Which kind of plan it is: a file of ``resources/plans``; None for the one that the school writes as a rule."""
    layer: str | None = None
    """Where the kind of plan has layers, the one that this plan is at."""
    assess_not_needed: str | None = None
    """Why this stage is not needed in this cycle; None where it is. The same for the three below."""
    plan_not_needed: str | None = None
    do_not_needed: str | None = None
    review_not_needed: str | None = None


@dataclass(frozen=True)
class EvidenceLink:
    """A claim in a cycle leads to what it rests on: an observation or a document of the pupil."""

    id: str
    pupil: str
    cycle: str
    source_kind: Literal["observation", "document"]
    source: str
    outcome: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What the pupil will do by a date, from where, measured how; and how it went."""

    id: str
    pupil: str
    cycle: str
    number: int
    text: str
    area: Area | None = None
    baseline: str | None = None
    target: str | None = None
    measure: str | None = None
    by_on: date | None = None
    rating: Rating | None = None
    result: str | None = None
    review_note: str | None = None
    next: Next | None = None
    carried_from: str | None = None
    unit: str | None = None
    """What ``baseline`` and ``target`` are measured in: a code of ``rules/measures.json``. Without it they are words of any kind.
    ``measure`` is the tool, ``by_on`` the day of the target."""
    counts: str | None = None
    """What is counted, where the unit leaves that open: "words a minute"."""
    baseline_on: date | None = None


@dataclass(frozen=True)
class DataPoint:
    """One dated value on the way from an outcome's baseline to its target."""

    id: str
    pupil: str
    outcome: str
    value: str
    """As ``domain.measures`` writes it in ``unit``, which stays what it was when the value was taken."""
    unit: str
    measured_on: date
    author: str
    author_name: str
    note: str | None = None
    observation: str | None = None
    """The note that tells of it, as evidence."""


@dataclass(frozen=True)
class View:
    """What the pupil or the parents said, in their words, or why it is not there.

    Exactly one of ``text`` and ``absent_because`` is given.
    """

    id: str
    pupil: str
    whose: Whose
    given_on: date
    text: str | None = None
    absent_because: str | None = None
    said_by: str | None = None
    method: str | None = None
    helped_by: str | None = None
    cycle: str | None = None
    confidential: bool = False
    readers: tuple[str, ...] = ()
