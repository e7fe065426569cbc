"""Dates as school systems write them (interop.md 3.1). Day before month, always: the other way round is refused."""

import re
from datetime import date, timedelta
from typing import Literal

DateFault = Literal["impossible", "month_first", "unreadable"]

_FULL_MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6,
    "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_MONTHS = {name[:3]: number for name, number in _FULL_MONTHS.items()}
_TIME = r"(?:[T ]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\s*(?:[AaPp][Mm])?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}")
_NUMBERS = re.compile(rf"([0-9]{{1,2}})([-/. ])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}}){_TIME}")
_DAY_FIRST = re.compile(
    rf"(?:[A-Za-z]+,? )?([0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[- /]*([A-Za-z]+)\.?,?[- /]*([0-9]{{4}}|[0-9]{{2}}){_TIME}"
)
_MONTH_FIRST = re.compile(rf"([A-Za-z]+)\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}}){_TIME}")
_YEAR_FIRST = re.compile(rf"([0-9]{{4}})-([A-Za-z]+)-([0-9]{{1,2}}){_TIME}")
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_EXCEL_DAY_NONE = date(1899, 12, 30)


class NotADate(ValueError):
    """A text that cannot be taken as a date; ``reason`` says why."""

    def __init__(self, reason: DateFault) -> None:
        super().__init__(reason)
        self.reason = reason


def read_date(text: str, *, today: date, years_ahead: int = 10) -> date:
    """The date that a cell or an element holds.

    Reads 14/03/2012, 4/3/2012, 14-03-2012, 14.03.12, ISO dates with or without a time, 16 Dec 2025,
    14th March 2012, March 14, 2012, 2022-Sep-28 and Excel's serial numbers (40982). A year of two digits
    is the latest that lies no more than ``years_ahead`` after ``today``. Raises ``NotADate``.
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(text):
        return _day_first(int(found[1]), int(found[3]), _year(found[4], today.year + years_ahead))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(_year(found[3], today.year + years_ahead), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.fullmatch(text):
        return _day(int(found[3]), _month(found[1]), int(found[2]))
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), _month(found[2]), int(found[3]))
    if _SERIAL.fullmatch(text):
        return _EXCEL_DAY_NONE + timedelta(days=int(text[:5]))
    raise NotADate("unreadable")


def order_of(text: str) -> Literal["day_first", "month_first", "either"] | None:
    """What a date of numbers shows about its order: 14/03/2012 the day first, 03/14/2012 the month, 03/04/2012 neither.

    None for every other form, and for 05/05/2012, which is the same both ways.
    """
    found = _NUMBERS.fullmatch(" ".join(text.split()))
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if first == second:
        return None
    if first > 12:
        return "day_first"
    return "month_first" if second > 12 else "either"


def _day_first(day: int, month: int, year: int) -> date:
    if month > 12 and 1 <= day <= 12 and month <= 31:
        raise NotADate("month_first")
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate("impossible") from None


def _month(word: str) -> int:
    lower = word.casefold()
    month = _FULL_MONTHS.get(lower) or (_MONTHS.get(lower[:3]) if len(lower) <= 4 else None)
    if month is None:
        raise NotADate("unreadable")
    return month


def _year(digits: str, latest: int) -> int:
    if len(digits) == 4:
        return int(digits)
    return latest - (latest - int(digits)) % 100
