"""A pupil's documents: taken in by button, drop or paste, looked at within the window, given out on the record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import documents, lending
from sencoapp.services.chronology import document_kind
from sencoapp.services.ports import TakenIn
from sencoapp.services.teacher_sheet import has_marks
from ui.allowed import only_for
from ui.commands import command
from ui.files import ask_for_files
from ui.incoming import as_png, files_in, kinds_taken, read_file
from ui.pages.document_details import DocumentDetails, reading_words
from ui.pages.document_elsewhere import OpenElsewhereSheet, ask_about_changes
from ui.pages.document_reader import DocumentReader
from ui.pages.document_sheets import AddDocumentSheet, CopySheet
from ui.pages.history_sheet import open_history
from ui.pages.letter_sheet import write_again
from ui.pages.pupil_words import joined
from ui.pages.readers_sheet import open_readers
from ui.pages.teacher_sheet import TeacherSheetPaper
from ui.room import Room
from ui.theme import theme
from ui.widgets import STRETCH, Button, Cell, Column, EmptyPlace, Faces, Notice, RecordTable, TableRow, col, holder, note, row

_DETAILS = 284


class DocumentsTab(QWidget):
    """``show_for(pupil=id)``; ``document`` opens one."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._wanted = ""
        self._page = 1
        self._just_added = ""
        self._today = date.max
        self._documents: dict[str, Document] = {}
        self.table = self._made_table()
        self.details = DocumentDetails(room.actor)
        self.reader = DocumentReader(room)
        self.add = Button(reference.say("pupil.add_document"), icon="plus", press=self.choose_files)
        self.empty = EmptyPlace(
            reference.say("pupil.no_documents"), reference.say("pupil.add_document"), icon="file-text", press=self.choose_files
        )
        self._may_add = only_for(room.actor, Document, self.add)
        if not self._may_add:
            self.empty.forbid()
            self.empty.say(reference.say("pupil.no_documents_to_read"))
        self.sheet = TeacherSheetPaper(room, self, lambda: self._pupil)
        head = row(note(reference.say("pupil.documents_note")), STRETCH, self.sheet.button, self.add, margins=(24, 12, 20, 12))
        dismiss = Button("", "quiet", icon="x", name=reference.say("shell.dismiss"), press=lambda: self._tell(self._notice, ""))
        self._notice = Notice("warning", "", dismiss)
        self._notice.setVisible(False)
        self._out = Notice("info", "", Button(reference.say("pupil.take_back"), "link", press=self._take_back))
        self._out.setVisible(False)
        self._listed = holder(row((col(head, (self.table, 1), gap=0), 1), self.details, gap=0))
        self._listed.hide()
        self.empty.hide()
        self._places = Faces()
        self._told = holder(col(self._notice, self._out, gap=8, margins=(24, 12, 20, 4)))
        self._told.hide()
        self._places.addWidget(holder(col(self._told, (self._listed, 1), (self.empty, 1), gap=0)))
        self._places.addWidget(self.reader)
        self.setLayout(col(self._places, gap=0))
        self.setAcceptDrops(self._may_add)
        self._connect()

    def _made_table(self) -> RecordTable:
        columns = (
            Column(reference.say("pupil.document"), 0),
            Column(reference.say("pupil.document_day"), 150),
            Column(reference.say("pupil.document_size"), 90, keep=False),
            Column(reference.say("pupil.in_requests"), 130, keep=False),
        )
        return RecordTable(reference.say("pupil.tab_documents"), columns, two_lines=True, lead=24)

    def _connect(self) -> None:
        self.table.opened.connect(self.open_document)
        self.table.chosen.connect(lambda key: self.details.show_document(self._documents.get(key)))
        self.details.open_wanted.connect(self.open_document)
        self.details.copy_wanted.connect(self._copy)
        for each in (self.details, self.reader):
            each.elsewhere_wanted.connect(self._open_elsewhere)
        self.details.again_wanted.connect(self._write_again)
        self.details.remove_wanted.connect(self._remove)
        self.details.history_wanted.connect(lambda document: open_history(self.room, "document", document))
        self.details.readers_wanted.connect(lambda document: open_readers(self.room, "document", document))
        self.reader.closed.connect(self._close_reader)
        self.reader.copy_wanted.connect(self._copy)
        paste = command(self, reference.say("pupil.paste_document"), self.paste, "Ctrl+V", icon="copy", also="clipboard file picture")
        remove = command(self, reference.say("pupil.remove_document_named"), self._remove_chosen, "Del", also="delete")
        add = command(self, reference.say("pupil.add_document"), self.choose_files, icon="plus", also="attach upload file PDF")
        again = command(self, reference.say("letters.again"), self._write_chosen_again, icon="mail", also="letter repeat copy send")
        only_for(self.room.actor, Document, paste, add, again)
        only_for(self.room.actor, Document, remove, verb="remove")

    # ---- the tab ----------------------------------------------------------------------------------------------------

    def show_for(self, pupil: str, *, document: str = "", page: int = 1, **where: Any) -> None:
        if pupil != self._pupil:
            self._pupil = pupil
            self._close_reader()
            self._tell(self._notice, "")
            self.details.show_document(None)
        self._wanted, self._page = document, int(page or 1)
        self._ask()

    def refresh(self, saved: Saved) -> None:
        self.reader.refresh(saved)
        if self._pupil in saved.pupils() and saved.touches("document", "report_mark"):
            self._ask()

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _documents(place, pupil), lambda found: self._show(pupil, found), replace="documents")

    def _show(self, pupil: str, shown: "Shown") -> None:
        if pupil != self._pupil:
            return
        found, today, out = shown.papers, shown.today, shown.out
        self.sheet.button.setVisible(self.sheet.may and shown.marked)
        titles = list(dict.fromkeys(f"“{each.title}”" for each in out))
        self._tell(self._out, reference.say("pupil.copies_out", titles=", ".join(titles)) if titles else "")
        self._today = today
        self._documents = {each.id: each for each in found}
        self.table.show_rows([_row(each) for each in found])
        self._listed.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found and not self.table.current_key():
            self.table.choose_first()
        self.details.show_document(self._documents.get(self.table.current_key()))
        added, self._just_added = self._just_added, ""
        if added in self._documents:
            # The button that was pressed may have gone with the empty place: the focus goes to what was added.
            self.table.choose(added)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        wanted, self._wanted = self._wanted, ""
        if wanted in self._documents:
            self.table.choose(wanted)
            self.open_document(wanted)

    def _tell(self, notice: Notice, words: str) -> None:
        """Says something above the list, or takes it away; no strip is left where nothing is said."""
        if words:
            notice.say(words)
        notice.setVisible(bool(words))
        self._told.setVisible(not (self._notice.isHidden() and self._out.isHidden()))

    # ---- looking ----------------------------------------------------------------------------------------------------

    def open_document(self, key: str) -> None:
        """Shows a document in place of the list."""
        self.room.ask(self, lambda place: documents.read_document(place.session, key), self._read, replace="read")

    def _read(self, found: tuple[Document, bytes]) -> None:
        self.reader.show_document(*found)
        self._places.setCurrentWidget(self.reader)
        if self._page > 1:
            self.reader.preview.go_to(self._page)
        self._page = 1
        self.reader.preview.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close_reader(self) -> None:
        self.reader.stop_marking()
        self.reader.preview.clear()
        self._places.setCurrentIndex(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- taking in --------------------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        """Asks which file, and takes it in."""
        ask_for_files(self, reference.say("pupil.add_document"), kinds_taken(), self.take_in_files)

    def take_in_files(self, paths: list[Path]) -> None:
        """Looks at files away from the window's thread; the sheet for each opens after the one before it."""
        self._tell(self._notice, "")
        self._next(paths)

    def _next(self, paths: Sequence[Path]) -> None:
        if paths:
            first = paths[0]
            self.take_in(first.name, lambda: read_file(first), paths[1:])

    def take_in(self, filename: str, read: Callable[[], bytes], rest: Sequence[Path] = ()) -> None:
        """Opens the sheet that asks what it is; a file that is not taken in gets its sentence, and the next one is looked at."""
        rooms = self.room.place.documents

        def refused(message: PlainMessage) -> None:
            self._tell(self._notice, reference.explain(message))
            self._next(rest)

        def ask(taken: TakenIn) -> None:
            sheet = AddDocumentSheet(self.room, self._pupil, taken, self._today)
            sheet.added.connect(self._added)
            if rest:
                sheet.closed.connect(lambda: self._next(rest))
            self.room.ways.show_sheet(sheet)

        self.room.aside(self, lambda: rooms.take_in(filename, read()), ask, refused)

    def _added(self, document: Document, saved: Saved) -> None:
        self._wanted, self._just_added = "", document.id
        self._ask()
        words = reference.say("pupil.document_added", title=document.title)
        self.room.ways.toast(words, saved)

    def paste(self) -> None:
        """Takes in what lies on the clipboard: files, or a picture."""
        data = QGuiApplication.clipboard().mimeData()
        if data is not None:
            self._take_in_data(data)

    def _take_in_data(self, data: QMimeData) -> None:
        paths = files_in(data)
        if paths:
            self.take_in_files(paths)
        elif data.hasImage():
            picture = data.imageData()
            if isinstance(picture, QImage):
                self._tell(self._notice, "")
                self.take_in(reference.say("pupil.pasted_name"), partial(as_png, picture))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()) or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._take_in_data(event.mimeData())

    # ---- giving out, taking away ------------------------------------------------------------------------------------

    def _copy(self, key: str) -> None:
        if key in self._documents:
            self.room.ways.show_sheet(CopySheet(self.room, self._documents[key]))

    def _write_chosen_again(self) -> None:
        self._write_again(self.table.current_key())

    def _write_again(self, key: str) -> None:
        document = self._documents.get(key)
        if document is not None and document.words:
            write_again(self.room, self, document, self._today)
        else:
            self.room.ways.toast(reference.say("letters.not_a_letter"))

    def _open_elsewhere(self, key: str) -> None:
        if key not in self._documents:
            return
        document = self._documents[key]

        def show(cautions: tuple[str, ...]) -> None:
            sheet = OpenElsewhereSheet(self.room, document, cautions)
            sheet.opened.connect(self._ask)
            self.room.ways.show_sheet(sheet)

        self.room.ask(self, lambda place: lending.cautions(place.session, place.documents, key), show)

    def _take_back(self) -> None:
        """Wipes the copies that are out, and asks at once about what another program changed."""

        def done(all_back: bool) -> None:
            self._ask()
            self.room.ways.toast(reference.say("pupil.taken_back" if all_back else "pupil.held_fast"))
            ask_about_changes(self.room, self)

        self.room.do(self, lambda place: lending.take_back(place.session, place.copies), done)

    def _remove_chosen(self) -> None:
        if self.table.hasFocus() and self.table.current_key():
            self._remove(self.table.current_key())

    def _remove(self, key: str) -> None:
        title = self._documents[key].title

        def told(saved: Saved) -> None:
            self.room.ways.toast(reference.say("pupil.document_removed", title=title), saved)

        self.room.do(self, lambda place: documents.remove_document(place.session, key), told)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        narrow = theme().is_narrow(self.window().width())
        self.details.setVisible(not narrow)
        self.details.setFixedWidth(theme().px(_DETAILS))


@dataclass(frozen=True)
class Shown:
    """What the tab shows: the documents, those that are open in another program, and whether anything is marked for teachers."""

    papers: list[Document]
    today: date
    out: list[Document]
    marked: bool


def _documents(place: Workplace, pupil: str) -> Shown:
    out = [each for each in lending.out_now(place.session, place.copies) if each.pupil == pupil]
    record = place.session.record
    return Shown(documents.documents_of(record, pupil), place.session.clock.today(), out, has_marks(record, pupil))


def _row(document: Document) -> TableRow:
    day = document.document_on
    pages = document.pages or 0
    size = reference.say("pupil.pages" if pages > 1 else "pupil.one_page", count=pages) if pages else ""
    who = joined(document_kind(document.kind), document.author_name or document.organisation or "", reading_words(document))
    in_requests = reference.say("pupil.yes" if document.for_requests else "pupil.no")
    return TableRow(
        document.id,
        (
            Cell(document.title, who, bold=True, icon="lock" if document.confidential else "file-text"),
            Cell(full_date(day) if day else reference.say("pupil.not_known"), tone="text" if day else "muted"),
            Cell(size),
            Cell(in_requests, tone="text" if document.for_requests else "muted"),
        ),
    )
