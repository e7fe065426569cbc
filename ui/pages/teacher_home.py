"""Today for those who teach: their pupils, the strategies to use, and what they are asked for. Nothing else.

Choose a pupil with the arrow keys: Ctrl+N writes a note about them, Enter opens their page.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from sencoapp import reference
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.record import Saved
from sencoapp.services.teacher_home import Asked, HomePupil, TeacherHome, teacher_home
from ui.dates import nearby
from ui.page import Page
from ui.pages.ask_staff_sheet import open_answer_sheet
from ui.pages.pupil_words import breakable
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    EmptyPlace,
    Icon,
    RecordTable,
    Rule,
    Scroll,
    TableRow,
    Text,
    clear,
    col,
    heading,
    holder,
    note,
    panel,
    row,
    status_words,
)

_SIDE = 330
_ROOMY = 860
_TOUCHES = (
    "pupil",
    "sen_status",
    "cycle",
    "recommendation",
    "observation",
    "session_mark",
    "provision",
    "provision_place",
    "provision_staff",
    "staff_member",
    "round_robin",
    "round_robin_ask",
    "round_robin_answer",
)


def _say(key: str, **details: object) -> str:
    return reference.say(f"teacher_home.{key}", **details)


class TeacherHomePage(Page):
    """It takes no args."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupils: dict[str, HomePupil] = {}
        self.set_heading(reference.say("shell.today"))
        columns = (
            Column(reference.say("today_page.pupil"), 190),
            Column(_say("strategies"), 0),
            Column(_say("last_note"), 110, keep=False),
            Column("", 110),
        )
        self.table = RecordTable(_say("pupils"), columns, two_lines=True)
        self.table.opened.connect(lambda pupil: room.ways.go("pupil", pupil=pupil))
        self.table.acted.connect(room.ways.new_observation)
        self.table.chosen.connect(self._chosen)
        self._list = panel(self.table, margins=1)
        self._empty = holder(col(gap=0))
        self._empty.hide()
        self._asked = col(gap=8)
        self._strategies = col(gap=8)
        self._shown = panel(self._strategies, margins=16)
        side = col(panel(self._asked, margins=16), self._shown, STRETCH, gap=12)
        self._side = Scroll(side, _say("beside"))
        self._body = row((self._list, 1), (self._empty, 1), self._side, gap=16, margins=(24, 16, 16, 16))
        self.setLayout(self._body)
        self._fit()

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*_TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self._empty if self.table.isHidden() else self.table, self._side)

    def first_focus(self) -> QWidget | None:
        return self.table if self._pupils else None

    def observation_args(self) -> Mapping[str, Any]:
        chosen = self._pupils.get(self.table.current_key())
        return {"pupil": chosen.id, "name": chosen.name} if chosen else {}

    def restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.room.ask(self, lambda place: teacher_home(place.session), self._show, replace="home")

    def _show(self, home: TeacherHome) -> None:
        self.set_heading(reference.say("shell.today"), weekday_date(home.today))
        self._pupils = {each.id: each for each in home.pupils}
        self.table.show_rows([_row(each, home) for each in home.pupils])
        self._list.setVisible(bool(home.pupils))
        self._empty.setVisible(not home.pupils)
        if not home.pupils:
            self._show_empty(home)
        elif not self.table.current_key():
            self.table.choose_first()
        self._show_asked(home.asked)
        self._chosen(self.table.current_key())

    def _show_empty(self, home: TeacherHome) -> None:
        place = self._empty.layout()
        assert place is not None
        clear(place)
        ways = self.room.ways
        if home.classes:
            words = _say("no_pupils", classes=", ".join(home.classes))
            made = EmptyPlace(words, reference.say("welcome.import_pupils"), icon="users", press=lambda: ways.go("import"))
        else:
            made = EmptyPlace(_say("no_classes"), _say("choose_classes"), icon="users", press=lambda: ways.go("settings", section="people"))
        place.addWidget(made)

    def _show_asked(self, asked: Sequence[Asked]) -> None:
        clear(self._asked)
        self._asked.addWidget(heading(_say("asked")))
        if not asked:
            self._asked.addWidget(Text(_say("nothing_asked"), "ui", "muted", wrap=True))
        for number, each in enumerate(asked):
            if number:
                self._asked.addWidget(Rule())
            self._asked.addWidget(self._asked_line(each))

    def _asked_line(self, asked: Asked) -> QWidget:
        words = col(Text(asked.what, "ui", weight=600, wrap=True), note(breakable(asked.detail), wrap=True), gap=2)
        if asked.done:
            state: QWidget = holder(row(Icon("circle-check", "success", 18), Text(_say("done"), "ui", "muted"), gap=6))
        else:
            state = Button(
                _say(f"do_{asked.kind}"),
                name=_say(f"do_{asked.kind}_named", what=asked.what),
                press=lambda: self._do(asked),
            )
        return holder(row((words, 1), state, gap=8))

    def _do(self, asked: Asked) -> None:
        if asked.kind == "round_robin":
            open_answer_sheet(self.room, self, asked.subject)
        else:
            self.room.ways.go("sessions", session=asked.subject)

    def _chosen(self, key: str) -> None:
        pupil = self._pupils.get(key)
        self._shown.setVisible(pupil is not None)
        clear(self._strategies)
        if pupil is None:
            return
        self._strategies.addWidget(heading(_say("strategies_for", name=pupil.name)))
        for each in pupil.strategies:
            line = row(Icon("check", "accent", 16), (Text(breakable(each), "ui", wrap=True), 1), gap=8)
            self._strategies.addWidget(holder(line))
        if not pupil.strategies:
            self._strategies.addWidget(Text(_say("no_strategies"), "ui", "muted", wrap=True))
        open_page = Button(_say("open"), "link", name=_say("open_named", name=pupil.name), press=lambda: self._open(pupil.id))
        self._strategies.addWidget(holder(row(open_page, STRETCH)))

    def _open(self, pupil: str) -> None:
        self.room.ways.go("pupil", pupil=pupil)

    def _fit(self) -> None:
        look = theme()
        roomy = self.width() / look.text_size >= _ROOMY
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumWidth(look.px(_SIDE) if roomy else 0)
        self._side.setMaximumWidth(look.px(_SIDE) if roomy else 16_777_215)
        self._list.setMinimumHeight(0 if roomy else look.px(240))
        self._side.setMinimumHeight(0 if roomy else look.px(160))


def _row(pupil: HomePupil, home: TeacherHome) -> TableRow:
    status = status_words(pupil.status) if pupil.status != "N" else ""
    first, more = (pupil.strategies[0] if pupil.strategies else "", len(pupil.strategies) - 1)
    below = _say("more" if more > 1 else "one_more", count=more) if more > 0 else ""
    return TableRow(
        pupil.id,
        (
            Cell(pupil.name, " · ".join(filter(None, (pupil.place, status))), bold=True),
            Cell(first or _say("no_strategies"), below, tone="text" if first else "muted"),
            Cell(nearby(pupil.last_note_on, home.today) if pupil.last_note_on else _say("no_note"), tone="muted"),
            Cell(button=_say("note")),
        ),
    )
