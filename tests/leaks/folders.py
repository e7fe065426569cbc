"""Every folder that a program writes to by itself, moved under one."""

from pathlib import Path

_FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "run",
    "TMPDIR": "tmp",
    "TEMP": "tmp",
    "TMP": "tmp",
}


def own_folders(home: Path) -> dict[str, str]:
    """Makes them, for their owner only; what the environment of a process has to say for it to use them."""
    for name in _FOLDERS.values():
        (home / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: str(home / folder) for name, folder in _FOLDERS.items()}
