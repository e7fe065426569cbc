"""Cold start to a usable window, and idle memory, against a bare PySide6 window."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.measure import Figure, compare

ROOT = Path(__file__).parents[2]

BARE = """
import json, os, sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv[:1])
window = QMainWindow()
window.setCentralWidget(QLabel("bare"))
window.resize(1366, 768)
window.show()
def tell():
    at = time.clock_gettime(time.CLOCK_MONOTONIC)
    rss = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmRSS")) / 1024
    print(json.dumps({"at": at, "rss": rss}), flush=True)
    app.quit()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, tell))
app.exec()
"""


def measure(profile: Path, passphrase_file: Path) -> list[Figure]:
    """Processes started one after the other, on a profile with 2,000 pupils; the key derivation is light (tests/bench/data.py)."""
    bare = {"code": BARE, "words": []}
    ours = {"code": "import sys; from ui.__main__ import main; sys.exit(main())", "words": ["--profile", str(profile), "--bench-start"]}
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
        "SENCOAPP_PASSPHRASE_FILE": str(passphrase_file),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }

    def run(which: dict[str, object]) -> dict[str, float]:
        began = time.clock_gettime(time.CLOCK_MONOTONIC)
        done = subprocess.run(
            [sys.executable, "-c", which["code"], *which["words"]], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )  # type: ignore[misc,list-item]
        told = json.loads(done.stdout.splitlines()[-1])
        return {"seconds": told["at"] - began, "rss": told["rss"]}

    start = compare("start to usable window", lambda: run(ours)["seconds"], "bare window", lambda: run(bare)["seconds"], aim=1.5)
    memory = compare(
        "idle memory", lambda: run(ours)["rss"], "bare window", lambda: run(bare)["rss"], aim=1.6, rounds=3, unit="MB", scale=1.0
    )
    return [start, memory]
