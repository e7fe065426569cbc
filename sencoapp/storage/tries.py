"""Wrong passphrases in a row, and how long to wait after them (sync.md 6, line 11).

A small file beside the card counts them, with the times of the first and the last; it holds nothing personal. It slows a person
who guesses at this computer. It does not stop one who copies the profile and guesses elsewhere: against that stand Argon2id and the
keyring's second secret (``crypto.keys``).
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from math import ceil
from pathlib import Path

from sencoapp.domain.refusals import Fault
from sencoapp.folders import TRIES
from sencoapp.services.ports import Clock
from sencoapp.storage.whole_files import write_whole

FREE_TRIES = 5
FIRST_WAIT_SECONDS = 30
LONGEST_WAIT_SECONDS = 480


def uptime() -> float:
    """Seconds since this computer started: a clock that nobody sets. Sleep counts where the system tells."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


@dataclass(frozen=True)
class WrongTries:
    """What was tried in vain since the last time the profile opened. ``first`` and ``last`` are ISO times.

    ``codes`` of recovery sheets are counted to be told, and nobody waits for them.
    """

    count: int
    first: str
    last: str
    uptime: float
    codes: int = 0

    def seconds_to_wait(self, now: datetime, up: float) -> int:
        """Whole seconds until the next try; at most ``LONGEST_WAIT_SECONDS``, so that nobody is locked out.

        As long as the computer runs its uptime decides, and setting the clock changes nothing. After a restart the clock is
        believed, but a clock that was set back is not: then it is the time since the start that counts.
        """
        if self.count < FREE_TRIES:
            return 0
        wait: int = min(FIRST_WAIT_SECONDS << min(self.count - FREE_TRIES, 10), LONGEST_WAIT_SECONDS)
        restarted = up < self.uptime
        gone = max(up, (now - datetime.fromisoformat(self.last)).total_seconds()) if restarted else up - self.uptime
        return max(0, ceil(wait - gone))


class Tries:
    """The counter of one profile."""

    def __init__(self, folder: Path, clock: Clock, up: Callable[[], float] = uptime) -> None:
        self._path = folder / TRIES
        self._clock, self._up = clock, up

    def so_far(self) -> WrongTries | None:
        """None where nothing was tried in vain. A file that is not ours counts as none."""
        try:
            found = WrongTries(**json.loads(self._path.read_text("utf-8")))
            aware = all(datetime.fromisoformat(each).tzinfo is not None for each in (found.first, found.last))
        except (OSError, ValueError, TypeError):
            return None
        counts = (found.count, found.codes)
        sound = aware and all(type(each) is int and each >= 0 for each in counts) and type(found.uptime) in (int, float)
        return found if sound else None

    def seconds_to_wait(self) -> int:
        found = self.so_far()
        return found.seconds_to_wait(self._clock.now(), self._up()) if found else 0

    def must_not_wait(self) -> None:
        """Raises ``Fault("wait_before_next_try")`` with the number of wrong tries and the seconds to wait."""
        found, seconds = self.so_far(), self.seconds_to_wait()
        if found is not None and seconds:
            raise Fault("wait_before_next_try", count=found.count, seconds=seconds)

    def count_one(self) -> None:
        """One more passphrase that was wrong. Where the disk takes nothing, the record must open all the same."""
        before = self._before()
        self._write(replace(before, count=before.count + 1, uptime=self._up()))

    def count_code(self) -> None:
        """One more code that was wrong."""
        before = self._before()
        self._write(replace(before, codes=before.codes + 1))

    def _before(self) -> WrongTries:
        found, now = self.so_far(), self._clock.now().isoformat()
        return replace(found, last=now) if found else WrongTries(0, now, now, self._up())

    def _write(self, tries: WrongTries) -> None:
        try:
            write_whole(self._path, json.dumps(asdict(tries)).encode())
        except OSError:
            return

    def forget(self) -> None:
        """The profile has opened, and the record has noted what was tried before."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return
