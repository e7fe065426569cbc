"""A document in place of the list, with the way back."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.record import Saved
from sencoapp.domain.redaction import Redaction
from sencoapp.domain.report_marks import ReportMark
from sencoapp.services.permissions import may, may_save
from ui.allowed import only_for
from ui.commands import command
from ui.pages.document_details import about
from ui.pages.preview import PreviewPane
from ui.pages.report_marks import MarkPane
from ui.pages.withhold_sheet import open_withholding
from ui.room import Room
from ui.theme import theme
from ui.widgets import Button, Elided, Surface, col, row

_WIDE = 860
"""Below this width in design pixels the marks stand below the page."""


class DocumentReader(Surface):
    """Esc goes back to the list."""

    closed = Signal()
    elsewhere_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, room: Room) -> None:
        self._id, self._actor = "", room.actor
        self.preview = PreviewPane(room)
        self._title = Elided("", "heading")
        self._about = Elided("", "small", "muted")
        self.back = Button(reference.say("pupil.back_to_documents"), "quiet", icon="chevron-left", press=lambda: self.closed.emit())
        copy = Button(reference.say("pupil.save_copy"), "quiet", icon="download", press=lambda: self.copy_wanted.emit(self._id))
        only_for(room.actor, "print", copy)
        elsewhere = Button(reference.say("pupil.open_elsewhere"), "quiet", press=lambda: self.elsewhere_wanted.emit(self._id))
        self.mark = Button(reference.say("marks.start"), "quiet", icon="pencil", press=self.start_marking)
        self.withhold = Button(reference.say("withhold.start"), "quiet", icon="lock", press=lambda: open_withholding(room, self, self._id))
        self.marks = MarkPane(room, self.preview)
        self.marks.closed.connect(lambda: self.stop_marking())
        self._document: Document | None = None
        self._content = b""
        self._copy, self._elsewhere = copy, elsewhere
        self._body = row((self.preview, 3), (self.marks, 2), gap=0)
        named = row(self.back, (col(self._title, self._about, gap=0), 1), gap=12)
        self._head = row((named, 1), row(self.mark, self.withhold, elsewhere, copy, gap=12), gap=12, margins=(14, 8, 16, 8))
        super().__init__("plain", col(self._head, (self._body, 1), gap=0))
        start = command(self, reference.say("marks.start"), self.start_marking, icon="pencil", also="highlight quote recommendation advice")
        only_for(room.actor, ReportMark, start)

    def show_document(self, document: Document, content: bytes) -> None:
        self.stop_marking()
        self._id = document.id
        self._document, self._content = document, content
        self._title.say(document.title)
        self._about.say(about(document))
        if document.media_type.startswith("image/"):
            self.preview.show_image(content, document.title)
        elif document.media_type == "application/pdf":
            self.preview.show_pdf(content, document.title)
        else:
            self.preview.show_words(reference.say("pupil.not_shown_here", title=document.title))

        self._deeds(on=True)

    def _deeds(self, *, on: bool) -> None:
        """What can be done with a document while it is read; while it is marked, the room is for the marks."""
        paged = self._document is not None and self._document.pages is not None
        self.mark.setVisible(on and paged and may_save(self._actor, ReportMark))
        self.withhold.setVisible(on and paged and may_save(self._actor, Redaction))
        self._elsewhere.setVisible(on)
        self._copy.setVisible(on and may(self._actor, "print"))

    def minimumSizeHint(self) -> QSize:
        # Its parts scroll by themselves: the page must not become as tall as both of them.
        return QSize(theme().px(340), theme().px(300))

    def start_marking(self) -> None:
        """Opens the marks beside the page."""
        if self._document is not None:
            self._deeds(on=False)
            self.marks.begin(self._document, self._content)
            self._fit()
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def stop_marking(self) -> None:
        """The page is only read again."""
        had_focus = self.marks.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._deeds(on=True)
        self.marks.end()
        if had_focus:
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self, saved: Saved) -> None:
        """What is marked is shown anew where it has changed."""
        self.marks.refresh(saved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Side by side, or below each other where the room is short."""
        narrow = self.width() < theme().px(_WIDE)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._head.setDirection(way)
        self._body.setDirection(way)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
