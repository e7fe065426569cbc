"""Where a window stands on the screen. On a small one it fills it: its foot must not lie behind the task bar."""

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = QSize(1366, 768)
_FRAME = QSize(2, 40)
"""The borders and the title bar, which nobody knows before the window is there."""


def place_window(window: QWidget, kept: QByteArray) -> None:
    """As it was left, if that is known; else in its usual size, or as large as a screen that has no room for that."""
    window.resize(USUAL)
    if not kept.isEmpty() and window.restoreGeometry(kept):
        return
    if QGuiApplication.platformName() != "offscreen" and not has_room(window.screen().availableSize()):
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def has_room(available: QSize) -> bool:
    """Whether a window of the usual size and its frame fit in what the task bar leaves."""
    wanted = USUAL + _FRAME
    return wanted.width() <= available.width() and wanted.height() <= available.height()


def stand_like(window: QWidget, other: QWidget) -> None:
    """In the place of another window, and as large: filling the screen where that one does."""
    window.setGeometry(other.geometry())
    window.setWindowState(other.windowState() & ~Qt.WindowState.WindowMinimized)
