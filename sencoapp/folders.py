"""Where things lie on this computer. Known before any library of the record is loaded, so that the window can open at once."""

import os
import sys
from pathlib import Path

CARD = "profile.json"
"""The file that makes a folder a profile: its wrapped keys, and nothing personal."""


def default_folder() -> Path:
    """Where a person's profile lies unless they say otherwise."""
    return _base() / "profile"


def demo_folder() -> Path:
    """Where the demo school lies: beside the profile, never within it."""
    return _base() / "demo"


def log_folder() -> Path:
    """Where reports about faults of the program go. They hold nothing personal (``ui.crash``)."""
    return _base() / "log"


def is_profile(folder: Path) -> bool:
    """Whether a record was begun in this folder."""
    return (folder / CARD).exists()


def _base() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "sencoapp"
