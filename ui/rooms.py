"""Which pages there are: each made when it is first opened, and its module loaded then."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.record import Saved
from ui.commands import command
from ui.finding import notes_found, pupils_found
from ui.page import Page
from ui.room import Room
from ui.shell import Shell
from ui.undoing import UndoRedo
from ui.widgets import Sheet

_PAGES = (
    # name, icon, module, what makes it, stands in the rail, under, other words for it
    ("today", "sun", "today", "make_today_page", True, "", "due home start"),
    ("pupils", "users", "register", "make_register_page", True, "", "register SEN list"),
    ("observations", "notebook-pen", "observations", "make_observations_page", True, "", "notes chronology"),
    ("plans", "repeat", "plans", "make_plans_page", True, "", "IEP cycle assess do review outcomes"),
    ("provision", "layout-grid", "provision", "make_provision_map_page", True, "", "cost interventions"),
    ("requests", "file-stack", "requests", "make_requests_page", True, "", "EHCP EHCNA needs assessment council"),
    ("pupil", "users-round", "pupil", "make_pupil_page", False, "pupils", ""),
    ("leaving", "users-round", "leaving", "make_leaving_page", False, "pupils", ""),
    ("receive", "inbox", "receive", "make_receive_page", False, "pupils", ""),
    ("import", "download", "import_pupils", "make_import_page", False, "pupils", ""),
    ("settings", "settings", "settings", "make_settings_page", False, "", "options preferences backup terms"),
)


class WindowWays:
    """What pages may ask of the window, on the real one."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self.room: Room | None = None
        self.undoing: UndoRedo | None = None

    def go(self, page: str, **where: Any) -> None:
        self._shell.open(page, where)

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

    def new_observation(self, pupil: str | None = None) -> None:
        from ui.pages.quick_entry import open_quick_entry

        assert self.room is not None
        open_quick_entry(self.room, pupil=pupil)


def furnish(shell: Shell, room: Room) -> None:
    """Makes all pages known to the window, and what its palette finds."""
    for name, icon, module, maker, in_rail, under, also in _PAGES:
        shell.register(
            name, icon, reference.say(f"welcome.page_{name}"), _factory(module, maker, room), rail=in_rail, under=under, also=also
        )
    assert isinstance(room.ways, WindowWays)
    room.ways.undoing = UndoRedo(room, shell)
    shell.new_observation_wanted.connect(lambda begins: room.ways.new_observation(begins.get("pupil")))
    shell.find_with(lambda text: pupils_found(room.place, text), lambda text: notes_found(room.place, text))
    words = reference.say("welcome.import_pupils")
    receive = reference.say("leaving_page.receive")
    command(shell, receive, lambda: shell.open("receive"), icon="inbox", also="senpupil transfer arrives new pupil", everywhere=True)
    command(shell, words, lambda: shell.open("import"), icon="download", also="CTF CSV Excel MIS file", everywhere=True)


def _factory(module: str, maker: str, room: Room) -> Callable[[], Page]:
    def make() -> Page:
        page = getattr(import_module(f"ui.pages.{module}"), maker)(room)
        assert isinstance(page, Page)
        return page

    return make
