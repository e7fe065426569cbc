"""Copies of a record, how long records are kept, holds, and erasing, from the command line."""

import argparse
import json
from pathlib import Path
from typing import Any

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.cli.record import read_file, write_file
from sencoapp.domain.access import Question
from sencoapp.domain.dates import full_date
from sencoapp.domain.leaving import Decision
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import from_plain, to_plain
from sencoapp.domain.refusals import Refusal
from sencoapp.services import access, erasing
from sencoapp.services import retention as keeping
from sencoapp.services.changes import must_get
from sencoapp.services.record_words import kind_words


def copy_record(chosen: argparse.Namespace) -> int:
    """Notes the request, takes in decisions, and writes the copy once everything is decided; exit status 1 until then."""
    with open_record(chosen) as place:
        session, pupil = place.session, which_pupil(place, chosen.pupil)
        request = next((each.id for each in access.requests_of(session, pupil) if each.is_open and each.ground == chosen.ground), None)
        if request is None:
            received = chosen.received or session.clock.today()
            request = access.begin(session, pupil, chosen.ground, chosen.asked_by or "", received)[0].id
        if chosen.decisions:
            access.decide(session, request, _decisions(chosen.decisions))
        seen = access.review(session, request)
        plain = {
            "request": request,
            "due": to_plain(seen.answer_by.due),
            "citation": seen.answer_by.citation,
            "undecided": [to_plain(each) for each in seen.open],
        }
        if seen.open or chosen.out is None:
            tell(chosen, plain, [_question(each) for each in seen.open] or [reference.say("access.all_decided")])
            return 1 if seen.open else 0
        made = access.copies(session, place.documents, request)
        files = {"record.pdf": made.pdf, "record.json": made.json, "files.zip": made.files}
        for name, content in files.items():
            if content:
                write_file(chosen.out / name, content)
        access.answer(session, request, made, chosen.asked_by or seen.request.asked_by)
    tell(
        chosen, {**plain, "files": [name for name, content in files.items() if content]}, [reference.say("access.given", folder=chosen.out)]
    )
    return 0


def _question(asked: Question) -> str:
    return f"{asked.item}: {reference.say(f'access.why_{asked.why}')}: {', '.join(asked.words) or asked.around}"


def _decisions(path: Path) -> list[Decision]:
    """From a JSON list of objects with item, action, words and exemption. Raises ``Refusal("decisions_not_understood")``."""
    try:
        read: Any = json.loads(read_file(path))
        made = [from_plain(Decision, each) for each in read]
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refusal("decisions_not_understood", file=path) from None
    if not all(isinstance(each.item, str) and each.action in ("keep", "black_out", "leave_out") for each in made):
        raise Refusal("decisions_not_understood", file=path)
    return made


def retention(chosen: argparse.Namespace) -> None:
    """Whose record has come due. Erases nothing."""
    with open_record(chosen) as place:
        today = place.session.clock.today()
        found = keeping.review_list(place.session.record, today, by=chosen.by)
    plain = [
        {
            "localId": each.pupil.id,
            "name": each.pupil.name,
            "rule": each.rule.id,
            "years": each.rule.years,
            "due": to_plain(each.due_on),
            "citation": each.rule.citation,
            "held": [hold.reason for hold in each.holds],
        }
        for each in found
    ]
    tell(chosen, plain, [_line(each) for each in found] or [reference.say("leaving.retention_none")])


def hold(chosen: argparse.Namespace) -> None:
    """Places a hold on a pupil, or lifts those that stand."""
    with open_record(chosen) as place:
        session, pupil = place.session, which_pupil(place, chosen.pupil)
        name = must_get(session.record, Pupil, pupil).name
        if not chosen.lift:
            keeping.place_hold(session, pupil, chosen.reason, chosen.until)
            words = "leaving.hold_placed"
        else:
            standing = keeping.standing_holds(session.record, pupil, session.clock.today())
            for each in standing:
                keeping.lift_hold(session, each.id, chosen.reason)
            words = "leaving.hold_lifted" if standing else "leaving.hold_none"
    print(reference.say(words, name=name))


def erase(chosen: argparse.Namespace) -> None:
    """First says what would go; with ``--name`` it erases and writes the certificate."""
    certificate = chosen.certificate or Path("certificate-of-erasure.pdf")
    with open_record(chosen) as place:
        session, pupil = place.session, which_pupil(place, chosen.pupil)
        seen = erasing.review(session, pupil)
        if chosen.name is None:
            lines = [reference.say("leaving.erase_would", things=f"{seen.things:,}", name=seen.pupil.name)]
            lines += [reference.say("leaving.erase_line", kind=kind_words(kind), count=count) for kind, count in seen.kinds]
            if seen.mentions:
                lines.append(reference.say("leaving.erase_mentions", count=seen.mentions))
            tell(chosen, {"things": seen.things, "kinds": dict(seen.kinds), "saves": seen.saves, "files": seen.files}, lines)
            return
        if certificate.exists():
            raise Refusal("certificate_exists", file=certificate)
        made = erasing.erase(session, pupil, typed_name=chosen.name, rule=chosen.rule, reason=chosen.reason or "")
        content = erasing.certificate_content(session.record, made.id)
        write_file(certificate, place.documents.erasure_certificate(content))
    tell(chosen, {"erasure": made.id, "certificate": str(certificate)}, [reference.say("leaving.erased", file=certificate)])


def _line(found: keeping.Retained) -> str:
    due = reference.say("leaving.due_on", day=full_date(found.due_on)) if found.due_on else reference.say("leaving.due_unknown")
    line = reference.say("leaving.retention_line", name=found.pupil.name, rule=found.rule.label, due=due)
    return "; ".join([line, *(reference.say("leaving.held", reason=each.reason) for each in found.holds)])
