"""The Provision tab of a pupil: what is given, what each place costs and how that is worked out, and the guide beside the total."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.provision import NOTIONAL_PENCE, Provision, ProvisionPlace
from sencoapp.domain.record import Saved
from sencoapp.domain.snapshot import MapPupil
from sencoapp.services import plans
from sencoapp.services import provision as services
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Session
from ui.allowed import only_for
from ui.pages.provision_costs import open_costs_sheet
from ui.pages.provision_costs import words as costs_words
from ui.pages.provision_days import open_days_sheet
from ui.pages.provision_end import open_end_sheet
from ui.pages.provision_export import MapExport
from ui.pages.provision_join import open_join_sheet
from ui.pages.provision_map import ProvisionMapPage
from ui.pages.provision_rows import columns, table_row
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.provision_words import counted, run_words, wording
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    CostBar,
    EmptyPlace,
    RecordTable,
    Surface,
    Text,
    clear,
    col,
    flow,
    heading,
    holder,
    money,
    note,
    panel,
    row,
)

__all__ = ["ProvisionMapPage", "ProvisionTab", "make_provision_map_page"]


TOUCHES = ("provision", "provision_place", "provision_staff", "provision_cost", "staff_rate", "school")
"""What changes a cost, whoever's place it is."""


@dataclass(frozen=True)
class PupilProvision:
    """One pupil's provision: costed rows, the provision itself, the places, and the open cycle."""

    pupil: Pupil
    costed: MapPupil
    provisions: dict[str, Provision]
    places: tuple[ProvisionPlace, ...]
    cycle: Cycle | None

    def ended(self, provision: str) -> str:
        """When the pupil's last place in a provision ended, in words; empty while one goes on."""
        days = [each.ends_on for each in self.places if each.provision == provision]
        return wording("place_ended", day=full_date(max(each for each in days if each))) if days and all(days) else ""


def pupil_provision(session: Session, pupil: str) -> PupilProvision:
    """Reads one pupil's provision. Raises ``Refusal("no_longer_there")``."""
    record = session.record
    return PupilProvision(
        pupil=must_get(record, Pupil, pupil),
        costed=services.pupil_map(session, pupil),
        provisions={each.id: each for each in services.provision_of(record, pupil)},
        places=tuple(record.find(ProvisionPlace, pupil=pupil)),
        cycle=next((each for each in plans.cycles_of(record, pupil) if each.closed_on is None), None),
    )


