"""Finding pupils by typing part of a name (screens.md 1.4): Enter adds, Tab leaves, Backspace takes the last one away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from ui.tasks import Desk
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.fields import LineField
from ui.widgets.layout import Flow, Surface, clear, col, holder
from ui.widgets.suggestions import Suggestion, SuggestionList


@dataclass(frozen=True)
class Pick:
    """A pupil in the picker: the id, the name that staff use, and what tells two of one name apart."""

    id: str
    name: str
    detail: str = ""


PupilSource = Callable[[str], Sequence[Pick]]
"""The pupils for what was typed. Runs on the record's thread."""


class PupilPicker(QWidget):
    """A field with the pupils chosen so far above it. ``several`` false keeps the newest only.

    Staff are found with it too: ``none_matches`` is then the key of the words for nobody found.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, source: PupilSource, name: str = "", *, several: bool = True, none_matches: str = "shell.no_pupil_matches"
    ) -> None:
        super().__init__()
        self._desk = desk
        self._source = source
        self._several = several
        self._none_matches = none_matches
        self._chosen: list[Pick] = []
        self.edit = LineField(name or reference.say("shell.pupil"), placeholder=reference.say("shell.pupil_type"), icon="search")
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._typed)
        self.setFocusProxy(self.edit)
        self._place = Flow(gap=6)
        self._chips = holder(self._place)
        self._chips.hide()
        self._list = SuggestionList(reference.say("shell.pupils_found"))
        self._list.picked.connect(self._picked)
        self._popup = Surface("raised", col(self._list, gap=0, margins=4))
        self._popup.hide()
        self.setLayout(col(self._chips, self.edit, gap=6))
        self.destroyed.connect(self._popup.deleteLater)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def setFocus(self, *_: object) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> tuple[Pick, ...]:
        return tuple(self._chosen)

    def choose(self, *picks: Pick) -> None:
        """Shows these pupils as chosen, without sending ``changed``."""
        self._chosen = list(picks if self._several else picks[-1:])
        self._show_chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self._popup.hide()
        if watched is self.edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key, listed = event.key(), self._popup.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and listed:
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
            item = self._list.current()
            if item is not None:
                announce(f"{item.words}, {item.detail}", self.edit)
            return True
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and listed and plain:
            return self._list.take()
        if key == Qt.Key.Key_Escape and listed:
            self._popup.hide()
            return True
        if key == Qt.Key.Key_Backspace and not self.edit.text() and self._chosen:
            self._remove(self._chosen[-1])
            return True
        return False

    def _typed(self, words: str) -> None:
        wanted = words.strip()
        if not wanted:
            self._popup.hide()
            return
        self._desk.query(self, lambda: self._source(wanted), self._found, replace="pupils")

    def _found(self, found: Sequence[Pick]) -> None:
        if not self.edit.hasFocus() or not self.edit.text().strip():
            return
        taken = {each.id for each in self._chosen}
        left = [each for each in found if each.id not in taken]
        items = [Suggestion(each.id, each.name, each.detail, carries=each) for each in left]
        if not items:
            items = [Suggestion("", reference.say(self._none_matches), enabled=False)]
        self._list.show_items(items)
        announce(reference.say("shell.found", count=len(left)), self.edit)
        self._show_popup()

    def _show_popup(self) -> None:
        window = self.window()
        self._popup.setParent(window)
        below = self.edit.mapTo(window, QPoint(0, self.edit.height() + 2))
        tall = self._list.wanted_height(theme().px(300)) + theme().px(8)
        if below.y() + tall > window.height():
            above = self.edit.mapTo(window, QPoint(0, 0)).y() - tall - 2
            below.setY(max(0, above))
        self._popup.setGeometry(below.x(), below.y(), max(self.edit.width(), theme().px(240)), tall)
        self._popup.show()
        self._popup.raise_()

    def _picked(self, item: Suggestion) -> None:
        pick: Pick = item.carries
        self._chosen = [*self._chosen, pick] if self._several else [pick]
        self.edit.clear()
        self._popup.hide()
        self._show_chosen()
        announce(reference.say("shell.pupil_added", name=pick.name), self.edit)
        self.changed.emit()

    def _remove(self, pick: Pick) -> None:
        self._chosen.remove(pick)
        self._show_chosen()
        announce(reference.say("shell.pupil_removed", name=pick.name), self.edit)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _show_chosen(self) -> None:
        clear(self._place)
        for pick in self._chosen:
            chip = Button(f"{pick.name}  ×", "chip", name=reference.say("shell.pupil_remove", name=pick.name))
            chip.setChecked(True)
            chip.clicked.connect(lambda _=False, pick=pick: self._remove(pick))
            self._place.addWidget(chip)
        self._chips.setVisible(bool(self._chosen))
