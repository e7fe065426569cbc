"""What the pages of requests show, read from the record in one go. Nothing here knows of widgets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import CaseEvent, Pack, Request, Submission
from sencoapp.domain.deadlines import Deadline, day_of
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.own_form import OwnForm
from sencoapp.domain.pack_variants import COUNCIL
from sencoapp.domain.people import Pupil
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.services import requests
from sencoapp.services.beginning import school
from sencoapp.services.cases import excused
from sencoapp.services.own_forms import own_forms
from sencoapp.services.pack_variants import packs_of
from sencoapp.services.permissions import may, may_save
from sencoapp.services.request_cases import Standing, standing_of, standings
from sencoapp.services.request_sections import SectionState, cases_by_request, section_states
from sencoapp.services.request_signed import says_what_was_signed
from sencoapp.services.requests import RequestPage
from sencoapp.services.signing_off import head_teacher_named
from sencoapp.services.statement import StatementPage, statement_page
from sencoapp.services.submissions import CasePage
from sencoapp.services.today import place_words
from sencoapp.services.withheld import Told, told_of
from ui.dates import clock

NOTE = "parents_agree_note"
"""Under which name what the parents say is kept while it is typed, beside the questions of the form."""

DECISION_RULE = "decision_to_assess"


@dataclass(frozen=True)
class RequestRow:
    """One request as a list shows it."""

    request: Request
    pupil: Pupil
    place: str
    council: str
    form: str
    """The title of the form."""
    pack: Pack | None
    case: CasePage | None
    decide: Deadline | None
    """The council's statutory date, once it has the request."""
    standing: Standing


@dataclass(frozen=True)
class RequestList:
    """The requests of the school, or of one pupil, newest first."""

    rows: tuple[RequestRow, ...]
    today: date
    council: str
    """The folder of the school's council."""


@dataclass(frozen=True)
class RequestContent:
    """Everything that the builder shows of one request."""

    page: RequestPage
    states: Mapping[str, SectionState]
    shown: PackSnapshot
    """What a pack made now would print."""
    typed: Mapping[str, str]
    """Words that were typed and not yet kept, by question: they survive a crash."""
    today: date
    school: str
    person: str
    case: CasePage | None
    """What went over a connection, and came back."""
    standing: Standing
    """Where it stands with the council, however it went."""
    deadlines: tuple[Deadline, ...]
    """The council's decision first; before sending, as if it were received today."""
    pack_is_current: bool
    gateway: str
    statement: StatementPage
    sign_off_state: Literal["none", "signed", "changed"] = "none"
    head_teacher: str = ""
    is_head_teacher: bool = False
    may_change: bool = True
    may_send: bool = True
    may_sign: bool = True
    withheld: Told = field(default_factory=Told)
    """What of a pack made now should be looked through, because something is withheld."""
    own_forms: tuple[OwnForm, ...] = ()
    """The council's own files for this form, the newest first."""

    @property
    def request(self) -> Request:
        return self.page.request

    @property
    def is_open(self) -> bool:
        """Whether anything of it can still be written, and by this person."""
        return self.may_change and self.request.state in ("draft", "frozen")

    @property
    def may_sign_off(self) -> bool:
        """Whether a sign-off can still be given or noted here."""
        return self.may_sign and self.request.state in ("draft", "frozen")

    @property
    def pack(self) -> Pack | None:
        """The newest version."""
        return self.page.packs[-1] if self.page.packs else None

    @property
    def submission(self) -> Submission | None:
        return self.case.submission if self.case else None

    @property
    def may_tell_how_it_went(self) -> bool:
        """Whether this person can say that it went another way, or correct it: not once the council's receipt or decision is here.

        Where only that it went was taken back, and what was decided stands, it can be said again.
        """
        receipt = self.submission.receipt if self.submission else None
        decided_alone = self.request.state == "decided" and not self.has_gone
        return self.may_send and receipt is None and (decided_alone or self.request.state in ("draft", "frozen", "sent"))

    @property
    def has_gone(self) -> bool:
        """Whether it is with the council, or was: over a connection or another way."""
        return self.standing.counted_from is not None


def read_list(place: Workplace, pupil: str | None = None) -> RequestList:
    """The list of all requests, or of one pupil's."""
    record = place.session.record
    cases = cases_by_request(record)
    gone = {each.request: each for each in (standings(record, pupil=pupil) if pupil else standings(record))}
    rows = []
    for request in requests.requests_of(record, pupil):
        person = record.get(Pupil, request.pupil)
        if person is None:
            continue
        packs = packs_of(record, request.id)
        standing = gone.get(request.id, Standing(request.pupil, request.id))
        form = requests.form_of(request)
        rows.append(
            RequestRow(
                request=request,
                pupil=person,
                place=place_words(person.year, person.reg_group),
                council=str(reference.council(request.council)["name"]),
                form=str(form["title"]),
                pack=max(packs, key=lambda each: each.version, default=None),
                case=cases.get(request.id),
                decide=decision_deadline(standing) if requests.starts_clock(form) else None,
                standing=standing,
            )
        )
    name = school(record).council
    return RequestList(tuple(rows), place.session.clock.today(), name)


