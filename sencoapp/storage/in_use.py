"""One program at a time uses a profile. The system lets go of the mark when the program ends, however it ends."""

import errno
import os
import sys
from pathlib import Path

from sencoapp.domain.refusals import Fault

LOCK = "in-use.lock"
_NO_LOCKS_HERE = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.ENOSYS, errno.EINVAL}


class InUse:
    """The mark that a program has on a profile's folder, until ``release``. The file itself stays and holds nothing."""

    def __init__(self, folder: Path, name: str = LOCK) -> None:
        """Raises ``Fault("record_is_open_elsewhere")``, or ``OSError`` where the folder cannot be written to."""
        self._descriptor: int | None = os.open(folder / name, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as error:
            if error.errno in _NO_LOCKS_HERE:  # some network drives: SQLite's own locks are all there is then
                return
            self.release()
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
                raise Fault("record_is_open_elsewhere") from error
            raise

    def release(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
