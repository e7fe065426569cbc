"""A recovery sheet is only as good as its print: it is saved as a PDF, and four characters of it are typed back."""

import secrets
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.refusals import PlainMessage, Refusal
from ui.files import ask_to_save
from ui.pages.entrance import middle_left
from ui.pages.save_out import write_out
from ui.tasks import Desk, Lane
from ui.widgets import STRETCH, Button, Field, Form, LineField, Notice, col, row
from ui.widgets.announce import announce

_MISTAKEN = str.maketrans("OIL", "011")
"""The letters that the code does not use, for the figures they are taken for (Crockford's base 32)."""


class SheetProof(QWidget):
    """``proved`` is sent when the characters are those of the sheet. ``draw`` makes the PDF; it runs away from the window."""

    proved = Signal()

    def __init__(self, desk: Desk, place: Workplace, code: str, draw: Callable[[], bytes]) -> None:
        super().__init__()
        self._desk, self._place, self._draw = desk, place, draw
        self._groups = code.split("-")
        self.asked = secrets.randbelow(len(self._groups))
        self.save_button = Button(reference.say("welcome.save_sheet"), "primary", icon="printer", large=True, press=self.choose_place)
        self.saved_notice = Notice("success", "")
        self.saved_notice.hide()
        self.characters = LineField(width=120)
        self.characters.returnPressed.connect(self.go_on)
        self.form = Form()
        asked = Field(
            reference.say("welcome.type_back", number=self.asked + 1), self.characters, hint=reference.say("welcome.type_back_hint")
        )
        self.form.add("recovery_code", asked)
        self.go_on_button = Button(reference.say("welcome.continue"), "secondary", large=True, press=self.go_on)
        self.setLayout(
            col(middle_left(self.save_button), 6, self.saved_notice, 14, self.form, 8, row(self.go_on_button, STRETCH), gap=4, margins=0)
        )
        self.setFocusProxy(self.save_button)

    def choose_place(self) -> None:
        ask_to_save(self, reference.say("welcome.save_sheet"), reference.say("welcome.sheet_file"), "PDF (*.pdf)", self.save)

    def save(self, path: Path) -> None:
        """Draws the sheet away from the window and writes it."""

        def write(sheet: bytes) -> None:
            write_out(self._desk, self._place, self, {path: sheet}, lambda _: None, lambda _: self._saved(path), self._not_saved)

        self.save_button.setEnabled(False)
        self.form.clear_problems()
        self._desk.query(self, self._draw, write, self._not_saved, lane=Lane.ERRANDS)

    def go_on(self) -> None:
        """Goes on where the four characters are those of the sheet."""
        typed = "".join(each for each in self.characters.text().upper() if each.isalnum()).translate(_MISTAKEN)
        if typed == self._groups[self.asked]:
            self.form.clear_problems()
            self.proved.emit()
        else:
            self.form.refuse(Refusal("recovery_group_differs", field="recovery_code", number=self.asked + 1))

    def _saved(self, path: Path) -> None:
        self.save_button.setEnabled(True)
        self.save_button.set_kind("secondary")
        self.go_on_button.set_kind("primary")
        self.saved_notice.say(reference.say("welcome.sheet_saved", file=path))
        self.saved_notice.show()
        announce(reference.say("welcome.sheet_saved", file=path), self.save_button)
        self.characters.setFocus(Qt.FocusReason.OtherFocusReason)

    def _not_saved(self, message: PlainMessage) -> None:
        self.save_button.setEnabled(True)
        self.form.refuse(message)
