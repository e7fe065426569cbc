"""Questions to staff: every round-robin with how many answered, late ones first; one of them with its answers side by side."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.round_robins import RoundRobin
from sencoapp.reference import explain, say
from sencoapp.services import round_robins as services
from sencoapp.services.permissions import may_save
from sencoapp.services.round_robins import RoundRobinShown
from ui.commands import command
from ui.dates import nearby
from ui.files import ask_for_files, ask_for_folder, ask_to_save
from ui.incoming import files_in
from ui.page import Page
from ui.pages import ask_staff_sheet as sheets
from ui.pages.round_robin_view import RoundRobinView
from ui.room import Room
from ui.widgets import (
    Button,
    Cell,
    Column,
    EmptyPlace,
    RecordTable,
    Rule,
    Surface,
    TableRow,
    col,
    holder,
    note,
    row,
)

_TOUCHING = ("round_robin", "round_robin_ask", "round_robin_answer", "pupil", "staff_member")


def make_round_robins_page(room: Room) -> Page:
    """The page "round_robins". It opens on the list, of one ``pupil`` where that is given; with ``round_robin`` on one of them.

    With ``ask`` (the id of a pupil) it offers to ask staff.
    """
    return RoundRobinsPage(room)


class RoundRobinsPage(Page):
    """The list, or one round-robin. Files that are dropped on it are forms that came back. The dialogs may be replaced in tests."""

    ask_for_files = staticmethod(ask_for_files)
    ask_for_folder = staticmethod(ask_for_folder)
    ask_to_save = staticmethod(ask_to_save)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room, self._pupil = room, ""
        self._shown: RoundRobinShown | None = None
        self.setAcceptDrops(True)
        columns = (
            Column(say("round_robins.col_pupil"), 170),
            Column(say("round_robins.col_title"), 0),
            Column(say("round_robins.col_answered"), 170),
            Column(say("round_robins.col_due"), 150),
        )
        self.table = RecordTable(say("round_robins.list"), columns, two_lines=True, lead=24)
        self.table.opened.connect(lambda id: room.ways.go("round_robins", round_robin=id))
        self._empty = holder(col(EmptyPlace(say("round_robins.none_yet"), icon="users"), margins=24))
        self.read_back = Button(say("round_robins.read_back"), "secondary", icon="inbox", press=self.choose_files)
        bar = Surface(
            "plain", row((note(say("round_robins.where_answered"), wrap=True), 1), self.read_back, gap=12, margins=(24, 8, 24, 8))
        )
        self.list = holder(col(bar, Rule(), (self.table, 1), (self._empty, 1), gap=0))
        self.view = RoundRobinView(room, self)
        self._layers = QStackedLayout(self)
        self._layers.addWidget(self.list)
        self._layers.addWidget(self.view)
        self.view.back.clicked.connect(self._back)
        writes = may_save(room.actor, RoundRobin)
        if not writes:
            self.read_back.hide()
        else:
            command(self, say("round_robins.read_back"), self.choose_files, icon="inbox", also="returned form PDF spreadsheet import")
        command(self, say("round_robins.back"), self._back, "Alt+Left")

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        one = str(args.get("round_robin") or "")
        self._pupil = str(args.get("pupil") or args.get("ask") or "")
        self._layers.setCurrentWidget(self.view if one else self.list)
        self._shown = None
        self._read(one)
        self._say_heading()
        if args.get("ask"):
            sheets.open_ask_sheet(self._room, self, self._pupil)

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*_TOUCHING):
            self._read(self._shown.round_robin.id if self._shown else "")

    def panes(self) -> Sequence[QWidget]:
        return (self.view,) if self._shown else (self.list,)

    def first_focus(self) -> QWidget | None:
        return self.view.table if self._layers.currentWidget() is self.view else self.table if self.table.count() else self.read_back

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_in(event.mimeData()) and may_save(self._room.actor, RoundRobin):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(files_in(event.mimeData()))

    def choose_files(self) -> None:
        """Asks for forms that came back."""
        self.ask_for_files(self, say("round_robins.read_back"), say("round_robins.kind_forms"), self.take)

    def take(self, paths: Sequence[Path]) -> None:
        """Looks at forms that came back; on the page of a round-robin only its own are taken."""
        if paths:
            sheets.look_at_files(self._room, self, paths, of=self._shown.round_robin.id if self._shown else None)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _back(self) -> None:
        self._room.ways.go("round_robins", **({"pupil": self._pupil} if self._pupil else {}))

    def _read(self, one: str) -> None:
        if one:
            self._room.ask(self, lambda place: services.read_round_robin(place.session, one), self._show_one, self._gone, replace="robin")
        else:
            pupil = self._pupil or None
            self._room.ask(self, lambda place: services.round_robins(place.session, pupil=pupil), self._show_list, replace="robins")

    def _gone(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))
        self._back()

    def _show_list(self, found: Sequence[RoundRobinShown]) -> None:
        today = self._room.app.clock.today()
        self.table.show_rows([_row(each, today) for each in found])
        self.table.setVisible(bool(found))
        self._empty.setVisible(not found)
        if found and not self.table.current_key():
            self.table.choose_first()

    def _show_one(self, shown: RoundRobinShown) -> None:
        self._shown = shown
        self.view.show_one(shown)
        self._say_heading()

    def _say_heading(self) -> None:
        if self._shown is None:
            self.set_heading(say("welcome.page_round_robins"))
            return
        asked = self._shown.round_robin
        self.set_heading(f"{asked.pupil_name}: {asked.title}", _counted(self._shown))


def _counted(shown: RoundRobinShown) -> str:
    due = say("round_robins.by", day=full_date(shown.round_robin.due_on))
    return f"{say('round_robins.answered', count=shown.answered, of=len(shown.asked))} · {due}"


def _row(shown: RoundRobinShown, today: Any) -> TableRow:
    asked = shown.round_robin
    late = ", ".join(each.ask.staff_name for each in shown.waiting) if shown.late else ""
    if asked.closed_on:
        due = Cell(say("round_robins.closed_on", day=nearby(asked.closed_on, today)), tone="muted")
    else:
        words = say("round_robins.is_late") if shown.late else ""
        due = Cell(nearby(asked.due_on, today), sub=words, sub_tone="danger", icon="triangle-alert" if shown.late else "")
    answered = say("round_robins.answered", count=shown.answered, of=len(shown.asked))
    return TableRow(
        asked.id,
        (
            Cell(asked.pupil_name, bold=True),
            Cell(asked.title, sub=say("round_robins.asked_on", day=nearby(asked.asked_on, today), name=asked.author_name)),
            Cell(answered, sub=late),
            due,
        ),
    )
