"""A window with the page of requests over a real record: what the tests of requests stand on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from sencoapp.app import App, Workplace
from sencoapp.domain.casework import Request
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Saved
from sencoapp.services import requests
from tests.places import PASSPHRASE, add_pupil, new_app, new_place
from ui.page import Page
from ui.pages.request_builder import RequestBuilder
from ui.pages.requests import RequestsPage, make_requests_page
from ui.preferences import Preferences
from ui.room import Room
from ui.shell import Shell
from ui.tasks import Desk
from ui.undoing import UndoRedo

T = TypeVar("T")


class RequestHouse:
    """The real window, the real record on its own thread, and a person's hands."""

    def __init__(self, qtbot: QtBot, folder: Path, preferences: Preferences) -> None:
        self.qtbot = qtbot
        self.app: App = new_app()
        self.desk = Desk()
        self.went: list[tuple[str, dict[str, Any]]] = []
        self.place = self._opened(folder)
        self.room = Room(self.app, self.place, self.desk, self)
        self.shell = Shell(self.desk, preferences, school="Barrowby Primary", person="Mrs Ruth Adeyemi, SENCO")
        self.undoing = UndoRedo(self.room, self.shell)
        self.shell.register("requests", "file-stack", "Requests", lambda: make_requests_page(self.room))
        self.shell.register("pupil", "", "Pupil", Page, rail=False, under="requests")
        self.shell.register("timetable", "calendar", "Timetable", Page, rail=False, under="requests")
        self.shell.register("settings", "settings", "Settings", Page)
        qtbot.addWidget(self.shell)
        self.shell.resize(1366, 768)
        self.shell.show()
        self.shell.activateWindow()
        qtbot.waitUntil(self.shell.isActiveWindow)

    # ---- the ways of the window -------------------------------------------------------------------------------------

    def go(self, page: str, **where: Any) -> None:
        self.went.append((page, where))
        self.shell.open(page, where)

    def toast(self, words: str, undo: Saved | Callable[[], None] | None = None) -> None:
        self.shell.toast(words, (lambda: self.undo_save(undo.save)) if isinstance(undo, Saved) else undo)

    def undo_save(self, save: str) -> None:
        self.undoing.undo_save(save)

    def show_sheet(self, sheet: QWidget) -> None:
        self.shell.show_sheet(sheet)  # type: ignore[arg-type]

    def restore_backup(self) -> None:
        raise AssertionError("no request leads to a backup")

    def remove_record(self, passphrase: str, **_: object) -> None:
        raise AssertionError("no request removes a record")

    def new_observation(self, pupil: str | None = None) -> None:
        self.went.append(("new_observation", {"pupil": pupil}))

    # ---- what a person does -----------------------------------------------------------------------------------------

    def open(self, **args: Any) -> RequestsPage:
        shown = self.shell.open("requests", args)
        self.settle()
        assert isinstance(shown, RequestsPage)
        return shown

    def builder(self, request: Request, step: str = "") -> RequestBuilder:
        return self.open(request=request.id, step=step).builder

    def press(self, button: Any) -> None:
        assert button.isEnabled(), button.text()
        if isinstance(button, QAction):
            button.trigger()
        else:
            self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, field: QWidget, words: str) -> None:
        field.setFocus()
        self.qtbot.waitUntil(field.hasFocus)
        self.qtbot.keyClicks(field, words)

    def settle(self) -> None:
        """Waits until everything that was asked has been answered and shown."""
        self.qtbot.waitUntil(self.desk.is_idle, timeout=30_000)
        # Widgets that were put into a layout are shown by the event after next.
        for _ in range(3):
            QApplication.processEvents()
        if not self.desk.is_idle():
            self.settle()

    # ---- the record -------------------------------------------------------------------------------------------------

    def record(self, ask: Callable[[Workplace], T]) -> T:
        """What the record says, asked on its own thread."""
        answers: list[T] = []
        self.desk.query(self.shell, lambda: ask(self.place), answers.append)
        self.settle()
        return answers[0]

    def change(self, deed: Callable[[Workplace], T]) -> T:
        """Something that happens elsewhere in the program."""
        answers: list[T] = []
        self.desk.change(self.shell, lambda: deed(self.place), answers.append)
        self.settle()
        return answers[0]

    def pupil(self, **values: Any) -> Pupil:
        return self.record(lambda place: add_pupil(place, **values))

    def request(self, **values: Any) -> Request:
        """A request that was begun for a new pupil."""
        pupil = self.pupil(**values)
        return self.record(lambda place: requests.start_request(place.session, pupil.id)[0])

    def now(self, request: Request) -> Request:
        found = self.record(lambda place: place.session.record.get(Request, request.id))
        assert found is not None
        return found

    def _opened(self, folder: Path) -> Workplace:
        found: list[Workplace] = []

        def opened() -> Workplace:
            if self.app.is_profile(folder):
                return self.app.open(folder, PASSPHRASE)
            return new_place(folder, self.app)

        self.desk.query(self.desk, opened, found.append)
        self.qtbot.waitUntil(lambda: bool(found), timeout=30_000)
        return found[0]


@contextmanager
def request_house(qtbot: QtBot, folder: Path, preferences: Preferences) -> Iterator[RequestHouse]:
    """The house while a test is in it; afterwards the record is closed."""
    house = RequestHouse(qtbot, folder, preferences)
    try:
        yield house
    finally:
        house.shell.close()
        house.desk.shut_down(house.place.close)
