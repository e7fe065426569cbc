"""A provision beside itself over terms: a chart of its effect, its minutes or its attendance, the numbers beside it, and honest words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.over_terms import FIGURES, FigureOverTerms, ProvisionOverTerms
from sencoapp.domain.record import Saved
from sencoapp.domain.words import folded
from sencoapp.services.ports import Session
from sencoapp.services.provision_terms import TermsList, over_terms, terms_list, titles
from ui.page import Page
from ui.pages.export_sheet import Export
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Cell,
    ChartPicture,
    ChartSpot,
    ChipChoice,
    Choice,
    Column,
    EmptyPlace,
    MeasureChart,
    RecordTable,
    Rule,
    Scroll,
    TableRow,
    Text,
    clear,
    col,
    flow,
    holder,
    note,
)

TOUCHES = ("provision", "provision_place", "provision_measure", "session_mark", "pupil", "school")
_NOTHING = ChartPicture("", "", (), None, (), (), ())


def words(key: str, **details: object) -> str:
    return reference.say(f"provision_terms.{key}", **details)


def make_effect_page(room: Room) -> Page:
    """The page "Effect by term". Args: ``title``, the provision that is shown."""
    return EffectPage(room)


@dataclass(frozen=True)
class _Read:
    """One answer of the record."""

    titles: list[str]
    found: ProvisionOverTerms | None


def _read(session: Session, title: str) -> _Read:
    known = titles(session.record)
    shown = next((each for each in known if folded(each) == folded(title)), title) or next(iter(known), "")
    return _Read(known if shown in known else [shown, *known], over_terms(session, shown) if known else None)


class EffectPage(Page):
    """Which provision and which figure at the top; the chart, its sentence, the table and what may not be concluded below."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._title = ""
        self._found: ProvisionOverTerms | None = None
        self.set_heading(words("title"))
        self.which = Choice(words("which"), [], width=320)
        self.figure = ChipChoice(words("figure"), [(each, words(f"figure_{each}_short")) for each in FIGURES], none_allowed=False)
        self.figure.choose(FIGURES[0])
        self.export = Export(room, self, ("effect",), content=self._list, kinds=("pdf", "xlsx", "csv"))
        bar = flow(self.which, self.figure, self.export.button, gap=8)
        self.chart = MeasureChart(_NOTHING)
        self.shows = Text("", "ui", wrap=True)
        self._key = note(words("key"), wrap=True)
        columns = (
            Column(words("column_term"), 0),
            Column(words("column_pupils"), 80, right=True),
            *(Column(words(f"column_{each}"), 200) for each in FIGURES),
        )
        self.table = RecordTable(words("table"), columns, compact=True)
        self._honest = col(gap=6)
        body = col(self.chart, self._key, self.shows, self.table, holder(self._honest), STRETCH, gap=12, margins=(24, 12, 24, 16))
        whole = holder(col(holder(col(bar, margins=(24, 10, 24, 10))), Rule(), (Scroll(body, words("title")), 1), gap=0))
        self._full = whole
        self._empty = EmptyPlace(words("empty"), words("to_map"), icon="trending-up", press=lambda: room.ways.go("provision"))
        self.setLayout(col((self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()
        self.which.chosen.connect(self._choose)
        self.figure.chosen.connect(lambda *_: self._show_figure())

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._title = str(args.get("title", "")) or self._title
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.which, self.chart, self.table)

    def first_focus(self) -> QWidget:
        return self.which if self._found else self._empty.button or self._empty

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self._fit()
        rows = len(self._found.terms) if self._found else 0
        self.table.setFixedHeight(theme().px(36 * rows + 36))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _list(self, place: Workplace) -> TermsList:
        return terms_list(place.session, self._title)

    def _choose(self, title: str) -> None:
        self._title = title
        self._ask()

    def _ask(self) -> None:
        title = self._title
        self._room.ask(self, lambda place: _read(place.session, title), self._show, replace="effect")

    def _show(self, read: _Read) -> None:
        self._found = found = read.found
        self._full.setVisible(found is not None)
        self._empty.setVisible(found is None)
        if found is None:
            return
        self._title = found.title
        self.which.offer([(each, each) for each in read.titles], found.title)
        self.set_heading(words("title"), found.title)
        self.export.button.setEnabled(bool(found.terms))
        self.table.setVisible(bool(found.terms))
        self.table.show_rows([_row(found, number) for number in range(len(found.terms))])
        clear(self._honest)
        for each in found.honest:
            self._honest.addWidget(Text(each, "ui", "muted", wrap=True))
        self.restyle()
        self._show_figure()

    def _show_figure(self) -> None:
        if self._found is None:
            return
        shown = next(each for each in self._found.figures if each.figure == self.figure.value())
        self.chart.setVisible(shown.chart is not None)
        self._key.setVisible(shown.chart is not None)
        self.shows.setText(shown.shows)
        self._fit()
        if shown.chart is not None:
            self.chart.show_picture(picture_of(shown, self._found))

    def _fit(self) -> None:
        """The figure that was chosen stands in the table in any window; the others where there is room for them."""
        narrow = theme().is_narrow(self.window().width())
        others = [number for number, each in enumerate(FIGURES, start=2) if each != self.figure.value()]
        self.table.leave_out(*(others if narrow else ()))


def picture_of(shown: FigureOverTerms, found: ProvisionOverTerms) -> ChartPicture:
    """The chart in words and places for the widget; each term is said as it stands in the table."""
    chart = shown.chart
    assert chart is not None
    said = {each.starts_on: words("shows_term", term=each.term, said=cell) for each, cell in zip(found.terms, shown.cells, strict=True)}
    return ChartPicture(
        shown.name,
        shown.shows,
        tuple(ChartSpot(each.role, each.x, each.y, each.words, said[each.on]) for each in chart.spots),
        None,
        tuple((each.place, each.words) for each in chart.up),
        tuple((each.place, each.words) for each in chart.across),
        (),
        apart=True,
    )


def _row(found: ProvisionOverTerms, number: int) -> TableRow:
    term = found.terms[number]
    cells = (Cell(term.term, bold=True), Cell(str(term.pupils)), *(Cell(each.cells[number]) for each in found.figures))
    return TableRow(term.starts_on.isoformat(), cells)
