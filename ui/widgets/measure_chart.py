"""A measure over time: baseline, target, aim line, values, and lines where provision changed (look/05-plan-cycle.png).

What it shows is told in a sentence too, and every value can be walked to with the arrow keys. Shapes tell what colours tell:
open circles are the baseline and the target, filled ones lie on the aim line or better, triangles do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from sencoapp import reference
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.painting import focus_ring

_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
_MOST_PHASE_ROWS = 3


@dataclass(frozen=True)
class ChartSpot:
    """One value: where it lies (shares from the left and from below), ``words`` at the chart, ``said`` in full with its day."""

    role: str
    x: float
    y: float
    words: str
    said: str


@dataclass(frozen=True)
class ChartPicture:
    """All that is drawn. ``name`` stands above the axis, ``shows`` is the sentence for those who do not see it."""

    name: str
    shows: str
    spots: tuple[ChartSpot, ...]
    aim: tuple[tuple[float, float], tuple[float, float]] | None
    up: tuple[tuple[float, str], ...]
    across: tuple[tuple[float, str], ...]
    phases: tuple[tuple[float, str], ...]
    apart: bool = False
    """Whether the values stand for themselves: each has its words, and no line joins them."""


class MeasureChart(QWidget):
    """Left and Right walk the values, Home and End go to the first and the last; each is read out."""

    def __init__(self, picture: ChartPicture) -> None:
        super().__init__()
        self._picture = picture
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_picture(picture)

    def show_picture(self, picture: ChartPicture) -> None:
        self._picture = picture
        self._at = min(self._at, len(picture.spots) - 1)
        self.setAccessibleName(reference.say("measures.chart", name=picture.name))
        self.setAccessibleDescription(picture.shows)
        self.updateGeometry()
        self.update()

    def at(self) -> ChartSpot | None:
        """The value that the keys or the mouse came to."""
        return self._picture.spots[self._at] if self._at >= 0 else None

    def sizeHint(self) -> QSize:
        return QSize(theme().px(420), self._above() + theme().px(170) + self._line() + theme().px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(220), self.sizeHint().height())

    def restyle(self) -> None:
        self.updateGeometry()

    # ---- keys and mouse ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, last = Qt.Key(event.key()), len(self._picture.spots) - 1
        if key in _STEPS:
            self._go_to(min(max(self._at + _STEPS[key], 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(0 if key == Qt.Key.Key_Home else last)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        box, at = self._box(), event.position()
        places = [self._place(box, each) for each in self._picture.spots]
        near = min(range(len(places)), key=lambda number: (places[number] - at).manhattanLength(), default=-1)
        if near >= 0:
            self._go_to(near)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _go_to(self, number: int) -> None:
        self._at = number
        spot = self.at()
        if spot is not None:
            announce(spot.said, self)
            self.setToolTip(spot.said)
        self.update()

    # ---- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._box()
        self._paint_lines(painter, box)
        self._paint_phases(painter, box)
        self._paint_ways(painter, box)
        for spot in self._picture.spots:
            _paint_spot(painter, self._place(box, spot), spot.role)
        self._paint_words(painter, box)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme().px(6))

    def _box(self) -> QRectF:
        """Where the values lie, without the words around them."""
        look = theme()
        metrics = QFontMetrics(look.font("small", 400))
        left = max([metrics.horizontalAdvance(words) for _, words in self._picture.up] + [0]) + look.px(20)
        end = self._line() + look.px(8)
        return QRectF(left, self._above(), max(10.0, self.width() - left - look.px(14)), max(10.0, self.height() - self._above() - end))

    def _above(self) -> int:
        rows = min(len(self._picture.phases), _MOST_PHASE_ROWS)
        return self._line() * (1 + rows) + theme().px(14)

    @staticmethod
    def _line() -> int:
        return QFontMetrics(theme().font("small", 600)).height() + theme().px(2)

    @staticmethod
    def _place(box: QRectF, spot: ChartSpot) -> QPointF:
        return QPointF(box.x() + spot.x * box.width(), box.bottom() - spot.y * box.height())

    def _paint_lines(self, painter: QPainter, box: QRectF) -> None:
        look, small = theme(), theme().font("small", 400)
        _write(painter, QPointF(look.px(8), look.px(4)), self._picture.name, look.font("small", 600), "muted", box.right())
        free = box.bottom() + self._line()
        for up, words in self._picture.up:
            y = box.bottom() - up * box.height()
            painter.setPen(QPen(look.colour("hairline"), 1))
            painter.drawLine(QPointF(box.x(), y), QPointF(box.right(), y))
            if y + self._line() <= free + 1:  # lines closer than a line of words keep their place, without words
                long = QFontMetrics(small).horizontalAdvance(words)
                _write(painter, QPointF(box.x() - look.px(10) - long, y - self._line() / 2), words, small, "muted", box.x())
                free = y
        free = -1.0
        for across, words in self._picture.across:
            long = QFontMetrics(small).horizontalAdvance(words)
            left = min(max(0.0, box.x() + across * box.width() - long / 2), self.width() - long - look.px(6))
            if left >= free:
                _write(painter, QPointF(left, box.bottom() + look.px(5)), words, small, "muted", self.width())
                free = left + long + look.px(8)

    def _paint_phases(self, painter: QPainter, box: QRectF) -> None:
        look, small = theme(), theme().font("small", 400)
        rows = max(1, min(len(self._picture.phases), _MOST_PHASE_ROWS))
        for number, (across, words) in enumerate(self._picture.phases):
            x, top = box.x() + across * box.width(), look.px(4) + self._line() * (1 + number % rows)
            painter.setPen(_dashed("muted", 1.5, (2, 2)))
            painter.drawLine(QPointF(x, top + look.px(2)), QPointF(x, box.bottom()))
            right = across > 0.6
            room = x - box.x() if right else box.right() - x
            shown = QFontMetrics(small).elidedText(words, Qt.TextElideMode.ElideRight, int(max(look.px(40), room - look.px(6))))
            left = x - look.px(5) - QFontMetrics(small).horizontalAdvance(shown) if right else x + look.px(5)
            _write(painter, QPointF(left, top), shown, small, "text", self.width())

    def _paint_ways(self, painter: QPainter, box: QRectF) -> None:
        def place(across: float, up: float) -> QPointF:
            return QPointF(box.x() + across * box.width(), box.bottom() - up * box.height())

        if self._picture.aim:
            painter.setPen(_dashed("thread", 2, (4, 2)))
            painter.drawLine(place(*self._picture.aim[0]), place(*self._picture.aim[1]))
        painter.setPen(QPen(theme().colour("accent"), theme().px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        values = [place(each.x, each.y) for each in self._picture.spots if each.role.startswith("value")]
        if len(values) > 1 and not self._picture.apart:
            painter.drawPolyline(QPolygonF(values))

    def _paint_words(self, painter: QPainter, box: QRectF) -> None:
        """At the baseline, the target, and the value that was walked to, else the last."""
        look, font = theme(), theme().font("small", 600)
        values = [each for each in self._picture.spots if each.role.startswith("value")]
        walked = self.at() if self.hasFocus() else None
        named = [each for each in self._picture.spots if each.role in ("baseline", "target")]
        last = [] if walked or self._picture.apart else values[-1:]
        named += values if self._picture.apart else []
        named = ([walked] if walked else last) + [each for each in named if each is not walked]
        taken: list[QRectF] = []
        for spot in named:
            at = self._place(box, spot)
            words = spot.said if spot is walked else spot.words
            long, high = QFontMetrics(font).horizontalAdvance(words) + look.px(6), self._line()
            left = min(max(box.x() + 2, at.x() - long / 2), max(box.x(), self.width() - long - 2))
            wished = [at.y() - high - look.px(8), at.y() + look.px(8), at.y() - 2 * high - look.px(8), at.y() + high + look.px(8)]
            place = _free([QRectF(left, top, long, high) for top in wished], taken, box)
            taken.append(place)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("surface"))
            painter.drawRect(place.adjusted(0, 1, 0, -1))
            tone = "thread_text" if spot.role in ("baseline", "target") else "accent"
            _write(painter, QPointF(place.x() + look.px(3), place.y()), words, font, tone, self.width() + long)
            if spot is walked:
                painter.setPen(QPen(look.colour("focus"), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, look.px(9), look.px(9))


def _free(wished: Sequence[QRectF], taken: Sequence[QRectF], box: QRectF) -> QRectF:
    fits = (each for each in wished if each.top() >= box.top() - each.height() / 2 and each.bottom() <= box.bottom())
    return next((each for each in fits if not any(each.intersects(other) for other in taken)), wished[0])


def _dashed(tone: str, wide: float, dash: tuple[float, float]) -> QPen:
    pen = QPen(theme().colour(tone), theme().px(wide))
    pen.setDashPattern(list(dash))
    return pen


def _write(painter: QPainter, at: QPointF, words: str, font: QFont, tone: str, end: float) -> None:
    """One line, its left top at ``at``, cut before ``end``."""
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(theme().colour(tone))
    box = QRectF(at.x(), at.y(), max(1.0, end - at.x()), metrics.height() + theme().px(2))
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_spot(painter: QPainter, at: QPointF, role: str) -> None:
    look = theme()
    surface, accent, thread = look.colour("surface"), look.colour("accent"), look.colour("thread")
    if role == "value_off":
        size = look.px(6)
        painter.setPen(QPen(accent, look.px(2)))
        painter.setBrush(surface)
        painter.drawPolygon(
            QPolygonF(
                [
                    at + QPointF(0, -size),
                    at + QPointF(size * 0.95, size * 0.75),
                    at + QPointF(-size * 0.95, size * 0.75),
                ]
            )
        )
    elif role == "value":
        painter.setPen(QPen(surface, look.px(2)))
        painter.setBrush(accent)
        painter.drawEllipse(at, look.px(5), look.px(5))
    else:
        painter.setPen(QPen(thread, look.px(2)))
        painter.setBrush(surface)
        painter.drawEllipse(at, look.px(6), look.px(6))
