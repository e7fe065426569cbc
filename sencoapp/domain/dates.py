"""Dates as a person writes and reads them: in full on the way out, in almost any form on the way in.

Source: GOV.UK Design System, Date input (day before month, months in full, one plain message per mistake).
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from sencoapp.domain.refusals import Refusal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

Towards = Literal["past", "future", "nearest"]
"""Which way a date without a year, or a weekday alone, is taken."""

_YEARS_AHEAD = 10
_FEWEST_LETTERS = 3
_NEAR = {"today": 0, "now": 0, "yesterday": -1, "tomorrow": 1}
_RELATIVE = re.compile(r"([+-])\s*([0-9]{1,4})\s*(d|days?|w|weeks?|m|months?|y|years?)?")
_TOGETHER = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_PARTS = re.compile(r"[0-9]+|[a-z]+")
_ALLOWED = re.compile(r"[0-9a-z/.,\- ]+")


def full_date(day: date) -> str:
    """``24 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """``Tuesday 24 November 2026``."""
    return f"{WEEKDAYS[day.weekday()]} {full_date(day)}"


def short_date(day: date) -> str:
    """``24 November``, where the year is plain from what stands around it."""
    return f"{day.day} {MONTHS[day.month - 1]}"


def add_months(day: date, months: int) -> date:
    """The same day so many calendar months on (or back), or the last day of that month where it has no such day.

    A period of months ends on the corresponding date (Dodds v Walker [1981] 1 WLR 1027); 31 January and one month is
    28 or 29 February. Raises ``OverflowError`` outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole calendar months from one day to a later one; 0 where the end is not later."""
    months = (end.year - start.year) * 12 + end.month - start.month
    while months > 0 and add_months(start, months) > end:
        months -= 1
    return max(0, months)


def read_date(
    text: str,
    today: date,
    *,
    what: str = "the date",
    field: str | None = None,
    towards: Towards = "nearest",
    earliest: date | None = None,
    latest: date | None = None,
) -> date:
    """The date that a person typed.

    Reads ``27 3 26``, ``27/3/2026``, ``27.3.26``, ``270326``, ``2026-03-27``, ``27 mar``, ``27 March 2026``,
    ``fri``, ``last friday``, ``next fri``, ``today``, ``yesterday``, ``tomorrow``, ``+2w``, ``-3d``, ``+1m``. The day comes
    before the month. A year of two digits is the latest that lies no more than ten years after ``today``.
    ``towards`` places a date without a year and a weekday without "last" or "next"; today counts as both ways.
    ``what`` names the date in the message ("the review date"); ``earliest`` and ``latest`` bound it.

    Raises ``Refusal``: ``date_missing``, ``date_needs_day``, ``date_needs_month``, ``date_needs_year``, ``date_not_real``,
    ``date_not_understood``, ``date_must_be_past``, ``date_must_be_today_or_past``, ``date_must_be_future``,
    ``date_must_be_today_or_future``, ``date_too_early``, ``date_too_late``.
    """
    named = {"what": what, "What": what[:1].upper() + what[1:], **({"field": field} if field else {})}
    typed = " ".join(text.casefold().split()).strip(" .,")
    if not typed:
        raise Refusal("date_missing", **named)
    try:
        found = _read(typed, today, towards)
    except (ValueError, OverflowError):
        raise Refusal("date_not_real", **named) from None
    except _Unread as unread:
        raise Refusal(unread.key, **named) from None
    _within(found, today, earliest, latest, named)
    return found


