"""The program with a window: what stands before the record and what stands in it, and the way from one to the other.

Opening, unlocking and closing a record happen on the desk's record thread, which alone may use its database.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from sencoapp import folders, reference
from sencoapp.domain.refusals import Fault, PlainMessage
from ui import quick_start
from ui.backup_watch import BackupWatch, LastBackup, problem_of
from ui.clipboard import ClipboardWatch
from ui.commands import command
from ui.crash import CrashHandler
from ui.door import Door
from ui.gate import Gate, Opened
from ui.idle import IDLE_SECONDS, IdleWatch
from ui.preferences import Preferences
from ui.sight import bring_into_sight
from ui.spelling import spelling
from ui.system_lock import SystemLock
from ui.tasks import Desk, Lane
from ui.theme import prefer_fusion, set_up, theme
from ui.window_place import stand_like

if TYPE_CHECKING:  # what an open record needs is loaded when one is opened (architecture.md, "Start-up")
    from sencoapp.domain.people import Role
    from sencoapp.domain.record import Saved
    from ui.bell import Bell
    from ui.calendar_watch import CalendarWatch
    from ui.room import Room
    from ui.shell import Shell
    from ui.tray import Tray


_COUNTED = (
    *("cycle", "request", "submission", "pupil", "told_senco", "observation", "sign_off", "session_mark", "school"),
    *("case_event", "council_case", "case_date", "case_step"),
)
"""What the figure beside Today is counted from."""


class Application(QObject):
    """Owns the desk and whichever window is shown. ``leave`` comes last, when Qt has ended."""

    def __init__(
        self,
        application: QApplication,
        gate: Gate,
        preferences: Preferences | None = None,
        *,
        crashes: CrashHandler | None = None,
        idle_seconds: float = IDLE_SECONDS,
        now: Callable[[], float] = time.time,
    ) -> None:
        super().__init__()
        self.gate = gate
        self.preferences = preferences or Preferences()
        self.crashes = crashes or CrashHandler(folders.log_folder())
        self.crashes.tell = self._tell
        self._idle_seconds, self._now = idle_seconds, now
        set_up(application, self.preferences.scheme, self.preferences.text_size)
        theme().changed.connect(self._keep_look)
        application.focusChanged.connect(self._follow_focus)
        self.desk = Desk(crash=self.crashes.take)
        self.desk.saved.connect(self._saved)
        self.door = Door(self.desk, gate, self.preferences)
        self.door.opened.connect(self.enter)
        self.shell: Shell | None = None
        self.room: Room | None = None
        self.opened: Opened | None = None
        self.clipboard = ClipboardWatch(self)
        self._watch: IdleWatch | None = None
        self._calendar: CalendarWatch | None = None
        self._bell: Bell | None = None
        self._tray: Tray | None = None
        self._note_waits = False
        """Somebody asked for the quick note while the record was locked: it opens once it is unlocked."""
        self._system: SystemLock | None = None

    def start(self) -> None:
        """Shows the first screen, and then loads what unlocking needs while the person types."""
        last = [each.folder for each in self.gate.records() if each.folder.name == self.preferences.last_record]
        self.gate.folder = last[0] if last else self.gate.folder
        self.door.show_first()
        self.door.show()
        QTimer.singleShot(0, quick_start.resume)
        QTimer.singleShot(0, self._wear_the_emblem)
        self.desk.query(self, self.gate.make_ready, lambda _: None)

    def be_reached(self, folder: Path) -> None:
        """From outside the window: by ``sencoapp note``, which a key of the desktop can be set to, and by the icon beside the clock."""
        from ui.bell import Bell
        from ui.tray import Tray, has_place

        self._bell = Bell(folder, self)
        self._bell.rung.connect(self.write_note)
        if has_place():
            self._tray = Tray(self, self.preferences, self.write_note, self.come_forward, self.lock)

    def _wear_the_emblem(self) -> None:
        from ui.emblem import emblem

        QApplication.setWindowIcon(emblem())

    def come_forward(self) -> None:
        """Brings the window to the front, as far as the desktop lets a program do that."""
        window = self.shell or self.door
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def write_note(self) -> None:
        """Opens the quick note; where the record is locked, as soon as it is unlocked."""
        self.come_forward()
        if self.room is not None:
            self.room.ways.new_observation()
        elif not self._note_waits:
            self._note_waits = True
            self.door.tell(reference.say("welcome.note_waits"))

    def enter(self, opened: Opened, where: str = "today") -> None:
        """Opens the window of a record that was just unlocked."""
        from ui.calendar_watch import CalendarWatch
        from ui.pages.document_elsewhere import ask_about_changes
        from ui.room import Room
        from ui.rooms import WindowWays, furnish
        from ui.shell import Shell

        self.opened = opened
        if not opened.demo:
            self.preferences.last_record = opened.place.profile.folder.name
        shell = Shell(self.desk, self.preferences, school=opened.school, person=opened.person, demo=opened.demo)
        ways = WindowWays(shell)
        self.room = ways.room = Room(opened.app, opened.place, self.desk, ways)
        self.shell = shell
        furnish(shell, self.room)
        spelling().open(self.room)
        shell.lock_wanted.connect(self.lock)
        shell.installEventFilter(self)
        self._watch = IdleWatch(shell, seconds=self._idle_seconds, now=self._now)
        self._watch.idle.connect(lambda: self.lock("locked_idle"))
        self._backups = BackupWatch(shell, self.desk, opened.place, self._watch.untouched_for)
        self._backups.told.connect(self._say_backup)
        shell.sync_wanted.connect(lambda: shell.open("settings", {"section": "safety"}))
        shell.restore_wanted.connect(self.restore)
        shell.removal_wanted.connect(self.remove)
        self._system = SystemLock(shell)
        self._system.locked.connect(lambda: self.lock("locked_with_computer"))
        if self.door.isVisible():
            stand_like(shell, self.door)
        if opened.demo:
            self._offer_other_eyes(shell)
        shell.open(where if shell.has(where) else shell.first_page())
        shell.show()
        self.door.hide()
        if opened.place.profile.warning is not None:
            shell.show_message(opened.place.profile.warning)
        self._calendar = CalendarWatch(shell, self.room)
        self._calendar.write()
        self._count_what_is_due()
        ask_about_changes(self.room, shell)
        self._wipe_what_was_left(self.room, shell)
        if self._note_waits:
            self._note_waits = False
            self.room.ways.new_observation()

    def _wipe_what_was_left(self, room: "Room", shell: "Shell") -> None:
        """Halves of files that a killed program left where they were to go. The drive may be slow, so nobody waits for it."""
        tray = room.place.out_tray

        def forget() -> None:
            room.ask(shell, lambda _: tray.remember(), lambda _: None)

        def wipe(left: object) -> None:
            if left:
                room.aside(shell, tray.wipe_left, lambda _: forget())

        room.ask(shell, lambda _: tray.left(), wipe)

    def _offer_other_eyes(self, shell: "Shell") -> None:
        """In the demo school one may be anybody; in a real record nobody is anybody else (``App.as_somebody``)."""
        roles: tuple[Role, ...] = ("senco", "teacher", "teaching_assistant", "head_teacher", "office")
        for role in roles:
            words = reference.say("welcome.become", who=reference.say(f"welcome.demo_as_{role}"))
            command(shell, words, partial(self.become, role), icon="users", also="role demo", everywhere=True)

    def become(self, role: "Role") -> None:
        """The demo school as somebody in another role sees it, in a window of its own."""
        opened = self.opened
        if opened is None:
            return
        settle_what_is_typed(self.shell)
        self.desk.query(self, lambda: self.gate.as_somebody(opened, role), self._became, self._tell_plainly)

    def _became(self, opened: Opened) -> None:
        if self.shell is not None:
            stand_like(self.door, self.shell)
        self.door.show()  # with no window left, Qt would end the program
        self._clear_away()
        self.enter(opened)

    def _tell_plainly(self, message: PlainMessage) -> None:
        if self.shell is not None:
            self.shell.show_message(message)

    def lock(self, what: str = "locked") -> None:
        """Closes the record and drops its key. What was being typed is kept as a draft first. ``what``: see ``Workplace.lock``."""
        if self.opened is None or self.shell is None:
            return
        settle_what_is_typed(self.shell)
        self.clipboard.empty()
        demo, place = self.gate.is_own_demo(self.opened), self.opened.place
        # The door comes before the window goes: with no window left, Qt would end the program.
        stand_like(self.door, self.shell)
        self.door.show_unlock(demo=demo)
        if what == "locked_idle":
            self.door.tell(reference.say("welcome.locked_idle"))
        self.door.show()
        self._clear_away()
        # Everything that was handed in before is done first: the record's thread keeps the order.
        last = LastBackup(place, lambda: place.lock(what), ends=False)
        self.desk.query(self, last.close, lambda _: self.desk.query(self, last.copy, lambda _: None, lane=Lane.BACKUPS))

    def restore(self) -> None:
        """Locks, and leads to the page on which a backup takes the record's place."""
        self.lock()
        self.door.show_restore()

    def remove(self, passphrase: str, with_copies: bool, refused: Callable[[PlainMessage], None]) -> None:
        """The open record leaves this computer for good. Meanwhile nothing locks or closes it: the removal does."""
        if self.opened is None or self.shell is None:
            return
        opened, self.opened = self.opened, None

        def stays(message: PlainMessage) -> None:
            self.opened = opened
            refused(message)

        removing = partial(self.gate.remove, opened, passphrase, with_copies=with_copies)
        self.desk.query(self, removing, lambda _: self._is_removed(), stays)

    def _is_removed(self) -> None:
        assert self.shell is not None
        self.clipboard.empty()
        stand_like(self.door, self.shell)
        self.door.show_first()
        self.door.tell(reference.say("welcome.removed"))
        self.door.show()
        self._clear_away()

    def leave(self) -> None:
        """Finishes what is under way, closes the record and ends the threads."""
        settle_what_is_typed(self.shell)
        for each in (self._bell, self._tray):
            if each is not None:
                each.stop()
        self.clipboard.stop()
        opened = self.opened or self.door.half_open()
        self._clear_away()
        self.door.hide()
        self.door.deleteLater()
        if opened is None:
            self.desk.shut_down()
            return
        last = LastBackup(opened.place, partial(opened.place.lock, "closed"), ends=True)
        self.desk.shut_down(last=last.close)
        last.copy()  # no window is left: nobody waits for a slow drive

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.shell and event.type() == QEvent.Type.Close:
            settle_what_is_typed(self.shell)
        return False

    # ---- within -----------------------------------------------------------------------------------------------------

    def _clear_away(self) -> None:
        shell, self.shell, self.room, self.opened = self.shell, None, None, None
        spelling().close()
        if self._watch is not None:
            self._watch.stop()
            self._watch = None
        if self._calendar is not None:
            self._calendar.stop()
            self._calendar = None  # it knows the window, which is to go
        if self._system is not None:
            self._system.stop()
            self._system = None
        if shell is not None:
            shell.removeEventFilter(self)
            self.preferences.geometry = shell.saveGeometry()
            shell.hide()
            shell.deleteLater()

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        bring_into_sight(now)
        if now is not None:  # and again when what has just appeared has found its place
            QTimer.singleShot(0, now, lambda: bring_into_sight(now))

    def _keep_look(self) -> None:
        self.preferences.scheme = theme().scheme
        self.preferences.text_size = theme().text_size

    def _saved(self, saved: "Saved", _owner: object) -> None:
        if saved.touches(*_COUNTED):
            self._count_what_is_due()
        if self._calendar is not None:
            self._calendar.take(saved)

    def _count_what_is_due(self) -> None:
        """The figure beside Today in the rail."""
        if self.room is None or self.shell is None or not self.shell.has("today"):
            return
        from sencoapp.services.teacher_home import has_teachers_home, how_much_is_asked
        from sencoapp.services.today import days_due, how_many_are_due

        if self._tray is not None:
            self.room.ask(self.shell, lambda place: days_due(place.session), self._tray.learn, replace="days due")
        count = how_much_is_asked if has_teachers_home(self.room.actor) else how_many_are_due
        self.room.ask(self.shell, lambda place: count(place.session), self._show_count, replace="due")

    def _say_backup(self, told: object) -> None:
        """Quietly, in the rail: a press leads to Settings, where it says what to do."""
        if self.shell is not None:
            problem = problem_of(told)
            self.shell.say_sync("triangle-alert" if problem else "", reference.say("shell.backup_trouble") if problem else "")

    def _show_count(self, count: int) -> None:
        if self.shell is not None:
            self.shell.set_count("today", str(count) if count else "")

    def _tell(self, fault: Fault) -> None:
        if self.shell is not None:
            self.shell.show_message(fault)
        elif self.door.isVisible():
            self.door.say(fault)
        else:
            sys.stderr.write(reference.explain(fault) + "\n")


