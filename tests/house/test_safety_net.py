"""The safety net itself: it catches what it is there to catch, and lets go of what has ended."""

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests import leftovers
from tests.leftovers import Leftovers, watch_qt
from tests.unplanned_logs import UnplannedLogs


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(leftovers, "PATIENCE_SECONDS", 0.05)


def test_a_thread_that_goes_on_is_found_and_one_that_ended_is_not(impatient):
    before, ended = Leftovers.now(), threading.Event()
    thread = threading.Thread(target=ended.wait, name="restless")
    thread.start()
    assert before.what_is_new() == ["the thread restless"]
    ended.set()
    thread.join()
    assert before.what_is_new() == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells which programs a program started")
def test_a_program_that_goes_on_is_found_and_one_that_ended_is_not(impatient):
    before = Leftovers.now()
    program = subprocess.Popen([sys.executable, "-c", "input('restless')"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    [found] = before.what_is_new()
    assert "restless" in found
    program.communicate(b"\n")
    assert before.what_is_new() == []


def test_a_window_and_a_running_timer_are_found_until_they_are_gone(qapp, impatient):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    watch_qt()
    before = Leftovers.now()
    window, timer = QWidget(objectName="forgotten"), QTimer()
    timer.start(60_000)
    assert sorted(before.what_is_new()) == ["the timer or thread QTimer", "the window QWidget “forgotten”"]
    timer.stop()
    window.deleteLater()
    assert before.what_is_new() == []


def test_a_qt_thread_is_found_until_it_has_ended(qapp, impatient):
    from PySide6.QtCore import QThread

    watch_qt()
    before = Leftovers.now()
    thread = QThread()
    thread.start()
    assert before.what_is_new() == ["the timer or thread QThread"]
    thread.quit()
    thread.wait()
    assert before.what_is_new() == []


def test_an_unplanned_warning_is_trouble_and_a_planned_one_is_not():
    # Not entered, so that the net under this very test does not see the records.
    logs = UnplannedLogs()
    logs.emit(logging.LogRecord("sencoapp.sync", logging.WARNING, __file__, 1, "the gateway did not %s", ("answer",), None))
    assert logs.trouble() == "Unplanned in the log: WARNING sencoapp.sync: the gateway did not answer"
    logs("sencoapp", "did not answer")
    assert logs.trouble() == ""
    logs("sencoapp.storage", "full")
    assert logs.trouble() == "Planned for the log and not there: sencoapp.storage: full"


def test_a_planned_warning_passes_through_the_net(expects_log):
    expects_log("house", "planned")
    logging.getLogger("house").warning("this was planned")


def test_every_test_has_a_home_of_its_own(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        assert Path(os.environ[name]).is_relative_to(base)


def test_no_test_reaches_the_keyring_of_the_person_who_runs_it():
    import keyring
    import keyring.errors

    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.get_password("sencoapp", "anyone")
