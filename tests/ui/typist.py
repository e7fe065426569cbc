"""A person who types into a form and is interrupted: run as a program, so that it can be killed.

``python -m tests.ui.typist FOLDER WORDS [FORM]`` opens the profile, types, and says "Draft saved" when it is kept. ``FORM`` is a
name of ``FORMS``; without one it is the observation.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from tests.places import PASSPHRASE, new_app
from ui.pages.quick_entry import QuickEntry, open_quick_entry
from ui.pages.register_add import open_add_pupil
from ui.preferences import Preferences
from ui.room import Room
from ui.rooms import WindowWays, furnish
from ui.shell import Shell
from ui.tasks import Desk
from ui.theme import set_up


def type_for_ever(folder: Path, words: str, form: str) -> None:
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
    FORMS[form](shell, room, words)
    sys.stdout.write("Draft saved\n")
    sys.stdout.flush()
    application.exec()


def _observation(shell: Shell, room: Room, words: str) -> None:
    shell.open("pupils")
    entry = open_quick_entry(room)
    _wait(room.desk.is_idle)
    _type(entry, words)
    _wait(lambda: "Draft saved" in entry.state.words())


def _new_pupil(shell: Shell, room: Room, words: str) -> None:
    open_add_pupil(room, shell.open("pupils"))
    _type_into(room, _field(shell, "Surname"), words)


def _contact(shell: Shell, room: Room, words: str) -> None:
    _press_on_tab(shell, room, "contacts", "Add a contact")
    _type_into(room, _field(shell, "Surname"), words)


def _status(shell: Shell, room: Room, words: str) -> None:
    _press_on_tab(shell, room, "overview", "Change status")
    _type_into(room, _field(shell, "Why (optional)"), words)


FORMS: dict[str, Callable[[Shell, Room, str], None]] = {
    "observation": _observation,
    "new_pupil": _new_pupil,
    "contact": _contact,
    "status": _status,
}


def _press_on_tab(shell: Shell, room: Room, tab: str, button: str) -> None:
    found: list[str] = []
    room.ask(shell, lambda place: place.session.record.find(Pupil)[0].id, found.append)
    _wait(lambda: bool(found))
    shell.open("pupil", {"pupil": found[0], "tab": tab})
    QTest.mouseClick(_field(shell, button), Qt.MouseButton.LeftButton)


def _type_into(room: Room, field: QWidget, words: str) -> None:
    kept: list[object] = []
    QTest.keyClicks(field, words)

    def look() -> bool:
        room.ask(room.ways._shell, lambda place: list(place.session.record.drafts()), lambda found: kept.extend(found))  # type: ignore[attr-defined]
        return any(words in str(each) for each in kept)

    _wait(look)


def _field(shell: Shell, name: str) -> QWidget:
    """What is called so, as soon as it is in sight."""
    found: list[QWidget] = []

    def look() -> bool:
        found[:] = [each for each in shell.findChildren(QWidget) if each.accessibleName() == name and each.isVisible()]
        found[:] = [each for each in found if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
        return bool(found)

    _wait(look)
    return found[0]


def _type(entry: QuickEntry, words: str) -> None:
    QTest.keyClicks(entry.form.pupil.edit, "kia")
    _wait(lambda: entry.form.pupil._list.count() == 1)
    QTest.keyClick(entry.form.pupil.edit, Qt.Key.Key_Return)
    QTest.keyClicks(entry.form.text, words)


def _wait(until: Callable[[], bool]) -> None:
    while not until():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


if __name__ == "__main__":
    type_for_ever(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "observation")
