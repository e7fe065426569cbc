"""Which documents go with a request, and in which order."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.reference import say
from sencoapp.services.permissions import may_save
from sencoapp.services.requests import change_request
from sencoapp.services.snapshots import evidence_letter
from ui.commands import command, with_shortcut
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_content import RequestContent, megabytes
from ui.pages.request_papers import PapersPart
from ui.pages.turn_sheet import open_turning
from ui.pages.withhold_sheet import open_withholding
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    EmptyPlace,
    Notice,
    OrderedTable,
    RecordTable,
    Scroll,
    TableRow,
    Text,
    col,
    flow,
    heading,
    row,
    title,
)
from ui.widgets.announce import announce

_ROWS_IN_SIGHT = 4


class EvidencePane(QWidget):
    """The chosen documents with their letters, and below them those that were left out."""

    place_wanted = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self._order: tuple[str, ...] = ()
        self._as_of = 0
        self._removed = 0
        columns = (
            Column("", 34),
            Column(say("request_page.col_document")),
            Column(say("request_page.col_written"), 150, keep=False),
            Column(say("request_page.col_pages"), 70, right=True),
        )
        self.chosen = OrderedTable(say("request_page.evidence_chosen"), columns, two_lines=True, lead=8)
        self.others = RecordTable(
            say("request_page.evidence_others"), (*columns[1:3], Column("", 110)), two_lines=True, headings=False, lead=8
        )
        self.chosen.chosen.connect(lambda _: self._say_buttons())
        self.chosen.opened.connect(lambda _: self.place_wanted.emit("documents"))
        self.chosen.moved.connect(self.move_to)
        self.others.acted.connect(self.add)
        self.others.opened.connect(self.add)
        up = command(self, say("request_page.move_up"), lambda: self.move_by(-1), "Alt+Up", "Ctrl+Up", also="evidence order")
        down = command(self, say("request_page.move_down"), lambda: self.move_by(1), "Alt+Down", "Ctrl+Down", also="evidence order")
        self.up = Button(say("request_page.move_up"), "secondary", tip=with_shortcut(up.text(), up), press=lambda: self.move_by(-1))
        self.down = Button(say("request_page.move_down"), "secondary", tip=with_shortcut(down.text(), down), press=lambda: self.move_by(1))
        self.take_out = Button(say("request_page.take_out"), "quiet", press=self._take_out)
        self.withhold = Button(say("request_page.withhold"), "secondary", press=self._withhold)
        self.turning = Button(say("turning.turn"), "secondary", press=self._turn)
        self.kept_apart = Notice("warning", "")
        self.slips = Notice("info", "")
        self._meter = Text("", "ui", weight=600, wrap=True)
        self._none = EmptyPlace(
            say("request_page.no_evidence"),
            say("request_page.to_documents"),
            icon="paperclip",
            press=lambda: self.place_wanted.emit("documents"),
        )
        self._others_head = heading(say("request_page.evidence_others"))
        self._lay_out()

    def _lay_out(self) -> None:
        self._documents = Button(say("request_page.to_documents"), "link", press=lambda: self.place_wanted.emit("documents"))
        head = row(title(say("request_page.evidence")), STRETCH, self._documents, gap=12)
        hint = Text(say("request_page.evidence_note"), "ui", "muted", wrap=True)
        self._tools = flow(self.up, self.down, self.withhold, self.turning, self.take_out)
        self.papers = PapersPart()
        others = col(self._others_head, (self.others, 1), gap=6)
        column = col(
            head,
            hint,
            self.kept_apart,
            self.slips,
            self._meter,
            (self.chosen, 3),
            self._tools,
            self._none,
            (others, 2),
            self.papers,
            gap=12,
            margins=(24, 16, 24, 16),
        )
        self.setLayout(col(Scroll(ReadingColumn(column), say("request_page.evidence")), gap=0))

    def show_content(self, content: RequestContent) -> None:
        """Shows the documents of the pupil."""
        self._content, self._as_of = content, content.page.position
        self._removed = len(content.request.evidence) - len(content.page.evidence)
        self._order = tuple(each.id for each in content.page.evidence)
        self._show(content.page.evidence, content.page.other_documents)
        self.papers.show_content(content)

    def add(self, document: str) -> None:
        """Puts a document at the end."""
        if document not in self._order:
            self._change((*self._order, document), say("request_page.evidence_added"))

    def move_by(self, step: int) -> None:
        """Moves the chosen document up or down by one."""
        key = self.chosen.current_key()
        if key not in self._order:
            return
        self.move_to(key, self._order.index(key) + step)

    def move_to(self, key: str, there: int) -> None:
        """Moves a document to a place, counted from 0."""
        if key in self._order and 0 <= there < len(self._order):
            here = self._order.index(key)
            order = list(self._order)
            order.insert(there, order.pop(here))
            self._change(tuple(order), say("request_page.moved", letter=evidence_letter(there)))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _take_out(self) -> None:
        key, before = self.chosen.current_key(), self._order
        if key not in before:
            return
        self._change(tuple(each for each in before if each != key), "")
        self._room.ways.toast(say("request_page.evidence_taken_out"), lambda: self._change(before, ""))

    def _withhold(self) -> None:
        key = self.chosen.current_key()
        if key in self._order:
            open_withholding(self._room, self, key)

    def _turn(self) -> None:
        key = self.chosen.current_key()
        if key in self._order:
            open_turning(self._room, self, key)

    def _has_pages(self, document: str) -> bool:
        papers = self._content.page.evidence if self._content else ()
        return any(each.id == document and each.pages is not None for each in papers)

    def _change(self, order: tuple[str, ...], words: str) -> None:
        content = self._content
        if content is None or not content.is_open:
            return
        shown, as_of = replace(content.request, evidence=self._order), self._as_of
        self._order = order
        papers = {each.id: each for each in (*content.page.evidence, *content.page.other_documents)}
        self._show([papers[each] for each in order], [each for each in papers.values() if each.id not in order])
        if words:
            announce(words, self)

        def done(saved: Saved) -> None:
            self._as_of = saved.position

        wanted = replace(shown, evidence=order)
        self._room.do(self, lambda place: change_request(place.session, shown, wanted, as_of=as_of), done)

    def _show(self, chosen: Sequence[Document], others: Sequence[Document]) -> None:
        self.chosen.show_rows([_row(number, each) for number, each in enumerate(chosen)])
        add = say("request_page.add")
        self.others.show_rows([TableRow(each.id, (_named(each), _written(each), Cell(button=add))) for each in others])
        pages, size = sum(each.pages or 1 for each in chosen), sum(each.size for each in chosen)
        key = "meter_one" if len(chosen) == 1 else "meter"
        self._meter.setText(say(f"request_page.{key}", count=len(chosen), pages=pages, size=megabytes(size)))
        self._say_confidential([each.title for each in chosen if each.confidential])
        self._say_slips([each.title for each in chosen if each.pages is None], self._removed)
        for part in (self.chosen, self._tools, self._meter):
            part.setVisible(bool(chosen))
        for part in (self.others, self._others_head):
            part.setVisible(bool(others))
        self._none.setVisible(not chosen and not others)
        self._documents.setVisible(bool(chosen or others))
        self.restyle()
        self._say_buttons()

    def restyle(self) -> None:
        look = theme()
        for table, heads in ((self.chosen, 34), (self.others, 0)):
            table.setMinimumHeight(look.px(heads + 52 * max(1, min(table.count(), _ROWS_IN_SIGHT))))

    def _say_confidential(self, titles: Sequence[str]) -> None:
        key = "evidence_confidential_one" if len(titles) == 1 else "evidence_confidential"
        words = say(f"request_page.{key}", titles="; ".join(titles)) if titles else ""
        if words and words != self.kept_apart.accessibleName():  # it is read out when it is said
            self.kept_apart.say(words)
        self.kept_apart.setVisible(bool(titles))

    def _say_slips(self, titles: Sequence[str], removed: int) -> None:
        lines = [say("request_page.evidence_slips", titles="; ".join(titles))] if titles else []
        if removed:
            lines.append(say("request_page.evidence_removed_one" if removed == 1 else "request_page.evidence_removed", count=removed))
        words = " ".join(lines)
        if words and words != self.slips.accessibleName():
            self.slips.say(words)
        self.slips.setVisible(bool(words))

    def _say_buttons(self) -> None:
        key = self.chosen.current_key()
        here = self._order.index(key) if key in self._order else -1
        can = self._content is not None and self._content.is_open and here >= 0
        self.up.setEnabled(can and here > 0)
        self.down.setEnabled(can and here < len(self._order) - 1)
        self.take_out.setEnabled(can)
        self.withhold.setEnabled(here >= 0 and self._has_pages(key))
        self.turning.setEnabled(here >= 0 and self._has_pages(key))
        self.turning.setVisible(may_save(self._room.actor, Document, "change"))


def _row(number: int, document: Document) -> TableRow:
    pages = str(document.pages or 1)
    return TableRow(document.id, (Cell(evidence_letter(number), bold=True), _named(document), _written(document), Cell(pages)))


def _named(document: Document) -> Cell:
    who = ", ".join(dict.fromkeys(filter(None, (document.author_name, document.author_role, document.organisation))))
    sub = who or document.filename
    if not document.confidential:
        return Cell(document.title, sub=sub)
    return Cell(document.title, sub=f"{say('confidential.mark')} · {sub}", icon="lock")


def _written(document: Document) -> Cell:
    return Cell(full_date(document.document_on) if document.document_on else say("request_page.undated"), tone="muted")
