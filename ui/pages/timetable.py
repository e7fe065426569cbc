"""The timetable of provision: a week of everyone, of one adult or of one pupil; who would be in two places is said above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.lists import ListContent
from sencoapp.domain.record import Saved
from sencoapp.domain.timetable import WEEKDAYS, ProvisionSlot
from sencoapp.services.permissions import may_save
from sencoapp.services.timetable import Lesson, TimetableBook, Week, week_content, week_list
from ui.allowed import only_for
from ui.commands import command
from ui.files import ask_to_save
from ui.page import Page
from ui.pages.columns import Columns
from ui.pages.export_sheet import Export
from ui.pages.paper_out import AskWhere, Paper, put_on_paper
from ui.pages.slot_sheet import open_slot_sheet, words
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Card,
    Choice,
    EmptyPlace,
    Icon,
    Notice,
    Rule,
    Scroll,
    Surface,
    Text,
    clear,
    col,
    flow,
    heading,
    holder,
    note,
    row,
)

TOUCHES = ("provision_slot", "provision", "provision_place", "provision_staff", "staff_member", "pupil", "school")
_MOST_WARNINGS = 3
_STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


def make_timetable_page(room: Room) -> Page:
    """The page "Timetable". It may get the arg ``pupil`` or ``adult``."""
    return TimetablePage(room)


@dataclass(frozen=True)
class _Who:
    """Whose week is shown: nobody's means everyone's."""

    adult: str | None = None
    pupil: str | None = None

    @classmethod
    def of(cls, value: str) -> "_Who":
        kind, _, id = value.partition("/")
        return cls(id if kind == "adult" else None, id if kind == "pupil" else None)


class _WeekGrid(QWidget):
    """Five columns of cards. The arrow keys move between them, over empty days; a list around it would scroll instead."""

    def __init__(self, columns: Sequence[QWidget], cards: list[list[Card]]) -> None:
        super().__init__()
        self._cards = cards
        self.setLayout(col(Columns(*((each, 1) for each in columns), gap=12, narrow=760), gap=0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        here = next(((x, y) for x, column in enumerate(self._cards) for y, card in enumerate(column) if card.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
            return
        x, y = here[0] + step[0], here[1] + step[1]
        while 0 <= x < len(self._cards) and not self._cards[x]:
            x += step[0]
        if 0 <= x < len(self._cards):
            column = self._cards[x]
            column[min(max(y, 0), len(column) - 1)].setFocus(Qt.FocusReason.TabFocusReason)


class TimetablePage(Page):
    """Five columns of lessons; the arrow keys move between them, Enter opens one."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._day = room.app.clock.today()
        self._week: Week | None = None
        self._all = False
        self._cards: list[list[Card]] = []
        self.ask_where: AskWhere = ask_to_save
        self.who = Choice(words("whose"), [("", words("everyone"))])
        self.earlier = Button(words("earlier"), "quiet", icon="chevron-left", press=lambda: self.go_to(self._day - timedelta(days=7)))
        self.now = Button(words("this_week"), "quiet", press=lambda: self.go_to(room.app.clock.today()))
        self.later = Button(words("later"), "quiet", icon="chevron-right", press=lambda: self.go_to(self._day + timedelta(days=7)))
        self.add = Button(words("add"), "secondary", icon="plus", press=lambda: open_slot_sheet(room, self))
        self.pdf = Button(words("pdf"), "quiet", icon="printer", tip="Ctrl+P", press=self.save)
        self._warnings = col(gap=8)
        self._grid = col(gap=0)
        self.export = Export(room, self, ("timetable",), content=self._read_list)
        tools = flow(self.who, self.earlier, self.now, self.later, self.pdf, self.export.button, self.add, gap=8)
        bar = Surface("plain", col(tools, margins=(24, 10, 24, 10)))
        self._full = Scroll(col(self._warnings, self._grid, STRETCH, gap=12, margins=(24, 12, 24, 16)), words("title"))
        may_add = may_save(room.actor, ProvisionSlot)
        press = (lambda: open_slot_sheet(room, self)) if may_add else None
        self._empty = EmptyPlace(words("empty"), words("add") if may_add else "", icon="calendar", press=press)
        self.setLayout(col(bar, Rule(), (self._full, 1), (self._empty, 1), gap=0))
        self._full.hide()
        self._empty.hide()
        self.who.chosen.connect(lambda _: self._ask())
        command(self, words("earlier"), self.earlier.click, "Ctrl+PgUp")
        command(self, words("later"), self.later.click, "Ctrl+PgDown")
        new = command(self, words("add"), self.add.click, "Ctrl+Shift+N", icon="plus", also="time slot lesson")
        only_for(room.actor, ProvisionSlot, self.add, new)
        save = command(self, words("pdf_long"), self.save, "Ctrl+P", icon="printer", also="print export timetable")
        only_for(room.actor, "print", self.pdf, save)

    # ---- page -------------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        for kind in ("adult", "pupil"):
            if args.get(kind):
                value = f"{kind}/{args[kind]}"
                self.who.offer([("", words("everyone")), (value, "")], value)
        self.go_to(self._room.app.clock.today())

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.who, self._full)

    def first_focus(self) -> QWidget:
        return next((card for column in self._cards for card in column), self.who)

    def go_to(self, day: date) -> None:
        """Shows the week of a day."""
        self._day = day
        monday = day - timedelta(days=day.weekday())
        self.set_heading(words("title"), words("week_of", day=full_date(monday)))
        self._ask()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        who, day = _Who.of(self.who.value()), self._day
        self._room.ask(
            self,
            lambda place: TimetableBook(place.session).week(day, adult=who.adult, pupil=who.pupil),
            self._show,
            replace="timetable",
        )

    def _show(self, week: Week) -> None:
        self._week = week
        options = [("", words("everyone"))]
        options += [(f"adult/{id}", name) for id, name in week.adults]
        options += [(f"pupil/{id}", words("pupil", name=name)) for id, name in week.pupils]
        value = self.who.value()
        if value and value not in dict(options):
            options.append((value, words("not_in_timetable")))
        self.who.offer(options, value)
        some = bool(week.adults or week.pupils or week.lessons)
        self._full.setVisible(some)
        self._empty.setVisible(not some)
        self.pdf.setEnabled(bool(week.lessons))
        clear(self._warnings)
        shown = week.warnings if self._all or len(week.warnings) <= _MOST_WARNINGS else week.warnings[:_MOST_WARNINGS]
        for each in shown:
            self._warnings.addWidget(Notice("warning", each))
        if len(shown) < len(week.warnings):
            more = words("more_warnings", count=len(week.warnings) - len(shown))
            self._warnings.addWidget(Button(more, "link", press=self._show_all))
        clear(self._grid)
        self._cards = []
        columns = [self._column(week, number) for number in WEEKDAYS]
        self._grid.addWidget(_WeekGrid(columns, self._cards))

    def _read_list(self, place: Workplace) -> ListContent:
        who, day = _Who.of(self.who.value()), self._day
        return week_list(place.session, TimetableBook(place.session).week(day, adult=who.adult, pupil=who.pupil))

    def _show_all(self) -> None:
        self._all = True
        if self._week is not None:
            self._show(self._week)

    def _column(self, week: Week, weekday: int) -> QWidget:
        day = week.monday + timedelta(days=weekday - 1)
        lessons = [each for each in week.lessons if each.day == day]
        cards = [self._card(each, clashes=each.slot.id in week.clashing) for each in lessons]
        self._cards.append(cards)
        none = None if cards else note(words("nothing"))
        return holder(col(heading(weekday_date(day).rpartition(" ")[0]), none, *cards, STRETCH, gap=8))

    def _card(self, lesson: Lesson, *, clashes: bool) -> Card:
        slot = lesson.slot
        when = words("from_to", start=slot.starts_at, end=slot.ends_at)
        pupils = ", ".join(name for _, name in lesson.pupils)
        lines = [each for each in (lesson.given_by, pupils, slot.room or "") if each]
        body = col(
            row(Text(when, "small", "muted", figures=True), STRETCH, Icon("triangle-alert", "warning", 16) if clashes else None, gap=6),
            Text(lesson.provision.title, "ui", weight=600, wrap=True),
            *(Text(each, "small", wrap=True) for each in lines),
            gap=2,
            margins=10,
        )
        name = ", ".join(
            (reference.say(f"timetable.day_{slot.weekday}"), when, lesson.provision.title, *lines, *([words("clashes")] if clashes else []))
        )
        card = Card(name, body)
        card.clicked.connect(lambda: open_slot_sheet(self._room, self, slot, lesson.provision))
        return card

    # ---- paper ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """The week in sight on paper. It is asked where it goes, and noted that it left."""
        who, week = self.who.currentText(), self._week
        if week is None or not week.lessons:
            return
        pupil = _Who.of(self.who.value()).pupil
        self._room.ask(self, lambda place: week_content(place.session, week, who), lambda content: self._draw(content, pupil))

    def _draw(self, content: Mapping[str, Any], pupil: str | None) -> None:
        documents = self._room.place.documents
        paper = Paper(
            draw=lambda: documents.timetable_pdf(content),
            title=str(content["title"]),
            pupil=pupil,
            making=words("making"),
            where=words("where"),
            purpose=words("purpose"),
            saved=lambda file: words("saved_file", file=file),
        )
        put_on_paper(self._room, self, self, paper, self.ask_where)
