"""The golden thread and the stages of a cycle, in words taken from the record."""

import textwrap
from collections.abc import Mapping

from sencoapp import reference
from sencoapp.domain.calendar import academic_year_name
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.plan import Cycle
from sencoapp.domain.stages import CycleStage, StageState, not_needed
from sencoapp.services.plans import PlanPage
from sencoapp.services.ports import Entry
from sencoapp.services.stages import states_of
from ui.pages.entries import files_words
from ui.pages.plan_case import PlanCase, without_provision
from ui.widgets import Knot

RATINGS = ("met", "nearly", "some", "not_met")
_SHORT = 40
"""What stands on a card in one or two lines; longer words stand on the page of the stage."""

NEXT = ("continue", "change", "stop")


def wording(key: str, **details: object) -> str:
    """Words of the Plan pages."""
    return reference.say(f"plan_page.{key}", **details)


def counted(key: str, count: int) -> str:
    """ "1 note", "4 notes"."""
    return reference.say(f"plan_page.{key}_one") if count == 1 else reference.say(f"plan_page.{key}_many", count=count)


def cycle_words(cycle: Cycle) -> str:
    """ "Cycle 3 · began 8 September 2026", for the list of cycles."""
    key = "plan_page.cycle_closed" if cycle.closed_on else "plan_page.cycle_open"
    day = cycle.closed_on or cycle.starts_on
    return reference.say(key, number=cycle.number, day=full_date(day), year=academic_year_name(cycle.starts_on))


def thread_knots(case: PlanCase) -> list[Knot]:
    """Need, outcome, provision, evidence, impact. A link is tied where the record has it for every outcome."""
    page = case.page
    assert page is not None
    loose = without_provision(page)
    served = len(page.outcomes) - len(loose)
    return [
        Knot(wording("knot_need"), _needs(case), bool(case.needs)),
        Knot(
            wording("knot_outcome"), counted("outcome", len(page.outcomes)) if page.outcomes else wording("knot_none"), bool(page.outcomes)
        ),
        Knot(wording("knot_provision"), _provision(page, served), bool(page.outcomes) and not loose),
        Knot(wording("knot_evidence"), _evidence(page), bool(page.evidence)),
        Knot(wording("knot_impact"), _impact(page), bool(page.outcomes) and all(each.rating for each in page.outcomes)),
    ]


def _needs(case: PlanCase) -> str:
    names = reference.codes("SENtype")
    first = [names.get(each.sen_type, each.sen_type) for each in case.needs[:1]]
    return ", ".join(first + [each.sen_type for each in case.needs[1:]]) or wording("knot_no_need")


def _provision(page: PlanPage, served: int) -> str:
    if not page.places:
        return wording("knot_none")
    if served < len(page.outcomes):
        return wording("knot_provision_some", served=served, of=len(page.outcomes))
    return ", ".join(dict.fromkeys(provision.title for _, provision in page.places))


def _evidence(page: PlanPage) -> str:
    notes = sum(entry.kind == "observation" for _, entry in page.evidence)
    documents = len(page.evidence) - notes
    parts = [counted("note", notes) if notes else "", counted("document", documents) if documents else ""]
    return ", ".join(filter(None, parts)) or wording("knot_none")


def _impact(page: PlanPage) -> str:
    rated = [each.rating for each in page.outcomes if each.rating]
    if not rated:
        return wording("knot_at_review")
    if len(rated) < len(page.outcomes):
        return wording("knot_rated_some", rated=len(rated), of=len(page.outcomes))
    return ", ".join(wording(f"impact_{each}", count=rated.count(each)) for each in RATINGS if each in rated)


def rating_words(rating: str) -> str:
    return reference.say(f"plan_page.rating_{rating}")


def stage_name(stage: str) -> str:
    return reference.say(f"plan_page.stage_{stage}")


SIGNS: Mapping[StageState, str] = {"not_started": "circle", "in_progress": "circle-dot", "complete": "circle-check", "not_needed": "minus"}
"""The sign of a stage's state; the words stand beside it."""


def stage_states_of(case: PlanCase) -> dict[CycleStage, StageState]:
    """The state of each stage of the cycle in sight."""
    assert case.page is not None
    return states_of(case.page)


def stage_line(case: PlanCase, stage: CycleStage) -> str:
    """What a stage's card says below its state: a day, a week, or why the stage is not needed."""
    reason = not_needed(case.cycle, stage)
    if reason and stage_states_of(case)[stage] == "not_needed":
        return textwrap.shorten(reason, _SHORT, placeholder="…") or reason[:_SHORT]
    return {"assess": _assess_line, "plan": _plan_line, "do": _do_line, "review": _review_line}[stage](case)


def state_words(state: StageState) -> str:
    return reference.say(f"plan_page.state_{state}")


def _assess_line(case: PlanCase) -> str:
    day = case.cycle.assessed_on
    return full_date(day) if day else ""


def _plan_line(case: PlanCase) -> str:
    cycle = case.cycle
    if not cycle.planned_on:
        return ""
    if cycle.agreed_with and len(cycle.agreed_with) <= _SHORT:
        return wording("plan_agreed_with", who=cycle.agreed_with, day=full_date(cycle.planned_on))
    return wording("plan_agreed_on", day=full_date(cycle.planned_on))


def _do_line(case: PlanCase) -> str:
    cycle = case.cycle
    if not cycle.planned_on:
        return ""
    notes = counted("note", len(case.since_the_plan())) if not cycle.closed_on else ""
    until = cycle.reviewed_on or cycle.closed_on
    if until:
        return wording("do_done", start=full_date(cycle.planned_on), end=full_date(until))
    week = (case.today - cycle.planned_on).days // 7 + 1
    return " · ".join(filter(None, (wording("do_week", week=max(1, week)), notes)))


def _review_line(case: PlanCase) -> str:
    cycle = case.cycle
    if cycle.closed_on:
        return wording("review_closed", day=full_date(cycle.closed_on))
    if cycle.reviewed_on:
        return wording("review_held", day=full_date(cycle.reviewed_on))
    if not cycle.review_due_on:
        return wording("review_no_day")
    late = case.days.lateness(cycle.review_due_on, case.today) if is_late(case) else ""
    return " · ".join(filter(None, (weekday_date(cycle.review_due_on), late)))


def is_late(case: PlanCase) -> bool:
    """Whether the review of an open cycle is overdue."""
    cycle = case.cycle
    return not cycle.closed_on and not cycle.reviewed_on and cycle.review_due_on is not None and cycle.review_due_on < case.today


def entry_line(entry: Entry) -> str:
    """ "24 November 2026 · Concern · Mr Mistry", above the words of a note; and whether it is confidential."""
    kind = wording("document") if entry.kind == "document" else reference.say(f"plan_page.kind_{entry.title}")
    kept = reference.say("confidential.mark") if entry.confidential else ""
    return " · ".join(filter(None, (full_date(entry.on), kind, entry.who, files_words(entry), kept)))


def entry_words(entry: Entry) -> str:
    """The words of a note or the title of a document; where a note is confidential, that its readers find it in the timeline."""
    return entry.text or (reference.say("confidential.in_timeline") if entry.confidential else "")
