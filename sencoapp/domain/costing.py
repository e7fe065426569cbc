"""What provision costs: planned over the school's own weeks and each pupil's own days, and to date from what was delivered.

A sum is a list of parts, each a stretch of days in which nothing that it depends on changes: who is in the group, who gives it,
what their hour costs. Fractions are exact inside; a row is rounded once, at its end (domain.md 5). The cost of a group is shared
by the pupils who are in it on the day, so that the shares add up to it: a pupil who leaves costs no more, the others cost more.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

from sencoapp.domain.delivery import DAYS_A_WEEK, HELD, SessionMark, has_place, one_a_session
from sencoapp.domain.grouping import by_pupil
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.rates import Pay, PayOn

MINUTES = 60


@dataclass(frozen=True)
class CouncilRate:
    """A figure that the school's council reckons with, from a day on, as the school entered it (domain.md 5: per council, dated)."""

    id: str
    method: str
    """A file of ``resources/costing/``."""
    pence: Decimal
    """Pence for the method's unit; a fraction of a penny is possible, as in a rate by the minute."""
    starts_on: date
    box: str | None = None
    """Which of the method's kinds of adult it is for; None where the method has one rate."""
    note: str | None = None


@dataclass(frozen=True)
class MethodRate:
    """One dated rate of a method. ``starts_on`` is None for a figure without a date."""

    pence: Decimal
    starts_on: date | None = None
    box: str | None = None
    to_confirm: bool = False


