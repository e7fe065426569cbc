"""A request and its case with the council: joined once it has gone, and each told what the other knows, so that nobody types twice.

The days of a request and what was decided on it are in its case, however it went. A receipt is kept beside it as it came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sencoapp import reference
from sencoapp.domain.cases import REQUEST_RECEIVED, REQUEST_SENT, CaseDate, CaseStep, CouncilCase
from sencoapp.domain.casework import CaseEvent, Document, Request, SentOtherwise, Submission
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Record, Session

How = Literal["opened", "linked", "there"]
"""What became of the case: it is new, it was there and is now this request's, or it was this request's already."""


@dataclass(frozen=True)
class Standing:
    """Where a request stands with the council, whoever made it and however it went there."""

    pupil: str
    request: str | None = None
    """The school's own; None where somebody else asked."""
    case: CouncilCase | None = None
    """None for a request that was received before cases were opened for them."""
    sent: SentOtherwise | None = None
    sent_on: date | None = None
    received_on: date | None = None
    """The day that the case has, or that of the receipt where that is earlier or the only one."""
    decision: str | None = None
    decided_on: date | None = None

    @property
    def counted_from(self) -> date | None:
        """The day from which the council's time is counted."""
        return self.received_on or self.sent_on

    @property
    def from_sending(self) -> bool:
        """Whether that is the day of sending, because it is not known when the council received it."""
        return self.received_on is None and self.sent_on is not None


def standings(record: Record, **of: str) -> list[Standing]:
    """Of every request that has gone, and of every case that such a request opens; ``of`` one ``pupil`` or one ``request``."""
    cases = [each for each in record.find(CouncilCase, **of) if _kind(each).get("request")]
    sent = {each.request: each for each in record.find(SentOtherwise, **of)}
    submissions = [each for each in record.find(Submission, **of) if each.received_at]
    days = {event: _days(record, event) for event in (REQUEST_SENT, REQUEST_RECEIVED)} if cases else {}
    found = []
    for case in cases:
        letter = sent.pop(case.request, None) if case.request else None
        receipts = [_day_of(each) for each in submissions if each.request == case.request]
        received = [*receipts, *filter(None, [days[REQUEST_RECEIVED].get(case.id)])]
        sent_on = days[REQUEST_SENT].get(case.id) or (letter.sent_on if letter else None)
        about = (case.pupil, case.request, case, letter, sent_on, min(received, default=None))
        found.append(Standing(*about, case.decision, case.decided_on))
    with_case = {each.request for each in cases}
    found += [Standing(each.pupil, each.request, None, each, each.sent_on) for each in sent.values() if each.request not in with_case]
    for each in submissions:
        if each.request not in with_case:
            found.append(Standing(each.pupil, each.request, None, None, None, _day_of(each), *_told(record, each)))
    return found


def standing_of(record: Record, request: Request) -> Standing:
    """Of one request; nothing is known of one that has not gone anywhere."""
    return next(iter(standings(record, request=request.id)), Standing(request.pupil, request.id))


@dataclass(frozen=True)
class Joined:
    """A request's case, and the edits that make it so."""

    case: CouncilCase
    how: How
    edits: tuple[Edit, ...]


def join(
    session: Session,
    request: Request,
    *,
    sent_on: date | None = None,
    received_on: date | None = None,
    number: str | None = None,
    corrected: bool = False,
    decision: tuple[str, date] | None = None,
) -> Joined | None:
    """Opens the request's case, or takes the one that is there, with what is known now. Saves nothing.

    An open case of the same kind that nobody else's request began becomes this one's. ``corrected`` takes away what was known
    and is not any more. None where no kind of case follows from the form. Raises ``Refusal("case_received_before_sent")`` where that
    case says that the council had it before it went.
    """
    kind = _kind_for(request)
    if kind is None:
        return None
    writing = _Writing.of(session, request, kind, sent_on)
    for event, on in ((REQUEST_SENT, sent_on), (REQUEST_RECEIVED, received_on)):
        if on is not None:
            writing.dated(event, on)
        elif corrected:
            writing.undated(event)
    about = kind["request"]
    writing.ticked(about.get("sent_step"), sent_on or received_on)
    writing.ticked(about.get("received_step"), received_on)
    if number is not None or corrected:
        writing.put(reference=number)
    if decision is not None:
        writing.decided(*decision)
    return writing.joined()


