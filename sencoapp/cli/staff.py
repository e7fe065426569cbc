"""Staff and the audit trail from the command line."""

import argparse

from sencoapp import reference
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.domain.activity import ActivityQuery
from sencoapp.domain.people import StaffMember
from sencoapp.domain.plain import to_plain
from sencoapp.domain.refusals import Refusal
from sencoapp.services import staff, trail
from sencoapp.services.ports import Record


def add(chosen: argparse.Namespace) -> None:
    """A further member of staff."""
    with open_record(chosen) as place:
        person, _ = staff.add_staff(place.session, chosen.name_of, chosen.role, classes=chosen.class_ or (), email=chosen.email)
    tell(chosen, to_plain(person), [reference.say("cli.staff_added", name=person.name, role=_role(person))])


def listing(chosen: argparse.Namespace) -> None:
    """Everyone who works at the school."""
    with open_record(chosen) as place:
        people = staff.staff_of(place.session.record, place.session.clock.today())
    lines = [" · ".join(filter(None, (each.name, _role(each), ", ".join(each.classes)))) for each in people]
    tell(chosen, [to_plain(each) for each in people], lines)


def role(chosen: argparse.Namespace) -> None:
    """Another role for somebody, or other classes."""
    with open_record(chosen) as place:
        person = _who(place.session.record, chosen.name_of)
        staff.change_role(place.session, person.id, chosen.role or person.role, chosen.class_)
        person = _who(place.session.record, person.id)
    tell(chosen, to_plain(person), [reference.say("cli.role_changed", name=person.name, role=_role(person))])


def show_trail(chosen: argparse.Namespace) -> None:
    """Who did what, newest first."""
    with open_record(chosen) as place:
        query = ActivityQuery(
            by=_who(place.session.record, chosen.by).id if chosen.by else None,
            pupil=which_pupil(place, chosen.pupil) if chosen.pupil else None,
            what=trail.KINDS_OF_ACTIVITY[chosen.kind] if chosen.kind else (),
            since=chosen.since,
            until=chosen.until,
        )
        lines = trail.activity(place.session, query, limit=chosen.limit)
    plain = [{"at": to_plain(each.at), "who": each.who, "what": each.sentence, "about": each.about, "pupil": each.pupil} for each in lines]
    tell(chosen, plain, [_words(each) for each in lines] or [reference.say("cli.no_activity")])


def _words(line: trail.Line) -> str:
    moment = line.at.astimezone()
    return "  ".join(filter(None, (f"{moment:%Y-%m-%d %H:%M}", line.who, line.sentence, line.about)))


def _role(person: StaffMember) -> str:
    return reference.say(f"people.role_{person.role}")


def _who(record: Record, text: str) -> StaffMember:
    """A member of staff from an id, or part of a name that only one has."""
    known = record.get(StaffMember, text)
    if known is not None:
        return known
    found = [each for each in record.find(StaffMember) if text.casefold() in each.name.casefold()]
    if len(found) != 1:
        raise Refusal("no_such_staff", text=text)
    return found[0]
