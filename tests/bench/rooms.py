"""A record open behind real pages, without the window around them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sencoapp.app import Workplace
from tests.bench.data import app, open_school

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

T = TypeVar("T")


class Opened:
    """``room`` is what pages are made with; ``close`` ends its threads and lets the record go."""

    def __init__(self, profile: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PySide6.QtWidgets import QApplication

        from ui.room import Room
        from ui.tasks import Desk
        from ui.theme import prefer_fusion, set_up

        prefer_fusion()
        application = QApplication.instance() or QApplication(["bench"])
        assert isinstance(application, QApplication)
        set_up(application)
        self._application = application
        self._shown: list[QWidget] = []
        self.desk = Desk()
        opened: list[Workplace] = []
        self.desk.query(self.desk, lambda: open_school(profile), opened.append)
        self.settle()
        self.ways = _Ways()
        self.room = Room(app(), opened[0], self.desk, self.ways)

    def show(self, page: "QWidget") -> None:
        page.resize(1366, 768)
        page.show()
        self._shown.append(page)

    def record(self, ask: Callable[[Workplace], T]) -> T:
        found: list[T] = []
        self.room.ask(self.desk, ask, found.append)
        self.settle()
        return found[0]

    def turn(self) -> None:
        """Shows what has arrived."""
        self._application.processEvents()

    def settle(self) -> None:
        while not self.desk.is_idle():
            self.turn()

    def close(self) -> None:
        for each in self._shown:
            each.close()
            each.deleteLater()
        self.turn()
        self.desk.shut_down(last=self.room.place.close)


class _Ways:
    """What pages ask of the window: what was said is kept, what is laid over the page is shown."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def toast(self, words: str, undo: object = None) -> None:
        self.said.append(words)

    def show_sheet(self, sheet: "QWidget") -> None:
        sheet.show()

    def go(self, page: str, **where: object) -> None: ...

    def undo_save(self, save: str) -> None: ...

    def restore_backup(self) -> None: ...

    def remove_record(self, passphrase: str, **_: object) -> None: ...

    def new_observation(self, pupil: str | None = None) -> None: ...
