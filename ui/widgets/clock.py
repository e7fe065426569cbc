"""A statutory clock: how far along it is and the dates that count. The rule it follows stands below it as a source line."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme


@dataclass(frozen=True)
class ClockMark:
    """A date that counts: so many days after the start, and the words below it."""

    day: int
    words: str


class Clock(QWidget):
    """``name`` says whose clock it is and how far along, for screen readers; ``day`` of ``last`` days have passed."""

    def __init__(self, name: str, *, day: int, last: int, marks: Sequence[ClockMark], late: bool = False) -> None:
        super().__init__()
        self._day, self._last, self._marks, self._late = day, max(1, last), tuple(marks), late
        self.setAccessibleName(f"{name}. " + ". ".join(mark.words for mark in self._marks))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(220), theme().px(36))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(140), theme().px(36))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, y = self.width() - look.px(2), look.px(7)
        bar = QRectF(0, y - look.px(2), wide, look.px(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hairline"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(look.colour("danger" if self._late else "accent"))
        share = min(1.0, max(0.0, self._day / self._last))
        painter.drawRoundedRect(QRectF(bar.x(), bar.y(), bar.width() * share, bar.height()), 2, 2)
        font = look.font("small", 400)
        painter.setFont(font)
        free = 0.0
        for mark in sorted(self._marks, key=lambda each: each.day):
            x = wide * min(mark.day, self._last) / self._last
            painter.setPen(QPen(look.colour("text"), look.px(2)))
            painter.drawLine(QPointF(x, y - look.px(5)), QPointF(x, y + look.px(6)))
            length = QFontMetrics(font).horizontalAdvance(mark.words) + 2
            left = min(max(0.0, x - length / 2), wide - length)
            if left >= free:
                painter.setPen(look.colour("muted"))
                painter.drawText(QRectF(left, look.px(17), length, look.px(18)), Qt.AlignmentFlag.AlignCenter, mark.words)
                free = left + length + look.px(8)
