"""The photos and files that came with a note, beside the note: a press opens one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.casework import Document
from ui.widgets import Button, clear, col

_MOST_NAME = 26


def short_name(filename: str) -> str:
    """A file's name with its middle left out where it is long: its beginning and its ending tell it apart."""
    return filename if len(filename) <= _MOST_NAME else f"{filename[: _MOST_NAME - 9].rstrip()}…{filename[-8:]}"


class NotePapers(QWidget):
    """Hidden where there are none."""

    opened = Signal(str, str)
    """The pupil and the document."""

    def __init__(self) -> None:
        super().__init__()
        self._place = col(gap=6)
        self.setLayout(self._place)
        self.hide()

    def show_papers(self, papers: Sequence[Document]) -> None:
        clear(self._place)
        for each in papers:
            name = reference.say("notes.open_file", file=each.filename)
            self._place.addWidget(
                Button(short_name(each.filename), icon="paperclip", name=name, press=partial(self.opened.emit, each.pupil, each.id))
            )
        self.setVisible(bool(papers))
