"""How a second start of the program reaches the one that runs here: ``sencoapp note`` rings, and the quick note opens there.

It goes through a local socket of this person's own account. One word is all that it carries: nothing of the record passes.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

NOTE = b"note\n"
_WAIT_MS = 1_500


def name_for(folder: Path) -> str:
    """What the socket is called: one for each place of profiles, and it does not tell where that is."""
    return f"sencoapp-{hashlib.sha256(str(folder.resolve()).encode('utf-8')).hexdigest()[:20]}"


def ring(folder: Path) -> bool:
    """Asks the running program for the quick note; false where none runs with the profiles of this folder."""
    socket = QLocalSocket()
    socket.connectToServer(name_for(folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(NOTE)
    heard = socket.waitForBytesWritten(_WAIT_MS) and socket.waitForReadyRead(_WAIT_MS)
    socket.abort()
    return heard


class Bell(QObject):
    """Listens until ``stop``. Where the socket cannot be made there is no bell, and everything else works."""

    rung = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        name = name_for(folder)
        if not self._server.listen(name) and not _is_answered(name):
            QLocalServer.removeServer(name)  # a program that was killed has left it there
            self._server.listen(name)

    def is_listening(self) -> bool:
        return self._server.isListening()

    def stop(self) -> None:
        self._server.close()

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(self._reader(caller))
            caller.disconnected.connect(caller.deleteLater)
            if caller.bytesAvailable():
                self._hear(caller)

    def _reader(self, caller: QLocalSocket) -> Callable[[], None]:
        return lambda: self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        """One word is understood; whatever else somebody sends is not read on."""
        said = caller.read(len(NOTE)).data()
        if said == NOTE:
            caller.write(b"ok\n")
            caller.flush()
            self.rung.emit()
        caller.disconnectFromServer()


def _is_answered(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    answered = socket.waitForConnected(_WAIT_MS)
    socket.abort()
    return answered
