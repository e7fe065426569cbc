"""``sencoapp note`` from a process of its own: the quick note opens in the program that runs, after unlocking where it is locked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tests.places import PASSPHRASE, add_pupil
from tests.ui.starting import Program, shown_words
from ui import tray
from ui.bell import Bell, name_for, ring
from ui.pages.quick_entry import QuickEntry
from ui.preferences import Preferences

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.qt_log_ignore("does not support raise", "systemTrayWindowChanged", extend=True)
"""What Qt says of a platform without a screen, which can neither raise a window nor show an icon."""


@pytest.fixture
def program(qtbot, tmp_path):
    made = Program(qtbot, tmp_path)
    yield made
    made.leave()


def rung_by_another_process(program) -> int:
    """Runs the command as a key of the desktop does; the window goes on meanwhile."""
    caller = subprocess.Popen(
        [sys.executable, "-m", "ui", "--profile", str(program.folder / "profile"), "note"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    program.qtbot.waitUntil(lambda: caller.poll() is not None, timeout=30_000)
    program.settle()
    return caller.returncode


def open_notes() -> list[QuickEntry]:
    return [each for window in QApplication.topLevelWidgets() for each in window.findChildren(QuickEntry) if each.isVisible()]


def test_the_quick_note_opens_in_the_program_that_runs(program):
    program.unlocked(add_pupil)
    program.keeper.be_reached(program.folder / "profile")
    assert rung_by_another_process(program) == 0
    assert len(open_notes()) == 1


def test_a_locked_record_asks_for_its_passphrase_first(program):
    program.unlocked(add_pupil)
    program.keeper.be_reached(program.folder / "profile")
    program.keeper.lock()
    program.settle()
    for _ in range(2):
        assert rung_by_another_process(program) == 0
    assert open_notes() == []
    assert shown_words(program.keeper.door).count("The quick note opens as soon as you have unlocked.") >= 1
    page = program.door_page()
    page.passphrase.line.setText(PASSPHRASE)
    page.button.click()
    program.settle()
    assert len(open_notes()) == 1


def test_nobody_answers_where_no_program_runs(qapp, tmp_path):
    assert not ring(tmp_path)


def test_another_word_opens_nothing_and_a_socket_left_by_a_killed_program_is_taken_over(qtbot, tmp_path):
    left = QLocalServer()
    assert left.listen(name_for(tmp_path))
    path = left.fullServerName()
    left.close()
    Path(path).touch()
    bell = Bell(tmp_path)
    rings = []
    bell.rung.connect(lambda: rings.append(1))
    assert bell.is_listening()
    for words in (b"delete everything\n", b"note\n"):
        socket = QLocalSocket()
        socket.connectToServer(name_for(tmp_path))
        assert socket.waitForConnected(1_000)
        socket.write(words)
        socket.flush()
        qtbot.waitUntil(lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState, timeout=5_000)
    assert rings == [1]
    bell.stop()


def preferences(tmp_path):
    return Preferences(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


def test_the_icon_beside_the_clock_writes_opens_and_locks(qtbot, qapp, tmp_path):
    done = []
    icon = tray.Tray(qapp, preferences(tmp_path), *(lambda each=each: done.append(each) for each in ("note", "open", "lock")))
    for action in icon._menu.actions():
        if not action.isCheckable():
            action.trigger()
    icon._icon.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    icon._icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert done == ["note", "open", "lock", "note"]
    icon.stop()
    icon.deleteLater()


def test_a_person_who_wants_no_reminders_gets_none_and_the_laptop_remembers_it(qtbot, qapp, tmp_path, monkeypatch):
    shown = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _icon, title, words, *_: shown.append(words))
    icon = tray.Tray(qapp, preferences(tmp_path), *([lambda: None] * 3))
    icon.remind("3 things are due.")
    icon.morning.trigger()
    icon.remind("4 things are due.")
    assert shown == ["3 things are due."]
    assert not preferences(tmp_path).reminders
    icon.stop()
    icon.deleteLater()
