"""The provision map of a school: what runs in a span of days, for whom, with what plan, delivery and cost, put together by one thing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple, get_args

from sencoapp import reference
from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.calendar import SchoolDays, academic_year, academic_year_name
from sencoapp.domain.dates import full_date
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.effect import Effect
from sencoapp.domain.grouping import by_provision
from sencoapp.domain.map_sums import Costing, groups_of
from sencoapp.domain.people import Term
from sencoapp.domain.provision import Funding, Provision, ProvisionStaff, StaffRate
from sencoapp.domain.provision_map import Figures, MapChoices, MapFacts, MapGroup, MapPlace, MapQuery, MapRow, Period
from sencoapp.domain.rates import changes, pay_of
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.words import folded
from sencoapp.services.beginning import school
from sencoapp.services.effect import effects, group_words, honest_words, sentence, short_words
from sencoapp.services.permissions import may
from sencoapp.services.ports import Session
from sencoapp.services.staffing import people_by_id
from sencoapp.services.today import year_words

WAVES = ("specialist", "targeted", "universal")
FUNDINGS: tuple[str, ...] = get_args(Funding)
AREAS = ("ci", "cl", "semh", "sp", "")
LONGEST = timedelta(days=3 * 366)
"""A map spans no more: longer would be a mistyped year."""

LineKind = Literal["band", "provision", "group", "pupil", "free"]


class MapLine(NamedTuple):
    """One row of the map. ``key`` begins with that of the line that it stands under."""

    key: str
    parent: str
    depth: int
    kind: LineKind
    title: str
    figures: Figures
    pupils: int = 0
    """How many different pupils are under it."""
    groups: int = 1
    """How many groups are under it."""
    areas: frozenset[str | None] = frozenset()
    group: MapGroup | None = None
    """The provision that the line tells of, where it tells of one."""
    effect: str = ""
    """What is known of it, with a sign and a word."""
    effect_words: str = ""
    """The same in sentences; of few pupils no more than what happened to each."""
    row: MapRow | None = None
    """What the line costs, where it is the last of its branch."""

    @property
    def provision(self) -> Provision | None:
        return self.group.provision if self.group else None

    @property
    def area(self) -> str | None:
        """The area of need of what is under the line, where it is the same for all of it."""
        return next(iter(self.areas), None) if len(self.areas) == 1 else None

    @property
    def place(self) -> MapPlace | None:
        return self.row.place if self.row else None


@dataclass(frozen=True)
class SchoolMap:
    """A map that is worked out: its lines from top to bottom, and the totals. Costs are zero where they are not shown."""

    query: MapQuery
    by: str
    lines: tuple[MapLine, ...]
    total: Figures
    pupils: int
    places: int
    shows_cost: bool


@dataclass(frozen=True)
class NamedPeriod:
    """A span of days that can be chosen by its name."""

    key: str
    words: str
    period: Period


def read_map(session: Session, query: MapQuery, by: str = "wave", order: str = "title") -> SchoolMap:
    """The map as this person may see it. ``by`` is one of ``GROUPINGS``; ``order`` is ``title``, ``sessions``, ``minutes``,
    ``planned`` or ``spent``, turned round by a leading ``-``.

    Raises ``Refusal``: ``map_ends_before_it_starts``, ``map_is_too_long``.
    """
    check_period(query.period)
    shows_cost = may(session.actor, "see_cost")
    rates = _Rates(session) if shows_cost else None
    facts = session.record.map_facts(query, rates.changes if rates else {})
    days = SchoolDays.of(school(session.record).terms)
    costing = rates.costing(facts) if rates else None
    groups = groups_of(facts, query, days, session.clock.today(), costing)
    total = sum((each.figures for each in groups), Figures())
    rows = [row for group in groups for row in group.rows if row.place]
    lines = tuple(with_effect(_Tree(groups, by, order).lines(), effects(session)))
    return SchoolMap(query, by, lines, total, len(_pupils(groups)), len(rows), shows_cost)


def with_effect(lines: Iterable[MapLine], known: Mapping[tuple[str, str], Effect]) -> Iterable[MapLine]:
    """The lines of pupils with what happened to each, those of groups with for how many it went better."""
    for line in lines:
        made = line.provision
        if not known or made is None or line.kind == "free":
            yield line
        elif line.row is not None and line.row.place is not None:
            own = known.get((made.id, line.row.place.pupil))
            yield line._replace(effect=short_words(own), effect_words=sentence(line.row.place.name, own) if own else "")
        else:
            assert line.group is not None
            pupils = [row.place.pupil for row in line.group.rows if row.place]
            found = [known[made.id, each] for each in pupils if (made.id, each) in known]
            yield line._replace(effect=group_words(found), effect_words=honest_words(found) if found else "")


def check_period(period: Period) -> None:
    """Raises ``Refusal``: ``map_ends_before_it_starts``, ``map_is_too_long``."""
    if period.last < period.first:
        raise Refusal("map_ends_before_it_starts", field="last")
    if period.last - period.first > LONGEST:
        raise Refusal("map_is_too_long", field="last")


def choices(session: Session, period: Period) -> MapChoices:
    """What the map of a period can be narrowed to."""
    return session.record.map_choices(period)


def periods(session: Session) -> list[NamedPeriod]:
    """The spans that are offered by name: this term, its halves, the other terms of the school year, the year itself."""
    today = session.clock.today()
    days = SchoolDays.of(school(session.record).terms)
    year = academic_year(today)
    words = reference.say("map.school_year", year=academic_year_name(today))
    whole = NamedPeriod("year", words, Period(date(year, 9, 1), date(year + 1, 8, 31)))
    terms = [each for each in days.terms if academic_year(each.starts_on + timedelta(days=10)) == year]
    now = _this_term(days.terms, today)
    found = []
    if now is not None:
        found.append(NamedPeriod("term", reference.say("map.this_term", term=now.name), Period(now.starts_on, now.ends_on)))
        half = days.half_term(today)
        if half is not None:
            found.append(NamedPeriod("half", reference.say("map.this_half", name=half.name), Period(half.starts_on, half.ends_on)))
    others = [each for each in terms if each != now]
    found += [NamedPeriod(each.starts_on.isoformat(), each.name, Period(each.starts_on, each.ends_on)) for each in others]
    return [*found, whole]


def usual_period(session: Session) -> Period:
    """What the map shows at first: this term, or the school year where no term is entered."""
    return periods(session)[0].period


def period_words(period: Period) -> str:
    """ "27 August 2026 to 18 December 2026"."""
    return reference.say("map.from_to", first=full_date(period.first), last=full_date(period.last))


class _Rates:
    """What an hour of each provision costs, from the dated rates of its adults."""

    def __init__(self, session: Session) -> None:
        self._record = session.record
        self._staff = by_provision(self._record.find(ProvisionStaff))
        self._added = by_provision(self._record.find(ProvisionCost))
        self._rates, self._people = self._record.find(StaffRate), people_by_id(self._record)
        self.changes = {each: sorted(changes(staff, self._rates)) for each, staff in self._staff.items()}
        """By provision, the days on which that may change; where nobody is named, one rate holds throughout."""

    def costing(self, facts: MapFacts) -> Costing:
        pay = {each.id: cache(pay_of(each, self._staff.get(each.id, ()), self._rates, self._people)) for each in facts.provisions}
        return Costing(pay, self.changes, lambda provision: self._record.find(SessionMark, provision=provision), self._added)


def run_words(provision: Provision) -> str:
    """What tells one group from another of the same provision: who gives it, how often, and since when."""
    since = reference.say("map.since", day=full_date(provision.starts_on))
    return " · ".join((provision.delivered_by, pattern_words(provision), since))


def pattern_words(provision: Provision) -> str:
    """ "3 × 30 min"."""
    return reference.say("map.pattern", sessions=format(provision.sessions_per_week.normalize(), "f"), minutes=provision.minutes)


def _this_term(terms: Sequence[Term], today: date) -> Term | None:
    """The term of today; between two, the one that was; before the first, the first."""
    begun = [each for each in terms if each.starts_on <= today]
    return begun[-1] if begun else terms[0] if terms else None


def _pupils(groups: Iterable[MapGroup]) -> set[str]:
    return {row.place.pupil for group in groups for row in group.rows if row.place}


@dataclass(frozen=True)
class _Part:
    """A group, or as much of it as stands under one band."""

    group: MapGroup
    rows: tuple[MapRow, ...]

    @property
    def figures(self) -> Figures:
        return self.group.times.costing(each.figures for each in self.rows)


class _Tree:
    """Puts groups under bands, and makes the lines."""

    def __init__(self, groups: Sequence[MapGroup], by: str, order: str) -> None:
        self._groups, self._by = groups, by
        self._turned, self._order = order.startswith("-"), order.lstrip("-")

    def lines(self) -> Iterable[MapLine]:
        if self._by == "pupil":
            yield from self._by_pupil()
            return
        for key, words, parts in self._bands():
            band = f"b{key}"
            inside = list(self._provisions(band, parts))
            times = sum((each.group.times for each in parts), Figures())
            rows = [row for each in parts for row in each.rows]
            pupils = {row.place.pupil for row in rows if row.place}
            yield MapLine(band, "", 0, "band", words, times.costing(each.figures for each in rows), len(pupils))
            yield from inside

    def _bands(self) -> list[tuple[str, str, list[_Part]]]:
        bands: dict[str, list[_Part]] = {}
        for group in self._groups:
            if self._by == "year":
                for year, rows in _split(group.rows, lambda row: (row.place.year or "") if row.place else "-").items():
                    bands.setdefault(year, []).append(_Part(group, rows))
            else:
                key = _kind_of(group.provision, self._by)
                bands.setdefault(key, []).append(_Part(group, group.rows))
        return [(key, self._band_words(key), bands[key]) for key in self._in_order(bands)]

    def _in_order(self, bands: Iterable[str]) -> list[str]:
        if self._by == "wave":
            return sorted(bands, key=lambda each: WAVES.index(each) if each in WAVES else len(WAVES))
        if self._by == "area":
            return sorted(bands, key=lambda each: AREAS.index(each) if each in AREAS else len(AREAS))
        if self._by == "funding":
            return sorted(bands, key=lambda each: FUNDINGS.index(each) if each in FUNDINGS else len(FUNDINGS))
        if self._by == "year":
            years = list(reference.codes("NCyearActual"))
            return sorted(bands, key=lambda each: (each == "-", each == "", years.index(each) if each in years else len(years), each))
        return sorted(bands, key=folded)

    def _band_words(self, key: str) -> str:
        if self._by == "wave":
            return reference.say(f"provision_page.wave_{key}")
        if self._by == "area":
            return reference.say(f"documents.area_{key}") if key else reference.say("provision_page.no_area")
        if self._by == "year":
            return reference.say("map.free_places") if key == "-" else year_words(key) or reference.say("map.no_year")
        if self._by == "funding":
            return reference.say(f"map.funding_{key}") if key else reference.say("map.no_funding")
        return key

    def _provisions(self, band: str, parts: Sequence[_Part]) -> Iterable[MapLine]:
        """A provision with one group is one line; with several, one line over theirs."""
        named: dict[str, list[_Part]] = {}
        for part in parts:
            named.setdefault(folded(part.group.provision.title), []).append(part)
        blocks = []
        for title, same in named.items():
            key = f"{band}/{title}"
            if len(same) == 1:
                blocks.append(self._group(same[0], key, band, 1, same[0].group.provision.title, "provision"))
                continue
            inside = [
                self._group(each, f"{key}/{each.group.provision.id}", key, 2, run_words(each.group.provision), "group") for each in same
            ]
            figures = sum((each[0].figures for each in inside), Figures())
            pupils = {row.place.pupil for each in same for row in each.rows if row.place}
            areas = frozenset(each.group.provision.area for each in same)
            head = MapLine(key, band, 1, "provision", same[0].group.provision.title, figures, len(pupils), len(same), areas)
            blocks.append([head, *(line for block in self._sorted(inside) for line in block)])
        for block in self._sorted(blocks):
            yield from block

    def _group(self, part: _Part, key: str, parent: str, depth: int, title: str, kind: LineKind) -> list[MapLine]:
        pupils = [[_line_of(row, key, depth + 1, part.group)] for row in part.rows if row.place]
        free = [_line_of(row, key, depth + 1, part.group) for row in part.rows if not row.place]
        head = MapLine(key, parent, depth, kind, title, part.figures, len(pupils), 1, frozenset({part.group.provision.area}), part.group)
        return [head, *(line for block in self._sorted(pupils) for line in block), *free]

    def _by_pupil(self) -> Iterable[MapLine]:
        of_pupil: dict[str, list[tuple[MapGroup, MapRow]]] = {}
        for group in self._groups:
            for row in group.rows:
                of_pupil.setdefault(row.place.pupil if row.place else "", []).append((group, row))
        free = of_pupil.pop("", [])
        blocks = [self._of_pupil(pupil, rows[0][1].place.name if rows[0][1].place else "", rows) for pupil, rows in of_pupil.items()]
        last = [self._of_pupil("-", reference.say("map.free_places"), free)] if free else []
        for block in [*self._sorted(blocks), *last]:
            yield from block

    def _of_pupil(self, pupil: str, name: str, rows: Sequence[tuple[MapGroup, MapRow]]) -> list[MapLine]:
        band = f"b{pupil}"
        figures = sum((row.figures for _, row in rows), Figures())
        inside = [
            [
                MapLine(
                    f"{band}/{group.provision.id}",
                    band,
                    1,
                    _kind(row),
                    group.provision.title,
                    row.figures,
                    1,
                    1,
                    frozenset(),
                    group,
                    row=row,
                )
            ]
            for group, row in rows
        ]
        return [MapLine(band, "", 0, "band", name, figures, 1, len(rows)), *(line for each in self._sorted(inside) for line in each)]

    def _sorted(self, blocks: list[list[MapLine]]) -> list[list[MapLine]]:
        if self._order in _BY_FIGURE:
            return sorted(blocks, key=lambda block: _BY_FIGURE[self._order](block[0].figures), reverse=self._turned)
        if self._by == "pupil" or self._turned:
            return sorted(blocks, key=lambda block: folded(block[0].title), reverse=self._turned)
        return blocks  # the record gave them in order of their titles and names


def _kind_of(made: Provision, by: str) -> str:
    """Under which band a provision stands."""
    return {"wave": made.wave, "area": made.area, "staff": made.delivered_by.strip(), "funding": made.funding}[by] or ""


def _kind(row: MapRow) -> LineKind:
    return "pupil" if row.place else "free"


def _line_of(row: MapRow, parent: str, depth: int, group: MapGroup) -> MapLine:
    if row.place is None:
        return MapLine(
            f"{parent}/free", parent, depth, "free", reference.say("map.free_places"), row.figures, 0, 1, frozenset(), group, row=row
        )
    return MapLine(f"{parent}/{row.place.pupil}", parent, depth, "pupil", row.place.name, row.figures, 1, group=group, row=row)


def _split(rows: Iterable[MapRow], key: Callable[[MapRow], str]) -> dict[str, tuple[MapRow, ...]]:
    found: dict[str, list[MapRow]] = {}
    for each in rows:
        found.setdefault(key(each), []).append(each)
    return {name: tuple(inside) for name, inside in found.items()}


_BY_FIGURE: dict[str, Callable[[Figures], int]] = {
    "sessions": lambda each: each.held,
    "minutes": lambda each: each.minutes,
    "planned": lambda each: each.planned_pence,
    "spent": lambda each: each.spent_pence,
}
"""Orders that go by what was worked out, and not by what is in the record."""
