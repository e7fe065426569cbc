"""Provision maps, requests and the council from the command line."""

import argparse
import webbrowser
from collections.abc import Callable, Sequence
from pathlib import Path

from sencoapp import reference
from sencoapp.app import App, Workplace
from sencoapp.cli.door import open_record, spoken_day, tell, which_pupil
from sencoapp.cli.record import make_folder, read_file
from sencoapp.domain.casework import Pack, Request
from sencoapp.domain.deadlines import Deadline
from sencoapp.domain.plain import to_plain
from sencoapp.domain.provision_map import MapQuery
from sencoapp.domain.refusals import Refusal
from sencoapp.services import documents, provision, requests, submissions
from sencoapp.services.looking import look_at_evidence
from sencoapp.services.map_content import school_map_content
from sencoapp.services.pack_copies import draft_copy, keep_copy, told_of_copy
from sencoapp.services.pack_variants import packs_of, variant_named
from sencoapp.services.ports import Council, Session
from sencoapp.services.provision_map import usual_period
from sencoapp.services.withheld import told_words


def provision_map(chosen: argparse.Namespace) -> None:
    """The map as PDF or as a workbook, by the ending of the file's name."""
    ending = chosen.out.suffix.lower()
    if ending not in (".pdf", ".xlsx"):
        raise Refusal("map_is_pdf_or_xlsx", file=chosen.out.name)
    with open_record(chosen) as place:
        pupil = which_pupil(place, chosen.pupil) if chosen.pupil else None
        rooms = place.documents
        if pupil:
            of_pupil = provision.map_content(place.session, pupil)
            made, what = (rooms.provision_map_pdf if ending == ".pdf" else rooms.provision_map_xlsx)(of_pupil), of_pupil["title"]
        else:
            of_school = school_map_content(place.session, MapQuery(usual_period(place.session)))
            made, what = (rooms.school_map_pdf if ending == ".pdf" else rooms.school_map_xlsx)(of_school), of_school["title"]
        give_out(place, chosen.out, made, what=what, pupil=pupil)
    print(reference.say("cli.written", file=chosen.out))


def attach(chosen: argparse.Namespace) -> None:
    """Keeps a file about a pupil."""
    content = read_file(chosen.file)
    with open_record(chosen) as place:
        taken = place.documents.take_in(chosen.file.name, content)
        made, _ = documents.keep_document(
            place.session,
            which_pupil(place, chosen.pupil),
            taken,
            title=chosen.title,
            kind=chosen.kind,
            document_on=chosen.on,
            author_name=chosen.author,
        )
    plain = {
        "id": made.id,
        "title": made.title,
        "file": made.filename,
        "mediaType": made.media_type,
        "pages": made.pages,
        "sha256": made.sha256,
        "cautions": list(taken.cautions),
    }
    tell(
        chosen,
        plain,
        [reference.say("cli.attached", title=made.title), *(reference.say(f"pupil.caution_{each}") for each in taken.cautions)],
    )


def documents_list(chosen: argparse.Namespace) -> None:
    """A pupil's documents with the ids that ``document get`` takes."""
    with open_record(chosen) as place:
        found = documents.documents_of(place.session.record, which_pupil(place, chosen.pupil))
    plain = [{"id": each.id, "title": each.title, "mediaType": each.media_type, "pages": each.pages} for each in found]
    tell(chosen, plain, [f"{each.id}  {each.title}" for each in found] or [reference.say("cli.no_documents")])


def document_get(chosen: argparse.Namespace) -> None:
    """Writes a readable copy of a document, and notes that it left the record."""
    with open_record(chosen) as place:
        document, content = documents.read_document(place.session, chosen.document)
        give_out(
            place,
            chosen.out,
            content,
            what=document.title,
            pupil=document.pupil,
            recipient=chosen.recipient,
            purpose=chosen.purpose,
        )
    print(reference.say("cli.written", file=chosen.out))


def readiness(chosen: argparse.Namespace) -> None:
    """What a request would have and what it would lack, in three voices."""
    with open_record(chosen) as place:
        pupil = which_pupil(place, chosen.pupil)
        request, _ = requests.readiness_of_pupil(place.session, pupil)
        look_at_evidence(place.session, place.documents, request)
        request, state = requests.readiness_of_pupil(place.session, pupil)
    plain = {
        "council": request.council,
        "form": request.form,
        "formVersion": request.form_version,
        "present": state.present,
        "total": state.total,
        "blockers": [each.check for each in state.blockers],
        "sentence": state.sentence,
        "findings": [to_plain(each) for each in state.findings],
    }
    voices = {each: reference.say(f"requests.voice_{each}") for each in ("law", "council", "practice")}
    form, council = requests.form_of(request), reference.council(request.council)
    plain["toConfirm"] = caveats = list(dict.fromkeys(filter(None, (form.get("confirm"), council.get("confirm")))))
    lines = [*caveats, state.sentence]
    for each in state.findings:
        if each.state != "present":
            confirm = f" {reference.say('cli.to_confirm', what=each.confirm)}" if each.confirm else ""
            lines.append(f"{voices[each.voice]} · {each.sentence}{confirm}")
    tell(chosen, plain, lines)


def pack(chosen: argparse.Namespace) -> None:
    """Freezes the request in progress, beginning one where there is none, and writes its PDF."""
    with open_record(chosen) as place:
        made = _frozen(place, which_pupil(place, chosen.pupil), anew=True)
        _, content = requests.read_pack(place.session, made.id)
        what = reference.say("requests.pack_title", version=made.version)
        give_out(place, chosen.out, content, what=what, pupil=made.pupil)
        if chosen.word:
            words = place.documents.request_word(requests.frozen_words(place.session, made))
            give_out(place, chosen.word, words, what=what, pupil=made.pupil)
    plain = {"pack": made.id, "version": made.version, "pages": made.pages, "sha256": made.pdf_sha256, "file": str(chosen.out)}
    tell(chosen, plain, [reference.say("cli.pack_written", file=chosen.out, pages=made.pages)])


