"""The imports that were made, and taking one back: what that would do is said first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.arrivals import PupilImport
from sencoapp.domain.dates import full_date
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import import_undo
from sencoapp.services.import_undo import LeftAlone, UndoPlan
from sencoapp.services.permissions import may_save
from ui.pages.import_words import field_words, past_row
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.theme import theme
from ui.widgets import Button, Column, Form, RecordTable, Sheet, Text, col, heading, holder, panel

_MOST_LISTED = 8
_MOST_SHOWN, _HEAD, _ROW = 6, 34, 36


def _say(key: str) -> str:
    return reference.say(f"import_page.{key}")


class PastImports(QWidget):
    """Hidden while nothing was ever imported."""

    undo_wanted = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._may_undo = may_save(room.place.session.actor, PupilImport, "change")
        self._there: dict[str, PupilImport] = {}
        columns = [
            Column(_say("past_day"), 170),
            Column(_say("past_file"), 0),
            Column(_say("past_what"), 210),
            Column(_say("past_who"), 170, keep=False),
            Column(_say("past_state"), 230, right=True),
        ]
        self.table = RecordTable(_say("past"), columns, lead=16, compact=True)
        self.table.acted.connect(self._acted)
        self.table.opened.connect(self._acted)
        self.setLayout(col(heading(_say("past")), (panel((self.table, 1), margins=1), 1), gap=8))
        self.hide()

    def ask(self) -> None:
        self._room.ask(self, lambda place: import_undo.past_imports(place.session.record), self._show, replace="past")

    def _show(self, found: list[PupilImport]) -> None:
        self._there = {each.id: each for each in found}
        self.table.show_rows([past_row(each, may_undo=self._may_undo) for each in found])
        self.setVisible(bool(found))
        self.restyle()

    def restyle(self) -> None:
        """As tall as its imports, up to six; more of them scroll."""
        self.table.setMinimumHeight(theme().px(_HEAD + _ROW * min(len(self._there), _MOST_SHOWN)) + 2)

    def _acted(self, key: str) -> None:
        if self._may_undo and self._there[key].undone_at is None:
            self.undo_wanted.emit(key)


class UndoBody(SheetBody):
    """What undoing would do, and the button that does it."""

    done = Signal()

    def __init__(self, room: Room, plan: UndoPlan, then: Callable[[], None]) -> None:
        self._room, self._plan, self._then = room, plan, then
        told = plan.told
        self.form = Form(wide=True)
        file = told.filename or _say(f"source_{told.source}")
        first = reference.say("import_page.undo_of", file=file, day=full_date(told.at.date()), name=told.by_name)
        self.form.add_widget(holder(col(*(Text(words, "ui", wrap=True) for words in (first, *undo_words(plan))), gap=6)))
        self.undo = Button(_say("undo_import"), "primary", icon="undo-2", press=self.submit)
        cancel = Button(_say("undo_cancel"), "quiet", press=lambda: self.done.emit())
        super().__init__(_say("undo_title"), self.form, self.undo, cancel)
        self.setFocusProxy(self.undo)

    def submit(self) -> None:
        self.undo.setEnabled(False)
        key = self._plan.told.id
        self._room.do(self, lambda place: import_undo.undo_import(place.session, key), self._undone, self._refused)

    def _undone(self, answer: tuple[UndoPlan, Saved]) -> None:
        self.done.emit()
        self._then()
        plan, saved = answer
        self._room.ways.toast(reference.say("import_page.undo_done", file=plan.told.filename), saved)

    def _refused(self, message: PlainMessage) -> None:
        self.undo.setEnabled(True)
        self.form.refuse(message)


def open_undo_sheet(room: Room, owner: QObject, key: str, then: Callable[[], None] = lambda: None) -> None:
    """Asks what undoing would do, and lays it over the page with its button: the one way to take an import back."""

    def show(plan: UndoPlan) -> None:
        body = UndoBody(room, plan, then)
        sheet = Sheet(_say("undo_title"), body, width=600)
        body.done.connect(sheet.close_sheet)
        room.ways.show_sheet(sheet)

    room.ask(owner, lambda place: import_undo.plan_undo(place.session, key), show)


def undo_words(plan: UndoPlan) -> list[str]:
    """What would happen, a sentence for each kind; then what is left alone, by name."""
    words = []
    for key, count in (("undo_hidden", plan.hidden), ("undo_put_back", plan.put_back)):
        if count:
            words.append(_say(f"{key}_one") if count == 1 else reference.say(f"import_page.{key}", count=f"{count:,}"))
    if not words:
        words.append(_say("undo_nothing"))
    if plan.left_alone:
        words.append(_say("undo_left_alone"))
        words += [f"• {_left_words(each)}" for each in plan.left_alone[:_MOST_LISTED]]
        more = len(plan.left_alone) - _MOST_LISTED
        if more > 0:
            words.append(reference.say("import_page.undo_and_more", count=f"{more:,}"))
    return words


def _left_words(left: LeftAlone) -> str:
    if not left.field:
        return reference.say("import_page.undo_written", name=left.name)
    return f"{left.name}: {field_words(left.field)}"
