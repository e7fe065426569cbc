"""What a laptop and a council's gateway say to each other: the manifest of a submission, the receipt, the events.

The names are those of the DfE's code sets (``UPN``, ``personBirthDate``, ``SENprovision``), so that the council can
fill its own case system and the SEN2 return from them. The contract around them is ``resources/openapi/council.yaml``.
"""

import json
from typing import Annotated, Any, Literal, NotRequired, TypedDict, cast

from sencoapp.api.shapes import Items, ShapeError, Text, Whole, check

API_VERSION = "1.1.0"
CHUNK_BYTES = 1 << 20
"""Files travel in pieces of this size; only the last may be smaller."""
FILE_BYTES = 200 * 1024 * 1024
"""A pack with hundreds of scanned pages is one file."""
MANIFEST_BYTES = 2 * 1024 * 1024
DOCUMENTS = 100
CHUNKS_PER_QUESTION = 2600
"""How many pieces may be asked after at once: those of a whole submission."""
EVENTS_PER_PAGE = 200

RECEIPT_KIND = "sencoapp-receipt+jws"
"""The ``typ`` of a receipt, a compact JWS with Ed25519."""

SHA256 = "[0-9a-f]{64}"
SUBMISSION_ID = "[0-9a-f]{32}"
"""A UUID as 32 small hexadecimal digits."""

EventKind = Literal["status_changed", "information_requested", "decision_issued", "message"]
Status = Literal["received", "checking", "information_requested", "decided"]
Decision = Literal["assess", "not_to_assess"]
EVENT_KINDS: tuple[EventKind, ...] = ("status_changed", "information_requested", "decision_issued", "message")
STATUSES: tuple[Status, ...] = ("received", "checking", "information_requested", "decided")
DECISIONS: tuple[Decision, ...] = ("assess", "not_to_assess")

Name = Annotated[str, Text(most=300)]
Line = Annotated[str, Text(most=300, least=0)]
Code = Annotated[str, Text(most=20, least=0)]
Day = Annotated[str, Text(most=10, form="date")]
Moment = Annotated[str, Text(most=40, form="date-time")]
Prose = Annotated[str, Text(most=60_000, least=0)]
Digest = Annotated[str, Text(most=64, least=64, pattern=SHA256)]
Pence = Annotated[int, Whole(0, 10**9)]


class SchoolPart(TypedDict):
    """The school that asks. ``laNumber`` and ``estab`` are the two halves of its DfE number."""

    name: Name
    urn: NotRequired[Annotated[str, Text(most=6, pattern="[0-9]{1,6}")]]
    ukprn: NotRequired[Annotated[str, Text(most=8, pattern="[0-9]{8}")]]
    laNumber: NotRequired[Annotated[str, Text(most=3, pattern="[0-9]{3}")]]
    estab: NotRequired[Annotated[str, Text(most=4, pattern="[0-9]{4}")]]
    phase: NotRequired[Line]


class PupilPart(TypedDict):
    """The child or young person. A pupil without a UPN has none here, or ``UPNunknown`` with the code of the reason."""

    localId: Annotated[str, Text(most=64)]
    surname: Name
    forename: Name
    UPN: NotRequired[Annotated[str, Text(most=13, least=13, pattern="[A-Z][0-9]{11}[0-9A-Z]")]]
    UPNunknown: NotRequired[Code]
    ULN: NotRequired[Annotated[str, Text(most=10, pattern="[0-9]{10}")]]
    middleNames: NotRequired[Line]
    preferredSurname: NotRequired[Line]
    preferredForename: NotRequired[Line]
    personBirthDate: NotRequired[Day]
    sex: NotRequired[Code]
    ethnicity: NotRequired[Code]
    postCode: NotRequired[Annotated[str, Text(most=12, least=0)]]
    ncYearActual: NotRequired[Code]
    regGroup: NotRequired[Line]
    entryDate: NotRequired[Day]


class NeedPart(TypedDict):
    """One need, of the pupil's ranked list: 1 is the primary one."""

    SENtype: Code
    SENtypeRank: Annotated[int, Whole(1, 99)]
    start: NotRequired[Day]


class SenPart(TypedDict):
    """The SEN status (N, K or E; older codes are read) and the needs."""

    SENprovision: Annotated[str, Text(most=1, pattern="[A-Z]")]
    SENprovisionStart: NotRequired[Day]
    needs: Annotated[list[NeedPart], Items(most=20)]
    SENunitIndicator: NotRequired[bool]
    ResourcedProvisionIndicator: NotRequired[bool]


class ContactPart(TypedDict):
    """A parent, carer or other contact. ``relationship`` is the CTF code; ``responsibility`` is parental responsibility.

    ``addressHidden``: the school keeps the address from the pupil's other contacts, and so must the council.
    """

    order: Annotated[int, Whole(0, 999)]
    name: Name
    relationship: NotRequired[Line]
    responsibility: NotRequired[bool]
    phones: NotRequired[Annotated[list[Line], Items(most=10)]]
    email: NotRequired[Line]
    address: NotRequired[Annotated[str, Text(most=1000, least=0)]]
    addressHidden: NotRequired[bool]
    language: NotRequired[Line]
    interpreter: NotRequired[bool]


class ConsentPart(TypedDict):
    """Whether the parents agree. A request does not need it (CFA 2014 s36(1)); the council needs to know."""

    obtained: bool
    date: NotRequired[Day]
    signatory: NotRequired[Line]
    documentId: NotRequired[Annotated[str, Text(most=64)]]


