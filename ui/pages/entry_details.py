"""What stands beside a timeline about the entry that is chosen: all of its words, and what can be done with it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.permissions import CONFIDENTIAL
from sencoapp.domain.plan import EvidenceLink, Observation
from sencoapp.domain.record import KINDS, Actor
from sencoapp.services.chronology import entry_head, entry_words, note_facts
from sencoapp.services.permissions import may_choose_readers, may_save, may_save_this
from sencoapp.services.ports import Entry
from ui.dates import clock
from ui.pages.note_papers import NotePapers
from ui.pages.pupil_words import breakable
from ui.widgets import STRETCH, Button, Chip, Elided, Icon, Rule, Scroll, Surface, Text, area_words, col, holder, note, row

_EVIDENCE_KINDS = ("observation", "document")
_THINGS = {
    "observation": "observation",
    "document": "document",
    "view": "view",
    "status": "sen_status",
    "cycle": "cycle",
    "review": "cycle",
    "meeting": "meeting",
    "correction": "cycle_correction",
    "plan_copy": "plan_copy",
    "measured": "data_point",
    "need": "sen_need",
    "need_ended": "sen_need",
    "diagnosis": "diagnosis",
    "suspension": "suspension",
    "attendance": "attendance_year",
    "involvement": "involvement",
    "involvement_ended": "involvement",
    "recommendation": "recommendation",
    "staff_asked": "round_robin",
    "staff_answered": "round_robin_answer",
    "joined": "provision_place",
    "left": "provision_place",
}
"""The kind of thing in the record that an entry of the timeline tells of."""
_TABS = {
    **dict.fromkeys(("cycle", "review", "meeting", "correction", "plan_copy", "measured"), "plan"),
    "document": "documents",
    "view": "views",
    **dict.fromkeys(("pack", "sign_off", "request", "council"), "requests"),
    **dict.fromkeys(("joined", "left", "sessions"), "provision"),
    **dict.fromkeys(("diagnosis", "suspension", "attendance"), "background"),
    **dict.fromkeys(("involvement", "involvement_ended", "recommendation"), "contacts"),
}


@dataclass(frozen=True)
class Evidence:
    """The open cycle of the pupil (no id: there is none) and the ids of what it rests on."""

    cycle: str
    number: int
    sources: frozenset[str]


class EntryDetails(Surface):
    """The pane at the right. It keeps its widgets and changes their words."""

    note_wanted = Signal()
    evidence_wanted = Signal(object, str)
    """The entry, and the cycle that is to rest on it."""
    remove_wanted = Signal(object)
    history_wanted = Signal(str, str)
    """The kind and the id of the thing behind the entry."""
    go_wanted = Signal(object)
    readers_wanted = Signal(str, str)
    """The kind and the id of the thing behind the entry, as for the next."""
    reading_wanted = Signal(str, str)
    close_wanted = Signal()

    def __init__(self, actor: Actor, tabs: Collection[str]) -> None:
        self._actor, self._tabs = actor, tabs
        self._may_use = may_save(actor, EvidenceLink)
        self._may_note = may_save(actor, Observation)
        self._entry: Entry | None = None
        self._evidence = Evidence("", 0, frozenset())
        self._head = Elided("", "heading")
        self._close = Button(
            "", "quiet", icon="chevron-left", name=reference.say("pupil.back_to_timeline"), press=lambda: self.close_wanted.emit()
        )
        self._when = note("", wrap=True)
        self._words = Text("", "body", wrap=True, selectable=True)
        self._area = Chip("ci", "")
        self._facts = Text("", "ui", "muted", wrap=True)
        self.papers = NotePapers()
        self._used = holder(row(Icon("link", "thread_text", 18), (self._words_of_use(), 1), gap=8))
        self._use = Button(reference.say("pupil.use_as_evidence"), icon="paperclip", press=self._press_use)
        self._after = Button(reference.say("pupil.note_after"), icon="plus", press=lambda: self.note_wanted.emit())
        self._go = Button("", icon="arrow-right", press=lambda: self.go_wanted.emit(self._entry))
        self._remove = Button(reference.say("pupil.remove_note"), "quiet", press=lambda: self.remove_wanted.emit(self._entry))
        self._past = Button(reference.say("history.open"), "quiet", icon="history", press=self._press_past)
        self._readers = Button(reference.say("confidential.who_reads"), "quiet", icon="eye", press=lambda: self._press(self.readers_wanted))
        self._read = Button(reference.say("confidential.read"), icon="lock", press=lambda: self._press(self.reading_wanted))
        content = col(
            self._when,
            self._words,
            row(self._read, STRETCH),
            row(self._area, STRETCH),
            self._facts,
            self.papers,
            Rule(),
            self._used,
            self._use,
            self._go,
            self._after,
            self._past,
            self._readers,
            self._remove,
            STRETCH,
            gap=10,
            margins=(16, 4, 16, 16),
        )
        self._scroll = Scroll(content, reference.say("pupil.entry"))
        super().__init__("side", col(row(self._close, (self._head, 1), margins=(16, 12, 16, 0)), (self._scroll, 1), gap=4))
        self.setAccessibleName(reference.say("pupil.entry"))
        self._close.hide()
        self.show_nothing()

    def _words_of_use(self) -> QWidget:
        self._use_words = Text("", "ui", wrap=True)
        return self._use_words

    def may_close(self, narrow: bool) -> None:
        self._close.setVisible(narrow)

    def take_focus(self) -> None:
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nothing(self) -> None:
        self._entry = None
        self._head.say("")
        self._scroll.hide()

    def show_evidence(self, evidence: Evidence) -> None:
        """What the open cycle rests on, before an entry is shown."""
        self._evidence = evidence

    def show_entry(self, entry: Entry, today: date) -> None:
        self._entry = entry
        self._head.say(entry_head(entry))
        self.papers.show_papers(())
        self._when.setText(_when(entry))
        kept = entry.confidential and entry.kind != "document"
        words = entry.text if entry.kind == "view" else entry_words(entry)
        self._words.setText(breakable(words) or reference.say("pupil.no_words"))
        self._read.setVisible(kept)
        self._words.set_tone("text" if words and not kept else "muted")
        self._area.setVisible(bool(entry.area))
        if entry.area:
            self._area.say(entry.area, area_words(entry.area))  # type: ignore[arg-type]
        facts = _facts(entry)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self._show_buttons(entry)
        self._scroll.show()

    def _show_buttons(self, entry: Entry) -> None:
        can = entry.kind in _EVIDENCE_KINDS
        used = can and entry.id in self._evidence.sources
        self._used.setVisible(used)
        self._use_words.setText(reference.say("pupil.is_evidence", number=self._evidence.number))
        self._use.setVisible(can and not used and self._may_use)
        self._after.setVisible(self._may_note)
        self._use.setEnabled(bool(self._evidence.cycle))
        self._use.setToolTip("" if self._evidence.cycle else reference.say("pupil.no_open_cycle"))
        self._remove.setVisible(entry.kind == "observation" and may_save_this(self._actor, Observation, "remove", entry.author))
        self._past.setVisible(entry.kind in _THINGS)
        kept = entry.kind in CONFIDENTIAL
        self._readers.setVisible(kept and may_choose_readers(self._actor, KINDS[entry.kind], entry.author))
        leads = self.leads_to(entry)
        self._go.setVisible(leads)
        if leads:
            words = reference.say(f"pupil.go_{_TABS[entry.kind]}")
            self._go.setText(words)
            self._go.setAccessibleName(words)
            self._go.updateGeometry()

    def leads_to(self, entry: Entry) -> bool:
        """Whether another tab that this person has shows more of it."""
        return _TABS.get(entry.kind) in self._tabs

    @staticmethod
    def way_of(entry: Entry) -> tuple[str, dict[str, Any]]:
        """The tab that shows it, and what to show there."""
        if _TABS[entry.kind] == "contacts":
            return "contacts", {"part": "professionals"}
        names = {"cycle": "cycle", "review": "cycle", "document": "document"} | dict.fromkeys(("request", "pack", "sign_off"), "request")
        value = entry.detail if names.get(entry.kind) == "request" else entry.id
        name = names.get(entry.kind)
        return _TABS[entry.kind], {name: value} if name else {}

    def show_words(self, entry_id: str, words: str) -> None:
        """The words of a confidential entry, once somebody has asked to read them."""
        if self._entry is not None and self._entry.id == entry_id:
            self._words.setText(breakable(words))
            self._words.set_tone("text")
            self._read.hide()

    def show_papers(self, entry_id: str, papers: Sequence[Document]) -> None:
        """The files that came with the note, once the record has said which."""
        if self._entry is not None and self._entry.id == entry_id:
            self.papers.show_papers(papers)

    def _press(self, signal: SignalInstance) -> None:
        if self._entry is not None:
            signal.emit(_THINGS[self._entry.kind], self._entry.id)

    def _press_past(self) -> None:
        if self._entry is not None:
            self.history_wanted.emit(_THINGS[self._entry.kind], self._entry.id)

    def _press_use(self) -> None:
        if self._entry is not None and self._evidence.cycle:
            self.evidence_wanted.emit(self._entry, self._evidence.cycle)


def _when(entry: Entry) -> str:
    said = weekday_date(entry.on)
    if entry.kind != "observation" or entry.noted_at is None:
        return said
    written = entry.noted_at.astimezone()
    if written.date() == entry.on:
        return reference.say("pupil.written_at", day=said, time=clock(entry.noted_at))
    return reference.say("pupil.written_on", day=said, written=weekday_date(written.date()), time=clock(entry.noted_at))


def _facts(entry: Entry) -> str:
    lines = [entry.who] if entry.who else []
    if entry.kind == "observation":
        lines += note_facts(entry)
    if entry.kind == "view" and entry.detail:
        lines.append(entry.detail)
    if entry.kind == "council" and entry.detail and entry.text:
        lines.append(entry.detail.replace("_", " ").capitalize())
    return "\n".join(lines)
