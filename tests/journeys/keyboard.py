"""A person who has a keyboard and no mouse: every key goes to where the focus is, and the focus must never be lost."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QFileDialog, QLabel, QWidget

from tests.ui.starting import Program
from ui.pages.request_builder import RequestBuilder

PICTURES = os.environ.get("SENCOAPP_JOURNEY_PICTURES", "")
"""A folder for pictures of the way; none are taken without it."""
_MOST_TABS = 150
_DISPLAY, _SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole


class Keyboard:
    """Presses keys in a program. What it looks for it finds by the Tab key alone, by the name that a screen reader says."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.presses = 0

    def press(self, keys: str, times: int = 1) -> None:
        """Keys such as ``Ctrl+N``, and waits for what follows."""
        for _ in range(times):
            self.presses += 1
            QTest.keySequence(self.focus(), keys)
            self.settle()

    def type(self, words: str) -> None:
        """Types where the focus is."""
        self.presses += len(words)
        QTest.keyClicks(self.focus(), words)
        self.settle()

    def tab_to(self, name: str, *, back: bool = False, at_most: int = _MOST_TABS) -> QWidget:
        """Presses Tab until the focus is on what is called so. Fails with everything that was passed."""
        passed: list[str] = []
        for _ in range(at_most):
            here = name_of(self.focus())
            if here == name:
                return self.focus()
            passed.append(here)
            assert passed.count(here) < 4, f"the Tab key never comes to “{name}”, but goes round: {passed}"
            self.presses += 1
            QTest.keyClick(self.focus(), Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
            assert _in_sight(self.focus()), f"the focus is out of sight on “{name_of(self.focus())}”"
        raise AssertionError(f"the Tab key never comes to “{name}”, but to: {passed}")

    def write(self, name: str, words: str) -> None:
        """Goes on to a field and types over what stands in it."""
        self.tab_to(name)
        self.press("Ctrl+A")
        self.type(words)

    def take(self, name: str, *, back: bool = False) -> None:
        """Goes to a button and presses it with the space bar."""
        assert isinstance(self.tab_to(name, back=back), QAbstractButton), name
        self.press("Space")

    def choose_file(self, path: Path) -> None:
        """Types a path into the computer's own dialog."""
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        self.press("Ctrl+A")
        self.type(str(path))
        asked = dialog.parentWidget()
        window = asked.window() if asked is not None else None
        self.press("Return")
        # A desktop gives the focus back to the window that asked; the plugin without a screen does not.
        if window is not None and window.isVisible():
            window.activateWindow()
            self.wait_for(window.isActiveWindow)

    def run(self, command: str) -> None:
        """Runs a command from the palette."""
        self.press("Ctrl+K")
        self.type(command)
        self.press("Return")

    # ---- what is seen -----------------------------------------------------------------------------------------------

    def stops(self) -> list[str]:
        """The names of everything in the window that the Tab key can stop at."""
        found = self.window().findChildren(QWidget)
        return [name_of(each) for each in found if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus]

    def focus(self) -> QWidget:
        found = QApplication.focusWidget()
        assert found is not None, "the focus is lost"
        return found

    def at(self) -> str:
        """What a screen reader calls the thing with the focus."""
        return name_of(self.focus())

    def window(self) -> QWidget:
        found = QApplication.activeWindow()
        assert found is not None
        return found

    def sees(self, words: str) -> bool:
        """Whether something in the window says so, in words or to a screen reader."""
        for each in self.window().findChildren(QWidget):
            if each.isVisible() and (words in each.accessibleName() or (isinstance(each, QLabel) and words in each.text())):
                return True
        return False

    def finds(self, words: str) -> bool:
        """As ``sees``, and in lists, tables and choices as well."""
        if self.sees(words):
            return True
        for view in self.window().findChildren(QAbstractItemView):
            model = view.model()
            cells = [] if not view.isVisible() else [model.index(r, c) for r in range(model.rowCount()) for c in range(model.columnCount())]
            said = (str(each.data(role)) for each in cells for role in (_DISPLAY, _SPOKEN))
            if any(words in each for each in said):
                return True
        return any(words in each.currentText() for each in self.window().findChildren(QComboBox) if each.isVisible())

    def builder(self) -> RequestBuilder:
        """The request in sight."""
        return next(each for each in self.window().findChildren(RequestBuilder) if each.isVisible())

    def wait_for(self, until: Callable[[], bool]) -> None:
        self.program.qtbot.waitUntil(until, timeout=20_000)
        self.settle()

    def settle(self) -> None:
        """Until everything that was asked has been answered, and what was made of it is laid out."""
        for _ in range(3):
            self.program.settle()

    def picture(self, name: str) -> None:
        if PICTURES:
            self.settle()
            self.window().grab().save(str(Path(PICTURES) / f"{name}.png"))


def name_of(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else type(widget).__name__)


def _in_sight(widget: QWidget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()
