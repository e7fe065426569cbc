"""One observation in full, beside the list."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Observation
from sencoapp.domain.record import Actor
from sencoapp.services.permissions import may_choose_readers, may_save, may_save_this
from sencoapp.services.today import place_words
from ui.dates import clock
from ui.pages.note_papers import NotePapers
from ui.pages.pupil_words import breakable, joined
from ui.widgets import STRETCH, Button, Chip, Elided, Rule, Scroll, Surface, Text, area_words, col, note, row


@dataclass(frozen=True)
class NoteInFull:
    """A note and the pupil it is about."""

    note: Observation
    pupil: Pupil
    outcome: str = ""
    """What it says of an outcome of the plan, in words: which, and how far the pupil was from it."""
    papers: tuple[Document, ...] = ()
    """The photos and files that came with it, where its words may be shown."""


class NoteReader(Surface):
    """Who it is about, all of its words, who wrote it and when."""

    pupil_wanted = Signal(str, str)
    """The pupil, and the key of the note in their timeline."""
    note_wanted = Signal(str)
    remove_wanted = Signal(str)
    history_wanted = Signal(str)
    readers_wanted = Signal(str)
    reading_wanted = Signal(str)
    """The words of a confidential note are wanted: that they are read is noted."""
    close_wanted = Signal()

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._full: NoteInFull | None = None
        self._close = Button("", "quiet", icon="chevron-left", name=reference.say("notes.back"), press=lambda: self.close_wanted.emit())
        self._name = Elided("", "heading")
        self._place = note("")
        self._kind_words = Text("", "ui", weight=600)
        self._area = Chip("ci", "")
        self._words = Text("", "body", wrap=True, selectable=True)
        self._outcome = Text("", "ui", wrap=True)
        self._when = note("", wrap=True)
        self.papers = NotePapers()
        self._open = Button(reference.say("notes.open_pupil"), "primary", press=self._press_open)
        self._another = Button(reference.say("notes.another"), icon="plus", press=self._press_another)
        self._remove = Button(reference.say("notes.remove"), "quiet", press=self._press_remove)
        self._past = Button(reference.say("history.open"), "quiet", icon="history", press=self._press_past)
        self._readers = Button(reference.say("confidential.who_reads"), "quiet", icon="eye", press=self._press_readers)
        self._read = Button(reference.say("confidential.read"), icon="lock", press=self._press_read)
        self._kept = Chip("plain", reference.say("confidential.mark"))
        if not may_save(actor, Observation):
            self._another.hide()
        content = col(
            self._place,
            Rule(),
            row(self._kind_words, self._area, self._kept, STRETCH, gap=10),
            self._words,
            row(self._read, STRETCH),
            self._outcome,
            self._when,
            self.papers,
            Rule(),
            self._open,
            self._another,
            self._past,
            self._readers,
            self._remove,
            STRETCH,
            gap=10,
            margins=(16, 4, 16, 16),
        )
        self._scroll = Scroll(content, reference.say("notes.chosen"))
        super().__init__("side", col(row(self._close, (self._name, 1), margins=(16, 12, 16, 0)), (self._scroll, 1), gap=4))
        self.setAccessibleName(reference.say("notes.chosen"))
        self._close.hide()
        self.show_nothing()

    def may_close(self, narrow: bool) -> None:
        self._close.setVisible(narrow)

    def take_focus(self) -> None:
        (self._open if self._full else self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self) -> None:
        self._full = None
        self._name.say("")
        self._scroll.hide()

    def show_note(self, full: NoteInFull) -> None:
        self._full = full
        self.papers.show_papers(full.papers)
        found, pupil = full.note, full.pupil
        self._name.say(pupil.name)
        self._place.setText(place_words(pupil.year, pupil.reg_group))
        self._kind_words.setText(reference.say(f"notes.kind_{found.kind}"))
        self._area.setVisible(bool(found.area))
        if found.area:
            self._area.say(found.area, area_words(found.area, short=True))
        kept = found.confidential and not found.text
        self._words.setText(reference.say("confidential.words") if kept else breakable(found.text))
        self._words.set_tone("muted" if kept else "text")
        self._read.setVisible(kept)
        self._kept.setVisible(found.confidential)
        self._remove.setVisible(may_save_this(self._actor, Observation, "remove", found.author))
        self._readers.setVisible(may_choose_readers(self._actor, Observation, found.author))
        written = found.noted_at.astimezone()
        same_day = written.date() == found.happened_on
        on = weekday_date(written)
        noted = reference.say("notes.written_at" if same_day else "notes.written_on", time=clock(found.noted_at), date=on)
        self._when.setText(joined(weekday_date(found.happened_on), found.author_name, found.setting or "", found.lesson or "", noted))
        self._outcome.setVisible(bool(full.outcome) and not kept)
        self._outcome.setText(full.outcome)
        self._scroll.show()

    def _press_open(self) -> None:
        if self._full is not None:
            self.pupil_wanted.emit(self._full.pupil.id, f"observation:{self._full.note.id}")

    def _press_another(self) -> None:
        if self._full is not None:
            self.note_wanted.emit(self._full.pupil.id)

    def _press_past(self) -> None:
        if self._full is not None:
            self.history_wanted.emit(self._full.note.id)

    def _press_readers(self) -> None:
        if self._full is not None:
            self.readers_wanted.emit(self._full.note.id)

    def _press_read(self) -> None:
        if self._full is not None:
            self.reading_wanted.emit(self._full.note.id)

    def _press_remove(self) -> None:
        if self._full is not None:
            self.remove_wanted.emit(self._full.note.id)
