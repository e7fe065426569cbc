"""What the record holds for one request, as plain values that the readiness check reads. Nothing here reads a record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sencoapp.domain.plan import Rating, Whose


@dataclass(frozen=True)
class NeedFacts:
    label: str
    rank: int
    described: bool
    has_evidence: bool


@dataclass(frozen=True)
class OutcomeFacts:
    label: str
    cycle: int
    """The number of the cycle."""
    reviewed: bool
    """Whether that cycle has been reviewed."""
    baseline: str | None = None
    target: str | None = None
    measure: str | None = None
    by_on: date | None = None
    result: str | None = None
    rating: Rating | None = None


@dataclass(frozen=True)
class ViewFacts:
    """What one person said, or why it is not there: then ``absent_because`` is given."""

    whose: Whose
    on: date
    absent_because: str | None = None

    @property
    def label(self) -> str:
        return "Views"


@dataclass(frozen=True)
class ReportFacts:
    """A report by a professional. ``used`` says whether a cycle or an answer rests on it."""

    label: str
    on: date | None = None
    author_role: str | None = None
    used: bool = False


@dataclass(frozen=True)
class EvidenceFacts:
    """Any document that goes with the request, by its kind (``report``, ``work``, ``letter``, ...)."""

    label: str
    kind: str
    on: date | None = None


@dataclass(frozen=True)
class ProvisionFacts:
    label: str
    delivered_by: str | None = None
    minutes: int | None = None
    sessions_per_week: Decimal | None = None
    group_size: int | None = None
    cost_pence: int | None = None
    has_outcome: bool = False


@dataclass(frozen=True)
class RequestFacts:
    """What the record holds for one request, as plain values. Services gather it."""

    pupil_named: bool = False
    school_named: bool = False
    requester_named: bool = False
    damaged_documents: tuple[str, ...] = ()
    """Titles of evidence files that cannot be read or whose seal is broken."""
    answered: Mapping[str, int] = field(default_factory=dict)
    """The form's questions that have an answer: id to its length in characters."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """How many lines with words each of these answers has: a form may take only so many."""
    evidence: tuple[EvidenceFacts, ...] = ()
    consent_documents: int = 0
    consent_document_on: date | None = None
    parents_told_on: date | None = None
    parents_agree: bool | None = None
    needs: tuple[NeedFacts, ...] = ()
    reviewed_cycles: int = 0
    outcomes: tuple[OutcomeFacts, ...] = ()
    views: tuple[ViewFacts, ...] = ()
    reports: tuple[ReportFacts, ...] = ()
    provision: tuple[ProvisionFacts, ...] = ()
    total_cost_pence: int = 0
    vague_wording: tuple[str, ...] = ()
    """What outcomes, strategies and provision leave open (``domain/specificity.py``), each with the words."""
    strengths: int = 0
    """Observations of a strength, and the strengths written on the pupil's page."""
    attendance_known: bool = False
    observations_last_12_months: int = 0
    unreviewed_cycles: tuple[str, ...] = ()
    """Cycles that are over, or whose review was due, and that nobody has reviewed."""
    off_timetable: tuple[str, ...] = ()
    """Where the provision map and the timetable differ, each in words."""
    duplicates: tuple[str, ...] = ()
    """Evidence that is there twice, by its bytes or by its words."""
    poor_scans: tuple[str, ...] = ()
    """Evidence with pages that are hard to read (``domain/page_look.py``), and why."""
    statement_sentences: int = 0
    """Of the statement that somebody owns."""
    form_out_of_date: tuple[str, ...] = ()
    """Why the form that the request was begun on is not the present one, each in words."""
