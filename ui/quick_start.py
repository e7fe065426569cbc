"""What keeps the start short: the garbage collector rests, and PySide does not read the source of everything that is imported."""

import gc
import importlib
import sys
from types import ModuleType


def rest() -> None:
    """Called before anything of Qt is imported. All that is made while the program loads stays, and looking through it again and
    again costs a tenth of the start."""
    gc.disable()


def load_qt() -> None:
    """Imports Qt before anything else of the window.

    PySide reads the source of each module that is imported after it, and keeps it, to see whether the word PySide6 is in it: for
    modules that switch on another way of writing its names (``from __feature__ import snake_case``). None of ours does, and PySide
    lives in ``ui`` alone, so the name says as much. Without it 350 sources are not read, and 9 MB are free. A PySide that does
    this in another way is left as it is.
    """
    importlib.import_module("PySide6.QtWidgets")
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = _is_of_the_window  # type: ignore[union-attr]


def resume() -> None:
    """Called when the first window is there. What was made until then is not looked at again."""
    gc.freeze()
    gc.enable()


def _is_of_the_window(module: ModuleType) -> bool:
    return module.__name__.partition(".")[0] in ("ui", "__main__")
