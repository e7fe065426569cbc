"""Which backups are kept, and when the next one is due.

The order of backups is the order of the log that they hold, never that of a clock: a laptop's clock may be set back a year.
The day in a backup's name says only which backups are of one day, one week, one month.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SUFFIX = ".senbackup"
_NAME = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) save (\d{{1,12}}){re.escape(SUFFIX)}")


@dataclass(frozen=True, order=True)
class Kept:
    """One backup in a folder: up to which save it goes, and the day it was made."""

    position: int
    day: date

    @property
    def name(self) -> str:
        return f"{self.day.isoformat()} save {self.position}{SUFFIX}"


@dataclass(frozen=True)
class Thinning:
    """How many days, weeks and months keep their newest backup."""

    daily: int
    weekly: int
    monthly: int


def read_name(name: str) -> Kept | None:
    """The backup that a file's name speaks of; None for a file that is not one of ours, which nobody may touch."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        kept = Kept(int(found[2]), date.fromisoformat(found[1]))
    except ValueError:
        return None
    return kept if kept.name == name else None


def to_thin(kept: Iterable[Kept], thinning: Thinning) -> list[Kept]:
    """The backups that may go, oldest first. Never the newest one; and what stays would all stay again."""
    newest_first = sorted(set(kept), reverse=True)
    stays = set(newest_first[:1])
    stays |= _newest_of_each(newest_first, thinning.daily, lambda day: day)
    stays |= _newest_of_each(newest_first, thinning.weekly, lambda day: day.isocalendar()[:2])
    stays |= _newest_of_each(newest_first, thinning.monthly, lambda day: (day.year, day.month))
    return [each for each in reversed(newest_first) if each not in stays]


def _newest_of_each(newest_first: list[Kept], count: int, period: Callable[[date], Hashable]) -> set[Kept]:
    found: dict[Hashable, Kept] = {}
    for each in newest_first:
        found.setdefault(period(each.day), each)
        if len(found) > count:
            found.popitem()
            break
    return set(found.values())


def is_due(position: int, newest: Kept | None, made_at: datetime | None, now: datetime, hours: int) -> bool:
    """Whether something was saved that no backup holds, and the last backup is not of this very morning.

    ``hours`` is the least time between two backups; 0 when the record is being closed. A last backup from the future,
    by a clock that was wrong then or is now, holds nothing up.
    """
    if newest is not None and position <= newest.position:
        return False
    return newest is None or made_at is None or abs(now - made_at) >= timedelta(hours=hours)
