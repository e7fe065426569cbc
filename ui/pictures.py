"""Pictures of the main pages, taken without a screen: what ``sencoapp demo`` leaves beside its documents."""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEventLoop, QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.requests import requests_of
from ui.application import Application
from ui.crash import CrashHandler
from ui.gate import Gate
from ui.preferences import Preferences
from ui.shell import Shell
from ui.theme import Scheme

SIZE = (1366, 768)
FAILED = 1
_PATIENCE_MS = 60_000


def take_pictures(application: QApplication, profile: Path, folder: Path, crashes: CrashHandler) -> int:
    """Opens ``profile`` with the passphrase of ``SENCOAPP_PASSPHRASE_FILE`` and saves one PNG for each page in ``folder``.

    Returns the exit status; what went wrong is one sentence on stderr. The person's own settings are neither read nor changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    preferences = Preferences(settings)
    preferences.scheme = Scheme.LIGHT
    keeper = Application(application, Gate(profile), preferences, crashes=crashes, idle_seconds=float("inf"))
    try:
        return _Photographer(keeper, folder).work()
    finally:
        keeper.leave()
        settings.sync()
        (folder / "window.ini").unlink(missing_ok=True)


class _Photographer(QObject):
    def __init__(self, keeper: Application, folder: Path) -> None:
        super().__init__()
        self._keeper = keeper
        self._folder = folder
        self._trouble: PlainMessage | None = None

    def work(self) -> int:
        try:
            passphrase = _passphrase()
            self._keeper.desk.query(self, lambda: self._keeper.gate.unlock(passphrase), self._keeper.enter, self._refused)
            self._settle()
        except PlainMessage as message:
            self._trouble = message
        shell, room = self._keeper.shell, self._keeper.room
        if self._trouble is not None or shell is None or room is None:
            sys.stderr.write(reference.explain(self._trouble or Fault("pictures_not_taken")) + "\n")
            return FAILED
        shell.restoreGeometry(QByteArray())
        shell.resize(*SIZE)
        found: list[tuple[str, str]] = []
        room.ask(self, _worth_a_picture, found.append)
        self._settle()
        pupil, request = found[0] if found else ("", "")
        for name, open_page in self._pages(shell, pupil, request):
            open_page()
            self._settle()
            path = self._folder / f"{name}.png"
            if not shell.grab().save(str(path)):
                sys.stderr.write(reference.explain(Fault("pictures_not_taken")) + "\n")
                return FAILED
            sys.stdout.write(f"{path}\n")
        return 0

    def _pages(self, shell: Shell, pupil: str, request: str) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "01-today", partial(shell.open, "today")
        yield "02-pupils", partial(shell.open, "pupils")
        if pupil:
            for number, tab in enumerate(("overview", "timeline", "plan", "provision"), start=3):
                yield f"{number:02}-pupil-{tab}", partial(shell.open, "pupil", {"pupil": pupil, "tab": tab})
        yield "07-provision-map", partial(shell.open, "provision")
        yield "08-request", partial(shell.open, "requests", {"request": request} if request else {})
        yield "09-new-observation", partial(self._new_observation, shell)

    @staticmethod
    def _new_observation(shell: Shell) -> None:
        shell.open("pupils")
        shell.new_observation()

    def _refused(self, message: PlainMessage) -> None:
        self._trouble = message

    def _settle(self) -> None:
        """Waits until everything that was asked is answered, and painted."""
        desk = self._keeper.desk
        while not desk.is_idle():
            loop = QEventLoop()
            desk.became_idle.connect(loop.quit)
            QTimer.singleShot(_PATIENCE_MS, loop, loop.quit)
            loop.exec()
            QApplication.processEvents()
        QApplication.processEvents()


def _passphrase() -> str:
    path = os.environ.get("SENCOAPP_PASSPHRASE_FILE")
    if not path:
        raise Fault("pictures_need_passphrase")
    try:
        return Path(path).read_text("utf-8").rstrip("\r\n")
    except OSError:
        raise Fault("file_not_found", file=path) from None


def _worth_a_picture(place: Workplace) -> tuple[str, str]:
    """A pupil with much to show: one whose request is in progress, else one with an open plan; and that request."""
    record = place.session.record
    for request in requests_of(record):
        if request.state in ("draft", "frozen"):
            return request.pupil, request.id
    rows = record.register(RegisterQuery(statuses=("E", "K")), limit=200)
    planned = [each for each in rows if each.open_cycle]
    return (planned or rows)[0].id if rows else "", ""
