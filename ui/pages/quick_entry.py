"""A new observation from anywhere (screens.md 1.4): pupil, what happened, and nothing else that has to be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Outcome
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import observations
from sencoapp.services.concerns import outcomes_now
from sencoapp.services.ports import Session
from sencoapp.services.pupils import find_pupils
from sencoapp.services.today import place_words
from ui.commands import command
from ui.pages.note_form import NoteForm
from ui.pages.pupil_words import pick
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.theme import theme
from ui.widgets import Button, Notice, Pick, SavedState, Sheet, col, holder, note, row
from ui.widgets.announce import announce


@dataclass(frozen=True)
class Beginning:
    """What a new note starts from: the day, the pupil of the page, and the draft that is still there."""

    today: date
    pupil: Pick | None
    draft: dict[str, Any] | None


_sheets: "WeakKeyDictionary[Room, QuickEntry]" = WeakKeyDictionary()


def open_quick_entry(room: Room, pupil: str | None = None) -> "QuickEntry":
    """Lays the sheet over the present page. One sheet belongs to a room: what stands in it stays when it is closed."""
    sheet = _sheets.get(room)
    if sheet is None or not isValid(sheet):
        sheet = _sheets[room] = QuickEntry(room)
    sheet.open_for(pupil)
    return sheet


class QuickEntry(Sheet):
    """The form, its draft, and its two ways to save. Esc closes it and keeps the draft."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._pupil: str | None = None
        self._began = Beginning(date.min, None, None)
        self._saving = False
        self._when_files_are_in: bool | None = None
        """Whether to go on to the next note once it is saved; None where no file holds the saving up."""
        self._kept: dict[str, Any] | None = None
        """The draft as the record holds it."""
        self.form = NoteForm(room, lambda words: _found(room, words))
        self.state = SavedState()
        discard = Button(reference.say("notes.discard"), "link", press=self._discard)
        self.restored = Notice("info", reference.say("notes.restored"), discard)
        self.restored.hide()
        self.save_button = Button(reference.say("notes.save"), "primary", tip="Ctrl+Return", press=self.save)
        self.next_button = Button(reference.say("notes.save_next"), tip="Ctrl+Shift+Return", press=self.save_and_next)
        foot = row((self.state, 1), self.next_button, self.save_button, gap=8)
        self.keys = note(reference.say("notes.keys"), wrap=True)
        below = holder(col(foot, self.keys, gap=8))
        title = reference.say("notes.new")
        super().__init__(title, holder(col(self.restored, (SheetBody(title, self.form, above=below), 1), gap=8)))
        self.form.settled.connect(self.keep_draft)
        self.form.files.settled.connect(self._files_are_in)
        self.setAcceptDrops(True)
        self.form.pupil.changed.connect(self._pupil_chosen)
        self.closed.connect(self.keep_draft)
        self._add_keys()

    def _add_keys(self) -> None:
        command(self, reference.say("notes.save"), self.save, "Ctrl+Return", "Ctrl+Enter")
        command(self, reference.say("notes.save_next"), self.save_and_next, "Ctrl+Shift+Return", "Ctrl+Shift+Enter")
        for number, (kind, words) in enumerate(self.form.kinds(), start=1):
            command(self, words, lambda kind=kind: self.form.turn_kind(kind), f"Alt+{number}")  # type: ignore[misc]
            self.form.kind.chip(kind).setToolTip(f"Alt+{number}")
        command(self, reference.say("notes.tell_senco"), self.form.turn_tell, "Alt+7")
        self.form.tell.chip("senco").setToolTip("Alt+7")
        command(self, reference.say("notes.more"), self.form.open_more, "Alt+8")
        command(self, reference.say("notes.add_file"), self.form.files.choose, "Alt+9", icon="paperclip", also="attach picture photo")
        command(self, reference.say("notes.paste_file"), self.form.files.paste, "Ctrl+V", also="clipboard picture photo")

    def restyle(self) -> None:
        super().restyle()
        # Where the text is large the words of the note have the room; the buttons' tips say the keys as well.
        self.keys.setVisible(not theme().is_narrow(self.window().width()))

    # ---- opening ----------------------------------------------------------------------------------------------------

    def open_for(self, pupil: str | None) -> None:
        """Opens it at once; the draft and the pupil's name come as soon as the record has said them."""
        self._pupil = pupil
        if not self.isVisible():
            self._room.ways.show_sheet(self)
        self.restyle()
        self._room.ask(self, lambda place: _beginning(place.session, pupil), self._begin, replace="begin")

    def _begin(self, began: Beginning) -> None:
        self._began = began
        self.form.when.set_today(began.today)
        if self.form.holds_something():
            return  # what is being written here is never replaced; it is, or will be, the draft
        if began.draft is not None:
            self.form.show_content(began.draft)
            self._kept = began.draft
            self.restored.show()
            announce(reference.say("notes.restored"), self)
        elif began.pupil is not None:
            self.form.pupil.choose(began.pupil)
        self._go_to_first()

    def _go_to_first(self) -> None:
        if self.isVisible():
            target: QWidget = self.form.text if self.form.pupil.chosen() else self.form.pupil
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pupil_chosen(self) -> None:
        self._ask_outcomes()
        # Enter takes the first pupil and goes on to the note; who comes back for another pupil stays, and Tab leaves.
        if len(self.form.pupil.chosen()) == 1 and not self.form.holds_something():
            self._go_to_first()

    def _ask_outcomes(self) -> None:
        """A note about one pupil can tell of an outcome of their open plan."""
        picks = self.form.pupil.chosen()
        if len(picks) != 1:
            self.form.more.offer_outcomes(())
            return
        pupil = picks[0].id

        def show(outcomes: Sequence[Outcome]) -> None:
            if [each.id for each in self.form.pupil.chosen()] == [pupil]:
                self.form.more.offer_outcomes(outcomes)

        self._room.ask(self, lambda place: outcomes_now(place.session.record, pupil), show, replace="outcomes")

    # ---- the draft --------------------------------------------------------------------------------------------------

    def keep_draft(self) -> None:
        """Keeps what stands here, or lets the draft go where nothing is left of it."""
        if self._saving:
            return
        content = self.form.content() if self.form.holds_something() else None
        if content == self._kept:
            return
        self._kept = content
        if content is None:
            self._room.do(self, lambda place: observations.drop_draft(place.session))
            return
        kept = content
        self._room.do(self, lambda place: observations.keep_draft(place.session, kept), lambda _: self._draft_kept())

    def _draft_kept(self) -> None:
        if self._kept is not None:
            self.state.draft_saved(self._room.app.clock.now())

    def _discard(self) -> None:
        self.form.clear()
        if self._began.pupil is not None:
            self.form.pupil.choose(self._began.pupil)
        self._forget_draft()
        self._go_to_first()

    def _forget_draft(self) -> None:
        self.restored.hide()
        self.state.clear()
        self._kept = None
        self._room.do(self, lambda place: observations.drop_draft(place.session))

    # ---- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Saves the note and closes the sheet."""
        self._save(go_on=False)

    def save_and_next(self) -> None:
        """Saves the note and starts the next of the same kind."""
        self._save(go_on=True)

    def _save(self, *, go_on: bool) -> None:
        if self._saving:
            return
        if self.form.files.is_busy():
            self._when_files_are_in = go_on
            self.state.saving()
            return
        try:
            values = self.form.values()
        except PlainMessage as message:
            self._refused(message)
            return
        picks = self.form.pupil.chosen()
        self._saving = True
        self.state.saving()

        def deed(place: Workplace) -> tuple[list[str], Saved]:
            written = observations.record_observation(place.session, **values)
            observations.drop_draft(place.session)
            return written

        self._room.do(self, deed, lambda written: self._saved(written[1], picks, go_on=go_on), self._refused)

    def _files_are_in(self, went_well: bool) -> None:
        """Saves what somebody wanted to save while a file was still looked at; where one was refused they decide again."""
        wanted, self._when_files_are_in = self._when_files_are_in, None
        if wanted is None:
            return
        self.state.clear()
        if went_well:
            self._save(go_on=wanted)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.form.files.take(event.mimeData())

    def _saved(self, saved: Saved, picks: tuple[Pick, ...], *, go_on: bool) -> None:
        self._saving = False
        self._kept = None
        kind = self.form.kind.value()
        self.form.clear()
        self.restored.hide()
        self.state.clear()
        names = reference.say("notes.and").join(each.name for each in picks)
        self._room.ways.toast(reference.say("notes.saved", names=names), saved)
        if go_on:
            self.form.turn_kind(kind)
            self._go_to_first()
        else:
            self.close_sheet()

    def _refused(self, message: PlainMessage) -> None:
        self._saving = False
        self.state.not_saved()
        self.form.refuse(message)


def _beginning(session: Session, pupil: str | None) -> Beginning:
    found = session.record.get(Pupil, pupil) if pupil else None
    pick = Pick(found.id, found.name, place_words(found.year, found.reg_group)) if found else None
    draft = observations.draft(session)
    return Beginning(session.clock.today(), pick, _with_names(session, dict(draft)) if draft else None)


def _with_names(session: Session, draft: dict[str, Any]) -> dict[str, Any]:
    """The draft with its pupils as they are called now; one who is no longer there is left out."""
    known = [session.record.get(Pupil, each[0]) for each in draft.get("pupils", ())]
    return {**draft, "pupils": [[each.id, each.name, place_words(each.year, each.reg_group)] for each in known if each]}


def _found(room: Room, words: str) -> list[Pick]:
    return [pick(each) for each in find_pupils(room.place.session.record, words)]
