"""The first start on this computer: begin a record, look at the demo school, or restore a backup."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.pages.entrance import Entrance, letterhead
from ui.widgets import STRETCH, Button, Rule, Text, col, flow, note, row


class WelcomePage(QWidget):
    """``begin_wanted``, ``demo_wanted``, ``restore_wanted``."""

    begin_wanted = Signal()
    demo_wanted = Signal()
    demo_as_wanted = Signal(str)
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.begin_button = Button(reference.say("welcome.begin_ours"), "primary", large=True, press=self.begin_wanted.emit)
        self.demo_button = Button(reference.say("welcome.explore_demo"), large=True, press=self.demo_wanted.emit)
        self.demo_as = [self._demo_as(role) for role in ("teacher", "teaching_assistant", "head_teacher", "office")]
        self.restore_button = Button(reference.say("welcome.restore"), "link", icon="history", press=self.restore_wanted.emit)
        content = col(
            letterhead(),
            20,
            Text(reference.say("welcome.welcome"), "display", wrap=True),
            Text(reference.say("welcome.what_it_is"), "body", wrap=True),
            14,
            self.begin_button,
            note(reference.say("welcome.begin_ours_means"), wrap=True),
            10,
            self.demo_button,
            note(reference.say("welcome.explore_demo_means"), wrap=True),
            4,
            note(reference.say("welcome.explore_demo_as")),
            flow(*self.demo_as),
            14,
            Rule(),
            8,
            row(self.restore_button, STRETCH),
            gap=6,
        )
        self.setLayout(col(Entrance(content), gap=0))
        self.setFocusProxy(self.begin_button)

    def _demo_as(self, role: str) -> Button:
        words = reference.say(f"welcome.demo_as_{role}")
        return Button(words, "link", name=reference.say("welcome.demo_as", who=words), press=lambda: self.demo_as_wanted.emit(role))
