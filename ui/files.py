"""Asking for a file or a folder. The dialog lies over its window and does not hold up anything: the answer comes by call."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

Answer = Callable[[Path], None]


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
    dialog = QFileDialog(owner, title)
    dialog.filesSelected.connect(lambda chosen: then([Path(each) for each in chosen]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kind)
    dialog.open()


def ask_for_folder(owner: QWidget, title: str, then: Answer) -> None:
    dialog = _dialog(owner, title, then)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.open()


def _dialog(owner: QWidget, title: str, then: Answer) -> QFileDialog:
    dialog = QFileDialog(owner, title)
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