class ProvisionTab(QWidget):
    """``show_for(pupil=id)`` shows a pupil's provision; ``refresh(saved)`` shows anew what was touched."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._pupil = ""
        self._shown: PupilProvision | None = None
        self.add = Button(wording("add_provision"), "secondary", icon="plus", press=self._add)
        self.join = Button(wording("join_title"), "quiet", icon="users", press=self._join)
        self.export = MapExport(room, pupil=lambda: self._pupil)
        self.table = RecordTable(wording("list"), columns(), compact=True, lead=24)
        self.formula = Text("", "ui", wrap=True)
        self._run = note("", wrap=True)
        self.change = Button(wording("change"), "secondary", icon="pencil", press=self._change)
        self.end = Button(wording("end_place"), "quiet", icon="x", press=self._end)
        self.days = Button(wording("days"), "quiet", icon="calendar", press=self._days)
        self.costs = Button(costs_words("button"), "quiet", icon="scale", press=self._costs)
        self.times = Button(wording("times"), "quiet", icon="clock", press=lambda: room.ways.go("timetable", pupil=self._pupil))
        self.costed = Button(wording("costed"), "quiet", icon="scale", press=lambda: room.ways.go("costed", pupil=self._pupil))
        self._total = Text("", "title", figures=True)
        self._count = note("")
        self._bar = col(gap=0)
        self._guide = Text("", "ui", "muted", wrap=True)
        self._build()
        self._may_change = only_for(room.actor, Provision, self.change, verb="change")
        only_for(room.actor, ProvisionPlace, self.join)
        only_for(room.actor, ProvisionPlace, self.end, self.days, verb="change")
        only_for(room.actor, "see_cost", self.costed)
        only_for(room.actor, ProvisionCost, self.costs, verb="change")
        if not only_for(room.actor, Provision, self.add):
            self._empty.forbid()
        self.table.chosen.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda _: self._change())

    def _build(self) -> None:
        total = panel(
            row(
                col(note(wording("total")), self._total, self._count, gap=0),
                (col(STRETCH, self._bar, self._guide, STRETCH, gap=6), 1),
                gap=32,
            ),
            margins=16,
        )
        tools = row(
            heading(wording("list")), STRETCH, flow(self.costed, self.times, *self.export.buttons, self.join, self.add, gap=8), gap=8
        )
        top = holder(col(total, tools, gap=12, margins=(24, 12, 24, 8)))
        chosen = row(
            (col(self.formula, self._run, gap=2), 1),
            flow(self.change, self.days, self.costs, self.end, gap=8),
            gap=8,
            margins=(24, 10, 24, 10),
        )
        self._full = holder(col(top, (self.table, 1), Surface("foot", chosen), gap=0))
        self._empty = EmptyPlace(wording("pupil_empty"), wording("add_provision"), icon="layout-grid", press=self._add)
        self.setLayout(col((self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()

    def show_for(self, pupil: str, **where: Any) -> None:
        if pupil != self._pupil:
            self._full.hide()
            self._empty.hide()
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil and (self._pupil in saved.pupils() or saved.touches(*TOUCHES)):
            self._ask()

    def first_focus(self) -> QWidget:
        return self.table if not self._full.isHidden() else self._empty.button or self._empty

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        pupil = self._pupil
        self._room.ask(self, lambda place: pupil_provision(place.session, pupil), self._show, replace="provision")

    def _show(self, found: PupilProvision) -> None:
        if found.pupil.id != self._pupil:
            return
        self._shown = found
        rows = found.costed["rows"]
        self._full.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._empty.say(wording("pupil_empty", name=found.pupil.forename))
        self.table.show_rows([table_row(each, each["id"], ended=found.ended(each["id"])) for each in rows])
        if rows and not self.table.current_key():
            self.table.choose_first()
        self._show_total(found)
        self._show_chosen()

    def _show_total(self, found: PupilProvision) -> None:
        total = found.costed["total_pence"]
        self._total.setText(money(total))
        self._count.setText(counted("provision", len(found.costed["rows"])))
        clear(self._bar)
        self._bar.addWidget(CostBar(wording("total"), total, NOTIONAL_PENCE))
        away = NOTIONAL_PENCE - total
        guide = money(NOTIONAL_PENCE).removesuffix(".00")
        beside = wording("below_guide" if away >= 0 else "above_guide", away=money(abs(away)), guide=guide)
        self._guide.setText(f"{beside} {wording('guide_only')}")

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        self.formula.setText(
            wording("formula_of", title=chosen.title, formula=self._formula(chosen)) if chosen else wording("formula_none")
        )
        self._run.setText(run_words(chosen) if chosen else "")
        self.change.setEnabled(chosen is not None)
        self.days.setEnabled(chosen is not None)
        self.costs.setEnabled(chosen is not None)
        self.end.setEnabled(chosen is not None and self._shown is not None and not self._shown.ended(chosen.id))

    def _formula(self, chosen: Provision) -> str:
        rows = self._shown.costed["rows"] if self._shown else []
        return next((each["formula"] for each in rows if each["id"] == chosen.id), "")

    def _chosen(self) -> Provision | None:
        return self._shown.provisions.get(self.table.current_key()) if self._shown else None

    def _serves(self) -> Serves:
        cycle = self._shown.cycle if self._shown else None
        due = cycle.review_due_on if cycle else None
        until = due if due and due > self._room.app.clock.today() else None
        return Serves((self._pupil,), cycle.id if cycle else None, ends_on=until)

    def _add(self) -> None:
        open_provision_sheet(self._room, self, self._serves())

    def _join(self) -> None:
        open_join_sheet(self._room, self, self._serves())

    def _change(self) -> None:
        chosen = self._chosen()
        if chosen is not None and self._may_change:
            open_provision_sheet(self._room, self, Serves(), chosen)

    def _days(self) -> None:
        """The newest of the pupil's places in the chosen provision."""
        chosen = self._chosen()
        places = [each for each in (self._shown.places if self._shown else ()) if chosen and each.provision == chosen.id]
        if chosen is not None and places:
            open_days_sheet(self._room, self, chosen, places[-1])

    def _costs(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            open_costs_sheet(self._room, self, chosen)

    def _end(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            open_end_sheet(self._room, self, self._pupil, chosen)


def make_provision_map_page(room: Room) -> ProvisionMapPage:
    """The provision map of the school."""
    return ProvisionMapPage(room)
