"""The whole program in a folder of its own: what the tests of the first screens and of the pages around the record stand on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import App, Workplace
from tests.places import PASSPHRASE, new_app, new_place
from ui.application import Application
from ui.crash import CrashHandler
from ui.gate import Gate, Opened
from ui.page import Page
from ui.preferences import Preferences
from ui.shell import Shell

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


class Program:
    """The program as a person meets it. ``seconds`` is the time of day that the idle watch goes by, ``up`` how long it has been running."""

    def __init__(self, qtbot: QtBot, folder: Path, app: App | None = None) -> None:
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        self.qtbot, self.folder = qtbot, folder
        self.app = app or new_app(up=lambda: self.up)
        self.seconds = self.up = 1_000.0
        self.gate = Gate(folder / "profile", further=folder / "profiles", demo_folder=folder / "demo", make_app=lambda: self.app)
        settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.crashes = CrashHandler(folder / "log")
        self.keeper = Application(qt, self.gate, Preferences(settings), crashes=self.crashes, now=lambda: self.seconds)

    def start(self) -> None:
        self.keeper.start()
        self.settle()

    def with_record(self, fill: Callable[[Workplace], object] | None = None) -> None:
        """A record that lies there already, filled; the program is not started yet."""
        place = new_place(self.folder / "profile", self.app)
        try:
            if fill is not None:
                fill(place)
        finally:
            place.close()

    def unlocked(self, fill: Callable[[Workplace], object] | None = None) -> Shell:
        """The window of a record, filled and unlocked."""
        self.with_record(fill)
        self.start()
        page = self.door_page()
        page.passphrase.line.setText(PASSPHRASE)
        page.button.click()
        self.settle()
        return self.shell

    def settle(self, seconds: int = 20) -> None:
        """Waits until everything that was asked has been answered and shown."""
        self.qtbot.waitUntil(self.keeper.desk.is_idle, timeout=seconds * 1000)
        QApplication.processEvents()

    @property
    def shell(self) -> Shell:
        assert self.keeper.shell is not None
        return self.keeper.shell

    @property
    def opened(self) -> Opened:
        assert self.keeper.opened is not None
        return self.keeper.opened

    def door_page(self) -> Any:
        """The page that the door shows."""
        return self.keeper.door.page()

    def open(self, page: str, **args: Any) -> Page:
        shown = self.shell.open(page, args)
        self.settle()
        return shown

    def record(self, ask: Callable[[Workplace], T]) -> T:
        """What the record says, asked on its own thread."""
        assert self.keeper.room is not None
        found: list[T] = []
        self.keeper.room.ask(self.shell, ask, found.append)
        self.settle()
        return found[0]

    def choose_in_dialog(self, path: Path) -> None:
        """Answers the dialog that is open with a file or a folder."""
        dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog) and each.isVisible()]
        dialog = dialogs[0]
        dialog.selectFile(str(path))
        dialog.accept()
        self.settle()

    def leave(self) -> None:
        self.keeper.leave()


def shown_words(root: QWidget) -> str:
    """All words that can be read on a window, as one text."""
    parts = [root.windowTitle()]
    for each in root.findChildren(QWidget):
        if each.isVisibleTo(root):
            parts += [str(each.text())] if hasattr(each, "text") and callable(each.text) else []
            parts.append(each.accessibleName())
    return "\n".join(parts)
