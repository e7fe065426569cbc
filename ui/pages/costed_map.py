"""The individual costed map of a pupil: each provision of a year by the school's own cost and by the council's figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.costed_map import CostedMap, CostedRow
from sencoapp.domain.record import Saved
from sencoapp.services.costed_map import costed_list, costed_map, years_of
from sencoapp.services.ports import Session
from ui.allowed import only_for
from ui.commands import command
from ui.files import ask_to_save
from ui.page import Page
from ui.pages.export_sheet import Export
from ui.pages.paper_out import AskWhere, Paper, put_on_paper
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Choice,
    Column,
    CostBar,
    EmptyPlace,
    Notice,
    RecordTable,
    Rule,
    Scroll,
    Surface,
    TableRow,
    Text,
    clear,
    col,
    heading,
    money,
    note,
    panel,
    row,
)

TOUCHES = (
    "provision",
    "provision_place",
    "provision_staff",
    "provision_cost",
    "provision_slot",
    "staff_rate",
    "council_rate",
    "session_mark",
    "pupil",
    "school",
    "cycle",
)


def words(key: str, **details: object) -> str:
    return reference.say(f"costing.{key}", **details)


@dataclass(frozen=True)
class Shown:
    content: CostedMap
    years: list[int]


def read(session: Session, pupil: str, year: int | None) -> Shown:
    """The map and the years that can be chosen. Raises as ``costed_map``."""
    return Shown(costed_map(session, pupil, year), years_of(session, pupil))


def make_costed_map_page(room: Room) -> Page:
    """The page "Individual costed map". It needs the arg ``pupil``."""
    return CostedMapPage(room)


class CostedMapPage(Page):
    """The rows above; below them the sum of the chosen one, whose money pays, and what does not match."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._pupil = ""
        self._year: int | None = None
        self._shown: CostedMap | None = None
        self.ask_where: AskWhere = ask_to_save
        self.set_heading(words("title"))
        self.year = Choice(words("year"), [])
        self.back = Button(words("back"), "quiet", icon="chevron-left", press=self._go_back)
        self.pdf = Button(words("pdf"), "secondary", icon="printer", tip="Ctrl+P", press=self.save)
        self.export = Export(
            room,
            self,
            ("costed",),
            content=lambda place: costed_list(place.session, self._pupil, self._year),
            pupil=lambda: self._pupil,
        )
        columns = (
            Column(words("column_provision"), 0),
            Column(words("column_who"), 150, keep=False),
            Column(words("column_delivered"), 120, right=True, keep=False),
            Column(words("column_own"), 112, right=True),
            Column(words("column_to_date"), 100, right=True, keep=False),
            Column(words("column_council"), 124, right=True),
        )
        self.table = RecordTable(words("rows_summary"), columns, two_lines=True, lead=24)
        self._sums = col(gap=4)
        self._figures = col(gap=4)
        self._warnings = col(gap=8)
        bar = Surface("plain", row(self.back, self.year, STRETCH, self.pdf, self.export.button, gap=8, margins=(24, 10, 24, 10)))
        below = col(
            self._warnings,
            panel(self._sums, margins=16),
            panel(col(heading(words("elements")), self._figures, gap=8), margins=16),
            STRETCH,
            gap=12,
            margins=(24, 12, 24, 16),
        )
        self._full = Scroll(col(self.table, below, gap=0), words("title"))
        self._empty = EmptyPlace(words("empty"), words("back"), icon="scale", press=self._go_back)
        self.setLayout(col(bar, Rule(), (self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()
        self.table.setMinimumHeight(0)
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.year.chosen.connect(self._year_chosen)
        save = command(self, words("pdf_long"), self.save, "Ctrl+P", icon="printer", also="print export cost map element")
        only_for(room.actor, "print", self.pdf, save)

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        pupil = str(args.get("pupil", self._pupil))
        if pupil != self._pupil:
            self._year = None
            self._full.hide()
            self._empty.hide()
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.year, self.table)

    def first_focus(self) -> QWidget:
        return self.table if not self._full.isHidden() else self.year

    def restyle(self) -> None:
        self._fit()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        # All rows in sight: there are few, and a list within a scrolled page must not scroll by itself.
        count = max(1, len(self._shown["rows"]) if self._shown else 1)
        self.table.setFixedHeight(self.table.horizontalHeader().height() + self.table.verticalHeader().defaultSectionSize() * count + 4)

    def _ask(self) -> None:
        pupil, year = self._pupil, self._year
        if pupil:
            self._room.ask(self, lambda place: read(place.session, pupil, year), self._show, replace="costed map")

    def _year_chosen(self, year: str) -> None:
        self._year = int(year)
        self._ask()

    def _show(self, found: Shown) -> None:
        content = self._shown = found.content
        self.set_heading(words("title"), " · ".join(filter(None, (content["name"], content["about"]))))
        self.year.offer([(str(each), f"{each} to {each + 1}") for each in found.years], str(content["year"]))
        some = bool(content["rows"])
        self._full.setVisible(some)
        self._empty.setVisible(not some)
        self.pdf.setEnabled(some)
        self.table.show_rows([_row(each) for each in content["rows"]])
        self._fit()
        if some and not self.table.current_key():
            self.table.choose_first()
        self._show_elements(content)
        clear(self._warnings)
        if content["warnings"]:
            self._warnings.addWidget(Notice("warning", "\n".join((f"{words('does_not_match')}:", *content["warnings"]))))
        elif content["checked"]:
            self._warnings.addWidget(note(words("matches"), wrap=True))
        self._show_chosen()

    def _show_elements(self, content: CostedMap) -> None:
        clear(self._figures)
        council = content["council_pence"]
        lines = (
            (words("figure_own"), money(content["planned_pence"])),
            (words("figure_to_date"), money(content["to_date_pence"])),
            (words("figure_council"), words("no_figure") if council is None else money(council)),
            (words("element_1"), money(content["core_pence"])),
            (words("element_2"), money(content["element_2_pence"])),
            (words("element_3"), money(content["shortfall_pence"])),
        )
        for label, figure in lines:
            self._figures.addLayout(row((Text(label, "ui", wrap=True), 1), Text(figure, "ui", weight=600, figures=True), gap=12))
        self._figures.addWidget(CostBar(words("additional"), content["additional_pence"], content["guide_pence"]))
        told = words(
            "shortfall_words",
            additional=money(content["additional_pence"]),
            guide=money(content["guide_pence"]),
            shortfall=money(content["shortfall_pence"]),
        )
        self._figures.addWidget(note(told, wrap=True))
        method = words("council_words", method=content["council_method"])
        self._figures.addWidget(note(words("own_words", method=content["own_method"]), wrap=True))
        self._figures.addWidget(note(f"{method} {content['council_source']}", wrap=True))

    def _show_chosen(self) -> None:
        clear(self._sums)
        rows = self._shown["rows"] if self._shown else []
        chosen = next((each for each in rows if each["provision"] == self.table.current_key()), None)
        if chosen is None:
            return
        self._sums.addWidget(heading(chosen["title"]))
        self._sums.addWidget(Text(words("by_school", formula=chosen["formula"]), "ui", wrap=True))
        self._sums.addWidget(Text(words("by_council", formula=chosen["council_formula"]), "ui", wrap=True))
        for each in chosen["notes"]:
            self._sums.addWidget(Notice("info", each))

    def _go_back(self) -> None:
        self._room.ways.go("pupil", pupil=self._pupil, tab="provision")

    # ---- paper ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Draws what is shown aside, asks where it goes, and notes that it left."""
        content, pupil = self._shown, self._pupil
        if content is None or not content["rows"]:
            return
        documents = self._room.place.documents
        paper = Paper(
            draw=lambda: documents.costed_map_pdf(content),
            title=words("title_of", name=content["name"], year=content["year_name"]),
            pupil=pupil,
            making=words("making"),
            where=words("where"),
            purpose=words("purpose"),
            saved=lambda file: words("saved", file=file),
        )
        put_on_paper(self._room, self, self, paper, self.ask_where)


def _row(each: CostedRow) -> TableRow:
    council = words("no_figure") if each["council_pence"] is None else money(each["council_pence"])
    times = words("minutes_of", delivered=f"{each['delivered_minutes']:,}", planned=f"{each['planned_minutes']:,}")
    warned = "triangle-alert" if each["notes"] else ""
    return TableRow(
        each["provision"],
        (
            Cell(each["title"], each["dose"], bold=True, icon=warned),
            Cell(each["given_by"]),
            Cell(times, reference.say("sessions.column_delivered").partition(", ")[2]),
            Cell(money(each["planned_pence"])),
            Cell(money(each["to_date_pence"])),
            Cell(council),
        ),
    )
