"""A request for an EHC needs assessment, from the first thought to the frozen pack (CFA 2014 s36)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Answer, Document, GapNote, Pack, Request, SignOff
from sencoapp.domain.deadlines import Deadline, deadlines, from_sending
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.people import Pupil
from sencoapp.domain.readiness import Readiness, readiness
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.snapshot import DeadlineContent, GapContent, PackSnapshot
from sencoapp.services.changes import amended, filled, must_get
from sencoapp.services.council_forms import NEEDS_ASSESSMENT, council_for, earlier_answers, form_named, must_be_in_force
from sencoapp.services.first_drafts import FirstDraft, drafts_for_council, first_drafts
from sencoapp.services.frozen_pack import as_bound, proved_words
from sencoapp.services.pack_draft import PackDraft as PackDraft
from sencoapp.services.pack_draft import drafted
from sencoapp.services.pack_draft import render_pack as render_pack
from sencoapp.services.pack_variants import bundles_of, packs_of
from sencoapp.services.ports import Cancelled, Documents, Progress, Record, RenderedPack, Session
from sencoapp.services.request_facts import gather_facts
from sencoapp.services.request_open import must_be_open as must_be_open
from sencoapp.services.request_signed import digest_of, sign_off_of, with_sign_off, without_occasion
from sencoapp.services.snapshots import gather
from sencoapp.services.submissions import evidence_documents

RECEIVED = "request_received"
DECIDED = "decision_letter"


@dataclass(frozen=True)
class RequestPage:
    """One request with everything that the builder shows."""

    request: Request
    pupil: Pupil
    council: Mapping[str, Any]
    form: Mapping[str, Any]
    answers: Mapping[str, Answer]
    drafts: Mapping[str, str]
    lacks: Mapping[str, FirstDraft]
    """The drafts whose question asks more than the record holds."""
    evidence: tuple[Document, ...]
    other_documents: tuple[Document, ...]
    readiness: Readiness
    packs: tuple[Pack, ...]
    signed: SignOff | None
    position: int


def request_page(session: Session, request: str) -> RequestPage:
    """Raises ``Refusal("no_longer_there")``."""
    record = session.record
    position = record.position()
    found = must_get(record, Request, request)
    form = form_of(found)
    chosen = evidence_documents(record, found)
    ids = {each.id for each in chosen}
    drafted = drafts_for_council(session, found, form)
    return RequestPage(
        request=found,
        pupil=must_get(record, Pupil, found.pupil),
        council=reference.council(found.council),
        form=form,
        answers={each.question: each for each in record.find(Answer, request=request)},
        drafts={question: each.text for question, each in drafted.items()},
        lacks={question: each for question, each in drafted.items() if each.lacks or each.left_out},
        evidence=tuple(chosen),
        other_documents=tuple(each for each in record.find(Document, pupil=found.pupil) if each.id not in ids),
        readiness=check_readiness(session, found),
        packs=tuple(packs_of(record, request)),
        signed=sign_off_of(record, request),
        position=position,
    )


def requests_of(record: Record, pupil: str | None = None) -> list[Request]:
    """Requests of a pupil, or of all, newest first."""
    return list(reversed(record.find(Request, pupil=pupil) if pupil else record.find(Request)))


def form_of(request: Request) -> Mapping[str, Any]:
    """The council's form that the request was begun on."""
    return reference.council_form(request.council, request.form)


