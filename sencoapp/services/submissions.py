"""A frozen pack on its way to the council, and what comes back.

Each stage is kept before the next begins: the manifest, the pieces that the council holds, the receipt. So a process
that is killed goes on where it was, and sending twice is one submission: its id and its manifest never change.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sencoapp import reference
from sencoapp.domain.casework import CaseEvent, Disclosure, Document, Pack, Request, Submission
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import Actor, Amend, Edit, New, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services.beginning import school
from sencoapp.services.cbds import contact_names, need_names, pupil_names, school_names, special_place_names
from sencoapp.services.changes import must_get
from sencoapp.services.council_forms import NEEDS_ASSESSMENT
from sencoapp.services.frozen_pack import proved_words
from sencoapp.services.pack_variants import packs_of
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Cancelled, Council, CouncilReply, Progress, Receipt, Record, Session
from sencoapp.services.pupils import pupil_page
from sencoapp.services.request_cases import join, standing_of
from sencoapp.services.request_signed import says_what_was_signed, sign_off_of

DEMO_GATEWAY = "demo"
"""Not an address: the decided request of the demo school was never sent anywhere."""

PIECE_BYTES = 1 << 20
"""The size of a piece on the wire (``resources/openapi/council.yaml``)."""


@dataclass(frozen=True)
class CasePage:
    """One submission and everything the council has said of it."""

    submission: Submission
    request: Request
    pupil: Pupil
    events: tuple[CaseEvent, ...]


def prepare_submission(session: Session, pack: str, gateway: str) -> tuple[Submission, Saved]:
    """Fixes what will be sent. A pack that is on its way already gives the submission that there is.

    Raises ``Refusal``: ``not_for_your_role``, ``pack_is_not_the_latest``, ``pack_is_a_copy``, ``request_is_withdrawn``,
    ``demo_stays_here``, ``form_goes_another_way`` for a form that the connection has no place for.
    """
    must_be_allowed(session, "submit")
    record = session.record
    if school(record).demo and not _is_this_computer(gateway):
        raise Refusal("demo_stays_here", field="gateway")
    found = must_get(record, Pack, pack)
    if found.variant != COUNCIL:
        raise Refusal("pack_is_a_copy")
    there = [each for each in record.find(Submission, pack=pack) if each.gateway == gateway]
    if there:
        return there[0], Saved(record.position())
    latest = packs_of(record, found.request)[-1]
    if latest.id != found.id:
        raise Refusal("pack_is_not_the_latest", version=latest.version)
    if must_get(record, Request, found.request).state == "withdrawn":
        raise Refusal("request_is_withdrawn")
    if must_get(record, Request, found.request).form != NEEDS_ASSESSMENT:
        raise Refusal("form_goes_another_way")
    manifest = manifest_of(session, found)
    submission = Submission(
        id=session.ids.new(),
        pupil=found.pupil,
        request=found.request,
        pack=pack,
        gateway=gateway,
        manifest_blob=session.blobs.put(manifest),
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        begun_at=session.clock.now(),
    )
    return submission, record.save([New(submission)], action="prepare_submission", actor=session.actor)


@dataclass(frozen=True)
class Parcel:
    """What goes to the council, taken out of the record, so that no question to the record waits on the network."""

    submission: Submission
    manifest: bytes
    pieces: Mapping[str, bytes]
    """By SHA-256, in the order of the file."""


def parcel_of(session: Session, submission: str) -> Parcel:
    """Raises ``Fault("file_damaged")`` where the pack is not what was frozen."""
    found = must_get(session.record, Submission, submission)
    pieces = _pieces(session, must_get(session.record, Pack, found.pack))
    return Parcel(found, session.blobs.read(found.manifest_blob), pieces)


def deliver(council: Council, parcel: Parcel, *, progress: Progress | None = None, cancelled: Cancelled | None = None) -> Receipt:
    """Sends what the council does not hold yet, then the manifest. Touches no record.

    May be called again after any interruption. Raises ``Fault`` for what the network or the council does, and
    ``Fault("sending_stopped")`` where the person stopped it; what was sent is not sent again.
    """
    tell = progress or (lambda _what, _done, _of: None)
    whole = len(parcel.pieces)
    wanted = council.missing_chunks(list(parcel.pieces))
    for number, digest in enumerate(wanted):
        if cancelled and cancelled():
            raise Fault("sending_stopped")
        tell("submission.sending", whole - len(wanted) + number, whole)
        council.put_chunk(digest, parcel.pieces[digest])
    tell("submission.sending", whole, whole)
    receipt = council.submit(parcel.submission.id, parcel.manifest)
    if receipt.submission != parcel.submission.id or receipt.manifest_sha256 != parcel.submission.manifest_sha256:
        raise Fault("receipt_is_for_something_else")
    return receipt


def keep_receipt(session: Session, submission: str, receipt: Receipt) -> tuple[Submission, Saved]:
    """Keeps the receipt, which starts the clock, and notes what left the record and to whom (architecture.md, rule 4).

    Keeping the same one twice changes nothing.
    """
    record = session.record
    found = must_get(record, Submission, submission)
    if found.receipt:
        return found, Saved(record.position())
    values = {"receipt": receipt.jws, "received_at": receipt.received_at}
    received: list[Edit] = [Amend(Submission, found.id, values), *received_by_the_council(session, found.request, receipt.received_at)]
    saved = record.save([*received, New(_disclosed(session, found))], action="receive_receipt", actor=session.actor)
    return must_get(record, Submission, submission), saved


def received_by_the_council(session: Session, request: str, at: datetime) -> list[Edit]:
    """The request is sent and has its case, with the day of receipt: what somebody entered by hand stands where it is earlier."""
    found, on = must_get(session.record, Request, request), at.astimezone().date()
    before = standing_of(session.record, found)
    joined = join(session, found, received_on=min(on, before.received_on or on))
    # One that was withdrawn here while it was on its way has gone all the same; one withdrawn with the council has its case.
    gone_now = found.state in ("draft", "frozen") or (found.state == "withdrawn" and before.case is None)
    edits: list[Edit] = [Amend(Request, request, {"state": "sent"})] if gone_now else []
    return [*edits, *(joined.edits if joined else ())]


def _disclosed(session: Session, submission: Submission) -> Disclosure:
    pack = must_get(session.record, Pack, submission.pack)
    request = must_get(session.record, Request, submission.request)
    return Disclosure(
        id=session.ids.new(),
        what=reference.say("requests.pack_title", version=pack.version),
        sha256=pack.pdf_sha256,
        recipient=str(reference.council(request.council)["name"]),
        purpose=str(reference.council_form(request.council, request.form)["legal_basis"]),
        at=session.clock.now(),
        by=session.actor.id,
        pupil=pack.pupil,
    )


def send_submission(
    session: Session, council: Council, submission: str, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> tuple[Submission, Saved]:
    """Takes out, delivers and keeps the receipt, in one go; a submission that has its receipt is left as it is."""
    found = must_get(session.record, Submission, submission)
    if found.receipt:
        return found, Saved(session.record.position())
    return keep_receipt(session, submission, deliver(council, parcel_of(session, submission), progress=progress, cancelled=cancelled))


def replies_after(record: Record, gateway: str) -> int:
    """The number of the last reply that was taken in from this council."""
    return int(record.setting(f"replies_after {gateway}") or 0)


def keep_replies(session: Session, gateway: str, replies: Sequence[CouncilReply]) -> tuple[list[CaseEvent], Saved]:
    """Keeps what the council has recorded, each reply once, however often it is told."""
    record = session.record
    fresh: list[CaseEvent] = []
    edits: list[Edit] = []
    for reply in replies:
        submission = record.get(Submission, reply.submission)
        if submission is None or record.find(CaseEvent, submission=submission.id, seq=reply.seq):
            continue
        if any((each.submission, each.seq) == (submission.id, reply.seq) for each in fresh):
            continue
        event = CaseEvent(
            session.ids.new(), submission.pupil, submission.id, reply.seq, reply.kind, reply.at, reply.status, reply.decision, reply.text
        )
        fresh.append(event)
        edits.append(New(event))
    for sent in {each.submission for each in fresh}:
        about = [each for each in fresh if each.submission == sent]
        edits += decided_by_the_council(session, must_get(record, Submission, sent), about)
    saved = record.save(edits, action="receive_replies", actor=Actor(f"council {gateway}", gateway, "office"))
    if replies:
        record.set_setting(f"replies_after {gateway}", max(each.seq for each in replies))
    return fresh, saved


def decided_by_the_council(session: Session, submission: Submission, fresh: Sequence[CaseEvent]) -> list[Edit]:
    """What a decision among these says of the request and its case. The council's last one counts, in whichever order they come;
    the same one that somebody entered by hand keeps the day of its letter."""
    told = [each for each in fresh if each.kind == "decision_issued"]
    if not told:
        return []
    request = must_get(session.record, Request, submission.request)
    edits: list[Edit] = [Amend(Request, request.id, {"state": "decided"})] if request.state != "decided" else []
    before = [each for each in session.record.find(CaseEvent, submission=submission.id) if each.kind == "decision_issued"]
    last = max([*before, *told], key=lambda each: each.seq)
    standing = standing_of(session.record, request)
    if last in before or last.decision is None or (standing.case is not None and standing.decision == last.decision):
        return edits
    joined = join(session, request, received_on=standing.received_on, decision=(last.decision, last.at.astimezone().date()))
    return [*edits, *(joined.edits if joined else ())]


def fetch_replies(session: Session, council: Council, gateway: str) -> tuple[list[CaseEvent], Saved]:
    """Asks for what is new and keeps it, in one go."""
    return keep_replies(session, gateway, council.replies(replies_after(session.record, gateway)))


def case_pages(record: Record) -> list[CasePage]:
    """Every submission, newest first."""
    pages = [
        CasePage(
            each,
            must_get(record, Request, each.request),
            must_get(record, Pupil, each.pupil),
            tuple(sorted(record.find(CaseEvent, submission=each.id), key=lambda event: event.seq)),
        )
        for each in record.find(Submission)
    ]
    return list(reversed(pages))


def manifest_of(session: Session, pack: Pack) -> bytes:
    """What the council is told, as canonical JSON: sorted keys, no spaces, UTF-8.

    It is signed off by the head teacher where they signed what the pack says; else whoever sends it answers for it.
    Raises ``Fault("file_damaged")`` where the pack's words are not what was frozen.
    """
    record = session.record
    snapshot = proved_words(session, pack)
    request = must_get(record, Request, pack.request)
    signed = sign_off_of(record, request.id)
    page = pupil_page(record, pack.pupil, session.clock.today())
    manifest = {
        "version": 1,
        "school": school_names(school(record)),
        "pupil": pupil_names(page.pupil),
        "sen": {"SENprovision": page.status, "needs": need_names(page.needs), **special_place_names(page.pupil)},
        "contacts": contact_names(page.contacts),
        "request": {
            "id": request.id,
            "kind": "ehc_needs_assessment",
            "source": "school",
            "form": request.form,
            "formVersion": request.form_version,
            "packVersion": pack.version,
            "submittedAt": to_plain(session.clock.now()),
            "signedOffBy": signed.signed_by if signed and says_what_was_signed(snapshot, signed) else session.actor.name,
            "parentsToldOn": to_plain(request.parents_told_on),
            "parentConsent": {"obtained": bool(request.parents_agree)},
            "reasons": _reasons(snapshot),
        },
        "provision": [
            {
                "what": row["title"],
                "by": row["delivered_by"],
                "groupSize": row["group_size"],
                "frequency": f"{row['sessions_per_week']} a week",
                "duration": row["minutes"],
                "costPence": row["cost_pence"],
                "from": row["starts_on"],
                "to": row["ends_on"],
                "outcome": row["aim"],
            }
            for row in snapshot["provision"]
        ],
        "documents": _documents(session, pack),
    }
    return json.dumps(_without_gaps(manifest), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _reasons(snapshot: Mapping[str, Any]) -> str | None:
    for section in snapshot["sections"]:
        for answer in section["answers"]:
            if answer["question"] == "why_an_assessment" and answer["text"]:
                return str(answer["text"])
    return None


def _documents(session: Session, pack: Pack) -> list[dict[str, Any]]:
    content = session.blobs.read(pack.pdf_blob)
    person = must_get(session.record, Pupil, pack.pupil)
    return [
        {
            "id": pack.id,
            "filename": f"request-{pack.version}.pdf",
            "title": f"Request for an EHC needs assessment, {person.name}, version {pack.version}",
            "mediaType": "application/pdf",
            "bytes": len(content),
            "sha256": pack.pdf_sha256,
            "category": "request",
            "pages": pack.pages,
            "chunks": [hashlib.sha256(each).hexdigest() for each in _cut(content)],
        }
    ]


def _pieces(session: Session, pack: Pack) -> dict[str, bytes]:
    """Every piece by its SHA-256, in the order of the file. Raises ``Fault`` where the pack is not what was frozen."""
    content = session.blobs.read(pack.pdf_blob)
    if hashlib.sha256(content).hexdigest() != pack.pdf_sha256:
        raise Fault("file_damaged")
    return {hashlib.sha256(each).hexdigest(): each for each in _cut(content)}


def _is_this_computer(gateway: str) -> bool:
    return gateway == DEMO_GATEWAY or urlsplit(gateway).hostname in ("127.0.0.1", "::1", "localhost")


def _cut(content: bytes) -> list[bytes]:
    return [content[start : start + PIECE_BYTES] for start in range(0, len(content), PIECE_BYTES)]


def _without_gaps(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_gaps(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [_without_gaps(each) for each in value]
    return value


def evidence_documents(record: Record, request: Request) -> list[Document]:
    """The documents of a request, in the order of the pack; those that were removed, or are about another pupil, are left out."""
    found = (record.get(Document, each) for each in request.evidence)
    return [each for each in found if each is not None and each.pupil == request.pupil]
