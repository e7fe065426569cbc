"""The icon beside the computer's clock, where there is a place for one: write a note, open the window, lock."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from sencoapp import reference
from ui.emblem import emblem
from ui.preferences import Preferences
from ui.reminders import Reminders


def has_place() -> bool:
    """Whether this desktop shows such icons."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """Its menu names nobody: it can be seen while the record is locked."""

    def __init__(
        self, parent: QObject, preferences: Preferences, note: Callable[[], None], show: Callable[[], None], lock: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._reminders = Reminders(self, self.remind)
        self._menu = QMenu()
        self._icon = QSystemTrayIcon(emblem("notebook-pen"), self)
        self._icon.setToolTip(reference.say("shell.app"))
        self._menu.addAction(reference.say("shell.tray_note"), note)
        self._menu.addAction(reference.say("shell.tray_open"), show)
        self.lock = self._menu.addAction(reference.say("shell.lock"), lock)
        self.morning = self._menu.addAction(reference.say("shell.tray_reminders"))
        self.morning.setCheckable(True)
        self.morning.setChecked(preferences.reminders)
        self.morning.toggled.connect(self._keep_choice)
        self._icon.messageClicked.connect(show)
        self._icon.setContextMenu(self._menu)
        self._icon.activated.connect(lambda reason: note() if reason == QSystemTrayIcon.ActivationReason.Trigger else None)
        self._icon.show()

    def learn(self, due: Sequence[date]) -> None:
        """The days on which something is due, for the reminder each morning."""
        self._reminders.learn(due)

    def remind(self, words: str) -> None:
        """Shows a sentence beside the clock, where the person wants it."""
        if self._preferences.reminders:
            self._icon.showMessage(reference.say("shell.app"), words, emblem("notebook-pen"))

    def _keep_choice(self, wanted: bool) -> None:
        self._preferences.reminders = wanted

    def stop(self) -> None:
        self._reminders.stop()
        self._icon.hide()
        self._menu.deleteLater()
