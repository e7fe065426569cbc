"""A page as a picture, with what is marked on it and what is being picked: words where it has a text layer, an area where not."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel

from sencoapp.domain.page_words import PageWord, Picked, moved, places_of, quote_of, word_at
from sencoapp.domain.report_marks import Box
from ui.theme import theme
from ui.widgets.announce import announce

_STEPS = {
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Home: "line_start",
    Qt.Key.Key_End: "line_end",
}
_AREA = Box(0.1, 0.1, 0.9, 0.18)
"""Where an area begins for whoever draws it with the keyboard."""
_STEP = 0.02
_LEAST = 0.01
_VEIL = 70
"""How strong a marked passage is tinted, of 255: the words beneath stay readable."""


@dataclass(frozen=True)
class Marked:
    """A passage that is marked: where, the role of its colour, and a letter that says what it is without colour."""

    places: tuple[Box, ...]
    role: str
    letter: str


class MarkedPage(QLabel):
    """``picked`` is sent whenever something else is picked, ``wanted`` when it is to be marked (Enter, or a double click)."""

    picked = Signal()
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(12, 12, 12, 12)
        self._picks = False
        self._words: Sequence[PageWord] = ()
        self._marks: Sequence[Marked] = ()
        self._at: Picked | None = None
        self._area: Box | None = None
        self._from: QPointF | None = None

    # ---- what it shows ----------------------------------------------------------------------------------------------
    def pick(self, *, on: bool) -> None:
        """Whether words or areas can be picked."""
        self._picks = on
        self._let_go()
        self.setCursor(
            Qt.CursorShape.IBeamCursor if on and self._words else Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor
        )

    def show_words(self, words: Sequence[PageWord]) -> None:
        """The words of the page in sight; none for a picture."""
        self._words = words
        self.pick(on=self._picks)

    def show_marks(self, marks: Sequence[Marked]) -> None:
        """What is marked on the page in sight."""
        self._marks = marks
        self.update()

    def has_words(self) -> bool:
        return bool(self._words)

    def quote(self) -> str:
        """The words that are picked; empty on a picture, and where nothing is."""
        return quote_of(self._at.of(self._words)) if self._at else ""

    def places(self) -> tuple[Box, ...]:
        """Where on the page that is, a rectangle a line; empty where nothing is picked."""
        if self._at is not None:
            return places_of(self._at.of(self._words))
        return (self._area,) if self._area else ()

    def shown_at(self) -> QRectF | None:
        """Where the last of what is picked lies in this widget, to scroll to."""
        places = self.places()
        return self._on_screen(places[-1]) if places else None

    # ---- by keyboard ------------------------------------------------------------------------------------------------
    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key was for picking."""
        if not self._picks or self.pixmap().isNull():
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if self.places():
                self.wanted.emit()
            return True
        if key not in _STEPS:
            return False
        grows = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._words:
            self._step(_STEPS[key], grows=grows)
        else:
            self._step_area(_STEPS[key], grows=grows)
        return True

    def _step(self, step: str, *, grows: bool) -> None:
        if self._at is None:
            self._at = Picked(0, 0)
        else:
            end = moved(self._words, self._at.end, step)
            self._at = Picked(self._at.anchor if grows else end, end)
        announce(self.quote() if grows else self._words[self._at.end].text, self)
        self._changed()

    def _step_area(self, step: str, *, grows: bool) -> None:
        across = {"left": -_STEP, "right": _STEP}.get(step, 0.0)
        down = {"up": -_STEP, "down": _STEP}.get(step, 0.0)
        box = self._area
        if box is None:
            self._area = _AREA
        elif grows:
            right, bottom = max(box.left + _LEAST, box.right + across), max(box.top + _LEAST, box.bottom + down)
            self._area = Box(box.left, box.top, min(1.0, right), min(1.0, bottom))
        else:
            across = min(max(across, -box.left), 1 - box.right)
            down = min(max(down, -box.top), 1 - box.bottom)
            self._area = Box(box.left + across, box.top + down, box.right + across, box.bottom + down)
        self._changed()

    # ---- by mouse ---------------------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._picks and event.button() == Qt.MouseButton.LeftButton:
            self._from = event.position()
            self._drag(event.position())
            event.ignore()  # the focus goes where the page is read
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._drag(event.position())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._drag(event.position())
            self._from = None
            if self._area is not None and (self._area.right - self._area.left < _LEAST or self._area.bottom - self._area.top < _LEAST):
                self._let_go()
            return
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._picks and self.places():
            self.wanted.emit()
            return
        super().mouseDoubleClickEvent(event)

    def _drag(self, to: QPointF) -> None:
        assert self._from is not None
        one, other = self._on_page(self._from), self._on_page(to)
        if self._words:
            first, last = word_at(self._words, *one), word_at(self._words, *other)
            self._at = Picked(first or 0, last or 0)
        else:
            self._area = Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
        self._changed()

    # ---- within -----------------------------------------------------------------------------------------------------
    def _let_go(self) -> None:
        self._at = self._area = self._from = None
        self._changed()

    def _changed(self) -> None:
        self.update()
        self.picked.emit()

    def _paper(self) -> QRectF:
        """Where the picture of the page lies."""
        picture = self.pixmap()
        size = picture.size() / (picture.devicePixelRatio() or 1)
        inside = self.contentsRect()
        left = inside.left() + max(0.0, (inside.width() - size.width()) / 2)
        top = inside.top() + max(0.0, (inside.height() - size.height()) / 2)
        return QRectF(left, top, max(1, size.width()), max(1, size.height()))

    def _on_page(self, place: QPointF) -> tuple[float, float]:
        paper = self._paper()
        across, down = (place.x() - paper.left()) / paper.width(), (place.y() - paper.top()) / paper.height()
        return min(1.0, max(0.0, across)), min(1.0, max(0.0, down))

    def _on_screen(self, box: Box) -> QRectF:
        paper = self._paper()
        return QRectF(
            paper.left() + box.left * paper.width(),
            paper.top() + box.top * paper.height(),
            (box.right - box.left) * paper.width(),
            (box.bottom - box.top) * paper.height(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.pixmap().isNull() or not (self._marks or self.places()):
            return
        painter = QPainter(self)
        for each in self._marks:
            self._paint(painter, each.places, each.role)
            self._paint_letter(painter, each)
        if self.places():
            self._paint(painter, self.places(), "focus", edge=True)
        painter.end()

    def _paint(self, painter: QPainter, places: Sequence[Box], role: str, *, edge: bool = False) -> None:
        colour = theme().colour(role)
        tint = QColor(colour)
        tint.setAlpha(_VEIL)
        for each in places:
            box = self._on_screen(each).adjusted(-1, -1, 1, 1)
            painter.fillRect(box, tint)
            painter.setPen(QPen(colour, 2 if edge else 1))
            if edge:
                painter.drawRect(box)
            else:
                painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _paint_letter(self, painter: QPainter, mark: Marked) -> None:
        if not mark.places:
            return
        first = self._on_screen(mark.places[0])
        size = float(theme().px(16))
        box = QRectF(max(0.0, first.left() - size - 4), first.center().y() - size / 2, size, size)
        painter.fillRect(box, theme().colour(mark.role))
        painter.setPen(theme().colour("surface"))
        painter.setFont(QFont(theme().font("small", 700)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, mark.letter)
