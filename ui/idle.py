"""Nobody at the laptop: after ten minutes without a key or a movement the record is locked."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

IDLE_SECONDS = 600
_LOOK_EVERY_MS = 15_000

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """``idle`` is sent once when nothing was typed or moved in the window for ``seconds``.

    It goes by the time of day, so that a laptop that slept is locked when it wakes, before the first key is heard.
    ``now`` gives seconds; tests move it by hand.
    """

    idle = Signal()

    def __init__(self, window: QWidget, *, seconds: float = IDLE_SECONDS, now: Callable[[], float] = time.time) -> None:
        super().__init__(window)
        self._seconds = seconds
        self._now = now
        self._last = now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        # What a person does reaches the native window first; a filter there sees no painting and no layout of the widgets.
        window.winId()
        handle = window.windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def look(self) -> None:
        """Sends ``idle`` where it is time."""
        if self._timer.isActive() and self.untouched_for() >= self._seconds:
            self.stop()
            self.idle.emit()

    def untouched_for(self) -> float:
        """Seconds since the last key or movement."""
        return abs(self._now() - self._last)

    def stop(self) -> None:
        self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT and self._timer.isActive():
            self.look()
            if not self._timer.isActive():
                return True
            self._last = self._now()
        return False
