"""The stages of a cycle: where each stands, and that one is not needed."""

from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Amend, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.stages import CycleStage, StageState, stage_states
from sencoapp.services.changes import filled, must_get
from sencoapp.services.plans import PlanPage
from sencoapp.services.ports import Session


def states_of(page: PlanPage) -> dict[CycleStage, StageState]:
    """The state of each stage of the cycle on a page."""
    return stage_states(page.cycle, page.outcomes, page.views, evidence=bool(page.evidence), places=bool(page.places))


def stage_not_needed(session: Session, cycle: str, stage: CycleStage, reason: str | None) -> Saved:
    """Says that a stage is not needed in this cycle, and why.

    Raises ``Refusal``: ``stage_needs_reason``, ``stage_is_complete``, ``cycle_is_closed``, ``no_longer_there``.
    """
    found = must_get(session.record, Cycle, cycle)
    words = filled(reason)
    if words is None:
        raise Refusal("stage_needs_reason", field="reason")
    if stage_states(found)[stage] == "complete":
        raise Refusal("stage_is_complete", field="reason")
    return session.record.save([Amend(Cycle, cycle, {f"{stage}_not_needed": words})], action="stage_not_needed", actor=session.actor)


def stage_is_needed(session: Session, cycle: str, stage: CycleStage) -> Saved:
    """Takes that back. Doing it where nothing was said changes nothing."""
    found = must_get(session.record, Cycle, cycle)
    if getattr(found, f"{stage}_not_needed") is None:
        return Saved(session.record.position())
    return session.record.save([Amend(Cycle, cycle, {f"{stage}_not_needed": None})], action="stage_is_needed", actor=session.actor)
