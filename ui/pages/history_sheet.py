"""The history of one thing over the page: who changed what, when, from and to; earlier values restored; texts chosen between."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.record import KINDS, Saved
from sencoapp.domain.words import shortened
from sencoapp.services import history
from sencoapp.services.history import Candidate, Change, Choice, History
from sencoapp.services.permissions import may_save, may_undo
from ui.dates import clock, nearby
from ui.pages.pupil_words import breakable, joined
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import STRETCH, Button, Field, Sheet, Surface, Text, clear, col, holder, note, panel, row
from ui.widgets import Choice as Chooser

AT_ONCE = 20
"""Saves that are shown before somebody asks for more."""

_MOST_LETTERS = 1_200
"""Of a longer value its beginning is shown; restoring takes all of it."""


def open_history(room: Room, kind: str, id: str, field: str = "") -> "HistorySheet":
    """Lays the history of a thing, or of one of its fields, over the page."""
    sheet = HistorySheet(room, kind, id, field)
    room.ways.show_sheet(sheet)
    return sheet


class HistoryLink(Button):
    """A button that opens the history of whatever ``shows`` says is in sight: a kind, an id and a field (empty for all)."""

    def __init__(self, room: Room, shows: Callable[[], tuple[str, str, str] | None], name: str = "") -> None:
        super().__init__(reference.say("history.open"), "link", name=name or reference.say("history.open"))
        self._room, self._shows = room, shows
        self.clicked.connect(self._press)

    def _press(self) -> None:
        shown = self._shows()
        if shown is not None:
            open_history(self._room, *shown)


class HistorySheet(Sheet):
    """Shows anew what is saved while it is open."""

    def __init__(self, room: Room, kind: str, id: str, field: str) -> None:
        self._room, self._of, self._id, self._field = room, kind, id, field
        self._may_change = may_save(room.actor, KINDS[kind], "change")
        self._found: History | None = None
        self._most = AT_ONCE
        self.name = Text("", "ui", weight=600, wrap=True)
        self.fields = Chooser(reference.say("history.of_what"), [("", reference.say("history.everything"))])
        self._fields_shown: list[str] = []
        self._choices, self._saves = col(gap=8), col(gap=8)
        self.more = Button(reference.say("history.more"), press=self._show_more)
        self.more.hide()
        form = holder(
            col(
                self.name,
                Field(reference.say("history.of_what"), self.fields),
                holder(self._choices),
                holder(self._saves),
                row(self.more, STRETCH),
                STRETCH,
                gap=10,
            )
        )
        super().__init__(reference.say("history.title"), SheetBody(reference.say("history.title"), form), width=720)
        self.fields.chosen.connect(self._pick_field)
        room.desk.saved.connect(self._refresh)
        self.ask()

    def ask(self) -> None:
        """Reads the history anew."""
        kind, id = self._of, self._id
        self._room.ask(self, lambda place: _read(place, kind, id), self._show, replace="history")

    def panels(self) -> Sequence[QWidget]:
        """One for each save in sight."""
        items = (self._saves.itemAt(n) for n in range(self._saves.count()))
        return [widget for each in items if each is not None and (widget := each.widget()) is not None]

    def _refresh(self, saved: Saved, _owner: object) -> None:
        if any(each.id == self._id for each in saved.touched):
            self.ask()

    def _show(self, answer: tuple[History, date]) -> None:
        self._found, today = answer
        self._today = today
        self.name.setText(breakable(self._found.name))
        self._offer_fields(self._found)
        focus = self.focusWidget() if self.isAncestorOf(self.focusWidget() or self) else None
        clear(self._choices)
        for each in self._found.choices:
            self._choices.addWidget(self._choice_panel(each))
        self._show_saves()
        if focus is not None and not self.fields.hasFocus():
            self.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer_fields(self, found: History) -> None:
        labels = dict(sorted({each.field: each.label for each in found.changes}.items(), key=lambda each: each[1]))
        if list(labels) != self._fields_shown:
            self._fields_shown = list(labels)
            options = [("", reference.say("history.everything")), *labels.items()]
            self.fields.offer(options, self._field if self._field in labels else "")

    def _pick_field(self) -> None:
        self._field, self._most = self.fields.value(), AT_ONCE
        self._show_saves()

    def _show_more(self) -> None:
        self._most += AT_ONCE
        self._show_saves()
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_saves(self) -> None:
        assert self._found is not None
        clear(self._saves)
        wanted = [each for each in self._found.changes if self._field in ("", each.field)]
        saves = [list(changes) for _, changes in groupby(wanted, key=lambda each: each.save)]
        for changes in saves[: self._most]:
            self._saves.addWidget(self._save_panel(changes))
        if not saves:
            self._saves.addWidget(note(reference.say("history.nothing_written"), wrap=True))
        self.more.setVisible(len(saves) > self._most)

    def _save_panel(self, changes: Sequence[Change]) -> Surface:
        first = changes[0]
        action = history.action_words(first.action)
        when = _when(first, self._today)
        undo = Button(reference.say("history.undo_save"), "link", name=reference.say("history.undo_save_named", action=action, when=when))
        undo.clicked.connect(lambda: self._room.ways.undo_save(first.save))
        if not may_undo(self._room.actor, first.by):
            undo.hide()
        head = row((Text(action, "ui", weight=600, wrap=True), 1), undo, gap=10)
        made = panel(head, note(joined(first.by_name, when), wrap=True), *(self._change_row(each) for each in changes), kind="sunken")
        made.setAccessibleName(joined(action, first.by_name, when))
        return made

    def _change_row(self, change: Change) -> QWidget:
        words = Text(
            reference.say(
                "history.from_to",
                before=_begin(change.before),
                after=_begin(change.after),
            ),
            "ui",
            wrap=True,
            selectable=True,
        )
        if not (change.can_restore and self._may_change):
            return holder(col(note(change.label), words, gap=2))
        name = reference.say("history.restore_named", field=change.label, value=shortened(change.after, 60))
        restore = Button(reference.say("history.restore"), "link", name=name, press=lambda: self._restore(change))
        return holder(col(note(change.label), row((words, 1), restore, gap=10), gap=2))

    def _choice_panel(self, choice: Choice) -> Surface:
        rows: list[QWidget] = []
        for number, each in enumerate(choice.candidates, start=1):
            keep = Button(
                reference.say("history.keep_this"),
                name=reference.say("history.keep_named", number=number, field=choice.label, name=each.by_name),
                press=lambda n=each.n: self._choose(choice, n),  # type: ignore[misc]
            )
            who = note(joined(each.by_name, _when(each, self._today)), wrap=True)
            rows.append(
                holder(
                    col(
                        who,
                        row(
                            (Text(breakable(_begin(each.words)), "ui", wrap=True, selectable=True), 1),
                            keep,
                            gap=10,
                        ),
                        gap=2,
                    )
                )
            )
        both = Button(reference.say("history.keep_both"), press=lambda: self._keep_both(choice)) if choice.can_join else None
        head = Text(reference.say("history.two_texts", field=choice.label), "ui", weight=600, wrap=True)
        made = panel(head, *rows, row(both, STRETCH) if both else None, kind="warning")
        made.setAccessibleName(head.text())
        return made

    # ---- what is done -----------------------------------------------------------------------------------------------

    def _restore(self, change: Change) -> None:
        assert self._found is not None
        kind, id, as_of = self._of, self._id, self._found.position
        words = reference.say("history.restored", field=change.label)
        self._do(lambda place: history.restore_value(place.session, kind, id, change.field, change.n, as_of=as_of), words)

    def _choose(self, choice: Choice, n: int) -> None:
        assert self._found is not None
        kind, id, as_of = self._of, self._id, self._found.position
        words = reference.say("history.chosen", field=choice.label)
        self._do(lambda place: history.choose(place.session, kind, id, choice.field, n, as_of=as_of), words)

    def _keep_both(self, choice: Choice) -> None:
        assert self._found is not None
        kind, id, as_of = self._of, self._id, self._found.position
        words = reference.say("history.joined", field=choice.label)
        self._do(lambda place: history.keep_both(place.session, kind, id, choice.field, as_of=as_of), words)

    def _do(self, deed: Callable[[Workplace], Saved], words: str) -> None:
        self._room.do(self, deed, lambda saved: self._room.ways.toast(words, saved))


def _read(place: Workplace, kind: str, id: str) -> tuple[History, date]:
    return history.history_of(place.session, kind, id), place.session.clock.today()


def _when(each: Change | Candidate, today: date) -> str:
    return f"{nearby(each.at.astimezone().date(), today)}, {clock(each.at)}"


def _begin(words: str) -> str:
    return shortened(words, _MOST_LETTERS, keep_lines=True)
