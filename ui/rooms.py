"""Which pages there are: each made when it is first opened, and its module loaded then."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.cases import CouncilCase
from sencoapp.domain.casework import Request
from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.delivery import SessionMark
from sencoapp.domain.effect import ProvisionMeasure
from sencoapp.domain.own_form import OwnForm
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, Observation
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.round_robins import QuestionSet
from sencoapp.domain.timetable import ProvisionSlot
from sencoapp.services.permissions import may, may_save, sees, sees_all, why_not_save
from ui.commands import command
from ui.finding import notes_found, pupils_found
from ui.page import Page
from ui.room import Refused, Room
from ui.shell import Shell
from ui.undoing import UndoRedo
from ui.widgets import Sheet

_PAGES = (
    # name, icon, module, what makes it, stands in the rail, under, other words for it, whom it is for
    ("today", "sun", "today", "make_today_page", True, "", "due home start", Cycle),
    ("pupils", "users", "register", "make_register_page", True, "", "register SEN list", Pupil),
    ("observations", "notebook-pen", "observations", "make_observations_page", True, "", "notes chronology", Observation),
    ("plans", "repeat", "plans", "make_plans_page", True, "", "IEP cycle assess do review outcomes", Cycle),
    ("loose", "link", "loose_ends", "make_loose_page", False, "plans", "", Cycle),
    ("thread", "link", "thread_board", "make_thread_page", False, "plans", "", Cycle),
    ("review", "repeat", "review_meeting", "make_review_page", False, "plans", "", "hold_review"),
    ("provision", "layout-grid", "provision", "make_provision_map_page", True, "", "cost interventions map", Provision),
    ("sessions", "square-check", "sessions", "make_sessions_page", True, "", "ran missed tick delivered ledger", SessionMark),
    ("requests", "file-stack", "requests", "make_requests_page", True, "", "EHCP EHCNA needs assessment council", Request),
    ("own_forms", "file-text", "own_forms", "make_own_forms_page", False, "requests", "", OwnForm),
    ("cases", "landmark", "cases", "make_cases_page", True, "", "annual review appeal mediation tribunal transfer complaint", CouncilCase),
    ("round_robins", "users", "round_robins", "make_round_robins_page", False, "plans", "", QuestionSet),
    ("pupil", "users-round", "pupil", "make_pupil_page", False, "pupils", "", Pupil),
    ("timetable", "calendar", "timetable", "make_timetable_page", False, "provision", "", ProvisionSlot),
    ("catalogue", "sparkles", "catalogue", "make_catalogue_page", False, "provision", "", CatalogueEntry),
    ("effect", "trending-up", "effect_by_term", "make_effect_page", False, "provision", "", ProvisionMeasure),
    ("costed", "scale", "costed_map", "make_costed_map_page", False, "pupils", "", "see_cost"),
    ("leaving", "users-round", "leaving", "make_leaving_page", False, "pupils", "", "give_whole_record"),
    ("receive", "inbox", "receive", "make_receive_page", False, "pupils", "", "give_whole_record"),
    ("import", "download", "import_pupils", "make_import_page", False, "pupils", "", "import"),
    ("settings", "settings", "settings", "make_settings_page", False, "", "options preferences backup terms crest logo", None),
)
"""Whom a page is for: those who see things of a kind, or who may do a deed (``rules/permissions.json``)."""


_FOUND_BY_PALETTE = (
    # page, its words, icon, other words for it: pages that are not in the rail
    ("own_forms", "own_form.title", "file-text", "word pdf docx template mapping fill council"),
    ("import", "welcome.import_pupils", "download", "CTF CSV Excel MIS file"),
    ("loose", "thread.to_list", "link", "golden thread orphans missing gaps"),
    ("review", "review.open_review", "repeat", "meeting group parents closing cycle"),
    ("round_robins", "round_robins.to_page", "users", "round-robin ask staff teachers questions answers reminder"),
    ("timetable", "welcome.to_timetable", "calendar", "week lesson clash two places slot"),
    ("catalogue", "welcome.to_catalogue", "sparkles", "interventions evidence dose bank"),
    ("effect", "provision_terms.to_page", "trending-up", "compare impact dose attendance chart terms"),
    ("receive", "leaving_page.receive", "inbox", "senpupil transfer arrives new pupil"),
)

_BEGUN_FROM_ANYWHERE = (
    # page, what begins there, other words for it, what one must be allowed to save
    ("requests", "request_page.start", "EHCP EHCNA needs assessment new ask council", Request),
    ("cases", "cases.start", "annual review appeal mediation tribunal transfer complaint new", CouncilCase),
)


class WindowWays:
    """What pages may ask of the window, on the real one."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.room: Room | None = None
        self.undoing: UndoRedo | None = None

    def go(self, page: str, **where: Any) -> None:
        """Somewhere that this person has no page for is said, and nothing happens."""
        if self._shell.has(page):
            self._shell.open(page, where)
        else:
            self._shell.toast(reference.say("permissions.not_here"))

    def toast(self, words: str, undo: Saved | Callable[[], None] | None = None) -> None:
        if isinstance(undo, Saved):
            saved = undo
            self._shell.toast(words, (lambda: self.undo_save(saved.save)) if saved.save else None)
        else:
            self._shell.toast(words, undo)

    def undo_save(self, save: str) -> None:
        assert self.undoing is not None
        self.undoing.undo_save(save)

    def show_sheet(self, sheet: QWidget) -> None:
        assert isinstance(sheet, Sheet)
        self._shell.show_sheet(sheet)

    def restore_backup(self) -> None:
        self._shell.restore_wanted.emit()

    def remove_record(self, passphrase: str, *, with_copies: bool, refused: Refused) -> None:
        self._shell.removal_wanted.emit(passphrase, with_copies, refused)

    def new_observation(self, pupil: str | None = None) -> None:
        from ui.pages.quick_entry import open_quick_entry

        assert self.room is not None
        if not may_save(self.room.actor, Observation):
            self._shell.toast(why_not_save(Observation))
            return
        open_quick_entry(self.room, pupil=pupil)


