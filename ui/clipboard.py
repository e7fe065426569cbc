"""What is copied in the program does not stay on the clipboard: after 60 seconds, when the record locks and at the end it is taken off.

While it is there it is marked, so that clipboard histories and clouds leave it alone (Windows, KDE, macOS). What was copied in another
program since is never touched.
"""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_SECONDS = 60

_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
MARKS = {
    # Any content will do for the first; the others are a DWORD of 0, for no (Microsoft, "Clipboard Formats").
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"\0\0\0\0",
    _WINDOWS.format("CanIncludeInClipboardHistory"): b"\0\0\0\0",
    _WINDOWS.format("CanUploadToCloudClipboard"): b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"1",
}
"""A mark is a format beside the others. Qt gives the Windows ones their own names."""


class ClipboardWatch(QObject):
    """Follows the clipboard of the application. ``owns`` says whether what is on it was copied here; tests may say so themselves."""

    def __init__(self, parent: QObject | None = None, *, owns: Callable[[], bool] | None = None, seconds: float = KEPT_SECONDS) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self.owns = owns or self._clipboard.ownsClipboard
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(round(seconds * 1000))
        self._timer.timeout.connect(self.empty)
        self._clipboard.dataChanged.connect(self._changed)
        self._follows = True

    def empty(self) -> None:
        """Takes off what was copied here, if it is there still."""
        self._timer.stop()
        if self._ours() is not None:
            self._clipboard.clear()
        if self._clipboard.ownsSelection():  # X11 also hands on what is only selected
            self._clipboard.clear(QClipboard.Mode.Selection)

    def is_counting(self) -> bool:
        """Whether something that was copied here waits to be taken off."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Empties the clipboard, and follows it no more."""
        self.empty()
        if self._follows:
            self._follows = False
            self._clipboard.dataChanged.disconnect(self._changed)

    def _ours(self) -> QMimeData | None:
        """What was copied here and is there still."""
        data: QMimeData | None = self._clipboard.mimeData()
        return data if data is not None and data.formats() and self.owns() else None

    def _changed(self) -> None:
        data = self._ours()
        if data is None:
            self._timer.stop()
        elif all(data.hasFormat(each) for each in MARKS):
            self._timer.start()
        else:
            self._clipboard.setMimeData(_marked(data))  # and this is called again


def _marked(data: QMimeData) -> QMimeData:
    """The same with the marks beside it."""
    marked = QMimeData()
    for each in data.formats():
        marked.setData(each, data.data(each))
    if data.hasImage():
        marked.setImageData(data.imageData())
    for name, content in MARKS.items():
        marked.setData(name, content)
    return marked
