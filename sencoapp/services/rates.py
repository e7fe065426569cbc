"""What an hour of staff costs the school, and what the council reckons with: dated, so that what was costed stays as it was."""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

from sencoapp import reference
from sencoapp.domain import rates as dated
from sencoapp.domain.costing import CouncilRate, Method, method_from
from sencoapp.domain.people import StaffMember
from sencoapp.domain.provision import StaffRate, to_pence
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.ports import Record, Session

MOST_PENCE_PER_HOUR = 1_000_000
"""Ten thousand pounds: beyond it something else was typed into the field."""
MOST_PENCE_A_YEAR = 100_000_000
MOST_HOURS_A_YEAR = 3_000
METHODS = ("generic", "unit_rate", "durham")
"""The files of ``resources/costing/``."""
USUAL_METHOD = "unit_rate"


@dataclass(frozen=True)
class YearOfPay:
    """What a year of somebody costs, in pence, and the hours that are paid for in it."""

    salary_pence: int
    insurance_pence: int
    pension_pence: int
    paid_hours: Decimal


def staff_rates(record: Record) -> list[StaffRate]:
    """Rates in force order, oldest first; those of a kind of staff before those of one person."""
    return sorted(record.find(StaffRate), key=lambda each: (each.staff_role, each.staff_member or "", each.starts_on))


def rate_on(record: Record, staff_role: str, day: date) -> StaffRate | None:
    """What an hour of this kind of staff costs on a day, or None where no rate is set."""
    return dated.rate_on(record.find(StaffRate), day, kind=staff_role)


def set_staff_rate(
    session: Session,
    staff_role: str,
    pence_per_hour: int,
    starts_on: date,
    note: str | None = None,
    *,
    person: str | None = None,
    instead: str | None = None,
) -> Saved:
    """A new rate by the hour from a day on; earlier provision keeps the rate that it was costed with.

    ``person`` is the member of staff whose own rate it is. A rate that begins on the same day is corrected,
    and so is the one whose id is ``instead``.
    Raises ``Refusal``: ``rate_is_above_nothing``, ``rate_needs_role``, ``no_longer_there``.
    """
    if not 0 < pence_per_hour <= MOST_PENCE_PER_HOUR:
        raise Refusal("rate_is_above_nothing", field="rate")
    return _keep(session, StaffRate("", staff_role, pence_per_hour, starts_on, filled(note), person), instead)


def set_salary_rate(
    session: Session,
    staff_role: str,
    year: YearOfPay,
    starts_on: date,
    note: str | None = None,
    *,
    person: str | None = None,
    instead: str | None = None,
) -> Saved:
    """A new rate from what a year costs, on-costs included. Raises as ``set_staff_rate``, and ``rate_of_a_year`` with the field."""
    for name in ("salary_pence", "insurance_pence", "pension_pence"):
        amount = getattr(year, name)
        least = 1 if name == "salary_pence" else 0
        if not least <= amount <= MOST_PENCE_A_YEAR:
            raise Refusal("rate_of_a_year", field=name)
    if not year.paid_hours.is_finite() or not 0 < year.paid_hours <= MOST_HOURS_A_YEAR:
        raise Refusal("rate_hours_of_a_year", field="paid_hours", most=MOST_HOURS_A_YEAR)
    parts = {each.name: getattr(year, each.name) for each in fields(year)}
    rate = StaffRate("", staff_role, 0, starts_on, filled(note), person, **parts)
    pence = to_pence(dated.exact_rate(rate))
    if not 0 < pence <= MOST_PENCE_PER_HOUR:
        raise Refusal("rate_is_above_nothing", field="salary_pence")
    return _keep(session, replace(rate, pence_per_hour=pence), instead)


def remove_rate(session: Session, rate: str) -> Saved:
    """Takes away a rate that was entered by mistake; the one before it holds on. Raises ``Refusal("no_longer_there")``."""
    must_get(session.record, StaffRate, rate)
    return session.record.save([Remove(StaffRate, rate)], action="remove_staff_rate", actor=session.actor)


