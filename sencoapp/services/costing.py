"""What provision costs, read from the record: planned and to date, by the school's own rates and by the council's.

``CostBook`` reads the tables once, whatever the number of pupils, and works out each provision once.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TypeVar, get_args

from sencoapp import reference
from sencoapp.domain.added_costs import AddedCosts, AddedKind, Charge, ProvisionCost, total
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.costing import (
    Elements,
    Gap,
    Method,
    Part,
    Stretch,
    delivered_costs,
    elements,
    gaps,
    group_cost,
    parts_of,
    planned_cost,
    stretches,
    until_left,
    yearly_cost,
)
from sencoapp.domain.dates import full_date
from sencoapp.domain.delivery import DAYS_A_WEEK, HELD, SessionMark, one_a_session, planned_days
from sencoapp.domain.grouping import by_provision
from sencoapp.domain.people import Pupil
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff, StaffRate, to_pence
from sencoapp.domain.rates import changes, pay_of, roles_of
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.cost_words import council_formula, number, own_formula
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session
from sencoapp.services.rates import council_method
from sencoapp.services.staffing import people_by_id

T = TypeVar("T", ProvisionPlace, ProvisionStaff, SessionMark, ProvisionCost)

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class RowCost:
    """One pupil in one provision, over all of it or the days that were asked for. Pence are rounded once, here."""

    provision: Provision
    pupil: str
    parts: tuple[Part, ...]
    planned_minutes: int
    delivered_minutes: int
    held: int
    missed: int
    planned_pence: int
    to_date_pence: int
    council_pence: int | None
    """The plan by the council's method; None where it has no rate for who gives the provision."""
    formula: str
    council_formula: str
    charges: tuple[Charge, ...]
    """What of the plan is for materials, preparation and training."""
    notes: tuple[str, ...]
    """Sentences: a rate that is missing for a time, a pupil who left before the end, who carries the cost."""

    @property
    def added_pence(self) -> int:
        """What of the planned cost is for materials, preparation and training, rounded for reading."""
        return to_pence(total(self.charges))

    @property
    def complete(self) -> bool:
        """Whether every day of the plan has a rate, so that the cost is the whole one."""
        return not any(each.pay.without_rate for each in self.parts)


Costs = Callable[[Sequence[date], Sequence[SessionMark]], tuple[dict[str, Fraction], dict[str, Fraction]]]


@dataclass(frozen=True)
class GroupCost:
    """One provision as the school pays for it: each adult and each session once."""

    planned_pence: int
    to_date_pence: int
    notes: tuple[str, ...]