def start_request(session: Session, pupil: str, *, council: str | None = None, form: str = NEEDS_ASSESSMENT) -> tuple[Request, Saved]:
    """Begins a request on the current form of the council in whose area the pupil lives (``council_for``), or of another.

    The pupil's documents are its evidence, oldest first; what a person wrote for the same questions on another form comes along.
    Raises ``Refusal``: ``request_is_open_already``, ``council_not_known``, ``council_has_no_such_form``,
    ``form_not_in_force_yet``, ``form_no_longer_in_force``.
    """
    record = session.record
    about = must_get(record, Pupil, pupil)
    if any(each.state in ("draft", "frozen") and each.form == form for each in record.find(Request, pupil=pupil)):
        raise Refusal("request_is_open_already")
    name = council or council_for(record, about)
    wanted = form_named(name, form)
    must_be_in_force(wanted, session.clock.today())
    papers = sorted(
        (each for each in record.find(Document, pupil=pupil) if each.for_requests and not each.confidential),
        key=lambda each: (each.document_on or each.added_at.date(), each.id),
    )
    request = Request(
        id=session.ids.new(),
        pupil=pupil,
        council=name,
        form=form,
        form_version=wanted["version"],
        started_on=session.clock.today(),
        requester=session.actor.name,
        requester_role=reference.say(f"people.role_{session.actor.role}"),
        evidence=tuple(each.id for each in papers),
    )
    edits: list[Edit] = [New(request), *(New(each) for each in earlier_answers(session, request))]
    return request, record.save(edits, action="start_request", actor=session.actor)


def change_request(session: Session, shown: Request, wanted: Request, *, as_of: int | None = None) -> Saved:
    """Who was told, who agrees, which evidence in which order.

    A file that has no pages of its own is converted, or a slip sheet stands for it. Raises ``Refusal``: ``request_is_sent``;
    ``evidence_is_of_another_pupil`` before anything of another child can go out.
    """
    must_be_open(session.record, shown.id)
    for paper in set(wanted.evidence) - set(shown.evidence):
        document = session.record.get(Document, paper)
        if document is None or document.pupil != wanted.pupil:
            raise Refusal("evidence_is_of_another_pupil", field="evidence")
    return session.record.save(amended(shown, wanted, kept=("state",)), action="change_request", actor=session.actor, as_of=as_of)


def write_answer(session: Session, request: str, question: str, text: str, *, as_of: int | None = None) -> Saved:
    """A person's own words for one question. An empty text goes back to what the record says."""
    found = must_be_open(session.record, request)
    words = filled(text)
    there = session.record.find(Answer, request=request, question=question)
    edits: list[Edit]
    if there and words is None:
        edits = [Remove(Answer, there[0].id)]
    elif there and words is not None:
        edits = [Amend(Answer, there[0].id, {"text": words})] if there[0].text != words else []
    else:
        edits = [New(Answer(session.ids.new(), found.pupil, request, question, words))] if words else []
    return session.record.save(edits, action="write_answer", actor=session.actor, as_of=as_of)


def keep_drafts(session: Session, request: str, section: str) -> Saved:
    """The record's words for the questions of a section become the person's own, where nobody has written others yet.

    Not those that leave open something that is asked: a person adds it first.
    """
    found = must_be_open(session.record, request)
    form = form_of(found)
    questions = [each["id"] for part in form["sections"] if part["id"] == section for each in part["questions"] if not each["by_hand"]]
    written = {each.question for each in session.record.find(Answer, request=request)}
    drafts = {question: each.text for question, each in drafts_for_council(session, found, form).items() if each.answers}
    edits: list[Edit] = [
        New(Answer(session.ids.new(), found.pupil, request, each, words))
        for each in questions
        if each not in written and (words := filled(drafts.get(each)))
    ]
    return session.record.save(edits, action="keep_drafts", actor=session.actor)


def explain_gap(session: Session, request: str, check: str, reason: str) -> Saved:
    """Why a gap stays open. It is printed in the pack. Raises ``Refusal("gap_needs_reason")``."""
    found = must_be_open(session.record, request)
    words = filled(reason)
    if words is None:
        raise Refusal("gap_needs_reason", field="reason")
    there = session.record.find(GapNote, request=request, check=check)
    edit: Edit = (
        Amend(GapNote, there[0].id, {"reason": words}) if there else New(GapNote(session.ids.new(), found.pupil, request, check, words))
    )
    return session.record.save([edit], action="explain_gap", actor=session.actor)


