"""Today: what needs the SENCO now (look/01-today.png). Groups of what is due, the clocks of requests, a few figures."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from sencoapp import reference
from sencoapp.domain.dates import short_date, weekday_date
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import Saved
from sencoapp.services.permissions import may, may_save
from sencoapp.services.teacher_home import has_teachers_home
from sencoapp.services.today import RequestClock
from ui.page import Page
from ui.pages.concern_sheet import open_concern
from ui.pages.today_content import (
    Due,
    RequestShown,
    TodayContent,
    counted_words,
    gather_today,
    next_deadline,
)
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Clock,
    ClockMark,
    Column,
    EmptyPlace,
    Figure,
    GroupRow,
    RecordTable,
    TableRow,
    Text,
    clear,
    col,
    heading,
    holder,
    note,
    panel,
    row,
)
from ui.widgets.table_model import Row

_SIDE = 300
_ROOMY = 860
_SHOWN = (
    "cycle",
    "outcome",
    "view",
    "request",
    "pack",
    "sign_off",
    "submission",
    "case_event",
    "council_case",
    "case_date",
    "case_step",
    "round_robin",
    "round_robin_ask",
    "round_robin_answer",
    "pupil",
    "sen_status",
    "observation",
    "told_senco",
    "school",
)


def make_today_page(room: Room) -> Page:
    """The page "Today". It takes no args. Those who see their own pupils only have a home of their own."""
    if not has_teachers_home(room.actor):
        return TodayScreen(room)
    from ui.pages.teacher_home import TeacherHomePage

    return TeacherHomePage(room)


class TodayScreen(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._tasks: dict[str, Due] = {}
        self.set_heading(reference.say("shell.today"))
        self.table = RecordTable(
            reference.say("today_page.what_is_due"),
            (
                Column(reference.say("today_page.pupil"), 180),
                Column(reference.say("today_page.what"), 0),
                Column(reference.say("today_page.when"), 228, keep=False),
                Column(reference.say("today_page.do"), 164),
            ),
            two_lines=True,
            headings=False,
        )
        self.table.opened.connect(self._go)
        self.table.acted.connect(self._go)
        self._list = panel(self.table, margins=1)
        self._empty = holder(col(gap=0))
        self._empty.hide()
        self._side_column = col(gap=12)
        self._side = holder(col(self._side_column, STRETCH, gap=0))
        self._body = row((self._list, 1), (self._empty, 1), self._side, gap=16, margins=(24, 16, 24, 16))
        self.setLayout(self._body)
        self._fit()

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*_SHOWN):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.table, self._side) if self.table.isVisible() else (self._empty, self._side)

    def first_focus(self) -> QWidget | None:
        return self.table if self.table.isVisible() else None

    def restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.room.ask(self, gather_today, self._show, replace="today")

    def _show(self, content: TodayContent) -> None:
        self._say_heading(content)
        self._show_tasks(content)
        self._show_side(content)

    def _say_heading(self, content: TodayContent) -> None:
        words = weekday_date(content.page.today)
        if content.half_term is not None:
            words += " · " + reference.say("today_page.week", week=content.half_term.week, weeks=content.half_term.weeks)
        self.set_heading(reference.say("shell.today"), words)

    def _show_tasks(self, content: TodayContent) -> None:
        self._tasks = {f"{each.task.kind} {each.task.subject}": each for _, group in content.groups for each in group}
        rows: list[Row] = []
        for name, group in content.groups:
            rows.append(GroupRow(f"{reference.say(f'today_page.group_{name}')} · {len(group)}"))
            rows += [self._task_row(each, name, first=name == content.groups[0][0] and n == 0) for n, each in enumerate(group)]
        self.table.show_rows(rows)
        none = not self._tasks
        self._list.setVisible(not none)
        self._empty.setVisible(none)
        if none:
            self._show_empty(content)
        elif not self.table.current_key():
            self.table.choose_first()

    def _task_row(self, due: Due, group: str, *, first: bool) -> TableRow:
        task = due.task
        tone = "danger" if group == "overdue" else "muted"
        soon = "later" if group == "later" else "now"
        cells = (
            Cell(task.pupil_name, task.place, bold=True),
            Cell(task.what, task.detail),
            Cell(due.when, due.late, sub_tone=tone),
            Cell(button=reference.say(f"today_page.do_{task.kind}_{soon}"), primary=first),
        )
        return TableRow(f"{task.kind} {task.subject}", cells)

    def _show_empty(self, content: TodayContent) -> None:
        place = self._empty.layout()
        assert place is not None
        clear(place)
        if content.pupils == 0:
            words, action, press = "today_page.no_pupils", "welcome.import_pupils", lambda: self.room.ways.go("import")
        else:
            words, action, press = "today_page.nothing_due", "shell.new_observation", lambda: self.room.ways.new_observation()
        empty = EmptyPlace(reference.say(words), reference.say(action), icon="sun", press=press)
        place.addWidget(empty)
        allowed = may(self.room.actor, "import") if content.pupils == 0 else may_save(self.room.actor, Observation)
        if not allowed:
            empty.forbid()

    def _go(self, key: str) -> None:
        due = self._tasks.get(key)
        if due is None:
            return
        if due.task.kind == "concern":
            open_concern(self.room, due.task.subject)
        elif due.task.kind == "sign_off":
            self.room.ways.go("requests", request=due.task.subject, step="sign_off")
        elif due.task.kind == "request":
            self.room.ways.go("requests", request=due.task.subject)
        elif due.task.kind == "round_robin":
            self.room.ways.go("round_robins", round_robin=due.task.subject)
        elif due.task.kind == "case":
            case, _, step = due.task.subject.partition("/")
            self.room.ways.go("cases", case=case, step=step)
        else:
            self.room.ways.go("pupil", pupil=due.task.pupil, tab="plan")

    # ---- beside the list --------------------------------------------------------------------------------------------

    def _show_side(self, content: TodayContent) -> None:
        clear(self._side_column)
        if content.clocks:
            clocks: list[QWidget | int] = [heading(reference.say("today_page.clocks"))]
            for number, each in enumerate(content.clocks):
                clocks += [6] if number else []
                clocks += [self._clock(each, content)]
            self._side_column.addWidget(panel(*clocks, gap=6))
        self._side_column.addWidget(self._figures(content))

    def _clock(self, shown: RequestShown, content: TodayContent) -> QWidget:
        today = content.page.today
        coming = next_deadline(shown, today)
        marks = [ClockMark(shown.days_to(each), short_date(each.last_compliant)) for each in shown.deadlines]
        week = reference.say("today_page.week", week=shown.week, weeks=shown.weeks)
        late = coming is not None and coming.last_compliant < today
        name = Button(shown.clock.pupil_name, "link", press=lambda: self._go_to_clock(shown.clock))
        box = col(
            row(name, STRETCH, note(week[:1].upper() + week[1:])),
            Clock(f"{shown.clock.pupil_name}, {week}", day=shown.day, last=shown.last_day, marks=marks, late=late),
            gap=4,
        )
        if coming is not None:
            words = "today_page.was_due" if late else "today_page.is_due"
            if shown.clock.assessing:
                box.addWidget(note(reference.say("today_page.assessing"), wrap=True))
            box.addWidget(Text(reference.say(words, label=coming.label, day=weekday_date(coming.last_compliant)), wrap=True))
            box.addWidget(note(counted_words(coming), wrap=True))
        return holder(box)

    def _go_to_clock(self, clock: RequestClock) -> None:
        if clock.case:
            self.room.ways.go("cases", case=clock.case)
        else:
            self.room.ways.go("pupil", pupil=clock.pupil, tab="requests")

    def _figures(self, content: TodayContent) -> QWidget:
        page = content.page
        support, plans = page.status_counts.get("K", 0), page.status_counts.get("E", 0)

        def figure(number: int, words: str) -> tuple[QWidget, int]:
            return Figure(f"{number:,}", reference.say(f"today_page.{words}")), 1

        return panel(
            heading(reference.say("today_page.at_a_glance")),
            row(figure(page.observations_this_week, "observations_this_week"), figure(page.open_cycles, "open_cycles")),
            row(figure(support, "sen_support"), figure(plans, "ehc_plans")),
        )

    def _fit(self) -> None:
        look = theme()
        roomy = self.width() / look.text_size >= _ROOMY
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
        if roomy:
            self._side.setFixedWidth(look.px(_SIDE))
            self.table.setMinimumHeight(0)
        else:
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
            self.table.setMinimumHeight(look.px(320))
