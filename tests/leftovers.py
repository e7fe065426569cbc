"""What a test may not leave behind: threads, running Qt threads and timers, top-level windows, other programs.

Qt is looked at only where a test has already brought it in.
"""

import gc
import importlib
import os
import select
import sys
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

PATIENCE_SECONDS = 3.0

# Programs that Python starts once for itself and keeps.
KEPT_BY_PYTHON = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")
# The thread by which pytest-timeout keeps time where there are no signals.
KEPT_BY_PYTEST = "pytest_timeout"
# Qt keeps its one tool tip.
KEPT_BY_QT = ("QTipLabel",)

_started: "weakref.WeakSet[Any]" = weakref.WeakSet()
_watched = False


@dataclass(frozen=True)
class Leftovers:
    """What is running and standing at one moment."""

    threads: frozenset[threading.Thread]
    programs: frozenset[int]
    qt: frozenset[int]

    @classmethod
    def now(cls) -> Self:
        return cls(frozenset(threading.enumerate()), frozenset(_programs()), frozenset(_qt_objects()))

    def what_is_new(self) -> list[str]:
        """What has come since and does not end within a moment, each in words."""
        until = time.monotonic() + PATIENCE_SECONDS
        found = [f"the thread {each.name}" for each in threading.enumerate() if each not in self.threads and not _ends(each, until)]
        found += [f"the program {_name(each)}" for each in _programs() if each not in self.programs and not _program_ends(each, until)]
        return found + self._new_in_qt(until)

    def _new_in_qt(self, until: float) -> list[str]:
        if _qt_objects().keys() - self.qt:
            # What is coming to its end, or only waiting to be deleted, is not left behind.
            _let_qt_threads_end(until)
            _delete_what_is_due()
            gc.collect()
            _delete_what_is_due()
        return [words for key, words in _qt_objects().items() if key not in self.qt]


def watch_qt() -> None:
    """From here on every QThread and QTimer that is started is known; the window tests call this before each test."""
    global _watched
    if not _watched:
        from PySide6.QtCore import QThread, QTimer

        for kind in (QThread, QTimer):
            kind.start = _noted(kind.start)  # type: ignore[method-assign]
        _watched = True


def _noted(start: Any) -> Any:
    def noted_start(self: Any, *args: Any, **named: Any) -> Any:
        _started.add(self)
        return start(self, *args, **named)

    return noted_start


def _ends(thread: threading.Thread, until: float) -> bool:
    if isinstance(thread, threading._DummyThread) or thread.name.startswith(KEPT_BY_PYTEST):
        return True  # a dummy is the shadow of a thread of Qt's, and those are looked for by themselves
    thread.join(max(0.0, until - time.monotonic()))
    return not thread.is_alive()


def _programs() -> set[int]:
    """The programs that this one has started and that still run. Only Linux tells."""
    found: set[int] = set()
    for task in Path("/proc/self/task").glob("*/children"):
        try:
            found.update(map(int, task.read_text("ascii").split()))
        except OSError:
            continue  # that thread has just ended
    return {each for each in found if not any(kept in _name(each) for kept in KEPT_BY_PYTHON)} if found else found


def _program_ends(program: int, until: float) -> bool:
    try:
        handle = os.pidfd_open(program)
    except ProcessLookupError:
        return True
    try:
        ended, _, _ = select.select([handle], [], [], max(0.0, until - time.monotonic()))
        return bool(ended)
    finally:
        os.close(handle)


def _name(program: int) -> str:
    try:
        return Path(f"/proc/{program}/cmdline").read_text("utf-8", "replace").replace("\0", " ").strip() or str(program)
    except OSError:
        return str(program)


def _qt_objects() -> dict[int, str]:
    """Running Qt threads and timers, and windows that belong to no other: their address and what to call them."""
    if "PySide6.QtCore" not in sys.modules:
        return {}
    shiboken = importlib.import_module("shiboken6")
    found = [each for each in list(_started) if shiboken.isValid(each) and _is_running(each)]
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is not None and widgets.QApplication.instance() is not None:
        windows = widgets.QApplication.topLevelWidgets()
        found += [each for each in windows if shiboken.isValid(each) and each.parent() is None and type(each).__name__ not in KEPT_BY_QT]
    return {shiboken.getCppPointer(each)[0]: _in_words(each) for each in found}


def _let_qt_threads_end(until: float) -> None:
    for each in list(_started):
        if hasattr(each, "wait") and importlib.import_module("shiboken6").isValid(each):
            each.wait(max(0, int((until - time.monotonic()) * 1000)))


def _is_running(each: Any) -> bool:
    return bool(each.isRunning() if hasattr(each, "isRunning") else each.isActive())


def _delete_what_is_due() -> None:
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)


def _in_words(each: Any) -> str:
    name = each.objectName()
    kind = "window" if hasattr(each, "isWindow") else "timer or thread"
    return f"the {kind} {type(each).__name__}" + (f" “{name}”" if name else "")
