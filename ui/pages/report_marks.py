"""Marking a report: what is picked on the page at the left becomes a need, a recommendation or provision with its page."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.casework import Document
from sencoapp.domain.page_words import PageWord
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.report_marks import MARK_KINDS, ReportMark, box_of
from sencoapp.domain.words import shortened
from sencoapp.reference import explain, say
from sencoapp.services import report_marks as services
from sencoapp.services.permissions import may_save
from sencoapp.services.report_marks import Marks
from ui.pages.ask_form import Ask
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.preview import PreviewPane
from ui.pages.reading_column import ReadingColumn
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.pages.teacher_sheet import TeacherSheetPaper
from ui.room import Room
from ui.widgets import STRETCH, Button, Marked, Scroll, Surface, Text, col, heading, note, row
from ui.widgets.painting import ChipStyle

ROLES = {"need": "area_cl", "recommendation": "info", "provision": "success"}
_CHIPS: dict[str, ChipStyle] = {"need": "cl", "recommendation": "info", "provision": "success"}


class MarkPane(QWidget):
    """Beside the preview of a document. ``closed`` when the person is done with marking."""

    closed = Signal()

    def __init__(self, room: Room, preview: PreviewPane) -> None:
        super().__init__()
        self.room, self.preview = room, preview
        self.page = preview.page
        self._found: Marks | None = None
        self._document = ""
        self._pdf = b""
        self._read = False
        """Whether it is known which words the page in sight has."""
        self._how = note("", wrap=True)
        self._picked = Text("", "ui", wrap=True)
        self.mark = Button(say("marks.mark"), "primary", icon="check", tip="Return", press=self.open_new)
        self.done = Button(say("marks.done"), "quiet", press=self.closed.emit)
        self.list = EntryPanel(say("marks.list"), "", self.open_new, say("marks.none"), self._act, within=True)
        self.sheet = TeacherSheetPaper(room, self, lambda: self._found.document.pupil if self._found else "")
        column = col(
            row(heading(say("marks.title")), STRETCH, self.done), self._how, self._picked, row(self.mark, STRETCH),
            self.list, row(self.sheet.button, STRETCH), STRETCH, gap=10, margins=(16, 12, 12, 16),
        )  # fmt: skip
        self.setLayout(col(Surface("side", col(Scroll(ReadingColumn(column), say("marks.title")), gap=0)), gap=0))
        self.setAccessibleName(say("marks.title"))
        self.page.picked.connect(self._say_picked)
        self.page.wanted.connect(self.open_new)
        preview.turned.connect(lambda _: self._turned())
        self.may = may_save(room.actor, ReportMark)
        self.hide()

    def begin(self, document: Document, content: bytes) -> None:
        """Starts marking a document that is in sight in the preview."""
        self._document = document.id
        self._pdf = content if document.media_type == "application/pdf" else b""
        self.show()
        self.page.pick(on=True)
        self._turned()
        self.read_again()

    def end(self) -> None:
        """The page is only read again."""
        self._document, self._pdf, self._found = "", b"", None
        self.page.pick(on=False)
        self.page.show_words(())
        self.page.show_marks(())
        self.hide()

    def refresh(self, saved: Saved) -> None:
        if self._document and saved.touches("report_mark", "recommendation", "sen_need", "involvement", "involvement_report"):
            self.read_again()

    def read_again(self) -> None:
        document = self._document
        self.room.ask(self, lambda place: services.marks_of(place.session, document), self._show, self._gone, replace="marks")

    # ---- the page in sight ------------------------------------------------------------------------------------------
    def _turned(self) -> None:
        if not self._document:
            return
        number, pdf = self.preview.number(), self._pdf
        self._read = not pdf
        self.page.show_words(())
        self._show_marks()
        if pdf:
            documents = self.room.place.documents
            shown = partial(self._show_words, number)
            self.room.aside(self, lambda: documents.page_words(pdf, number), shown)

    def _show_words(self, number: int, words: Sequence[PageWord]) -> None:
        if self._document and number == self.preview.number():
            self._read = True
            self.page.show_words(words)

    def _show_marks(self) -> None:
        marks = self._found.marks if self._found else ()
        here = [each for each in marks if each.page == self.preview.number()]
        self.page.show_marks(
            [Marked(tuple(box_of(place) for place in each.places), ROLES[each.what], say(f"marks.letter_{each.what}")) for each in here]
        )

    def _say_picked(self) -> None:
        if not self._document:
            return
        words, places = self.page.quote(), self.page.places()
        self._how.setText(say("marks.how_area" if self._read and not self.page.has_words() else "marks.how"))
        self._picked.setText(f"“{words}”" if words else say("marks.area_picked") if places else "")
        self._picked.setVisible(bool(places))
        self.mark.setVisible(self.may)
        self.mark.setEnabled(bool(places))

    # ---- what is marked ---------------------------------------------------------------------------------------------
    def _show(self, found: Marks) -> None:
        if found.document.id != self._document:
            return
        self._found = found
        self.list.show_lines([_line(each) for each in found.marks])
        self.sheet.button.setVisible(self.sheet.may and any(each.for_teachers for each in found.marks))
        self._show_marks()
        self._say_picked()

    def open_new(self) -> None:
        """Asks what the picked passage is."""
        found, places = self._found, self.page.places()
        if found is None or not places or not self.may:
            return
        page, quote = self.preview.number(), self.page.quote()
        document, typed = found.document.id, not quote

        def write(session: Any, values: Mapping[str, Any]) -> Saved:
            return services.mark(session, document, page, places, {**values, "typed": typed})[1]

        self._open(
            Entry(
                title=say("marks.new", page=page),
                save_words=say("marks.mark"),
                rows=self._rows(found),
                values={"what": "recommendation", "quote": quote, "for_teachers": True, "leads_to": _first_lead(found)},
                draft=f"mark.{document}.{page}" if typed else f"mark.{document}.{page}.{places[0].as_kept().replace(' ', '_')}",
                write=write,
                said=lambda _: say("marks.marked"),
            )
        )

    def _change(self, mark: ReportMark) -> None:
        found = self._found
        if found is None:
            return
        values = {
            "what": mark.what,
            "quote": mark.quote,
            "for_teachers": mark.for_teachers,
            "teacher_words": mark.teacher_words,
            "leads_to": services.leads_to(mark),
        }
        self._open(
            Entry(
                title=say("marks.change_title", page=mark.page),
                save_words=say("people_page.save"),
                rows=self._rows(found),
                values=values,
                draft=f"mark.{mark.id}",
                write=lambda session, values: services.change_mark(session, mark, values, as_of=found.position),
                said=lambda _: say("marks.changed"),
                past=("report_mark", mark.id),
                remove=Removal(say("marks.remove"), say("marks.removed"), lambda session: services.remove_mark(session, mark.id)),
            )
        )

    def _rows(self, found: Marks) -> list[Any]:
        kinds = [(each, say(f"marks.kind_{each}")) for each in MARK_KINDS]
        return [
            Ask("what", say("marks.what"), "one", kinds),
            Ask("quote", say("marks.quote"), "words", hint=say("marks.quote_hint"), lines=4),
            Ask("leads_to", say("marks.leads_to"), "choice", found.leads, hint=say("marks.leads_hint")),
            Ask("for_teachers", say("marks.for_teachers"), "yes_no"),
            Ask("teacher_words", say("marks.teacher_words"), "words", hint=say("marks.teacher_hint"), optional=True, lines=2),
        ]

    def _open(self, entry: Entry) -> None:
        open_entry(self.room, self, entry, self.room.app.clock.today())

    def _act(self, action: str, key: str) -> None:
        mark = next((each for each in self._found.marks if each.id == key), None) if self._found else None
        if mark is None:
            return
        if action == "go":
            self.preview.go_to(mark.page)
        else:
            self._change(mark)

    def _gone(self, message: PlainMessage) -> None:
        self.room.ways.toast(explain(message))
        self.closed.emit()


def _line(mark: ReportMark) -> Line:
    led = say("marks.led_advice") if mark.recommendation else say("marks.led_need") if mark.need else ""
    sheet = say("marks.on_sheet") if mark.for_teachers else ""
    below = " · ".join(filter(None, (say("marks.page", page=mark.page), led, sheet)))
    actions = (("go", say("marks.go", page=mark.page)), ("change", say("people_page.change")))
    return Line(
        mark.id,
        f"“{shortened(mark.quote, 140)}”",
        below,
        mark.teacher_words or "",
        (_CHIPS[mark.what], say(f"marks.kind_{mark.what}")),
        actions,
    )


def _first_lead(found: Marks) -> str:
    """Whose report it is, where that is known; else nothing."""
    return next((value for value, _ in found.leads if value.startswith(services.NEW_ADVICE)), "")
