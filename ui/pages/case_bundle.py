"""The school's papers for an appeal: each section with its papers and its pages, what to look at, and every bundle that was made."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.appeal_bundle import WRITTEN, BundlePaper
from sencoapp.domain.casework import Document, Pack
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.reference import council, explain, say
from sencoapp.services import appeal_bundle as services
from sencoapp.services.appeal_bundle import BundlePage
from sencoapp.services.bundle_words import check_words, fact_words
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from sencoapp.services.requests import PackDraft
from ui.commands import command, with_shortcut
from ui.pages.bundle_words import place_of, rows_of
from ui.pages.pack_making import make_a_pack
from ui.pages.pack_out import save_pack_out
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_content import megabytes, moment_words
from ui.pages.request_looking import EvidenceLooker
from ui.pages.save_out import AskWhere, ask_where
from ui.pages.turn_sheet import open_turning
from ui.pages.withheld_notice import WithheldNotice
from ui.pages.withhold_sheet import open_withholding
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Choice,
    Column,
    Field,
    Notice,
    RecordTable,
    Rule,
    Scroll,
    Surface,
    Text,
    col,
    flow,
    heading,
    holder,
    note,
    row,
)
from ui.widgets.announce import announce


class BundleView(QWidget):
    """``shown`` says that a bundle is in sight; ``case_wanted`` asks for the case."""

    shown = Signal()
    case_wanted = Signal()
    ask_where: AskWhere = staticmethod(ask_where)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._page: BundlePage | None = None
        self._counted: tuple[PackSnapshot | None, int] = (None, 0)
        self._busy = False
        self._case = ""
        self._may = may_save(room.actor, BundlePaper)
        self._looker = EvidenceLooker(room, self)
        self._looker.looked.connect(self.read_again)
        self.back = Button(say("bundle.back"), "link", icon="chevron-left", press=self.case_wanted.emit)
        self.make = Button(say("bundle.make"), "primary", icon="file-stack", press=self.make_bundle)
        columns = (
            Column(say("request_page.col_document")),
            Column(say("request_page.col_pages"), 70, right=True, keep=False),
            Column("", 120, keep=False),
        )
        self.papers = RecordTable(say("bundle.papers"), columns, two_lines=True, lead=24)
        self.papers.chosen.connect(lambda _: self._say_tools())
        self.papers.acted.connect(self.turn_round)
        self.papers.opened.connect(self._open_document)
        self.side = BundleSide(turns=may_save(room.actor, Document, "change"))
        self.side.turning.clicked.connect(self._turn_pages)
        self.side.section.chosen.connect(self.move_to)
        self.side.withhold.clicked.connect(self._withhold)
        self.side.turn.clicked.connect(lambda: self.turn_round(self.papers.current_key()))
        self.side.about.chosen.connect(self._say_about)
        self.side.save.clicked.connect(self.save_pdf)
        self.notice = Notice("warning", "")
        move = command(self, say("bundle.move_to"), self._go_to_section, "Alt+M", also="section order")
        self.side.section.setToolTip(with_shortcut(move.text(), move))
        command(self, say("bundle.make"), self.make_bundle, icon="file-stack", also="tribunal hearing appeal papers")
        bar = Surface("plain", row(self.back, STRETCH, self.make, gap=8, margins=(24, 10, 24, 10)))
        self._told = holder(col(self.notice, margins=(24, 8, 24, 8)))
        self._told.hide()
        columns_ = holder(row((self.papers, 3), (self.side, 2), gap=0))
        self.setLayout(col(bar, Rule(), self._told, (columns_, 1), gap=0))

    @property
    def page(self) -> BundlePage | None:
        return self._page

    def show_bundle(self, case: str) -> None:
        if case != self._case:
            self._page = None
            self._told.hide()
        self._case = case
        self.read_again()

    def read_again(self) -> None:
        case = self._case
        self._room.ask(self, lambda place: services.bundle_page(place.session, case), self._read, self._gone, replace="bundle")

    def panes(self) -> Sequence[QWidget]:
        return (self.papers, self.side)

    def first_focus(self) -> QWidget:
        return self.papers

    # ---- what it shows ----------------------------------------------------------------------------------------------

    def _read(self, page: BundlePage) -> None:
        """Shows the papers at once, and counts what the school writes aside, where that is not what was counted before."""
        written, pages = self._counted
        if page.written is not None and page.written != written:
            self._show(page)
            documents, wanted = self._room.place.documents, page.written

            def counted(found: int) -> None:
                self._counted = (wanted, found)
                if self._page is page:
                    self._show(services.with_written(page, found))

            self._room.aside(self, lambda: documents.written_page_count(wanted), counted, self._refused)
            return
        self._show(services.with_written(page, pages) if page.written is not None else page)

    def _show(self, page: BundlePage) -> None:
        first = self._page is None
        self._page = page
        may = self._may and page.case.closed_on is None
        self.papers.show_rows(rows_of(page, may_change=may))
        if first:
            self.papers.choose_first()
        self.make.setVisible(may_save(self._room.actor, Pack))
        self.make.setEnabled(not self._busy)
        self.side.show_page(page, may_change=may)
        self._say_tools()
        if page.not_looked_at:
            waiting = {each.id for each in page.not_looked_at}
            case = page.case.id
            self._looker.look_at(
                lambda place: [each for each in services.bundle_page(place.session, case).not_looked_at if each.id in waiting]
            )
        self.shown.emit()

    def _say_tools(self) -> None:
        page = self._page
        if page is not None:
            self.side.show_paper(page, self.papers.current_key(), may_change=self._may and page.case.closed_on is None)

    # ---- what is done -----------------------------------------------------------------------------------------------

    def turn_round(self, paper: str) -> None:
        """Puts a paper in, or leaves it out."""
        page = self._page
        if page is None or not self._may or page.case.closed_on:
            return
        inside = place_of(page, paper)
        if inside is None:
            return
        announce(say("request_page.copies_taken_out" if inside else "request_page.copies_put_in"), self)
        case = self._case
        self._do(lambda session: services.put_in(session, case, paper, goes_in=inside == ""))

    def move_to(self, section: str) -> None:
        """Moves the chosen paper into a section."""
        paper, case = self.papers.current_key(), self._case
        if section and paper:
            self._do(lambda session: services.move_paper(session, case, paper, section))

    def make_bundle(self) -> None:
        """Gathers, renders and keeps the bundle. Stopping leaves nothing behind."""
        if self._busy or not self._case or not self.make.isVisible():
            return
        self._busy = True
        self.make.setEnabled(False)
        self._told.hide()
        case = self._case

        def gather(place: Workplace) -> PackDraft:
            return services.draft_bundle(place.session, case)

        make_a_pack(self._room, self, gather, services.keep_bundle, self._kept, self._refused)

    def save_pdf(self) -> None:
        """Saves the version in sight where the person says, and notes that the council gets it."""
        page, pack = self._page, self.side.pack()
        if page is None or pack is None:
            return
        name = say("bundle.file_name", name=page.pupil.name, version=pack.version)
        path = self.ask_where(self.window(), name, say("request_page.pdf_kind"))
        if path is None:
            return
        what = say("bundle.manifest_title", version=pack.version)
        recipient = council(page.case.council)["name"]
        save_pack_out(self._room, self, path, pack, what=what, recipient=recipient, refused=self._refused)

    def _say_about(self, kind: str) -> None:
        case = self._case
        self._do(lambda session: services.say_what_it_is_about(session, case, kind))

    def _kept(self) -> None:
        self._busy = False
        self.read_again()
        self._room.ways.toast(say("bundle.made"))

    def _withhold(self) -> None:
        key = self.papers.current_key()
        if self._page and key in {each.id for each in self._page.arranged.papers}:
            open_withholding(self._room, self, key)

    def _turn_pages(self) -> None:
        key = self.papers.current_key()
        if self._page and key in {each.id for each in self._page.arranged.papers}:
            open_turning(self._room, self, key)

    def _open_document(self, paper: str) -> None:
        if self._page and paper == WRITTEN:
            if self._page.request:
                self._room.ways.go("requests", request=self._page.request)
        elif self._page:
            self._room.ways.go("pupil", pupil=self._page.pupil.id, tab="documents", document=paper)

    def _go_to_section(self) -> None:
        if self.side.section.isVisible():
            self.side.section.setFocus()
            self.side.section.showPopup()

    def _do(self, deed: Callable[[Session], Saved]) -> None:
        self._room.do(self, lambda place: deed(place.session), lambda _: self.read_again(), self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self._busy = False
        self.make.setEnabled(True)
        self.notice.say(explain(message))
        self._told.show()

    def _gone(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))
        self.case_wanted.emit()


class BundleSide(Surface):
    """What the appeal is about, what to look at before the bundle is made, what was made, and how sure the rules are."""

    def __init__(self, *, turns: bool) -> None:
        self._turns = turns
        self._packs: Sequence[Pack] = ()
        self._title = heading("")
        self.section = Choice(say("bundle.move_to"), ())
        self._section_field = Field(say("bundle.move_to"), self.section)
        self.turn = Button("", "secondary")
        self.withhold = Button(say("request_page.withhold"), "secondary")
        self.turning = Button(say("turning.turn"), "secondary")
        self._rule = Rule()
        self.about = Choice(say("bundle.about"), ())
        self._field = Field(say("bundle.about"), self.about)
        self._about_is = Text("", "body", wrap=True)
        self._limits = Notice("warning", "")
        self._withheld = WithheldNotice()
        self._checks = Text("", "ui", wrap=True)
        self._made_head = heading(say("bundle.made_so_far"))
        self.versions = Choice(say("request_page.versions"), ())
        self.versions.chosen.connect(lambda _: self._say_version())
        self.save = Button(say("request_page.save_pdf"), "secondary", icon="download")
        self._facts = note("", wrap=True)
        self._rules = Text("", "small", "muted", wrap=True)
        column = col(
            self._title, self._section_field, flow(self.turn, self.withhold, self.turning), self._rule,
            Text(say("bundle.lead"), "body", wrap=True), self._field, self._about_is, self._limits, self._withheld,
            self._made_head, flow(self.versions, self.save), self._facts,
            heading(say("bundle.look_at")), self._checks,
            Rule(), heading(say("bundle.rules")), self._rules, STRETCH,
            gap=10, margins=(20, 16, 20, 20),
        )  # fmt: skip
        super().__init__("side", col(Scroll(ReadingColumn(column), say("bundle.title")), gap=0))
        self.setAccessibleName(say("bundle.title"))

    def show_paper(self, page: BundlePage, key: str, *, may_change: bool) -> None:
        """What can be done with the chosen paper: another section, left out or put in, words withheld."""
        place = place_of(page, key)
        titles = {each.id: each.title for each in (*page.arranged.papers, *(one for one, _ in page.arranged.out))}
        document = key in titles
        self._title.setText(titles.get(key, say("bundle.written")))
        options = [(each.id, say("bundle.section_named", letter=each.letter, title=each.title)) for each in page.arranged.sections]
        self.section.offer([*([] if place else [("", say("bundle.in_no_section"))]), *options], place or "")
        words = say("request_page.copies_leave_out" if place else "request_page.copies_add")
        self.turn.setText(words)
        self.turn.setAccessibleName(words)
        self._title.setVisible(place is not None)
        self._section_field.setVisible(may_change and document)
        self.turn.setVisible(may_change and place is not None)
        self.withhold.setVisible(document and bool(place))
        self.turning.setVisible(document and bool(place) and self._turns)
        self._rule.setVisible(place is not None)

    def show_page(self, page: BundlePage, *, may_change: bool) -> None:
        self.about.offer([(each["id"], each["title"]) for each in page.direction["kinds"]], page.kind["id"])
        self._field.setVisible(may_change)
        self._about_is.setText(page.kind["title"])
        self._about_is.setVisible(not may_change)
        over, others = check_words(page)
        words = " ".join(over)
        self._limits.setVisible(bool(over))
        if words and words != self._limits.accessibleName():
            self._limits.say(words)
        self._checks.setText("\n\n".join(others) or say("bundle.nothing_to_look_at"))
        self._rules.setText(fact_words(page))
        self._withheld.tell(page.withheld)
        self._show_packs(page.packs)

    def pack(self) -> Pack | None:
        """The version that is in sight."""
        return next((each for each in self._packs if each.id == self.versions.value()), None)

    def _show_packs(self, packs: Sequence[Pack]) -> None:
        known = {each.id for each in self._packs}
        self._packs = packs
        there, newest = self.versions.value(), packs[-1].id if packs else ""
        options = [
            (each.id, say("request_page.version_made", version=each.version, day=full_date(each.made_at.astimezone().date())))
            for each in reversed(packs)
        ]
        self.versions.offer(options, there if newest in known and there in known else newest)
        for each in (self._made_head, self.versions, self.save, self._facts):
            each.setVisible(bool(packs))
        self._say_version()

    def _say_version(self) -> None:
        pack = self.pack()
        if pack is not None:
            made = moment_words(pack.made_at, full_date(pack.made_at.astimezone().date()))
            facts = {"pages": pack.pages, "size": megabytes(pack.pdf_size), "made": made, "sha": pack.pdf_sha256[:12]}
            self._facts.setText(say("request_page.pack_facts", **facts))