def unexplain_gap(session: Session, request: str, check: str) -> Saved:
    """Takes the reason away again: the gap is open as it was."""
    must_be_open(session.record, request)
    edits: list[Edit] = [Remove(GapNote, each.id) for each in session.record.find(GapNote, request=request, check=check)]
    return session.record.save(edits, action="unexplain_gap", actor=session.actor)


def check_readiness(session: Session, request: Request) -> Readiness:
    """What is there and what is missing, in three voices. It warns; it blocks only what cannot be sent at all."""
    explained = {each.check: each.reason for each in session.record.find(GapNote, request=request.id)}
    return readiness(form_of(request), gather_facts(session, request), session.clock.today(), explained)


def readiness_of_pupil(session: Session, pupil: str) -> tuple[Request, Readiness]:
    """The readiness of the request in progress, or of one that would be begun today; nothing is saved."""
    record = session.record
    about = must_get(record, Pupil, pupil)
    present = [each for each in requests_of(record, pupil) if each.state in ("draft", "frozen")]
    if present:
        asked = next((each for each in present if each.form == NEEDS_ASSESSMENT), present[0])
        return asked, check_readiness(session, asked)
    name = council_for(record, about)
    form = form_named(name, NEEDS_ASSESSMENT)
    papers = tuple(each.id for each in record.find(Document, pupil=pupil) if each.for_requests and not each.confidential)
    role = reference.say(f"people.role_{session.actor.role}")
    imagined = Request(
        "",
        pupil,
        name,
        NEEDS_ASSESSMENT,
        form["version"],
        session.clock.today(),
        requester=session.actor.name,
        requester_role=role,
        evidence=papers,
    )
    return imagined, check_readiness(session, imagined)


def snapshot_of(session: Session, request: Request, version: int) -> PackSnapshot:
    """What a pack made today would say, and whether that was signed off. Confidential evidence is in it and is not signed for."""
    snapshot = _snapshot(session, request, version)
    papers = evidence_documents(session.record, request)
    if any(each.confidential for each in papers):
        signed_for = replace(request, evidence=tuple(each.id for each in papers if not each.confidential))
        snapshot = {**snapshot, "open_sha256": digest_of(_snapshot(session, signed_for, version))}
    return with_sign_off(snapshot, sign_off_of(session.record, request.id))


def _snapshot(session: Session, request: Request, version: int) -> PackSnapshot:
    form = form_of(request)
    state = check_readiness(session, request)
    gaps = [
        GapContent(check=each.check, voice=each.voice, sentence=each.sentence, reason=each.reason)
        for each in state.findings
        if each.state == "explained" and each.reason
    ]
    return gather(
        session,
        request,
        form,
        version=version,
        documents=evidence_documents(session.record, request),
        gaps=gaps,
        deadlines=[deadline_content(each) for each in request_deadlines(session.clock.today())] if starts_clock(form) else [],
        drafts=first_drafts(session, request, form),
    )


def starts_clock(form: Mapping[str, Any]) -> bool:
    """Whether the council's receipt of this form starts the statutory clock; one for funding starts none."""
    return bool(form["kind"] == NEEDS_ASSESSMENT)


def request_deadlines(received_on: date, *, sent_only: bool = False) -> Sequence[Deadline]:
    """The statutory dates that follow from the day on which the council received the request; ``sent_only`` where it is that of
    sending, because nobody knows the other yet."""
    rules = reference.data("rules", "england.json")
    return from_sending(rules, received_on) if sent_only else deadlines(rules, RECEIVED, received_on)


def decision_deadlines(decided_on: date) -> Sequence[Deadline]:
    """What the parents may do after a decision not to assess, counted from the council's letter of that day."""
    return deadlines(reference.data("rules", "england.json"), DECIDED, decided_on)


def deadline_content(deadline: Deadline) -> DeadlineContent:
    return DeadlineContent(
        rule=deadline.rule, label=deadline.label, due=deadline.due.isoformat(), citation=deadline.citation, how=deadline.how
    )


