"""The start reads no source of what it imports."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_qt_does_not_read_the_source_of_what_is_imported_after_it():
    words = """from ui import quick_start; quick_start.load_qt()
import linecache; before = len(linecache.cache)
import sencoapp.app, ui.theme; print(len(linecache.cache) - before)"""
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_no_module_asks_for_another_way_of_writing_the_names_of_qt():
    """That is what the sources would be read for."""
    asking = [str(path) for room in ("ui", "sencoapp") for path in (ROOT / room).rglob("*.py") if "from __feature__" in path.read_text()]
    assert asking == [str(ROOT / "ui" / "quick_start.py")]  # where it is told of
