"""What is dropped, pasted or chosen: files and pictures, as bytes for the intake."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from sencoapp import reference
from sencoapp.domain.refusals import Fault


def kinds_taken() -> str:
    """For a dialog: "Documents and photos (*.pdf *.jpg …)"."""
    endings = (ending for kind in reference.data("files", "kinds.json")["taken"] for ending in kind["endings"])
    return f"{reference.say('pupil.files')} ({' '.join('*' + each for each in endings)})"


def files_in(data: QMimeData) -> list[Path]:
    return [Path(each.toLocalFile()) for each in data.urls() if each.isLocalFile()]


def read_file(path: Path) -> bytes:
    """No more of it than can be taken in, and one byte: a film of some gigabytes is refused, not read."""
    most = int(reference.data("files", "kinds.json")["most_megabytes"]) * 1024 * 1024
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise Fault("document_unreadable", file=path.name) from error


def as_png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
