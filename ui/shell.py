"""The window around every page: the rail, the bar at the top, the pages, the palette, and the keys that work everywhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QStackedWidget, QWidget

from sencoapp import reference
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from ui.commands import command, shortcut_words, with_shortcut
from ui.header import Header
from ui.page import Page, Place
from ui.palette import Finder, Palette
from ui.preferences import Preferences
from ui.rail import Rail
from ui.tab_key import TabWindow
from ui.tasks import Desk, Job
from ui.theme import Scheme, theme
from ui.widgets.announce import announce
from ui.widgets.layout import col, holder, row
from ui.widgets.notice import Notice
from ui.widgets.overlays import Sheet, Toast
from ui.widgets.progress import ProgressStrip
from ui.window_place import place_window

PageFactory = Callable[[], Page]


@dataclass
class _Registered:
    factory: PageFactory
    label: str
    under: str
    page: Page | None = None
    frame: QScrollArea | None = None
    missed: Saved | None = None


class Shell(TabWindow):
    """The window of an open record."""

    new_observation_wanted = Signal(object)
    """What it begins with: the ``observation_args`` of the page in sight."""
    lock_wanted = Signal()
    sync_wanted = Signal()
    restore_wanted = Signal()
    removal_wanted = Signal(str, bool, object)
    """A backup is to take the place of this record: it has to be locked for that."""
    page_opened = Signal(str)

    def __init__(self, desk: Desk, preferences: Preferences, *, school: str, person: str, demo: bool = False) -> None:
        super().__init__()
        self.desk = desk
        self._preferences = preferences
        self._demo = demo
        self._pages: dict[str, _Registered] = {}
        self._history: list[Place] = []
        self._here = -1
        self._sheet: Sheet | None = None
        self._narrow: bool | None = None
        self._build(school, person)
        self._add_commands()
        desk.saved.connect(self._saved)
        desk.refused.connect(self._refused)
        desk.lasting.connect(self._lasting)
        desk.became_idle.connect(self._back_in_sight)
        theme().changed.connect(self._fit)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._keep_focus)
        place_window(self, preferences.geometry)
        self._fit()

    def _build(self, school: str, person: str) -> None:
        self.rail = Rail(school, person)
        self.header = Header()
        self._notices = col(gap=4, margins=(24, 0, 24, 0))
        self._stack = QStackedWidget()
        self._progress = ProgressStrip()
        self._page_area = holder(col(self.header, self._notices, (self._stack, 1), self._progress, gap=0))
        self._page_area.setAccessibleName(reference.say("shell.content"))
        centre = holder(row(self.rail, (self._page_area, 1), gap=0))
        self.setCentralWidget(centre)
        self._toast = Toast(self._page_area)
        self._toast.pressed.connect(self._never_lost)
        self.palette_sheet = Palette(centre, self.desk, self.commands)
        self.palette_sheet.place_picked.connect(self._go)
        self.rail.chosen.connect(lambda name: self.open(name))
        self.rail.sync_pressed.connect(self.sync_wanted)
        self.rail.settings_pressed.connect(lambda: self.open("settings"))
        self.rail.lock_pressed.connect(self.lock_wanted)
        self.header.back_pressed.connect(self.go_back)
        self.header.find_pressed.connect(self.palette_sheet.open)
        self.header.new_pressed.connect(self.new_observation)

    # ---- pages ------------------------------------------------------------------------------------------------------

    def register(
        self, name: str, icon: str, label: str, factory: PageFactory, *, rail: bool = True, under: str = "", also: str = ""
    ) -> None:
        """Makes a page known; it is built when it is first opened.

        ``rail`` false leaves it out of the side bar, where ``under`` then stays marked while it is open. ``also`` are other words
        by which the palette finds it. "settings" has its own place at the foot of the rail.
        """
        self._pages[name] = _Registered(factory, label, under)
        if name == "settings":
            self.rail.offer_settings()
            self._command("settings", lambda: self.open("settings"), "Ctrl+,", icon=icon, also=also)
        elif rail:
            number = sum(1 for each in self._pages.values() if not each.under and each.label != "") - ("settings" in self._pages)
            keys = (f"Ctrl+{number}",) if number <= 9 else ()
            words = reference.say("shell.go_to", place=label)
            action = command(self, words, lambda: self.open(name), *keys, icon=icon, also=f"{label} {also}", everywhere=True)
            action.setProperty("place", True)
            button = self.rail.add_place(name, icon, label, shortcut_words(action))
            # Backwards, since Qt leaves aside what seems to follow already; the places come before the foot of the rail, then the header.
            for stop in (*reversed(self.header.stops()), *reversed(self.rail.foot_stops())):
                QWidget.setTabOrder(button, stop)
        else:
            self._pages[name].under = under or name

    def open(self, name: str, args: Mapping[str, Any] | None = None) -> Page:
        """Opens a page, from now on the newest of the history. Raises ``KeyError`` for a page that was not registered."""
        place = Place(name, dict(args or {}))
        del self._history[self._here + 1 :]
        if not self._history or self._history[-1] != place:
            self._history.append(place)
        self._here = len(self._history) - 1
        return self._show(place)

    def has(self, name: str) -> bool:
        """Whether the person at this window has a page of this name."""
        return name in self._pages

    def first_page(self) -> str:
        """Where the window begins: the first place of the rail."""
        return next(iter(self._pages))

    def forbid_observations(self, why: str) -> None:
        """Whoever sits here writes no notes: the command says why."""
        self._new.setEnabled(False)
        self._new.setStatusTip(why)
        self.header.new_button.setEnabled(False)
        self.header.new_button.setToolTip(why)

    def place(self) -> Place | None:
        """Where the window is now."""
        return self._history[self._here] if self._history else None

    def current_page(self) -> Page | None:
        place = self.place()
        return self._pages[place.page].page if place else None

    def go_back(self) -> None:
        if self._here > 0:
            self._here -= 1
            self._show(self._history[self._here])

    def go_forward(self) -> None:
        if self._here + 1 < len(self._history):
            self._here += 1
            self._show(self._history[self._here])

    # ---- what pages ask for -----------------------------------------------------------------------------------------

    def toast(self, words: str, undo: Callable[[], object] | None = None, label: str = "") -> None:
        """One line at the bottom left, with Undo (or another word) where something can be undone."""
        self._toast.say(words, undo, label)

    def show_sheet(self, sheet: Sheet) -> None:
        """Lays a sheet over the page; one that is open closes."""
        if self._sheet is not sheet:
            self.close_sheet()
        self._sheet = sheet
        sheet.closed.connect(self._never_lost)
        sheet.open_over(self._page_area, below=self.header)
        self._toast.make_way()

    def close_sheet(self) -> None:
        """Closes the sheet that lies over the page; one that is written in keeps its draft."""
        if self._sheet is not None and self._sheet.isVisible():
            self._sheet.close_sheet()

    def show_message(self, message: PlainMessage) -> None:
        """A refusal or a fault that no form takes: a notice above the page, until it is dismissed."""
        notice = Notice("danger", reference.explain(message), dismissable=True)
        self._notices.addWidget(notice)
        announce(reference.explain(message), self)

    def find_with(self, pupils: Finder | None, notes: Finder | None) -> None:
        """Where the palette finds pupils and notes. Each ``Suggestion`` carries the ``Place`` to go to."""
        self.palette_sheet.find_with(pupils, notes)

    def say_sync(self, icon: str, words: str) -> None:
        self.rail.say_sync(icon, words)

    def set_count(self, name: str, words: str) -> None:
        """A figure beside a place of the rail."""
        self.rail.set_count(name, words)

    def commands(self) -> list[QAction]:
        """Everything that can be done from here: the commands of the page in sight, then those of the window."""
        page = self.current_page()
        return [*(page.actions() if page is not None else []), *self.actions()]

    def new_observation(self) -> None:
        self.new_observation_wanted.emit(dict(page.observation_args()) if (page := self.current_page()) is not None else {})

    # ---- keys -------------------------------------------------------------------------------------------------------

    def _command(self, key: str, run: Callable[[], object], *keys: str, icon: str = "", also: str = "") -> QAction:
        return command(self, reference.say(f"shell.{key}"), run, *keys, icon=icon, also=also, everywhere=True)

    def _add_commands(self) -> None:
        self._new = new = self._command("new_observation", self.new_observation, "Ctrl+N", icon="plus", also="note write record")
        find = self._command("find_anything", self.palette_sheet.open, "Ctrl+K", icon="search", also="palette command search")
        self.header.new_button.setToolTip(with_shortcut(new.text(), new))
        self.header.find_button.setToolTip(with_shortcut(find.text(), find))
        self._command("find_here", self._find_here, "Ctrl+F", icon="search", also="filter search list")
        self._command("back", self.go_back, "Alt+Left", icon="chevron-left")
        self._command("forward", self.go_forward, "Alt+Right", icon="chevron-right")
        self._command("next_pane", lambda: self._next_pane(1), "F6", also="focus")
        self._command("previous_pane", lambda: self._next_pane(-1), "Shift+F6", also="focus")
        self._command("collapse_rail", self._toggle_rail, "F9", also="sidebar menu")
        self._command("lock", self.lock_wanted.emit, "Ctrl+L", icon="lock", also="leave close sign out")
        self._command("larger_text", lambda: self._resize_text(0.1), "Ctrl++", "Ctrl+=", icon="plus", also="zoom bigger size")
        self._command("smaller_text", lambda: self._resize_text(-0.1), "Ctrl+-", icon="minus", also="zoom size")
        self._command("usual_text", lambda: self._resize_text(None), "Ctrl+0", also="zoom reset size")
        self._command("theme_light", lambda: self._use_scheme(Scheme.LIGHT), icon="sun", also="theme appearance")
        self._command("theme_dark", lambda: self._use_scheme(Scheme.DARK), also="theme night appearance")
        self._command("theme_contrast", lambda: self._use_scheme(Scheme.HIGH_CONTRAST), also="theme accessibility appearance")
        self._command("theme_system", lambda: self._use_scheme(Scheme.SYSTEM), also="theme appearance automatic")

    def _find_here(self) -> None:
        page = self.current_page()
        field = page.search() if page is not None else None
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.palette_sheet.open()

    def _next_pane(self, step: int) -> None:
        page = self.current_page()
        panes: list[QWidget] = [self.rail, self.header, *(page.panes() if page is not None else ())]
        if self._sheet is not None and self._sheet.isVisible():
            panes.append(self._sheet)
        focus = QApplication.focusWidget()
        here = next(
            (n for n in reversed(range(len(panes))) if focus is not None and (panes[n] is focus or panes[n].isAncestorOf(focus))), -1
        )
        for distance in range(1, len(panes) + 1):
            target = first_stop(panes[(here + step * distance) % len(panes)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _resize_text(self, by: float | None) -> None:
        theme().use(text_size=1.0 if by is None else theme().text_size + by)
        self._preferences.text_size = theme().text_size
        announce(f"{round(theme().text_size * 100)} %", self)

    def _use_scheme(self, scheme: Scheme) -> None:
        theme().use(scheme=scheme)
        self._preferences.scheme = scheme

    def _toggle_rail(self) -> None:
        self._preferences.rail_collapsed = not self._preferences.rail_collapsed
        self._fit()

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.geometry = self.saveGeometry()
        self._preferences.keep()
        super().closeEvent(event)

    @Slot()
    def _fit(self) -> None:
        narrow = theme().is_narrow(self.width())
        self.rail.collapse(narrow or self._preferences.rail_collapsed)
        if narrow != self._narrow:
            self._narrow = narrow
            self.header.be_narrow(narrow)
            if (page := self.current_page()) is not None:
                page.be_narrow(narrow)

    # ---- what happens -----------------------------------------------------------------------------------------------

    def _show(self, place: Place) -> Page:
        known = self._pages[place.page]
        if known.page is None or known.frame is None:
            known.page = known.factory()
            known.frame = _frame(known.page, known.label)
            self._stack.addWidget(known.frame)
        page = known.page
        self._stack.setCurrentWidget(known.frame)
        self.rail.mark(known.under or place.page)
        if not page.title:
            page.title = known.label
        missed, known.missed = known.missed, None
        if missed is not None:
            page.refresh(missed)
        page.show_for(place.args)
        self.header.show_page(page, can_go_back=bool(known.under) and self._here > 0)
        # The title of a page may hold a pupil's name, and the task bar shows this to everyone.
        words = "shell.demo_title" if self._demo else "shell.window_title"
        self.setWindowTitle(reference.say(words, title=known.label))
        page.be_narrow(bool(self._narrow))
        self._focus_on(page)
        self.page_opened.emit(place.page)
        return page

    def _focus_on(self, page: Page) -> None:
        """Where the page wants it; else it stays in the rail with a person who goes through the places, and is never lost."""
        first = page.first_focus()
        now = QApplication.focusWidget()
        if first is None and (now is None or not now.isVisible() or not self.rail.isAncestorOf(now)):
            first = next((stop for stop in map(first_stop, page.panes()) if stop is not None), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot("QWidget*", "QWidget*")
    def _keep_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Where the part of a page that had the focus goes, Qt gives it to the next thing in the window, and be it Undo: it stays here."""
        page = self.current_page()
        if page is None or before is None or now is None or before.isVisible() or not page.isAncestorOf(before):
            return
        if not page.isAncestorOf(now) and self.isAncestorOf(now):
            QTimer.singleShot(0, self, lambda: self._give_back_focus(page, now))

    def _give_back_focus(self, page: Page, strayed_to: QWidget) -> None:
        if QApplication.focusWidget() is not strayed_to or self.current_page() is not page:
            return
        first = page.first_focus() or next((stop for stop in map(first_stop, page.panes()) if stop is not None), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _never_lost(self) -> None:
        """Where a sheet or a toast that had the focus goes, and nothing has it now, it comes to the page."""
        page, now = self.current_page(), self.focusWidget()
        if page is not None and (now is None or not now.isVisible() or self._toast.isAncestorOf(now)):
            self._focus_on(page)

    def _back_in_sight(self) -> None:
        """What had the focus while a page was being read may have given way to what was found."""
        if (now := self.focusWidget()) is not None and not now.isVisible():
            self._never_lost()

    def _go(self, place: Place) -> None:
        self.open(place.page, place.args)

    @Slot(object, object)
    def _saved(self, saved: Saved, initiator: QObject | None) -> None:
        shown = self.current_page()
        for known in self._pages.values():
            if known.page is None:
                continue
            if known.page is shown:
                known.page.refresh(saved)
            else:
                earlier = known.missed.touched if known.missed else frozenset()
                known.missed = Saved(saved.position, earlier | saved.touched)

    @Slot(object, object)
    def _refused(self, message: PlainMessage, initiator: QObject) -> None:
        self.show_message(message)

    @Slot(object)
    def _lasting(self, job: Job) -> None:
        self._progress.follow(job)


def first_stop(pane: QWidget) -> QWidget | None:
    """The first thing in a pane that the Tab key stops at."""
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus and pane.isEnabled():
        return pane
    stops = (each for each in pane.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return next((each for each in stops if each.isEnabled() and each.isVisible()), None)


def _frame(page: Page, name: str) -> QScrollArea:
    """What lets a page scroll where the window is too small for it, so that nothing is cut."""
    frame = QScrollArea()
    frame.setWidgetResizable(True)
    frame.setFrameShape(QFrame.Shape.NoFrame)
    frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    frame.setAccessibleName(name)
    frame.setWidget(page)
    frame.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return frame
