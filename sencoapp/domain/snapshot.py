"""The frozen content that documents are made from: plain values only, dates as ISO text, money in pence.

``services`` gathers it, ``storage`` keeps it sealed, ``documents`` renders it. The same snapshot gives the same text.
"""

from typing import Any, NotRequired, TypedDict

from sencoapp.domain.appeal_bundle import BundleContent
from sencoapp.domain.statement import StatementContent


class MeasuredValue(TypedDict):
    """One dated value, with the aim of its day where there is an aim line."""

    on: str
    value: str
    aim: str
    who: str


class ChartContent(TypedDict):
    """A laid-out chart: shares of its width and height from the left and from below, with the words at each place."""

    spots: list[tuple[str, float, float, str, str]]
    """Role (``domain.measure_chart.Role``), across, up, day, words."""
    aim: list[float] | None
    """Across and up of its start, across and up of its end."""
    up: list[tuple[float, str]]
    across: list[tuple[float, str]]
    phases: list[tuple[float, str]]


class MeasureContent(TypedDict):
    """What an outcome is measured in, the values that were taken, and what they show."""

    name: str
    """The unit, or what is counted."""
    shows: str
    values: list[MeasuredValue]
    chart: ChartContent | None


class OutcomeContent(TypedDict):
    number: int
    text: str
    area: str | None
    baseline: str | None
    target: str | None
    measure: str | None
    by_on: str | None
    rating: str | None
    result: str | None
    review_note: str | None
    next: str | None
    measure_taken: NotRequired[MeasureContent | None]


class CostPart(TypedDict):
    """A stretch of weeks in which neither who shares a cost nor what an hour costs changes."""

    weeks: str
    pence: list[int]
    """Pence an hour as a fraction: what stands above the line and below it."""
    shared_by: int


class CostAdded(TypedDict):
    """What one of the costs beside the adults' time comes to for a pupil: materials, preparation, training."""

    words: str
    pence: list[int]
    """As a fraction: what stands above the line and below it."""


class ProvisionRow(TypedDict):
    """One pupil's place in one provision, with its cost and the formula in words and figures."""

    id: str
    title: str
    aim: str | None
    area: str | None
    wave: str
    delivered_by: str
    staff_role: str | None
    sessions_per_week: str
    minutes: int
    weeks: int
    group_size: int
    pence_per_hour: int
    whole_cost_reason: str | None
    starts_on: str
    ends_on: str | None
    planned_minutes: int
    cost_pence: int
    formula: str
    parts: NotRequired[list[CostPart]]
    """Of what the cost is made; absent where it is as the provision was costed when it was added, and in older packs."""
    added: NotRequired[list[CostAdded]]
    """Absent where there is nothing, and in older packs."""


class ViewContent(TypedDict):
    whose: str
    given_on: str
    text: str | None
    absent_because: str | None
    said_by: str | None
    method: str | None
    helped_by: str | None


class EvidenceContent(TypedDict):
    """One piece of dated evidence that a cycle rests on."""

    kind: str
    on: str
    who: str
    text: str


class CorrectionContent(TypedDict):
    """What a closed cycle should have said: printed beside it, with who says so, when and why."""

    about: str
    text: str
    reason: str
    on: str
    who: str


class CycleContent(TypedDict):
    number: int
    starts_on: str
    review_due_on: str | None
    assess_summary: str | None
    agreed_with: str | None
    strategies: str | None
    reviewed_on: str | None
    review_attended_by: str | None
    review_summary: str | None
    decision: str | None
    copy_given_on: str | None
    closed_on: str | None
    outcomes: list[OutcomeContent]
    provision: list[ProvisionRow]
    views: list[ViewContent]
    evidence: list[EvidenceContent]
    corrections: NotRequired[list[CorrectionContent]]


class NeedContent(TypedDict):
    sen_type: str
    label: str
    area: str | None
    rank: int
    starts_on: str | None
    description: str | None


class ContactContent(TypedDict):
    name: str
    relationship: str
    parental_responsibility: bool | None
    lives_with_pupil: bool | None
    phone: str | None
    email: str | None
    address: str | None
    address_hidden: NotRequired[bool]
    """Left out, because it is kept from another contact who may see this document."""
    reach_hidden: NotRequired[bool]
    """Telephone and e-mail are left out for the same reason."""
    language: str | None
    interpreter: bool | None


class AnswerContent(TypedDict):
    question: str
    label: str
    text: str
    source: str
    """Where it comes from, in words: "from the pupil's record", "written by Mrs R. Adeyemi"."""


class SectionContent(TypedDict):
    """One section of the council's form, in the council's order and words.

    ``shows`` names what of the record it prints after its answers: ``family``, ``views``, ``needs``,
    ``cycles``, ``progress``, ``provision``, ``evidence``, ``consent``; empty for answers alone.
    """

    id: str
    title: str
    shows: str
    answers: list[AnswerContent]


