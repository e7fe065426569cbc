"""Telling a screen reader what changed without moving the focus."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication, QWidget


def announce(words: str, origin: QWidget | None = None) -> None:
    """Has a screen reader say ``words``, such as "Saved" or "3 results". Does nothing where none is running."""
    if not QAccessible.isActive():
        return
    speaker = origin or QApplication.activeWindow()
    if speaker is not None:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(speaker, words))