class _Unread(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _within(found: date, today: date, earliest: date | None, latest: date | None, named: dict[str, str]) -> None:
    if latest is not None and found > latest:
        near = {today: "date_must_be_today_or_past", today - timedelta(days=1): "date_must_be_past"}
        raise Refusal(near.get(latest, "date_too_late"), limit=full_date(latest), **named)
    if earliest is not None and found < earliest:
        near = {today: "date_must_be_today_or_future", today + timedelta(days=1): "date_must_be_future"}
        raise Refusal(near.get(earliest, "date_too_early"), limit=full_date(earliest), **named)


def _read(typed: str, today: date, towards: Towards) -> date:
    if typed in _NEAR:
        return today + timedelta(days=_NEAR[typed])
    if found := _RELATIVE.fullmatch(typed):
        return _moved(today, int(found[1] + found[2]), (found[3] or "d")[0])
    if found := _ISO.fullmatch(typed):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _TOGETHER.fullmatch(typed):
        return date(_year(found[3], today), int(found[2]), int(found[1]))
    if not _ALLOWED.fullmatch(typed):
        raise _Unread("date_not_understood")
    return _from_parts(_PARTS.findall(typed), today, towards)


def _moved(today: date, count: int, unit: str) -> date:
    if unit == "m":
        return add_months(today, count)
    if unit == "y":
        return add_months(today, 12 * count)
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _from_parts(parts: list[str], today: date, towards: Towards) -> date:
    """Numbers and words in the order typed: a weekday and the endings of "27th" say nothing that the rest does not."""
    parts = [each for each in parts if each not in ("st", "nd", "rd", "th", "of", "the", "on")]
    weekdays = [each for each in parts if _place(each, WEEKDAYS) is not None]
    turns = [each for each in parts if each in ("last", "next", "this")]
    numbers = [each for each in parts if each.isdigit()]
    months = [each for each in parts if _place(each, MONTHS) is not None]
    if len(parts) != len(weekdays) + len(turns) + len(numbers) + len(months):
        raise _Unread("date_not_understood")
    if len(weekdays) == 1 and not numbers and not months and len(turns) <= 1:
        return _weekday(_place(weekdays[0], WEEKDAYS) or 0, today, turns[0] if turns else towards)
    if turns or len(weekdays) > 1 or len(months) > 1 or len(numbers) > 3 - len(months):
        raise _Unread("date_not_understood")
    if months:
        return _with_month_name((_place(months[0], MONTHS) or 0) + 1, numbers, today, towards)
    if len(numbers) == 3:
        if any(len(each) > 2 for each in numbers[:2]) or len(numbers[2]) not in (2, 4):
            raise _Unread("date_not_understood")
        return date(_year(numbers[2], today), int(numbers[1]), int(numbers[0]))
    if len(numbers) == 2 and len(numbers[1]) <= 2 and len(numbers[0]) <= 2:
        return _without_year(int(numbers[0]), int(numbers[1]), today, towards)
    raise _Unread("date_needs_month" if numbers and len(numbers[0]) <= 2 else "date_not_understood")


def _with_month_name(month: int, numbers: list[str], today: date, towards: Towards) -> date:
    if not numbers:
        raise _Unread("date_needs_day")
    if len(numbers) == 1:
        if len(numbers[0]) > 2:
            raise _Unread("date_needs_day")
        return _without_year(int(numbers[0]), month, today, towards)
    day, year = numbers
    if len(day) > 2 or len(year) not in (2, 4):
        raise _Unread("date_not_understood")
    return date(_year(year, today), month, int(day))


def _without_year(day: int, month: int, today: date, towards: Towards) -> date:
    near: list[date] = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            near.append(date(year, month, day))
        except ValueError:
            continue
    if not near:
        date(2000, month, day)  # 29 February is real in some year, so only the year is missing; anything else raises
        raise _Unread("date_needs_year")
    fits: Callable[[date], bool] = {"past": lambda each: each <= today, "future": lambda each: each >= today}.get(towards, lambda _: True)
    chosen = [each for each in near if fits(each)]
    if not chosen:
        raise _Unread("date_needs_year")
    return min(chosen, key=lambda each: abs(each - today))


def _weekday(wanted: int, today: date, turn: str) -> date:
    ahead = (wanted - today.weekday()) % 7
    if turn == "next":
        return today + timedelta(days=ahead or 7)
    if turn == "last":
        return today - timedelta(days=(7 - ahead) % 7 or 7)
    if turn == "past" or (turn == "nearest" and ahead > 3):
        return today - timedelta(days=(7 - ahead) % 7)
    return today + timedelta(days=ahead)


def _place(word: str, names: tuple[str, ...]) -> int | None:
    """Where a name stands, from its first three letters or more; "sept" and "thurs" are beginnings too."""
    if len(word) < _FEWEST_LETTERS:
        return None
    return next((place for place, name in enumerate(names) if name.casefold().startswith(word)), None)


def _year(digits: str, today: date) -> int:
    if len(digits) == 4:
        return int(digits)
    latest = today.year + _YEARS_AHEAD
    return latest - (latest - int(digits)) % 100
