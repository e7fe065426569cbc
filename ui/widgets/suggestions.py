"""The list below a field that is typed into: what was found, with a second line, an icon, and a shortcut at its right."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import theme

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Suggestion:
    """One thing that may be meant. ``id`` says which; ``enabled`` false greys it out, and ``detail`` then says why."""

    id: str
    words: str
    detail: str = ""
    icon: str = ""
    shortcut: str = ""
    enabled: bool = True
    carries: Any = None


class SuggestionModel(QAbstractListModel):
    """What a list of suggestions shows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[Suggestion] = []

    def show(self, items: Sequence[Suggestion]) -> None:
        self.beginResetModel()
        self._items = list(items)
        self.endResetModel()

    def at(self, index: Index) -> Suggestion | None:
        return self._items[index.row()] if index.isValid() and index.row() < len(self._items) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.at(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return item.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (item.words, item.detail, item.shortcut) if part)
        if role == Qt.ItemDataRole.UserRole:
            return item
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        item = self.at(index)
        if item is None or not item.enabled:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class SuggestionList(QListView):
    """The list. The focus stays in the field, which hands the arrow keys on through ``step``."""

    picked = Signal(object)
    """A ``Suggestion`` that was clicked, or taken with ``take``."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SuggestionModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_SuggestionPainter(self))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._clicked)

    def show_items(self, items: Sequence[Suggestion]) -> None:
        self._model.show(items)
        self.step(1, start=True)

    def count(self) -> int:
        return self._model.rowCount()

    def current(self) -> Suggestion | None:
        return self._model.at(self.currentIndex())

    def step(self, by: int, *, start: bool = False) -> None:
        """Moves to the next suggestion that can be taken; ``start`` goes to the first."""
        row = -1 if start else self.currentIndex().row()
        for _ in range(self.count()):
            row = (row + by) % self.count()
            index = self._model.index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentIndex(index)
                self.scrollTo(index)
                return

    def take(self) -> bool:
        """Takes the current suggestion; false where there is none."""
        item = self.current()
        if item is None or not item.enabled:
            return False
        self.picked.emit(item)
        return True

    def wanted_height(self, most: int) -> int:
        """The height of all rows, at most ``most`` pixels."""
        tall = sum(self.sizeHintForRow(row) for row in range(self.count()))
        return min(max(tall, 1), most)

    def restyle(self) -> None:
        self.scheduleDelayedItemsLayout()

    def _clicked(self, index: QModelIndex) -> None:
        item = self._model.at(index)
        if item is not None and item.enabled:
            self.picked.emit(item)


class _SuggestionPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        item = _suggestion(index)
        return QSize(look.px(120), look.px(48 if item.detail else 38))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        item = _suggestion(index)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("selection"))
            painter.fillRect(QRect(box.x(), box.y(), look.px(3), box.height()), look.colour("accent"))
        inside = box.adjusted(look.px(14), 0, -look.px(14), 0)
        if item.icon:
            side = look.px(18)
            painter.drawPixmap(inside.x(), box.y() + (box.height() - side) // 2, look.pixmap(item.icon, "muted", 18))
            inside = inside.adjusted(look.px(28), 0, 0, 0)
        if item.shortcut:
            font = look.font("small", 600)
            painter.setFont(font)
            painter.setPen(QPen(look.colour("muted")))
            painter.drawText(inside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, item.shortcut)
            inside = inside.adjusted(0, 0, -QFontMetrics(font).horizontalAdvance(item.shortcut) - look.px(12), 0)
        _two_lines(painter, inside, item)
        painter.restore()


def _suggestion(index: Index) -> Suggestion:
    item = index.data(Qt.ItemDataRole.UserRole)
    return item if isinstance(item, Suggestion) else Suggestion("", "")


def _two_lines(painter: QPainter, box: QRect, item: Suggestion) -> None:
    look = theme()
    tone = "text" if item.enabled else "muted"
    upper = box.adjusted(0, look.px(5), 0, -box.height() // 2) if item.detail else box
    for words, place, font, ink in (
        (item.words, upper, look.font("ui", 500), tone),
        (item.detail, box.adjusted(0, box.height() // 2, 0, -look.px(5)), look.font("small", 400), "muted"),
    ):
        if words:
            painter.setFont(font)
            painter.setPen(look.colour(ink))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
