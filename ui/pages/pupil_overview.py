"""A pupil at a glance: what they are good at, what works, how they communicate; their status, needs and key facts."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.census import CensusWarning
from sencoapp.domain.people import Pupil, SenNeed, SenStatus
from sencoapp.domain.record import Saved
from sencoapp.services import pupils
from sencoapp.services.changes import must_get
from sencoapp.services.import_origins import FromMis, from_mis
from sencoapp.services.permissions import may, may_save, sees_field
from sencoapp.services.ports import Session
from ui.pages.columns import Columns
from ui.pages.deeds import Deeds
from ui.pages.history_sheet import HistoryLink
from ui.pages.kept_text import KeptText, SaveText
from ui.pages.pupil_facts import KeyFacts
from ui.pages.pupil_flags import FlagsPanel
from ui.pages.pupil_needs import NeedsPanel
from ui.pages.pupil_removal import ask_to_remove_pupil
from ui.pages.pupil_status import StatusPanel
from ui.room import Room
from ui.widgets import STRETCH, Button, Scroll, Text, col, heading, holder, panel, row

WRITTEN = ("strengths", "what_works", "communication")
"""The fields of a pupil that are written here in place."""


@dataclass(frozen=True)
class AtAGlance:
    """What the tab shows."""

    pupil: Pupil
    statuses: tuple[SenStatus, ...]
    needs: tuple[SenNeed, ...]
    ended: tuple[SenNeed, ...]
    warnings: tuple[CensusWarning, ...]
    drafts: dict[str, str]
    position: int
    today: date
    mis: FromMis


class OverviewTab(QWidget):
    """``show_for(pupil=id)``. What is written is kept as a draft at once, and saved when the writer goes on."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._deeds = Deeds(room)
        self.texts = {each: self._made_text(each) for each in WRITTEN}
        self.flags = FlagsPanel(room)
        self.status = StatusPanel(room)
        self.needs = NeedsPanel(room)
        self.facts = KeyFacts(room)
        self.whole = Button(reference.say("leaving_page.open_from_pupil"), "link", press=lambda: room.ways.go("leaving", pupil=self._pupil))
        whole = panel(
            heading(reference.say("leaving_page.whole_record")),
            Text(reference.say("leaving_page.whole_record_why"), "ui", wrap=True),
            row(self.whole, STRETCH),
            gap=8,
            margins=16,
        )
        left = panel(*self.texts.values(), STRETCH, gap=18, margins=20)
        if not all(sees_field(room.actor, Pupil, each) for each in WRITTEN):
            left.hide()
        past = HistoryLink(room, lambda: ("pupil", self._pupil, ""), reference.say("history.open_pupil"))
        self.remove = Button(reference.say("history.remove_pupil"), "link", press=lambda: ask_to_remove_pupil(room, self, self._pupil))
        deeds = holder(row(past, self.remove, STRETCH, gap=16))
        if not may_save(room.place.session.actor, Pupil, "remove"):
            self.remove.hide()
        if not may(room.place.session.actor, "give_whole_record"):
            whole.hide()
        right = holder(col(self.flags, self.status, self.needs, self.facts, whole, deeds, STRETCH, gap=16))
        self._body = Scroll(
            col(Columns((left, 3), (right, 2), gap=16, narrow=760), STRETCH, margins=(24, 16, 20, 24)), reference.say("pupil.tab_overview")
        )
        self._body.hide()
        self.setLayout(col(self._body, gap=0))

    def _made_text(self, name: str) -> KeptText:
        label, hint = reference.say(f"pupil.{name}"), reference.say(f"pupil.{name}_hint")
        return KeptText(self.room, self._deeds, label, hint=hint, lines=4)

    def show_for(self, pupil: str, **where: Any) -> None:
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil in saved.pupils():
            self._ask()

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _at_a_glance(place, pupil), self._show, lambda _: self._body.hide(), replace="glance")

    def _show(self, found: AtAGlance) -> None:
        if found.pupil.id != self._pupil:
            return
        self._deeds.showing(found.position)
        for name, text in self.texts.items():
            pupil, kept = found.pupil.id, getattr(found.pupil, name)
            text.show_text(_draft(pupil, name), kept, found.drafts.get(name), _saver(pupil, name), ("pupil", pupil, name))
        self.flags.show_pupil(found.pupil, found.position, found.today)
        self.status.show_statuses(found.pupil, found.statuses, found.today, found.position)
        self.needs.show_needs(found.pupil, found.needs, found.ended, found.warnings, found.today, found.position)
        self.facts.show_pupil(found.pupil, found.position, found.today, found.mis)
        self._body.show()


def _saver(pupil: str, name: str) -> SaveText:
    def save(session: Session, kept: str | None, wanted: str | None, as_of: int) -> Saved:
        shown = replace(must_get(session.record, Pupil, pupil), **{name: kept})  # type: ignore[arg-type]
        return pupils.change_pupil(session, shown, replace(shown, **{name: wanted}), as_of=as_of)  # type: ignore[arg-type]

    return save


def _draft(pupil: str, name: str) -> str:
    return f"pupil.{pupil}.{name}"


def _at_a_glance(place: Workplace, pupil: str) -> AtAGlance:
    record, today = place.session.record, place.session.clock.today()
    page = pupils.pupil_page(record, pupil, today)
    drafts = {name: record.draft(_draft(pupil, name)) for name in WRITTEN}
    return AtAGlance(
        pupil=page.pupil,
        statuses=page.statuses,
        needs=page.needs,
        ended=pupils.ended_needs(record, pupil, today),
        warnings=tuple(page.warnings),
        drafts={name: str(content.get("text", "")) for name, content in drafts.items() if content},
        position=page.position,
        today=today,
        mis=from_mis(record, pupil),
    )
