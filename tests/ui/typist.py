"""A person who types an observation and is interrupted: run as a program, so that it can be killed.

``python -m tests.ui.typist FOLDER WORDS`` opens the profile, types, and says "Draft saved" when the window does.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from sencoapp.app import Workplace
from tests.places import PASSPHRASE, new_app
from ui.pages.quick_entry import QuickEntry, open_quick_entry
from ui.preferences import Preferences
from ui.room import Room
from ui.rooms import WindowWays, furnish
from ui.shell import Shell
from ui.tasks import Desk
from ui.theme import set_up


def type_for_ever(folder: Path, words: str) -> None:
    application = QApplication([])
    set_up(application)
    desk, app = Desk(), new_app()
    shell = Shell(desk, Preferences(QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)), school="School", person="Person")
    opened: list[Workplace] = []
    desk.query(shell, lambda: app.open(folder, PASSPHRASE), opened.append)
    _wait(lambda: bool(opened))
    ways = WindowWays(shell)
    room = Room(app, opened[0], desk, ways)
    ways.room = room
    furnish(shell, room)
    shell.show()
    shell.open("pupils")
    entry = open_quick_entry(room)
    _wait(desk.is_idle)
    _type(entry, words)
    _wait(lambda: "Draft saved" in entry.state.words())
    sys.stdout.write("Draft saved\n")
    sys.stdout.flush()
    application.exec()


def _type(entry: QuickEntry, words: str) -> None:
    QTest.keyClicks(entry.form.pupil.edit, "kia")
    _wait(lambda: entry.form.pupil._list.count() == 1)
    QTest.keyClick(entry.form.pupil.edit, Qt.Key.Key_Return)
    QTest.keyClicks(entry.form.text, words)


def _wait(until: object) -> None:
    while not until():  # type: ignore[operator]
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    type_for_ever(Path(sys.argv[1]), sys.argv[2])
