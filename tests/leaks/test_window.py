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
    profile = home / "data" / "sencoapp" / "profile"
    with running(home, "work"):
        (copy,) = (profile / "open").glob("*/document.*")  # the one that was opened before it was locked is gone
        assert {each.path for each in leaks(MARKS, home)} <= {copy}, "unlocked, with a note half typed and a copy open elsewhere"
        assert copy.stat().st_mode & 0o077 == 0 or os.name != "posix"
        reports = list((home / "data" / "sencoapp" / "log").glob("fault-*.txt"))
        assert len(reports) == 1
        assert "FileNotFoundError" in reports[0].read_text()
    assert {each.path for each in leaks(MARKS, home)} <= {copy}, "killed"
    with running(home, "return"):
        assert leaks(MARKS, home) == [], "started again, before anybody unlocks"
    assert App().is_profile(profile)
