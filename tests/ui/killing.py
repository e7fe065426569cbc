"""Somebody types in a program of their own, which is killed with SIGKILL once the window has kept what stands there."""

import os
import signal
import subprocess
import sys
from pathlib import Path


def type_and_be_killed(folder: Path, words: str, form: str = "observation") -> None:
    """Types ``words`` into a form of ``tests.ui.typist`` over the profile in ``folder``."""
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.ui.typist", str(folder), words, form],
        cwd=Path(__file__).resolve().parent.parent.parent,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert typist.stdout is not None
        assert typist.stdout.readline().strip() == "Draft saved"
    finally:
        typist.send_signal(signal.SIGKILL)
        typist.wait()
        typist.stdout.close()  # type: ignore[union-attr]