@dataclass(frozen=True)
class Box:
    """A kind of adult that a method has a rate of its own for, and the kinds of staff that count as it."""

    code: str
    name: str
    staff_roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Method:
    """A way of working out a cost, as ``resources/costing/<id>.json`` says it.

    ``unit``: a rate is pence for an ``hour``, a ``minute``, or one ``weekly_hour`` over the school year. ``weeks``: counted
    for the ``run`` of a provision, or always those of a ``year``.
    """

    id: str
    title: str
    formula: str
    source: str
    unit: Literal["hour", "minute", "weekly_hour"]
    weeks: Literal["run", "year"]
    weeks_a_year: int
    rates: tuple[MethodRate, ...] = ()
    boxes: tuple[Box, ...] = ()
    own_rates: bool = False
    """Whether the school's own staff rates stand in it."""
    adds: tuple[str, ...] = ()
    """Which costs beside the time of staff it counts: kinds of ``domain.added_costs``."""
    to_pence: int = 1
    """Rounded once at the end to so many pence, a half up."""

    def rate_on(self, day: date, box: str | None = None) -> MethodRate | None:
        """The rate in force on a day; later ones before earlier ones, dated ones before those without a date."""
        begun = [each for each in self.rates if each.box == box and (each.starts_on is None or each.starts_on <= day)]
        return max(begun, key=lambda each: each.starts_on or date.min, default=None)

    def per_hour(self, rate: MethodRate) -> Fraction:
        """Pence for an hour, exact."""
        pence = Fraction(rate.pence)
        if self.unit == "minute":
            return pence * MINUTES
        return pence / self.weeks_a_year if self.unit == "weekly_hour" else pence

    def box_of(self, staff_role: str | None) -> str | None:
        """Which box a kind of staff belongs to; None where the method has no boxes or none fits."""
        wanted = (staff_role or "").strip().casefold()
        return next((each.code for each in self.boxes if wanted in {role.casefold() for role in each.staff_roles}), None)

    def pay(self, roles_on: Callable[[date], Sequence[str | None]]) -> PayOn:
        """What an hour costs by this method on any day, for adults of these kinds of staff."""

        def on(day: date) -> Pay:
            roles = roles_on(day)
            found = [(each, self.rate_on(day, self.box_of(each))) for each in roles]
            total = sum((self.per_hour(rate) for _, rate in found if rate), Fraction(0))
            return Pay(total, len(roles), tuple(role or self.title for role, rate in found if rate is None))

        return on

    def changes(self) -> set[date]:
        return {each.starts_on for each in self.rates if each.starts_on}

    def rounded(self, exact: Fraction) -> int:
        """Pence, rounded once as the method says."""
        steps = exact / self.to_pence
        return int((steps * 2 + 1) // 2) * self.to_pence


@dataclass(frozen=True)
class Stretch:
    """Days on which a provision is planned and nothing that its cost depends on changes."""

    first: date
    last: date
    days: int
    pay: Pay
    members: frozenset[str]
    carried_by: frozenset[str]
    """Those who carry the cost, where a reason says that the others carry none of it."""
    others: int
    """Pupils of the group who are not named in the record."""

    @property
    def sharers(self) -> int:
        """How many pupils the cost is shared by."""
        return len(self.carried_by) or len(self.members) + self.others


@dataclass(frozen=True)
class Part:
    """One line of a pupil's sum: rate x minutes / 60 / pupils over some days."""

    first: date
    last: date
    days: int
    pay: Pay
    shared_by: int
    """0 where another pupil of the group carries the whole cost."""
    minutes: Fraction
    """The pupil's planned minutes in these days."""

    @property
    def weeks(self) -> Fraction:
        """School weeks of five days."""
        return Fraction(self.days, DAYS_A_WEEK)

    @property
    def cost(self) -> Fraction:
        """Pence, exact."""
        return self.pay.pence_per_hour * self.minutes / MINUTES / self.shared_by if self.shared_by else Fraction(0)


def others_in_group(provision: Provision, places: Sequence[ProvisionPlace]) -> int:
    """Pupils of a group who are not named: its size, less the most who ever were in it together. None where the named ones
    carry the whole cost for a reason."""
    if provision.whole_cost_reason:
        return 0
    placed = by_pupil(places)
    begins = {provision.starts_on} | {each.starts_on for each in places if each.starts_on}
    most = max((sum(has_place(theirs, day) for theirs in placed.values()) for day in begins), default=0)
    return max(0, provision.group_size - most)


def stretches(
    provision: Provision,
    planned: Sequence[date],
    places: Sequence[ProvisionPlace],
    pay: PayOn,
    changes: Iterable[date] = (),
    *,
    others: int | None = None,
) -> tuple[Stretch, ...]:
    """The plan of a provision cut where a pupil joins or leaves and at each of ``changes``. ``planned`` are its days in order.

    ``others`` is ``others_in_group``, where that is known already.
    """
    if not planned:
        return ()
    cuts = {planned[0], *changes}
    for place in places:
        cuts |= {day for day in (place.starts_on, place.ends_on + timedelta(days=1) if place.ends_on else None) if day}
    placed = by_pupil(places)
    others = others_in_group(provision, places) if others is None else others
    found: list[Stretch] = []
    edges = [*sorted(each for each in cuts if planned[0] <= each <= planned[-1]), planned[-1] + timedelta(days=1)]
    for start, end in pairwise(edges):
        low, high = bisect_left(planned, start), bisect_left(planned, end)
        if low == high:
            continue
        members = frozenset(each for each, theirs in placed.items() if has_place(theirs, start))
        carrying = frozenset(each for each in members if _carries(placed[each], start))
        found.append(Stretch(planned[low], planned[high - 1], high - low, pay(planned[low]), members, carrying, others))
    return tuple(found)


def parts_of(provision: Provision, pupil: str, found: Iterable[Stretch]) -> tuple[Part, ...]:
    """A pupil's parts of the stretches, neighbours that are alike as one."""
    a_day = Fraction(provision.minutes) * Fraction(provision.sessions_per_week) / DAYS_A_WEEK
    parts: list[Part] = []
    for each in found:
        if pupil not in each.members:
            continue
        shared_by = 0 if each.carried_by and pupil not in each.carried_by else each.sharers
        part = Part(each.first, each.last, each.days, each.pay, shared_by, a_day * each.days)
        before = parts[-1] if parts else None
        if before and (before.pay, before.shared_by) == (part.pay, part.shared_by):
            parts[-1] = replace(before, last=part.last, days=before.days + part.days, minutes=before.minutes + part.minutes)
        else:
            parts.append(part)
    return tuple(parts)


def planned_cost(parts: Iterable[Part]) -> Fraction:
    """Pence, exact."""
    return sum((each.cost for each in parts), Fraction(0))


def group_cost(provision: Provision, found: Iterable[Stretch]) -> Fraction:
    """What the plan costs the school for the whole group: each adult once, however many pupils."""
    a_day = Fraction(provision.minutes) * Fraction(provision.sessions_per_week) / DAYS_A_WEEK
    return sum((each.pay.pence_per_hour * a_day * each.days / MINUTES for each in found), Fraction(0))


def yearly_cost(provision: Provision, part: Part, weeks_a_year: int) -> Fraction:
    """What a part would cost if it went on for the weeks of a school year, as councils ask for it (domain.md 5: Durham)."""
    if not part.shared_by:
        return Fraction(0)
    a_week = Fraction(provision.minutes) * Fraction(provision.sessions_per_week)
    return part.pay.pence_per_hour * a_week * weeks_a_year / MINUTES / part.shared_by


def delivered_costs(
    provision: Provision, marks: Iterable[SessionMark], places: Sequence[ProvisionPlace], pay: PayOn
) -> tuple[Fraction, Mapping[str, Fraction]]:
    """What the held sessions cost: the group as a whole, and each pupil's share; pence, exact.

    A session is paid for once, with each of its adults. It is shared by those whose turn it was, a pupil who was absent
    included; a pupil of another part of a rotating group carries none of it.
    """
    placed, others = by_pupil(places), others_in_group(provision, places)
    sessions: dict[tuple[date, int], dict[str, SessionMark]] = {}
    for each in one_a_session(marks):
        sessions.setdefault((each.happened_on, each.number), {})[each.pupil] = each
    total, shares = Fraction(0), dict.fromkeys(placed, Fraction(0))
    for (day, _), of_pupil in sessions.items():
        held = [each for each in of_pupil.values() if each.result in HELD]
        if not held:
            continue
        cost = session_cost(pay(day), max(held, key=lambda each: (each.session_minutes, each.adults)))
        total += cost
        there = {each.pupil for each in held}
        not_ticked = {each for each, theirs in placed.items() if each not in of_pupil and has_place(theirs, day)}
        carrying = {each for each in there | not_ticked if _carries(placed.get(each, ()), day)}
        sharers = len(carrying) or len(there | not_ticked) + others
        for pupil in there & carrying if carrying else there:
            shares[pupil] = shares.get(pupil, Fraction(0)) + cost / sharers
    return total, shares


def session_cost(pay: Pay, mark: SessionMark) -> Fraction:
    """Pence for one session. Where another number of adults was there than give the provision, each costs their mean."""
    return pay.pence_per_hour * mark.adults / max(1, pay.adults) * mark.session_minutes / MINUTES


@dataclass(frozen=True)
class Gap:
    """Somebody without a rate, over some days."""

    who: str
    first: date
    last: date


def gaps(found: Iterable[Stretch | Part]) -> tuple[Gap, ...]:
    """Each period without a rate once, by person and day; days that follow on one another are one period."""
    open_gaps: dict[str, list[Gap]] = {}
    before: dict[str, int] = {}
    for number, each in enumerate(found):
        for who in each.pay.without_rate:
            known = open_gaps.setdefault(who, [])
            if known and before.get(who) == number - 1:
                known[-1] = replace(known[-1], last=each.last)
            else:
                known.append(Gap(who, each.first, each.last))
            before[who] = number
    return tuple(sorted((gap for known in open_gaps.values() for gap in known), key=lambda gap: (gap.first, gap.who)))


@dataclass(frozen=True)
class Elements:
    """A year's cost of one pupil by whose money pays for it (domain.md 5). Shown, never a gate."""

    core_pence: int
    """Element 1: what is made for all, universal provision."""
    additional_pence: int
    """Everything additional to or different from that."""
    element_2_pence: int
    """What of it the notional SEN budget covers."""
    shortfall_pence: int
    """What is left: max(0, additional - element 2)."""


def elements(core_pence: int, additional_pence: int, element_2: int) -> Elements:
    """The split for one pupil and year. ``element_2`` is what the school gives first, in pence."""
    shortfall = max(0, additional_pence - element_2)
    return Elements(core_pence, additional_pence, additional_pence - shortfall, shortfall)


def until_left(places: Iterable[ProvisionPlace], left_on: Mapping[str, date | None]) -> list[ProvisionPlace]:
    """Places that end at the latest on the day on which their pupil left the school."""
    return [
        replace(each, ends_on=left) if (left := left_on.get(each.pupil)) and (each.ends_on is None or each.ends_on > left) else each
        for each in places
    ]


def _carries(places: Iterable[ProvisionPlace], day: date) -> bool:
    return any(each.whole_cost_reason and has_place([each], day) for each in places)


def method_from(plain: Mapping[str, Any], entered: Iterable[CouncilRate] = ()) -> Method:
    """A method from its data file, which its schema has checked, with the figures that the school entered for its council."""
    rates = [
        MethodRate(
            Decimal(each["pence"]), date.fromisoformat(each["starts_on"]) if each["starts_on"] else None, each["box"], each["to_confirm"]
        )
        for each in plain["rates"]
    ]
    rates += [MethodRate(each.pence, each.starts_on, each.box) for each in entered if each.method == plain["id"]]
    return Method(
        id=plain["id"],
        title=plain["title"],
        formula=plain["formula"],
        source=plain["source"],
        unit=plain["unit"],
        weeks=plain["weeks"],
        weeks_a_year=plain["weeks_a_year"],
        rates=tuple(rates),
        boxes=tuple(Box(each["code"], each["name"], tuple(each["staff_roles"])) for each in plain["boxes"]),
        own_rates=plain["own_rates"],
        adds=tuple(plain["adds"]),
        to_pence=plain["rounding"]["to_pence"],
    )
