"""The golden thread of a plan: need, evidence, outcome, provision, review; and what hangs loose on it.

Source: Code of Practice 6.44 to 6.56 (assess, plan, do, review): each claim rests on evidence, each need is met by provision,
each provision has an expected impact, and each is reviewed. The rules are the same for one pupil's board and for the school's list.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sencoapp.domain.people import Area
from sencoapp.domain.plan import Rating

LooseKind = Literal[
    "no_plan",
    "no_review_date",
    "need_without_provision",
    "need_without_outcome",
    "need_without_evidence",
    "claim_without_evidence",
    "outcome_without_provision",
    "outcome_without_measure",
    "outcome_never_reviewed",
    "rating_without_evidence",
    "provision_without_outcome",
]

LOOSE_KINDS: tuple[LooseKind, ...] = LooseKind.__args__  # type: ignore[attr-defined]
"""In the order in which they are listed: what stops everything else comes first."""

EVIDENCE_MONTHS = 12
"""How far back a note still speaks for a need; councils ask for evidence of the last year (domain.md 3c)."""


@dataclass(frozen=True)
class PlanKnot:
    """The open plan that everything else hangs on."""

    cycle: str
    number: int
    starts_on: date
    review_due_on: date | None
    claims: bool
    """Something was written under Assess, or the assessment was finished."""
    evidence: int
    """Notes and documents that the cycle rests on."""


@dataclass(frozen=True)
class NeedKnot:
    id: str
    sen_type: str
    area: Area | None
    """None for a type that belongs to no area, such as ``OTH``: then any outcome or provision serves it."""
    description: str | None
    evidence: int
    """Dated notes in its area within the last ``EVIDENCE_MONTHS``."""


@dataclass(frozen=True)
class OutcomeKnot:
    id: str
    number: int
    text: str
    area: Area | None
    measure: str | None
    by_on: date | None
    rating: Rating | None
    result: str | None
    evidence: int
    """Dated things that speak of this outcome."""


@dataclass(frozen=True)
class ProvisionKnot:
    """A place that goes on today. One provision can have several: one for each outcome that it serves."""

    place: str
    provision: str
    title: str
    area: Area | None
    outcome: str | None


@dataclass(frozen=True)
class PupilThread:
    """Everything that the thread of one pupil is made of."""

    pupil: str
    name: str
    year: str | None
    reg_group: str | None
    status: str
    plan: PlanKnot | None
    needs: tuple[NeedKnot, ...] = ()
    outcomes: tuple[OutcomeKnot, ...] = ()
    provision: tuple[ProvisionKnot, ...] = ()


@dataclass(frozen=True)
class LooseEnd:
    """One thing that hangs loose. ``subject`` is what is to be mended: a need, an outcome, a place, the cycle, or the pupil."""

    kind: LooseKind
    subject: str
    words: str = ""
    """What it is called: the outcome's words, the provision's title, the code of the need."""
    area: Area | None = None
    outcome: str | None = None


@dataclass(frozen=True)
class ThreadLine:
    """One line of the board, from a need to its review. What is missing is None or empty: there the thread is broken."""

    need: NeedKnot | None
    outcome: OutcomeKnot | None
    provision: tuple[ProvisionKnot, ...]


def loose_ends(thread: PupilThread, today: date) -> tuple[LooseEnd, ...]:
    """What hangs loose for one pupil, in the order of ``LOOSE_KINDS``."""
    plan = thread.plan
    if plan is None:
        return (LooseEnd("no_plan", thread.pupil),) if thread.status in ("K", "E") else ()
    found = [] if plan.review_due_on else [LooseEnd("no_review_date", plan.cycle)]
    if plan.claims and not plan.evidence:
        found.append(LooseEnd("claim_without_evidence", plan.cycle))
    for need in thread.needs:
        found += _of_need(thread, need)
    for outcome in thread.outcomes:
        found += _of_outcome(thread, outcome, today)
    present = {each.id for each in thread.outcomes}
    tied = {each.provision for each in thread.provision if each.outcome in present}
    loose = {each.provision: each for each in thread.provision if each.provision not in tied}
    found += [LooseEnd("provision_without_outcome", each.place, each.title, each.area) for each in loose.values()]
    return tuple(sorted(found, key=lambda each: LOOSE_KINDS.index(each.kind)))


def thread_lines(thread: PupilThread) -> tuple[ThreadLine, ...]:
    """The board: each need with its outcomes, each outcome with its provision; then what belongs to no need, and what to no outcome."""
    lines: list[ThreadLine] = []
    shown: set[str] = set()
    for need in thread.needs:
        own = [each for each in thread.outcomes if each.id not in shown and each.area == need.area] if need.area else []
        shown |= {each.id for each in own}
        lines += [ThreadLine(need, each, _serving(thread, each)) for each in own] or [
            ThreadLine(need, None, _without_outcome(thread, need))
        ]
    lines += [ThreadLine(None, each, _serving(thread, each)) for each in thread.outcomes if each.id not in shown]
    on_board = {each.provision for line in lines for each in line.provision}
    rest: dict[str, ProvisionKnot] = {each.provision: each for each in thread.provision if each.provision not in on_board}
    return (*lines, *(ThreadLine(None, None, (each,)) for each in rest.values()))


def _of_need(thread: PupilThread, need: NeedKnot) -> list[LooseEnd]:
    found = []
    outcomes = [each for each in thread.outcomes if need.area is None or each.area == need.area]
    provision = [each for each in thread.provision if need.area is None or each.area == need.area]
    if not outcomes:
        kind: LooseKind = "need_without_outcome" if provision else "need_without_provision"
        found.append(LooseEnd(kind, need.id, need.sen_type, need.area))
    if not need.evidence:
        found.append(LooseEnd("need_without_evidence", need.id, need.sen_type, need.area))
    return found


def _of_outcome(thread: PupilThread, outcome: OutcomeKnot, today: date) -> list[LooseEnd]:
    kinds: list[LooseKind] = []
    if not _serving(thread, outcome):
        kinds.append("outcome_without_provision")
    if not outcome.measure:
        kinds.append("outcome_without_measure")
    if outcome.rating is None and outcome.by_on is not None and outcome.by_on < today:
        kinds.append("outcome_never_reviewed")
    if outcome.rating is not None and not outcome.evidence and not outcome.result:
        kinds.append("rating_without_evidence")
    return [LooseEnd(each, outcome.id, outcome.text, outcome.area, outcome.id) for each in kinds]


def _serving(thread: PupilThread, outcome: OutcomeKnot) -> tuple[ProvisionKnot, ...]:
    return tuple(each for each in thread.provision if each.outcome == outcome.id)


def _without_outcome(thread: PupilThread, need: NeedKnot) -> tuple[ProvisionKnot, ...]:
    """Provision in the area of a need that no outcome is written for."""
    present = {each.id for each in thread.outcomes}
    tied = {each.provision for each in thread.provision if each.outcome in present}
    loose = {each.provision: each for each in thread.provision if need.area and each.area == need.area and each.provision not in tied}
    return tuple(loose.values())
