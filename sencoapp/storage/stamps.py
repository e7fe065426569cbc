"""Ids and times made on this laptop."""

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
