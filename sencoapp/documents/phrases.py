"""Small phrases that several documents share: days, money, hours, names in a row."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import ProvisionRow
from sencoapp.reference import say
from sencoapp.services.provision import money, weeks_of

__all__ = ["day_of", "hours", "joined", "label_of", "money", "paid_wholly", "pattern", "period", "weeks_of", "year_name", "yes_no"]


def day_of(iso: str | None) -> str:
    """ "24 November 2026"; empty where there is no date. A text that is no date is given back as it is."""
    if not iso:
        return ""
    try:
        return full_date(date.fromisoformat(iso[:10]))
    except ValueError:
        return iso


def period(start: str | None, end: str | None) -> str:
    """ "1 June 2026 to 21 October 2026", or "from 1 June 2026"."""
    if start and end:
        return say("documents.period", start=_unbroken(day_of(start)), end=_unbroken(day_of(end)))
    return say("documents.since", start=day_of(start)) if start else ""


def _unbroken(day: str) -> str:
    """On one line, where there is room: a year alone below its day is hard to read down a column."""
    return day.replace(" ", "\u00a0")


def hours(minutes: int) -> str:
    """ "72 h", "11 h 30 min" or "45 min"."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return say("documents.minutes", minutes=rest)
    return say("documents.hours_minutes", hours=f"{whole:,}", minutes=rest) if rest else say("documents.hours", hours=f"{whole:,}")


def joined(parts: Sequence[str | None], between: str = ", ") -> str:
    return between.join(each for each in parts if each)


def label_of(codes: str, code: str | None) -> str:
    """The words for a DfE code; the code itself where it has none."""
    return reference.codes(codes).get(code or "", code or "")


def year_name(year: str | None) -> str:
    return label_of("NCyearActual", year)


def yes_no(value: bool | None) -> str:
    return say("documents.not_known" if value is None else "documents.yes" if value else "documents.no")


def pattern(row: ProvisionRow) -> str:
    """ "3 × 30 min" a week."""
    return say("documents.pattern", sessions=row["sessions_per_week"], minutes=row["minutes"])


def weeks(row: ProvisionRow) -> str:
    """ "12" or "5.8"."""
    return format(weeks_of(row).normalize(), "f")


def paid_wholly(row: ProvisionRow) -> str:
    """Why this pupil carries the whole cost of a group, in a sentence; empty where the cost is shared."""
    return say("documents.whole_cost", reason=row["whole_cost_reason"]) if row["whole_cost_reason"] else ""


def in_groups(sha256: str) -> str:
    """A SHA-256 as it is printed: four groups of sixteen."""
    return " ".join(sha256[at : at + 16] for at in range(0, len(sha256), 16))


def known(value: Any) -> str:
    """A value as text; what nobody recorded is said to be so."""
    return str(value) if value not in (None, "") else say("documents.not_recorded")
