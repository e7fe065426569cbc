"""What stands beside the list of documents about the one that is chosen."""

from PySide6.QtCore import Signal

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Actor
from sencoapp.services.chronology import document_kind
from sencoapp.services.permissions import may, may_choose_readers, may_save, may_save_this
from ui.allowed import only_for
from ui.pages.pupil_words import joined
from ui.widgets import STRETCH, Button, Chip, Rule, Scroll, Surface, Text, col, note, row


class DocumentDetails(Surface):
    """Title, where it comes from, and what can be done with it."""

    open_wanted = Signal(str)
    elsewhere_wanted = Signal(str)
    copy_wanted = Signal(str)
    again_wanted = Signal(str)
    """A letter is to be written again."""
    remove_wanted = Signal(str)
    history_wanted = Signal(str)
    readers_wanted = Signal(str)

    def __init__(self, actor: Actor) -> None:
        self._id, self._actor = "", actor
        self._kept = Chip("plain", "")
        self._title = Text("", "heading", wrap=True)
        self._about = Text("", "ui", wrap=True)
        self._file = note("", wrap=True)
        self._requests = Text("", "ui", "muted", wrap=True)
        self.open = Button(reference.say("pupil.open_preview"), "primary", icon="eye", press=lambda: self.open_wanted.emit(self._id))
        self.elsewhere = Button(reference.say("pupil.open_elsewhere"), press=lambda: self.elsewhere_wanted.emit(self._id))
        self.copy = Button(reference.say("pupil.save_copy"), icon="download", press=lambda: self.copy_wanted.emit(self._id))
        self.again = Button(reference.say("letters.again"), icon="mail", press=lambda: self.again_wanted.emit(self._id))
        self.remove = Button(reference.say("pupil.remove_document"), "quiet", press=lambda: self.remove_wanted.emit(self._id))
        self.past = Button(reference.say("history.open"), "quiet", icon="history", press=lambda: self.history_wanted.emit(self._id))
        self.readers = Button(
            reference.say("confidential.who_reads"), "quiet", icon="eye", press=lambda: self.readers_wanted.emit(self._id)
        )
        only_for(actor, "print", self.copy)
        deeds = (self.open, self.elsewhere, self.copy, self.again, self.past, self.readers, self.remove)
        parts = (self._title, row(self._kept, STRETCH), self._about, self._requests, self._file, Rule(), *deeds, STRETCH)
        self._scroll = Scroll(col(*parts, gap=8, margins=16), reference.say("pupil.chosen_document"))
        super().__init__("side", col((self._scroll, 1), gap=0))
        self.setAccessibleName(reference.say("pupil.chosen_document"))

    def show_document(self, document: Document | None) -> None:
        self._scroll.setVisible(document is not None)
        self._id = document.id if document else ""
        if document is None:
            return
        self._title.setText(document.title)
        self._kept.setVisible(bool(reading_words(document)))
        self._kept.say("plain", reading_words(document))
        self._about.setText(about(document))
        self._requests.setText(reference.say("pupil.may_go" if document.for_requests else "pupil.may_not_go"))
        self.again.setVisible(bool(document.words) and may_save(self._actor, Document) and may(self._actor, "print"))
        self.readers.setVisible(may_choose_readers(self._actor, Document, document.author))
        self.remove.setVisible(may_save_this(self._actor, Document, "remove", document.author))
        added = full_date(document.added_at.astimezone().date())
        self._file.setText(reference.say("pupil.file_added", file=document.filename, size=size_words(document.size), date=added))


def reading_words(document: Document) -> str:
    """That it is confidential, or that those who teach the pupil read it too; nothing for one that is open as usual."""
    if document.confidential:
        return reference.say("confidential.mark")
    return reference.say("confidential.is_shared") if document.shared else ""


def about(document: Document) -> str:
    """Its kind, its day, and who wrote it."""
    day = full_date(document.document_on) if document.document_on else ""
    note = reference.say("pupil.came_with_note") if document.observation else ""
    who = (document.author_name or "", document.author_role or "", document.organisation or "")
    return joined(document_kind(document.kind), day, *who, note)


def size_words(size: int) -> str:
    """ "18 MB", "340 KB"; of 1,024 bytes each."""
    if size >= 1024 * 1024:
        return f"{size / 1024 / 1024:.1f} MB"
    return f"{max(1, round(size / 1024))} KB"
