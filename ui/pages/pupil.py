"""A pupil's page: who it is, and everything about them under nine tabs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.background import PriorSchool
from sencoapp.domain.casework import Document, Request
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Contact, Pupil, SENprovision
from sencoapp.domain.plan import Cycle, Observation, View
from sencoapp.domain.record import Actor, Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.round_robins import RoundRobin
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import may, may_save, sees
from sencoapp.services.pupils import current_status, open_needs, statuses_of
from sencoapp.services.today import place_words
from ui.commands import command
from ui.page import Page
from ui.pages.pupil_words import area_of, born_words, joined
from ui.room import Room
from ui.theme import theme
from ui.widgets import Button, EmptyPlace, Faces, Notice, TabBar, area_chip, col, holder, status_chip
from ui.widgets.announce import announce

TABS = {
    "overview": ("ui.pages.pupil_overview", "OverviewTab"),
    "teaching": ("ui.pages.pupil_teaching", "TeachingTab"),
    "timeline": ("ui.pages.pupil_timeline", "TimelineTab"),
    "plan": ("ui.pages.plan", "PlanTab"),
    "provision": ("ui.pages.provision", "ProvisionTab"),
    "views": ("ui.pages.pupil_views", "ViewsTab"),
    "contacts": ("ui.pages.pupil_people", "PeopleTab"),
    "documents": ("ui.pages.pupil_documents", "DocumentsTab"),
    "requests": ("ui.pages.requests", "RequestsTab"),
    "background": ("ui.pages.pupil_background", "BackgroundTab"),
}
"""The tabs in their order, and where each is made: a tab is imported and built when it is first opened."""

_SEEN_WITH = {
    "timeline": Observation,
    "plan": Cycle,
    "views": View,
    "contacts": Contact,
    "documents": Document,
    "requests": Request,
    "background": PriorSchool,
}
"""The kind of things that a tab is about: who does not see them has no such tab."""


def tabs_for(actor: Actor) -> list[str]:
    """The tabs of a person: who writes in the record has the overview, who reads has one page to teach by."""
    writes = may_save(actor, Pupil, "change")
    others = {"overview": writes, "teaching": not writes, "provision": may(actor, "see_cost")}
    return [each for each in TABS if others.get(each, True) and (each not in _SEEN_WITH or sees(actor, _SEEN_WITH[each]))]


_ROOM_FOR_AREA = 1200
_HEADED = ("pupil", "sen_status", "sen_need", "cycle")


class PupilTab(Protocol):
    """What the page expects of a tab, which is a ``QWidget``."""

    def show_for(self, pupil: str, **where: Any) -> None: ...

    def refresh(self, saved: Saved) -> None: ...


_OF_OTHERS = ("school", "provision", "provision_place", "provision_staff", "provision_cost", "staff_rate")
"""What changes a pupil's page although it is not about the pupil: their provision, and what it costs when another joins."""


@dataclass(frozen=True)
class Heading:
    """What the bar at the top says of a pupil."""

    pupil: Pupil
    status: SENprovision
    area: str
    cycle: Cycle | None
    unchosen: tuple[str, str, str] | None
    """The kind, id and field of the first thing that two people wrote at the same time."""


def make_pupil_page(room: Room) -> Page:
    """The page of one pupil. Its args are ``pupil``, ``tab`` (a name of ``TABS``), and what that tab is to show."""
    return PupilPage(room)


