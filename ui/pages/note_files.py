"""Photos and files of a note that is being written: dropped, pasted or chosen, taken in and sealed while one goes on typing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services.note_files import MOST_FILES, NoteFile, seal_file
from sencoapp.services.ports import TakenIn
from ui.files import ask_for_files
from ui.incoming import as_png, files_in, kinds_taken, read_file
from ui.pages.document_details import size_words
from ui.pages.note_papers import short_name
from ui.room import Room
from ui.widgets import Button, Flow, Text, clear, col, holder
from ui.widgets.announce import announce


class NoteFiles(QWidget):
    """``changed`` is sent when a file came or went; ``settled`` when nothing is under way any more, with whether all went well."""

    changed = Signal()
    settled = Signal(bool)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._files: list[NoteFile] = []
        self._under_way = 0
        self._went_well = True
        self.ask_which = ask_for_files
        self.add = Button(
            reference.say("notes.add_file"), "link", icon="paperclip", tip=reference.say("notes.add_file_tip"), press=self.choose
        )
        self._place = Flow(gap=6)
        self._list = holder(self._place)
        self._list.hide()
        self._problem = Text("", "ui", "danger", weight=600, wrap=True)
        self._problem.hide()
        self.setLayout(col(self._problem, self._list, gap=6))
        self.hide()

    # ---- what is here -----------------------------------------------------------------------------------------------

    def files(self) -> tuple[NoteFile, ...]:
        return tuple(self._files)

    def is_busy(self) -> bool:
        """Whether a file is still being looked at."""
        return self._under_way > 0

    def content(self) -> list[dict[str, Any]]:
        """For the draft."""
        return [each.as_plain() for each in self._files]

    def show_content(self, content: Sequence[Mapping[str, Any]]) -> None:
        self._files = [NoteFile.from_plain(each) for each in content]
        self._say("")
        self._show()

    # ---- what a person does -----------------------------------------------------------------------------------------

    def choose(self) -> None:
        self.ask_which(self.window(), reference.say("notes.add_file"), kinds_taken(), self.take_in_files)

    def paste(self) -> None:
        """Takes in what lies on the clipboard, if it is a file or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None:
            self.take(data)

    def take(self, data: QMimeData) -> bool:
        """Takes in the files or the picture of a drop or a paste; false where it holds neither."""
        paths = files_in(data)
        if paths:
            self.take_in_files(paths)
            return True
        picture = data.imageData() if data.hasImage() else None
        if isinstance(picture, QImage):
            self._take_in(reference.say("pupil.pasted_name"), partial(as_png, picture))
            return True
        return False

    def take_in_files(self, paths: Sequence[Path]) -> None:
        for each in paths:
            self._take_in(each.name, partial(read_file, each))

    def _take_in(self, filename: str, read: Callable[[], bytes]) -> None:
        """Looks at it away from the window's thread, then seals it on the record's. The words of the note wait for nothing."""
        if self._under_way == 0:
            self._went_well = True
            self._say("")
        if len(self._files) + self._under_way >= MOST_FILES:
            self._refused(filename, Refusal("too_many_files", most=MOST_FILES))
            return
        self._under_way += 1
        documents = self._room.place.documents
        ended = partial(self._ended_badly, filename)

        def seal(taken: TakenIn) -> None:
            self._room.do(self, lambda place: seal_file(place.session, taken), self._came, ended)

        self._room.aside(self, lambda: documents.take_in(filename, read()), seal, ended)

    def _came(self, file: NoteFile) -> None:
        if file.sha256 not in [each.sha256 for each in self._files]:
            self._files.append(file)
        self._show()
        announce(reference.say("notes.file_added", file=file.filename), self)
        self.changed.emit()
        self._one_less()

    def _ended_badly(self, filename: str, message: PlainMessage) -> None:
        self._refused(filename, message)
        self._one_less()

    def _one_less(self) -> None:
        self._under_way -= 1
        if not self._under_way:
            self.settled.emit(self._went_well)

    def _refused(self, filename: str, message: PlainMessage) -> None:
        self._went_well = False
        if message.key == "file_is_too_large":
            sentence = reference.say("notes.file_too_large", file=filename, most=message.details["most"])
        else:
            sentence = reference.explain(message)
        self._say(f"{self._problem.text()}\n{sentence}".strip())
        announce(sentence, self)

    def _say(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.setVisible(bool(self._files) or bool(sentence))

    def _remove(self, file: NoteFile) -> None:
        self._files.remove(file)
        self._show()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show(self) -> None:
        clear(self._place)
        for each in self._files:
            words = f"{short_name(each.filename)} · {size_words(each.size)}"
            name = reference.say("notes.remove_file", file=each.filename)
            self._place.addWidget(Button(words, "secondary", icon="x", name=name, tip=name, press=partial(self._remove, each)))
        self._list.setVisible(bool(self._files))
        self.setVisible(bool(self._files) or bool(self._problem.text()))
