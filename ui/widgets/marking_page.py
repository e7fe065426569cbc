"""A page on which areas are marked: drawn with the mouse, or with a frame that the keys move and widen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sencoapp import reference
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.painting import focus_ring

_WHOLE = 10_000
_LEAST = 40
"""Ten-thousandths: a smaller rectangle was a slip of the hand."""
_STEP, _FINE = 150, 30
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}

Place = tuple[int, int, int, int]
"""Left, top, right and bottom in ten-thousandths of the page."""


@dataclass(frozen=True)
class PageMark:
    """A mark on the page. ``words`` say why it is there."""

    key: str
    place: Place
    words: str


class MarkingPage(QWidget):
    """``show_page`` shows a picture with its marks. A dragged rectangle, or Enter on the frame, sends ``drawn``.

    Space shows the frame and takes it away; the arrows move it, with Shift they widen it, with Ctrl they go in fine steps. A click on
    a mark sends ``picked``.
    """

    drawn = Signal(tuple)
    picked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self._marks: Sequence[PageMark] = ()
        self._chosen = ""
        self._from: QPointF | None = None
        self._to = QPointF()
        self._frame: Place | None = None
        self._can_mark = True
        self.setAccessibleName(name)
        self.setAccessibleDescription(reference.say("withhold.page_keys"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def show_page(self, image: QImage, marks: Sequence[PageMark]) -> None:
        self._image = image
        self._frame = None
        self._keep_shape()
        self.show_marks(marks)

    def show_marks(self, marks: Sequence[PageMark], chosen: str = "") -> None:
        self._marks, self._chosen = marks, chosen
        self.updateGeometry()
        self.update()

    def allow(self, can_mark: bool) -> None:
        """Whether anything can be marked; looking at the marks is always allowed."""
        self._can_mark = can_mark
        self.setCursor(Qt.CursorShape.CrossCursor if can_mark else Qt.CursorShape.ArrowCursor)

    def frame(self) -> Place | None:
        """Where the frame of the keys stands; None while there is none."""
        return self._frame

    # ---- size -------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._image.isNull():
            return theme().px(400)
        return round(width * self._image.height() / max(1, self._image.width()))

    def sizeHint(self) -> QSize:
        wide = self.width() or theme().px(560)
        return QSize(wide, self.heightForWidth(wide))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_shape()

    def _keep_shape(self) -> None:
        """A page is never stretched: its height follows its width."""
        tall = self.heightForWidth(self.width())
        if self.height() != tall:
            self.setFixedHeight(tall)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(240), theme().px(200))

    # ---- mouse and keys ---------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = event.position()
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        first, self._from = self._from, None
        place = self._place_of(QRectF(first, event.position()).normalized())
        self.update()
        if place[2] - place[0] >= _LEAST and place[3] - place[1] >= _LEAST:
            if self._can_mark:
                self.drawn.emit(place)
            return
        under = next((each for each in reversed(self._marks) if self._box(each.place).contains(event.position())), None)
        if under is not None:
            self.picked.emit(under.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Space and self._can_mark:
            self._frame = None if self._frame else (1000, 1000, 3500, 1400)
            announce(reference.say("withhold.frame_shown" if self._frame else "withhold.frame_gone"), self)
        elif self._frame and key in _ARROWS:
            self._frame = _moved(self._frame, _ARROWS[key], event.modifiers())
            self._say_frame()
        elif self._frame and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.drawn.emit(self._frame)
        elif self._frame and key == Qt.Key.Key_Escape:
            self._frame = None
        else:
            super().keyPressEvent(event)
            return
        self.update()

    def _say_frame(self) -> None:
        assert self._frame is not None
        left, top, right, bottom = (round(each / 100) for each in self._frame)
        announce(reference.say("withhold.frame_at", left=left, top=top, right=right, bottom=bottom), self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # ---- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = QRectF(self.rect())
        painter.fillRect(page, QColor("white"))
        if not self._image.isNull():
            painter.drawImage(page, self._image)
        for each in self._marks:
            self._paint_mark(painter, self._box(each.place), each.key == self._chosen)
        pen = QPen(look.colour("focus"), 2, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._from is not None:
            painter.drawRect(QRectF(self._from, self._to).normalized())
        if self._frame is not None:
            painter.drawRect(self._box(self._frame))
        if self.hasFocus():
            focus_ring(painter, self.rect(), 0)

    def _paint_mark(self, painter: QPainter, box: QRectF, chosen: bool) -> None:
        """Black as in the copy, but so that what lies beneath can still be told; the chosen one has a ring."""
        painter.setPen(QPen(QColor("black"), 1))
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRect(box)
        if chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().colour("focus"), 3))
            painter.drawRect(box.adjusted(-2, -2, 2, 2))

    def _box(self, place: Place) -> QRectF:
        wide, high = self.width() / _WHOLE, self.height() / _WHOLE
        return QRectF(place[0] * wide, place[1] * high, (place[2] - place[0]) * wide, (place[3] - place[1]) * high)

    def _place_of(self, box: QRectF) -> Place:
        wide, high = max(1, self.width()), max(1, self.height())
        ends = (box.left() / wide, box.top() / high, box.right() / wide, box.bottom() / high)
        left, top, right, bottom = (round(min(max(each, 0.0), 1.0) * _WHOLE) for each in ends)
        return left, top, right, bottom


def _moved(frame: Place, way: tuple[int, int], keys: Qt.KeyboardModifier) -> Place:
    step = _FINE if keys & Qt.KeyboardModifier.ControlModifier else _STEP
    across, down = way[0] * step, way[1] * step
    left, top, right, bottom = frame
    if keys & Qt.KeyboardModifier.ShiftModifier:
        return left, top, min(max(right + across, left + _LEAST), _WHOLE), min(max(bottom + down, top + _LEAST), _WHOLE)
    across = min(max(across, -left), _WHOLE - right)
    down = min(max(down, -top), _WHOLE - bottom)
    return left + across, top + down, right + across, bottom + down
