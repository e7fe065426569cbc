"""How things stand beside and below each other, and the surfaces they stand on. All lengths are design pixels."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QLayoutItem, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import theme

Item: TypeAlias = "QWidget | QLayout | int | float | tuple[QWidget | QLayout, int] | None"
"""A widget, a layout, a gap in design pixels, ``STRETCH``, None (left out), or a pair of something and its stretch."""

STRETCH = 1.0
"""Takes what room is left; 0.0 takes it only where nothing else wants it."""

Margins: TypeAlias = "int | tuple[int, int, int, int]"
"""The same on all sides, or left, top, right, bottom."""


class AcrossLayout(QHBoxLayout):
    """A row whose gaps and margins follow the text size."""

    def __init__(self, gap: int = 8, margins: Margins = 0) -> None:
        super().__init__()
        self.measures = _Measures(gap, margins)
        self.restyle()

    def restyle(self) -> None:
        self.measures.apply(self)

    def set_margins(self, margins: Margins) -> None:
        self.measures = _Measures(self.measures.gap, margins)
        self.restyle()


class DownLayout(QVBoxLayout):
    """A column whose gaps and margins follow the text size."""

    def __init__(self, gap: int = 8, margins: Margins = 0) -> None:
        super().__init__()
        self.measures = _Measures(gap, margins)
        self.restyle()

    def restyle(self) -> None:
        self.measures.apply(self)


class _Measures:
    def __init__(self, gap: int, margins: Margins) -> None:
        self.gap = gap
        self.margins = margins if isinstance(margins, tuple) else (margins,) * 4

    def apply(self, layout: QBoxLayout) -> None:
        look = theme()
        layout.setSpacing(look.px(self.gap))
        left, top, right, bottom = (look.px(each) for each in self.margins)
        layout.setContentsMargins(left, top, right, bottom)


class Gap(QWidget):
    """An empty length that follows the text size."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self._length = length
        self.restyle()

    def restyle(self) -> None:
        side = theme().px(self._length)
        self.setFixedSize(side, side)


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> AcrossLayout:
    """Things side by side."""
    line = AcrossLayout(gap, margins)
    fill(line, items)
    return line


def col(*items: Item, gap: int = 8, margins: Margins = 0) -> DownLayout:
    """Things below each other."""
    column = DownLayout(gap, margins)
    fill(column, items)
    return column


def fill(layout: QBoxLayout, items: Sequence[Item]) -> None:
    """Adds things to a layout; see ``Item`` for what they may be."""
    for item in items:
        if item is None:
            continue
        if isinstance(item, float):
            layout.addStretch(round(item))
        elif isinstance(item, int):
            layout.addWidget(Gap(item))
        elif isinstance(item, tuple):
            _add(layout, item[0], item[1])
        else:
            _add(layout, item, 0)


def _add(layout: QBoxLayout, item: QWidget | QLayout, stretch: int) -> None:
    if isinstance(item, QLayout):
        layout.addLayout(item, stretch)
    else:
        layout.addWidget(item, stretch)


def holder(layout: QLayout) -> QWidget:
    """A plain widget around a layout."""
    box = QWidget()
    box.setLayout(layout)
    return box


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and has it destroyed."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


SurfaceKind = Literal[
    "panel", "raised", "sunken", "rail", "bar", "foot", "side", "chosen", "plain", "thread", "success", "warning", "danger", "info"
]

_FILLS = {
    "panel": ("surface", "hairline", 8, "all"),
    "raised": ("raised", "border", 12, "all"),
    "sunken": ("sunken", "", 8, ""),
    "rail": ("sunken", "hairline", 0, "right"),
    "bar": ("surface", "hairline", 0, "bottom"),
    "foot": ("surface", "hairline", 0, "top"),
    "side": ("surface", "hairline", 0, "left"),
    "chosen": ("selection", "accent", 8, "all"),
    "plain": ("surface", "", 0, ""),
    "thread": ("thread_soft", "thread", 8, "all"),
    "success": ("success_soft", "success", 8, "all"),
    "warning": ("warning_soft", "warning", 8, "all"),
    "danger": ("danger_soft", "danger", 8, "all"),
    "info": ("info_soft", "info", 8, "all"),
}


