"""A reminder once a day of how much is due, also while the record is locked. It names nobody and holds nothing but dates."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer

from sencoapp.reference import say

LOOK_EVERY_MS = 15 * 60_000
FROM_HOUR = 8
"""Not in the night."""


class Reminders(QObject):
    """``remind`` shows a sentence outside the window. ``learn`` tells the days on which something is due."""

    def __init__(self, parent: QObject, remind: Callable[[str], object], now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(parent)
        self._remind, self._now = remind, now
        self._due: tuple[date, ...] = ()
        self._last = date.min
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def learn(self, due: Sequence[date]) -> None:
        """Whoever has the window before them today sees it there, and is reminded from tomorrow on."""
        self._due, self._last = tuple(due), self._now().date()

    def look(self) -> None:
        """Reminds where a new day has begun and something is due on it or was before."""
        now = self._now()
        if now.date() <= self._last or now.hour < FROM_HOUR:
            return
        self._last = now.date()
        count = sum(each <= self._last for each in self._due)
        if count:
            self._remind(say("shell.reminder_one") if count == 1 else say("shell.reminder", count=count))

    def stop(self) -> None:
        self._timer.stop()
