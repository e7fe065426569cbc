"""Start to usable window, and idle memory, against a bare PySide6 window."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measure import Figure, compare

ROOT = Path(__file__).parents[2]


def measure(profile: Path, larger: Path) -> list[Figure]:
    """Processes started one after the other. Memory is that of the window with Today shown and the record open."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled once; the first round does it here

    def run(which: str, folder: Path) -> dict[str, float]:
        began = time.clock_gettime(time.CLOCK_MONOTONIC)
        words = [sys.executable, "-m", "tests.bench.window", which, str(folder)]
        done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            told_why = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
            sys.exit(f"The window for {which} on {folder} gave no figure. {' '.join(told_why[-1:])}")
        told = json.loads(done.stdout.splitlines()[-1])
        return {"seconds": told["at"] - began, "rss": told["rss"], "took": told["took"]}

    def seconds(which: str, folder: Path = profile) -> float:
        return run(which, folder)["seconds"]

    def bare() -> float:
        return seconds("bare")

    return [
        compare("start to usable window (unlock screen)", lambda: seconds("unlock"), "bare window", bare, aim=1.5),
        compare("start, unlock and Today shown", lambda: seconds("today"), "bare window", bare, aim=3.0, rounds=5),
        compare(
            "the same, ten times the data", lambda: seconds("today", larger), "2,000 pupils", lambda: seconds("today"), aim=1.2, rounds=5
        ),
        compare(
            "from the key to the register shown",
            lambda: run("pupils", profile)["took"],
            "bare window",
            bare,
            limit=300,
            rounds=5,
        ),
        compare(
            "idle memory, Today shown",
            lambda: run("today", profile)["rss"],
            "bare window",
            lambda: run("bare", profile)["rss"],
            aim=1.6,
            limit=150,
            rounds=3,
            unit="MB",
            scale=1.0,
        ),
    ]
