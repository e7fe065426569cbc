"""A plan as a file that another copy of the program, or another program, can read: JSON, described by a published JSON Schema.

The schema is ``resources/schemas/plan.schema.json``; what stands here is its shape in types. Version 1.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from sencoapp.domain.people import Area
from sencoapp.domain.plain import fits, from_plain, to_plain
from sencoapp.domain.plan import Next, Rating, Whose
from sencoapp.domain.provision import Wave
from sencoapp.domain.refusals import Fault

FORMAT: Literal["senco-plan"] = "senco-plan"
VERSION = 1


@dataclass(frozen=True)
class PupilInFile:
    """Whose plan it is: enough to find the pupil, and no more."""

    legal_surname: str
    legal_forename: str
    birth_date: date | None = None
    upn: str | None = None


@dataclass(frozen=True)
class OutcomeInFile:
    number: int
    text: str
    area: Area | None = None
    baseline: str | None = None
    baseline_on: date | None = None
    target: str | None = None
    measure: str | None = None
    unit: str | None = None
    counts: str | None = None
    by_on: date | None = None
    rating: Rating | None = None
    result: str | None = None
    review_note: str | None = None
    next: Next | None = None


@dataclass(frozen=True)
class ProvisionInFile:
    """One provision of the plan, without what it costs. ``outcome`` is the number of the one that it serves."""

    title: str
    wave: Wave
    delivered_by: str
    sessions_per_week: Decimal
    minutes: int
    weeks: int
    group_size: int
    starts_on: date
    ends_on: date | None = None
    area: Area | None = None
    aim: str | None = None
    outcome: int | None = None
    next: Next | None = None


@dataclass(frozen=True)
class ViewInFile:
    whose: Whose
    given_on: date
    text: str | None = None
    absent_because: str | None = None
    said_by: str | None = None
    method: str | None = None
    helped_by: str | None = None


@dataclass(frozen=True)
class PlanInFile:
    number: int
    starts_on: date
    kind: str | None = None
    layer: str | None = None
    review_due_on: date | None = None
    assess_summary: str | None = None
    assessed_on: date | None = None
    planned_on: date | None = None
    agreed_with: str | None = None
    strategies: str | None = None
    reviewed_on: date | None = None
    review_attended_by: str | None = None
    review_summary: str | None = None
    decision: str | None = None
    copy_given_on: date | None = None
    closed_on: date | None = None
    outcomes: tuple[OutcomeInFile, ...] = ()
    provision: tuple[ProvisionInFile, ...] = ()
    views: tuple[ViewInFile, ...] = ()


@dataclass(frozen=True)
class PlanFile:
    format: Literal["senco-plan"]
    version: int
    made_on: date
    school: str
    pupil: PupilInFile
    plan: PlanInFile


def to_content(file: PlanFile) -> dict[str, Any]:
    """The JSON value: what is not known is left out."""
    cleaned: dict[str, Any] = _without_none(to_plain(file))
    return cleaned


def from_content(content: Any) -> PlanFile:
    """A plan from a stranger's JSON. Raises ``Fault``: ``plan_file_unknown``, ``plan_file_newer``, ``plan_file_damaged``."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Fault("plan_file_unknown")
    version = content.get("version")
    if type(version) is int and version > VERSION:
        raise Fault("plan_file_newer")
    if not fits(PlanFile, content) or version != VERSION:
        raise Fault("plan_file_damaged")
    file = from_plain(PlanFile, content)
    _check(file)
    return file


def _check(file: PlanFile) -> None:
    """What a schema cannot say: numbers that are there once, days in their order, a view or a reason."""
    plan, numbers = file.plan, [each.number for each in file.plan.outcomes]
    sound = (
        len(set(numbers)) == len(numbers)
        and all(each.outcome in (None, *numbers) for each in plan.provision)
        and all((each.text is None) != (each.absent_because is None) for each in plan.views)
        and len({each.whose for each in plan.views}) == len(plan.views)
        and all(day is None or day >= plan.starts_on for day in (plan.review_due_on, plan.reviewed_on, plan.closed_on))
        and all(each.text.strip() for each in plan.outcomes)
    )
    if not sound:
        raise Fault("plan_file_damaged")


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_none(each) for name, each in value.items() if each is not None}
    return [_without_none(each) for each in value] if isinstance(value, list) else value
