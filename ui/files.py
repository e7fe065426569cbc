"""Asking for a file or a folder. The dialog lies over its window and does not hold up anything: the answer comes by call.

Qt's own dialog writes the folders that were visited into a file that is not encrypted, and a family's folder is called by its name:
what stood there before a dialog is put back when it is gone. The dialogs of Windows and macOS keep what the system keeps.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSettings, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

Answer = Callable[[Path], None]
_VISITED = ("FileDialog/history", "FileDialog/lastVisited")


def ask_to_save(owner: QWidget, title: str, name: str, kind: str, then: Answer) -> None:
    """``then`` is called with where to save; ``kind`` is such as ``PDF (*.pdf)``. Nothing is called where nobody chooses."""
    dialog = _dialog(owner, title, then)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.open()


def ask_for_file(owner: QWidget, title: str, kind: str, then: Answer) -> None:
    dialog = _dialog(owner, title, then)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kind)
    dialog.open()


def ask_for_files(owner: QWidget, title: str, kind: str, then: Callable[[list[Path]], None]) -> None:
    """As ``ask_for_file``, for any number of them."""
    dialog = _bare_dialog(owner, title)
    dialog.filesSelected.connect(lambda chosen: then([Path(each) for each in chosen]))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kind)
    dialog.open()


def ask_for_folder(owner: QWidget, title: str, then: Answer) -> None:
    dialog = _dialog(owner, title, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()


def name_to_save(owner: QWidget, title: str, start: str, kinds: str = "") -> Path | None:
    """Asks where to save and waits for the answer; None where the person thought better of it."""
    before = _visited()
    try:
        chosen, _ = QFileDialog.getSaveFileName(owner, title, start, kinds)
    finally:
        _forget(before)
    return Path(chosen) if chosen else None


def open_with_system(path: Path) -> bool:
    """Has the program that this computer uses for such files open one. False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _dialog(owner: QWidget, title: str, then: Answer) -> QFileDialog:
    dialog = _bare_dialog(owner, title)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    return dialog


def _bare_dialog(owner: QWidget, title: str) -> QFileDialog:
    before = _visited()
    dialog = QFileDialog(owner, title)
    dialog.finished.connect(dialog.deleteLater)
    dialog.destroyed.connect(lambda: _forget(before))  # it writes at its very end
    return dialog


def _visited() -> dict[str, object]:
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    return {key: settings.value(key) for key in _VISITED if settings.contains(key)}


def _forget(before: dict[str, object]) -> None:
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key in _VISITED:
        if key in before:
            settings.setValue(key, before[key])
        else:
            settings.remove(key)
    settings.sync()
