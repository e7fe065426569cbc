"""Ids and times made on this laptop."""

import random
import secrets
import threading
import time
from datetime import UTC, date, datetime


class SystemClock:
    """The laptop's clock. Times are UTC; the day is the day where the laptop is."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now(UTC).astimezone().date()


class UuidIds:
    """UUIDv7 (RFC 9562, 5.7) as 32 hex digits. Ids made by one laptop rise, even where its clock does not."""

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        with self._lock:
            ticks = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
            self._last = ticks
        milliseconds, fraction = ticks >> 12, ticks & 0xFFF
        value = milliseconds << 80 | 7 << 76 | fraction << 64 | 2 << 62 | secrets.randbits(62)
        return f"{value:032x}"


class SetClock:
    """A clock that is set by hand: for the demo school, whose year is written in a minute, and for tests."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def set(self, at: datetime) -> None:
        """Moves the clock, forwards or back."""
        self._at = at

    def now(self) -> datetime:
        return self._at

    def today(self) -> date:
        return self._at.date()


class SeededIds:
    """Ids that are the same in every run with the same seed and clock. For the demo school only."""

    def __init__(self, seed: int, clock: SetClock) -> None:
        self._random = random.Random(seed)  # noqa: S311 (no secret hangs on it)
        self._clock = clock

    def new(self) -> str:
        milliseconds = int(self._clock.now().timestamp() * 1000)
        value = milliseconds << 80 | 7 << 76 | self._random.getrandbits(12) << 64 | 2 << 62 | self._random.getrandbits(62)
        return f"{value:032x}"
