"""The side bar: where one can go, how the exchange with others stands, who is working here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from sencoapp import reference
from ui.widgets.button import Button
from ui.widgets.layout import STRETCH, Rule, Surface, col, holder, row
from ui.widgets.text import Elided, Icon, heading

_WIDE, _COLLAPSED = 184, 56
_FOOT = (16, 3, 6, 3)


class Rail(Surface):
    """Icons with words; icons alone where the room is short or the person wishes it."""

    chosen = Signal(str)
    sync_pressed = Signal()
    settings_pressed = Signal()
    lock_pressed = Signal()

    def __init__(self, school: str, person: str) -> None:
        self._places = col(gap=0)
        self._school = Elided(school, "small", "muted", weight=500)
        self._name = heading(reference.say("shell.app"))
        self._person = Elided(person, "small", "muted", weight=500)
        self._sync = Button("", "nav", icon="", name="")
        self._sync.setCheckable(False)
        self._sync.hide()
        self._settings = Button(reference.say("shell.settings"), "nav", icon="settings")
        self._settings.hide()
        self._lock = Button("", "quiet", icon="lock", name=reference.say("shell.lock"), tone="muted")
        self._head = holder(col(row(Icon("route", "thread", 22), self._name, STRETCH, gap=8), self._school, gap=2, margins=(16, 0, 8, 0)))
        self._foot = row((self._person, 1), self._lock, gap=4, margins=_FOOT)
        layout = col(
            self._head, 10, self._places, STRETCH, self._sync, self._settings, Rule(), holder(self._foot), gap=0, margins=(0, 12, 0, 4)
        )
        super().__init__("rail", layout, width=_WIDE)
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.addButton(self._settings)
        self._collapsed = False
        self.setAccessibleName(reference.say("shell.rail"))
        self._sync.clicked.connect(self.sync_pressed)
        self._settings.clicked.connect(self.settings_pressed)
        self._lock.clicked.connect(self.lock_pressed)

    def add_place(self, name: str, icon: str, words: str, keys: str) -> Button:
        """One more place to go. ``keys`` is its shortcut in words, shown in the tip."""
        button = Button(words, "nav", icon=icon, tip=keys)
        button.setProperty("shortcut_words", f"({keys})" if keys else "")
        button.setToolTip(f"{words} ({keys})" if keys else words)
        button.clicked.connect(lambda: self.chosen.emit(name))
        button.collapse(self._collapsed)
        self._buttons[name] = button
        self._group.addButton(button)
        self._places.addWidget(button)
        return button

    def offer_settings(self) -> None:
        self._settings.show()

    def mark(self, name: str) -> None:
        """Shows which place is open; none for a page that belongs to no place."""
        button = self._settings if name == "settings" else self._buttons.get(name)
        if button is not None:
            button.setChecked(True)
            return
        now = self._group.checkedButton()
        if now is not None:
            self._group.setExclusive(False)
            now.setChecked(False)
            self._group.setExclusive(True)

    def set_count(self, name: str, words: str) -> None:
        """A short figure beside a place, such as how much is due today."""
        self._buttons[name].set_count(words)

    def say_sync(self, icon: str, words: str) -> None:
        """How the exchange with the council, other laptops or the backup folder stands: "Synced 10:42"; nothing without words."""
        self._sync.setText(words)
        self._sync.setAccessibleName(words)
        self._sync.set_icon(icon)
        self._sync.setToolTip(words)
        self._sync.setVisible(bool(words))

    def collapse(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        for button in (*self._buttons.values(), self._sync, self._settings):
            button.collapse(collapsed)
        for words in (self._name, self._school, self._person):
            words.setVisible(not collapsed)
        self._foot.set_margins((9, 3, 9, 3) if collapsed else _FOOT)
        self.set_width(_COLLAPSED if collapsed else _WIDE)

    def stops(self) -> list[QWidget]:
        """The buttons, top to bottom."""
        return [*self._buttons.values(), *self.foot_stops()]

    def foot_stops(self) -> list[QWidget]:
        return [self._sync, self._settings, self._lock]