def settle_what_is_typed(shell: "Shell | None") -> None:
    """Has everything that is written kept as a draft now: in the field with the focus, in a sheet, in every form of the window."""
    from ui.pages.form_draft import FormDraft

    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()
    if shell is not None:
        for draft in shell.findChildren(FormDraft):
            draft.keep()
        shell.close_sheet()


def _without_chatter(_kind: object, _place: object, words: str) -> None:
    """What Qt says on stderr, but for what the plugin without a screen says about every window."""
    if "propagateSizeHints" not in words:
        sys.stderr.write(words + "\n")


def run(*, profile: Path | None = None, pictures: Path | None = None, smoke: bool = False, note: bool = False) -> int:
    """Opens the window and returns when it is closed. ``note`` begins with the quick note.

    ``smoke`` closes it as soon as it is usable; ``pictures`` saves pictures of the main pages and returns.
    """
    named = profile or os.environ.get("SENCOAPP_PROFILE")
    folder = Path(named).expanduser() if named else None
    if pictures is not None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        qInstallMessageHandler(_without_chatter)
    prefer_fusion()
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    application.setApplicationName(reference.say("shell.app"))
    crashes = CrashHandler(folders.log_folder())
    crashes.install()
    if pictures is not None:
        from ui.pictures import take_pictures

        return take_pictures(application, folder or folders.default_folder(), pictures, crashes)
    keeper = Application(application, Gate(folder), crashes=crashes)
    try:
        keeper.start()
        keeper.be_reached(folder or folders.default_folder())
        if note:
            keeper.write_note()
        if smoke:
            keeper.desk.became_idle.connect(application.quit)
        return int(application.exec())
    finally:
        keeper.leave()
