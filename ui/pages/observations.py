"""All observations of all pupils, newest first, found by their words as one types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation, Outcome
from sencoapp.domain.record import Saved
from sencoapp.services import observations
from sencoapp.services.changes import must_get
from sencoapp.services.confidential import look_at, read_confidential
from sencoapp.services.note_files import files_of
from sencoapp.services.permissions import sees_all
from sencoapp.services.ports import NoteFound, RegisterQuery, Session
from ui.commands import command
from ui.dates import nearby
from ui.page import Page
from ui.pages.export_sheet import OF_NOTES, Export
from ui.pages.history_sheet import open_history
from ui.pages.note_reader import NoteInFull, NoteReader
from ui.pages.pupil_words import joined
from ui.pages.readers_sheet import open_readers
from ui.room import Room
from ui.theme import theme
from ui.widgets import Cell, Column, EmptyPlace, RecordTable, SearchField, Surface, TableRow, col, holder, note, row
from ui.widgets.announce import announce

PAGE = 100
_READER = 340


@dataclass(frozen=True)
class FoundNotes:
    """An answer: the words that were asked for, as many notes as were wanted, and the day."""

    words: str
    notes: Sequence[NoteFound]
    today: date


def make_observations_page(room: Room) -> Page:
    """The page "Observations". ``text`` in its args is searched for."""
    return ObservationsPage(room)


class ObservationsPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._notes: dict[str, NoteFound] = {}
        self._words = ""
        self._asking = False
        self._peeking = False
        self.set_heading(
            reference.say("notes.title"), reference.say("notes.subtitle" if sees_all(room.actor, Observation) else "notes.subtitle_mine")
        )
        self.search_field = SearchField(reference.say("notes.search"))
        columns = (
            Column(reference.say("notes.when"), 152),
            Column(reference.say("notes.pupil"), 170),
            Column(reference.say("notes.what_happened"), 0),
        )
        self.table = RecordTable(reference.say("notes.title"), columns, two_lines=True, lead=24)
        self.reader = NoteReader(room.actor)
        self.empty = EmptyPlace(reference.say("notes.none"), reference.say("notes.write_first"), icon="notebook-pen")
        self.no_match = EmptyPlace(
            reference.say("notes.no_match"), reference.say("notes.clear"), icon="search", press=self.search_field.clear
        )
        self.count = note("")
        bar = Surface("plain", row((self.search_field, 1), margins=(24, 12, 24, 12)))
        self.export = Export(room, self, OF_NOTES, RegisterQuery, lambda: self._words)
        foot = Surface("foot", row((self.count, 1), self.export.button, margins=(24, 3, 14, 3)))
        self._list = holder(col(bar, (self.table, 1), (self.empty, 1), (self.no_match, 1), foot, gap=0))
        self.setLayout(row((self._list, 1), self.reader, gap=0))
        self._show_only(self.table)
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.search_field.searched.connect(self._search)
        self.search_field.went_down.connect(self.table.setFocus)
        self.table.chosen.connect(self._ask_note)
        self.table.opened.connect(self._opened)
        self.table.more_wanted.connect(self._ask_more)
        self.empty.pressed.connect(lambda: self.room.ways.new_observation())
        self.reader.pupil_wanted.connect(lambda pupil, entry: self.room.ways.go("pupil", pupil=pupil, tab="timeline", entry=entry))
        self.reader.note_wanted.connect(self.room.ways.new_observation)
        self.reader.remove_wanted.connect(self._remove)
        self.reader.history_wanted.connect(lambda note: open_history(self.room, "observation", note))
        self.reader.reading_wanted.connect(self._read)
        self.reader.readers_wanted.connect(lambda note: open_readers(self.room, "observation", note))
        self.reader.papers.opened.connect(lambda pupil, paper: self.room.ways.go("pupil", pupil=pupil, tab="documents", document=paper))
        self.reader.close_wanted.connect(self._close_reader)
        command(self, reference.say("notes.clear"), self.search_field.clear, also="reset all")

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        if "text" in args:
            self.search_field.setText(str(args["text"]))
        self._ask(max(PAGE, self.table.count()))

    def refresh(self, saved: Saved) -> None:
        if saved.touches("observation", "pupil"):
            self._ask(max(PAGE, self.table.count()))

    def panes(self) -> Sequence[QWidget]:
        return (self.search_field, self.table, self.reader)

    def first_focus(self) -> QWidget | None:
        return self.search_field

    def search(self) -> QWidget | None:
        return self.search_field

    # ---- asking -----------------------------------------------------------------------------------------------------

    def _search(self, words: str) -> None:
        self._words = words
        self._ask(PAGE)

    def _ask(self, limit: int) -> None:
        words = self._words
        self._asking = True
        self.room.ask(self, lambda place: _found(place, words, limit), lambda found: self._show(found, limit), replace="notes")

    def _ask_more(self, offset: int) -> None:
        if not self._asking:
            words, limit = self._words, offset + PAGE
            self.room.ask(self, lambda place: _found(place, words, limit), lambda found: self._add(found, offset, limit), replace="notes")

    def _ask_note(self, key: str) -> None:
        if not key:
            self.reader.show_nothing()
            return
        self.room.ask(
            self, lambda place: _in_full(place, key, look_at), self._show_note, lambda _: self.reader.show_nothing(), replace="note"
        )

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self, found: FoundNotes, limit: int) -> None:
        self._asking = False
        self._notes = {each.id: each for each in found.notes}
        self.table.show_rows([_row(each, found.today) for each in found.notes], more=len(found.notes) == limit)
        if found.notes:
            self._show_only(self.table)
            if not self.table.current_key():
                self.table.choose_first()
        else:
            self.reader.show_nothing()
            self._show_only(self.no_match if found.words else self.empty)
        self._say_count(len(found.notes), limit)

    def _add(self, found: FoundNotes, offset: int, limit: int) -> None:
        if found.words == self._words:
            new = [each for each in found.notes[offset:] if each.id not in self._notes]
            self._notes.update({each.id: each for each in new})
            self.table.add_rows([_row(each, found.today) for each in new], more=len(found.notes) == limit)
            self._say_count(len(found.notes), limit)

    def _say_count(self, count: int, limit: int) -> None:
        key = "notes.count_more" if count == limit else "notes.one" if count == 1 else "notes.count"
        self.count.setText(reference.say(key, count=count) if count else "")
        if self.search_field.hasFocus():
            announce(self.count.text() or reference.say("notes.no_match"), self)

    def _show_note(self, full: NoteInFull) -> None:
        if full.note.id == self.table.current_key():
            self.reader.show_note(full)

    def _show_only(self, place: QWidget) -> None:
        for each in (self.table, self.empty, self.no_match):
            each.setVisible(each is place)

    # ---- what a person does -----------------------------------------------------------------------------------------

    def _opened(self, key: str) -> None:
        if theme().is_narrow(self.window().width()) and not self._peeking:
            self._peeking = True
            self._fit()
            self.reader.take_focus()
        else:
            self.room.ways.go("pupil", pupil=self._notes[key].pupil, tab="timeline", entry=f"observation:{key}")

    def _close_reader(self) -> None:
        self._peeking = False
        self._fit()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _read(self, key: str) -> None:
        self.room.ask(self, lambda place: _in_full(place, key, read_confidential), self._show_note, replace="note")

    def _remove(self, key: str) -> None:
        def told(saved: Saved) -> None:
            self.room.ways.toast(reference.say("notes.removed"), saved)

        self.room.do(self, lambda place: observations.remove_observations(place.session, [key]), told)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        narrow = theme().is_narrow(self.window().width())
        shown = self._peeking if narrow else True
        self.reader.setVisible(shown)
        self._list.setVisible(not (narrow and shown))
        self.reader.may_close(narrow)
        self.reader.setMaximumWidth(16_777_215 if narrow else theme().px(_READER))
        self.reader.setMinimumWidth(0 if narrow else theme().px(_READER))


def _row(found: NoteFound, today: date) -> TableRow:
    kind = reference.say(f"notes.kind_{found.kind}")
    words = reference.say("confidential.mark") if found.confidential else " ".join(found.text[:400].split())
    return TableRow(
        found.id, (Cell(nearby(found.happened_on, today)), Cell(found.pupil_name, bold=True), Cell(words, f"{kind} · {found.author_name}"))
    )


def _found(place: Workplace, words: str, limit: int) -> FoundNotes:
    return FoundNotes(words, place.session.record.find_notes(words, limit=limit), place.session.clock.today())


def _in_full(place: Workplace, key: str, see: Callable[[Session, type[Observation], str], Observation]) -> NoteInFull:
    found = see(place.session, Observation, key)
    words_shown = not found.confidential or bool(found.text)
    papers = tuple(files_of(place.session.record, key)) if words_shown else ()
    return NoteInFull(found, must_get(place.session.record, Pupil, found.pupil), _outcome_words(place, found), papers)


def _outcome_words(place: Workplace, found: Observation) -> str:
    outcome = place.session.record.get(Outcome, found.outcome) if found.outcome else None
    if outcome is None:
        return ""
    rating = reference.say(f"plan_page.rating_{found.outcome_rating}") if found.outcome_rating else ""
    return joined(reference.say("notes.of_outcome", number=outcome.number, outcome=outcome.text), rating)
