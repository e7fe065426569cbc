"""What the disk does, for every room that writes on it: its troubles in words that help, and readable copies that are wiped."""

import errno
import os
import stat
from pathlib import Path

from sencoapp.domain.refusals import Fault

_PIECE = bytes(1 << 16)


def os_fault(error: OSError) -> Fault | None:
    """The fault that an error of the file system stands for; None where it is a mistake of ours."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault("disk_full")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return Fault("disk_read_only")
    return Fault("disk_trouble") if error.errno in (errno.EIO, errno.ENODEV, errno.ENXIO) else None


def wipe_file(path: Path) -> None:
    """What lay there is written over before its name goes. A solid-state disk may keep the cells (CONTRIBUTING, "Copies")."""
    mode = path.lstat().st_mode
    if stat.S_ISREG(mode):
        if not mode & stat.S_IWUSR:
            path.chmod(mode | stat.S_IWUSR)
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(_PIECE[:left])
            file.flush()
            os.fsync(file.fileno())
            file.truncate(0)
    path.unlink()
