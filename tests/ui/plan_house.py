"""The real window over a real record, for the tests of plans and provision: what is pressed, typed and seen in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import Workplace
from tests.places import PASSPHRASE, new_app, new_place
from ui.page import Page
from ui.pages.plan import PlanTab
from ui.preferences import Preferences
from ui.room import Room
from ui.rooms import WindowWays, furnish
from ui.shell import Shell
from ui.tasks import Desk

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class House:
    """A window with every page. ``fill`` writes into the record before it is opened."""

    def __init__(self, qtbot: QtBot, desk: Desk, folder: Path, fill: Callable[[Workplace], None] | None = None) -> None:
        self.qtbot, self.desk = qtbot, desk
        self.app = new_app()
        place = new_place(folder / "profile", self.app)
        try:
            if fill is not None:
                fill(place)
        finally:
            place.close()
        opened: list[Workplace] = []
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.shell = Shell(desk, Preferences(settings), school="Barrowby Primary", person="Mrs Ruth Adeyemi, SENCO")
        qtbot.addWidget(self.shell)
        desk.query(self.shell, lambda: self.app.open(folder / "profile", PASSPHRASE), opened.append)
        qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
        ways = WindowWays(self.shell)
        self.room = Room(self.app, opened[0], desk, ways)
        ways.room = self.room
        furnish(self.shell, self.room)
        self.shell.resize(1366, 768)
        self.shell.show()
        qtbot.waitExposed(self.shell)

    def close(self) -> None:
        self.desk.shut_down(self.room.place.close)

    def open(self, page: str, **args: Any) -> Page:
        shown = self.shell.open(page, args)
        self.settle()
        return shown

    def settle(self) -> None:
        """Waits until everything that was asked has been answered and shown: Qt lays out new parts when it next has time."""
        for _ in range(2):
            self.qtbot.waitUntil(self.desk.is_idle, timeout=10_000)
            QApplication.processEvents()

    def record(self, ask: Callable[[Workplace], T]) -> T:
        """What the record says, asked on its own thread."""
        found: list[T] = []
        self.desk.query(self.shell, lambda: ask(self.room.place), found.append)
        self.settle()
        return found[0]

    # ---- what a person does -----------------------------------------------------------------------------------------

    def click(self, name: str, within: QWidget | None = None) -> None:
        """Clicks the button that is called so, and waits for what follows."""
        self.qtbot.mouseClick(self.button(name, within), Qt.MouseButton.LeftButton)
        self.settle()

    def press(self, key: Qt.Key, *, control: bool = False) -> None:
        """Presses a key where the focus is."""
        modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        self.qtbot.keyClick(self.focus(), key, modifier)
        self.settle()

    def shortcut(self, keys: str) -> None:
        """Presses keys in the window, as for a command."""
        QTest.keySequence(self.focus(), keys)
        self.settle()

    def enter(self, words: str) -> None:
        """Types where the focus is."""
        self.qtbot.keyClicks(self.focus(), words)

    def write(self, name: str, words: str, within: QWidget | None = None) -> None:
        """Goes to the field that is called so, empties it and types."""
        field = self.named(QWidget, name, within)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        self.qtbot.keyClick(self.focus(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.qtbot.keyClick(self.focus(), Qt.Key.Key_Delete)
        self.enter(words)

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None
        return found

    # ---- what a person sees -----------------------------------------------------------------------------------------

    def button(self, name: str, within: QWidget | None = None) -> QAbstractButton:
        return self.named(QAbstractButton, name, within)

    def named(self, kind: type[W], name: str, within: QWidget | None = None) -> W:
        found = [each for each in (within or self.shell).findChildren(kind) if each.accessibleName() == name and each.isVisible()]
        focusable = [each for each in found if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
        assert focusable, f"nothing in sight is called “{name}”"
        return focusable[0]

    def sees(self, words: str, within: QWidget | None = None) -> bool:
        """Whether a label in sight holds the words."""
        return any(words in each.text() for each in (within or self.shell).findChildren(QLabel) if each.isVisible())

    def has_button(self, name: str) -> bool:
        return any(each.accessibleName() == name and each.isVisible() for each in self.shell.findChildren(QAbstractButton))

    def plan(self, pupil: str, **where: Any) -> PlanTab:
        """The Plan tab of a pupil."""
        page: Any = self.open("pupil", pupil=pupil, tab="plan", **where)
        tab = page.tab("plan")
        assert isinstance(tab, PlanTab)
        return tab

    def undo(self) -> None:
        """Presses Undo in the toast."""
        self.click("Undo")
