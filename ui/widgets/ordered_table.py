"""A table whose rows a person puts in order by dragging; whoever uses it gives the keys that do the same."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication

from ui.theme import theme
from ui.widgets.table import RecordTable


class OrderedTable(RecordTable):
    """``moved`` carries the key of a row and the place, from 0, to which it was dragged. Esc lets go of it."""

    moved = Signal(str, int)

    _from: QPoint | None = None
    _held = ""
    _gap = -1
    """Before which row it would be put; -1 while nothing is dragged."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._from, self._held = event.position().toPoint(), self.current_key()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._from is None:
            super().mouseMoveEvent(event)
            return
        if self._gap >= 0 or (place - self._from).manhattanLength() >= QApplication.startDragDistance():
            self._gap = self._gap_at(place)
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gap, held = self._gap, self._held
        self._let_go()
        if gap < 0:
            super().mouseReleaseEvent(event)
            return
        here = self._rows.number_of(held)
        there = gap - 1 if gap > here else gap
        if here >= 0 and there != here:
            self.moved.emit(held, there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._gap >= 0:
            self._let_go()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._gap >= 0:
            look, painter = theme(), QPainter(self.viewport())
            painter.setPen(QPen(look.colour("focus"), 3))
            high = self._edge(self._gap)
            painter.drawLine(0, high, self.viewport().width(), high)

    def _let_go(self) -> None:
        self._from, self._held, self._gap = None, "", -1
        self.unsetCursor()
        self.viewport().update()

    def _gap_at(self, place: QPoint) -> int:
        count = self._rows.rowCount()
        middles = (self.rowViewportPosition(each) + self.rowHeight(each) // 2 for each in range(count))
        return next((number for number, middle in enumerate(middles) if place.y() < middle), count)

    def _edge(self, gap: int) -> int:
        if gap < self._rows.rowCount():
            return max(1, self.rowViewportPosition(gap))
        last = self._rows.rowCount() - 1
        return self.rowViewportPosition(last) + self.rowHeight(last) - 2
