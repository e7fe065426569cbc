"""Marking what of a document is withheld from packs: find words and mark them all, or mark places on the page."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from sencoapp import reference
from sencoapp.domain.record import Saved
from sencoapp.domain.redaction import Area, FoundWords, Redaction, not_yet_marked
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import redactions
from sencoapp.services.pack_variants import variants
from sencoapp.services.permissions import may_save
from sencoapp.services.redactions import MarkingPage as Marking
from ui.commands import command
from ui.pages.preview import DrawnPage, draw_page, read_picture
from ui.room import Room
from ui.tasks import Job
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    ChipChoice,
    Choice,
    Column,
    Field,
    Notice,
    RecordTable,
    Scroll,
    SearchField,
    Sheet,
    TableRow,
    Text,
    col,
    heading,
    holder,
    note,
    row,
)
from ui.widgets.announce import announce
from ui.widgets.marking_page import MarkingPage, PageMark, Place

say = reference.say

_SIDE_BY_SIDE = 760
_PAGE_WIDE = 700
"""Design pixels in which a page is drawn; the widget scales it to its own width."""


def open_withholding(room: Room, owner: QObject, document: str) -> None:
    """Opens the sheet for a document that can go in a pack."""

    def read(found: Marking) -> None:
        rooms = room.place.documents
        title, content = found.document.title, found.content
        room.aside(owner, lambda: rooms.as_it_goes_out(title, content), lambda flat: room.ways.show_sheet(WithholdSheet(room, found, flat)))

    room.ask(owner, lambda place: redactions.marking_page(place.session, document), read, replace="withhold")


class WithholdSheet(Sheet):
    """The page at the left; at the right the words to find, why, from whom, and what is marked."""

    def __init__(self, room: Room, found: Marking, content: bytes) -> None:
        self._room, self._document, self._file = room, found.document, content
        self._marks: Sequence[Redaction] = found.marks
        self._number = 0
        self._pages = 1
        self._found: list[Area] = []
        self._can = may_save(room.actor, Redaction, "add")
        self.canvas = MarkingPage(say("withhold.page"))
        self.words = SearchField(say("withhold.find"))
        self.find_button = Button(say("withhold.find_press"), press=self.look_for)
        self.mark_all = Button("", "primary", press=self._mark_found)
        self.told = Notice("info", "")
        self.reason = Choice(say("withhold.reason"), [(code, words[:1].upper() + words[1:]) for code, words in redactions.reasons()])
        options = [(each["id"], each["title"]) for each in variants()]
        self.readers = ChipChoice(say("withhold.from_whom"), options, several=True)
        columns = (Column(say("withhold.marks"), 0), Column("", 110))
        self.marks = RecordTable(say("withhold.marks"), columns, two_lines=True, headings=False, lead=8)
        self._none = note(say("withhold.marks_none"))
        self._none.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._back = Button("", "quiet", icon="chevron-left", name=say("withhold.back"), press=lambda: self.go_to(self._number - 1))
        self._on = Button("", "quiet", icon="chevron-right", name=say("withhold.on"), press=lambda: self.go_to(self._number + 1))
        self._where = Text("", "ui", figures=True)
        super().__init__(say("withhold.title", title=found.document.title), self._built(), width=1180)
        self._connect()
        self._show_marks()
        self.draw()

    def _built(self) -> QWidget:
        pages = row(self._back, self._where, self._on, STRETCH, gap=4)
        self._left = holder(col(pages, (Scroll(holder(col(self.canvas, margins=(2, 2, 2, 2))), say("withhold.page")), 1), gap=4))
        self.mark_all.hide()
        self.told.hide()
        if not self._can:
            for each in (self.words, self.find_button, self.reason, self.readers):
                each.hide()
        right = holder(
            col(
                Text(say("withhold.lead"), "ui", "muted", wrap=True),
                Field(say("withhold.reason"), self.reason, hint=say("withhold.reason_hint")) if self._can else None,
                Field(say("withhold.from_whom"), self.readers, hint=say("withhold.from_whom_hint")) if self._can else None,
                Field(say("withhold.find"), self.words) if self._can else None,
                row(self.find_button, self.mark_all, STRETCH, gap=8),
                self.told,
                heading(say("withhold.marks")),
                (self._none, 1),
                (self.marks, 1),
                gap=10,
            )
        )
        self._right = Scroll(right, say("withhold.marks"))
        self._halves = row((self._left, 3), (self._right, 2), gap=16)
        body = holder(col((_TallScroll(holder(self._halves), say("withhold.page")), 1), gap=0))
        # On the scroll area itself the Tab key would come back to the words for ever, and never to what follows them.
        body.setFocusProxy(self.words if self._can else self.canvas)
        return body

    def _connect(self) -> None:
        self.canvas.allow(self._can)
        self.canvas.drawn.connect(self._mark_place)
        self.canvas.picked.connect(self.marks.choose)
        self.words.returnPressed.connect(self.look_for)
        self.marks.acted.connect(self.show_again)
        self.marks.chosen.connect(self._look_at)
        self._room.desk.saved.connect(self._saved)
        command(self, say("withhold.on"), lambda: self.go_to(self._number + 1), "PgDown")
        command(self, say("withhold.back"), lambda: self.go_to(self._number - 1), "PgUp")

    # ---- pages ------------------------------------------------------------------------------------------------------

    def go_to(self, number: int) -> None:
        """Turns to a page, counted from 0."""
        if 0 <= number < self._pages and number != self._number:
            self._number = number
            self.draw()

    def draw(self) -> None:
        """Draws the page in sight, away from the window's thread."""
        title, wide = self._document.title, theme().px(_PAGE_WIDE)
        if self._document.media_type.startswith("image/"):
            self._room.aside(self, partial(read_picture, self._file, title), self._show_image, self._refused)
            return
        dots = self.devicePixelRatioF() * 96 / 72
        work = partial(draw_page, self._file, title, self._number, "width", 1.0, (wide, wide), dots)
        self._room.aside(self, work, self._show_drawn, self._refused)

    def _show_drawn(self, drawn: DrawnPage) -> None:
        if drawn.number == self._number:
            self._pages = drawn.pages
            self._show_image(QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy())

    def _show_image(self, image: QImage) -> None:
        self._back.setVisible(self._pages > 1)
        self._on.setVisible(self._pages > 1)
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number + 1 < self._pages)
        where = say("withhold.page_of", number=self._number + 1, pages=self._pages)
        self._where.setText(where)
        announce(where, self)
        self.canvas.show_page(image, self._marks_here())

    # ---- finding ----------------------------------------------------------------------------------------------------

    def look_for(self) -> None:
        """Looks for the words on every page."""
        words = self.words.text().strip()
        if not words or not self._can:
            return
        rooms, title, content = self._room.place.documents, self._document.title, self._file
        job = Job(say("withhold.looking"), can_stop=False)
        self._room.aside(self, lambda: rooms.find_words(title, content, words), self._show_found, self._refused, job=job)

    def _show_found(self, found: FoundWords) -> None:
        self._found = not_yet_marked(found.areas, [each.area for each in self._marks])
        count, pages = len(found.areas), sorted({each.page for each in found.areas})
        lines = []
        if self._document.media_type.startswith("image/"):
            lines.append(say("withhold.picture"))
        elif not count:
            lines.append(say("withhold.found_none"))
        elif not self._found:
            lines.append(say("withhold.found_marked", count=count))
        else:
            key = "withhold.found_one" if count == 1 else "withhold.found_page" if len(pages) == 1 else "withhold.found"
            lines.append(say(key, count=count, pages=len(pages), page=pages[0]))
        if found.pictures and not self._document.media_type.startswith("image/"):
            key = "withhold.pictures_one" if len(found.pictures) == 1 else "withhold.pictures"
            lines.append(say(key, pages=", ".join(map(str, found.pictures))))
        printed = self._printed_with()
        if printed:
            lines.append(say("withhold.printed_too", where=printed))
        self.told.become("warning" if found.pictures or printed or not count else "info")
        self.told.say(" ".join(lines))
        self.told.show()
        self.mark_all.setVisible(bool(self._found))
        self.mark_all.setText(say("withhold.mark_one") if len(self._found) == 1 else say("withhold.mark_all", count=len(self._found)))
        self.mark_all.setAccessibleName(self.mark_all.text())
        if self._found:
            self.go_to(self._found[0].page - 1)
            self.mark_all.setFocus(Qt.FocusReason.OtherFocusReason)

    def _printed_with(self) -> str:
        """Where else the words stand that a pack prints of the document: marks on its pages do not reach there."""
        words, paper = self.words.text().strip().casefold(), self._document
        told = {
            "title": paper.title,
            "file": paper.filename,
            "author": " ".join(filter(None, (paper.author_name, paper.author_role, paper.organisation))),
        }
        return ", ".join(say(f"withhold.in_{each}") for each, said in told.items() if words in said.casefold())

    # ---- marking ----------------------------------------------------------------------------------------------------

    def _mark_found(self) -> None:
        self._mark(self._found)
        self._found = []
        self.mark_all.hide()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_place(self, place: Place) -> None:
        self._mark([Area(self._number + 1, *place)])

    def _mark(self, areas: Sequence[Area]) -> None:
        document, reason, readers = self._document.id, self.reason.value(), self.readers.values()
        rooms, content = self._room.place.documents, self._file

        def done(answer: tuple[list[Redaction], Saved]) -> None:
            made, saved = answer
            words = say("withhold.marked_one") if len(made) == 1 else say("withhold.marked", count=len(made))
            self._room.ways.toast(words, saved)

        def keep(words: dict[Area, str]) -> None:
            self._room.do(
                self,
                lambda place: redactions.withhold(place.session, document, areas, reason, hidden_from=readers, words=words),
                done,
                self._refused,
            )

        self._room.aside(self, lambda: redactions.words_beneath(rooms, content, areas), keep, self._refused)

    def show_again(self, mark: str) -> None:
        """Takes one mark away."""
        if self._can:
            told = partial(self._room.ways.toast, say("withhold.shown_again"))
            self._room.do(self, lambda place: redactions.show_again(place.session, [mark]), told, self._refused)

    def _saved(self, saved: Saved, _owner: object) -> None:
        if saved.touches("redaction"):
            document = self._document.id
            self._room.ask(self, lambda place: redactions.marks_of(place.session.record, document), self._read_again, replace="marks")

    def _read_again(self, marks: Sequence[Redaction]) -> None:
        self._marks = marks
        self._show_marks()
        self.canvas.show_marks(self._marks_here(), self.marks.current_key())

    def _show_marks(self) -> None:
        titles = {each["id"]: each["title"] for each in variants()}
        button = say("withhold.show_again") if self._can else ""
        self.marks.show_rows(
            [
                TableRow(each.id, (Cell(say("withhold.mark_on", page=each.page), _why(each, titles)), Cell(button=button)))
                for each in self._marks
            ]
        )
        self.marks.setVisible(bool(self._marks))
        self._none.setVisible(not self._marks)

    def _marks_here(self) -> list[PageMark]:
        return [
            PageMark(each.id, (each.left, each.top, each.right, each.bottom), redactions.reason_words(each.reason))
            for each in self._marks
            if each.page == self._number + 1
        ]

    def _look_at(self, mark: str) -> None:
        found = next((each for each in self._marks if each.id == mark), None)
        if found is not None:
            self.go_to(found.page - 1)
            self.canvas.show_marks(self._marks_here(), mark)

    def _refused(self, message: PlainMessage) -> None:
        self.told.become("warning")
        self.told.say(reference.explain(message))
        self.told.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_halves"):
            self._fit()

    def _fit(self) -> None:
        """Side by side, or the page below its tools where the room is short."""
        look = theme()
        narrow = self.width() < look.px(_SIDE_BY_SIDE)
        self._halves.setDirection(QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight)
        self._left.setMinimumHeight(look.px(420) if narrow else 0)
        self._right.setMinimumHeight(look.px(560) if narrow else 0)


class _TallScroll(Scroll):
    """Asks for all the height that the window has: a page is looked at in it."""

    def sizeHint(self) -> QSize:
        return QSize(theme().px(1100), theme().px(900))


def _why(mark: Redaction, titles: dict[str, str]) -> str:
    words = redactions.reason_words(mark.reason)
    readers = "; ".join(titles.get(each, each) for each in mark.hidden_from) or say("withhold.mark_all_packs")
    return f"{words[:1].upper()}{words[1:]} · {readers}"
