"""The computer locks or sleeps, and the record with it. On Linux over a real message bus; Windows' messages are read from memory."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui import system_lock
from ui.pages.unlock import UnlockPage
from ui.system_lock import SessionMessages, SystemLock

from .starting import Program


def test_a_record_locks_with_the_computer_and_the_trail_says_why(program: Program) -> None:
    program.unlocked()
    assert program.keeper._system is not None
    program.keeper._system.active_changed(False)
    assert program.keeper.shell is not None
    program.keeper._system.active_changed(True)
    program.settle()
    assert program.keeper.shell is None
    assert isinstance(program.door_page(), UnlockPage)
    place = program.app.open(program.gate.folder, "four words that rhyme")
    assert [each.what for each in place.session.record.trail()] == ["unlocked", "locked_with_computer", "unlocked"]
    place.close()


@pytest.mark.parametrize("before", [True, False])
def test_it_locks_before_sleep_and_again_on_waking(program: Program, before: bool) -> None:
    program.unlocked()
    assert program.keeper._system is not None
    program.keeper._system.sleeping(before)
    program.settle()
    assert program.keeper.shell is None


# ---- Linux: a bus of its own in place of both, the session's and the system's --------------------------------------------

ON_A_BUS = """
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ui import system_lock

system_lock.LOGIND_SERVICE = ""
qt = QApplication([])
window = QWidget()
watch = system_lock.SystemLock(window)
heard = []

def hear():
    heard.append(1)
    qt.exit(0)

watch.locked.connect(hear)
subprocess.Popen(["dbus-send", *sys.argv[1:]]).wait()
QTimer.singleShot(int(5000), lambda: qt.exit(3))
status = qt.exec()
watch.stop()
print("HEARD" if heard else "SILENCE")
"""

SIGNALS = {
    "a screen saver": ("--session", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged", "boolean:true"),
    "GNOME": ("--session", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"),
    "logind before sleep": ("--system", "/org/freedesktop/login1", "org.freedesktop.login1.Manager.PrepareForSleep", "boolean:true"),
    "logind locking": ("--system", "/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session.Lock"),
}


@pytest.mark.keyring
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has D-Bus")
@pytest.mark.parametrize("kind", SIGNALS)
def test_what_linux_says_on_a_real_bus_is_heard(kind: str) -> None:
    bus, path, *signal = SIGNALS[kind]
    given = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": os.environ["DBUS_SESSION_BUS_ADDRESS"], "QT_QPA_PLATFORM": "offscreen"}
    line = [sys.executable, "-c", ON_A_BUS, bus, "--type=signal", path, *signal]
    ran = subprocess.run(line, env=given, capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == "HEARD", ran.stdout + ran.stderr


# ---- Windows: its messages, as they lie in memory ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "word", "locks"),
    [(0x02B1, 0x7, True), (0x02B1, 0x8, False), (0x0218, 0x4, True), (0x0218, 0x12, False), (0x0100, 0x7, False)],
    ids=["locked", "unlocked", "falls asleep", "wakes", "a key"],
)
def test_the_messages_of_windows_are_told_apart(message: int, word: int, locks: bool) -> None:
    heard: list[int] = []
    lying = wintypes.MSG(message=message, wParam=word)
    messages = SessionMessages(lambda: heard.append(1))
    assert messages.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(lying)) == (False, 0)
    assert bool(heard) is locks
    messages.nativeEventFilter(b"xcb_generic_event_t", 0)


def test_where_no_bus_is_nothing_is_said_and_nothing_breaks(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capfd: Iterator[str]) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("DBUS_SYSTEM_BUS_ADDRESS", raising=False)
    monkeypatch.setattr(system_lock, "_SYSTEM_BUS", Path("/nowhere"))
    window = QWidget()
    qtbot.addWidget(window)
    SystemLock(window).stop()
    assert capfd.readouterr() == ("", "")  # type: ignore[attr-defined]
