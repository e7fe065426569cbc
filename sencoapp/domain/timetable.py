"""When provision is given in the week, and where an adult or a pupil would be in two places. It warns and never blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from sencoapp.domain.provision import ProvisionPlace, ProvisionStaff

WEEKDAYS = (1, 2, 3, 4, 5)
"""Monday to Friday."""
_HOUR = 60


@dataclass(frozen=True)
class ProvisionSlot:
    """One time in the week at which a provision is given."""

    id: str
    provision: str
    weekday: int
    """1 is Monday, 5 is Friday."""
    starts_at: str
    """ "09:30", by the clock on the wall."""
    minutes: int
    room: str | None = None
    staff_member: str | None = None
    """Who gives this one; None for every adult of the provision."""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def begins(self) -> int:
        """Minutes past midnight."""
        hours, _, minutes = self.starts_at.partition(":")
        return int(hours) * _HOUR + int(minutes)

    @property
    def ends(self) -> int:
        return self.begins + self.minutes

    @property
    def ends_at(self) -> str:
        return clock(self.ends)


@dataclass(frozen=True)
class Days:
    """A span of days, both included."""

    first: date
    last: date

    def within(self, first: date | None, last: date | None) -> "Days | None":
        """The part of it that lies between two days, where None is no limit; None where nothing is left."""
        start, end = max(self.first, first or self.first), min(self.last, last or self.last)
        return Days(start, end) if start <= end else None


@dataclass(frozen=True)
class Clash:
    """Somebody who is to be in two places at once, and from which day on."""

    kind: Literal["adult", "pupil"]
    who: str
    one: ProvisionSlot
    other: ProvisionSlot
    first: date


@dataclass(frozen=True)
class Timetable:
    """The slots of provision with who is in them: adults by link, pupils by their places, each for their days."""

    slots: Sequence[ProvisionSlot]
    runs: Mapping[str, Days]
    """The days of each provision, from its first to its last."""
    staff: Mapping[str, Sequence[ProvisionStaff]]
    places: Mapping[str, Sequence[ProvisionPlace]]

    def days_of(self, slot: ProvisionSlot) -> Days | None:
        run = self.runs.get(slot.provision)
        return run.within(slot.starts_on, slot.ends_on) if run else None

    def adults(self, slot: ProvisionSlot) -> dict[str, list[Days]]:
        """The members of staff of a slot, each with their days."""
        days = self.days_of(slot)
        if days is None:
            return {}
        if slot.staff_member is not None:
            return {slot.staff_member: [days]}
        return _by_who((each.staff_member, days.within(each.starts_on, each.ends_on)) for each in self.staff.get(slot.provision, ()))

    def pupils(self, slot: ProvisionSlot) -> dict[str, list[Days]]:
        """The pupils of a slot, each with their days."""
        days = self.days_of(slot)
        if days is None:
            return {}
        return _by_who((each.pupil, days.within(each.starts_on, each.ends_on)) for each in self.places.get(slot.provision, ()))

    def on(self, day: date) -> list[ProvisionSlot]:
        """What is given on a day, earliest first."""
        found = (
            each
            for each in self.slots
            if each.weekday == day.isoweekday() and (days := self.days_of(each)) and days.first <= day <= days.last
        )
        return sorted(found, key=lambda each: (each.begins, each.provision, each.id))

    def clashes(self, since: date = date.min) -> list[Clash]:
        """Everybody who is to be in two places on a day from ``since`` on, once for each pair of slots."""
        found: list[Clash] = []
        of_day: dict[int, list[ProvisionSlot]] = {}
        for each in self.slots:
            of_day.setdefault(each.weekday, []).append(each)
        who = {each.id: (self.adults(each), self.pupils(each)) for each in self.slots}
        for slots in of_day.values():
            for one, other in combinations(sorted(slots, key=lambda each: (each.begins, each.id)), 2):
                if other.begins >= one.ends or one.begins >= other.ends:
                    continue
                for kind, mine, theirs in zip(("adult", "pupil"), who[one.id], who[other.id], strict=True):
                    for person in mine.keys() & theirs.keys():
                        first = _first_together(mine[person], theirs[person], one.weekday, since)
                        if first is not None:
                            found.append(Clash("adult" if kind == "adult" else "pupil", person, one, other, first))
        return sorted(found, key=lambda each: (each.first, each.one.begins, each.who, each.other.id))


def clock(minutes: int) -> str:
    """ "09:30" for 570."""
    return f"{minutes // _HOUR:02d}:{minutes % _HOUR:02d}"


def read_clock(typed: str) -> str | None:
    """ "09:30" for "9:30", "9.30", "0930" or "9"; None for what is no time of day. "1:15" is after one at night, as it says."""
    text = typed.strip().casefold().replace(".", ":").replace(" ", "")
    after_noon, before_noon = text.endswith("pm"), text.endswith("am")
    text = text.removesuffix("pm").removesuffix("am")
    if text.isdigit() and len(text) in (3, 4):
        text = f"{text[:-2]}:{text[-2:]}"
    hours, _, minutes = text.partition(":")
    if not (hours.isascii() and hours.isdigit() and len(hours) <= 2) or (
        minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) == 2)
    ):
        return None
    hour, minute = int(hours), int(minutes or 0)
    if (after_noon or before_noon) and not 1 <= hour <= 12:
        return None
    if after_noon or before_noon:
        hour = hour % 12 + (12 if after_noon else 0)
    return clock(hour * _HOUR + minute) if hour < 24 and minute < _HOUR else None


def _first_together(mine: Iterable[Days], theirs: Iterable[Days], weekday: int, since: date) -> date | None:
    """The first day of the week's day on which both hold."""
    firsts = []
    for one in mine:
        for other in theirs:
            both = one.within(max(other.first, since), other.last)
            if both is not None:
                day = both.first + timedelta(days=(weekday - both.first.isoweekday()) % 7)
                if day <= both.last:
                    firsts.append(day)
    return min(firsts, default=None)


def _by_who(found: Iterable[tuple[str | None, Days | None]]) -> dict[str, list[Days]]:
    by: dict[str, list[Days]] = {}
    for who, days in found:
        if who is not None and days is not None:
            by.setdefault(who, []).append(days)
    return by
