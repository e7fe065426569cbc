"""The clock that the demo school's year is written with."""

from datetime import date, datetime
from typing import Protocol


class MovableClock(Protocol):
    """A clock that can be set to a day of the year that is being written."""

    def set(self, at: datetime) -> None: ...

    def now(self) -> datetime: ...

    def today(self) -> date: ...