def case_for(session: Session, request: Request) -> tuple[CouncilCase, Saved]:
    """The case of a request that has gone; one that went before cases were opened for requests gets it now, with all that is known.

    Raises ``Refusal``: ``request_has_not_gone``, ``case_kind_not_known``.
    """
    standing = standing_of(session.record, request)
    if standing.case is not None:
        return standing.case, Saved(session.record.position())
    if standing.counted_from is None:
        raise Refusal("request_has_not_gone")
    decision = (standing.decision, standing.decided_on) if standing.decision and standing.decided_on else None
    joined = join(session, request, sent_on=standing.sent_on, received_on=standing.received_on, decision=decision)
    if joined is None:
        raise Refusal("case_kind_not_known", kind=request.form)
    return joined.case, session.record.save(joined.edits, action="open_case", actor=session.actor)


def council_decided(session: Session, case: str, decision: str, on: date, *, letter: str | None = None) -> Saved:
    """What the council decided and on which day, with its letter; the request of the case knows it too.

    Raises ``Refusal``: ``decision_not_known``, ``decision_in_future``, ``decision_before_request``, ``case_document_of_another``.
    """
    record, found = session.record, must_be_decidable(session, case, decision, on)
    writing = _Writing(session, found, "there")
    if letter is not None:
        paper = record.get(Document, letter)
        if paper is None or paper.pupil != found.pupil:
            raise Refusal("case_document_of_another", field="letter")
        writing.put(documents=tuple(dict.fromkeys((*found.documents, letter))))
    writing.decided(decision, on)
    edits = [*writing.joined().edits, *_state(record, found, "decided")]
    return record.save(edits, action="council_decided", actor=session.actor)


def must_be_decidable(session: Session, case: str, decision: str, on: date) -> CouncilCase:
    """The case, where the council can have decided this on that day: asked before anything is kept.

    Raises ``Refusal``: ``decision_not_known``, ``decision_in_future``, ``decision_before_request``.
    """
    found = must_get(session.record, CouncilCase, case)
    if decision not in {each["id"] for each in _kind(found).get("decisions", ())}:
        raise Refusal("decision_not_known", field="decision")
    if on > session.clock.today():
        raise Refusal("decision_in_future", field="on")
    days = {each.event: each.happens_on for each in session.record.find(CaseDate, council_case=case)}
    must_not_be_after_decision(replace(found, decided_on=on), days.get(REQUEST_SENT) or days.get(REQUEST_RECEIVED), field="on")
    return found


def ended(session: Session, case: CouncilCase, outcome: str, on: date) -> list[Edit]:
    """What closing a case with an outcome changes, in it and in its request. Saves nothing."""
    kind = _kind(case)
    told: Mapping[str, Any] = next((each for each in kind["outcomes"] if each["id"] == outcome), {})
    writing = _Writing(session, case, "there")
    if told.get("decision") and case.decision != told["decision"]:
        closes = any(each["id"] == told["decision"] and each.get("closes") for each in kind["decisions"])
        writing.put(decision=told["decision"], decided_on=on if closes else None)
        if closes:
            writing.ticked(kind["request"]["decided_step"], on)
    writing.put(ended_as=outcome, closed_on=on)
    return [*writing.joined().edits, *_state(session.record, case, "withdrawn" if outcome == "withdrawn" else "decided")]


def begun_again(session: Session, case: CouncilCase) -> list[Edit]:
    """What opening a closed case again changes, in it and in its request. Saves nothing."""
    edits: list[Edit] = [Amend(CouncilCase, case.id, {"closed_on": None})]
    return [*edits, *_state(session.record, case, "decided" if case.decision else "sent")]


