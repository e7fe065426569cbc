"""The tabs of a page. Arrow keys move between them, as do Alt+1 to Alt+9 where the page wants it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup

from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import Surface, row


class TabBar(Surface):
    """``tabs`` are (value, words). Too many for the width slide: the chosen one is always in view."""

    chosen = Signal(str)

    def __init__(self, name: str, tabs: Sequence[tuple[str, str]], *, lead: int = 24) -> None:
        self._group = QButtonGroup()
        self._buttons: dict[str, Button] = {}
        line = row(gap=20, margins=(lead, 0, lead, 0))
        for value, words in tabs:
            button = Button(words, "tab")
            button.clicked.connect(lambda _=False, value=value: self._press(value))
            self._group.addButton(button)
            self._buttons[value] = button
            line.addWidget(button)
        line.addStretch(1)
        super().__init__("bar", line)
        self._group.setParent(self)
        self.setAccessibleName(name)
        if tabs:
            self._buttons[tabs[0][0]].setChecked(True)
        self._rove()

    def value(self) -> str:
        return next((value for value, each in self._buttons.items() if each.isChecked()), "")

    def choose(self, value: str) -> None:
        """Shows a tab as chosen, without sending ``chosen``."""
        self._buttons[value].setChecked(True)
        self._rove()
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
        values = list(self._buttons)
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

    def _rove(self) -> None:
        # One stop for Tab: the chosen one, as in every tab bar.
        for each in self._buttons.values():
            each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each.isChecked() else Qt.FocusPolicy.ClickFocus)

    def _fit(self) -> None:
        """Hides tabs from the far end where the room is short; the chosen one and its neighbours stay."""
        values = list(self._buttons)
        if not values:
            return
        gap = theme().px(20)
        room = self.width() - 2 * theme().px(24)
        here = values.index(self.value()) if self.value() else 0
        shown = {here}
        used = self._buttons[values[here]].sizeHint().width()
        order = sorted((n for n in range(len(values)) if n != here), key=lambda n: (abs(n - here), n))
        for number in order:
            wide = self._buttons[values[number]].sizeHint().width() + gap
            if used + wide > room:
                break
            used += wide
            shown.add(number)
        for number, value in enumerate(values):
            self._buttons[value].setVisible(number in shown)
