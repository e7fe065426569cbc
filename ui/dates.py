"""Days and times beside each other on a screen. Dates in full come from ``sencoapp.domain.dates``."""

from datetime import date, datetime, timedelta

from sencoapp.domain.dates import full_date, short_date

_HALF_A_YEAR = 183


def nearby(day: date, today: date) -> str:
    """ "Today", "Yesterday", "Tomorrow", else "24 November", with its year where that is more than half a year away."""
    near = {today: "Today", today - timedelta(days=1): "Yesterday", today + timedelta(days=1): "Tomorrow"}
    if day in near:
        return near[day]
    return short_date(day) if abs((day - today).days) < _HALF_A_YEAR else full_date(day)


def nearby_within(day: date, today: date) -> str:
    """As ``nearby``, within a line of words: "started today"."""
    words = nearby(day, today)
    return words.lower() if abs((day - today).days) <= 1 else words


def clock(moment: datetime) -> str:
    """ "10:42" on this laptop's clock."""
    return f"{moment.astimezone():%H:%M}"