class CostBook:
    """The costs of the record as it stands. Raises ``Refusal("not_for_your_role")`` for a role that sees no cost.

    Only ``provision``, or what one ``pupil`` has or had a place in, is read where either is said.
    """

    def __init__(self, session: Session, *, provision: str | None = None, pupil: str | None = None) -> None:
        must_be_allowed(session, "see_cost")
        record, self.today = session.record, session.clock.today()
        only = [provision] if provision else None
        if pupil is not None:
            only = list(dict.fromkeys(each.provision for each in record.find(ProvisionPlace, pupil=pupil)))
        given = record.find(Provision) if only is None else [must_get(record, Provision, each) for each in only]
        self.provisions = {each.id: each for each in given}
        self.days = SchoolDays.of(school(record).terms)
        self.method: Method = council_method(record)
        self.people = people_by_id(record)
        self.rates = record.find(StaffRate)
        self._places = by_provision(_of(record, ProvisionPlace, only))
        self._staff = by_provision(_of(record, ProvisionStaff, only))
        self._marks = by_provision(_of(record, SessionMark, only))
        self._added = by_provision(_of(record, ProvisionCost, only))
        self._runs: dict[str, _Run] = {}
        known = {each.pupil for places in self._places.values() for each in places}
        pupils = record.find(Pupil) if only is None else [found for each in known if (found := record.get(Pupil, each))]
        self.left_on = {each.id: each.left_on for each in pupils}
        self.names = {each.id: each.name for each in pupils}

    def provisions_of(self, pupil: str) -> list[Provision]:
        """What a pupil has or had a place in, oldest first."""
        found = (
            self.provisions[each]
            for each, places in self._places.items()
            if each in self.provisions and any(one.pupil == pupil for one in places)
        )
        return sorted(found, key=lambda each: (each.starts_on, each.title, each.id))

    def staff_of(self, provision: str) -> list[ProvisionStaff]:
        return self._staff.get(provision, [])

    def row(self, provision: str, pupil: str, since: date = date.min, until: date = date.max) -> RowCost:
        """One pupil's row; ``since`` and ``until`` are the first and last day of a school year, or leave all in."""
        return self._run(provision).row(pupil, since, until)

    def if_joined(self, provision: str, pupil: str) -> RowCost:
        """What a place would cost a pupil who has none yet and joins today, or as the provision begins."""
        made = self.provisions[provision]
        place = ProvisionPlace("", pupil, provision, starts_on=self.today if made.starts_on < self.today else None)
        return _Run(self, made, (place,)).row(pupil, date.min, date.max)

    def if_kept(self, wanted: Provision, staff: Sequence[ProvisionStaff], pupils: Sequence[str] = ()) -> dict[str, RowCost]:
        """What each place would cost, by pupil, if a provision were kept like this, with these adults: the cost that it then has.

        ``pupils`` are those of a provision that is not there yet; where none is named, the cost of one stands under ``""``.
        """
        there, _, _ = self.parts_for(wanted.id)
        new = () if there else tuple(ProvisionPlace("", each, wanted.id) for each in dict.fromkeys(pupils or ("",)))
        run = _Run(self, wanted, new, staff=staff)
        return {each: run.row(each, date.min, date.max) for each in dict.fromkeys(place.pupil for place in (*there, *new))}

    def group(self, provision: str, since: date = date.min, until: date = date.max) -> GroupCost:
        """The provision as a whole."""
        return self._run(provision).group(since, until)

    def rows_of(self, pupil: str, year: int | None = None) -> list[RowCost]:
        """A pupil's rows; of one school year only what is planned or was held in it. 2026 is 2026 to 2027."""
        since, until = year_span(year) if year is not None else (date.min, date.max)
        found = [self.row(each.id, pupil, since, until) for each in self.provisions_of(pupil)]
        return [each for each in found if year is None or each.parts or each.held]

    def elements_of(self, rows: Iterable[RowCost]) -> Elements:
        """The split of a year's rows by whose money pays; the sums of what the rows show."""
        known = list(rows)
        core = sum(each.planned_pence for each in known if pays_from_core(each.provision))
        return elements(core, sum(each.planned_pence for each in known) - core, element_2_pence(self.today))

    def costs_of(self, provision: str) -> Costs:
        """For the ledger: exact costs over some days and marks, planned and held, by pupil and for the group under ``""``."""
        return self._run(provision).costs

    def _run(self, provision: str) -> "_Run":
        if provision not in self._runs:
            self._runs[provision] = _Run(self, self.provisions[provision])
        return self._runs[provision]

    def parts_for(self, provision: str) -> tuple[list[ProvisionPlace], list[ProvisionStaff], list[SessionMark]]:
        """Places, adults and marks of one provision."""
        return self._places.get(provision, []), self.staff_of(provision), self._marks.get(provision, [])

    def added_to(self, provision: str) -> list[ProvisionCost]:
        """What a provision costs beside the time of its adults in sessions."""
        return self._added.get(provision, [])


def cost_if_kept(session: Session, wanted: Provision, staff: Sequence[ProvisionStaff], pupils: Sequence[str] = ()) -> dict[str, RowCost]:
    """``CostBook.if_kept``, reading no more of the record than it needs. Raises ``Refusal``: see ``CostBook``, ``no_longer_there``."""
    book = CostBook(session, provision=wanted.id) if wanted.id else CostBook(session, pupil="")
    return book.if_kept(wanted, staff, pupils)


