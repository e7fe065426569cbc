"""Works out the provision map: spreads each plan over school days, shares its cost, and sets what was delivered beside it.

Times and shares are those of ``domain.delivery`` and ``domain.costing``: a row of the map is what the ledger says of the same days.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from sencoapp.domain.added_costs import AddedCosts, Charge, ProvisionCost, total
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.costing import MINUTES, Part, Stretch, delivered_costs, gaps, others_in_group, parts_of, stretches
from sencoapp.domain.delivery import DAYS_A_WEEK, SessionMark, day_counts, planned_days
from sencoapp.domain.people import Term
from sencoapp.domain.provision import Provision, to_pence
from sencoapp.domain.provision_map import Figures, MapFacts, MapGroup, MapPlace, MapQuery, MapRow, SessionSum, Share
from sencoapp.domain.rates import Pay, PayOn

NO_PAY = Pay(Fraction(0))
NOBODY = ""
"""In the place of a pupil, for what no pupil's share covers."""


@dataclass(frozen=True)
class Costing:
    """What costs are worked out from, beside the facts."""

    pay: Mapping[str, PayOn]
    """What an hour of a provision costs on a day."""
    changes: Mapping[str, Sequence[date]]
    """The days on which that changes."""
    marks: Callable[[str], Sequence[SessionMark]]
    """The ledger of a provision, asked for only where one pupil carries the cost of others."""
    added: Mapping[str, Sequence[ProvisionCost]]
    """By provision, what it costs beside the time of its adults."""


class PlanDays:
    """The days over which plans are spread, in order: school days, or Monday to Friday where no terms are entered."""

    def __init__(self, days: SchoolDays, first: date, last: date) -> None:
        self._days = _counted(days.terms, first, last)

    def window(self, first: date, last: date) -> tuple[int, int]:
        """Where the days from ``first`` to ``last`` stand: from the one number up to, and not with, the other."""
        return bisect_left(self._days, first), bisect_right(self._days, last)

    def within(self, provision: Provision, first: date, last: date) -> tuple[date, ...]:
        """The days of a provision's plan in a span: it goes on for so many weeks of school, and is cut short where it ended."""
        start, end = self.window(provision.starts_on, provision.ends_on or date.max)
        low, high = self.window(first, last)
        return self._days[max(start, low) : min(end, start + provision.weeks * DAYS_A_WEEK, high)]


@lru_cache(maxsize=8)
def _counted(terms: tuple[Term, ...], first: date, last: date) -> tuple[date, ...]:
    days = SchoolDays(terms)
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(each for each in every if day_counts(days, each))


def groups_of(facts: MapFacts, query: MapQuery, days: SchoolDays, today: date, costing: Costing | None) -> list[MapGroup]:
    """The provisions that have a plan or sessions in the period, with their shown pupils, in the order of the facts.

    Without ``costing`` there are no costs, and no rows for places that nobody has taken.
    """
    if not facts.provisions:
        return []
    plan = PlanDays(days, min(each.starts_on for each in facts.provisions), max(query.period.last, today))
    places: dict[str, list[MapPlace]] = defaultdict(list)
    for place in facts.places:
        places[place.place.provision].append(place)
    sums: dict[str, dict[str, list[SessionSum]]] = defaultdict(lambda: defaultdict(list))
    for each in facts.sums:
        sums[each.provision][each.pupil].append(each)
    found = []
    for provision in facts.provisions:
        planned = plan.within(provision, query.period.first, query.period.last)
        group = _Group(provision, places.get(provision.id, []), sums.get(provision.id, {}), planned, today, costing, days)
        if rows := group.rows(query):
            found.append(MapGroup(provision, group.times(), tuple(rows), gaps(group.plan) if costing else ()))
    return found


@dataclass(frozen=True)
class _Plan:
    """What is planned for a pupil in the period."""

    days: int
    times: Figures
    parts: tuple[Part, ...]
    cost: "_Cost"


@dataclass(frozen=True)
class _Cost:
    """Shares, and what they come to in whole pence, rounded once. The pupils of a group have the same few, each worked out once."""

    shares: tuple[Share, ...]
    pence: int

    def with_charges(self, charges: tuple[Charge, ...]) -> int:
        """Whole pence, rounded once over both."""
        return to_pence(sum((each.pence for each in self.shares), total(charges))) if charges else self.pence


