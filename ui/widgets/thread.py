"""The golden thread: need, outcome, provision, evidence, impact on one line. A dashed piece is a missing link (look.md)."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from sencoapp import reference
from ui.theme import theme


@dataclass(frozen=True)
class Knot:
    """One link of the thread; ``tied`` false means that it is missing yet."""

    head: str
    words: str
    tied: bool = True


class Thread(QWidget):
    """The thread across the width that it is given."""

    def __init__(self, knots: Sequence[Knot]) -> None:
        super().__init__()
        self._knots: tuple[Knot, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_knots(knots)

    def show_knots(self, knots: Sequence[Knot]) -> None:
        self._knots = tuple(knots)
        missing = reference.say("shell.thread_missing")
        self.setAccessibleName(". ".join(f"{k.head}: {k.words}" + ("" if k.tied else f", {missing}") for k in self._knots))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(110 * max(1, len(self._knots))), theme().px(62))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(60 * max(1, len(self._knots))), theme().px(62))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._knots:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / len(self._knots)
        points = [QPointF(step * number + look.px(12), look.px(11)) for number in range(len(self._knots))]
        for start, end, knot in zip(points, points[1:], self._knots[1:], strict=False):
            pen = self._pen(knot)
            if not knot.tied:
                pen.setDashPattern([2, 3])
            painter.setPen(pen)
            painter.drawLine(start, end)
        for point, knot in zip(points, self._knots, strict=True):
            painter.setPen(self._pen(knot))
            painter.setBrush(look.colour("surface"))
            painter.drawEllipse(point, look.px(7), look.px(7))
            if knot.tied:
                painter.setBrush(look.colour("thread"))
                painter.drawEllipse(point, look.px(2), look.px(2))
            self._words(painter, QRectF(point.x() - look.px(8), look.px(21), step - look.px(8), look.px(40)), knot)

    @staticmethod
    def _pen(knot: Knot) -> QPen:
        look = theme()
        return QPen(look.colour("thread"), look.px(3)) if knot.tied else QPen(look.colour("border"), look.px(2))

    @staticmethod
    def _words(painter: QPainter, box: QRectF, knot: Knot) -> None:
        look = theme()
        for words, font, tone, top in (
            (knot.head, look.font("ui", 600), "text", 0.0),
            (knot.words, look.font("small", 400), "muted" if knot.tied else "thread_text", box.height() / 2),
        ):
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(QRectF(box.x(), box.y() + top, box.width(), box.height() / 2), Qt.AlignmentFlag.AlignVCenter, shown)


class ThreadLink(QWidget):
    """The piece of thread between two cards: beside each other, or below each other where the room is short."""

    def __init__(self, tied: bool) -> None:
        super().__init__()
        self._tied = tied
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(18), theme().px(12))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        pen = QPen(look.colour("thread" if self._tied else "muted"), look.px(3 if self._tied else 2))
        if not self._tied:
            pen.setDashPattern([1, 1.5])
        painter.setPen(pen)
        holder = self.parentWidget()
        around = holder.layout() if holder is not None else None
        down = isinstance(around, QBoxLayout) and around.direction() == QBoxLayout.Direction.TopToBottom
        middle = QPointF(self.width() / 2, self.height() / 2)
        if down:
            painter.drawLine(QPointF(middle.x(), 0), QPointF(middle.x(), self.height()))
        else:
            painter.drawLine(QPointF(0, middle.y()), QPointF(self.width(), middle.y()))