def request_list_content(shown: RequestList, wanted: Collection[str]) -> ListContent:
    """The requests as a spreadsheet has them; only those that are ``wanted``."""
    names = ("pupil", "year", "class", "council", "form", "state", "started", "decides_by")
    rows: list[list[Value]] = [
        [
            each.pupil.name,
            each.pupil.year,
            each.pupil.reg_group,
            each.council,
            each.form,
            reference.say(f"request_page.state_{each.request.state}"),
            each.request.started_on,
            each.decide.due if each.decide else None,
        ]
        for each in shown.rows
        if each.request.id in wanted
    ]
    return ListContent(reference.say("lists.title_requests"), [reference.say(f"lists.column_{each}") for each in names], rows, shown.today)


def read_request(place: Workplace, request: str) -> RequestContent:
    """One request. Raises ``Refusal("no_longer_there")``."""
    session = place.session
    page = requests.request_page(session, request)
    shown = requests.snapshot_of(session, page.request, len(page.packs) + 1)
    case = cases_by_request(session.record).get(request)
    standing = standing_of(session.record, page.request)
    signed = page.signed
    return RequestContent(
        page=page,
        states=section_states(page),
        shown=shown,
        typed=_typed(place, page),
        today=session.clock.today(),
        school=school(session.record).name,
        person=session.actor.name,
        case=case,
        standing=standing,
        deadlines=_deadlines(place, page, standing) if requests.starts_clock(page.form) else (),
        pack_is_current=bool(page.packs) and requests.is_current(session, page.packs[-1], shown),
        gateway=_gateway(place, page, case),
        statement=statement_page(session, page.request),
        sign_off_state="none" if signed is None else "signed" if says_what_was_signed(shown, signed) else "changed",
        head_teacher=head_teacher_named(session, request),
        is_head_teacher=session.actor.role == "head_teacher",
        may_change=may_save(session.actor, Request, "change"),
        may_send=may(session.actor, "submit"),
        may_sign=may(session.actor, "sign_off_request"),
        withheld=told_of(session.record, page.request.pupil, COUNCIL, shown),
        own_forms=tuple(own_forms(session.record, page.request.council, page.request.form)),
    )


def draft_name(request: str, question: str) -> str:
    """Under which name the words of an answer are kept while they are typed."""
    return f"answer {request} {question}"


def decision_deadline(standing: Standing) -> Deadline | None:
    """By when the council says whether it will assess (SEND Regulations 2014, reg 5(1)); None before the request has gone."""
    if standing.counted_from is None:
        return None
    dates = requests.request_deadlines(standing.counted_from, sent_only=standing.from_sending)
    return next(each for each in dates if each.rule == DECISION_RULE)


def day_words(deadline: Deadline, today: date) -> str:
    """ "Day 3 of 42", "2 days late"."""
    words = day_of(deadline, today).in_words()
    return words[:1].upper() + words[1:]


def decision_words(standing: Standing) -> str:
    """What the council decided, in words; empty where it has not, or in a way that this version does not know."""
    decisions = reference.case_kind(standing.case.kind).get("decisions", ()) if standing.case else ()
    known = {each["id"]: str(each["label"]) for each in decisions}
    event = _EVENTS.get(("decision_issued", standing.decision or ""))
    return reference.say(event) if event else known.get(standing.decision or "", standing.decision or "")


def event_words(event: CaseEvent) -> str:
    """What the council recorded, in words. A state that this version does not know is shown as it came."""
    code = event.decision if event.kind == "decision_issued" else event.status if event.kind == "status_changed" else None
    known = _EVENTS.get((event.kind, code or ""))
    if known:
        return reference.say(known)
    return reference.say("request_page.event_other", code=code or event.kind)


_EVENTS = {
    ("status_changed", "received"): "request_page.event_received",
    ("status_changed", "checking"): "request_page.event_checking",
    ("status_changed", "information_requested"): "request_page.event_asks",
    ("status_changed", "decided"): "request_page.event_decided",
    ("information_requested", ""): "request_page.event_asks",
    ("message", ""): "request_page.event_message",
    ("decision_issued", "assess"): "request_page.event_assess",
    ("decision_issued", "not_to_assess"): "request_page.event_not_to_assess",
}


def moment_words(moment: datetime, day: str) -> str:
    """ "Tuesday 24 November 2026 at 10:42", given the day in words."""
    return reference.say("request_page.moment", day=day, time=clock(moment))


def megabytes(size: int) -> str:
    """ "1.2 MB", "340 KB"."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} KB"


def _deadlines(place: Workplace, page: RequestPage, standing: Standing) -> tuple[Deadline, ...]:
    """Those that follow from the receipt; after a decision not to assess, those of an appeal in place of the later ones.

    Where the council asked the school for advice while it was closed, each says what may excuse lateness. No date moves.
    """
    received = standing.counted_from or place.session.clock.today()
    dates = requests.request_deadlines(received, sent_only=standing.from_sending)
    found = excused(place.session, page.request.pupil, tuple(dates), received)
    if standing.decision != "not_to_assess" or standing.decided_on is None:
        return found
    return (*(each for each in found if each.rule == DECISION_RULE), *requests.decision_deadlines(standing.decided_on))


def _typed(place: Workplace, page: RequestPage) -> dict[str, str]:
    asked = [NOTE, *(str(question["id"]) for section in page.form["sections"] for question in section["questions"])]
    kept = {each: place.session.record.draft(draft_name(page.request.id, each)) for each in asked}
    return {each: str(found.get("text", "")) for each, found in kept.items() if found is not None}


def _gateway(place: Workplace, page: RequestPage, case: CasePage | None) -> str:
    """Where it was sent; else the address that was used last, else that of the council."""
    if case is not None:
        return case.submission.gateway
    return str(place.session.record.setting("gateway") or page.council.get("gateway") or "")
