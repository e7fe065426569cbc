"""A document in place of the list, with the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from sencoapp import reference
from sencoapp.domain.casework import Document
from ui.allowed import only_for
from ui.pages.document_details import about
from ui.pages.preview import PreviewPane
from ui.room import Room
from ui.widgets import Button, Elided, Surface, col, row


class DocumentReader(Surface):
    """Esc goes back to the list."""

    closed = Signal()
    elsewhere_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, room: Room) -> None:
        self._id = ""
        self.preview = PreviewPane(room)
        self._title = Elided("", "heading")
        self._about = Elided("", "small", "muted")
        self.back = Button(reference.say("pupil.back_to_documents"), "quiet", icon="chevron-left", press=lambda: self.closed.emit())
        copy = Button(reference.say("pupil.save_copy"), "quiet", icon="download", press=lambda: self.copy_wanted.emit(self._id))
        only_for(room.actor, "print", copy)
        elsewhere = Button(reference.say("pupil.open_elsewhere"), "quiet", press=lambda: self.elsewhere_wanted.emit(self._id))
        head = row(self.back, (col(self._title, self._about, gap=0), 1), elsewhere, copy, gap=12, margins=(14, 8, 16, 8))
        super().__init__("plain", col(head, (self.preview, 1), gap=0))

    def show_document(self, document: Document, content: bytes) -> None:
        self._id = document.id
        self._title.say(document.title)
        self._about.say(about(document))
        if document.media_type.startswith("image/"):
            self.preview.show_image(content, document.title)
        elif document.media_type == "application/pdf":
            self.preview.show_pdf(content, document.title)
        else:
            self.preview.show_words(reference.say("pupil.not_shown_here", title=document.title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
