"""How long records are kept, holds, and erasing, from the command line."""

import argparse
from pathlib import Path

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.cli.record import write_file
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.refusals import Refusal
from sencoapp.services import erasing
from sencoapp.services import retention as keeping
from sencoapp.services.changes import must_get
from sencoapp.services.record_words import kind_words


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
