"""The last step of the first run: the recovery sheet is saved and proved, and then it begins."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.gate import Gate, Opened
from ui.pages.entrance import Entrance, letterhead
from ui.pages.sheet_proof import SheetProof
from ui.tasks import Desk
from ui.widgets import STRETCH, Button, Text, col, holder, note, row


class RecoveryPage(QWidget):
    """``finished`` carries where to go now: ``import``, ``demo`` or ``today``."""

    finished = Signal(str)

    def __init__(self, desk: Desk, gate: Gate, opened: Opened) -> None:
        super().__init__()
        self.proof = SheetProof(desk, opened.place, opened.code, lambda: gate.recovery_sheet(opened))
        self.proof.proved.connect(self.show_next)
        self.sheet_step = self._make_sheet_step()
        self.next_step = self._make_next_step()
        self.next_step.hide()
        self.setLayout(col(Entrance(col(letterhead(), 16, self.sheet_step, self.next_step, gap=0), width=680), gap=0))
        self.setFocusProxy(self.proof)

    def show_next(self) -> None:
        self.sheet_step.hide()
        self.next_step.show()
        self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_sheet_step(self) -> QWidget:
        self.skip_button = Button(reference.say("welcome.skip_sheet"), "link", press=self.show_next)
        return holder(
            col(
                note(reference.say("welcome.step", number=4, of=4)),
                Text(reference.say("welcome.sheet_title"), "display", wrap=True),
                10,
                Text(reference.say("welcome.sheet_why"), "body", wrap=True),
                10,
                self.proof,
                8,
                row(self.skip_button, STRETCH),
                Text(reference.say("welcome.skip_sheet_means"), "ui", "muted", wrap=True),
                gap=4,
            )
        )

    def _make_next_step(self) -> QWidget:
        self.import_button = Button(
            reference.say("welcome.import_pupils"), "primary", icon="download", large=True, press=lambda: self.finished.emit("import")
        )
        self.demo_button = Button(reference.say("welcome.explore_demo"), large=True, press=lambda: self.finished.emit("demo"))
        self.today_button = Button(reference.say("welcome.begin_empty"), "link", press=lambda: self.finished.emit("today"))
        return holder(
            col(
                Text(reference.say("welcome.record_is_there"), "display", wrap=True),
                10,
                Text(reference.say("welcome.what_next"), "body", wrap=True),
                14,
                self.import_button,
                self.demo_button,
                row(self.today_button, STRETCH),
                gap=8,
            )
        )
