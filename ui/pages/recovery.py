"""The last step of the first run: the recovery sheet is saved, four characters of it are typed back, and then it begins."""

import secrets
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage, Refusal
from ui.files import ask_to_save
from ui.gate import Gate, Opened
from ui.pages.entrance import Entrance, letterhead, middle_left
from ui.tasks import Desk, Lane
from ui.widgets import STRETCH, Button, Field, Form, LineField, Notice, Text, col, holder, note, row

_MISTAKEN = str.maketrans("OIL", "011")
"""The letters that the code does not use, for the figures they are taken for (Crockford's base 32)."""


class RecoveryPage(QWidget):
    """``finished`` carries where to go now: ``import``, ``demo`` or ``today``."""

    finished = Signal(str)

    def __init__(self, desk: Desk, gate: Gate, opened: Opened) -> None:
        super().__init__()
        self._desk, self._gate, self._opened = desk, gate, opened
        self._groups = opened.code.split("-")
        self._asked = secrets.randbelow(len(self._groups))
        self.sheet_step = self._make_sheet_step()
        self.next_step = self._make_next_step()
        self.next_step.hide()
        self.setLayout(col(Entrance(col(letterhead(), 16, self.sheet_step, self.next_step, gap=0), width=680), gap=0))
        self.setFocusProxy(self.save_button)

    # ---- the sheet --------------------------------------------------------------------------------------------------

    def _make_sheet_step(self) -> QWidget:
        self.save_button = Button(reference.say("welcome.save_sheet"), "primary", icon="printer", large=True, press=self.choose_place)
        self.saved_notice = Notice("success", "")
        self.saved_notice.hide()
        self.characters = LineField(width=120)
        self.characters.returnPressed.connect(self.go_on)
        self.form = Form()
        asked = Field(
            reference.say("welcome.type_back", number=self._asked + 1), self.characters, hint=reference.say("welcome.type_back_hint")
        )
        self.form.add("recovery_code", asked)
        self.go_on_button = Button(reference.say("welcome.continue"), "secondary", large=True, press=self.go_on)
        self.skip_button = Button(reference.say("welcome.skip_sheet"), "link", press=self.show_next)
        return holder(
            col(
                note(reference.say("welcome.step", number=4, of=4)),
                Text(reference.say("welcome.sheet_title"), "display", wrap=True),
                10,
                Text(reference.say("welcome.sheet_why"), "body", wrap=True),
                10,
                middle_left(self.save_button),
                6,
                self.saved_notice,
                14,
                self.form,
                8,
                row(self.go_on_button, STRETCH),
                8,
                row(self.skip_button, STRETCH),
                Text(reference.say("welcome.skip_sheet_means"), "ui", "muted", wrap=True),
                gap=4,
            )
        )

    def choose_place(self) -> None:
        ask_to_save(self, reference.say("welcome.save_sheet"), reference.say("welcome.sheet_file"), "PDF (*.pdf)", self.save)

    def save(self, path: Path) -> None:
        """Draws the sheet away from the window and writes it."""

        def write() -> Path:
            from sencoapp.app import save_whole

            save_whole(path, self._gate.recovery_sheet(self._opened))
            return path

        self.save_button.setEnabled(False)
        self.form.clear_problems()
        self._desk.query(self, write, self._saved, self._not_saved, lane=Lane.ERRANDS)

    def _saved(self, path: Path) -> None:
        self.save_button.setEnabled(True)
        self.saved_notice.say(reference.say("welcome.sheet_saved", file=path))
        self.saved_notice.show()
        self.characters.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_saved(self, message: PlainMessage) -> None:
        self.save_button.setEnabled(True)
        self.form.refuse(message)

    def go_on(self) -> None:
        """Goes on where the four characters are those of the sheet."""
        typed = "".join(each for each in self.characters.text().upper() if each.isalnum()).translate(_MISTAKEN)
        if typed == self._groups[self._asked]:
            self.form.clear_problems()
            self.show_next()
        else:
            self.form.refuse(Refusal("recovery_group_differs", field="recovery_code", number=self._asked + 1))

    # ---- and now ----------------------------------------------------------------------------------------------------

    def show_next(self) -> None:
        self.sheet_step.hide()
        self.next_step.show()
        self.import_button.setFocus(Qt.FocusReason.OtherFocusReason)

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
