"""The tabs of a page. Arrow keys move between them, as do Alt+1 to Alt+9 where the page wants it.

Where the room is short, an arrow at an end says that there are more, and a press of it opens the next of them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup

from sencoapp import reference
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import Surface, row


class TabBar(Surface):
    """``tabs`` are (value, words). Too many for the width slide: the chosen one is always in view."""

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]], *, lead: int = 24) -> None:
        self._group = QButtonGroup()
        self._left_out: frozenset[str] = frozenset()
        self._buttons: dict[str, Button] = {}
        line = row(gap=20, margins=(lead, 0, lead, 0))
        self._earlier, self._later = self._arrow("chevron-left", "earlier"), self._arrow("chevron-right", "later")
        line.addWidget(self._earlier)
        for value, words in tabs:
            button = Button(words, "tab")
            button.clicked.connect(lambda _=False, value=value: self._press(value))
            self._group.addButton(button)
            self._buttons[value] = button
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self._later)
        super().__init__("bar", line)
        self._group.setParent(self)
        self.setAccessibleName(name)
        if tabs:
            self._buttons[tabs[0][0]].setChecked(True)
        self._rove()

    def _arrow(self, icon: str, which: str) -> Button:
        """For the mouse: by key one comes to every tab already."""
        made = Button("", "quiet", icon=icon, name=reference.say(f"shell.tabs_{which}"), press=lambda: self._slide(which))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.hide()
        return made

    def _slide(self, which: str) -> None:
        """Opens the nearest tab that is out of sight at one end."""
        values = self._offered()
        shown = [n for n, value in enumerate(values) if not self._buttons[value].isHidden()]
        number = max(0, shown[0] - 1) if which == "earlier" else min(len(values) - 1, shown[-1] + 1)
        self._buttons[values[number]].setChecked(True)
        self._press(values[number])

    def value(self) -> str:
        return next((value for value, each in self._buttons.items() if each.isChecked()), "")

    def choose(self, value: str) -> None:
        """Shows a tab as chosen, without sending ``chosen``."""
        self._buttons[value].setChecked(True)
        self._rove()
        self._fit()

    def leave_out(self, *values: str) -> None:
        """Takes tabs away in which there is nothing to see; all others are there. The chosen one has to be among those."""
        self._left_out = frozenset(values)
        for value in values:
            self._buttons[value].hide()
        self._fit()

    def rename(self, value: str, words: str) -> None:
        """New words for a tab, such as "Inbox · 5"."""
        self._buttons[value].setText(words)
        self._buttons[value].setAccessibleName(words)
        self._buttons[value].updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), super().minimumSizeHint().height())

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        values = self._offered()
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and values:
            value = values[(values.index(self.value()) + step) % len(values)]
            self._buttons[value].setFocus(Qt.FocusReason.TabFocusReason)
            self._buttons[value].setChecked(True)
            self._press(value)
            return
        super().keyPressEvent(event)

    def _press(self, value: str) -> None:
        self._rove()
        self._fit()
        self.chosen.emit(value)

    def _offered(self) -> list[str]:
        return [value for value in self._buttons if value not in self._left_out]

    def _rove(self) -> None:
        # One stop for Tab: the chosen one, as in every tab bar.
        for each in self._buttons.values():
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each.isChecked() else Qt.FocusPolicy.ClickFocus)

    def _fit(self) -> None:
        """Hides tabs from the far end where the room is short; the chosen one and its neighbours stay."""
        values = self._offered()
        if not values:
            return
        gap = theme().px(20)
        wides = [self._buttons[value].sizeHint().width() for value in values]
        room = self.width() - 2 * theme().px(24)
        if sum(wides) + gap * (len(values) - 1) > room:
            room -= sum(each.sizeHint().width() + gap for each in (self._earlier, self._later))
        here = values.index(self.value()) if self.value() in values else 0
        shown = {here}
        used = wides[here]
        order = sorted((n for n in range(len(values)) if n != here), key=lambda n: (abs(n - here), n))
        for number in order:
            if used + wides[number] + gap > room:
                break
            used += wides[number] + gap
            shown.add(number)
        for number, value in enumerate(values):
            self._buttons[value].setVisible(number in shown)
        self._earlier.setVisible(0 not in shown)
        self._later.setVisible(len(values) - 1 not in shown)
