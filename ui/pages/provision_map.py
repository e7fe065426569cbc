"""The provision map of the school (look/06-provision-map.png): what is given, grouped four ways, with its cost and its formula."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.snapshot import MapContent
from sencoapp.services import provision as services
from sencoapp.services.changes import must_get
from sencoapp.services.ports import RegisterQuery, Session
from sencoapp.services.today import year_words
from ui.allowed import only_for
from ui.commands import command
from ui.page import Page
from ui.pages.columns import Columns
from ui.pages.provision_export import MapExport
from ui.pages.provision_foot import MapFoot
from ui.pages.provision_rows import GROUPINGS, columns, figures, formula_of, map_rows
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.provision_words import wording
from ui.room import Room
from ui.widgets import STRETCH, Button, ChipChoice, Choice, EmptyPlace, RecordTable, Rule, Surface, Text, col, holder, row

TOUCHES = ("provision", "provision_place", "pupil", "school")


@dataclass(frozen=True)
class SchoolMap:
    """One answer of the record: the map, and the years that can be chosen."""

    content: MapContent
    years: tuple[str, ...]


def school_map(session: Session, query: RegisterQuery) -> SchoolMap:
    """Reads the map of the pupils that the filter lets through."""
    return SchoolMap(services.map_content(session, query=query), tuple(session.record.register_choices()["years"]))


class ProvisionMapPage(Page):
    """Grouping and year at the top, the rows, the formula of the chosen one, and the figures at the foot."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._map: SchoolMap | None = None
        self._year = ""
        self.set_heading(wording("map"))
        self.by = ChipChoice(wording("group_by"), [(each, wording(f"by_{each}")) for each in GROUPINGS], none_allowed=False)
        self.by.choose("wave")
        self.year = Choice(wording("year"), [("", wording("all_years"))])
        self.export = MapExport(room, self.query)
        self.add = Button(wording("add_provision"), "secondary", icon="plus", press=self.add_provision)
        self.table = RecordTable(wording("map"), columns(), compact=True, lead=24)
        self.foot = MapFoot()
        self._nothing = Text(wording("map_none_in_year"), "ui", "muted", wrap=True, side="centre")
        self._empty = EmptyPlace(wording("map_empty"), wording("add_first"), icon="layout-grid", press=self.add_provision)
        tools = holder(row(self.year, *self.export.buttons, self.add, STRETCH, gap=8))
        bar = Surface("plain", col(Columns((self.by, 1), (tools, 0), gap=12, narrow=780), margins=(24, 10, 24, 10)))
        self._full = Surface("plain", col(bar, Rule(), (self.table, 1), (self._nothing, 1), self.foot, gap=0))
        self.setLayout(col((self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()
        self.by.chosen.connect(self._regroup)
        self.year.chosen.connect(self._year_chosen)
        self.table.chosen.connect(self._show_formula)
        self.table.opened.connect(self._open)
        add = command(self, wording("add_provision"), self.add_provision, "Ctrl+Shift+N", icon="plus", also="cost intervention")
        for action in self.export.commands(self):
            self.addAction(action)
        if not only_for(room.actor, Provision, self.add, add):
            self._empty.forbid()

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.by, self.table)

    def first_focus(self) -> QWidget:
        return self.table if self._map and self._map.content["pupils"] else self.add

    def query(self) -> RegisterQuery:
        """What the year that was chosen asks of the register."""
        return RegisterQuery(years=(self._year,) if self._year else ())

    def add_provision(self) -> None:
        open_provision_sheet(self._room, self, Serves())

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        query = self.query()
        self._room.ask(self, lambda place: school_map(place.session, query), self._show, replace="map")

    def _year_chosen(self, year: str) -> None:
        self._year = year
        self._ask()

    def _show(self, found: SchoolMap) -> None:
        self._map = found
        some = bool(found.content["pupils"])
        self.year.offer([("", wording("all_years")), *((each, year_words(each)) for each in found.years)], self._year)
        self._full.setVisible(some or bool(self._year))
        self._empty.setVisible(not some and not self._year)
        self.table.setVisible(some)
        self._nothing.setVisible(not some)
        self.export.enable(some)
        self.foot.show_figures(figures(found.content))
        self._fill()

    def _regroup(self) -> None:
        self.table.show_rows([])
        self._fill()
        self.table.scrollToTop()

    def _fill(self) -> None:
        if self._map is None:
            return
        self.table.show_rows(map_rows(self._map.content, self.by.value()))
        if not self.table.current_key():
            self.table.choose_first()
        self._show_formula(self.table.current_key())

    def _show_formula(self, key: str) -> None:
        if self._map is not None:
            self.foot.show_formula(*formula_of(self._map.content, key))

    def _open(self, key: str) -> None:
        """A pupil's row leads to the pupil, any other opens the provision to be changed."""
        pupil, _, provision = key.rpartition("/")
        if pupil:
            self._room.ways.go("pupil", pupil=pupil, tab="provision")
            return
        self._room.ask(self, lambda place: must_get(place.session.record, Provision, provision), self._change)

    def _change(self, found: Provision) -> None:
        open_provision_sheet(self._room, self, Serves(), found)
