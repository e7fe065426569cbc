"""The window before a record is open: unlocking, the first run, the way into the demo school."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage
from ui.commands import command
from ui.gate import Gate, Opened
from ui.pages.unlock import UnlockPage
from ui.preferences import Preferences
from ui.tasks import Desk, Job
from ui.theme import theme
from ui.widgets import Notice, clear, col, holder
from ui.window_place import place_window

if TYPE_CHECKING:
    from sencoapp.domain.people import Role
    from ui.widgets.progress import ProgressStrip


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


class Door(QMainWindow):
    """``opened`` carries the ``Opened`` record and the page to begin with."""

    opened = Signal(object, str)

    def __init__(self, desk: Desk, gate: Gate, preferences: Preferences, *, today: Callable[[], date] = _today) -> None:
        super().__init__()
        self._desk, self._gate, self._preferences = desk, gate, preferences
        self._today = today
        self._new: Opened | None = None
        self._stack = QStackedWidget()
        self._notices = col(gap=4, margins=0)
        self._column = col(self._notices, (self._stack, 1), gap=0)
        self._progress: ProgressStrip | None = None
        self.setCentralWidget(holder(self._column))
        self.setWindowTitle(reference.say("shell.app"))
        self._add_commands()
        desk.lasting.connect(self._lasting)
        place_window(self, preferences.geometry)

    # ---- what is shown ----------------------------------------------------------------------------------------------

    def show_first(self) -> None:
        """Unlocking where there is a record, the welcome where there is none."""
        if self._gate.has_record():
            self.show_unlock()
        else:
            self.show_welcome()

    def show_unlock(self, *, demo: bool = False) -> None:
        page = UnlockPage(self._desk, self._gate, demo=demo)
        page.opened.connect(lambda opened: self._hand_over(opened, "today"))
        page.demo_wanted.connect(lambda: self.explore_demo())
        page.record_wanted.connect(self.show_first)
        page.restore_wanted.connect(self.show_restore)
        page.begin_wanted.connect(self.show_begin)
        self._show(page)

    def show_welcome(self) -> None:
        from ui.pages.welcome import WelcomePage

        page = WelcomePage()
        page.demo_as_wanted.connect(self.explore_demo)
        page.begin_wanted.connect(self.show_begin)
        page.demo_wanted.connect(lambda: self.explore_demo())
        page.restore_wanted.connect(self.show_restore)
        self._show(page)

    def show_restore(self) -> None:
        """A backup in the place of the record; from here it is left for the first screen, whichever that is then."""
        from ui.pages.restore import RestorePage

        page = RestorePage(self._desk, self._gate)
        page.restored.connect(self.show_first)
        page.left.connect(self.show_first)
        self._show(page)

    def show_begin(self) -> None:
        from ui.pages.begin import BeginPage

        page = BeginPage(self._desk, self._gate, self._today())
        page.begun.connect(self.show_recovery)
        page.left.connect(self.show_first)
        self._show(page)

    def show_recovery(self, opened: Opened) -> None:
        """The sheet of a record that has just begun; the record stays open meanwhile."""
        from ui.pages.recovery import RecoveryPage

        self._new = opened
        page = RecoveryPage(self._desk, self._gate, opened)
        page.finished.connect(self._finished)
        self._show(page)

    def explore_demo(self, role: "Role" = "senco") -> None:
        """Opens the demo school as somebody in this role; it is made now where it is wanted for the first time."""
        job = Job(reference.say("welcome.making_demo"), can_stop=False)
        self._stack.setEnabled(False)
        self._desk.query(
            self, lambda: self._gate.explore_demo(job.progress, role), lambda opened: self._hand_over(opened, "today"), self.say, job=job
        )

    def say(self, message: PlainMessage) -> None:
        """A refusal or a fault that no form takes."""
        self._stack.setEnabled(True)
        self._notices.addWidget(Notice("danger", reference.explain(message), dismissable=True))

    def tell(self, words: str) -> None:
        """Something to know before unlocking."""
        self._notices.addWidget(Notice("info", words, dismissable=True))

    def page(self) -> QWidget | None:
        """What is shown."""
        return self._stack.currentWidget()

    def half_open(self) -> Opened | None:
        """The record that has begun and was not handed over yet."""
        return self._new

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        self._preferences.geometry = self.saveGeometry()
        self._preferences.keep()
        super().closeEvent(event)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _add_commands(self) -> None:
        def resize(by: float | None) -> None:
            theme().use(text_size=1.0 if by is None else theme().text_size + by)

        command(self, reference.say("shell.larger_text"), lambda: resize(0.1), "Ctrl++", "Ctrl+=", everywhere=True)
        command(self, reference.say("shell.smaller_text"), lambda: resize(-0.1), "Ctrl+-", everywhere=True)
        command(self, reference.say("shell.usual_text"), lambda: resize(None), "Ctrl+0", everywhere=True)

    def _show(self, page: QWidget) -> None:
        old = self._stack.currentWidget()
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.setEnabled(True)
        self._stack.addWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finished(self, where: str) -> None:
        opened, self._new = self._new, None
        assert opened is not None  # the recovery page is only shown for a record that is open
        if where == "demo":
            place = opened.place
            self._desk.query(self, place.close, lambda _: self.explore_demo())
        else:
            self._hand_over(opened, where)

    def _hand_over(self, opened: Opened, where: str) -> None:
        self._stack.setEnabled(True)
        clear(self._notices)  # what was to be known before is old news at the next lock
        self.opened.emit(opened, where)

    def _lasting(self, job: Job) -> None:
        if not self.isVisible():
            return
        if self._progress is None:
            from ui.widgets.progress import ProgressStrip

            self._progress = ProgressStrip()
            self._column.addWidget(self._progress)
        self._progress.follow(job)
