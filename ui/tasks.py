"""Work away from the window. Two verbs, and pages start no threads of their own (architecture.md, "Threads").

``Desk.query`` reads and ``Desk.change`` changes; both run on the one thread that owns the database, in the order
in which they were asked for. ``lane=Lane.ERRANDS`` sends work that waits for a network or draws a document to a
second thread, so that the record stays free; ``Lane.BACKUPS`` is for the folder that backups are copied to. Answers come
back on the window's thread; what a change saved is told to everyone through ``Desk.saved``.
"""

import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot
from shiboken6 import isValid

from sencoapp.domain.refusals import PlainMessage

if TYPE_CHECKING:
    from sencoapp.domain.record import Saved

T = TypeVar("T")

Refused = Callable[[PlainMessage], None]

SHOW_AFTER_MS = 600
"""Work that takes longer than this is shown, with its progress and a way to stop it (architecture.md, "Threads")."""

_TELL_EVERY_S = 0.05


class Lane(Enum):
    """Which thread does the work."""

    RECORD = "record"
    ERRANDS = "errands"
    BACKUPS = "backups"


class Job(QObject):
    """Long work as a person sees it: what is being done, how far it is, and a way to stop it.

    Hand ``job.progress`` and ``job.cancelled`` to the service, and the job itself to ``query`` or ``change``.
    Both are safe to call from the worker's thread.
    """

    progressed = Signal(str, int, int)
    """What is being done, how much of it, of how many (0 where that is not known)."""
    ended = Signal()

    def __init__(self, words: str, *, can_stop: bool = True) -> None:
        super().__init__()
        self.words = words
        self.can_stop = can_stop
        self._stop = threading.Event()
        self._told = 0.0

    def progress(self, doing: str, done: int, of: int) -> None:
        now = time.monotonic()
        if done >= of or now - self._told >= _TELL_EVERY_S:
            self._told = now
            self.progressed.emit(doing, done, of)

    def stop(self) -> None:
        """Asks the work to stop; the service then leaves nothing half-done."""
        self._stop.set()

    def cancelled(self) -> bool:
        return self._stop.is_set()


@dataclass(frozen=True)
class QueryOp:
    """A question to the record: what to run, and whom to tell."""

    owner: QObject
    run: Callable[[], Any]
    then: Callable[[Any], None] | None
    on_refused: Refused | None
    job: Job | None = None
    replace: str = ""


@dataclass(frozen=True)
class ChangeOp(QueryOp):
    """A change to the record: what it returns is, or holds, the ``Saved`` that is told to everyone."""

    once: bool = False


@dataclass(frozen=True)
class _Outcome:
    value: Any = None
    error: BaseException | None = None


class _Worker(QThread):
    """One thread that takes work from a queue until it is told to go home."""

    answered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.answers: deque[tuple[int, _Outcome]] = deque()
        self._waiting: deque[tuple[int, Callable[[], Any]]] = deque()
        self._bell = threading.Condition()
        self._closing = False

    def give(self, ticket: int, run: Callable[[], Any]) -> None:
        with self._bell:
            self._waiting.append((ticket, run))
            self._bell.notify()
        if not self.isRunning():
            self.start()

    def take_back(self, ticket: int) -> bool:
        """Whether the work had not begun, and now never will."""
        with self._bell:
            for each in self._waiting:
                if each[0] == ticket:
                    self._waiting.remove(each)
                    return True
        return False

    def close(self) -> None:
        """Finishes everything in the queue, then ends the thread."""
        with self._bell:
            self._closing = True
            self._bell.notify()
        self.wait()

    def run(self) -> None:
        while True:
            with self._bell:
                while not self._waiting and not self._closing:
                    self._bell.wait()
                if not self._waiting:
                    return
                ticket, work = self._waiting.popleft()
            self.answers.append((ticket, _carry_out(work)))
            # A closure over widgets must not die on this thread, so nothing of it is held here when the window is told.
            del work
            self.answered.emit()


def _carry_out(work: Callable[[], Any]) -> _Outcome:
    try:
        return _Outcome(value=work())
    except BaseException as error:  # whatever it was is reported on the window's thread
        return _Outcome(error=error)


