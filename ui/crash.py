"""What happens when the program itself is at fault: a report without anything personal, and one sentence.

A report says which fault, in which modules at which lines, and in which versions. Never the words of the fault, never values, never
a path: any of them may hold a pupil's name. The record is safe: every save was committed before it was shown.
"""

import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from sencoapp import __version__, reference
from sencoapp.domain.refusals import Fault

_MOST_REPORTS = 20


def report(error: BaseException) -> str:
    """The lines of a report, from what a person did to where it went wrong."""
    import platform

    lines = [f"sencoapp {__version__}", f"Python {platform.python_version()} on {platform.system()} {platform.machine()}", _qt(), ""]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        kind = type(cause)
        lines.append(f"{kind.__module__}.{kind.__qualname__}")
        lines += [f"  {place}" for place in _places(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines) + "\n"


class CrashHandler:
    """Takes every exception that nobody expected. ``tell`` shows the sentence; it is called once for each different fault."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tell: Callable[[Fault], None] = _on_stderr
        self._known: set[str] = set()

    def install(self) -> None:
        """From now on exceptions of the window's and of other threads come here."""
        sys.excepthook = lambda _kind, error, _trace: self.take(error)
        threading.excepthook = lambda what: self.take(what.exc_value) if what.exc_value is not None else None

    def take(self, error: BaseException) -> None:
        """Writes a report and has the sentence shown."""
        if isinstance(error, KeyboardInterrupt | SystemExit):
            return
        words = report(error)
        if words in self._known:
            return
        self._known.add(words)
        self._write(words)
        self.tell(Fault("program_at_fault", folder=str(self.folder)))

    def _write(self, words: str) -> None:
        # Where not even a report can be written, the sentence is still shown.
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            older = sorted(self.folder.glob("fault-*.txt"))
            for each in older[: max(0, len(older) - _MOST_REPORTS + 1)]:
                each.unlink()
            (self.folder / f"fault-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}.txt").write_text(words, "utf-8")
        except OSError:
            return


def _on_stderr(fault: Fault) -> None:
    sys.stderr.write(reference.explain(fault) + "\n")


def _places(trace: TracebackType | None) -> list[str]:
    found = []
    while trace is not None:
        found.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}, line {trace.tb_lineno}")
        trace = trace.tb_next
    return found


def _qt() -> str:
    qt = sys.modules.get("PySide6")
    return f"PySide6 {qt.__version__}" if qt is not None else "no Qt"