def copy(chosen: argparse.Namespace) -> None:
    """Makes a copy of the request for another reader than the council, keeps it, writes its PDF, and says what it withholds."""
    with open_record(chosen) as place:
        session, rules = place.session, variant_named(chosen.reader)
        request = _copied(session, which_pupil(place, chosen.pupil))
        told = told_of_copy(session, request, chosen.reader)
        draft = draft_copy(session, request, chosen.reader)
        made, _ = keep_copy(session, draft, requests.render_pack(place.documents, draft))
        _, content = requests.read_pack(session, made.id)
        what = reference.say("request_page.what_copy", version=made.version)
        give_out(place, chosen.out, content, what=what, pupil=made.pupil, recipient=rules["recipient"])
    plain = {
        "copy": made.id,
        "for": made.variant,
        "version": made.version,
        "pages": made.pages,
        "sha256": made.pdf_sha256,
        "file": str(chosen.out),
        "withheld": to_plain(told),
    }
    tell(chosen, plain, [reference.say("cli.copy_written", file=chosen.out, pages=made.pages), *told_words(told)])


def submit(chosen: argparse.Namespace) -> None:
    """Sends the latest pack. Sending again gives the same receipt."""
    with open_record(chosen) as place:
        made = _frozen(place, which_pupil(place, chosen.pupil), anew=False)
        submission, _ = submissions.prepare_submission(place.session, made.id, chosen.gateway)
        council = connected(place, chosen.gateway, open_page(chosen))
        sent, _ = submissions.send_submission(place.session, council, submission.id)
    assert sent.received_at is not None  # a submission that was sent has a receipt
    received = sent.received_at.astimezone().date()
    dates = requests.request_deadlines(received)
    plain = {
        "submission": sent.id,
        "manifestSha256": sent.manifest_sha256,
        "receivedAt": to_plain(sent.received_at),
        "receipt": sent.receipt,
        "deadlines": _deadlines(dates),
    }
    lines = [
        reference.say("cli.submitted", day=spoken_day(received.isoformat())),
        *(f"{each.label}: {spoken_day(each.due.isoformat())}" for each in dates),
    ]
    tell(chosen, plain, lines)


def replies(chosen: argparse.Namespace) -> None:
    """What the council has recorded since last time."""
    with open_record(chosen) as place:
        council = connected(place, chosen.gateway, open_page(chosen))
        fresh, _ = submissions.fetch_replies(place.session, council, chosen.gateway)
    lines = [f"{spoken_day(each.at.date().isoformat())}: {each.text or each.status or each.kind}" for each in fresh]
    tell(chosen, [to_plain(each) for each in fresh], lines or [reference.say("cli.no_replies")])


def deadlines(chosen: argparse.Namespace) -> None:
    """The statutory dates that follow from a day of receipt. Needs no profile."""
    dates = requests.request_deadlines(chosen.received)
    lines = [f"{spoken_day(each.due.isoformat())}  {each.label} ({each.citation})" for each in dates]
    tell(chosen, _deadlines(dates), lines)


def demo(chosen: argparse.Namespace) -> None:
    """Builds the demo school and walks the whole way, without a window."""
    from sencoapp.cli.demo_walk import walk

    walk(chosen.out)


def give_out(
    place: Workplace, path: Path, content: bytes, *, what: str, pupil: str | None, recipient: str | None = None, purpose: str | None = None
) -> None:
    """Writes a document where the person wants it, and notes that it left the record."""
    make_folder(path.parent)
    place.give_out(
        path,
        content,
        what=what,
        recipient=recipient or place.session.actor.name,
        purpose=purpose or reference.say("cli.purpose_saved"),
        pupil=pupil,
    )


def connected(place: Workplace, gateway: str, open_url: Callable[[str], object]) -> Council:
    """Signed in at a council; the sign-in is kept for next time."""
    council, grant = App().connect(gateway, place.grant_for(gateway), open_url)
    place.keep_grant(gateway, grant)
    return council


def open_page(chosen: argparse.Namespace) -> Callable[[str], object]:
    """How the sign-in page is shown: in the browser, or as an address to open by hand."""
    if not chosen.no_browser:
        return webbrowser.open
    return lambda address: print(reference.say("cli.open_this", address=address), flush=True)


def _frozen(place: Workplace, pupil: str, *, anew: bool) -> Pack:
    """The pack to send: the latest of the request in progress, or else of the one that was sent; or a new one."""
    session, rooms = place.session, place.documents
    present = [each for each in requests.requests_of(session.record, pupil) if each.state != "withdrawn"]
    at_work: list[Request] = [each for each in present if each.state in ("draft", "frozen")]
    packs = [pack for request in (at_work or present) for pack in packs_of(session.record, request.id)]
    if packs and not anew:
        return max(packs, key=lambda each: (each.made_at, each.version))
    request = at_work[0] if at_work else requests.start_request(session, pupil)[0]
    return requests.freeze(session, rooms, request.id)[0]


def _copied(session: Session, pupil: str) -> str:
    """The newest request that was not withdrawn. Raises ``Refusal("no_request_yet")``."""
    present = [each for each in requests.requests_of(session.record, pupil) if each.state != "withdrawn"]
    if not present:
        raise Refusal("no_request_yet")
    return present[0].id


def _deadlines(dates: Sequence[Deadline]) -> list[dict[str, object]]:
    return [
        {"rule": each.rule, "due": each.due.isoformat(), "lastCompliant": each.last_compliant.isoformat(), "citation": each.citation}
        for each in dates
    ]
