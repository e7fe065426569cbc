"""Colours and the size of the text. Both apply at once, here and by the keys that work everywhere."""

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.theme import Scheme, theme
from ui.tray import has_place
from ui.widgets import STRETCH, Button, ChipChoice, Field, Text, col, heading, holder, note, row
from ui.widgets.announce import announce

_STEP = 0.1


class AppearancePart(QWidget):
    def __init__(self) -> None:
        super().__init__()
        names = {Scheme.SYSTEM: "system", Scheme.LIGHT: "light", Scheme.DARK: "dark", Scheme.HIGH_CONTRAST: "contrast"}
        self.scheme = ChipChoice(
            reference.say("settings.colours"),
            [(each.value, reference.say(f"settings.colours_{name}")) for each, name in names.items()],
            none_allowed=False,
        )
        self.scheme.chosen.connect(lambda: theme().use(scheme=Scheme(self.scheme.value())))
        self.smaller = Button("", icon="minus", name=reference.say("shell.smaller_text"), press=lambda: self._resize(-_STEP))
        self.larger = Button("", icon="plus", name=reference.say("shell.larger_text"), press=lambda: self._resize(_STEP))
        self.usual = Button(reference.say("settings.usual_size"), "quiet", press=lambda: self._resize(None))
        self.percent = Text("", "heading", figures=True)
        sizes = QWidget()
        sizes.setLayout(row(self.smaller, self.percent, self.larger, self.usual, STRETCH, gap=12))
        self.setLayout(
            col(
                Field(reference.say("settings.colours"), self.scheme),
                Field(reference.say("settings.text_size"), sizes, hint=reference.say("settings.text_size_hint")),
                note(reference.say("settings.applies_at_once"), wrap=True),
                _note_from_anywhere(),
                gap=24,
            )
        )
        theme().changed.connect(self._show)
        self._show()

    def _resize(self, by: float | None) -> None:
        theme().use(text_size=1.0 if by is None else theme().text_size + by)
        announce(self.percent.text(), self.percent)

    def _show(self) -> None:
        self.scheme.choose(theme().scheme.value)
        percent = round(theme().text_size * 100)
        self.percent.setText(f"{percent} %")
        self.smaller.setEnabled(percent > 90)
        self.larger.setEnabled(percent < 200)
        self.usual.setEnabled(percent != 100)


def _note_from_anywhere() -> QWidget:
    """How the quick note is reached from outside the window."""
    tray = reference.say("settings.tray_here" if has_place() else "settings.tray_not_here")
    command = Text(reference.say("settings.note_key_command"), "body", weight=600, selectable=True)
    how, where = (Text(reference.say(f"settings.note_key_{each}"), "ui", wrap=True) for each in ("how", "where"))
    return holder(col(heading(reference.say("settings.note_key")), how, command, where, note(tray, wrap=True), gap=8))
