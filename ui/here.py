"""Whether a window can open on this computer, and in one sentence why not."""

import importlib
import os
import re
import sys

from sencoapp import reference

_BROKEN = "6.12.0"
"""On Python before 3.12 it loses a reference to None with every call that returns nothing, and then ends the process."""


def why_no_window(*, screen: bool = True) -> str:
    """The sentence to print where no window can open; empty where one can. ``screen`` false: for pictures, which need none."""
    try:
        version = str(importlib.import_module("PySide6").__version__)
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return _missing(str(error))
    if version == _BROKEN and sys.version_info < (3, 12):
        return reference.say("welcome.qt_is_broken", version=version, python=".".join(map(str, sys.version_info[:2])))
    return _no_screen() if screen else ""


def _missing(said: str) -> str:
    library = re.search(r"[\w.+-]+\.(?:so|dll|dylib)[.\d]*", said)
    if library is None:
        return reference.say("welcome.qt_is_missing")
    return reference.say("welcome.library_is_missing", library=library.group())


def _no_screen() -> str:
    """Linux without a screen, or without what Qt needs for X11: Qt itself would end the process without a word to a person."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return reference.say("welcome.no_screen")
    from PySide6.QtCore import QLibraryInfo, QPluginLoader

    loader = QPluginLoader(f"{QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)}/platforms/libqxcb.so")
    return "" if loader.load() else _missing(loader.errorString().rpartition("(")[2])
