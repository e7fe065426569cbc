"""Find anything (screens.md 1.5): one line and one list, over any page. Pupils, commands, notes, in that order.

">" finds commands only, "@" pupils only, "/" words in notes only.
"""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from sencoapp import reference
from ui.commands import matching
from ui.tasks import Desk
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.fields import LineField
from ui.widgets.layout import Surface, col
from ui.widgets.suggestions import Suggestion, SuggestionList

Finder = Callable[[str], Sequence[Suggestion]]
"""What the record holds for these words. Runs on the record's thread; each suggestion carries a ``Place``."""

_WIDTH = 640
_TOP = 72
_MOST_COMMANDS = 8
_RECENT = 5


class Palette(Surface):
    """Enter takes, Esc gives the focus back to exactly where it was."""

    place_picked = Signal(object)
    """The ``Place`` of something that was found in the record."""

    def __init__(self, host: QWidget, desk: Desk, commands: Callable[[], Sequence[QAction]]) -> None:
        self._edit = LineField(reference.say("shell.find_anything"), placeholder=reference.say("shell.find_placeholder"), icon="search")
        self._list = SuggestionList(reference.say("shell.found_list"))
        super().__init__("raised", col(self._edit, (self._list, 1), gap=8, margins=12))
        self.setParent(host)
        self.setAccessibleName(reference.say("shell.find_anything"))
        self._host = host
        self._desk = desk
        self._commands = commands
        self._before: Finder | None = None
        self._after: Finder | None = None
        self._recent: list[QAction] = []
        self._came_from: QWidget | None = None
        self._edit.textChanged.connect(self._typed)
        self._edit.installEventFilter(self)
        self._list.picked.connect(self._picked)
        host.installEventFilter(self)
        self.hide()

    def find_with(self, pupils: Finder | None, notes: Finder | None) -> None:
        """Where pupils and notes are found."""
        self._before, self._after = pupils, notes

    def open(self, typed: str = "") -> None:
        self._came_from = QApplication.focusWidget()
        self._edit.setText(typed)
        self._typed(typed)
        self._place()
        self.show()
        self.raise_()
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_palette(self) -> None:
        if not self.isVisible():
            return
        self.hide()
        back = self._came_from
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    def restyle(self) -> None:
        super().restyle()
        if self.isVisible():
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self._edit and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())
        if watched is self._edit and event.type() == QEvent.Type.FocusOut and not self._list.underMouse():
            self.hide()
        return super().eventFilter(watched, event)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _key(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down.value: 1, Qt.Key.Key_Up.value: -1, Qt.Key.Key_PageDown.value: 5, Qt.Key.Key_PageUp.value: -5}
        if key in steps:
            self._list.step(steps[key])
            item = self._list.current()
            if item is not None:
                announce(", ".join(part for part in (item.words, item.detail, item.shortcut) if part), self._edit)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._list.take()
            return True
        if key == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        return False

    def _typed(self, typed: str) -> None:
        words = typed.strip()
        only, rest = (words[0], words[1:].strip()) if words[:1] in (">", "@", "/") else ("", words)
        commands = [] if only in ("@", "/") else self._matching_commands(rest)
        self._show([], commands, [], rest, waiting=bool(rest))
        before = self._before if only in ("", "@") else None
        after = self._after if only in ("", "/") else None
        if rest and (before or after):
            self._desk.query(
                self, partial(_ask, before, after, rest), lambda found: self._show(found[0], commands, found[1], rest), replace="find"
            )
        elif rest:
            self._show([], commands, [], rest)

    def _matching_commands(self, words: str) -> list[Suggestion]:
        actions = list(self._commands())
        if not words:
            recent = [each for each in self._recent if isValid(each) and each in actions]
            actions = recent + [each for each in actions if each not in recent]
            return matching(actions, "", reference.say("shell.unavailable"))
        return matching(actions, words, reference.say("shell.unavailable"))[:_MOST_COMMANDS]

    def _show(
        self, first: Sequence[Suggestion], commands: Sequence[Suggestion], last: Sequence[Suggestion], words: str, *, waiting: bool = False
    ) -> None:
        items = [*first, *commands, *last]
        if not items and words and not waiting:
            items = [Suggestion("", reference.say("shell.no_match", words=words), enabled=False)]
            announce(items[0].words, self._edit)
        elif words and not waiting:
            announce(reference.say("shell.found", count=len(items)), self._edit)
        if items or not waiting:
            self._list.show_items(items)
        if self.isVisible():
            self._place()

    def _picked(self, item: Suggestion) -> None:
        self.close_palette()
        if isinstance(item.carries, QAction):
            self._recent = [item.carries, *(each for each in self._recent if each is not item.carries)][:_RECENT]
            item.carries.trigger()
        elif item.carries is not None:
            self.place_picked.emit(item.carries)

    def _place(self) -> None:
        look = theme()
        wide = min(look.px(_WIDTH), self._host.width() - look.px(32))
        top = min(look.px(_TOP), self._host.height() // 6)
        room = self._host.height() - top - look.px(24)
        head = self._edit.height() + look.px(12 * 2 + 8)
        tall = head + self._list.wanted_height(max(look.px(48), min(look.px(460), room - head)))
        self.setGeometry((self._host.width() - wide) // 2, top, wide, tall)


def _ask(before: Finder | None, after: Finder | None, words: str) -> tuple[Sequence[Suggestion], Sequence[Suggestion]]:
    return (before(words) if before else ()), (after(words) if after else ())
