"""Picking evidence: the pupil's notes and documents, each with a tick."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.domain.plan import EvidenceLink
from sencoapp.domain.record import Saved
from sencoapp.services import plans
from sencoapp.services.ports import Entry
from ui.pages.keyed import KeyedColumn
from ui.pages.plan_case import matching
from ui.pages.plan_context import PlanContext
from ui.pages.plan_words import counted, entry_line, entry_words, wording
from ui.widgets import STRETCH, Button, Card, ChipChoice, Icon, SearchField, Text, area_chip, col, heading, note, row
from ui.widgets.announce import announce

AT_ONCE = 12


@dataclass(frozen=True)
class Tick:
    """One note or document as the list shows it."""

    entry: Entry
    link: EvidenceLink | None


class TickCard(Card):
    """A note or a document; pressed means that the cycle rests on it."""

    def __init__(self, tick: Tick, pressed: Callable[["TickCard"], None]) -> None:
        self.tick = tick
        entry = tick.entry
        line = entry_line(entry)
        self._icon = Icon("square", "muted")
        self._head = note(line)
        chip = area_chip(entry.area, short=True) if entry.area else None
        words = Text(entry_words(entry), "ui", wrap=True)
        top = row(self._head, STRETCH, chip, gap=8)
        icon = col(self._icon, STRETCH, gap=0)
        super().__init__(
            f"{entry_words(entry)}, {line}", row(icon, (col(top, words, gap=2), 1), gap=10, margins=(12, 8, 12, 10)), ticks=True
        )
        self.clicked.connect(lambda: pressed(self))
        self.show_tick(tick)

    def show_tick(self, tick: Tick) -> None:
        self.tick = tick
        self.setChecked(tick.link is not None)
        self._icon.show_icon("square-check" if tick.link else "square", "accent" if tick.link else "muted")


class TickList(QWidget):
    """Ticks below each other; a press links the entry to the cycle in sight, or takes it out."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self._cards: KeyedColumn[Tick, TickCard] = KeyedColumn(
            lambda tick: TickCard(tick, self._pressed), lambda card, tick: card.show_tick(tick), gap=6
        )
        self._most = AT_ONCE
        self._entries: list[Entry] = []
        self.more = Button(wording("show_more"), "quiet", icon="chevron-down", press=self._show_more)
        self.setLayout(col(self._cards, row(self.more, STRETCH), gap=6))

    def show_entries(self, entries: list[Entry], *, anew: bool = False) -> None:
        """Shows the first of these; ``anew`` goes back to the top of the list."""
        if anew:
            self._most = AT_ONCE
        self._entries = entries
        links = self._context.case.links()
        shown = entries[: self._most]
        self._cards.show_things((each.id, Tick(each, links.get(each.id))) for each in shown)
        self.more.setVisible(len(entries) > self._most)

    def cards(self) -> list[TickCard]:
        return self._cards.widgets()

    def _show_more(self) -> None:
        self._most += AT_ONCE
        before = len(self.cards())
        self.show_entries(self._entries)
        if len(self.cards()) > before:
            self.cards()[before].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pressed(self, card: TickCard) -> None:
        tick, cycle = card.tick, self._context.case.cycle.id
        deeds, link = self._context.deeds, tick.link
        if link is not None:
            deeds.do(self, lambda session, _: plans.unlink_evidence(session, link.id), self._taken_out)
        elif tick.entry.kind == "document":
            deeds.do(self, lambda session, _: plans.link_evidence(session, cycle, "document", tick.entry.id), self._taken_in)
        else:
            deeds.do(self, lambda session, _: plans.link_evidence(session, cycle, "observation", tick.entry.id), self._taken_in)

    def _taken_in(self, saved: Saved) -> None:
        announce(wording("evidence_in"), self)

    def _taken_out(self, saved: Saved) -> None:
        self._context.room.ways.toast(wording("evidence_out"), saved)


class EvidencePicker(QWidget):
    """All notes and documents of the pupil, found as one types; those that were picked can be shown alone."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self._count = note("")
        self.search = SearchField(wording("evidence_search"))
        self.shown = ChipChoice(
            wording("evidence_show"), [("all", wording("evidence_all")), ("picked", wording("evidence_picked"))], none_allowed=False
        )
        self.shown.choose("all")
        self.list = TickList(context)
        self._nothing = Text("", "ui", "muted", wrap=True)
        self.search.searched.connect(lambda _: self._show(anew=True))
        self.shown.chosen.connect(lambda: self._show(anew=True))
        top = row(heading(wording("evidence_title")), STRETCH, self._count, gap=8)
        self.setLayout(col(top, self.search, self.shown, self._nothing, self.list, STRETCH, gap=10))

    def show_case(self) -> None:
        self._show()

    def _show(self, *, anew: bool = False) -> None:
        case = self._context.case
        links = case.links()
        entries = matching(case.entries, self.search.text())
        if self.shown.value() == "picked":
            entries = [each for each in entries if each.id in links]
        self._count.setText(counted("picked", len(links)))
        self.list.show_entries(entries, anew=anew)
        key = "evidence_none" if not case.entries else "evidence_not_found" if self.search.text().strip() else "evidence_none_picked"
        self._nothing.setText(wording(key))
        self._nothing.setVisible(not entries)
