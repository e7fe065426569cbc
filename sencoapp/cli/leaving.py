"""Copies of a record, how long records are kept, holds, and erasing, from the command line."""

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Any

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.cli.record import giving, read_file, write_file
from sencoapp.domain.access import Question
from sencoapp.domain.dates import full_date
from sencoapp.domain.leaving import Decision
from sencoapp.domain.plain import from_plain, to_plain
from sencoapp.domain.refusals import Refusal
from sencoapp.services import access, arriving, erasing
from sencoapp.services import hand_over as leaving
from sencoapp.services import retention as keeping
from sencoapp.services.record_words import kind_words

SUFFIX = ".senpupil"
MOST_BYTES = 1024 * 1024 * 1024


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
        with giving(place, {chosen.out / name: content for name, content in files.items() if content}):
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


def hand_over(chosen: argparse.Namespace) -> None:
    """Writes the pack, the locked PDF, the CTF and the receipt beside each other, and says the code once."""
    out: Path = chosen.out.with_suffix(SUFFIX)
    with open_record(chosen) as place:
        session, pupil = place.session, which_pupil(place, chosen.pupil)
        left_on = chosen.left_on or session.clock.today()
        made = leaving.parcel(
            session,
            place.documents,
            place.pupil_files,
            place.packs,
            pupil,
            school_name=chosen.to,
            left_on=left_on,
            dfe_number=chosen.to_number,
        )
        by = access.due(session, "hand_over", left_on)
        files = {out: made.pack, out.with_suffix(".pdf"): made.pdf, out.with_name(made.ctf_name): made.ctf}
        files[out.with_name(f"{out.stem} receipt.pdf")] = made.receipt
        with giving(place, files):
            leaving.handed_over(session, made)
    plain = {
        "files": [str(each) for each in files],
        "code": made.code,
        "fingerprint": made.fingerprint,
        "leftOut": made.left_out,
        "due": to_plain(by.due),
        "citation": by.citation,
    }
    lines = [str(each) for each in files]
    lines += [reference.say("leaving.tell_code", code=made.code), reference.say("leaving.tell_fingerprint", fingerprint=made.fingerprint)]
    tell(chosen, plain, [*lines, reference.say("leaving.tell_left_out", count=made.left_out)])


def receive(chosen: argparse.Namespace) -> int:
    """Opens a pack, says what is in it, and takes it in unless it is a dry run; exit status 1 where a person has to choose."""
    with open_record(chosen) as place:
        session = place.session
        parcel = arriving.open_parcel(place.packs, read_file(chosen.file, MOST_BYTES), _code(chosen.code_file))
        seen = arriving.preview(session, parcel)
        plain = {
            **to_plain(seen),
            "matches": [{"localId": each.pupil.id, "name": each.pupil.name, "why": each.why} for each in seen.matches],
        }
        lines = [reference.say("leaving.comes", name=seen.name, school=seen.school, saves=seen.new_saves, fingerprint=seen.fingerprint)]
        lines += [reference.say(f"leaving.match_{each.why}", name=each.pupil.name, id=each.pupil.id) for each in seen.matches]
        if chosen.dry_run or (seen.matches and chosen.join is None and not chosen.apart):
            tell(chosen, plain, lines)
            return 0 if chosen.dry_run else 1
        join = which_pupil(place, chosen.join) if chosen.join else None
        pupil, _ = arriving.take_in(session, parcel, join=join, apart=chosen.apart)
    tell(chosen, {**plain, "pupil": pupil}, [*lines, reference.say("leaving.came")])
    return 0


def _code(path: Path | None) -> str:
    """From a file or a prompt, never from the arguments: those show in the list of processes."""
    if path is not None:
        return read_file(path).decode("utf-8", "replace").strip()
    if not sys.stdin.isatty():
        raise Refusal("pack_code_file_needed")
    return getpass.getpass(reference.say("leaving.code_prompt"))


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
        session, pupil = place.session, which_pupil(place, chosen.pupil, removed=True)
        name = keeping.retained(session.record, pupil, session.clock.today()).pupil.name
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
        session, pupil = place.session, which_pupil(place, chosen.pupil, removed=True)
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
        made = erasing.erase(
            session,
            pupil,
            typed_name=chosen.name,
            rule=chosen.rule,
            reason=chosen.reason or "",
            backups=place.backups.that_hold(session.clock.today()),
            copies=place.copies,
        )
        content = erasing.certificate_content(session.record, made.id)
        write_file(certificate, place.documents.erasure_certificate(content))
    tell(chosen, {"erasure": made.id, "certificate": str(certificate)}, [reference.say("leaving.erased", file=certificate)])


def _line(found: keeping.Retained) -> str:
    due = reference.say("leaving.due_on", day=full_date(found.due_on)) if found.due_on else reference.say("leaving.due_unknown")
    line = reference.say("leaving.retention_line", name=found.pupil.name, rule=found.rule.label, due=due)
    return "; ".join([line, *(reference.say("leaving.held", reason=each.reason) for each in found.holds)])