class WithheldArea(TypedDict):
    """What is taken out of a page: its place (``domain.redaction.Area``) and, in words, why."""

    page: int
    left: int
    top: int
    right: int
    bottom: int
    reason: str


class EvidenceFile(TypedDict):
    """One document of the pack, in the pack's order. ``letter`` is A, B, C ...; ``withheld`` is absent where nothing is."""

    id: str
    letter: str
    title: str
    kind: str
    filename: str
    media_type: str
    sha256: str
    pages: int | None
    document_on: str | None
    author_name: str | None
    author_role: str | None
    organisation: str | None
    withheld: NotRequired[list[WithheldArea]]
    turned: NotRequired[dict[str, int]]
    """Degrees, clockwise, by page (from 1), where a person turned some."""
    told_otherwise: NotRequired[bool]
    """Its title, file name or author would tell what is withheld, and others stand here in their place."""
    bound_sha256: NotRequired[str]
    """Of what was bound, where something is withheld: the hash of the whole file is not told then. Empty where nothing was bound."""


class GapContent(TypedDict):
    """Something the council asks for that is not there, and the school's reason."""

    check: str
    voice: str
    sentence: str
    reason: str


class DeadlineContent(TypedDict):
    rule: str
    label: str
    due: str
    citation: str
    how: str


class PackSnapshot(TypedDict):
    """Everything a request pack says."""

    format: str
    version: int
    made_on: str
    made_by: str
    made_by_role: str
    council: dict[str, Any]
    form: dict[str, Any]
    school: dict[str, Any]
    pupil: dict[str, Any]
    statuses: list[dict[str, Any]]
    needs: list[NeedContent]
    contacts: list[ContactContent]
    request: dict[str, Any]
    sections: list[SectionContent]
    views: list[ViewContent]
    cycles: list[CycleContent]
    provision: list[ProvisionRow]
    provision_total_pence: int
    notional_pence: int
    evidence: list[EvidenceFile]
    gaps: list[GapContent]
    deadlines: list[DeadlineContent]
    demo: bool
    statement: NotRequired[StatementContent]
    """Absent while nobody has taken one over, and in older packs."""
    variant: NotRequired[dict[str, Any]]
    """Of a copy for another reader than the council: which, its title, what it leaves out, whether it is counted as a bundle."""
    crest: NotRequired[str]
    """The school's crest as it was, a PNG in base64; absent without one, and in older packs."""
    appeal: NotRequired[BundleContent]
    """Of the bundle of a case: its sections."""
    open_sha256: NotRequired[str]
    """SHA-256 over what it would say without its confidential evidence, where it has any: that is what is signed off."""


class MapPupil(TypedDict):
    id: str
    name: str
    year: str | None
    reg_group: str | None
    rows: list[ProvisionRow]
    total_pence: int


class MapContent(TypedDict):
    """The provision map of one pupil."""

    school: str
    title: str
    made_on: str
    made_by: str
    pupil: MapPupil
    notional_pence: int
    demo: bool


class RecoveryContent(TypedDict):
    """The printed way back into a profile. Holds no pupil's data."""

    school: str
    person: str
    made_on: str
    profile: str
    code: str
    """32 Crockford characters in groups of four, with check characters at the end."""


class LetterContent(TypedDict):
    """A letter about a pupil to one person."""

    school: str
    crest: NotRequired[str]
    school_lines: list[str]
    made_on: str
    recipient: str
    address: list[str]
    salutation: str
    subject: str
    about: str
    text: str
    signed_by: str
    signed_role: str
    large_print: bool
    demo: bool


class ChronologyLine(TypedDict):
    """One entry of a chronology in words. ``day`` is an ISO date, ``area`` an area of need or empty."""

    day: str
    half_term: str
    head: str
    who: str
    words: str
    area: str


class ChronologyContent(TypedDict):
    """A pupil's chronology as it was filtered, oldest first."""

    school: str
    pupil: str
    made_on: str
    made_by: str
    filter: str
    """What was asked for, in words; empty for everything."""
    lines: list[ChronologyLine]
    demo: bool


class PlanSectionContent(TypedDict):
    """One section of a printed plan: what it shows, and its heading about this pupil."""

    shows: str
    heading: str
    lead: str


class PlanContent(TypedDict):
    """One plan as its template prints it."""

    school: str
    crest: NotRequired[str]
    pupil: str
    pupil_id: str
    forename: str
    about: list[tuple[str, str]]
    """Labels and words: when born, year, class."""
    strengths: str | None
    what_works: str | None
    communication: str | None
    called: str
    layer: str
    draft: bool
    needs: list[NeedContent]
    cycle: CycleContent
    copies: list[str]
    sections: list[PlanSectionContent]
    made_on: str
    made_by: str
    demo: bool
