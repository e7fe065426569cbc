"""Where a passphrase is typed: hidden, shown on demand, with a word about Caps Lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sencoapp import reference
from ui.theme import theme
from ui.widgets import STRETCH, Button, LineField, Text, col, row
from ui.widgets.announce import announce


class PassphraseLine(LineField):
    """A tall line of dots."""

    caps_lock_seen = Signal(bool)
    """Whether the last letter came with Caps Lock on, as far as the letter tells."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def restyle(self) -> None:
        super().restyle()
        self.setFixedHeight(theme().px(44))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.lower() != typed.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_lock_seen.emit(typed.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.caps_lock_seen.emit(False)
        super().keyPressEvent(event)


class PassphraseEntry(QWidget):
    """The line with Show and the word about Caps Lock below it; ``beside`` stands at the right of Show."""

    entered = Signal()
    """Enter was pressed."""

    def __init__(self, name: str, *, beside: QWidget | None = None) -> None:
        super().__init__()
        self.line = PassphraseLine(name)
        self.show_button = Button(reference.say("welcome.show"), "link", name=reference.say("welcome.show_name", what=name))
        self.show_button.clicked.connect(self._turn)
        self._caps = Text(reference.say("welcome.caps_lock"), "small", "warning")
        self._caps.hide()
        self.line.caps_lock_seen.connect(self._say_caps)
        self.line.returnPressed.connect(self.entered)
        self.setFocusProxy(self.line)
        self.setLayout(col(self.line, row(self.show_button, self._caps, STRETCH, beside, gap=12), gap=4))

    def words(self) -> str:
        """What was typed, as it was typed."""
        return self.line.text()

    def empty(self) -> None:
        self.line.clear()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button.setText(reference.say("welcome.show"))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, words: str) -> None:
        super().setAccessibleDescription(words)
        self.line.setAccessibleDescription(words)

    def _turn(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.show_button.setText(reference.say("welcome.hide" if hidden else "welcome.show"))
        self.show_button.updateGeometry()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_caps(self, on: bool) -> None:
        if on and self._caps.isHidden():
            announce(self._caps.text(), self.line)
        self._caps.setVisible(on)
