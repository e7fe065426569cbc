"""A request that went to the council without a connection: by email, on the council's portal, by post or by hand.

The person who sent it says so. From then on it is as one that was sent from here: what went stays as it was, it has its case,
and the council's time is counted on the school's own copy.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sencoapp.domain.casework import SENT_BY, Pack, Request, SentOtherwise, Submission
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Amend, Edit, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.pack_variants import packs_of
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session
from sencoapp.services.request_cases import Joined, join, must_not_be_after_decision

MOST_YEARS_AGO = 5


@dataclass(frozen=True)
class Sending:
    """What a person knows of it. ``number`` is the council's own for the request."""

    sent_on: date
    how: str
    received_on: date | None = None
    sent_to: str | None = None
    number: str | None = None
    pack: str | None = None
    """The version that went; the latest one where none is named."""


def record_sent(session: Session, request: str, told: Sending) -> tuple[SentOtherwise, Joined | None, Saved]:
    """Keeps how and when a request went, and opens or finds its case. Told again, it is corrected.

    Raises ``Refusal``: ``not_for_your_role``, ``request_is_withdrawn``, ``request_has_receipt``, ``how_it_went``,
    ``sent_in_future``, ``sent_long_ago``, ``received_in_future``, ``received_before_sent``, ``decision_before_request``,
    ``case_received_before_sent``, ``pack_is_a_copy``.
    """
    must_be_allowed(session, "submit")
    record, today = session.record, session.clock.today()
    found = must_get(record, Request, request)
    if found.state == "withdrawn":
        raise Refusal("request_is_withdrawn")
    if any(each.receipt for each in record.find(Submission, request=request)):
        raise Refusal("request_has_receipt")
    _check(told, today)
    sent = _sent(session, found, told)
    there = record.find(SentOtherwise, request=request)
    edits: list[Edit] = []
    if there:
        sent = SentOtherwise(**{**sent.__dict__, "id": there[0].id})
        names = ("sent_on", "how", "sent_to", "pack")
        changed = {each: getattr(sent, each) for each in names if getattr(sent, each) != getattr(there[0], each)}
        edits += [Amend(SentOtherwise, sent.id, changed)] if changed else []
    else:
        edits.append(New(sent))
    if found.state in ("draft", "frozen"):
        edits.append(Amend(Request, request, {"state": "sent"}))
    joined = join(session, found, sent_on=told.sent_on, received_on=told.received_on, number=filled(told.number), corrected=bool(there))
    if joined is not None:
        must_not_be_after_decision(joined.case, told.sent_on, field="sent_on")
        edits += joined.edits
    return sent, joined, record.save(edits, action="record_sent", actor=session.actor)


def _check(told: Sending, today: date) -> None:
    if told.how not in SENT_BY:
        raise Refusal("how_it_went", field="how")
    if told.sent_on > today:
        raise Refusal("sent_in_future", field="sent_on")
    if today - told.sent_on > timedelta(days=366 * MOST_YEARS_AGO):
        raise Refusal("sent_long_ago", field="sent_on", day=full_date(told.sent_on))
    if told.received_on is not None and told.received_on > today:
        raise Refusal("received_in_future", field="received_on")
    if told.received_on is not None and told.received_on < told.sent_on:
        raise Refusal("received_before_sent", field="received_on", day=full_date(told.sent_on))


def _sent(session: Session, request: Request, told: Sending) -> SentOtherwise:
    packs = packs_of(session.record, request.id)
    if told.pack is not None and told.pack not in {each.id for each in packs}:
        must_get(session.record, Pack, told.pack)
        raise Refusal("pack_is_a_copy", field="pack")
    return SentOtherwise(
        id=session.ids.new(),
        pupil=request.pupil,
        request=request.id,
        sent_on=told.sent_on,
        how=told.how,  # type: ignore[arg-type]
        noted_at=session.clock.now(),
        noted_by=session.actor.id,
        sent_to=filled(told.sent_to),
        pack=told.pack or (packs[-1].id if packs else None),
    )
