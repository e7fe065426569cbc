"""Where things lie on this computer. Known before any library of the record is loaded, so that the window can open at once."""

import json
import os
import re
import sys
from pathlib import Path

CARD = "profile.json"
"""The file that makes a folder a profile: its wrapped keys, and the label that a person chose."""
TRIES = "tries.json"
"""The file that counts what was tried in vain since the profile was last open."""
MOST_SHOWN = 80
GONE = ".gone"
"""How the name of a folder ends from which a profile is being removed for good."""

_ID = re.compile("[0-9a-f]{32}")


def default_folder() -> Path:
    """Where the first profile lies unless they say otherwise."""
    return _base() / "profile"


def further_folder() -> Path:
    """Where the profiles lie that were begun after the first, each in a folder of its own."""
    return _base() / "profiles"


def profiles_in(further: Path) -> list[Path]:
    """The profiles in ``further_folder``, in the order in which they were begun: their names are ids, and nothing else is one."""
    try:
        return sorted(each for each in further.iterdir() if _ID.fullmatch(each.name) and is_profile(each))
    except OSError:
        return []


def gone_from(further: Path) -> list[Path]:
    """The places in ``further_folder`` from which a profile is being removed."""
    return [further / each.name[1:33] for each in further.glob(f".*{GONE}") if _ID.fullmatch(each.name[1:33])]


def label_of(folder: Path) -> str:
    """What the first screen calls a profile; empty where nobody chose a label."""
    return " ".join(_on_card(folder, "label").split())[:MOST_SHOWN]


def id_of(folder: Path) -> str:
    """The id of the profile in a folder, which its backups have too; empty where there is none."""
    return _on_card(folder, "profile")


def _on_card(folder: Path, name: str) -> str:
    try:
        found = json.loads((folder / CARD).read_text("utf-8")).get(name, "")
    except (OSError, ValueError, AttributeError):
        return ""
    return found if isinstance(found, str) else ""


def councils_folder() -> Path:
    """Where the folders of councils lie that a school added, for every profile on this computer. ``SENCOAPP_COUNCILS`` names another."""
    named = os.environ.get("SENCOAPP_COUNCILS")
    return Path(named).expanduser() if named else _base() / "councils"


def demo_folder() -> Path:
    """Where the demo school lies: beside the profile, never within it."""
    return _base() / "demo"


def log_folder() -> Path:
    """Where reports about faults of the program go. They hold nothing personal (``ui.crash``)."""
    return _base() / "log"


def is_profile(folder: Path) -> bool:
    """Whether a record was begun in this folder, or was restored for it and needs only to be moved into it."""
    return (folder / CARD).exists() or (ready_folder(folder) / CARD).exists()


def ready_folder(folder: Path) -> Path:
    """Where a restored record waits, whole and proved, for the moment in which it takes the place of the one before."""
    return folder.with_name(f".{folder.name}.ready")


def _base() -> Path:
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "sencoapp"
