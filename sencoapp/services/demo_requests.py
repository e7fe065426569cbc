"""The demo school's two requests: one in progress, one that the council has decided on."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sencoapp import reference
from sencoapp.domain.casework import CaseEvent, Request, Submission
from sencoapp.domain.record import Actor, Amend, Edit, New
from sencoapp.services import requests, submissions
from sencoapp.services.demo_clock import MovableClock
from sencoapp.services.ports import Documents, Session
from sencoapp.services.signing_off import OnPaper, head_teacher_named, sign_off_request


def request_in_progress(session: Session, pupil: str, answers: Mapping[str, str]) -> Request:
    """A request that is begun, with the answers that the school has written so far."""
    request, _ = requests.start_request(session, pupil)
    told = replace(
        request, parents_told_on=session.clock.today(), parents_agree=True, parents_agree_note=reference.say("demo.parents_agree")
    )
    requests.change_request(session, request, told)
    for question, words in answers.items():
        requests.write_answer(session, request.id, question, words)
    return told


def decided_request(session: Session, clock: MovableClock, documents: Documents, pupil: str, last: datetime) -> None:
    """A request that was frozen, received ten weeks ago and decided on six weeks later."""
    request, _ = requests.start_request(session, pupil)
    told = replace(
        request, parents_told_on=session.clock.today(), parents_agree=True, parents_agree_note=reference.say("demo.parents_agree")
    )
    requests.change_request(session, request, told)
    requests.write_answer(session, request.id, "why_an_assessment", reference.say("demo.why"))
    sign_off_request(session, request.id, OnPaper(head_teacher_named(session, request.id), session.clock.today()))
    pack, _ = requests.freeze(session, documents, request.id)
    submission, _ = submissions.prepare_submission(session, pack.id, submissions.DEMO_GATEWAY)
    received = session.clock.now()
    values = {"receipt": reference.say("demo.receipt"), "received_at": received}
    edits: list[Edit] = [Amend(Submission, submission.id, values), *submissions.received_by_the_council(session, request.id, received)]
    session.record.save(edits, action="receive_receipt", actor=session.actor)
    council = Actor("council demo", reference.say("demo.council"), "office")
    for seq, (days, kind, status, decision, text) in enumerate(_EVENTS, start=1):
        clock.set(min(received + timedelta(days=days), last))
        event = CaseEvent(session.ids.new(), pupil, submission.id, seq, kind, session.clock.now(), status, decision, reference.say(text))
        edits = submissions.decided_by_the_council(session, submission, [event])
        session.record.save([New(event), *edits], action="receive_replies", actor=council)


_EVENTS = (
    (2, "status_changed", "checking", None, "demo.event_checking"),
    (39, "decision_issued", "decided", "assess", "demo.event_assess"),
)
