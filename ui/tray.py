"""The icon beside the computer's clock, where there is a place for one: write a note, open the window, lock."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from sencoapp import reference
from ui.emblem import emblem


def has_place() -> bool:
    """Whether this desktop shows such icons."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """Its menu names nobody: it can be seen while the record is locked."""

    def __init__(self, parent: QObject, note: Callable[[], None], show: Callable[[], None], lock: Callable[[], None]) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        self._icon = QSystemTrayIcon(emblem("notebook-pen"), self)
        self._icon.setToolTip(reference.say("shell.app"))
        self._menu.addAction(reference.say("shell.tray_note"), note)
        self._menu.addAction(reference.say("shell.tray_open"), show)
        self.lock = self._menu.addAction(reference.say("shell.lock"), lock)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(lambda reason: note() if reason == QSystemTrayIcon.ActivationReason.Trigger else None)
        self._icon.show()

    def stop(self) -> None:
        self._icon.hide()
        self._menu.deleteLater()
