"""Copies of a request for other readers than the council: which documents each gets, how long it is, and every version made."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.casework import Document, Pack
from sencoapp.domain.dates import full_date
from sencoapp.domain.pack_variants import COUNCIL, ChosenPaper
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.pack_copies import draft_copy, keep_copy, told_of_copy
from sencoapp.services.pack_variants import choose_for, limits_of, over_limits, packs_of, papers_of, variant_named, variants
from sencoapp.services.withheld import Told
from ui.pages.pack_making import make_a_pack
from ui.pages.pack_out import save_pack_out
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_content import RequestContent, megabytes, moment_words
from ui.pages.save_out import AskWhere, ask_where
from ui.pages.withheld_notice import WithheldNotice
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    ChipChoice,
    Choice,
    Column,
    Notice,
    RecordTable,
    Scroll,
    TableRow,
    Text,
    col,
    heading,
    note,
    row,
    title,
)
from ui.widgets.announce import announce

_ROWS_IN_SIGHT = 5


Shown = tuple[str, list[ChosenPaper], list[Document], list[Pack], Told]


class CopiesPane(QWidget):
    """One reader at a time: what goes in, the meter, and the copies that were made."""

    ask_where: AskWhere = staticmethod(ask_where)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self._busy = False
        self._packs: Sequence[Pack] = ()
        self._papers: Sequence[ChosenPaper] = ()
        self.reader = ChipChoice(
            say("request_page.copies_for"),
            [(each["id"], each["title"]) for each in variants() if each["id"] != COUNCIL],
            several=False,
            none_allowed=False,
        )
        self.reader.choose("parent")
        self.reader.chosen.connect(self._ask)
        self._hint = Text("", "ui", "muted", wrap=True)
        columns = (Column(say("request_page.col_document")), Column(say("request_page.col_pages"), 70, right=True), Column("", 130))
        self.papers = RecordTable(say("request_page.copies_papers"), columns, two_lines=True, lead=8)
        self.papers.acted.connect(self._turn_round)
        self.papers.opened.connect(self._turn_round)
        self._meter = Text("", "ui", weight=600, wrap=True)
        self.limits = Notice("info", "")
        self.make = Button(say("request_page.make_copy"), "primary", icon="file-stack", press=self.make_copy)
        self.versions = Choice(say("request_page.versions"), ())
        self.versions.chosen.connect(lambda _: self._say_version())
        self.save = Button(say("request_page.save_pdf"), "secondary", icon="download", press=self.save_pdf)
        self._facts = note("", wrap=True)
        self._notice = Notice("warning", "")
        self._notice.hide()
        self.withheld = WithheldNotice()
        column = col(
            title(say("request_page.copies")),
            Text(say("request_page.copies_lead"), "body", "muted", wrap=True),
            self._notice,
            self.reader,
            self._hint,
            self.withheld,
            heading(say("request_page.copies_papers")),
            (self.papers, 1),
            self._meter,
            row(self.make, STRETCH),
            row(self.versions, self.save, STRETCH, gap=8),
            self._facts,
            self.limits,
            STRETCH,
            gap=12,
            margins=(24, 16, 24, 16),
        )
        self.setLayout(col(Scroll(ReadingColumn(column), say("request_page.copies")), gap=0))
        self.restyle()

    def show_content(self, content: RequestContent) -> None:
        """Shows the copies of a request."""
        before, self._content = self._content, content
        if before is not None and before.request.id != content.request.id:
            self._notice.hide()
        if self.isVisible():
            self._ask()

    def show_copies(self) -> None:
        """The pane has come into sight."""
        self._ask()

    def restyle(self) -> None:
        self.papers.setMinimumHeight(theme().px(34 + 52 * max(1, min(self.papers.count(), _ROWS_IN_SIGHT))))

    # ---- what it shows ----------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        content, variant = self._content, self.reader.value()
        if content is None or not variant:
            return
        request = content.request

        def read(place: Workplace) -> Shown:
            record = place.session.record
            papers = papers_of(record, request, variant)
            there = {each.document.id for each in papers}
            others = [each for each in record.find(Document, pupil=request.pupil) if each.id not in there]
            told = told_of_copy(place.session, request.id, variant)
            return variant, papers, others, packs_of(record, request.id, variant), told

        self._room.ask(self, read, self._show, replace="copies")

    def _show(self, answer: Shown) -> None:
        variant, self._papers, others, packs, told = answer
        content = self._content
        if content is None or variant != self.reader.value():
            return
        rules = variant_named(variant)
        self._hint.setText(rules["hint"])
        self.withheld.tell(told)
        rows = [_row(each, content.may_change) for each in self._papers]
        rows += [_row(ChosenPaper(each, "left_out"), content.may_change, beside=True) for each in others]
        self.papers.show_rows(rows)
        chosen = [each.document for each in self._papers if each.why_not is None]
        pages, size = sum(each.pages or 1 for each in chosen), sum(each.size for each in chosen)
        key = "request_page.meter_one" if len(chosen) == 1 else "request_page.meter"
        self._meter.setText(say(key, count=len(chosen), pages=pages, size=megabytes(size)))
        self._say_limits(rules, chosen, pages, content)
        self._show_packs(packs)
        self.make.setVisible(content.may_change)
        self.make.setEnabled(not self._busy)
        self.restyle()

    def _say_limits(self, rules: Any, chosen: Sequence[Document], pages: int, content: RequestContent) -> None:
        limits = limits_of(rules)
        self.limits.setVisible(limits is not None)
        if limits is None:
            return
        beyond = over_limits(rules, chosen, content.today)
        lines = [say("request_page.limits", pages=pages, least=limits["evidence_pages"], most=limits["evidence_pages_most"])]
        for what, paper, much in beyond:
            lines.append(say(f"request_page.limit_{what}", title=paper.title if paper else "", count=much, **_figures(limits)))
        lines += [limits.get("confirm", ""), say("request_page.limits_source", title=limits["title"], applies=limits["applies"])]
        words = " ".join(filter(None, lines))
        self.limits.become("warning" if beyond else "info")
        if words != self.limits.accessibleName():
            self.limits.say(words)

    def _show_packs(self, packs: Sequence[Pack]) -> None:
        known = {each.id for each in self._packs}
        self._packs = packs
        there = self.versions.value()
        newest = packs[-1].id if packs else ""
        options = [(each.id, _version(each)) for each in reversed(packs)]
        self.versions.offer(options, there if newest in known and there in known else newest)
        for each in (self.versions, self.save, self._facts):
            each.setVisible(bool(packs))
        self._say_version()

    def _say_version(self) -> None:
        pack = self._pack()
        if pack is not None:
            made = moment_words(pack.made_at, full_date(pack.made_at.astimezone().date()))
            facts = {"pages": pack.pages, "size": megabytes(pack.pdf_size), "made": made, "sha": pack.pdf_sha256[:12]}
            self._facts.setText(say("request_page.pack_facts", **facts))

    def _pack(self) -> Pack | None:
        return next((each for each in self._packs if each.id == self.versions.value()), None)

    # ---- what is done -----------------------------------------------------------------------------------------------

    def _turn_round(self, document: str) -> None:
        """Puts a document in, or leaves it out."""
        content, variant = self._content, self.reader.value()
        if content is None or not content.may_change:
            return
        goes_in = all(each.document.id != document or each.why_not is not None for each in self._papers)
        announce(say("request_page.copies_put_in" if goes_in else "request_page.copies_taken_out"), self)
        request = content.request.id
        self._room.do(
            self,
            lambda place: choose_for(place.session, request, variant, document, goes_in=goes_in),
            lambda _: self._ask(),
            self._refused,
        )

    def make_copy(self) -> None:
        """Gathers, renders and keeps a copy. Stopping leaves nothing behind."""
        content, variant = self._content, self.reader.value()
        if content is None or self._busy:
            return
        self._busy = True
        self.make.setEnabled(False)
        self._notice.hide()
        request = content.request.id
        make_a_pack(self._room, self, lambda place: draft_copy(place.session, request, variant), keep_copy, self._kept, self._refused)

    def _kept(self) -> None:
        self._busy = False
        self._ask()
        self._room.ways.toast(say("request_page.copy_made"))

    def save_pdf(self) -> None:
        """Saves the version in sight where the person says, and notes who gets it."""
        content, pack = self._content, self._pack()
        if content is None or pack is None:
            return
        rules = variant_named(pack.variant)
        name = say("request_page.copy_name", name=content.page.pupil.name, reader=rules["title"].lower(), version=pack.version)
        path = self.ask_where(self.window(), name, say("request_page.pdf_kind"))
        if path is None:
            return
        what = say("request_page.what_copy", version=pack.version)
        save_pack_out(self._room, self, path, pack, what=what, recipient=rules["recipient"], refused=self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self._busy = False
        self.make.setEnabled(True)
        self._notice.say(explain(message))
        self._notice.show()


def _figures(limits: Any) -> dict[str, int]:
    names = ("evidence_pages", "evidence_pages_most", "report_pages", "report_years")
    return {each: limits[each] for each in names}


def _row(paper: ChosenPaper, may_change: bool, *, beside: bool = False) -> TableRow:
    document, why = paper.document, paper.why_not
    state = say("request_page.copies_beside" if beside else f"request_page.copies_{why}" if why else "request_page.copies_in")
    press = say("request_page.copies_leave_out" if why is None else "request_page.copies_add") if may_change else ""
    icon = "lock" if document.confidential else "check" if why is None else ""
    name = Cell(document.title, sub=state, bold=why is None, tone="text" if why is None else "muted", icon=icon)
    return TableRow(document.id, (name, Cell(str(document.pages or 1)), Cell(button=press)))


def _version(pack: Pack) -> str:
    return say("request_page.version_made", version=pack.version, day=full_date(pack.made_at.astimezone().date()))