class _Group:
    """One provision while it is worked out."""

    def __init__(
        self,
        provision: Provision,
        places: Sequence[MapPlace],
        sums: Mapping[str, Sequence[SessionSum]],
        planned: Sequence[date],
        today: date,
        costing: Costing | None,
        days: SchoolDays,
    ) -> None:
        self._provision, self._places, self._sums, self._planned = provision, places, sums, planned
        self._plain = [each.place for each in places]
        self._costing = costing
        self._pay: PayOn = costing.pay[provision.id] if costing else lambda _: NO_PAY
        changes = costing.changes.get(provision.id, ()) if costing else ()
        self._until = bisect_right(planned, today)
        self._others = others_in_group(provision, self._plain)
        self.plan = stretches(provision, planned, self._plain, self._pay, changes, others=self._others)
        self._today = today
        added = costing.added.get(provision.id) if costing else None
        self._added = AddedCosts(added, planned_days(provision, days, date.max), self._plain, days.terms) if added else None
        self._plans: dict[tuple[int, ...], _Plan] = {}
        self._costs: dict[tuple[tuple[date, int, int], ...], _Cost] = {}

    def rows(self, query: MapQuery) -> list[MapRow]:
        found = []
        carried = self._carried(query)
        for place in list({each.pupil: each for each in reversed(self._places)}.values())[::-1]:
            mine = self._sums.get(place.pupil, ())
            plan = self._plan_of(place.pupil)
            if not place.shown or not (plan.days or mine):
                continue
            if self._costing is None:
                found.append(MapRow(place, _with_sums(plan.times, mine, self._provision.minutes)))
                continue
            spent = self._spent(mine) if carried is None else _cost(_lump(carried.get(place.pupil, Fraction(0))))
            charges, charged = self._charges(place.pupil)
            figures = _with_sums(plan.times, mine, self._provision.minutes, plan.cost.with_charges(charges), spent.with_charges(charged))
            found.append(MapRow(place, figures, plan.cost.shares, spent.shares, plan.parts, charges, charged))
        if found and self._costing and not query.narrows_pupils:
            planned, spent = _cost(self._free_plan()), _cost(self._free_spent() if carried is None else _lump(carried[NOBODY]))
            charges, charged = self._charges(NOBODY)
            cost = Figures(planned_pence=planned.with_charges(charges), spent_pence=spent.with_charges(charged))
            if cost.planned_pence or cost.spent_pence:
                found.append(MapRow(None, cost, planned.shares, spent.shares, (), charges, charged))
        return found

    def times(self) -> Figures:
        """Sessions and minutes of the group, each session once."""
        days = sum(each.days for each in self.plan)
        return _with_sums(self._figures(days, self._so_far(self.plan)), self._sums.get(NOBODY, ()), self._provision.minutes)

    def _charges(self, pupil: str) -> tuple[tuple[Charge, ...], tuple[Charge, ...]]:
        """What is planned beside the adults' time, and what of it has fallen due."""
        if self._added is None:
            return (), ()
        if pupil == NOBODY:
            return self._added.of_nobody(self.plan), self._added.of_nobody(self.plan, self._today)
        return self._added.of_pupil(pupil, self.plan), self._added.of_pupil(pupil, self.plan, self._today)

    def _plan_of(self, pupil: str) -> "_Plan":
        """Pupils who were there on the same days have the same plan, so it is worked out once for all of them."""
        there = tuple([number for number, each in enumerate(self.plan) if pupil in each.members])
        known = self._plans.get(there)
        if known:
            return known
        stretched = [self.plan[number] for number in there]
        days = sum(each.days for each in stretched)
        parts = parts_of(self._provision, pupil, stretched)
        made = _Plan(days, self._figures(days, self._so_far(stretched)), parts, _cost(_shares(parts)))
        if not any(each.carried_by for each in stretched):
            self._plans[there] = made
        return made

    def _figures(self, days: int, so_far: int) -> Figures:
        sessions = Fraction(self._provision.sessions_per_week) * days / DAYS_A_WEEK
        a_day = Fraction(self._provision.minutes) * Fraction(self._provision.sessions_per_week) / DAYS_A_WEEK
        return Figures(sessions=int((sessions * 2 + 1) // 2), planned_minutes=int(a_day * days), due_minutes=int(a_day * so_far))

    def _so_far(self, stretched: Iterable[Stretch]) -> int:
        """Days of the plan up to today."""
        today = self._planned[: self._until]
        return sum(max(0, min(bisect_right(today, each.last), self._until) - bisect_left(today, each.first)) for each in stretched)

    def _spent(self, sums: Iterable[SessionSum]) -> _Cost:
        """A pupil's share of the sessions that were held for them: the same for all who were in the same sessions."""
        held = tuple([(each.since, each.shared, each.adult_minutes) for each in sums if each.adult_minutes])
        if held not in self._costs:
            shares = (self._share(since, shared + self._others, minutes) for since, shared, minutes in held)
            self._costs[held] = _cost(_put_together(shares))
        return self._costs[held]

    def _free_spent(self) -> tuple[Share, ...]:
        own = (each for each in self._sums.get(NOBODY, ()) if each.adult_minutes and self._others)
        return _put_together(self._share(each.since, each.shared + self._others, each.adult_minutes * self._others) for each in own)

    def _free_plan(self) -> tuple[Share, ...]:
        """What no pupil's share covers: places of the group that nobody has."""
        a_day = Fraction(self._provision.minutes) * Fraction(self._provision.sessions_per_week) / DAYS_A_WEEK
        own = (each for each in self.plan if not each.members or (each.others and not each.carried_by))
        return _put_together(Share(a_day * each.days * max(1, each.others), max(1, each.sharers), each.pay.pence_per_hour) for each in own)

    def _share(self, day: date, sharers: int, minutes: int) -> Share:
        pay = self._pay(day)
        return Share(Fraction(minutes, max(1, pay.adults)), max(1, sharers), pay.pence_per_hour)

    def _carried(self, query: MapQuery) -> Mapping[str, Fraction] | None:
        """Where a pupil carries the cost of others, each session is looked at by itself. None elsewhere."""
        if self._costing is None or not any(each.whole_cost_reason for each in self._plain):
            return None
        span = query.period
        marks = [each for each in self._costing.marks(self._provision.id) if span.first <= each.happened_on <= span.last]
        whole, shares = delivered_costs(self._provision, marks, self._plain, self._pay)
        return {**shares, NOBODY: whole - sum(shares.values())}


def _with_sums(plan: Figures, sums: Sequence[SessionSum], length: int, planned_pence: int = 0, spent_pence: int = 0) -> Figures:
    """What is planned with what came of it. Sessions of ``length`` minutes that were another group's turn are not planned for this one."""
    held = missed = not_due = minutes = 0
    for each in sums:
        held += each.held
        missed += each.missed
        not_due += each.not_due
        minutes += each.minutes
    elsewhere = length * not_due
    planned, due = max(0, plan.planned_minutes - elsewhere), max(0, plan.due_minutes - elsewhere)
    return Figures(plan.sessions, held, missed, planned, due, minutes, planned_pence, spent_pence)


def _cost(shares: tuple[Share, ...]) -> _Cost:
    return _Cost(shares, to_pence(sum((each.pence for each in shares), Fraction(0))))


def _shares(parts: tuple[Part, ...]) -> tuple[Share, ...]:
    return _put_together(Share(each.minutes, each.shared_by, each.pay.pence_per_hour) for each in parts if each.shared_by)


def _lump(pence: Fraction) -> tuple[Share, ...]:
    """A cost that was worked out session by session."""
    return (Share(pence * MINUTES, 1, Fraction(1)),) if pence else ()


def _put_together(shares: Iterable[Share]) -> tuple[Share, ...]:
    found: dict[tuple[int, Fraction], Fraction] = {}
    for each in shares:
        if each.minutes:
            key = (each.shared, each.pence_per_hour)
            found[key] = found.get(key, Fraction(0)) + each.minutes
    return tuple(Share(minutes, *key) for key, minutes in sorted(found.items()))
