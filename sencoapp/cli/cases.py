"""Cases with the council from the command line: what is due, and a calendar of it."""

import argparse

from sencoapp import reference
from sencoapp.cli.door import open_record, tell
from sencoapp.cli.record import giving
from sencoapp.domain.dates import full_date
from sencoapp.services import cases, exports
from sencoapp.services.case_calendar import case_calendar


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


def calendar(chosen: argparse.Namespace) -> None:
    """A calendar file of what is due. What left the record is noted in it."""
    with open_record(chosen) as place:
        made = case_calendar(place.session, names=chosen.names)
        with giving(place, {chosen.out: made.content}):
            exports.note_export(place.session, made, chosen.out.name)
    plain = {"what": made.what, "file": str(chosen.out), "rows": made.count}
    tell(chosen, plain, [reference.say("cli.exported", what=made.what, file=chosen.out, count=f"{made.count:,}")])
