"""Keeps what is typed in a form, 400 ms after the last key, until it is saved or thrown away."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer

from ui.room import Room

PAUSE_MS = 400


class FormDraft(QObject):
    """``read`` gives the content of the form as plain values. ``form`` names the draft in the record."""

    def __init__(self, room: Room, owner: QObject, form: str, read: Callable[[], Mapping[str, Any]]) -> None:
        super().__init__(owner)
        self._room, self._form, self._read = room, form, read
        self.start: dict[str, Any] = {}
        self._last: dict[str, Any] = {}
        self._done = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    @property
    def form(self) -> str:
        return self._form

    def began_with(self, content: Mapping[str, Any]) -> None:
        """What the form showed when it opened: as long as nothing differs from it there is nothing to keep."""
        self.start = self._last = dict(content)

    def touch(self) -> None:
        """Something was typed or chosen."""
        self._pause.start()

    def keep(self) -> None:
        """Keeps what differs from before, at once."""
        self._pause.stop()
        content = dict(self._read())
        if self._done or content == self._last:
            return
        self._last = content
        form = self._form
        self._room.ask(self, lambda place: place.session.record.keep_draft(form, content), lambda _: None)

    def drop(self) -> None:
        """The form was saved or thrown away."""
        self._pause.stop()
        self._done = True
        form = self._form
        self._room.ask(self, lambda place: place.session.record.drop_draft(form), lambda _: None)
