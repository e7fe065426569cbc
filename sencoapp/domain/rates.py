"""What an hour of the adults of a provision costs on a day, from dated rates. A rate holds to the day before the next one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from sencoapp.domain.provision import Provision, ProvisionStaff, StaffRate


@dataclass(frozen=True)
class Pay:
    """What an hour of all adults of a group together costs on a day, as far as it is known."""

    pence_per_hour: Fraction
    adults: int = 1
    without_rate: tuple[str, ...] = ()
    """Who has no rate on the day, by name: never a silent zero."""


PayOn = Callable[[date], Pay]


def exact_rate(rate: StaffRate) -> Fraction:
    """Pence an hour, unrounded: (salary + national insurance + pension) / paid hours where the year's cost is known."""
    if rate.salary_pence is None or not rate.paid_hours:
        return Fraction(rate.pence_per_hour)
    return Fraction(rate.salary_pence + (rate.insurance_pence or 0) + (rate.pension_pence or 0)) / Fraction(rate.paid_hours)


def rate_on(rates: Iterable[StaffRate], day: date, *, person: str | None = None, kind: str | None = None) -> StaffRate | None:
    """The rate in force on a day: the person's own, else that of their kind of staff, else None."""
    begun = [each for each in rates if each.starts_on <= day]
    own = [each for each in begun if person is not None and each.staff_member == person]
    of_kind = [each for each in begun if each.staff_member is None and kind and _same(each.staff_role, kind)]
    return max(own or of_kind, key=lambda each: (each.starts_on, each.id), default=None)


def until(rate: StaffRate, rates: Iterable[StaffRate]) -> date | None:
    """The last day on which a rate holds: the day before the next of the same person or kind; None while none follows."""
    later = (
        each.starts_on
        for each in rates
        if each.staff_member == rate.staff_member
        and (rate.staff_member is not None or _same(each.staff_role, rate.staff_role))
        and each.starts_on > rate.starts_on
    )
    following = min(later, default=None)
    return following - timedelta(days=1) if following else None


def adults_on(staff: Iterable[ProvisionStaff], day: date) -> list[ProvisionStaff]:
    """Who gives a provision on a day, each person once."""
    there = [each for each in staff if (each.starts_on is None or each.starts_on <= day) and (each.ends_on is None or day <= each.ends_on)]
    return list({each.staff_member or each.id: each for each in there}.values())


def pay_of(
    provision: Provision, staff: Sequence[ProvisionStaff], rates: Sequence[StaffRate], people: Mapping[str, tuple[str, str | None]]
) -> PayOn:
    """The school's own cost of an hour of a provision on any day, over all its adults.

    ``people`` gives name and job of each member of staff by id. Where nobody is named for a day, the rate that the provision
    was costed with holds; a rate of nothing is no rate.
    """

    def on(day: date) -> Pay:
        adults = adults_on(staff, day)
        if not adults:
            costed = provision.pence_per_hour
            return Pay(Fraction(costed), 1, () if costed else (provision.delivered_by,))
        return pay_of_adults(adults, rates, people, day, kind=provision.staff_role, otherwise=provision.delivered_by)

    return on


def pay_of_adults(
    adults: Iterable[ProvisionStaff],
    rates: Sequence[StaffRate],
    people: Mapping[str, tuple[str, str | None]],
    day: date,
    *,
    kind: str | None = None,
    otherwise: str = "",
) -> Pay:
    """What an hour of these adults costs together. ``kind`` is the kind of staff of those who have none of their own.

    ``otherwise`` is what somebody is called who is neither on the staff nor of a kind.
    """
    total, missing, count = Fraction(0), [], 0
    for each in adults:
        count += 1
        name, job = people.get(each.staff_member or "", (each.staff_role or otherwise, None))
        kinds = [known for known in (each.staff_role, job, kind) if known] or [""]
        found = next((rate for known in kinds if (rate := rate_on(rates, day, person=each.staff_member, kind=known))), None)
        if found is None:
            missing.append(name)
        else:
            total += exact_rate(found)
    return Pay(total, max(1, count), tuple(missing))


def roles_of(
    provision: Provision, staff: Sequence[ProvisionStaff], people: Mapping[str, tuple[str, str | None]]
) -> Callable[[date], list[str | None]]:
    """The kinds of staff that give a provision on any day, one for each adult; the provision's own where nobody is named."""

    def on(day: date) -> list[str | None]:
        adults = adults_on(staff, day)
        return [each.staff_role or people.get(each.staff_member or "", ("", None))[1] or provision.staff_role for each in adults] or [
            provision.staff_role
        ]

    return on


def changes(staff: Iterable[ProvisionStaff], rates: Iterable[StaffRate]) -> set[date]:
    """The days on which what an hour costs may change."""
    found = {each.starts_on for each in rates}
    for each in staff:
        found |= {day for day in (each.starts_on, each.ends_on + timedelta(days=1) if each.ends_on else None) if day}
    return found


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