class PupilPage(Page):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._name = ""
        self._heading: Heading | None = None
        self._room_there = (False, False)
        self._built: dict[str, QWidget] = {}
        self._shown: dict[str, str] = {}
        """Which pupil a tab shows; a tab that a save has made stale is left out, and shown anew when it is opened."""
        self._names = tabs_for(room.actor)
        self.tabs = TabBar(reference.say("pupil.tabs"), [(each, reference.say(f"pupil.tab_{each}")) for each in self._names])
        self._stack = Faces()
        self._gone = EmptyPlace(reference.say("pupil.gone"), reference.say("pupil.to_register"), icon="users")
        self._gone.pressed.connect(lambda: room.ways.go("pupils"))
        self._stack.addWidget(self._gone)
        choose = Button(reference.say("history.choose_now"), "link", press=self._choose)
        notice = Notice("warning", reference.say("history.two_texts_here"), choose)
        self._two_texts = holder(col(notice, margins=(24, 12, 20, 0)))
        self._two_texts.hide()
        self.again = Button(reference.say("pupil.try_again"), "link", press=self._try_again)
        self._unread = holder(col(Notice("danger", reference.say("pupil.unread"), self.again), margins=(24, 12, 20, 0)))
        self._unread.hide()
        room.desk.failed.connect(self._failed)
        self.setLayout(col(self.tabs, self._two_texts, self._unread, (self._stack, 1), gap=0))
        self.tabs.chosen.connect(lambda tab: self._open_tab(tab, {}))
        for number, tab in enumerate(self._names, start=1):
            words = reference.say("pupil.go_to_tab", tab=reference.say(f"pupil.tab_{tab}"))
            command(self, words, lambda tab=tab: self._turn_to(tab), f"Alt+{number}")  # type: ignore[misc]

        words = reference.say("history.open_pupil")
        self._remove = command(self, reference.say("history.remove_pupil"), self._ask_to_remove, also="delete hide mistake")
        self._remove.setEnabled(may_save(room.place.session.actor, Pupil, "remove"))
        if may_save(room.actor, RoundRobin):
            command(self, reference.say("round_robins.ask_staff"), self._ask_staff, icon="users", also="round-robin teachers questions")
        command(self, words, self._open_history, "Ctrl+Shift+H", icon="history", also="changed who when restore audit")

    # ---- the page ---------------------------------------------------------------------------------------------------

    def show_for(self, args: Mapping[str, Any]) -> None:
        where = dict(args)
        pupil, tab = str(where.pop("pupil", self._pupil)), str(where.pop("tab", ""))
        if pupil != self._pupil:
            self._pupil = pupil
            self.set_heading("", "")
            tab = tab or self._names[0]
        self._ask_heading()
        self.go_to_tab(tab if tab in self._names else self.tabs.value(), where)

    def refresh(self, saved: Saved) -> None:
        if self._pupil not in saved.pupils() and not saved.touches(*_OF_OTHERS):
            return
        if saved.touches(*_HEADED):
            self._ask_heading()
        here = self.tabs.value()
        self._shown = {tab: pupil for tab, pupil in self._shown.items() if tab == here}
        if here in self._shown:
            self._tab(here).refresh(saved)

    def panes(self) -> Sequence[QWidget]:
        return (self.tabs, self._stack)

    def first_focus(self) -> QWidget | None:
        return next((each for each in self.tabs.findChildren(Button) if each.isChecked()), None)

    def observation_args(self) -> Mapping[str, Any]:
        return {"pupil": self._pupil, "name": self._name} if self._pupil else {}

    def go_to_tab(self, tab: str, where: Mapping[str, Any] | None = None) -> None:
        """Opens a tab; ``where`` says what it is to show, such as a cycle."""
        self.tabs.choose(tab)
        self._open_tab(tab, where or {})

    def _turn_to(self, tab: str) -> None:
        """By key: the focus goes with it, for what had it in the last tab is out of sight now."""
        self.go_to_tab(tab)
        chosen = self.first_focus()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def tab(self, name: str) -> QWidget:
        """A tab, built if it was not yet."""
        return cast(QWidget, self._tab(name))

    def _ask_to_remove(self) -> None:
        from ui.pages.pupil_removal import ask_to_remove_pupil

        if self._pupil:
            ask_to_remove_pupil(self.room, self, self._pupil)

    def _choose(self) -> None:
        from ui.pages.history_sheet import open_history

        if self._heading is not None and self._heading.unchosen is not None:
            open_history(self.room, *self._heading.unchosen)

    def _ask_staff(self) -> None:
        self.room.ways.go("round_robins", ask=self._pupil)

    def _open_history(self) -> None:
        from ui.pages.history_sheet import open_history

        if self._pupil:
            open_history(self.room, "pupil", self._pupil)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _tab(self, name: str) -> PupilTab:
        if name not in self._built:
            module, kind = TABS[name]
            self._built[name] = getattr(import_module(module), kind)(self.room)
            self._stack.addWidget(self._built[name])
        return cast(PupilTab, self._built[name])

    def _open_tab(self, name: str, where: Mapping[str, Any]) -> None:
        tab = self._tab(name)
        self._unread.hide()
        if where or self._shown.get(name) != self._pupil:
            self._shown[name] = self._pupil
            tab.show_for(pupil=self._pupil, **where)
        self._stack.setCurrentWidget(self._built[name])

    def _failed(self, owner: object) -> None:
        """What a tab was to show could not be read: it is said, and asked for anew rather than left blank."""
        broken = [name for name, tab in self._built.items() if owner is tab or (isinstance(owner, QWidget) and tab.isAncestorOf(owner))]
        for name in broken:
            self._shown.pop(name, None)
        if self.tabs.value() in broken or owner is self:
            self._unread.show()

    def _try_again(self) -> None:
        self._shown = {}
        self.show_for({})
        chosen = self.first_focus()
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_heading(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _heading(place, pupil), self._show_heading, self._not_there, replace="heading")

    def _show_heading(self, found: Heading) -> None:
        pupil = found.pupil
        if pupil.id != self._pupil:
            return
        if self._name != pupil.name:
            announce(pupil.name, self)
        self.tabs.setAccessibleName(reference.say("pupil.tabs_of", name=pupil.name))
        self._name, self._heading = pupil.name, found
        self._two_texts.setVisible(found.unchosen is not None)
        due = found.cycle.review_due_on if found.cycle else None
        parts = (
            place_words(pupil.year, pupil.reg_group),
            born_words(pupil.birth_date),
            reference.say("pupil.next_review", date=full_date(due)) if due else "",
            reference.say("pupil.legal_name", name=pupil.legal_name) if _is_called_otherwise(pupil) else "",
        )
        chips = [
            status_chip(found.status, short=theme().is_narrow(self.window().width())),
            *([area_chip(found.area, short=self._is_tight())] if found.area else []),
        ]
        self.set_heading(pupil.name, joined(*parts), *chips)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_heading()

    def restyle(self) -> None:
        self._fit_heading()

    def _fit_heading(self) -> None:
        room = (self._is_tight(), theme().is_narrow(self.window().width()))
        if self._heading is not None and self._room_there != room:
            self._room_there = room
            self._show_heading(self._heading)

    def _is_tight(self) -> bool:
        """Whether the name needs the room that the long words of an area would take."""
        return self.window().width() < theme().px(_ROOM_FOR_AREA)

    def _not_there(self, message: PlainMessage) -> None:
        self.set_heading(reference.say("pupil.no_longer"))
        self._gone.say(reference.explain(message))
        self._stack.setCurrentWidget(self._gone)


def _heading(place: Workplace, pupil: str) -> Heading:
    record, today = place.session.record, place.session.clock.today()
    found = must_get(record, Pupil, pupil)
    needs = open_needs(record, pupil, today)
    cycle = next((each for each in record.find(Cycle, pupil=pupil) if each.closed_on is None), None)
    return Heading(
        pupil=found,
        status=current_status(statuses_of(record, pupil), today),
        area=area_of(needs[0].sen_type) if needs else "",
        cycle=cycle,
        unchosen=_unchosen(place, [("pupil", pupil), *([("cycle", cycle.id)] if cycle else [])]),
    )


def _unchosen(place: Workplace, things: Sequence[tuple[str, str]]) -> tuple[str, str, str] | None:
    found = ((kind, id, field) for kind, id in things for field in place.session.record.unchosen(id))
    return next(found, None)


def _is_called_otherwise(pupil: Pupil) -> bool:
    return (pupil.forename, pupil.surname) != (pupil.legal_forename, pupil.legal_surname)
