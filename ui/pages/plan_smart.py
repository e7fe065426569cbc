"""The helper that makes one sentence of an outcome's parts. It shows the sentence as it grows; nothing changes until it is used."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal

from sencoapp import reference
from sencoapp.services.smart import does_in, missing_parts, smart_sentence
from ui.pages.plan_words import wording
from ui.widgets import STRETCH, Button, Field, LineField, Surface, Text, col, heading, row


class SmartHelper(Surface):
    """``values`` gives the measure as it stands in the form; ``used`` sends the sentence that a person takes over."""

    used = Signal(str)

    def __init__(self, name: str, values: Callable[[], Mapping[str, Any]]) -> None:
        self._name, self._values = name, values
        self.does = LineField()
        self.preview = Text("", "body", wrap=True)
        self._missing = Text("", "small", "muted", wrap=True)
        self.use = Button(wording("smart_use"), "secondary", icon="check", press=lambda: self.used.emit(self.sentence()))
        field = Field(wording("smart_does", name=name), self.does, hint=wording("smart_does_hint"))
        parts = (heading(wording("smart_title")), field, self.preview, self._missing, row(self.use, STRETCH))
        super().__init__("sunken", col(*parts, gap=8, margins=14))
        self.does.textEdited.connect(lambda _: self.look())
        self.look()

    def go_to(self) -> None:
        """Where the sentence is begun."""
        self.does.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, text: str) -> None:
        """Takes what the pupil will do out of a sentence that was made here before."""
        self.does.setText(does_in(text, self._name, self._values()))
        self.look()

    def sentence(self) -> str:
        return smart_sentence(self._name, self.does.text(), self._values()) if self.does.text().strip() else ""

    def look(self) -> None:
        """Makes the sentence anew from what stands in the form."""
        sentence = self.sentence()
        self.preview.setText(sentence or wording("smart_empty"))
        self.preview.set_tone("text" if sentence else "muted")
        missing = [reference.say(f"measures.smart_missing_{each}") for each in missing_parts(self._values())] if sentence else []
        self._missing.setText(wording("smart_missing", parts=", ".join(missing)) if missing else "")
        self._missing.setVisible(bool(missing))
        self.use.setEnabled(bool(sentence))
