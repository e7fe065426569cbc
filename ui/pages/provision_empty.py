"""Provision that nobody is in: the map has no row for it, so it is listed here, to be given a pupil or removed."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain
from sencoapp.services import provision as services
from sencoapp.services.permissions import may_save
from sencoapp.services.provision_map import run_words
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.provision_words import wording
from ui.room import Room
from ui.theme import theme
from ui.widgets import Cell, Column, RecordTable, Sheet, TableRow, Text, col, holder


class EmptyProvisionSheet(Sheet):
    """Enter opens one to be changed; the button of its row removes it, with Undo."""

    def __init__(self, room: Room, owner: QObject) -> None:
        self._room, self._owner = room, owner
        self._found: Sequence[Provision] = ()
        self.table = RecordTable(wording("empty_list"), (Column(wording("column_provision"), 0), Column("", 110)), two_lines=True, lead=8)
        self._none = Text(wording("empty_none"), "ui", "muted", wrap=True)
        self._none.hide()
        body = holder(col(Text(wording("empty_lead"), "ui", "muted", wrap=True), self._none, (self.table, 1), gap=10))
        body.setFocusProxy(self.table)
        super().__init__(wording("empty_list"), body, width=560)
        self.table.opened.connect(self._open)
        self.table.acted.connect(self.take_away)
        room.desk.saved.connect(self._saved)
        self.restyle()
        self._ask()

    def restyle(self) -> None:
        super().restyle()
        self.table.setMinimumHeight(theme().px(180))

    def take_away(self, provision: str) -> None:
        """Removes one that nobody is in."""
        title = next((each.title for each in self._found if each.id == provision), "")
        room = self._room
        room.do(
            self,
            lambda place: services.remove_provision(place.session, provision),
            lambda saved: room.ways.toast(wording("removed", title=title), saved),
            self._refused,
        )

    def _ask(self) -> None:
        self._room.ask(self, lambda place: services.without_pupils(place.session.record), self._show, replace="empty")

    def _saved(self, saved: Saved, _owner: object) -> None:
        if saved.touches("provision", "provision_place"):
            self._ask()

    def _show(self, found: Sequence[Provision]) -> None:
        self._found = found
        remove = wording("remove") if may_save(self._room.actor, Provision, "remove") else ""
        self.table.show_rows([TableRow(each.id, (Cell(each.title, sub=run_words(each), bold=True), Cell(button=remove))) for each in found])
        if not self.table.current_key():
            self.table.choose_first()
        self.table.setVisible(bool(found))
        self._none.setVisible(not found)

    def _open(self, provision: str) -> None:
        found = next((each for each in self._found if each.id == provision), None)
        if found is not None and may_save(self._room.actor, Provision):
            open_provision_sheet(self._room, self._owner, Serves(), found)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))
