"""How every screen before the record is open is laid out: the strands at the left, what is to be done at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from sencoapp import reference
from ui.theme import theme
from ui.widgets import STRETCH, Icon, Scroll, Surface, Text, col, heading, holder, row
from ui.widgets.strands import Strands

_WITHOUT_STRANDS = 860
_FOOT = (64, 8, 64, 24)
_FOOT_STAYS = 520
"""The least height, in design pixels, at which the foot keeps its place."""


class Entrance(QWidget):
    """``content`` in a column of ``width`` design pixels that scrolls where it must; where the room is short the strands go."""

    def __init__(self, content: QLayout | QWidget, foot: QWidget | None = None, *, width: int = 560, centred: bool = True) -> None:
        super().__init__()
        self._width = width
        # Cut, never wrapped: the words are part of the picture, and the form keeps the room.
        words = col(
            Text(reference.say("welcome.promise_1"), "display", wrap=True),
            Text(reference.say("welcome.promise_2"), "display", wrap=True),
            STRETCH,
            Text(reference.say("welcome.promise_3"), "ui", wrap=True),
            gap=0,
            margins=(48, 48, 40, 40),
        )
        self._art = Strands(words)
        self._art.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._inner = col(STRETCH if centred else None, content, STRETCH, gap=0, margins=(64, 24, 64, 16))
        self.column = Scroll(self._inner, reference.say("shell.app"))
        self._foot_row = row((foot or QWidget(), 1), margins=_FOOT)
        self._foot = holder(self._foot_row) if foot is not None else None
        self._below = col((self.column, 1), self._foot, gap=0)
        self._side = Surface("side", self._below)
        layout = row((self._art, 1), (self._side, 0), gap=0)
        self.setLayout(layout)

    def restyle(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        roomy = self.width() / look.text_size >= max(_WITHOUT_STRANDS, self._width + 220)
        self._art.setVisible(roomy)
        self._place_foot(within=self.height() / look.text_size < _FOOT_STAYS)
        self._side.setFixedWidth(look.px(self._width) if roomy else max(1, self.width()))

    def _place_foot(self, *, within: bool) -> None:
        """At the foot of the window; where that is low, after the content, whose button would be hidden by it."""
        foot, wanted = self._foot, self._inner if within else self._below
        if foot is None or wanted.indexOf(foot) >= 0:
            return
        (self._below if within else self._inner).removeWidget(foot)
        self._foot_row.set_margins((0, 16, 0, 8) if within else _FOOT)
        wanted.addWidget(foot)


def letterhead() -> QLayout:
    """The mark and the name of the program."""
    return row(Icon("route", "thread", 24), heading(reference.say("shell.app")), STRETCH, gap=8)


def middle_left(widget: QWidget) -> QLayout:
    """A widget at its own width at the left of its line."""
    line = row(gap=0)
    line.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    line.addStretch(1)
    return line
