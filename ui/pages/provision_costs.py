"""What a provision costs beside the time of its adults: a list of materials, preparation and training, and a form for each."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QObject, Signal

from sencoapp import reference
from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.dates import full_date
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from sencoapp.services.provision_costs import KINDS, SPREADS, CostLine, cost_lines, keep_cost, remove_cost
from ui.allowed import only_for
from ui.pages.ask_form import Ask
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Cell, Column, Form, RecordTable, Sheet, TableRow, Text

_MOST_SHOWN = 5


def words(key: str, **details: object) -> str:
    return reference.say(f"provision_costs.{key}", **details)


class CostsBody(SheetBody):
    """The list; Enter on a cost opens it to be changed."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, provision: Provision) -> None:
        self._room, self._owner, self._provision = room, owner, provision
        self._lines: dict[str, CostLine] = {}
        self.table = RecordTable(words("list"), (Column(words("what"), 0),), two_lines=True)
        self.table.setMinimumHeight(0)
        self.table.opened.connect(lambda _: self.change_chosen())
        self._empty = Text(words("empty"), "ui", "muted", wrap=True)
        form = Form(wide=True)
        form.add_widget(Text(words("why"), "ui", wrap=True))
        form.add_widget(self._empty)
        form.add_widget(self.table)
        self.add = Button(words("add"), "primary", icon="plus", press=lambda: open_cost_sheet(room, owner, provision))
        self.change = Button(words("change"), "secondary", icon="pencil", press=self.change_chosen)
        close = Button(words("done"), "quiet", press=lambda: self.done.emit())
        self._may_change = only_for(room.actor, ProvisionCost, self.change, verb="change")
        only_for(room.actor, ProvisionCost, self.add)
        super().__init__(words("list"), form, self.add, self.change, close)
        self.setFocusProxy(self.add if may_save(room.actor, ProvisionCost) else close)
        self.table.hide()
        self.change.hide()
        room.ask(self, lambda place: cost_lines(place.session.record, provision.id), self._show, replace="costs")

    def change_chosen(self) -> None:
        line = self._lines.get(self.table.current_key())
        if line is not None and self._may_change:
            open_cost_sheet(self._room, self._owner, self._provision, line.cost)

    def _show(self, found: list[CostLine]) -> None:
        self._lines = {each.cost.id: each for each in found}
        self._empty.setVisible(not found)
        self.table.setVisible(bool(found))
        self.change.setVisible(bool(found) and self._may_change)
        kinds = {each: words(f"kind_{each}") for each in KINDS}
        self.table.show_rows(
            [TableRow(each.cost.id, (Cell(each.cost.what, f"{kinds[each.cost.kind]}: {each.words}", bold=True),)) for each in found]
        )
        if found and not self.table.current_key():
            self.table.choose_first()
        rows = min(_MOST_SHOWN, max(1, len(found)))
        self.table.setFixedHeight(self.table.horizontalHeader().height() + self.table.verticalHeader().defaultSectionSize() * rows + 4)


def open_costs_sheet(room: Room, owner: QObject, provision: Provision) -> None:
    """Lays the list over the page."""
    body = CostsBody(room, owner, provision)
    sheet = Sheet(words("title", title=provision.title), body, width=720)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)


def open_cost_sheet(room: Room, owner: QObject, provision: Provision, shown: ProvisionCost | None = None) -> None:
    """One cost, new or to be changed. Once it is saved the list is there again."""
    today = room.app.clock.today()
    kept: list[Saved] = []

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        cost = ProvisionCost(
            shown.id if shown else "",
            provision.id,
            typed["kind"],
            typed["what"] or "",
            typed["paid_on"] or today,
            pence=_pence(typed["pence"]),
            minutes=typed["minutes"],
            spread=typed["spread"],
            for_each=typed["shared"] == "each",
            ends_on=typed["ends_on"],
            note=typed["note"],
        )
        saved = keep_cost(session, cost)
        kept.append(saved)
        return saved

    def hide(session: Session, id: str) -> Saved:
        saved = remove_cost(session, id)
        kept.append(saved)
        return saved

    values: dict[str, Any] = {"kind": "materials", "spread": "once", "shared": "group", "paid_on": max(provision.starts_on, today)}
    if provision.ends_on:
        values["paid_on"] = min(values["paid_on"], provision.ends_on)
    if shown is not None:
        values = {name: getattr(shown, name) for name in ("kind", "what", "spread", "paid_on", "minutes", "ends_on", "note")}
        values |= {"pence": f"{shown.pence / 100:.2f}" if shown.pence else "", "shared": "each" if shown.for_each else "group"}
    entry = Entry(
        title=words("sheet", title=provision.title),
        save_words=words("save"),
        rows=_rows(provision),
        values=values,
        draft=f"provision_cost.{shown.id if shown else provision.id}",
        write=write,
        said=lambda typed: words("saved", what=typed["what"] or ""),
        remove=Removal(words("remove"), words("removed"), lambda session: hide(session, shown.id)) if shown else None,
        past=("provision_cost", shown.id) if shown else None,
    )
    open_entry(
        room,
        owner,
        entry,
        today,
        lambda sheet: sheet.closed.connect(lambda: open_costs_sheet(room, owner, provision) if kept else None),
    )


def _rows(provision: Provision) -> tuple[Any, ...]:
    kinds = [(each, words(f"kind_{each}")) for each in KINDS]
    spreads = [(each, words(f"spread_{each}")) for each in SPREADS]
    shared = [("group", words("shared_group")), ("each", words("shared_each"))]
    return (
        Ask("kind", words("kind"), "one", kinds),
        Ask("what", words("what"), hint=words("what_hint")),
        (
            Ask("pence", words("pence"), hint=words("pence_hint"), optional=True),
            Ask("minutes", words("minutes"), "number", hint=words("minutes_hint"), optional=True),
        ),
        Ask("spread", words("spread"), "choice", spreads),
        Ask("shared", words("shared"), "one", shared),
        (
            Ask(
                "paid_on",
                words("paid_on"),
                "day",
                what=words("what_paid_on"),
                hint=words("paid_on_hint", day=full_date(provision.starts_on)),
            ),
            Ask(
                "ends_on", words("ends_on"), "day", what=words("what_ends_on"), hint=words("ends_on_hint"), optional=True, towards="future"
            ),
        ),
        Ask("note", words("note"), optional=True),
    )


def _pence(typed: str | None) -> int | None:
    """Whole pence of what was typed in pounds. Raises ``Refusal("cost_amount_not_understood")``."""
    if not (typed or "").strip():
        return None
    try:
        pence = Decimal((typed or "").replace("£", "").replace(",", "").strip()) * 100
    except InvalidOperation:
        raise Refusal("cost_amount_not_understood", field="pence") from None
    if not pence.is_finite() or pence != pence.to_integral_value() or not 0 <= pence < 10**12:
        raise Refusal("cost_amount_not_understood", field="pence")
    return int(pence)
