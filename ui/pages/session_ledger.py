"""Planned beside delivered for one provision: to date and by half term, the group first and then its pupils."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from sencoapp.app import Workplace
from sencoapp.domain.provision import to_pence
from sencoapp.reference import say
from sencoapp.services import delivery as services
from sencoapp.services.delivery import Ledger, LedgerLine
from sencoapp.services.provision_terms import provision_words
from ui.pages.session_words import wording
from ui.room import Room
from ui.widgets import STRETCH, Button, Cell, Column, GroupRow, RecordTable, Sheet, Surface, TableRow, Text, col, money, row
from ui.widgets.table_model import Row


class LedgerBody(Surface):
    """A table to read; Esc or Close leaves it."""

    done = Signal()
    compare = Signal()

    def __init__(self, ledger: Ledger, effect: Sequence[str] = ()) -> None:
        columns = [
            Column(wording("column_who"), 0),
            Column(wording("column_planned"), 120, right=True),
            Column(wording("column_delivered"), 130, right=True),
            Column(wording("column_held"), 70, right=True, keep=False),
            Column(wording("column_missed"), 80, right=True, keep=False),
        ]
        if ledger.shows_cost:
            columns += [
                Column(wording("column_cost_planned"), 120, right=True, keep=False),
                Column(wording("column_cost"), 110, right=True),
            ]
        self.table = RecordTable(wording("ledger"), tuple(columns), compact=True, lead=10)
        rows: list[Row] = []
        for number, (name, lines) in enumerate(ledger.periods):
            rows.append(GroupRow(name or wording("to_date")))
            rows += [_row(f"{number}/{line.pupil}", line, costs=ledger.shows_cost) for line in lines]
        self.table.show_rows(rows)
        close = Button(wording("close"), "secondary", press=lambda: self.done.emit())
        self.by_term = Button(say("provision_terms.button"), "quiet", icon="trending-up", press=lambda: self.compare.emit())
        said = [Text(each, "ui", wrap=True) for each in effect]
        words = Text(wording("ledger_words"), "ui", "muted", wrap=True)
        super().__init__("plain", col((self.table, 1), words, *said, row(close, self.by_term, STRETCH, gap=8), gap=10), height=440)
        self.setFocusProxy(self.table)


def _row(key: str, line: LedgerLine, *, costs: bool) -> TableRow:
    tally = line.tally
    cells = [
        Cell(line.name or wording("whole_group"), bold=not line.pupil),
        Cell(f"{tally.planned_minutes:,}"),
        Cell(f"{tally.delivered_minutes:,}"),
        Cell(str(tally.held)),
        Cell(str(tally.missed)),
    ]
    if costs:
        cells += [Cell(money(to_pence(tally.planned_cost))), Cell(money(to_pence(tally.delivered_cost)))]
    return TableRow(key, tuple(cells))


def open_ledger_sheet(room: Room, owner: QObject, provision: str) -> None:
    """Reads the ledger and lays it over the page."""

    def show(found: tuple[Ledger, list[str]]) -> None:
        ledger, effect = found
        body = LedgerBody(ledger, effect)
        sheet = Sheet(wording("ledger_title", title=ledger.provision.title), body, width=860)
        body.done.connect(sheet.close_sheet)
        body.compare.connect(sheet.close_sheet)
        body.compare.connect(lambda: room.ways.go("effect", title=ledger.provision.title))
        room.ways.show_sheet(sheet)

    def read(place: Workplace) -> tuple[Ledger, list[str]]:
        ledger = services.ledger_of(place.session, provision)
        return ledger, provision_words(place.session, ledger.provision)

    room.ask(owner, read, show, replace="ledger")
