"""Giving a pupil a place in a provision that the school makes already."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.words import search_words, typed_words
from sencoapp.services import provision as services
from sencoapp.services.costing import CostBook, RowCost
from sencoapp.services.permissions import may
from sencoapp.services.ports import Session
from ui.commands import command
from ui.pages.measure_sheet import ask_for_measure
from ui.pages.provision_sheet import Serves
from ui.pages.provision_words import sessions_words, wording
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    ErrorSummary,
    RecordTable,
    SearchField,
    Sheet,
    Surface,
    TableRow,
    Text,
    area_words,
    col,
    money,
    row,
)


@dataclass(frozen=True)
class Offer:
    """A provision that can be joined, and how many pupils have a place in it."""

    provision: Provision
    taken: int
    cost: RowCost | None = None
    """Of a place from today on; None for who sees no cost."""


def offers(session: Session, pupil: str) -> list[Offer]:
    """The provision that has not ended, has room, and in which the pupil has no place yet; newest first."""
    today = session.clock.today()
    members: dict[str, set[str]] = {}
    for place in session.record.find(ProvisionPlace):
        members.setdefault(place.provision, set()).add(place.pupil)
    known = session.record.find(Provision)
    found = [Offer(each, len(members.get(each.id, ()))) for each in known if (each.ends_on or today) >= today]
    open_to = [each for each in found if each.taken < each.provision.group_size and pupil not in members.get(each.provision.id, ())]
    if open_to and may(session.actor, "see_cost"):
        book = CostBook(session)
        open_to = [replace(each, cost=book.if_joined(each.provision.id, pupil)) for each in open_to]
    return sorted(open_to, key=lambda each: (each.provision.starts_on, each.provision.id), reverse=True)


class JoinSheetBody(Surface):
    """A list to choose from, found as one types; Enter or the button takes the place."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, serves: Serves) -> None:
        self._room, self._owner, self._serves = room, owner, serves
        self._offers: list[Offer] = []
        self.search = SearchField(wording("join_search"))
        self.problem = ErrorSummary()
        columns = (
            Column(wording("column_provision"), 0),
            Column(wording("column_places"), 90, right=True),
            Column(wording("column_each"), 100, right=True),
        )
        self.table = RecordTable(wording("join_list"), columns, two_lines=True, lead=10)
        self.formula = Text("", "ui", "muted", wrap=True)
        self._nothing = Text(wording("join_none"), "ui", "muted", wrap=True)
        self._nothing.hide()
        self.take = Button(wording("join_take"), "primary", icon="check", press=self.submit)
        cancel = Button(wording("cancel"), "quiet", press=lambda: self.done.emit())
        buttons = row(self.take, cancel, STRETCH, gap=8)
        super().__init__("plain", col(self.problem, self.search, self._nothing, (self.table, 1), self.formula, buttons, gap=10), height=420)
        self.setFocusProxy(self.search)
        self.search.searched.connect(lambda _: self._show())
        self.search.went_down.connect(self.table.setFocus)
        self.search.returnPressed.connect(self.submit)
        self.table.opened.connect(lambda _: self.submit())
        self.table.chosen.connect(lambda _: self._show_formula())
        command(self, wording("join_take"), self.submit, "Ctrl+Return", "Ctrl+Enter")
        pupil = serves.pupils[0]
        room.ask(self, lambda place: offers(place.session, pupil), self._found)

    def _found(self, found: Sequence[Offer]) -> None:
        self._offers = list(found)
        self._show()

    def _show(self) -> None:
        wanted = typed_words(self.search.text())
        shown = [each for each in self._offers if _fits(each.provision, wanted)]
        self.table.show_rows([_offer_row(each) for each in shown])
        if not self.table.current_key():
            self.table.choose_first()
        self.table.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        self.take.setEnabled(bool(shown))
        self._show_formula()

    def _show_formula(self) -> None:
        key = self.table.current_key()
        costs = [each.cost for each in self._offers if each.provision.id == key and each.cost]
        self.formula.setText(costs[0].formula if costs else "")

    def _chosen(self) -> Provision | None:
        key = self.table.current_key()
        return next((each.provision for each in self._offers if each.provision.id == key), None)

    def submit(self) -> None:
        chosen, serves = self._chosen(), self._serves
        if chosen is None or not self.take.isEnabled():
            return
        self.take.setEnabled(False)
        self._room.do(
            self,
            lambda place: services.join_provision(place.session, chosen.id, serves.pupils[0], cycle=serves.cycle, outcome=serves.outcome),
            lambda answer: self._joined(chosen, answer),
            self._refused,
        )

    def _joined(self, chosen: Provision, saved: Saved) -> None:
        room = self._room
        owner, pupil = self._owner, self._serves.pupils[0]
        self.done.emit()
        ask_for_measure(room, owner, chosen, pupil, "entry")
        words = wording("joined", title=chosen.title)
        room.ways.toast(words, saved)

    def _refused(self, message: PlainMessage) -> None:
        self.take.setEnabled(True)
        self.problem.show_problems([(reference.explain(message), None)])


def _fits(provision: Provision, wanted: list[str]) -> bool:
    words = search_words(" ".join(filter(None, (provision.title, provision.delivered_by, provision.aim, provision.staff_role))))
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _offer_row(offer: Offer) -> TableRow:
    made = offer.provision
    pattern = wording("pattern_short", sessions=sessions_words(made.sessions_per_week), minutes=made.minutes)
    area = area_words(made.area, short=True) if made.area and made.area in theme().token("area") else ""
    until = wording("until", day=full_date(made.ends_on)) if made.ends_on else ""
    sub = " · ".join(filter(None, (made.delivered_by, pattern, area, until)))
    places = wording("places_of", taken=offer.taken, size=made.group_size)
    return TableRow(made.id, (Cell(made.title, sub, bold=True), Cell(places), Cell(money(offer.cost.planned_pence) if offer.cost else "")))


def open_join_sheet(room: Room, owner: QObject, serves: Serves) -> JoinSheetBody:
    """Lays the list over the page."""
    body = JoinSheetBody(room, owner, serves)
    sheet = Sheet(wording("join_title"), body, width=680)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)
    return body