def days_entered(session: Session, case: CouncilCase, days: Mapping[str, date | None]) -> list[Edit]:
    """What days that somebody enters for a case change in how its request went. Saves nothing, and asks only of a day that is another.

    Raises ``Refusal``: ``sent_in_future``, ``received_in_future``, ``received_before_that`` where the council's own receipt says an
    earlier day, ``received_before_sent``, ``decision_before_request``, ``sent_day_missing`` for a request of which is said that it went.
    """
    record, today = session.record, session.clock.today()
    there = {each.event: each.happens_on for each in record.find(CaseDate, council_case=case.id)}
    other = {event: days[event] for event in (REQUEST_SENT, REQUEST_RECEIVED) if event in days and days[event] != there.get(event)}
    if not other:
        return []
    for event, refusal in ((REQUEST_SENT, "sent_in_future"), (REQUEST_RECEIVED, "received_in_future")):
        if (other.get(event) or today) > today:
            raise Refusal(refusal, field=event)
    sent, received = (other.get(event, there.get(event)) for event in (REQUEST_SENT, REQUEST_RECEIVED))
    if REQUEST_RECEIVED in other and received is not None:
        _must_not_be_after_receipt(record, case, received)
    if sent is not None and received is not None and received < sent:
        raise Refusal("received_before_sent", field=REQUEST_RECEIVED, day=full_date(sent))
    must_not_be_after_decision(case, sent or received, field=next(iter(other)))
    letters = record.find(SentOtherwise, request=case.request) if case.request and REQUEST_SENT in other else []
    if letters and sent is None:
        raise Refusal("sent_day_missing", field=REQUEST_SENT)
    return [Amend(SentOtherwise, each.id, {"sent_on": sent}) for each in letters]


def must_not_be_after_decision(case: CouncilCase, began: date | None, *, field: str) -> None:
    """Raises ``Refusal("decision_before_request")`` where the council decided before a request went."""
    if began is not None and case.decided_on is not None and case.decided_on < began:
        raise Refusal("decision_before_request", field=field, day=full_date(began))


def _must_not_be_after_receipt(record: Record, case: CouncilCase, on: date) -> None:
    sent = record.find(Submission, request=case.request) if case.request else []
    receipts = [each.received_at.astimezone().date() for each in sent if each.received_at]
    if receipts and on > min(receipts):
        raise Refusal("received_before_that", field=REQUEST_RECEIVED, day=full_date(min(receipts)))


# ---- within ---------------------------------------------------------------------------------------------------------


