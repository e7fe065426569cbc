"""What this process must not tell when it dies, nor when somebody turns a library's log on."""

import logging
import sys

_HUSHED = {"PIL": logging.WARNING, "pikepdf": logging.CRITICAL + 1}
"""Libraries that log what stands in a file: Pillow, at DEBUG, the place where a photo was taken; pikepdf the words that a damaged PDF
trips it over. What is wrong with a file is said to the person by its ``Fault``."""


def be_discreet() -> None:
    """Called before a key is in memory. Lasts as long as the process, and for those that it starts."""
    hush_libraries()
    _leave_no_memory_behind()


def hush_libraries() -> None:
    """Called before a stranger's file is opened."""
    for name, level in _HUSHED.items():
        logging.getLogger(name).setLevel(level)


def _leave_no_memory_behind() -> None:
    """A picture of the memory, such as systems keep of a program that crashed, would hold the key and open pages.

    Linux: a limit of 1 byte is too little for any file, and the only one that also keeps the memory from a program which collects such
    pictures (core(5), "Piping core dumps"); ``PR_SET_DUMPABLE`` is left alone, because desktop portals then refuse to open files for us.
    Windows: no report is offered to be sent. Swap and hibernation are for the disk's own encryption (BitLocker, FileVault, LUKS).
    """
    if sys.platform == "win32":
        import ctypes

        fail_critical_errors, no_fault_box = 0x0001, 0x0002
        ctypes.windll.kernel32.SetErrorMode(fail_critical_errors | no_fault_box)
    else:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        least = 1 if most == resource.RLIM_INFINITY or most >= 1 else 0
        resource.setrlimit(resource.RLIMIT_CORE, (least, most))
