"""The whole window, used, locked and killed: what it leaves in a person's folders says nothing of any pupil."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sencoapp.app import App
from tests.leaks.folders import own_folders
from tests.leaks.marked import MARKS
from tests.leaks.searching import leaks

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Everything that a program may write to, under one folder."""
    return tmp_path / "home"


@contextmanager
def running(home: Path, way: str) -> Iterator[None]:
    """The window in its own process, until it is killed. What it says is kept in the home too: a console is a log."""
    environment = {**os.environ, **own_folders(home), "QT_QPA_PLATFORM": "offscreen"}
    environment["PYTHONPYCACHEPREFIX"] = str(home.parent / "pyc")
    with (home / f"{way}.stderr").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.leaks.window", way], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=said, text=True
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line == "READY\n", (home / f"{way}.stderr").read_text()[-3000:]
        yield
    finally:
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def test_nothing_of_a_pupil_lies_in_any_folder_while_it_is_used_killed_and_started_again(home: Path) -> None:
    with running(home, "work"):
        assert leaks(MARKS, home) == [], "unlocked, with a note half typed"
        reports = list((home / "data" / "sencoapp" / "log").glob("fault-*.txt"))
        assert len(reports) == 1
        assert "FileNotFoundError" in reports[0].read_text()
    assert leaks(MARKS, home) == [], "killed"
    with running(home, "return"):
        assert leaks(MARKS, home) == [], "started again"
    assert App().is_profile(home / "data" / "sencoapp" / "profile")
