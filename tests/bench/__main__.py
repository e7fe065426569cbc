"""``python3 packaging/dev.py bench``: every figure beside its floor, measured in the same run.

Prints a table and writes ``out/bench.json``. The two schools are made once, in ``out/bench`` (about 3 GB), and kept.
"""

import json
import os
import platform
import sys
from pathlib import Path

from tests.bench import chronology, erasing, importing, loose_ends, maps, packs, quick_note, readiness, saving, searching, starting
from tests.bench.data import open_school, school
from tests.bench.measure import table

OUT = Path(__file__).parents[2] / "out"


def main() -> int:
    cache = Path(os.environ.get("SENCOAPP_BENCH_CACHE") or OUT / "bench")
    small, large = school(1, cache), school(10, cache)
    figures = [*starting.measure(small, large), *searching.measure(small, large)]
    place = open_school(small)
    try:
        figures += saving.measure(place)
    finally:
        place.close()
    figures += quick_note.measure(small)
    figures += chronology.measure(small)
    figures += readiness.measure(small)
    figures += maps.measure(cache)
    figures += loose_ends.measure(cache)
    figures += importing.measure()
    figures += erasing.measure(cache)
    figures += packs.measure()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    sys.stdout.write(table(figures) + f"\nload average {load:.2f}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    OUT.mkdir(exist_ok=True)
    (OUT / "bench.json").write_text(json.dumps({"load": load, "figures": [each.as_plain() for each in figures]}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