class Surface(QFrame):
    """Something to stand on: a panel, a bar, the rail, a coloured notice. It has a fill and, where it needs one, an edge."""

    def __init__(self, kind: SurfaceKind = "panel", layout: QLayout | None = None, *, width: int = 0, height: int = 0) -> None:
        super().__init__()
        self._kind: SurfaceKind = kind
        self._fixed = (width, height)
        if layout is not None:
            self.setLayout(layout)
        Surface.restyle(self)

    @property
    def kind(self) -> SurfaceKind:
        return self._kind

    def become(self, kind: SurfaceKind) -> None:
        self._kind = kind
        self.update()

    def set_width(self, width: int) -> None:
        """A fixed width in design pixels."""
        self._fixed = (width, self._fixed[1])
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        width, height = self._fixed
        if width:
            self.setFixedWidth(look.px(width))
        if height:
            self.setMinimumHeight(look.px(height))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        fill_role, line_role, radius, sides = _FILLS[self._kind]
        painter = QPainter(self)
        box = QRectF(self.rect())
        if sides == "all" or radius:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(look.colour(line_role), 1) if line_role else Qt.PenStyle.NoPen)
            painter.setBrush(look.colour(fill_role))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), look.px(radius), look.px(radius))
            return
        painter.fillRect(box, look.colour(fill_role))
        if sides:
            painter.fillRect(_edge(self.rect(), sides), look.colour(line_role))


def _edge(box: QRect, side: str) -> QRect:
    if side == "right":
        return QRect(box.right(), box.y(), 1, box.height())
    if side == "left":
        return QRect(box.x(), box.y(), 1, box.height())
    if side == "top":
        return QRect(box.x(), box.y(), box.width(), 1)
    return QRect(box.x(), box.bottom(), box.width(), 1)


def panel(*items: Item, kind: SurfaceKind = "panel", gap: int = 8, margins: Margins = 16, width: int = 0) -> Surface:
    """A surface with things below each other."""
    return Surface(kind, col(*items, gap=gap, margins=margins), width=width)


class Rule(QWidget):
    """A hairline between things."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().colour("hairline"))


class _Content(QWidget):
    """What scrolls is as tall as its words need at its width; Qt by itself makes room for them as they would wrap in a narrow column."""

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        return QSize(least.width(), self.heightForWidth(max(self.width(), least.width()))) if self.hasHeightForWidth() else least


class Scroll(QScrollArea):
    """A column that scrolls up and down, and never sideways. ``name`` is what a screen reader calls it."""

    def __init__(self, content: QWidget | QLayout, name: str, *, width: int = 0) -> None:
        super().__init__()
        self._width = width
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        # Made here and not asked for: to find out what ``viewport()`` is, Qt's bindings would load every widget there is (10 ms).
        port = QWidget()
        port.setAutoFillBackground(False)
        self.setViewport(port)
        self._content = content if isinstance(content, QWidget) else _Content()
        if isinstance(content, QLayout):
            self._content.setLayout(content)
        self.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        self.restyle()

    def restyle(self) -> None:
        if self._width:
            self.setFixedWidth(theme().px(self._width))

    def minimumSizeHint(self) -> QSize:
        inner = self._content.minimumSizeHint()
        return QSize(inner.width() + self.verticalScrollBar().sizeHint().width(), theme().px(80))


class Flow(QLayout):
    """Things side by side that go on in the next line where the room ends: chips, buttons, figures."""

    def __init__(self, *widgets: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        for widget in widgets:
            self.addWidget(widget)

    def restyle(self) -> None:
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        spare = max(0, box.height() - self.heightForWidth(box.width()))
        self._arrange(box.adjusted(0, spare // 2, 0, 0), place=True)

    def sizeHint(self) -> QSize:
        shown = [each.sizeHint() for each in self._shown()]
        gaps = theme().px(self._gap) * max(0, len(shown) - 1)
        return QSize(sum(each.width() for each in shown) + gaps, max((each.height() for each in shown), default=0))

    def minimumSize(self) -> QSize:
        least = QSize()
        for each in self._shown():
            least = least.expandedTo(each.minimumSize())
        return least

    def _shown(self) -> list[QLayoutItem]:
        return [each for each in self._items if not each.isEmpty()]

    def _arrange(self, box: QRect, *, place: bool) -> int:
        gap = theme().px(self._gap)
        x, y, tallest = box.x(), box.y(), 0
        for item in self._shown():
            size = item.sizeHint()
            if x > box.x() and x + size.width() > box.right() + 1:
                x, y, tallest = box.x(), y + tallest + gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(size.width(), box.width()), size.height())))
            x += size.width() + gap
            tallest = max(tallest, size.height())
        return y + tallest - box.y()


def flow(*widgets: QWidget, gap: int = 8) -> QWidget:
    """A widget with things side by side that wraps."""
    box = holder(Flow(*widgets, gap=gap))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    box.setSizePolicy(policy)
    return box
