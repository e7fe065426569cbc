"""Opening a document in another program, and what is asked when that program changed it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services import lending
from sencoapp.services.lending import ChangedCopy
from ui.commands import command
from ui.files import open_with_system
from ui.pages.document_details import size_words
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Form, Notice, Rule, Sheet, Text, col, flow, holder


class OpenElsewhereSheet(Sheet):
    """Says what opening elsewhere means before it is done. ``opened`` is sent when the copy is out."""

    opened = Signal()
    open_file: Callable[[Path], bool] = staticmethod(open_with_system)

    def __init__(self, room: Room, document: Document, cautions: Sequence[str]) -> None:
        self._room, self._document = room, document
        self.form = Form()
        for each in cautions:
            self.form.add_widget(Notice("warning", reference.say(f"pupil.caution_{each}")))
        self.form.add_widget(Text(reference.say("pupil.elsewhere_what"), wrap=True))
        self.form.add_widget(Text(reference.say("pupil.elsewhere_who"), wrap=True))
        self.form.add_widget(Text(reference.say("pupil.elsewhere_changes"), "ui", "muted", wrap=True))
        self.form.rest_below()
        self.button = Button(reference.say("pupil.elsewhere_do"), "primary", tip="Ctrl+Return", press=self.lend)
        title = reference.say("pupil.elsewhere_title", title=document.title)
        super().__init__(title, SheetBody(title, self.form, self.button))
        command(self, reference.say("pupil.elsewhere_do"), self.lend, "Ctrl+Return", "Ctrl+Enter")

    def lend(self) -> None:
        """Puts the copy on the computer and has the system open it."""
        if self.button.isEnabled():
            self.button.setEnabled(False)
            document = self._document.id
            self._room.do(self, lambda place: lending.lend(place.session, place.copies, document), self._lent, self._refused)

    def _lent(self, path: Path) -> None:
        if self.open_file(path):
            self.close_sheet()
            self.opened.emit()
            return
        self._room.do(self, lambda place: lending.take_back(place.session, place.copies))
        self._refused(Fault("no_program_opens_it", title=self._document.title))

    def _refused(self, message: PlainMessage) -> None:
        self.button.setEnabled(True)
        self.form.refuse(message)


class ChangedCopiesSheet(Sheet):
    """What other programs changed, one after the other: keep it as a new document, or let it go. Closing it asks again next time."""

    def __init__(self, room: Room, changed: Sequence[ChangedCopy]) -> None:
        self._room = room
        self.form = Form()
        self.form.add_widget(Text(reference.say("pupil.changed_what"), wrap=True))
        self._left = len(changed)
        for each in changed:
            self.form.add_widget(Rule())
            self.form.add_widget(self._question(each))
        self.form.rest_below()
        title = reference.say("pupil.changed_heading")
        super().__init__(title, SheetBody(title, self.form))

    def _question(self, changed: ChangedCopy) -> QWidget:
        title, id = changed.title, changed.id
        keep = Button(reference.say("pupil.changed_keep"), name=reference.say("pupil.changed_keep_named", title=title))
        drop = Button(reference.say("pupil.changed_drop"), "quiet", name=reference.say("pupil.changed_drop_named", title=title))
        words = Text(reference.say("pupil.changed_one", title=title, size=size_words(changed.size)), weight=600, wrap=True)
        part = holder(col(words, flow(keep, drop), gap=8))

        def done(sentence: str) -> None:
            part.setEnabled(False)
            self._decided(sentence)

        def kept(answer: tuple[Document, Saved]) -> None:
            done(reference.say("pupil.document_added", title=answer[0].title))

        def keep_it(place: Workplace) -> tuple[Document, Saved]:
            return lending.keep_change(place.session, place.documents, id)

        def let_it_go(place: Workplace) -> None:
            lending.let_change_go(place.session, id)

        keep.clicked.connect(lambda: self._room.do(self, keep_it, kept, self.form.refuse))
        gone = reference.say("pupil.changed_dropped", title=title)
        drop.clicked.connect(lambda: self._room.do(self, let_it_go, lambda _: done(gone), self.form.refuse))
        return part

    def _decided(self, words: str) -> None:
        self._room.ways.toast(words)
        self._left -= 1
        if not self._left:
            self.close_sheet()


def ask_about_changes(room: Room, owner: QObject) -> None:
    """Opens the sheet where another program changed a copy and nobody has decided yet."""

    def ask(changed: Sequence[ChangedCopy]) -> None:
        if changed:
            room.ways.show_sheet(ChangedCopiesSheet(room, changed))

    room.ask(owner, lambda place: lending.changed_copies(place.session), ask, replace="changed copies")
