"""A key press in the register's search to the repainted result, against the same key press without a query."""

import os
import time
from pathlib import Path

from tests.bench.data import open_school
from tests.bench.measure import Figure, compare

WORDS = ("bado", "kali", "mena", "zzz")


def measure(profile: Path, larger: Path) -> list[Figure]:
    """Both schools are open at once in the real register page; the floor types into the same field with its query cut off."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from ui.theme import prefer_fusion, set_up

    prefer_fusion()
    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    set_up(application)
    small, large = _Typed(application, profile), _Typed(application, larger)
    try:
        return [
            compare("key press to repainted result", small.press, "key press, no query", small.press_bare, aim=2.5, rounds=15),
            compare("the same, ten times the data", large.press, "2,000 pupils", small.press, aim=1.2, rounds=15),
        ]
    finally:
        small.close()
        large.close()


class _Typed:
    """The register page on one school, typed into."""

    def __init__(self, application: object, profile: Path) -> None:
        from ui.pages.register import make_register_page
        from ui.room import Room
        from ui.tasks import Desk

        self._application = application
        self._desk = Desk()
        opened: list[object] = []
        self._desk.query(self._desk, lambda: open_school(profile), opened.append)
        self._until_idle()
        self._place = opened[0]
        self._page = make_register_page(Room(None, self._place, self._desk, _NoWays()))  # type: ignore[arg-type]
        self._page.resize(1366, 768)
        self._page.show()
        self._page.show_for({})
        self._until_idle()
        self._field = self._page.filters.search

    def press(self) -> float:
        """Seconds a key, the answer painted."""
        return self._type(answered=True)

    def press_bare(self) -> float:
        """Seconds a key, painted, without asking."""
        self._page.filters.blockSignals(True)
        try:
            return self._type(answered=False)
        finally:
            self._page.filters.blockSignals(False)

    def close(self) -> None:
        self._page.close()
        self._page.deleteLater()
        self._desk.shut_down(last=self._place.close)  # type: ignore[attr-defined]

    def _type(self, *, answered: bool) -> float:
        from PySide6.QtTest import QTest

        took, keys = 0.0, 0
        for word in WORDS:
            # Every word begins with the whole list shown, so that the floor repaints as many rows as there are.
            self._field.clear()
            self._until_idle()
            self._page.filters.blockSignals(not answered)
            for letter in word:
                start = time.perf_counter()
                QTest.keyClicks(self._field, letter)
                if answered:
                    self._until_shown()
                self._page.repaint()  # with all that lies on it
                took += time.perf_counter() - start
                keys += 1
                self._until_idle()
            self._page.filters.blockSignals(False)
        return took / keys

    def _until_shown(self) -> None:
        """The rows are there; how many there are in all is counted after them."""
        while self._page._asked is not None:
            self._application.processEvents()  # type: ignore[attr-defined]

    def _until_idle(self) -> None:
        """Nothing is asked any more, and what came last is painted."""
        while not self._desk.is_idle():
            self._application.processEvents()  # type: ignore[attr-defined]
        self._application.processEvents()  # type: ignore[attr-defined]


class _NoWays:
    def go(self, page: str, **where: object) -> None: ...

    def toast(self, words: str, undo: object = None) -> None: ...

    def show_sheet(self, sheet: object) -> None: ...

    def restore_backup(self) -> None: ...

    def remove_record(self, passphrase: str, **_: object) -> None: ...

    def new_observation(self, pupil: str | None = None) -> None: ...
