"""The head teacher reads a request and signs it off, at their own profile or on paper."""

from dataclasses import dataclass
from datetime import date

from sencoapp import reference
from sencoapp.domain.casework import Pack, Request, SignOff
from sencoapp.domain.record import Edit, New, Remove, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services.beginning import school
from sencoapp.services.changes import filled, must_get
from sencoapp.services.frozen_pack import proved_words
from sencoapp.services.pack_variants import packs_of
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session
from sencoapp.services.request_signed import says_what_was_signed, sign_off_of, signed_for
from sencoapp.services.requests import must_be_open, snapshot_of


@dataclass(frozen=True)
class OnPaper:
    """A signature by hand, as the SENCO notes it."""

    signed_by: str
    signed_on: date | None


def sign_off_request(session: Session, request: str, paper: OnPaper | None = None) -> tuple[SignOff, Saved]:
    """The head teacher stands behind what the request says now; others note that the head teacher signed on paper, and when.

    Raises ``Refusal``: ``not_for_your_role``, ``request_is_sent``, ``request_is_withdrawn``, ``sign_off_needs_name``,
    ``sign_off_needs_day``, ``sign_off_in_the_future``.
    """
    must_be_allowed(session, "sign_off_request")
    found = must_be_open(session.record, request)
    by, on = session.actor.name, session.clock.today()
    if session.actor.role != "head_teacher":
        by, on = _noted(session, paper)
    signed = SignOff(
        id=session.ids.new(),
        pupil=found.pupil,
        request=request,
        signed_by=by,
        signed_role=reference.say("people.role_head_teacher"),
        signed_on=on,
        content_sha256=signed_for(snapshot_of(session, found, 1)),
        noted_at=session.clock.now(),
        noted_by=session.actor.id,
        on_paper=session.actor.role != "head_teacher",
    )
    return signed, session.record.save([New(signed)], action="sign_off_request", actor=session.actor)


def take_back_sign_off(session: Session, request: str) -> Saved:
    """The request counts as not signed off. What was noted stays in the history."""
    must_be_allowed(session, "sign_off_request")
    must_be_open(session.record, request)
    edits: list[Edit] = [Remove(SignOff, each.id) for each in session.record.find(SignOff, request=request)]
    return session.record.save(edits, action="take_back_sign_off", actor=session.actor)


def waiting_for_sign_off(session: Session) -> list[Request]:
    """Requests with a pack that nobody has signed off as the pack says it."""
    record = session.record
    return [each for each in record.find(Request, state="frozen") if not _newest_pack_is_signed(session, each)]


def _newest_pack_is_signed(session: Session, request: Request) -> bool:
    signed = sign_off_of(session.record, request.id)
    packs = packs_of(session.record, request.id)
    try:
        return bool(signed and packs) and is_signed(session, packs[-1], signed)
    except Fault as fault:
        if fault.key not in ("file_damaged", "file_missing"):
            raise
        return False  # nobody signed for what cannot be read; opening the pack says so


def is_signed(session: Session, pack: Pack, signed: SignOff | None) -> bool:
    """Whether a pack says what was signed off. Raises ``Fault("file_damaged")``."""
    return signed is not None and says_what_was_signed(proved_words(session, pack), signed)


def head_teacher_named(session: Session, request: str) -> str:
    """The head teacher's name as the last signature or the school's settings have it."""
    signed = sign_off_of(session.record, must_get(session.record, Request, request).id)
    return signed.signed_by if signed else school(session.record).head_teacher or ""


def _noted(session: Session, paper: OnPaper | None) -> tuple[str, date]:
    name = filled(paper.signed_by) if paper else None
    if paper is None or name is None:
        raise Refusal("sign_off_needs_name", field="signed_by")
    if paper.signed_on is None:
        raise Refusal("sign_off_needs_day", field="signed_on")
    if paper.signed_on > session.clock.today():
        raise Refusal("sign_off_in_the_future", field="signed_on")
    return name, paper.signed_on
