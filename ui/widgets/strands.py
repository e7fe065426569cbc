"""The mark of the first screen: many notes become one thread (look/11-unlock.png). Decoration; a screen reader passes it by."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QLayout, QWidget

from ui.theme import theme

_TONES = ("area_ci", "area_cl", "area_semh", "area_sp", "accent", "accent", "muted")
_KNOTS = (0.10, 0.21)
_KNOT_SHIFT = 0.045
_JOIN_ACROSS, _JOIN_DOWN = 0.74, 0.56


class Strands(QWidget):
    """A surface on which strands run together from the left; ``layout`` lies over it."""

    def __init__(self, layout: QLayout | None = None) -> None:
        super().__init__()
        if layout is not None:
            self.setLayout(layout)

    def restyle(self) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colour("accent_soft"))
        wide, tall = self.width(), self.height()
        join = QPointF(wide * _JOIN_ACROSS, tall * _JOIN_DOWN)
        for number, tone in enumerate(_TONES):
            self._paint_strand(painter, number, tone)
        thread = look.colour("thread")
        painter.setPen(QPen(thread, look.px(5)))
        painter.drawLine(join, QPointF(wide, join.y()))
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(thread, look.px(4)))
        painter.drawEllipse(join, look.px(11), look.px(11))

    def _paint_strand(self, painter: QPainter, number: int, tone: str) -> None:
        look = theme()
        wide, tall = self.width(), self.height()
        middle = number - len(_TONES) // 2
        near = tall * _JOIN_DOWN + middle * look.px(5)
        path = QPainterPath(QPointF(-10, tall * (0.2 + 0.1 * number)))
        path.cubicTo(QPointF(wide * 0.45, tall * (0.12 + 0.125 * number)), QPointF(wide * 0.42, near), QPointF(wide * 0.66, near))
        path.lineTo(QPointF(wide * _JOIN_ACROSS, tall * _JOIN_DOWN + middle * look.px(2.6)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.colour(tone), look.px(2)))
        painter.drawPath(path)
        painter.setBrush(look.colour("accent_soft"))
        for share in _KNOTS:
            painter.drawEllipse(path.pointAtPercent(share + number % 3 * _KNOT_SHIFT), look.px(4), look.px(4))
