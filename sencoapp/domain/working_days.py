"""Working days in England: neither Saturday nor Sunday, nor a bank holiday.

Source: SEND Regulations 2014, reg 2 ("working day"); Banking and Financial Dealings Act 1971, Schedule 1. The holidays of
a single year, such as a coronation, are data (``bank_holidays`` in ``resources/rules/england.json``).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

_SATURDAY = 5


@cache
def usual_bank_holidays(year: int) -> frozenset[date]:
    """The eight holidays that recur each year, with the substitute days for those that fall on a weekend."""
    easter = easter_sunday(year)
    first_of_may, last_of_may, last_of_august = date(year, 5, 1), date(year, 5, 31), date(year, 8, 31)
    christmas, boxing_day = date(year, 12, 25), date(year, 12, 26)
    fixed = {
        easter - timedelta(days=2),
        easter + timedelta(days=1),
        first_of_may + timedelta(days=-first_of_may.weekday() % 7),
        last_of_may - timedelta(days=last_of_may.weekday()),
        last_of_august - timedelta(days=last_of_august.weekday()),
        _after_weekend(date(year, 1, 1)),
    }
    christmas_kept = date(year, 12, 27) if christmas.weekday() >= _SATURDAY else christmas
    boxing_kept = date(year, 12, 28) if boxing_day.weekday() >= _SATURDAY else boxing_day
    return frozenset(fixed | {christmas_kept, boxing_kept})


def bank_holidays(year: int, exceptions: Mapping[str, Any] | None = None) -> frozenset[date]:
    """The bank holidays of a year; ``exceptions`` has ISO dates under ``added`` and ``taken_away``."""
    known = exceptions or {}
    added = {date.fromisoformat(each) for each in known.get("added", ())}
    gone = {date.fromisoformat(each) for each in known.get("taken_away", ())}
    return frozenset({each for each in usual_bank_holidays(year) | added if each.year == year} - gone)


def is_working_day(day: date, exceptions: Mapping[str, Any] | None = None) -> bool:
    return day.weekday() < _SATURDAY and day not in bank_holidays(day.year, exceptions)


def first_working_day_from(day: date, exceptions: Mapping[str, Any] | None = None) -> date:
    """The day itself where it is a working day, otherwise the next one."""
    while not is_working_day(day, exceptions):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, exceptions: Mapping[str, Any] | None = None) -> date:
    """So many working days after a day, which is not counted itself. ``count`` is 0 or more; 0 gives the day."""
    for _ in range(count):
        day = first_working_day_from(day + timedelta(days=1), exceptions)
    return day


def easter_sunday(year: int) -> date:
    """Easter in the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century + 8) // 25
    moon_fix = (century - moon_shift + 1) // 3
    full_moon = (19 * golden + century - leap_centuries - moon_fix + 15) % 30
    leaps, rest = divmod(of_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leaps - full_moon - rest) % 7
    late_fix = (golden + 11 * full_moon + 22 * to_sunday) // 451
    month, day = divmod(full_moon + to_sunday - 7 * late_fix + 114, 31)
    return date(year, month, day + 1)


def _after_weekend(day: date) -> date:
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= _SATURDAY else day