class Desk(QObject):
    """Where the window hands in work. Owns the threads; made once for the application and closed last."""

    saved = Signal(object, object)
    """A ``Saved`` and the widget that asked for the change."""
    refused = Signal(object, object)
    """A ``PlainMessage`` that no ``on_refused`` took, and the widget that asked: the shell shows it."""
    failed = Signal(object)
    """The widget that asked a question whose answer was a bug: what it was to show is not there."""
    lasting = Signal(object)
    """A ``Job`` that has lasted longer than 600 ms: the shell shows its progress."""
    became_idle = Signal()
    """Everything that was handed in has been answered."""

    def __init__(self, parent: QObject | None = None, *, crash: Callable[[BaseException], None] | None = None) -> None:
        super().__init__(parent)
        self._crash = crash or _to_excepthook
        self._workers: dict[Lane, _Worker] = {}
        self._under_way: dict[int, tuple[QueryOp, Lane]] = {}
        self._next = 0
        self._open = True

    def query(
        self,
        owner: QObject,
        run: Callable[[], T],
        then: Callable[[T], None],
        on_refused: Refused | None = None,
        *,
        replace: str = "",
        job: Job | None = None,
        lane: Lane = Lane.RECORD,
    ) -> None:
        """Runs ``run`` on a worker and hands its answer to ``then`` on the window's thread.

        Nothing is called if ``owner`` is gone by then. With ``replace``, an earlier question of this owner under the same
        word that has not been answered is dropped: the newest wins. A ``PlainMessage`` goes to ``on_refused``, or
        to the shell; any other exception is a bug and goes to the crash handler.
        """
        self._hand_in(QueryOp(owner, run, then, on_refused, job, replace), lane)

    def change(
        self,
        owner: QObject,
        run: Callable[[], T],
        then: Callable[[T], None] | None = None,
        on_refused: Refused | None = None,
        *,
        job: Job | None = None,
        lane: Lane = Lane.RECORD,
        once: bool = False,
    ) -> None:
        """As ``query``, for work that changes the record. A ``Saved`` in its answer (alone or in a tuple) is told to everyone
        through ``saved``, also when ``owner`` is gone: the record has changed all the same.

        ``once``: while such a change of this owner is under way, further ones are not taken. A button that is pressed twice
        saves once.
        """
        if once and any(isinstance(op, ChangeOp) and op.once and op.owner is owner for op, _ in self._under_way.values()):
            return
        self._hand_in(ChangeOp(owner, run, then, on_refused, job, once=once), lane)

    def is_idle(self) -> bool:
        return not self._under_way

    def shut_down(self, last: Callable[[], None] | None = None) -> None:
        """Waits for all work to end, runs ``last`` on the record's thread (closing the database), and ends the threads.

        Answers that have not been handed out are dropped. Errors of ``last`` are raised here.
        """
        if not self._open:
            return
        self._open = False
        for op, _ in self._under_way.values():
            if op.job is not None:
                op.job.stop()
        ends: list[_Outcome] = []
        if last is not None:
            closing = last
            self._worker(Lane.RECORD).give(-1, lambda: ends.append(_carry_out(closing)))
        for worker in self._workers.values():
            worker.close()
        self._workers.clear()
        self._under_way.clear()
        for each in ends:
            if each.error is not None:
                raise each.error

    # ---- within -----------------------------------------------------------------------------------------------------

    def _hand_in(self, op: QueryOp, lane: Lane) -> None:
        if not self._open:
            return
        if op.replace:
            self._drop_older(op)
        self._next += 1
        ticket = self._next
        self._under_way[ticket] = (op, lane)
        self._worker(lane).give(ticket, op.run)
        if op.job is not None:
            QTimer.singleShot(SHOW_AFTER_MS, self, lambda: self._show_if_lasting(ticket))

    def _worker(self, lane: Lane) -> _Worker:
        if lane not in self._workers:
            worker = _Worker(lane.value)
            worker.answered.connect(self._collect)
            self._workers[lane] = worker
        return self._workers[lane]

    def _drop_older(self, op: QueryOp) -> None:
        for ticket, (older, lane) in list(self._under_way.items()):
            if older.owner is op.owner and older.replace == op.replace:
                self._workers[lane].take_back(ticket)
                del self._under_way[ticket]
                if older.job is not None:
                    older.job.stop()
                    older.job.ended.emit()

    def _show_if_lasting(self, ticket: int) -> None:
        if ticket in self._under_way:
            job = self._under_way[ticket][0].job
            if job is not None:
                self.lasting.emit(job)

    @Slot()
    def _collect(self) -> None:
        for worker in list(self._workers.values()):
            while worker.answers:
                self._finished(*worker.answers.popleft())

    def _finished(self, ticket: int, outcome: _Outcome) -> None:
        if ticket not in self._under_way:
            return
        op, _ = self._under_way.pop(ticket)
        if op.job is not None:
            op.job.ended.emit()
        try:
            self._answer(op, outcome)
        finally:
            if not self._under_way:
                self.became_idle.emit()

    def _answer(self, op: QueryOp, outcome: _Outcome) -> None:
        there = isValid(op.owner)
        if isinstance(outcome.error, PlainMessage):
            if there and op.on_refused is not None:
                op.on_refused(outcome.error)
            elif there:
                self.refused.emit(outcome.error, op.owner)
            return
        if outcome.error is not None:
            self._crash(outcome.error)
            if there and not isinstance(op, ChangeOp):
                self.failed.emit(op.owner)
            return
        if there and op.then is not None:
            op.then(outcome.value)
        if isinstance(op, ChangeOp):
            saved = saved_in(outcome.value)
            if saved is not None:
                self.saved.emit(saved, op.owner if isValid(op.owner) else None)


def saved_in(answer: object) -> "Saved | None":
    """The ``Saved`` in what a service returned: the answer itself, or a part of its tuple."""
    from sencoapp.domain.record import Saved

    if isinstance(answer, Saved):
        return answer
    if isinstance(answer, tuple):
        return next((each for each in answer if isinstance(each, Saved)), None)
    return None


def _to_excepthook(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
