"""What a provision costs beside the time of its adults in sessions: materials, preparation, training (domain.md 5).

A cost is dated, and falls on days of the plan: on one, by the week, or evenly over a term or the rest of the plan. Those who are in
the group on such a day share it as they share the adults' time; or it is meant for each pupil, as a workbook is.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Literal

from sencoapp.domain.costing import MINUTES, Stretch
from sencoapp.domain.delivery import DAYS_A_WEEK, has_place
from sencoapp.domain.grouping import by_pupil
from sencoapp.domain.people import Term
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.rates import Pay

AddedKind = Literal["materials", "preparation", "training"]
Spread = Literal["once", "week", "term", "run"]
"""On one day; each school week; evenly over the term of the day; evenly over what is left of the plan."""


@dataclass(frozen=True)
class ProvisionCost:
    """One such cost: an amount of money, or the minutes of one adult at what an hour of the provision's adults costs."""

    id: str
    provision: str
    kind: AddedKind
    what: str
    """What it is, such as "Six reading books"."""
    paid_on: date
    """The day from which it counts; one before the plan begins counts from the plan's first day."""
    pence: int | None = None
    minutes: int | None = None
    spread: Spread = "once"
    for_each: bool = False
    """Whether every pupil costs as much; else the group shares it."""
    ends_on: date | None = None
    """The last day on which a weekly cost counts; None for the end of the plan."""
    note: str | None = None


@dataclass(frozen=True)
class Charge:
    """What one cost comes to for one pupil: ``unit`` x ``days`` / ``of`` x ``places`` / ``shared``."""

    cost: ProvisionCost
    unit: Fraction
    """Pence of the whole amount, or of a week of it, exact."""
    days: int
    of: int
    shared: int
    places: int = 1
    """For how many it is charged here: more than one only for places of the group that nobody named has."""
    pay: Pay | None = None
    """What an hour of the adults costs, where the amount is their time."""

    @property
    def pence(self) -> Fraction:
        return self.unit * self.days * self.places / (self.of * self.shared)


def total(charges: Iterable[Charge]) -> Fraction:
    """Pence, exact."""
    return sum((each.pence for each in charges), Fraction(0))


class AddedCosts:
    """The costs of one provision, spread over its whole plan. ``planned`` are all of its days, in order."""

    def __init__(
        self,
        costs: Iterable[ProvisionCost],
        planned: Sequence[date],
        places: Sequence[ProvisionPlace],
        terms: Sequence[Term],
    ) -> None:
        self._planned, self._terms = planned, terms
        self._by_pupil = by_pupil(places)
        in_order = sorted(costs, key=lambda each: (each.paid_on, each.what, each.id))
        self._costs = [(each, days) for each in in_order if (days := self._days(each))]

    def of_pupil(self, pupil: str, stretches: Iterable[Stretch], until: date = date.max) -> tuple[Charge, ...]:
        """What a pupil is charged in these stretches, up to a day."""
        found: list[Charge] = []
        for stretch in stretches:
            if pupil not in stretch.members:
                continue
            for cost, days in self._costs:
                if cost.for_each:
                    found += _charge(cost, self._own_days(cost, days, pupil), len(days), stretch, until, 1)
                elif not stretch.carried_by or pupil in stretch.carried_by:
                    found += _charge(cost, days, len(days), stretch, until, stretch.sharers)
        return _put_together(found)

    def of_nobody(self, stretches: Iterable[Stretch], until: date = date.max) -> tuple[Charge, ...]:
        """What no named pupil is charged: the places of the group that nobody named has, and days on which nobody is in it."""
        found: list[Charge] = []
        for stretch in stretches:
            for cost, days in self._costs:
                if cost.for_each:
                    found += _charge(cost, days, len(days), stretch, until, 1, stretch.others)
                elif not stretch.members:
                    found += _charge(cost, days, len(days), stretch, until, 1)
                elif not stretch.carried_by:
                    found += _charge(cost, days, len(days), stretch, until, stretch.sharers, stretch.others)
        return _put_together(found)

    def of_group(self, stretches: Sequence[Stretch], until: date = date.max) -> Fraction:
        """Pence that the school pays for all of it, exact: the charges of every pupil, and those of nobody."""
        pupils = sorted({pupil for each in stretches for pupil in each.members})
        shares = (total(self.of_pupil(each, stretches, until)) for each in pupils)
        return sum(shares, total(self.of_nobody(stretches, until)))

    def _days(self, cost: ProvisionCost) -> Sequence[date]:
        """The days of the plan that a cost falls on."""
        left = self._planned[bisect_left(self._planned, cost.paid_on) :]
        if cost.spread == "week":
            return left[: bisect_right(left, cost.ends_on)] if cost.ends_on else left
        if not left:
            return self._planned[-1:]
        if cost.spread == "once":
            return left[:1]
        term = next((each for each in self._terms if each.starts_on <= left[0] <= each.ends_on), None)
        return left[: bisect_right(left, term.ends_on)] if cost.spread == "term" and term else left

    def _own_days(self, cost: ProvisionCost, days: Sequence[date], pupil: str) -> Sequence[date]:
        """What each pupil needs once is charged on their own first day: one who joins later needs it too."""
        if cost.spread != "once":
            return days
        later = self._planned[bisect_left(self._planned, days[0]) :]
        return [next((each for each in later if has_place(self._by_pupil.get(pupil, ()), each)), date.max)]


def _charge(
    cost: ProvisionCost, days: Sequence[date], all_days: int, stretch: Stretch, until: date, shared: int, places: int = 1
) -> list[Charge]:
    count = bisect_right(days, min(stretch.last, until)) - bisect_left(days, stretch.first)
    if count <= 0 or places <= 0:
        return []
    of = {"once": 1, "week": DAYS_A_WEEK}.get(cost.spread, all_days)
    if cost.minutes is None:
        return [Charge(cost, Fraction(cost.pence or 0), count, of, max(1, shared), places)]
    unit = stretch.pay.pence_per_hour / max(1, stretch.pay.adults) * cost.minutes / MINUTES
    return [Charge(cost, unit, count, of, max(1, shared), places, stretch.pay)]


def _put_together(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    """Charges of one cost that differ in their days only, as one."""
    found: dict[tuple[str, Fraction, int, int], Charge] = {}
    for each in charges:
        key = (each.cost.id, each.unit, each.shared, each.places)
        found[key] = replace(found[key], days=found[key].days + each.days) if key in found else each
    return tuple(found.values())
