"""A text that keeps itself: a draft while it is written, saved when the writer goes on to something else."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services.ports import Session
from ui.pages.deeds import Deeds
from ui.pages.history_sheet import HistoryLink
from ui.room import Room
from ui.widgets import STRETCH, Button, Field, SavedState, Text, TextArea, col, holder, row

SaveText = Callable[[Session, str | None, str | None, int], Saved]
"""Saves a text: the session, what the record holds, what is wanted, the position that was shown. None stands for nothing."""


class _LeftArea(TextArea):
    left = Signal()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)
        self.left.emit()


class KeptText(QWidget):
    """A field of several lines. 400 ms after the last key its draft is kept; when the focus leaves, the text is saved.

    ``form`` names the draft. A draft that is found is shown, with a way to discard it.
    """

    def __init__(self, room: Room, deeds: Deeds, label: str, *, hint: str = "", lines: int = 3) -> None:
        super().__init__()
        self._room, self._deeds = room, deeds
        self._save: SaveText | None = None
        self._form = ""
        self._kept = ""
        self._saving = False
        self.area = _LeftArea(label, lines=lines)
        self.field = Field(label, self.area, hint=hint)
        self.state = SavedState()
        self._restored = Text(reference.say("plan_page.draft_restored"), "small", "muted")
        self._discard = Button(reference.say("plan_page.discard"), "link", name=reference.say("plan_page.discard_named", field=label))
        self._discard.clicked.connect(self._throw_away)
        self._note = holder(row(self._restored, self._discard, gap=6))
        self._note.hide()
        self._past: tuple[str, str, str] | None = None
        self.history = HistoryLink(room, lambda: self._past, reference.say("history.open_of", field=label))
        self.history.hide()
        self.setLayout(col(self.field, row(self._note, self.state, STRETCH, self.history, gap=12), gap=4))
        self.layout().setAlignment(Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]
        self.setFocusProxy(self.area)
        self.state.hide()
        self.area.settled.connect(lambda _: self._keep_draft())
        self.area.left.connect(self.commit)

    def show_text(self, form: str, kept: str | None, draft: str | None, save: SaveText, past: tuple[str, str, str] | None = None) -> None:
        """Shows what the record holds, or the draft that was kept of it. What is being written is never replaced.

        ``past`` is the kind, the id and the field whose history can be opened from here.
        """
        self._past = past
        self.history.setVisible(past is not None)
        if form != self._form:
            self.commit()
            self._form, self._saving, self._save = form, False, save
            self.area.set_words("")
            self._kept = ""
            self.field.say_problem("")
            self.state.hide()
        elif self._saving or self.area.words() != self._kept:
            return
        self._kept = kept or ""
        found = draft is not None and draft != self._kept
        words = draft if found and draft is not None else self._kept
        if words.strip() != self.area.words().strip():
            self.area.set_words(words)
        self._note.setVisible(found)

    def words(self) -> str:
        return self.area.words()

    def commit(self) -> None:
        """Saves what differs from the record, and lets its draft go."""
        words = self.area.words()
        form, kept, save = self._form, self._kept, self._save
        if self._saving or save is None or words == kept:
            return
        self._saving = True

        def deed(session: Session, as_of: int) -> Saved:
            saved = save(session, kept.strip() or None, words.strip() or None, as_of)
            session.record.drop_draft(form)
            return saved

        self.state.saving()
        self.state.show()
        self._deeds.do(self, deed, lambda _: self._saved(form, words), lambda message: self._refused(form, message))

    def _saved(self, form: str, words: str) -> None:
        if form != self._form:
            return
        self._saving = False
        self._kept = words
        self._note.hide()
        self.field.say_problem("")
        self.state.saved(self._room.app.clock.now())
        if not self.area.hasFocus():
            self.commit()

    def _refused(self, form: str, message: PlainMessage) -> None:
        if form == self._form:
            self._saving = False
            self.state.not_saved()
            self.field.say_problem(reference.explain(message))

    def _keep_draft(self) -> None:
        form, words = self._form, self.area.words()
        if not form or self._saving:
            return
        if words == self._kept:
            self._room.ask(self, lambda place: place.session.record.drop_draft(form), lambda _: None)
            return
        content = {"text": words}
        now = self._room.app.clock.now()
        self._room.ask(self, lambda place: place.session.record.keep_draft(form, content), lambda _: self._draft_kept(form, now))

    def _draft_kept(self, form: str, now: datetime) -> None:
        if form == self._form and not self._saving and self.area.words() != self._kept:
            self.state.draft_saved(now)
            self.state.show()

    def _throw_away(self) -> None:
        form = self._form
        self.area.set_words(self._kept)
        self._note.hide()
        self.area.setFocus(Qt.FocusReason.OtherFocusReason)
        self._room.ask(self, lambda place: place.session.record.drop_draft(form), lambda _: None)
