"""Provision: who gives what to whom, how often, for how long, in what group, and what that costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sencoapp.domain.people import Area

Wave = Literal["universal", "targeted", "specialist"]

NOTIONAL_PENCE = 600_000
"""The national guide to what a school gives from its notional SEN budget (element 2). Shown, never a gate (domain.md 5)."""


Funding = Literal["core", "element_2", "element_3", "pupil_premium", "other"]
"""Which money pays for a provision; ``core`` is element 1."""


@dataclass(frozen=True)
class StaffRate:
    """What an hour of a kind of staff, or of one person, costs the school from a date on, to the day before the next rate.

    Entered by the hour, or as what a year costs: (salary + national insurance + pension) / paid hours. On-costs must be in
    (domain.md 5). ``pence_per_hour`` is then the same rounded, for reading; sums take the exact one (``domain.rates``).
    """

    id: str
    staff_role: str
    pence_per_hour: int
    starts_on: date
    note: str | None = None
    staff_member: str | None = None
    """Whose rate it is; None for everyone of the kind who has no rate of their own."""
    salary_pence: int | None = None
    insurance_pence: int | None = None
    pension_pence: int | None = None
    paid_hours: Decimal | None = None
    """Hours that are paid for in a year."""


@dataclass(frozen=True)
class Provision:
    """Something additional to, or different from, what is made generally (CFA 2014 s21)."""

    id: str
    title: str
    wave: Wave
    delivered_by: str
    pence_per_hour: int
    sessions_per_week: Decimal
    minutes: int
    weeks: int
    group_size: int
    starts_on: date
    ends_on: date | None = None
    area: Area | None = None
    aim: str | None = None
    staff_role: str | None = None
    pattern_note: str | None = None
    whole_cost_reason: str | None = None
    """Why the pupils named here carry the whole cost although others join (domain.md 5); None where it is shared."""
    funding: Funding | None = None
    catalogue: str | None = None
    """Which entry of the catalogue it was chosen from, so that the same provision can be compared over the years."""


@dataclass(frozen=True)
class ProvisionStaff:
    """An adult who gives a provision. Several give it together: the pupils' minutes count once, each adult is paid."""

    id: str
    provision: str
    staff_member: str | None = None
    """Who it is; None for somebody of a kind who is not on the staff, or not known yet."""
    staff_role: str | None = None
    """The kind of staff whose rate holds where the person has none of their own."""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True)
class ProvisionPlace:
    """One pupil's place in a provision, and the cycle and outcome it serves."""

    id: str
    pupil: str
    provision: str
    cycle: str | None = None
    outcome: str | None = None
    ends_on: date | None = None
    starts_on: date | None = None
    """The day on which a pupil joined a group that was running already; None for the first day of the provision."""
    whole_cost_reason: str | None = None
    """Why this pupil carries the whole cost and the others of the group none of it: "the group exists only for her"."""
    next: Literal["continue", "change", "stop"] | None = None
    """What the review of its cycle decided for it; None where the review said nothing."""


def exact_cost(provision: Provision) -> Fraction:
    """Pence for one pupil over the whole run, unrounded: rate x hours x sessions x weeks / group (domain.md 5)."""
    hours = Fraction(provision.minutes, 60) * Fraction(provision.sessions_per_week)
    shared_by = 1 if provision.whole_cost_reason else max(1, provision.group_size)
    return provision.pence_per_hour * hours * provision.weeks / shared_by


def to_pence(exact: Fraction) -> int:
    """Whole pence, a half rounded up. Call it once, at the end of a sum."""
    return int((exact * 2 + 1) // 2)


def cost_pence(provision: Provision) -> int:
    """Pence for one pupil over the whole run."""
    return to_pence(exact_cost(provision))


def planned_minutes(provision: Provision) -> int:
    """Minutes that one pupil is due over the whole run."""
    return int(provision.minutes * Fraction(provision.sessions_per_week) * provision.weeks)
