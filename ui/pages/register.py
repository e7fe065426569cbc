"""Pupils: the SEN register. Found as one types, filtered, sorted in the record, with the chosen pupil beside the list."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.people import Pupil, School
from sencoapp.domain.plan import Cycle, Observation
from sencoapp.domain.record import Saved
from sencoapp.domain.reviews import SchoolWeeks
from sencoapp.services.permissions import sees
from sencoapp.services.ports import RegisterQuery, RegisterRow
from ui.allowed import only_for
from ui.commands import command
from ui.page import Page
from ui.pages.export_sheet import OF_REGISTER, Export
from ui.pages.register_details import PupilInBrief, RegisterDetails, in_brief
from ui.pages.register_filters import ON_REGISTER, RegisterFilters
from ui.pages.register_rows import register_row
from ui.room import Room
from ui.theme import theme
from ui.widgets import (
    STRETCH,
    Button,
    Column,
    EmptyPlace,
    RecordTable,
    Surface,
    TableRow,
    col,
    holder,
    note,
    row,
)
from ui.widgets.announce import announce

PAGE = 60
"""Rows that are fetched at a time."""
FIRST = 24
"""Rows of the first answer to a key, more than a window shows; the rest of the page follows once they are painted and counted."""

_DETAILS = 284
_LISTED = ("pupil", "sen_status", "sen_need", "observation", "cycle")


def make_register_page(room: Room) -> Page:
    """The page "Pupils". Its args may be those of ``RegisterFilters.show_filters``, such as ``{"review": "overdue"}``."""
    return RegisterPage(room)


class RegisterPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._today: date | None = None
        self._warned = date.min
        self._observed, self._planned = sees(room.actor, Observation), sees(room.actor, Cycle)
        self._order = "name"
        self._asked: RegisterQuery | None = None
        """The question that is under way; None while the list shows the answer to the last one."""
        self._answered: RegisterQuery | None = None
        self._of_statuses: Mapping[str, int] | None = None
        """How many there are of each status, until something is saved: no key changes that."""
        self._details_wanted = True
        """Beside the list, where there is room for both."""
        self._others = False
        """The words match nobody with SEN, but somebody without."""
        self._peeking = False
        """In place of the list, where there is not."""
        self.set_heading(reference.say("register.title"), reference.say("register.subtitle"))
        self.filters = RegisterFilters()
        self.table = self._made_table()
        self.details = RegisterDetails(room.actor)
        self.empty = EmptyPlace("", reference.say("register.import"), icon="users")
        self.no_match = EmptyPlace("", reference.say("register.clear_filters"), icon="search", press=self._widen)
        self.count, self._statuses = note(""), note("")
        add = Button(reference.say("register.add"), "quiet", icon="plus", press=self._add)
        bring = Button(reference.say("register.import"), "quiet", icon="download", press=self._import)
        only_for(room.actor, Pupil, add)
        if not only_for(room.actor, "import", bring):
            self.empty.forbid()
        self.export = Export(room, self, OF_REGISTER, lambda: self.filters.query(self._today, self._order))
        self._foot = Surface(
            "foot", row(self.count, 12, self._statuses, STRETCH, add, bring, self.export.button, gap=4, margins=(24, 3, 14, 3))
        )
        self._list = holder(col(self.filters, (self.table, 1), (self.no_match, 1), (self.empty, 1), self._foot, gap=0))
        self.setLayout(row((self._list, 1), self.details, gap=0))
        self._show_only(self.table)
        self._connect()
        self._add_commands()
        self._fit()

    def _made_table(self) -> RecordTable:
        columns = [
            Column(reference.say("register.name"), 0, order="name"),
            Column(reference.say("register.year_and_class"), 132, keep=False, order="year"),
            Column(reference.say("register.status"), 128, order="status"),
            Column(reference.say("register.need"), 92, keep=False, order="need"),
        ]
        if self._observed:
            columns.append(Column(reference.say("register.last_observation"), 138, keep=False, order="last_observation"))
        if self._planned:
            columns.append(Column(reference.say("register.next_review"), 172, order="next_review"))
        table = RecordTable(reference.say("register.title"), columns, lead=24)
        table.show_order(self._order)
        table.installEventFilter(self)
        return table

    def _connect(self) -> None:
        self.filters.changed.connect(self.ask)
        self.filters.search.went_down.connect(self.table.setFocus)
        self.filters.search.returnPressed.connect(self._open_first)
        self.table.opened.connect(lambda key: self.room.ways.go("pupil", pupil=key))
        self.table.chosen.connect(self._chosen)
        self.table.more_wanted.connect(self._ask_more)
        self.table.order_chosen.connect(self._sorted)
        self.empty.pressed.connect(self._import)
        self.details.open_wanted.connect(lambda key: self.room.ways.go("pupil", pupil=key))
        self.details.note_wanted.connect(self.room.ways.new_observation)
        self.details.plan_wanted.connect(lambda key: self.room.ways.go("pupil", pupil=key, tab="plan"))
        self.details.close_wanted.connect(self._turn_details)

    def _add_commands(self) -> None:
        add = command(self, reference.say("register.add"), self._add, "Ctrl+Shift+A", icon="plus", also="new child student")
        only_for(self.room.actor, Pupil, add)
        command(self, reference.say("register.turn_details"), self._turn_details, "Ctrl+I", also="pane peek")
        command(self, reference.say("register.clear_filters"), self._show_everybody, also="reset all")

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._of_statuses = None
        self._ask_choices()
        if args:
            self.filters.show_filters(args)
        else:
            self.ask()

    def refresh(self, saved: Saved) -> None:
        if not saved.touches(*_LISTED):
            return
        self._of_statuses = None
        if saved.touches("pupil", "sen_status", "sen_need"):
            self._ask_choices()
        self.ask(again=True)
        if self.details.pupil() in saved.pupils():
            self._ask_details(self.details.pupil())

    def panes(self) -> Sequence[QWidget]:
        return (self.filters, self.table, self.details)

    def first_focus(self) -> QWidget | None:
        return self.filters.search

    def search(self) -> QWidget | None:
        return self.filters.search

    def observation_args(self) -> Mapping[str, Any]:
        key = self.table.current_key()
        return {"pupil": key} if key and self.table.hasFocus() else {}

    # ---- asking -----------------------------------------------------------------------------------------------------

    def ask(self, *, again: bool = False) -> None:
        """Asks for the first page; ``again`` for as many rows as are shown. The newest question wins."""
        query = self.filters.query(self._today, self._order)
        self._asked = query
        limit = max(FIRST, self.table.count()) if again else FIRST
        self.room.ask(
            self,
            lambda place: place.session.record.register(query, limit=limit),
            lambda rows: self._show(query, rows, limit),
            replace="rows",
        )

    def _ask_more(self, offset: int) -> None:
        query = self._answered
        if self._asked is not None or query is None:
            return  # an answer on its way shows the list anew, and then asks again where more is wanted
        self.room.ask(
            self,
            lambda place: place.session.record.register(query, limit=PAGE, offset=offset),
            lambda rows: self._add_rows(query, rows),
            replace="rows",
        )

    def _ask_counts(self, query: RegisterQuery) -> None:
        known = self._of_statuses
        self.room.ask(self, lambda place: _counts(place, query, known), lambda found: self._show_counts(query, *found), replace="counts")

    def _ask_choices(self) -> None:
        self.room.ask(self, _choices, self._offer, replace="choices")

    def _ask_details(self, key: str) -> None:
        self.room.ask(self, lambda place: in_brief(place.session, key), self._show_details, lambda _: None, replace="details")

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self, query: RegisterQuery, rows: Sequence[RegisterRow], limit: int) -> None:
        self._asked, self._answered = None, query
        self.table.show_rows([self._made_row(each) for each in rows], more=len(rows) == limit)
        if rows:
            self._show_only(self.table)
            if not self.table.current_key():
                self._choose_first()
        else:
            self.details.show_nobody()
        self._ask_counts(query)

    def _choose_first(self) -> None:
        """What stands beside the list is asked for once the list is there and counted: the next key must not wait for it."""
        self.table.blockSignals(True)
        self.table.choose_first()
        self.table.blockSignals(False)

    def _add_rows(self, query: RegisterQuery, rows: Sequence[RegisterRow]) -> None:
        if query == self._answered:
            self.table.add_rows([self._made_row(each) for each in rows], more=len(rows) == PAGE)

    def _show_counts(self, query: RegisterQuery, found: int, statuses: Mapping[str, int], others: int) -> None:
        if query != self._answered:
            return
        if self._asked is None:  # nothing was saved since they were counted
            self._of_statuses = statuses
        everybody = sum(statuses.values())
        self.count.setText(reference.say("register.count", found=found, everybody=everybody))
        names = [
            reference.say("register.some_of_status", status=reference.say(f"register.status_{each}"), count=statuses.get(each, 0))
            for each in "KEN"
        ]
        self._statuses.setText(" · ".join(names))
        if self.filters.search.hasFocus() or self.filters.isAncestorOf(self.focusWidget() or self.table):
            announce(self.count.text(), self)
        if not found:
            self._show_empty(query, everybody, others)
        elif self.details.pupil() != self.table.current_key():
            self._ask_details(self.table.current_key())
        if self.table.count() < min(found, PAGE):
            self._ask_more(self.table.count())

    def _show_empty(self, query: RegisterQuery, everybody: int, others: int) -> None:
        if not everybody:
            self.empty.say(reference.say("register.no_pupils"))
            self._show_only(self.empty)
            return
        self._others = bool(others)
        if others:
            words = reference.say("register.others_match_one" if others == 1 else "register.others_match", count=f"{others:,}")
            self.no_match.say(words, reference.say("register.show_others"))
        else:
            as_it_began = query.statuses == ON_REGISTER and self.filters.is_as_it_began()
            nobody = "register.nobody_on_register" if as_it_began else "register.no_match"
            self.no_match.say(reference.say(nobody), reference.say("register.clear_filters"))
        self._show_only(self.no_match)

    def _show_only(self, place: QWidget) -> None:
        for each in (self.table, self.no_match, self.empty):
            each.setVisible(each is place)

    def _offer(self, found: tuple[date, date, Mapping[str, Sequence[str]]]) -> None:
        first = self._today is None
        self._today, self._warned, choices = found
        self.filters.offer(choices)
        if first:
            self.ask()

    def _show_details(self, brief: PupilInBrief) -> None:
        if brief.pupil.id == self.table.current_key():
            self.details.show_pupil(brief)

    def _made_row(self, found: RegisterRow) -> TableRow:
        return register_row(found, self._today, self._warned, observed=self._observed, planned=self._planned)

    # ---- what a person does -----------------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key:
            self._ask_details(key)
        else:
            self.details.show_nobody()

    def _sorted(self, order: str) -> None:
        self._order = order
        self.ask()

    def _open_first(self) -> None:
        if self._asked is None and self.table.count():
            key = self.table.current_key()
            self.room.ways.go("pupil", pupil=key)

    def _widen(self) -> None:
        """Words that match only pupils without SEN find those; else every filter goes."""
        if self._others:
            self.filters.choose_any_status()
            self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._show_everybody()

    def _show_everybody(self) -> None:
        self.filters.clear()
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _import(self) -> None:
        self.room.ways.go("import")

    def _add(self) -> None:
        from ui.pages.register_add import open_add_pupil

        open_add_pupil(self.room, self)

    def _turn_details(self) -> None:
        if self._is_narrow():
            self._peeking = not self._peeking
        else:
            self._details_wanted = not self._details_wanted
        self._fit()
        if self._is_narrow() and self._peeking:
            self.details.take_focus()
        elif not self.table.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key_in_table(event)
        return super().eventFilter(watched, event)

    def _key_in_table(self, event: QKeyEvent) -> bool:
        """Space looks at the pupil beside the list; a letter goes on in the search."""
        words = event.text()
        if event.key() == Qt.Key.Key_Space:
            self._turn_details()
            return True
        if words.isprintable() and words.strip() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)
            self.filters.search.insert(words)
            return True
        return False

    def _is_narrow(self) -> bool:
        return theme().is_narrow(self.window().width())

    def _fit(self) -> None:
        """The details stand beside the list where there is room; in its place, and only when asked for, where there is not."""
        narrow = self._is_narrow()
        shown = self._peeking if narrow else self._details_wanted
        self._statuses.setVisible(not narrow)
        self._list.setVisible(not (narrow and shown))
        self.details.setVisible(shown)
        self.details.setMaximumWidth(16_777_215 if narrow else theme().px(_DETAILS))
        self.details.setMinimumWidth(0 if narrow else theme().px(_DETAILS))


def _counts(place: Workplace, query: RegisterQuery, statuses: Mapping[str, int] | None) -> tuple[int, Mapping[str, int], int]:
    """How many are found, how many there are of each status, and where words find nobody with SEN, how many others they find."""
    record = place.session.record
    found = record.register_count(query)
    others = record.register_count(replace(query, statuses=())) if not found and query.text and query.statuses == ON_REGISTER else 0
    return found, statuses or record.status_counts(), others


def _choices(place: Workplace) -> tuple[date, date, Mapping[str, Sequence[str]]]:
    """Today, the last day such that a plan begun then is warned of, and what there is to filter by."""
    record, today = place.session.record, place.session.clock.today()
    weeks = SchoolWeeks(SchoolDays.of([term for each in record.find(School) for term in each.terms]))
    return today, weeks.warned_before(today), record.register_choices()
