"""Backups that happen by themselves: while nobody types, when the record locks, and when the program ends.

The copy beside the record is made on the record's thread; the copy to the school's folder has a thread of its own, so a network
drive that does not answer holds up neither a save nor a document.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage
from ui.tasks import Desk, Lane

if TYPE_CHECKING:
    from sencoapp.app import BackupErrand, BackupState, Workplace

_LOOK_EVERY_MS = 60_000


class BackupWatch(QObject):
    """Looks once a minute. ``told`` carries the ``BackupState`` after a copy, or the ``PlainMessage`` of one that could not be made."""

    told = Signal(object)

    def __init__(self, window: QObject, desk: Desk, place: "Workplace", untouched_for: Callable[[], float]) -> None:
        super().__init__(window)
        self._desk, self._place, self._untouched_for = desk, place, untouched_for
        self._under_way = False
        self._done = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Makes a backup where one is due, once in each stretch of time in which nobody types."""
        if self._untouched_for() < 60 * reference.data("rules", "backups.json")["idle_minutes"]:
            self._done = False
        elif not self._done and not self._under_way:
            self._under_way = self._done = True
            self._desk.query(self, lambda: self._place.backups.keep(), self._copy, self._refused)

    def _copy(self, errand: "BackupErrand") -> None:
        self._desk.query(self, errand.copy, self._tell, lane=Lane.BACKUPS)

    def _tell(self, state: "BackupState") -> None:
        self._under_way = False
        self.told.emit(state)

    def _refused(self, message: PlainMessage) -> None:
        self._under_way = False
        self.told.emit(message)


def problem_of(told: object) -> PlainMessage | None:
    """What is wrong, of what ``BackupWatch.told`` carries."""
    if isinstance(told, PlainMessage):
        return told
    problem = getattr(told, "problem", None)
    return problem if isinstance(problem, PlainMessage) else None


class LastBackup:
    """The backup that closing makes. ``close`` on the record's thread, then ``copy`` on any other."""

    def __init__(self, place: "Workplace", close: Callable[[], None], *, ends: bool) -> None:
        self._place, self._close, self._ends = place, close, ends
        self._errand: BackupErrand | None = None

    def close(self) -> None:
        """Closes the record whatever becomes of the backup: what is wrong is told when it is opened again."""
        try:
            with suppress(PlainMessage):
                self._errand = self._place.backups.keep(closing=self._ends)
        finally:
            self._close()

    def copy(self) -> None:
        if self._errand is not None:
            self._errand.copy()
