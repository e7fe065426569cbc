"""The provision map of a school over a span of days: planned beside delivered, and what each place costs, nothing counted twice.

What a place costs is said in ``domain.costing``. A session is paid for once, and the shares of its pupils and of the places that
nobody has taken add up to it. Money is exact until a row shows it; a total is the sum of the pence that its rows show.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from sencoapp.domain.added_costs import Charge
from sencoapp.domain.costing import Gap, Part
from sencoapp.domain.provision import Provision, ProvisionPlace

GROUPINGS = ("wave", "pupil", "area", "year", "staff", "funding")
"""By what the map can be put together."""


@dataclass(frozen=True)
class Period:
    """A span of days, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class MapQuery:
    """What the map is asked for. An empty tuple means any."""

    period: Period
    waves: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    """Areas of need; an empty text stands for provision without one."""
    years: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    """Who gives it, as it is written on the provision."""
    fundings: tuple[str, ...] = ()

    @property
    def narrows_pupils(self) -> bool:
        """Whether some pupils of a group may be left out, so that the rest of its cost is not shown either."""
        return bool(self.years)


class MapPlace(NamedTuple):  # a tuple, as the sums and the rows are: a large school has thousands of each
    """A pupil's place in a provision, which ends at the latest on the pupil's last day at the school."""

    place: ProvisionPlace
    pupil: str
    name: str
    year: str | None
    reg_group: str | None
    shown: bool
    """False for one who only counts among those that share."""


class SessionSum(NamedTuple):
    """Sessions of one provision whose cost ``shared`` pupils share: those of one pupil, or, with none, each session once."""

    provision: str
    pupil: str
    since: date
    """The first day of the piece of the period that they lie in: what an hour costs is the same in all of it."""
    shared: int
    held: int
    missed: int
    not_due: int
    minutes: int
    adult_minutes: int
    """Minutes of adults in held sessions: two adults in a session of 30 minutes are 60."""


@dataclass(frozen=True)
class MapFacts:
    """One answer of the record: everything that a map is worked out from, in the order in which it is shown."""

    provisions: Sequence[Provision]
    places: Sequence[MapPlace]
    sums: Sequence[SessionSum]


@dataclass(frozen=True)
class MapChoices:
    """What there is to filter by."""

    years: tuple[str, ...]
    staff: tuple[str, ...]
    fundings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """Part of a cost: ``minutes`` at a rate, shared by so many."""

    minutes: Fraction
    shared: int
    pence_per_hour: Fraction

    @property
    def pence(self) -> Fraction:
        return self.minutes * self.pence_per_hour / (60 * self.shared)


@dataclass(frozen=True)
class Figures:
    """What stands in a row of the map."""

    sessions: int = 0
    """Planned for the period."""
    held: int = 0
    missed: int = 0
    planned_minutes: int = 0
    due_minutes: int = 0
    """Planned until today, or the end of the period where that is earlier."""
    minutes: int = 0
    planned_pence: int = 0
    spent_pence: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.sessions + other.sessions,
            self.held + other.held,
            self.missed + other.missed,
            self.planned_minutes + other.planned_minutes,
            self.due_minutes + other.due_minutes,
            self.minutes + other.minutes,
            self.planned_pence + other.planned_pence,
            self.spent_pence + other.spent_pence,
        )

    def costing(self, rows: Iterable["Figures"]) -> "Figures":
        """The same times, with the cost of these rows."""
        planned, spent = 0, 0
        for each in rows:
            planned += each.planned_pence
            spent += each.spent_pence
        return Figures(self.sessions, self.held, self.missed, self.planned_minutes, self.due_minutes, self.minutes, planned, spent)


class MapRow(NamedTuple):
    """One row that costs something: a pupil's place, or with ``place`` None the places that nobody has taken."""

    place: MapPlace | None
    figures: Figures
    planned: tuple[Share, ...] = ()
    spent: tuple[Share, ...] = ()
    parts: tuple[Part, ...] = ()
    """The plan in the terms in which a person writes the sum down; empty for places that nobody has taken."""
    charges: tuple[Charge, ...] = ()
    """What is planned for materials, preparation and training; it is in the cost."""
    charged: tuple[Charge, ...] = ()
    """What of it has fallen due until today."""


@dataclass(frozen=True)
class MapGroup:
    """One provision with its pupils. ``times`` are those of its sessions, each counted once; it holds no cost."""

    provision: Provision
    times: Figures
    rows: tuple[MapRow, ...]
    gaps: tuple[Gap, ...] = ()
    """Who has no rate for some of the days: the cost is then not the whole one."""

    @property
    def figures(self) -> Figures:
        return self.times.costing(each.figures for each in self.rows)
