"""Where each stage of a cycle stands: derived from the record where it can be, said by a person where it cannot.

A person says that the assessment is finished and the plan agreed, and that a stage is not needed, with the reason.
"""

from collections.abc import Iterable
from typing import Literal

from sencoapp.domain.plan import Cycle, Outcome, View

CycleStage = Literal["assess", "plan", "do", "review"]
StageState = Literal["not_started", "in_progress", "complete", "not_needed"]

STAGES: tuple[CycleStage, ...] = ("assess", "plan", "do", "review")


def not_needed(cycle: Cycle, stage: CycleStage) -> str | None:
    """Why a stage is not needed; None where it is."""
    reason: str | None = getattr(cycle, f"{stage}_not_needed")
    return reason


def stage_states(
    cycle: Cycle, outcomes: Iterable[Outcome] = (), views: Iterable[View] = (), *, evidence: bool = False, places: bool = False
) -> dict[CycleStage, StageState]:
    """The state of each stage. ``evidence`` and ``places``: whether the cycle rests on something, and has provision.

    What is complete stays complete, whatever reason was given once.
    """
    found = tuple(outcomes)
    complete: dict[CycleStage, bool] = {
        "assess": cycle.assessed_on is not None,
        "plan": cycle.planned_on is not None,
        "do": cycle.closed_on is not None or (_is_settled(cycle, "plan") and cycle.reviewed_on is not None),
        "review": cycle.closed_on is not None,
    }
    begun: dict[CycleStage, bool] = {
        "assess": bool(cycle.assess_summary or evidence),
        "plan": bool(found or cycle.strategies or cycle.agreed_with or places),
        "do": _is_settled(cycle, "plan"),
        "review": bool(
            cycle.reviewed_on or cycle.review_summary or cycle.decision or any(True for _ in views) or any(each.rating for each in found)
        ),
    }
    return {each: _state(cycle, each, complete[each], begun[each]) for each in STAGES}


def _state(cycle: Cycle, stage: CycleStage, complete: bool, begun: bool) -> StageState:
    reason = not_needed(cycle, stage)
    if complete and not (reason and cycle.closed_on and stage in ("do", "review")):
        return "complete"
    if reason:
        return "not_needed"
    return "in_progress" if begun else "not_started"


def _is_settled(cycle: Cycle, stage: CycleStage) -> bool:
    day = cycle.assessed_on if stage == "assess" else cycle.planned_on
    return day is not None or not_needed(cycle, stage) is not None