class _Run:
    """One provision's plan and what was held of it, worked out once."""

    def __init__(
        self,
        book: CostBook,
        provision: Provision,
        also: Sequence[ProvisionPlace] = (),
        *,
        staff: Sequence[ProvisionStaff] | None = None,
    ) -> None:
        """``also`` and ``staff`` are places and adults that the record does not have yet."""
        self._book, self._provision = book, provision
        places, known, self._marks = book.parts_for(provision.id)
        self._staff = known if staff is None else list(staff)
        self._places = until_left([*places, *also], book.left_on)
        self._pay = pay_of(provision, self._staff, book.rates, book.people)
        self._roles = roles_of(provision, self._staff, book.people)

    @cached_property
    def _planned(self) -> list[date]:
        return planned_days(self._provision, self._book.days, date.max)

    @cached_property
    def _added(self) -> AddedCosts:
        return self._spread(self._book.added_to(self._provision.id))

    @cached_property
    def _council_adds(self) -> AddedCosts:
        counted = (each for each in self._book.added_to(self._provision.id) if each.kind in self._book.method.adds)
        return self._spread(counted)

    def _spread(self, costs: Iterable[ProvisionCost]) -> AddedCosts:
        return AddedCosts(costs, self._planned, self._places, self._book.days.terms)

    @cached_property
    def _years(self) -> set[date]:
        first, last = self._provision.starts_on.year, (self._planned[-1] if self._planned else self._provision.starts_on).year
        return {date(each, 9, 1) for each in range(first, last + 1)}

    @cached_property
    def _own(self) -> tuple[Stretch, ...]:
        cuts = changes(self._staff, self._book.rates) | self._years
        return stretches(self._provision, self._planned, self._places, self._pay, cuts)

    @cached_property
    def _council(self) -> tuple[Stretch, ...]:
        method = self._book.method
        cuts = changes(self._staff, ()) | method.changes() | self._years
        return stretches(self._provision, self._planned, self._places, method.pay(self._roles), cuts)

    def row(self, pupil: str, since: date, until: date) -> RowCost:
        provision, method = self._provision, self._book.method
        own = [each for each in self._own if since <= each.first <= until]
        councils = [each for each in self._council if since <= each.first <= until]
        parts, by_council = parts_of(provision, pupil, own), parts_of(provision, pupil, councils)
        charges, counted = self._added.of_pupil(pupil, own), self._council_adds.of_pupil(pupil, councils)
        so_far = total(self._added.of_pupil(pupil, own, self._book.today))
        council = self._council_cost(by_council, method, total(counted))
        marks = [each for each in one_a_session(self._marks) if since <= each.happened_on <= until]
        mine = [each for each in marks if each.pupil == pupil]
        elsewhere = sum(provision.minutes for each in mine if each.result == "not_due")
        _, shares = delivered_costs(provision, marks, self._places, self._pay)
        minutes = max(Fraction(0), sum((each.minutes for each in parts), Fraction(0)) - elsewhere)
        return RowCost(
            provision=provision,
            pupil=pupil,
            parts=parts,
            planned_minutes=int(minutes),
            delivered_minutes=sum(each.minutes for each in mine),
            held=sum(each.result in HELD for each in mine),
            missed=sum(each.result == "missed" for each in mine),
            planned_pence=to_pence(planned_cost(parts) + total(charges)),
            to_date_pence=to_pence(shares.get(pupil, Fraction(0)) + so_far),
            council_pence=None if council is None else method.rounded(council),
            formula=own_formula(provision, parts, charges),
            council_formula=council_formula(method, provision, by_council, council, self._book.today, counted),
            charges=charges,
            notes=(*rate_sentences(gaps(parts)), *self._notes(pupil, parts), *not_counted(method, charges)),
        )

    def group(self, since: date, until: date) -> GroupCost:
        found = [each for each in self._own if since <= each.first <= until]
        marks = [each for each in self._marks if since <= each.happened_on <= until]
        held, _ = delivered_costs(self._provision, marks, self._places, self._pay)
        planned = group_cost(self._provision, found) + self._added.of_group(found)
        so_far = held + self._added.of_group(found, self._book.today)
        return GroupCost(to_pence(planned), to_pence(so_far), rate_sentences(gaps(found)))

    def costs(self, days: Sequence[date], marks: Sequence[SessionMark]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
        provision = self._provision
        found = stretches(provision, days, self._places, self._pay, changes(self._staff, self._book.rates))
        held, shares = delivered_costs(provision, marks, self._places, self._pay)
        planned = {"": group_cost(provision, found) + self._added.of_group(found)}
        spent = {**shares, "": held + self._added.of_group(found, self._book.today)}
        for pupil in {place.pupil for place in self._places}:
            planned[pupil] = planned_cost(parts_of(provision, pupil, found)) + total(self._added.of_pupil(pupil, found))
            spent[pupil] = shares.get(pupil, Fraction(0)) + total(self._added.of_pupil(pupil, found, self._book.today))
        return planned, spent

    def _council_cost(self, parts: tuple[Part, ...], method: Method, added: Fraction) -> Fraction | None:
        if any(each.pay.without_rate for each in parts):
            return None
        if method.weeks == "run":
            return planned_cost(parts) + added
        newest = current_part(parts, self._book.today)
        return (yearly_cost(self._provision, newest, method.weeks_a_year) if newest else Fraction(0)) + added

    def _notes(self, pupil: str, parts: tuple[Part, ...]) -> list[str]:
        said = []
        left = self._book.left_on.get(pupil)
        if left and self._planned and self._provision.starts_on <= left < self._planned[-1]:
            said.append(reference.say("costing.pupil_left", name=self._book.names.get(pupil, ""), day=full_date(left)))
        if self._provision.ends_on and len(self._planned) < self._provision.weeks * DAYS_A_WEEK:
            weeks = number(Fraction(len(self._planned), DAYS_A_WEEK))
            said.append(
                reference.say(
                    "costing.ends_early",
                    title=self._provision.title,
                    day=full_date(self._provision.ends_on),
                    weeks=weeks,
                    planned=self._provision.weeks,
                )
            )
        if any(each.shared_by == 0 for each in parts):
            said.append(reference.say("costing.carried_by_another"))
        reasons = [each.whole_cost_reason for each in self._places if each.pupil == pupil and each.whole_cost_reason]
        reasons += [self._provision.whole_cost_reason] if self._provision.whole_cost_reason else []
        said += [reference.say("costing.carries_all", reason=each) for each in dict.fromkeys(reasons)]
        return said


def current_part(parts: tuple[Part, ...], day: date) -> Part | None:
    """The part that holds on a day; before the first the first, after the last the last."""
    begun = [each for each in parts if each.first <= day]
    return begun[-1] if begun else next(iter(parts), None)


def pays_from_core(provision: Provision) -> bool:
    """Whether a provision is what is made for all: said to be paid so, or universal and not said otherwise."""
    return provision.funding == "core" or (provision.funding is None and provision.wave == "universal")


def element_2_pence(day: date) -> int:
    """What a school gives from its notional SEN budget for one pupil in a year, by the guidance in force on a day."""
    known = [(each["starts_on"] or "", each["pence"]) for each in reference.data("rules", "funding.json")["element_2"]]
    return int(max(each for each in known if each[0] <= day.isoformat())[1])


def year_span(year: int) -> tuple[date, date]:
    """First and last day of a school year: 1 September to 31 August."""
    return date(year, 9, 1), date(year + 1, 9, 1) - _ONE


def rate_sentences(found: Iterable[Gap]) -> tuple[str, ...]:
    """Says for whom there is no rate, and when: never a silent nought."""
    return tuple(
        reference.say("costing.no_rate_day", who=each.who, day=full_date(each.first))
        if each.first == each.last
        else reference.say("costing.no_rate", who=each.who, first=full_date(each.first), last=full_date(each.last))
        for each in found
    )


def not_counted(method: Method, charges: Sequence[Charge]) -> tuple[str, ...]:
    """Says which costs of a pupil the council's method leaves out, where it leaves any out."""
    there = {each.cost.kind for each in charges}
    left_out = [each for each in get_args(AddedKind) if each in there and each not in method.adds]
    kinds = ", ".join(reference.say(f"costing.kind_{each}") for each in left_out)
    return (reference.say("costing.not_in_council", kinds=kinds),) if left_out else ()


def _of(record: Record, kind: type[T], only: Sequence[str] | None) -> list[T]:
    """All things of a kind, or those of some provisions."""
    return record.find(kind) if only is None else [found for each in only for found in record.find(kind, provision=each)]
