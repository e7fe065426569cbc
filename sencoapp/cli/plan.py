"""A cycle of assess, plan, do, review from the command line."""

import argparse
from dataclasses import replace

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.cli.case import give_out
from sencoapp.cli.door import open_record, tell, which_pupil
from sencoapp.domain.plain import to_plain
from sencoapp.domain.plan import Cycle, Observation, Outcome
from sencoapp.domain.refusals import Refusal
from sencoapp.services import plans, provision
from sencoapp.services.plan_paper import plan_content
from sencoapp.services.snapshots import cycle_content


def show(chosen: argparse.Namespace) -> None:
    """All cycles of a pupil."""
    with open_record(chosen) as place:
        record = place.session.record
        cycles = [cycle_content(record, each) for each in plans.cycles_of(record, which_pupil(place, chosen.pupil))]
    lines = [
        reference.say("cli.cycle_line", number=each["number"], starts=each["starts_on"], closed=each["closed_on"] or "") for each in cycles
    ]
    tell(chosen, cycles, lines or [reference.say("cli.no_cycles")])


def start(chosen: argparse.Namespace) -> None:
    with open_record(chosen) as place:
        cycle, _ = plans.start_cycle(place.session, which_pupil(place, chosen.pupil), starts_on=chosen.on, review_due_on=chosen.review_due)
    tell(chosen, to_plain(cycle), [reference.say("cli.cycle_started", number=cycle.number)])


def assess(chosen: argparse.Namespace) -> None:
    """The summary, and what it rests on."""
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        today = place.session.clock.today()
        plans.change_cycle(place.session, cycle, replace(cycle, assess_summary=chosen.summary, assessed_on=cycle.assessed_on or today))
        for source in chosen.evidence:
            kind = "observation" if place.session.record.get(Observation, source) else "document"
            plans.link_evidence(place.session, cycle.id, kind, source)  # type: ignore[arg-type]
    tell(chosen, {"cycle": cycle.id}, [reference.say("cli.saved")])


def outcome(chosen: argparse.Namespace) -> None:
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        values = {
            "text": chosen.text,
            "baseline": chosen.baseline,
            "target": chosen.target,
            "measure": chosen.measure,
            "by_on": chosen.by or cycle.review_due_on,
            "area": chosen.area,
        }
        made, _ = plans.add_outcome(place.session, cycle.id, values)
    tell(chosen, to_plain(made), [reference.say("cli.outcome_added", number=made.number)])


def provide(chosen: argparse.Namespace) -> None:
    """A provision for this pupil; its cost follows."""
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        serves = _outcome(place, cycle, chosen.outcome).id if chosen.outcome else None
        values = {
            "title": chosen.title,
            "wave": chosen.wave,
            "delivered_by": chosen.by,
            "aim": chosen.aim,
            "area": chosen.area,
            "pence_per_hour": int((chosen.rate * 100).to_integral_value()),
            "sessions_per_week": chosen.sessions,
            "minutes": chosen.minutes,
            "weeks": chosen.weeks,
            "group_size": chosen.group,
            "starts_on": place.session.clock.today(),
        }
        made, _ = provision.add_provision(place.session, values, [cycle.pupil], cycle=cycle.id, outcome=serves)
    tell(chosen, provision.row_of(made), [provision.formula(made)])


def agree(chosen: argparse.Namespace) -> None:
    """The plan is agreed, and the doing begins."""
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        wanted = replace(
            cycle,
            planned_on=cycle.planned_on or place.session.clock.today(),
            agreed_with=chosen.agreed_with or cycle.agreed_with,
            strategies=chosen.strategies or cycle.strategies,
        )
        plans.change_cycle(place.session, cycle, wanted)
    tell(chosen, to_plain(wanted), [reference.say("cli.saved")])


def view(chosen: argparse.Namespace) -> None:
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        plans.record_view(
            place.session,
            cycle.pupil,
            chosen.whose,
            text=chosen.text,
            absent_because=chosen.absent_because,
            said_by=chosen.said_by,
            method=chosen.method,
            cycle=cycle.id,
        )
    tell(chosen, {"cycle": cycle.id}, [reference.say("cli.saved")])


def rate(chosen: argparse.Namespace) -> None:
    """How far an outcome was met."""
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        shown = _outcome(place, cycle, chosen.outcome)
        wanted = replace(shown, rating=chosen.rating, result=chosen.result, review_note=chosen.note, next=chosen.next)
        plans.change_outcome(place.session, shown, wanted)
    tell(chosen, to_plain(wanted), [reference.say("cli.saved")])


def close(chosen: argparse.Namespace) -> None:
    """Closes the cycle for ever; the next one opens with what carries over."""
    with open_record(chosen) as place:
        cycle = _open_cycle(place, chosen.pupil)
        wanted = replace(
            cycle,
            decision=chosen.decision,
            review_summary=chosen.summary or cycle.review_summary,
            review_attended_by=chosen.attended_by or cycle.review_attended_by,
            reviewed_on=place.session.clock.today(),
        )
        plans.change_cycle(place.session, cycle, wanted)
        following, _ = plans.close_cycle(place.session, cycle.id, next_review_due_on=chosen.next_review)
    tell(chosen, to_plain(following), [reference.say("cli.cycle_closed", number=cycle.number, following=following.number)])


def on_paper(chosen: argparse.Namespace) -> None:
    """The newest plan of a pupil, as a PDF or as Word by the ending of the file."""
    with open_record(chosen) as place:
        pupil = which_pupil(place, chosen.pupil)
        cycles = plans.cycles_of(place.session.record, pupil)
        if not cycles:
            raise Refusal("no_open_cycle")
        content = plan_content(place.session, cycles[-1].id)
        draw = place.documents.plan_word if chosen.out.suffix.lower() == ".docx" else place.documents.plan
        what = reference.say("plan_paper.title", called=content["called"], name=content["pupil"])
        give_out(place, chosen.out, draw(content), what=what, pupil=pupil)
    tell(chosen, {"file": str(chosen.out)}, [reference.say("plan_paper.printed", file=chosen.out)])


def _open_cycle(place: Workplace, pupil: str) -> Cycle:
    cycles = [each for each in plans.cycles_of(place.session.record, which_pupil(place, pupil)) if each.closed_on is None]
    if not cycles:
        raise Refusal("no_open_cycle")
    return cycles[0]


def _outcome(place: Workplace, cycle: Cycle, number: int) -> Outcome:
    found = place.session.record.find(Outcome, cycle=cycle.id, number=number)
    if not found:
        raise Refusal("no_such_outcome", number=number)
    return found[0]