def furnish(shell: Shell, room: Room) -> None:
    """Makes all pages known to the window, and what its palette finds."""
    mine = not sees_all(room.actor, Pupil)
    for name, icon, module, maker, in_rail, under, also, whose in _PAGES:
        if _is_for(room, whose):
            label = reference.say("welcome.page_my_pupils" if name == "pupils" and mine else f"welcome.page_{name}")
            shell.register(name, icon, label, _factory(module, maker, room), rail=in_rail, under=under, also=also)
    if not may_save(room.actor, Observation):
        shell.forbid_observations(why_not_save(Observation))
    assert isinstance(room.ways, WindowWays)
    room.ways.undoing = UndoRedo(room, shell)
    shell.new_observation_wanted.connect(lambda begins: room.ways.new_observation(begins.get("pupil")))
    shell.find_with(lambda text: pupils_found(room.place, text), lambda text: notes_found(room.place, text))
    for page, words, icon, also in _FOUND_BY_PALETTE:
        if shell.has(page):
            command(shell, reference.say(words), partial(shell.open, page), icon=icon, also=also, everywhere=True)
    for page, words, also, kind in _BEGUN_FROM_ANYWHERE:
        if shell.has(page) and may_save(room.actor, kind):
            command(shell, reference.say(words), partial(_begin, shell, page), icon="plus", also=also, everywhere=True)


def _begin(shell: Shell, name: str) -> None:
    """On the page itself where it is in sight already: whoever thinks better of it is where they were."""
    here = shell.place()
    page: Any = shell.current_page() if here is not None and here.page == name else shell.open(name)
    page.start()


def _is_for(room: Room, whose: type | str | None) -> bool:
    if whose is None:
        return True
    return may(room.actor, whose) if isinstance(whose, str) else sees(room.actor, whose)


def _factory(module: str, maker: str, room: Room) -> Callable[[], Page]:
    def make() -> Page:
        page = getattr(import_module(f"ui.pages.{module}"), maker)(room)
        assert isinstance(page, Page)
        return page

    return make