def draft_pack(session: Session, request: str) -> PackDraft:
    """Gathers a pack as it would be today.

    Raises ``Refusal("request_is_blocked")`` only where pupil, school or requester is not named or a file is damaged
    (architecture.md, rule 9).
    """
    record = session.record
    found = must_be_open(record, request)
    state = check_readiness(session, found)
    if state.blockers:
        raise Refusal("request_is_blocked", reasons=" ".join(each.sentence for each in state.blockers))
    snapshot = snapshot_of(session, found, len(packs_of(record, request)) + 1)
    return drafted(session, found, snapshot, evidence_documents(record, found))


def keep_pack(session: Session, draft: PackDraft, rendered: RenderedPack) -> tuple[Pack, Saved]:
    """Keeps a pack for ever: the snapshot and the PDF that it gave.

    Raises ``Refusal`` where the world moved on while it was rendered: ``request_is_sent``, ``request_is_withdrawn``,
    ``pack_was_made_meanwhile``.
    """
    must_be_open(session.record, draft.request.id)
    pack = sealed_pack(session, draft, rendered)
    edits: list[Edit] = [New(pack), Amend(Request, draft.request.id, {"state": "frozen"})]
    return pack, session.record.save(edits, action="freeze_pack", actor=session.actor)


def sealed_pack(session: Session, draft: PackDraft, rendered: RenderedPack, variant: str = COUNCIL) -> Pack:
    """A pack whose snapshot and PDF are sealed, for whoever saves it. Raises ``Refusal("pack_was_made_meanwhile")``."""
    case = draft.council_case
    if len(bundles_of(session.record, case) if case else packs_of(session.record, draft.request.id, variant)) >= draft.snapshot["version"]:
        raise Refusal("pack_was_made_meanwhile")
    plain = json.dumps(as_bound(draft.snapshot, rendered), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return Pack(
        id=session.ids.new(),
        pupil=draft.request.pupil,
        request="" if case else draft.request.id,
        version=draft.snapshot["version"],
        made_at=session.clock.now(),
        made_by=session.actor.id,
        snapshot_blob=session.blobs.put(plain),
        snapshot_sha256=hashlib.sha256(plain).hexdigest(),
        pdf_blob=rendered.blob,
        pdf_sha256=rendered.sha256,
        pdf_size=rendered.size,
        pages=rendered.pages,
        variant=variant,
        council_case=case,
    )


def freeze(
    session: Session, documents: Documents, request: str, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> tuple[Pack, Saved]:
    """Drafts, renders and keeps a pack in one go. Where a step fails, nothing is kept."""
    draft = draft_pack(session, request)
    return keep_pack(session, draft, render_pack(documents, draft, progress=progress, cancelled=cancelled))


def read_pack(session: Session, pack: str) -> tuple[Pack, bytes]:
    """A pack and its PDF, proved to be the bytes that were frozen.

    Raises ``Refusal("pack_is_confidential")`` for who may not read a document that is bound in it, and ``Fault``.
    """
    found = must_get(session.record, Pack, pack)
    frozen_words(session, found)
    content = session.blobs.read(found.pdf_blob)
    if hashlib.sha256(content).hexdigest() != found.pdf_sha256:
        raise Fault("file_damaged")
    return found, content


def frozen_words(session: Session, pack: Pack) -> PackSnapshot:
    """What a pack says, as it was frozen.

    Raises ``Refusal("pack_is_confidential")`` for who may not read a document that is bound in it, and ``Fault("file_damaged")``.
    """
    said = proved_words(session, pack)
    sees_all = session.actor.role in reference.permissions().all_confidential
    if not sees_all and any(session.record.get_hidden(Document, each["id"]) is None for each in said["evidence"]):
        raise Refusal("pack_is_confidential")
    return said


def is_current(session: Session, pack: Pack, today: PackSnapshot) -> bool:
    """Whether a pack still says what one made today would say, but for the day and the person. Raises ``Fault("file_damaged")``."""
    frozen = proved_words(session, pack)
    return without_occasion(frozen) == without_occasion(json.loads(json.dumps(today)))
