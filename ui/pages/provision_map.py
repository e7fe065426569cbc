"""The provision map of the school (look/06-provision-map.png): provision, group, pupil, with plan, delivery and cost side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.effect import ProvisionMeasure
from sencoapp.domain.provision import Provision
from sencoapp.domain.provision_map import MapChoices, MapQuery
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.school_map import SchoolMapContent
from sencoapp.services import provision_map as services
from sencoapp.services.effect import moment_wanted
from sencoapp.services.map_content import MapList, map_list, school_map_content
from sencoapp.services.permissions import may, may_save, must_be_allowed
from sencoapp.services.ports import Session
from sencoapp.services.provision import without_pupils
from sencoapp.services.provision_map import MapLine, NamedPeriod, SchoolMap
from ui.commands import command
from ui.page import Page
from ui.pages.export_sheet import Export
from ui.pages.map_filters import MapFilters
from ui.pages.map_rows import TOTAL, all_open, columns, first_open, map_words, rows_in_sight
from ui.pages.measure_sheet import open_measure_sheet
from ui.pages.provision_costs import open_costs_sheet
from ui.pages.provision_costs import words as costs_words
from ui.pages.provision_empty import EmptyProvisionSheet
from ui.pages.provision_export import MapPdf
from ui.pages.provision_foot import MapFoot
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.provision_words import wording
from ui.pages.session_ledger import open_ledger_sheet
from ui.room import Room
from ui.theme import theme
from ui.widgets import Button, EmptyPlace, RecordTable, Rule, Surface, Text, col
from ui.widgets.announce import announce

_LIST = 220
TOUCHES = (
    "provision",
    "provision_place",
    "provision_staff",
    "provision_cost",
    "session_mark",
    "staff_rate",
    "pupil",
    "school",
    "provision_measure",
)


@dataclass(frozen=True)
class _Read:
    """One answer of the record."""

    map: SchoolMap
    periods: list[NamedPeriod]
    choices: MapChoices
    empty: int
    """Provision that nobody is in: it has no row."""


def _read(session: Session, query: MapQuery | None, by: str, order: str) -> _Read:
    periods = services.periods(session)
    wanted = query or MapQuery(periods[0].period)
    return _Read(
        services.read_map(session, wanted, by, order),
        periods,
        services.choices(session, wanted.period),
        len(without_pupils(session.record)),
    )


class ProvisionMapPage(Page):
    """The filters at the top, the rows, how the chosen one is costed, and the figures at the foot."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._map: SchoolMap | None = None
        self._lines: dict[str, MapLine] = {}
        self._open: set[str] = set()
        self._order = "title"
        self._shows_cost = may(room.actor, "see_cost")
        self._may_add = may_save(room.actor, Provision)
        self.set_heading(wording("map"))
        self.export = Export(room, self, ("map",), content=self._list, kinds=("xlsx", "pdf", "csv"))
        self.pdf = MapPdf(room, self._content)
        self.unfold = Button(map_words("open_all"), "quiet", icon="chevron-down", press=self.turn_all)
        self.measured = Button(reference.say("effect.button"), "quiet", icon="trending-up", press=self.measure)
        if not may_save(room.actor, ProvisionMeasure):
            self.measured.hide()
        self.add = Button(wording("add_provision"), "secondary", icon="plus", press=self.add_provision)
        if not self._may_add:
            self.add.hide()
        self.times = Button(wording("times"), "quiet", icon="calendar", press=lambda: room.ways.go("timetable"))
        self.catalogue = Button(wording("to_catalogue"), "quiet", icon="sparkles", press=lambda: room.ways.go("catalogue"))
        self.without_pupils = Button("", "quiet", icon="users", press=self.open_empty)
        self.without_pupils.hide()
        ways = (self.times, self.catalogue, self.without_pupils)
        tools = (self.unfold, self.measured, self.pdf.button, self.export.button, self.add)
        self.filters = MapFilters(room.app.clock.today(), *tools, ways=ways)
        self.table = RecordTable(wording("map"), columns(costs=self._shows_cost), compact=True, lead=24)
        self.foot = MapFoot(costs=self._shows_cost)
        self._nothing = Text(map_words("nothing"), "ui", "muted", wrap=True, side="centre")
        first = wording("add_first") if self._may_add else ""
        self._empty = EmptyPlace(wording("map_empty"), first, icon="layout-grid", press=self.add_provision)
        self._full = Surface("plain", col(self.filters, Rule(), (self.table, 1), (self._nothing, 1), self.foot, gap=0))
        self.setLayout(col((self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()
        self.filters.changed.connect(self._ask)
        self.filters.regrouped.connect(self._regroup)
        self.table.chosen.connect(self._show_line)
        self.table.opened.connect(self._open_line)
        self.table.folded.connect(self.fold)
        self.table.order_chosen.connect(self._order_chosen)
        if self._may_add:
            command(self, wording("empty_list"), self.open_empty, icon="users", also="without pupils remove delete empty")
            command(self, wording("add_provision"), self.add_provision, "Ctrl+Shift+N", icon="plus", also="cost intervention")
        command(self, map_words("open_or_close_all"), self.turn_all, "Ctrl+Shift+O", icon="chevron-down", also="expand collapse map")
        command(self, map_words("ledger"), self.open_ledger, "Ctrl+Shift+L", icon="chart-column", also="delivered sessions")
        if may_save(room.actor, ProvisionCost):
            command(self, costs_words("list"), self.open_costs, "Ctrl+Shift+K", icon="scale", also="cost resources preparation training")
        if may_save(room.actor, ProvisionMeasure):
            command(self, reference.say("effect.button"), self.measure, "Ctrl+M", icon="trending-up", also="effect entry exit score")
        self.pdf.command(self)
        command(
            self,
            reference.say("provision_terms.button"),
            self.open_effect,
            "Ctrl+Shift+M",
            icon="trending-up",
            also="compare impact chart terms",
        )

        self.restyle()

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.filters.by, self.table)

    def first_focus(self) -> QWidget:
        return self.table if self._map and self._map.lines else self.add if self._may_add else self.filters.by

    def restyle(self) -> None:
        """With large text the page scrolls before the list shrinks to nothing."""
        self.table.setMinimumHeight(theme().px(_LIST))

    def query(self) -> MapQuery | None:
        """What the filters ask for."""
        return self.filters.query()

    def add_provision(self) -> None:
        open_provision_sheet(self._room, self, Serves())

    def fold(self, key: str, opening: bool) -> None:
        """Shows the rows under a row, or hides them."""
        (self._open.add if opening else self._open.discard)(key)
        self._fill()
        announce(map_words("opened" if opening else "closed", title=self._lines[key].title), self.table)

    def turn_all(self) -> None:
        """Opens every row, or closes all but the bands where every row is open."""
        if self._map is None:
            return
        whole = all_open(self._map)
        self._open = first_open(self._map) if whole <= self._open else whole
        self._fill()

    def measure(self) -> None:
        """The measure of the chosen pupil: of joining where there is none yet, else of ending."""
        line = self._lines.get(self.table.current_key())
        if line is None or line.provision is None or line.place is None:
            self._room.ways.toast(reference.say("effect.choose_pupil"))
            return
        provision, place = line.provision, line.place
        self._room.ask(
            self,
            lambda at: moment_wanted(at.session, provision.id, place.pupil),
            lambda moment: open_measure_sheet(self._room, self, provision, place.pupil, place.name, moment),
            replace="moment",
        )

    def open_empty(self) -> None:
        """The provision that nobody is in."""
        self._room.ways.show_sheet(EmptyProvisionSheet(self._room, self))

    def open_effect(self) -> None:
        """The chosen provision beside itself over terms."""
        line = self._lines.get(self.table.current_key())
        if line is None or line.provision is None:
            self._room.ways.toast(map_words("choose_provision"))
            return
        self._room.ways.go("effect", title=line.provision.title)

    def open_costs(self) -> None:
        """What the chosen provision costs beside the time of its adults."""
        line = self._lines.get(self.table.current_key())
        if line is None or line.provision is None:
            self._room.ways.toast(map_words("choose_provision"))
            return
        open_costs_sheet(self._room, self, line.provision)

    def open_ledger(self) -> None:
        """What was planned and delivered of the chosen provision, by half term."""
        line = self._lines.get(self.table.current_key())
        if line is not None and line.provision is not None:
            open_ledger_sheet(self._room, self, line.provision.id)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _list(self, place: Workplace) -> MapList:
        """The map in sight, to be exported. Raises ``Refusal`` for who may not, and where there is nothing."""
        must_be_allowed(place.session, "export")
        found = map_list(place.session, *self._wanted(place.session))
        if not found.map["lines"]:
            raise Refusal("nothing_to_export")
        return found

    def _content(self, session: Session) -> SchoolMapContent:
        return school_map_content(session, *self._wanted(session))

    def _wanted(self, session: Session) -> tuple[MapQuery, str, str]:
        """What the map in sight was asked for."""
        shown = self._map
        query = shown.query if shown else MapQuery(services.usual_period(session))
        return query, shown.by if shown else "wave", self._order

    def _ask(self) -> None:
        query, by, order = self.filters.query(), self.filters.by.value(), self._order
        self._room.ask(self, lambda place: _read(place.session, query, by, order), self._show, replace="map")

    def _regroup(self) -> None:
        self._open = set()
        self.table.show_rows([])
        self._ask()

    def _order_chosen(self, order: str) -> None:
        self._order = order
        self._ask()

    def _show(self, found: _Read) -> None:
        first = self._map is None or self._map.by != found.map.by
        self._map = found.map
        self._lines = {each.key: each for each in found.map.lines}
        if first or not self._open:
            self._open = first_open(found.map)
        some = bool(found.map.lines)
        self.filters.offer_periods(found.periods)
        self.filters.offer(found.choices)
        anything = some or found.empty > 0 or bool(found.choices.staff) or self.filters.narrowed() or self.filters.period.currentIndex() > 0
        self._full.setVisible(anything)
        self._empty.setVisible(not anything)
        self.table.setVisible(some)
        self._nothing.setVisible(not some)
        self.pdf.button.setEnabled(some)
        self.export.button.setEnabled(some)
        self.without_pupils.setText(wording("empty_count_one" if found.empty == 1 else "empty_count", count=found.empty))
        self.without_pupils.setAccessibleName(self.without_pupils.text())
        self.without_pupils.setVisible(self._may_add and found.empty > 0)
        self.foot.show_map(found.map)
        self.set_heading(wording("map"), services.period_words(found.map.query.period))
        self._fill()
        if first:
            self.table.scrollToTop()

    def _fill(self) -> None:
        if self._map is None:
            return
        whole = all_open(self._map) <= self._open
        self.unfold.setText(map_words("close_all" if whole else "open_all"))
        self.table.show_rows(rows_in_sight(self._map, self._open))
        if not self.table.current_key():
            self.table.choose_first()
        self._show_line(self.table.current_key())

    def _show_line(self, key: str) -> None:
        self.foot.show_line(self._lines.get(key))

    def _open_line(self, key: str) -> None:
        """A pupil's row leads to the pupil, a group's to the provision to be changed; any other opens or closes."""
        line = self._lines.get(key)
        if line is None or key == TOTAL:
            return
        if line.kind == "pupil" and line.place is not None:
            tab = "provision" if self._shows_cost else "teaching"
            self._room.ways.go("pupil", pupil=line.place.pupil, tab=tab)
        elif line.provision is not None and self._may_add:
            open_provision_sheet(self._room, self, Serves(), line.provision)
        elif any(each.parent == key for each in self._lines.values()):
            self.fold(key, key not in self._open)
