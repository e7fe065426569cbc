"""A sheet that adds one thing to the record or changes one: a form as data, a draft of what is typed, one save."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.record import KINDS, Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.commands import command
from ui.pages.ask_form import AskForm, AskRow
from ui.pages.form_draft import FormDraft
from ui.pages.history_sheet import HistoryLink
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Notice, Sheet

Write = Callable[[Session, Mapping[str, Any]], Saved]
"""Saves the values of the form."""


@dataclass(frozen=True)
class Entry:
    """What a sheet is for.

    ``draft`` names what is kept while it is typed. ``values`` are those that the record holds. ``said`` makes the words of the
    toast. ``remove`` is offered for a thing that is there.
    """

    title: str
    save_words: str
    rows: Sequence[AskRow]
    values: Mapping[str, Any]
    draft: str
    write: Write
    said: Callable[[Mapping[str, Any]], str]
    remove: "Removal | None" = None
    note: str = ""
    past: tuple[str, str] | None = None
    """The kind and the id of the thing that is there: its history can be opened."""


@dataclass(frozen=True)
class Removal:
    """How a thing is hidden, and what is said of it."""

    words: str
    said: str
    hide: Callable[[Session], Saved]


def open_entry(room: Room, owner: QObject, entry: Entry, today: date, then: Callable[["RecordSheet"], object] | None = None) -> None:
    """Opens the sheet with what was typed into it last, if it was never saved."""

    def show(draft: Mapping[str, Any] | None) -> None:
        sheet = RecordSheet(room, entry, today, draft)
        room.ways.show_sheet(sheet)
        if then is not None:
            then(sheet)

    room.ask(owner, lambda place: place.session.record.draft(entry.draft), show, replace="draft of a sheet")


class RecordSheet(Sheet):
    def __init__(self, room: Room, entry: Entry, today: date, draft: Mapping[str, Any] | None) -> None:
        self._room, self._entry = room, entry
        self._saving = False
        self.form = AskForm(entry.rows, today, self._touch)
        self.form.show_values(entry.values)
        self._start = self.form.typed()
        self._draft = FormDraft(room, self.form, entry.draft, self._changed)
        restored = Notice(
            "info", reference.say("pupil.draft_restored"), Button(reference.say("pupil.discard"), "link", press=self._discard)
        )
        if draft:
            self.form.show_typed(draft)
        self.save_button = Button(entry.save_words, "primary", tip="Ctrl+Return", press=self.save)
        buttons: list[Button] = [self.save_button]
        if entry.past is not None:
            kind, id = entry.past
            buttons.append(HistoryLink(room, lambda: (kind, id, "")))
        if entry.remove and (entry.past is None or may_save(room.actor, KINDS[entry.past[0]], "remove")):
            buttons.append(Button(entry.remove.words, "quiet", press=self._remove))
        restored.setVisible(False)
        super().__init__(entry.title, SheetBody(entry.title, self.form, *buttons, above=restored))
        command(self, entry.save_words, self.save, "Ctrl+Return", "Ctrl+Enter")
        restored.setVisible(bool(draft))
        self.closed.connect(self._draft.keep)

    def save(self) -> None:
        if self._saving:
            return
        try:
            values = self.form.values()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        self._saving = True
        write = self._entry.write
        self._room.do(self, lambda place: write(place.session, values), lambda saved: self._saved(values, saved), self._refused)

    def _saved(self, values: Mapping[str, Any], saved: Saved) -> None:
        self._done()
        self._room.ways.toast(self._entry.said(values), saved)

    def _remove(self) -> None:
        removal = self._entry.remove
        if removal is None:
            return

        def told(saved: Saved) -> None:
            self._done()
            self._room.ways.toast(removal.said, saved)

        self._room.do(self, lambda place: removal.hide(place.session), told, self.form.refuse)

    def _done(self) -> None:
        self._draft.drop()
        self.close_sheet()

    def _discard(self) -> None:
        self._done()

    def _changed(self) -> dict[str, Any]:
        """What differs from the record: a draft that is taken up later must not carry old values over newer ones."""
        return {name: typed for name, typed in self.form.typed().items() if typed != self._start[name]}

    def _touch(self) -> None:
        # Called while the form is being built, too.
        if hasattr(self, "_draft"):
            self._draft.touch()

    def _refused(self, message: PlainMessage) -> None:
        self._saving = False
        self.form.refuse(message)
