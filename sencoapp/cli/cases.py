"""Cases with the council from the command line: what is due, and a calendar of it."""

import argparse

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.cli.case import give_out
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.cli.record import giving
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.refusals import Refusal
from sencoapp.services import appeal_bundle, cases, exports
from sencoapp.services.bundle_words import check_words, section_words
from sencoapp.services.case_calendar import case_calendar
from sencoapp.services.request_cases import case_for, council_decided
from sencoapp.services.requests import read_pack, render_pack, requests_of
from sencoapp.services.sent_otherwise import Sending, record_sent


def listing(chosen: argparse.Namespace) -> None:
    """Every open case, what is due first first."""
    with open_record(chosen) as place:
        rows = cases.case_list(place.session, closed=chosen.closed)
    plain, lines = [], []
    for each in rows:
        step = each.shown.next_step
        due = each.due.isoformat() if each.due else None
        about = {"pupil": each.pupil.name, "kind": each.shown.case.kind, "council": each.shown.case.council, "due": due}
        plain.append({**about, "next": step.id if step else None, "outcome": each.shown.case.ended_as})
        when = full_date(each.due) if each.due else reference.say("cases.no_date")
        lines.append(
            reference.say("cases.cli_row", when=when, name=each.pupil.name, kind=each.shown.kind["title"], step=step.label if step else "")
        )
    tell(chosen, plain, lines or [reference.say("cases.none")])


def sent(chosen: argparse.Namespace) -> None:
    """Notes that a request went without a connection; its case and its clock begin."""
    told = Sending(chosen.on, chosen.by, chosen.received, chosen.to, chosen.reference)
    with open_record(chosen) as place:
        request = _last_request(place, which_pupil(place, chosen.pupil))
        made, joined, _ = record_sent(place.session, request.id, told)
        steps = cases.case_page(place.session, joined.case.id).row.shown.steps if joined else ()
    due = [each for each in steps if each.deadline]
    plain = {
        "request": request.id,
        "case": joined.case.id if joined else None,
        "sentOn": made.sent_on.isoformat(),
        "receivedOn": chosen.received.isoformat() if chosen.received else None,
        "deadlines": [each.deadline.as_json() for each in due if each.deadline],
    }
    how = reference.say(f"chronology.sent_{made.how}")
    lines = [f"{full_date(made.sent_on)}: {how}", *(f"{full_date(each.due)}  {each.label}" for each in due if each.due)]
    lines += [] if chosen.received or not due else [reference.say("cli.from_sending")]
    tell(chosen, plain, lines)


def decided(chosen: argparse.Namespace) -> None:
    """Enters what the council decided on a request, with the day of its letter."""
    with open_record(chosen) as place:
        request = _last_request(place, which_pupil(place, chosen.pupil), gone=True)
        case, _ = case_for(place.session, request)
        council_decided(place.session, case.id, chosen.decision, chosen.on, letter=chosen.letter)
    plain = {"request": request.id, "case": case.id, "decision": chosen.decision, "decidedOn": chosen.on.isoformat()}
    tell(chosen, plain, [reference.say("cli.decision_kept", day=full_date(chosen.on))])


def _last_request(place: Workplace, pupil: str, *, gone: bool = False) -> Request:
    """The pupil's request that is at work, or else the last one; of those that have ``gone`` the last one first."""
    found = [each for each in requests_of(place.session.record, pupil) if each.state != "withdrawn"]
    if not found:
        raise Refusal("no_request_yet")
    wanted = ("sent", "decided") if gone else ("draft", "frozen")
    return next((each for each in found if each.state in wanted), found[0])


def papers(chosen: argparse.Namespace) -> None:
    """Makes the papers for a tribunal of the pupil's appeal, keeps them, writes their PDF, and says what to look at."""
    with open_record(chosen) as place:
        session, pupil = place.session, which_pupil(place, chosen.pupil)
        case = _appeal(place, pupil)
        page = appeal_bundle.bundle_page(session, case.id)
        counted = appeal_bundle.with_written(page, place.documents.written_page_count(page.written) if page.written else 0)
        draft = appeal_bundle.draft_bundle(session, case.id)
        made, _ = appeal_bundle.keep_bundle(session, draft, render_pack(place.documents, draft))
        content = read_pack(session, made.id)[1]
        what = reference.say("bundle.manifest_title", version=made.version)
        give_out(place, chosen.out, content, what=what, pupil=pupil, recipient=reference.council(case.council)["name"])
    sections = counted.arranged.sections
    over, others = check_words(counted)
    plain = {
        "papers": made.id,
        "case": case.id,
        "version": made.version,
        "pages": made.pages,
        "sha256": made.pdf_sha256,
        "file": str(chosen.out),
        "sections": {each.id: appeal_bundle.pages_of(counted, each) for each in sections},
        "lookAt": [*over, *others],
    }
    lines = [reference.say("cli.papers_written", file=chosen.out, pages=made.pages), *(section_words(counted, each) for each in sections)]
    tell(chosen, plain, [*lines, *over, *others])


def _appeal(place: Workplace, pupil: str) -> CouncilCase:
    """The pupil's newest case that has papers for a tribunal, an open one first. Raises ``Refusal("no_appeal_yet")``."""
    found = [each for each in place.session.record.find(CouncilCase, pupil=pupil) if appeal_bundle.has_bundle(each)]
    if not found:
        raise Refusal("no_appeal_yet")
    return max(found, key=lambda each: (each.closed_on is None, each.opened_on, each.id))


def calendar(chosen: argparse.Namespace) -> None:
    """A calendar file of what is due. What left the record is noted in it."""
    with open_record(chosen) as place:
        made = case_calendar(place.session, names=chosen.names)
        with giving(place, {chosen.out: made.content}):
            exports.note_export(place.session, made, chosen.out.name)
    plain = {"what": made.what, "file": str(chosen.out), "rows": made.count}
    tell(chosen, plain, [reference.say("cli.exported", what=made.what, file=chosen.out, count=f"{made.count:,}")])
