"""A pupil's timeline: everything with a date, newest first, by half term, fetched as one scrolls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.people import School
from sencoapp.domain.plan import Cycle, EvidenceLink, Observation
from sencoapp.domain.record import KINDS, Saved
from sencoapp.services import chronology, observations, plans
from sencoapp.services.chronology import ChronologyFilter, half_term_words
from sencoapp.services.confidential import read_confidential
from sencoapp.services.note_files import files_of
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Entry
from ui.pages.entries import Moment, entry_key, entry_row
from ui.pages.entry_details import EntryDetails, Evidence
from ui.pages.history_sheet import open_history
from ui.pages.pupil import tabs_for
from ui.pages.readers_sheet import open_readers
from ui.pages.timeline_filters import TimelineFilters
from ui.pages.timeline_paper import TimelinePaper
from ui.room import Room
from ui.theme import theme
from ui.widgets import EmptyPlace, GroupRow, TableRow, col, holder, row
from ui.widgets.timeline import Timeline

PAGE = 50
_DETAILS = 284


@dataclass(frozen=True)
class FirstPage:
    """What the timeline begins with."""

    moment: Moment
    entries: Sequence[Entry]
    evidence: Evidence


class TimelineTab(QWidget):
    """``show_for(pupil=id)``; ``entry`` chooses one, as ``kind:id``."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._entries: dict[str, Entry] = {}
        self._last: Entry | None = None
        self._moment: Moment | None = None
        self._asking = False
        self._wanted_entry = ""
        self._peeking = False
        self.paper = TimelinePaper(room, self, lambda: self._pupil, lambda: self.filters.wanted())
        self.filters = TimelineFilters(*self.paper.buttons)
        self.list = Timeline(reference.say("pupil.timeline"))
        self.empty = EmptyPlace(
            reference.say("pupil.timeline_empty"), reference.say("pupil.write_first"), icon="notebook-pen", press=self._note
        )
        self.no_match = EmptyPlace(
            reference.say("chronology.nothing_fits"),
            reference.say("chronology.show_everything"),
            icon="search",
            press=self._show_everything,
        )
        self.details = EntryDetails(room.actor, tabs_for(room.actor))
        if not may_save(room.actor, Observation):
            self.empty.forbid()
        self.empty.hide()
        self.no_match.hide()
        self._left = holder(col(self.filters, (self.list, 1), (self.empty, 1), (self.no_match, 1), gap=0))
        self.setLayout(row((self._left, 1), self.details, gap=0))
        self._connect()
        self._fit()

    def _connect(self) -> None:
        self.filters.changed.connect(self._filtered)
        self.filters.search.went_down.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self._opened)
        self.list.more_wanted.connect(lambda _: self._ask_more())
        self.details.note_wanted.connect(self._note)
        self.details.evidence_wanted.connect(self._use_as_evidence)
        self.details.remove_wanted.connect(self._remove)
        self.details.history_wanted.connect(lambda kind, id: open_history(self.room, kind, id))
        self.details.readers_wanted.connect(lambda kind, id: open_readers(self.room, kind, id))
        self.details.reading_wanted.connect(self._read)
        self.details.go_wanted.connect(self._go)
        self.details.papers.opened.connect(lambda pupil, paper: self.room.ways.go("pupil", pupil=pupil, tab="documents", document=paper))
        self.details.close_wanted.connect(self._close_details)

    # ---- the tab ----------------------------------------------------------------------------------------------------

    def show_for(self, pupil: str, *, entry: str = "", **where: Any) -> None:
        if pupil != self._pupil:
            self._pupil = pupil
            self.filters.clear()
            self.list.show_rows([])
            self.details.show_nothing()
        self._wanted_entry = entry
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil in saved.pupils():
            self._ask()

    # ---- asking -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        pupil, wanted = self._pupil, self.filters.wanted()
        limit = max(PAGE, self.list.seen_rows() + PAGE)
        self._asking = True
        self.room.ask(
            self, lambda place: _first_page(place, pupil, wanted, limit), lambda found: self._show(pupil, found, limit), replace="entries"
        )
        # Counting looks at every entry, so it comes after the first page is on the screen.
        self.room.ask(self, lambda place: _choices(place, pupil), lambda found: self._offer(pupil, *found), replace="choices")

    def _ask_more(self) -> None:
        if self._asking or self._last is None:
            return
        pupil, wanted, before = self._pupil, self.filters.wanted(), self._last
        self._asking = True
        self.room.ask(
            self,
            lambda place: chronology.entries(place.session.record, pupil, wanted, limit=PAGE, before=before),
            lambda entries: self._add(pupil, entries),
            replace="entries",
        )

    # ---- showing ----------------------------------------------------------------------------------------------------

    def _show(self, pupil: str, found: FirstPage, limit: int) -> None:
        if pupil != self._pupil:
            return
        self._asking = False
        self._moment = found.moment
        self._entries, self._last = {}, None
        self.details.show_evidence(found.evidence)
        place = self.list.verticalScrollBar().value()
        self.list.show_rows(self._rows(found.entries), more=len(found.entries) == limit)
        self.list.setVisible(bool(found.entries))
        nothing = self.filters.wanted() == ChronologyFilter()
        self.empty.setVisible(not found.entries and nothing)
        self.no_match.setVisible(not found.entries and not nothing)
        if self._wanted_entry:
            self.list.choose(self._wanted_entry)
            self._wanted_entry = ""
        else:
            if not self.list.current_key():
                self.list.choose_first()
            self.list.scroll_to_place(place)
        self._chosen(self.list.current_key())

    def _add(self, pupil: str, entries: Sequence[Entry]) -> None:
        if pupil == self._pupil:
            self._asking = False
            self.list.add_rows(self._rows(entries), more=len(entries) == PAGE)

    def _rows(self, entries: Sequence[Entry]) -> list[GroupRow | TableRow]:
        """Rows with the headings of the half terms that begin among them."""
        assert self._moment is not None
        rows: list[GroupRow | TableRow] = []
        days = self._moment.days
        before = half_term_words(self._last, days) if self._last else ""
        for each in entries:
            now = half_term_words(each, days)
            if now != before:
                rows.append(GroupRow(now))
                before = now
            self._entries[entry_key(each)] = each
            rows.append(entry_row(each, self._moment))
        self._last = entries[-1] if entries else self._last
        return rows

    def _offer(self, pupil: str, counts: Mapping[str, int], people: Sequence[str]) -> None:
        if pupil == self._pupil:
            self.filters.offer(counts, people)

    # ---- what a person does -----------------------------------------------------------------------------------------

    def _filtered(self) -> None:
        self.list.scrollToTop()
        self._ask()

    def _show_everything(self) -> None:
        self.filters.clear()
        self._ask()
        self.filters.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, key: str) -> None:
        entry = self._entries.get(key)
        if entry is None or self._moment is None:
            self.details.show_nothing()
        else:
            self.details.show_entry(entry, self._moment.today)
            if entry.files and not entry.confidential:
                self._ask_papers(entry.id)

    def _opened(self, key: str) -> None:
        entry = self._entries.get(key)
        if entry is None:
            return
        if theme().is_narrow(self.window().width()) and not self._peeking:
            self._peeking = True
            self._fit()
            self.details.take_focus()
        elif self.details.leads_to(entry):
            self._go(entry)

    def _close_details(self) -> None:
        self._peeking = False
        self._fit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note(self) -> None:
        self.room.ways.new_observation(self._pupil)

    def _use_as_evidence(self, entry: Entry, cycle: str) -> None:
        kind: Any = entry.kind

        def told(saved: Saved) -> None:
            self.room.ways.toast(reference.say("pupil.evidence_used"), saved)

        self.room.do(self, lambda place: plans.link_evidence(place.session, cycle, kind, entry.id), told)

    def _remove(self, entry: Entry) -> None:
        def told(saved: Saved) -> None:
            self.room.ways.toast(reference.say("pupil.note_removed"), saved)

        self.room.do(self, lambda place: observations.remove_observations(place.session, [entry.id]), told)

    def _read(self, kind: str, id: str) -> None:
        """The words of something confidential: that they are read is noted."""

        def read(place: Workplace) -> str:
            thing: Any = read_confidential(place.session, KINDS[kind], id)
            return str(thing.text or thing.absent_because or "")

        def show(words: str) -> None:
            self.details.show_words(id, words)
            self._ask_papers(id)

        self.room.ask(self, read, show, lambda m: self.room.ways.toast(reference.explain(m)))

    def _ask_papers(self, note: str) -> None:
        """The files of a note; of a confidential one only beside its words."""
        self.room.ask(
            self,
            lambda place: files_of(place.session.record, note),
            lambda papers: self.details.show_papers(note, papers),
            replace="papers",
        )

    def _go(self, entry: Entry) -> None:
        tab, where = self.details.way_of(entry)
        self.room.ways.go("pupil", pupil=self._pupil, tab=tab, **where)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        narrow = theme().is_narrow(self.window().width())
        shown = self._peeking if narrow else True
        self.details.setVisible(shown)
        self._left.setVisible(not (narrow and shown))
        self.details.may_close(narrow)
        self.details.setMaximumWidth(16_777_215 if narrow else theme().px(_DETAILS))
        self.details.setMinimumWidth(0 if narrow else theme().px(_DETAILS))


def _first_page(place: Workplace, pupil: str, wanted: ChronologyFilter, limit: int) -> FirstPage:
    record = place.session.record
    schools = record.find(School)
    cycle = next((each for each in plans.cycles_of(record, pupil) if each.closed_on is None), None)
    return FirstPage(
        moment=Moment(place.session.clock.today(), SchoolDays.of(schools[0].terms if schools else ())),
        entries=chronology.entries(record, pupil, wanted, limit=limit),
        evidence=_evidence(place, cycle),
    )


def _choices(place: Workplace, pupil: str) -> tuple[Mapping[str, int], Sequence[str]]:
    """How many there are of each kind, and who is named."""
    return place.session.record.chronology_counts(pupil), place.session.record.chronology_authors(pupil)


def _evidence(place: Workplace, cycle: Cycle | None) -> Evidence:
    if cycle is None:
        return Evidence("", 0, frozenset())
    links = place.session.record.find(EvidenceLink, cycle=cycle.id)
    return Evidence(cycle.id, cycle.number, frozenset(each.source for each in links))
