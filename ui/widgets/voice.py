"""The three voices, never mixed: the law solid, this council dashed, good practice dotted (look.md, "What makes it ours")."""

from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QWidget

from ui.theme import theme
from ui.widgets.layout import STRETCH, col, row
from ui.widgets.text import Icon, Text, note

VoiceKind = Literal["law", "council", "practice"]

_ICONS = {"law": "scale", "council": "landmark", "practice": "sprout"}


class VoiceEdge(QWidget):
    """The line at the left of what a voice says. Reads in black and white."""

    def __init__(self, kind: VoiceKind) -> None:
        super().__init__()
        self._kind = kind
        self.restyle()

    def restyle(self) -> None:
        self.setFixedWidth(theme().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour(self._kind), look.px(3))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if self._kind == "council":
            pen.setDashPattern([3, 1.6])
        elif self._kind == "practice":
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setDashPattern([0.1, 2.2])
        painter.setPen(pen)
        middle = self.width() / 2
        painter.drawLine(QPointF(middle, look.px(2)), QPointF(middle, self.height() - look.px(2)))


class Voice(QWidget):
    """One voice: its icon and name, a count at the right, and what it says behind its edge."""

    def __init__(self, kind: VoiceKind, content: QLayout, *, count: str = "") -> None:
        super().__init__()
        words = str(theme().token("voice", kind, "label"))
        self.setAccessibleName(f"{words}, {count}" if count else words)
        head = row(Icon(_ICONS[kind], kind), Text(words, "heading", kind), STRETCH, note(count) if count else None, gap=8)
        self.setLayout(col(head, row(VoiceEdge(kind), (content, 1), gap=8), gap=6))