def _keep(session: Session, rate: StaffRate, instead: str | None) -> Saved:
    role = filled(rate.staff_role)
    if rate.staff_member is not None:
        person = must_get(session.record, StaffMember, rate.staff_member)
        role = role or filled(person.job_title) or reference.say(f"people.role_{person.role}")
    if role is None:
        raise Refusal("rate_needs_role", field="staff_role")
    if instead is not None:
        must_get(session.record, StaffRate, instead)
    rate = replace(rate, staff_role=role)
    same_day = [each.id for each in session.record.find(StaffRate) if each.id != instead and _whose(each) == _whose(rate)]
    values = {each.name: getattr(rate, each.name) for each in fields(StaffRate) if each.name != "id"}
    there = instead or next(iter(same_day), None)
    edits: list[Edit] = [Amend(StaffRate, there, values)] if there else [New(replace(rate, id=session.ids.new()))]
    edits += [Remove(StaffRate, each) for each in same_day if each != there]
    return session.record.save(edits, action="set_staff_rate", actor=session.actor)


def _whose(rate: StaffRate) -> tuple[str, date]:
    """Whose rate it is, and from when: two of these would contradict each other."""
    return rate.staff_member or rate.staff_role.casefold(), rate.starts_on


# ---- what the council reckons with ----------------------------------------------------------------------------------


def council_rates(record: Record) -> list[CouncilRate]:
    """What the school entered of its council's figures, oldest first."""
    return sorted(record.find(CouncilRate), key=lambda each: (each.method, each.box or "", each.starts_on))


def set_council_rate(
    session: Session,
    method: str,
    pence: Decimal,
    starts_on: date,
    *,
    box: str | None = None,
    note: str | None = None,
    instead: str | None = None,
) -> Saved:
    """A figure of the council's from a day on; the method of the newest one is the one that the council's costs are worked out by.

    Raises ``Refusal``: ``council_rate_method``, ``council_rate_box``, ``council_rate_pence``, each with its field.
    """
    if method not in METHODS or reference.data("costing", f"{method}.json")["own_rates"]:
        raise Refusal("council_rate_method", field="method")
    boxes = {each["code"] for each in reference.data("costing", f"{method}.json")["boxes"]}
    if (box is None) == bool(boxes) or (box is not None and box not in boxes):
        raise Refusal("council_rate_box", field="box")
    if not pence.is_finite() or not 0 < pence <= MOST_PENCE_A_YEAR:
        raise Refusal("council_rate_pence", field="pence")
    same = [each.id for each in session.record.find(CouncilRate, method=method) if (each.box, each.starts_on) == (box, starts_on)]
    there = instead or next(iter(same), None)
    values = {"method": method, "pence": pence, "starts_on": starts_on, "box": box, "note": filled(note)}
    edits: list[Edit] = (
        [Amend(CouncilRate, there, values)] if there else [New(CouncilRate(session.ids.new(), method, pence, starts_on, box, filled(note)))]
    )
    edits += [Remove(CouncilRate, each) for each in same if each != there]
    return session.record.save(edits, action="set_council_rate", actor=session.actor)


def remove_council_rate(session: Session, rate: str) -> Saved:
    """Takes a figure of the council's away. Raises ``Refusal("no_longer_there")``."""
    must_get(session.record, CouncilRate, rate)
    return session.record.save([Remove(CouncilRate, rate)], action="remove_council_rate", actor=session.actor)


def method(record: Record, name: str) -> Method:
    """A method with the council's figures that the school entered."""
    return method_from(reference.data("costing", f"{name}.json"), record.find(CouncilRate))


def council_method(record: Record) -> Method:
    """How the school's council works out a cost: by the method of the newest figure entered, else by the usual unit rate."""
    newest = max(council_rates(record), key=lambda each: each.starts_on, default=None)
    return method(record, newest.method if newest else USUAL_METHOD)
