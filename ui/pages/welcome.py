"""The first start on this computer: begin a record, look at the demo school, or restore a backup."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.pages.entrance import Entrance, letterhead
from ui.widgets import STRETCH, Button, Rule, Text, col, note, row


class WelcomePage(QWidget):
    """``begin_wanted``, ``demo_wanted``, ``restore_wanted``."""

    begin_wanted = Signal()
    demo_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.begin_button = Button(reference.say("welcome.begin_ours"), "primary", large=True, press=self.begin_wanted.emit)
        self.demo_button = Button(reference.say("welcome.explore_demo"), large=True, press=self.demo_wanted.emit)
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
            14,
            Rule(),
            8,
            row(self.restore_button, STRETCH),
            gap=6,
        )
        self.setLayout(col(Entrance(content), gap=0))
        self.setFocusProxy(self.begin_button)
