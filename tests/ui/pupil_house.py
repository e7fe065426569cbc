"""A window with the pages about pupils, over a real record: what the tests of those pages stand on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from ui.pages.observations import make_observations_page
from ui.pages.pupil import make_pupil_page
from ui.pages.quick_entry import open_quick_entry

from sencoapp.app import App, Workplace
from tests.places import PASSPHRASE, new_app, new_place
from ui.page import Page
from ui.pages.register import make_register_page
from ui.preferences import Preferences
from ui.room import Room
from ui.shell import Shell
from ui.tasks import Desk

T = TypeVar("T")


class WaysOfTheShell:
    """``ui.room.Ways`` over the real window. Pages that other tests cover are only noted in ``went``."""

    def __init__(self) -> None:
        self.shell: Shell | None = None
        self.room: Room | None = None
        self.went: list[tuple[str, dict[str, Any]]] = []

    def go(self, page: str, **where: Any) -> None:
        self.went.append((page, where))
        if self.shell is not None and page in ("register", "pupil", "observations"):
            self.shell.open(page, where)

    def toast(self, words: str, undo: Callable[[], None] | None = None) -> None:
        assert self.shell is not None
        self.shell.toast(words, undo)

    def show_sheet(self, sheet: QWidget) -> None:
        assert self.shell is not None
        self.shell.show_sheet(sheet)  # type: ignore[arg-type]

    def new_observation(self, pupil: str | None = None) -> None:
        assert self.room is not None
        open_quick_entry(self.room, pupil)


@dataclass
class House:
    """The window and everything in it."""

    qtbot: QtBot
    app: App
    desk: Desk
    shell: Shell
    room: Room
    ways: WaysOfTheShell

    def open(self, page: str, **args: Any) -> Page:
        shown = self.shell.open(page, args)
        self.settle()
        return shown

    def settle(self) -> None:
        """Waits until everything that was asked has been answered and shown."""
        self.qtbot.waitUntil(self.desk.is_idle, timeout=10_000)

    def record(self, ask: Callable[[Workplace], T]) -> T:
        """What the record says, asked on its own thread."""
        found: list[T] = []
        self.desk.query(self.shell, lambda: ask(self.room.place), found.append)
        self.settle()
        return found[0]


def open_house(qtbot: QtBot, desk: Desk, folder: Path, fill: Callable[[Workplace], object] | None = None, app: App | None = None) -> House:
    """A new record, filled, then opened in a window: a record belongs to the thread that opened it."""
    app = app or new_app()
    place = new_place(folder, app)
    try:
        if fill is not None:
            fill(place)
    finally:
        place.close()
    return show_house(qtbot, desk, app, folder)


def show_house(qtbot: QtBot, desk: Desk, app: App, folder: Path) -> House:
    """Opens a record that is there in a window of its own. The test ends with ``close_house``, by ``desk``."""
    opened: list[Workplace] = []
    ways = WaysOfTheShell()
    settings = QSettings(str(folder.parent / "window.ini"), QSettings.Format.IniFormat)
    shell = Shell(desk, Preferences(settings), school="Barrowby Primary", person="Ruth Adeyemi, SENCO")
    desk.query(shell, lambda: app.open(folder, PASSPHRASE), opened.append)
    qtbot.waitUntil(lambda: bool(opened), timeout=10_000)
    room = Room(app, opened[0], desk, ways)
    ways.shell, ways.room = shell, room
    shell.register("register", "users", "Pupils", lambda: make_register_page(room))
    shell.register("observations", "notebook-pen", "Observations", lambda: make_observations_page(room))
    shell.register("pupil", "", "Pupil", lambda: make_pupil_page(room), rail=False, under="register")
    shell.new_observation_wanted.connect(lambda args: open_quick_entry(room, args.get("pupil")))
    qtbot.addWidget(shell)
    shell.resize(1366, 768)
    shell.show()
    return House(qtbot, app, desk, shell, room, ways)