class _Writing:
    """A case while one save is put together: what it says already, and what it will say."""

    def __init__(self, session: Session, case: CouncilCase, how: How) -> None:
        self._session, self._case, self._how = session, case, how
        record = session.record
        self._dates = {} if how == "opened" else {each.event: each for each in record.find(CaseDate, council_case=case.id)}
        self._ticks = set() if how == "opened" else {each.step for each in record.find(CaseStep, council_case=case.id)}
        self._values: dict[str, Any] = {}
        self._more: list[Edit] = []

    @classmethod
    def of(cls, session: Session, request: Request, kind: Mapping[str, Any], sent_on: date | None) -> "_Writing":
        """The request's own case; else one that is open and nobody else's; else a new one."""
        record = session.record
        own = record.find(CouncilCase, request=request.id)
        if own:
            return cls(session, own[0], "there")
        asked_by = "school" if kind.get("asked_by") else None
        open_ones = record.find(CouncilCase, pupil=request.pupil, kind=kind["id"], council=request.council, closed_on=None)
        free = [each for each in open_ones if each.request is None and each.asked_by in (None, "school")]
        received = _days(record, REQUEST_RECEIVED).get(free[0].id) if sent_on and free else None
        if sent_on and received and received < sent_on:
            raise Refusal("case_received_before_sent", field="sent_on", day=full_date(received))
        if free:
            linked = cls(session, free[0], "linked")
            linked.put(request=request.id, asked_by=asked_by)
            return linked
        title = str(reference.council_form(request.council, request.form)["title"])
        case = CouncilCase(
            id=session.ids.new(),
            pupil=request.pupil,
            kind=str(kind["id"]),
            council=request.council,
            opened_on=session.clock.today(),
            owner=session.actor.id,
            title=None if kind.get("asked_by") or title == kind["title"] else title,
            request=request.id,
            asked_by=asked_by,  # type: ignore[arg-type]
        )
        return cls(session, case, "opened")

    def day(self, event: str) -> date | None:
        return self._dates[event].happens_on if event in self._dates else None

    def put(self, **values: Any) -> None:
        self._values.update(values)

    def dated(self, event: str, on: date) -> None:
        there = self._dates.get(event)
        if there is None:
            made = CaseDate(self._session.ids.new(), self._case.pupil, self._case.id, event, on)
            self._dates[event] = made
            self._more.append(New(made))
        elif there.happens_on != on:
            self._more.append(Amend(CaseDate, there.id, {"happens_on": on}))

    def undated(self, event: str) -> None:
        there = self._dates.pop(event, None)
        if there is not None:
            self._more.append(Remove(CaseDate, there.id))

    def ticked(self, step: str | None, on: date | None) -> None:
        """A step that is done with it, unless somebody has ticked it off."""
        if step and on and step not in self._ticks:
            self._ticks.add(step)
            self._more.append(New(CaseStep(self._session.ids.new(), self._case.pupil, self._case.id, step, "done", on)))

    def decided(self, decision: str, on: date) -> None:
        """What the council decided. One that ends the case closes it; one after that opens it again."""
        kind = _kind(self._case)
        told: Mapping[str, Any] = next((each for each in kind.get("decisions", ()) if each["id"] == decision), {})
        self.ticked(kind["request"]["decided_step"], on)
        self.put(decision=decision, decided_on=on)
        if told.get("closes"):
            self.put(ended_as=told["closes"], closed_on=on)
        elif self._case.ended_as in {each.get("closes") for each in kind["decisions"]} - {None}:
            self.put(ended_as=told.get("outcome"), closed_on=None)
        elif told.get("outcome"):
            self.put(ended_as=told["outcome"])

    def joined(self) -> Joined:
        case = replace(self._case, **self._values)
        if self._how == "opened":
            return Joined(case, self._how, (New(case), *self._more))
        changed = {name: value for name, value in self._values.items() if getattr(self._case, name) != value}
        edits: list[Edit] = [Amend(CouncilCase, case.id, changed)] if changed else []
        return Joined(case, self._how, (*edits, *self._more))


def _kind_for(request: Request) -> Mapping[str, Any] | None:
    """The kind of case that follows from the request's form."""
    form = reference.council_form(request.council, request.form)["kind"]
    kinds = (reference.case_kind(each) for each in reference.case_kinds())
    return next((each for each in kinds if each.get("request", {}).get("form") == form), None)


def _state(record: Record, case: CouncilCase, state: str) -> list[Edit]:
    """The request of a case gets the state that follows from it."""
    request = record.get(Request, case.request) if case.request else None
    if request is None or request.state == state or request.state in ("draft", "frozen"):
        return []
    return [Amend(Request, request.id, {"state": state})]


def _told(record: Record, submission: Submission) -> tuple[str | None, date | None]:
    """The last decision that came by a connection."""
    events = [each for each in record.find(CaseEvent, submission=submission.id) if each.decision]
    last = max(events, key=lambda each: each.seq, default=None)
    return (last.decision, last.at.astimezone().date()) if last else (None, None)


def _day_of(submission: Submission) -> date:
    assert submission.received_at is not None  # asked of those that were received
    return submission.received_at.astimezone().date()


def _days(record: Record, event: str) -> dict[str, date]:
    """By case, the day of an event."""
    return {each.council_case: each.happens_on for each in record.find(CaseDate, event=event)}


def _kind(case: CouncilCase) -> Mapping[str, Any]:
    """Nothing of a kind that this version does not know."""
    return reference.case_kind(case.kind) if case.kind in reference.case_kinds() else {}
