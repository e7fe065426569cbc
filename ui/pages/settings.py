"""Settings: how it looks, the school, its terms, staff rates, keeping the record safe, who gets in. Each part is its own class."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.record import Saved
from sencoapp.services.permissions import may
from ui.page import Page
from ui.pages.settings_activity import ActivityPart
from ui.pages.settings_appearance import AppearancePart
from ui.pages.settings_councils import CouncilsPart
from ui.pages.settings_crest import CrestPart
from ui.pages.settings_keeping import KeepingPart
from ui.pages.settings_kept import KeptPart
from ui.pages.settings_keys import KeysPart
from ui.pages.settings_people import PeoplePart
from ui.pages.settings_rates import RatesPart
from ui.pages.settings_safety import SafetyPart
from ui.pages.settings_school import SchoolPart, TermsPart
from ui.pages.settings_spelling import SpellingPart
from ui.room import Room
from ui.shell import first_stop
from ui.sight import bring_to_top
from ui.widgets import STRETCH, Faces, Rule, Scroll, TabBar, col, heading, holder

SECTIONS = ("appearance", "school", "people", "safety", "keys", "drafts", "keeping", "activity")
_STANDS_IN = {"spelling": "appearance", "crest": "school", "terms": "school", "councils": "school", "rates": "people"}
"""Parts that share a section with another, by the name that leads to them."""

_ASKS_FOR = {
    "school": "change_school",
    "rates": "see_cost",
    "keeping": "give_whole_record",
    "activity": "read_trail",
}
"""The deed that somebody must be allowed for a section, or a part of one, to be there."""


def make_settings_page(room: Room) -> Page:
    """The page "Settings". It may get the arg ``section``, one of ``SECTIONS``."""
    return SettingsPage(room)


class SettingsPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.set_heading(reference.say("shell.settings"))
        self.appearance = AppearancePart()
        self.spelling = SpellingPart(room)
        self.school = SchoolPart(room)
        self.crest = CrestPart(room)
        self.terms = TermsPart(room)
        self.councils = CouncilsPart(room)
        self.rates = RatesPart(room) if may(room.actor, _ASKS_FOR["rates"]) else None
        self.safety = SafetyPart(room)
        self.keys = KeysPart(room)
        self.kept = KeptPart(room)
        self.keeping = KeepingPart(room)
        self.people = PeoplePart(room)
        self.activity = ActivityPart(room)
        names = [each for each in SECTIONS if each not in _ASKS_FOR or may(room.actor, _ASKS_FOR[each])]
        self.tabs = TabBar(reference.say("shell.settings"), [(each, reference.say(f"settings.{each}")) for each in names])
        self.tabs.chosen.connect(self.choose)
        self._stack = Faces()
        self._places: dict[str, QWidget] = {}
        self._asking: list[Any] = []
        self._heads: dict[str, QWidget] = {}
        school = (
            *(self.school, self._head("crest"), self.crest),
            *(self._head("terms"), self.terms, self._head("councils"), self.councils),
        )
        costs = (self._head("rates"), self.rates) if self.rates else ()
        parts: dict[str, tuple[Any, ...]] = {
            "appearance": (self.appearance, self._head("spelling"), self.spelling),
            "school": school,
            "people": (self.people, *costs),
            "safety": (self.safety,),
            "keys": (self.keys,),
            "drafts": (self.kept,),
            "keeping": (self.keeping,),
            "activity": (self.activity,),
        }
        for name, those in parts.items():
            if name == "activity":  # its list scrolls by itself
                place: QWidget = holder(col(*those, gap=0, margins=(24, 20, 24, 20)))
            else:
                place = Scroll(col(*those, STRETCH, gap=16, margins=(24, 20, 24, 20)), reference.say(f"settings.{name}"))
            self._stack.addWidget(place)
            if name in names:
                self._places[name] = place
                self._asking += [each for each in those if hasattr(each, "ask")]
        self.setLayout(col(self.tabs, (self._stack, 1), gap=0))

    def show_for(self, args: Mapping[str, Any]) -> None:
        self.choose(str(args.get("section", self.tabs.value())))
        for part in self._asking:
            part.ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches("staff_member"):
            self.people.ask()
        if self.activity in self._asking:
            self.activity.ask()
        if saved.touches("school"):
            self.school.ask()
            self.terms.ask()
        if saved.touches("crest"):
            self.crest.ask()
        self.kept.ask()
        if self.rates and saved.touches("staff_rate", "council_rate", "staff_member"):
            self.rates.ask()
        if saved.touches("pupil", "legal_hold", "hand_over", "erasure"):
            self.keeping.ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.tabs, self._stack)

    def first_focus(self) -> QWidget | None:
        return first_stop(self.tabs)

    def choose(self, section: str) -> None:
        """Shows one section, or the section of a part of it, scrolled to that part."""
        place = _STANDS_IN.get(section, section)
        if place in self._places:
            self.tabs.choose(place)
            self._stack.setCurrentWidget(self._places[place])
            if section in self._heads:
                bring_to_top(self._heads[section])

    def _head(self, name: str) -> QWidget:
        """What stands above the second part of a section."""
        self._heads[name] = holder(col(Rule(), heading(reference.say(f"settings.{name}")), gap=16))
        return self._heads[name]