class RequestPart(TypedDict):
    """What is asked for, and on whose word."""

    id: Annotated[str, Text(most=64)]
    kind: Literal["ehc_needs_assessment"]
    source: Literal["school"]
    submittedAt: Moment
    signedOffBy: Name
    parentConsent: ConsentPart
    form: NotRequired[Line]
    formVersion: NotRequired[Line]
    packVersion: NotRequired[Annotated[int, Whole(1, 10_000)]]
    parentsToldOn: NotRequired[Day]
    reasons: NotRequired[Prose]
    replaces: NotRequired[Annotated[str, Text(most=32, least=32, pattern=SUBMISSION_ID)]]


class EvidencePart(TypedDict):
    """One assess, plan, do, review cycle in short."""

    kind: Line
    cycle: NotRequired[Annotated[int, Whole(1, 10_000)]]
    assess: NotRequired[Prose]
    plan: NotRequired[Prose]
    do: NotRequired[Prose]
    review: NotRequired[Prose]
    dates: NotRequired[Line]
    impact: NotRequired[Prose]


class ProvisionPart(TypedDict):
    """One provision: minutes a session, pence for the planned time."""

    what: Name
    by: NotRequired[Line]
    need: NotRequired[Line]
    groupSize: NotRequired[Annotated[int, Whole(1, 1000)]]
    frequency: NotRequired[Line]
    duration: NotRequired[Annotated[int, Whole(0, 10_000)]]
    costPence: NotRequired[Pence]
    to: NotRequired[Day]
    outcome: NotRequired[Prose]


# "from" is a word of Python's own, so this one member is said the other way.
ProvisionDates = TypedDict("ProvisionDates", {"from": NotRequired[Day]})


class DatedProvisionPart(ProvisionPart, ProvisionDates):
    """One provision and when it began: minutes a session, pence for the planned time."""


class DocumentPart(TypedDict):
    """One file. ``chunks`` are the SHA-256 of its pieces in order; ``sha256`` is that of the whole."""

    id: Annotated[str, Text(most=64, pattern="[A-Za-z0-9_-]+")]
    filename: Annotated[str, Text(most=200)]
    mediaType: Annotated[str, Text(most=100, pattern="[a-z0-9]+/[a-z0-9.+-]+")]
    bytes: Annotated[int, Whole(1, FILE_BYTES)]
    sha256: Digest
    category: Line
    chunks: Annotated[list[Digest], Items(least=1, most=FILE_BYTES // CHUNK_BYTES)]
    title: NotRequired[Annotated[str, Text(most=500, least=0)]]
    pages: NotRequired[Annotated[int, Whole(1, 100_000)]]
    authorRole: NotRequired[Line]
    authorName: NotRequired[Line]
    organisation: NotRequired[Line]
    documentDate: NotRequired[Day]
    receivedDate: NotRequired[Day]
    confidentiality: NotRequired[Line]
    supersedes: NotRequired[Annotated[str, Text(most=64)]]


class Manifest(TypedDict):
    """Everything that a submission says, and the names of its files. Its canonical bytes are what the receipt is for."""

    version: Literal[1]
    school: SchoolPart
    pupil: PupilPart
    sen: SenPart
    contacts: Annotated[list[ContactPart], Items(most=50)]
    request: RequestPart
    documents: Annotated[list[DocumentPart], Items(least=1, most=DOCUMENTS)]
    evidence: NotRequired[Annotated[list[EvidencePart], Items(most=100)]]
    provision: NotRequired[Annotated[list[DatedProvisionPart], Items(most=500)]]


class ReceiptClaims(TypedDict):
    """What a receipt states. ``received_at`` starts the six weeks of reg 5(1) of the SEND Regulations 2014."""

    submission: Annotated[str, Text(most=32, least=32, pattern=SUBMISSION_ID)]
    manifest_sha256: Digest
    received_at: Moment
    council: Name
    kid: Name


def canonical(value: Any) -> bytes:
    """The one way to write a JSON value: keys sorted by code point, no spaces, UTF-8. Raises ``ValueError`` for what JSON lacks."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()


def check_manifest(content: bytes) -> Manifest:
    """Reads a manifest. Strict about types and limits, tolerant of members that it does not know.

    Raises ``ShapeError`` (a ``ValueError``) with a JSON pointer; its words never hold what was sent.
    """
    if len(content) > MANIFEST_BYTES:
        raise ShapeError("", f"must not be larger than {MANIFEST_BYTES} bytes")
    try:
        value = json.loads(content)
        same = canonical(value) == content
    except (ValueError, RecursionError):
        raise ShapeError("", "must be JSON in UTF-8") from None
    if not same:
        raise ShapeError("", "must be canonical JSON: sorted keys, each once, no spaces")
    check(value, Manifest)
    manifest = cast("Manifest", value)
    _check_documents(manifest)
    return manifest


def _check_documents(manifest: Manifest) -> None:
    ids: set[str] = set()
    for number, document in enumerate(manifest["documents"]):
        where = f"/documents/{number}"
        if document["id"] in ids:
            raise ShapeError(f"{where}/id", "must be the id of this document alone")
        ids.add(document["id"])
        if any(each in document["filename"] for each in '/\\"') or not document["filename"].isprintable():
            raise ShapeError(f"{where}/filename", "must be a plain name without a folder")
        if len(document["chunks"]) != -(-document["bytes"] // CHUNK_BYTES):
            raise ShapeError(f"{where}/chunks", f"must be one for each {CHUNK_BYTES} bytes")
