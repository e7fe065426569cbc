"""The first start on this computer: begin a record, look at the demo school, or lay out a backup."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage
from ui.files import ask_for_file
from ui.gate import Gate
from ui.pages.entrance import Entrance, letterhead
from ui.tasks import Desk
from ui.widgets import STRETCH, Button, Notice, Rule, Text, col, note, row


class WelcomePage(QWidget):
    """``begin_wanted``, ``demo_wanted``; ``restored`` when a backup lies where the record belongs and can be unlocked."""

    begin_wanted = Signal()
    demo_wanted = Signal()
    restored = Signal()

    def __init__(self, desk: Desk, gate: Gate) -> None:
        super().__init__()
        self._desk, self._gate = desk, gate
        self.begin_button = Button(reference.say("welcome.begin_ours"), "primary", large=True, press=self.begin_wanted.emit)
        self.demo_button = Button(reference.say("welcome.explore_demo"), large=True, press=self.demo_wanted.emit)
        self.restore_button = Button(reference.say("welcome.restore"), "link", icon="history", press=self.choose_backup)
        self.notice = Notice("danger", "")
        self.notice.hide()
        content = col(
            letterhead(),
            20,
            Text(reference.say("welcome.welcome"), "display", wrap=True),
            Text(reference.say("welcome.what_it_is"), "body", wrap=True),
            14,
            self.notice,
            self.begin_button,
            note(reference.say("welcome.begin_ours_means"), wrap=True),
            10,
            self.demo_button,
            note(reference.say("welcome.explore_demo_means"), wrap=True),
            14,
            Rule(),
            8,
            row(self.restore_button, STRETCH),
            gap=6,
        )
        self.setLayout(col(Entrance(content), gap=0))
        self.setFocusProxy(self.begin_button)

    def choose_backup(self) -> None:
        ask_for_file(self, reference.say("welcome.restore"), reference.say("welcome.backup_files"), self.restore)

    def restore(self, backup: Path) -> None:
        self._be_busy(True)
        self._desk.query(self, lambda: self._gate.restore(backup), lambda _: self._restored(), self.say_problem)

    def say_problem(self, message: PlainMessage) -> None:
        self._be_busy(False)
        self.notice.say(reference.explain(message))
        self.notice.show()

    def _restored(self) -> None:
        self._be_busy(False)
        self.restored.emit()

    def _be_busy(self, busy: bool) -> None:
        self.notice.hide()
        for each in (self.begin_button, self.demo_button, self.restore_button):
            each.setEnabled(not busy)
