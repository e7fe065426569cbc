"""Documents, requests to the council, what was sent, and what came back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

RequestState = Literal["draft", "frozen", "sent", "decided", "withdrawn"]
SentBy = Literal["email", "portal", "post", "hand"]
SENT_BY: tuple[SentBy, ...] = get_args(SentBy)


@dataclass(frozen=True)
class Document:
    """A file about a pupil, kept encrypted. ``sha256`` is of the plain bytes; ``blob`` names the sealed copy."""

    id: str
    pupil: str
    title: str
    kind: str
    filename: str
    media_type: str
    size: int
    sha256: str
    blob: str
    added_at: datetime
    pages: int | None = None
    document_on: date | None = None
    author_name: str | None = None
    author_role: str | None = None
    organisation: str | None = None
    for_requests: bool = True
    shared: bool = False
    """Whether those who teach the pupil may read it. A confidential one is read by its readers alone."""
    confidential: bool = False
    readers: tuple[str, ...] = ()
    observation: str | None = None
    """The note that it came with: whoever sees the note sees it, and nobody else."""
    author: str | None = None
    """The member of staff who wrote that note."""
    subject: str | None = None
    words: str | None = None
    """Of a letter that was written here: its subject and its words, so that it can be written again."""
    turns: tuple[str, ...] = ()
    """Pages that a person turned for packs (``domain.page_turns``)."""


@dataclass(frozen=True)
class Request:
    """A school's request for an EHC needs assessment (CFA 2014 s36(1))."""

    id: str
    pupil: str
    council: str
    form: str
    form_version: str
    started_on: date
    state: RequestState = "draft"
    requester: str | None = None
    requester_role: str | None = None
    parents_told_on: date | None = None
    parents_agree: bool | None = None
    parents_agree_note: str | None = None
    evidence: tuple[str, ...] = ()
    """Ids of documents, in the order of the pack."""


@dataclass(frozen=True)
class Answer:
    """What a person wrote for one question of the council's form."""

    id: str
    pupil: str
    request: str
    question: str
    text: str


@dataclass(frozen=True)
class GapNote:
    """Why a gap that the readiness check names stays open."""

    id: str
    pupil: str
    request: str
    check: str
    reason: str


@dataclass(frozen=True)
class Pack:
    """A frozen request, or the bundle of a case: the snapshot it was made from and the PDF that it became. Never changed."""

    id: str
    pupil: str
    request: str
    version: int
    made_at: datetime
    made_by: str
    snapshot_blob: str
    snapshot_sha256: str
    pdf_blob: str
    pdf_sha256: str
    pdf_size: int
    pages: int
    variant: str = "council"
    """For whom it was made (``resources/packs/variants.json``). Versions are counted for each variant by itself."""
    council_case: str | None = None
    """The case whose bundle it is; ``request`` is empty then."""


@dataclass(frozen=True)
class SignOff:
    """The head teacher has read a request and stands behind it. Given anew when the request has changed."""

    id: str
    pupil: str
    request: str
    signed_by: str
    signed_role: str
    signed_on: date
    content_sha256: str
    """Of what the request said when it was signed (``services.signing_off``)."""
    noted_at: datetime
    noted_by: str
    on_paper: bool = False
    """Signed by hand; the person in ``noted_by`` noted it."""


@dataclass(frozen=True)
class Submission:
    """A pack on its way to a council. The id is the one the council sees; sending it twice is one submission."""

    id: str
    pupil: str
    request: str
    pack: str
    gateway: str
    manifest_blob: str
    manifest_sha256: str
    begun_at: datetime
    receipt: str | None = None
    """The council's signed receipt, a compact JWS, exactly as it came."""
    received_at: datetime | None = None
    """From the receipt: the start of the statutory clock."""


@dataclass(frozen=True)
class SentOtherwise:
    """A request that went to the council without a connection, as the person who sent it says. One for each request.

    When the council received it, its number for it and what it decided are in the case (``domain/cases.py``).
    """

    id: str
    pupil: str
    request: str
    sent_on: date
    how: SentBy
    noted_at: datetime
    noted_by: str
    sent_to: str | None = None
    """The address, the person or the office that it went to."""
    pack: str | None = None
    """The version that went; None where the papers were not made here."""


@dataclass(frozen=True)
class CaseEvent:
    """What the council recorded about a submission, in its own words."""

    id: str
    pupil: str
    submission: str
    seq: int
    kind: str
    at: datetime
    status: str | None = None
    decision: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Disclosure:
    """A document left the record: which, to whom, what for. ``pupil`` is empty for one about the whole school."""

    id: str
    what: str
    sha256: str
    recipient: str
    purpose: str
    at: datetime
    by: str
    pupil: str | None = None
