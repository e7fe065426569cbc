"""What Debian and Ubuntu must bring for Qt and for the tests. Windows and macOS need none of it.

``dev.py`` asks only when something is found to be missing. Packages are installed where this may be done
without asking anybody (root, or sudo without a password); otherwise ``command_for`` gives the line to type.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

# Measured on a bare Debian 12 (debootstrap minbase); freetype, X11 and the DejaVu fonts follow by dependency.
QT = (
    "libglib2.0-0",
    "libgl1",
    "libegl1",
    "libxkbcommon0",
    "libdbus-1-3",
    "libfontconfig1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxkbcommon-x11-0",
    "libxcb-shape0",
)

# The program that is looked for, and the packages that bring it.
TEST_PROGRAMS = {
    "xvfb-run": ("xvfb", "xauth"),
    "dbus-run-session": ("dbus",),
    "gnome-keyring-daemon": ("gnome-keyring",),
    "pdftoppm": ("poppler-utils",),
    "chromium": ("chromium",),
    "chromedriver": ("chromium-driver",),
}

# Debian and Ubuntu renamed these when time stamps grew to 64 bits; the old name is tried where the new one is not known.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}

_lists_are_fresh = False


def missing_test_programs() -> list[str]:
    """The programs that some tests need and that are not on this computer."""
    if not sys.platform.startswith("linux"):
        return []
    return [program for program in TEST_PROGRAMS if shutil.which(program) is None]


def install(*packages: str) -> bool:
    """Installs packages and says whether they are there now. Does nothing where it may not, or where there is no apt."""
    prefix = _as_root()
    if prefix is None or shutil.which("apt-get") is None:
        return False
    _freshen_lists(prefix)
    names = _today(packages)
    print(f"Installing system packages: {', '.join(names)}.", flush=True)
    # Packages must not stop to ask a question that nobody sees.
    line = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *_apt_get("install", "-y", "--no-install-recommends"), *names]
    return _quietly(line) == 0


def command_for(*packages: str) -> str:
    """The one line that a person with the right to do so types instead."""
    return f"sudo apt-get install --no-install-recommends {' '.join(_today(packages))}"


def _as_root() -> list[str] | None:
    if not sys.platform.startswith("linux"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    return None


def _freshen_lists(prefix: list[str]) -> None:
    global _lists_are_fresh
    if not _lists_are_fresh:
        # A list that cannot be fetched is no reason to stop: the packages may be known already.
        _quietly([*prefix, *_apt_get("update")])
        _lists_are_fresh = True


def _quietly(line: list[str]) -> int:
    """Runs a command and shows what it said only where it failed."""
    ran = subprocess.run(line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if ran.returncode:
        print(ran.stdout, flush=True)
    return ran.returncode


def _apt_get(*words: str) -> list[str]:
    return ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", *words]


def _today(packages: tuple[str, ...]) -> list[str]:
    return [RENAMED[name] if name in RENAMED and _is_known(RENAMED[name]) else name for name in packages]


def _is_known(package: str) -> bool:
    if shutil.which("apt-cache") is None:
        return False
    return subprocess.run(["apt-cache", "show", package], capture_output=True).returncode == 0
