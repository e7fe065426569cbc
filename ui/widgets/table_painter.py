"""Draws the cells of a ``RecordTable``: rows with hairlines, chips, bars, the bar of the chosen row and the ring of the focused one."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui.theme import theme
from ui.widgets.painting import chip_size, paint_chip
from ui.widgets.table_model import CELL, Cell, GroupRow, RecordTableModel, Row, TableRow

Index = QModelIndex | QPersistentModelIndex

PADDING = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
STEP = 20
"""How much further in a row stands than the one that it is under."""
ARROW = 22


class TablePainter(QStyledItemDelegate):
    """``lead`` is the room in design pixels before the first column and after the last."""

    def __init__(self, view: QTableView, lead: int) -> None:
        super().__init__(view)
        self._view = view
        self.lead = lead
        self.ends = (0, 0)
        """The first and the last column that are shown."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = index.data(CELL)
        words = cell.text if isinstance(cell, Cell) else ""
        return QSize(QFontMetrics(theme().font("ui")).horizontalAdvance(words) + theme().px(2 * PADDING), theme().px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        found = self._found(index)
        row = found if isinstance(found, TableRow) else None
        cell = row.cells[index.column()] if row else found
        first, last = self.ends
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(cell, GroupRow):
            painter.fillRect(box, look.colour("sunken"))
            self._words(painter, box.adjusted(look.px(self.lead), 0, -look.px(self.lead), 0), cell.words, look.font("ui", 600), "text")
        if row is not None and row.head and not state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look.colour("sunken"))
        if state & QStyle.StateFlag.State_Selected and not isinstance(cell, GroupRow):
            painter.fillRect(box, look.colour("selection"))
            if index.column() == first:
                painter.fillRect(QRect(box.x(), box.y(), look.px(3), box.height()), look.colour("accent"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), look.colour("hairline"))
        if isinstance(cell, Cell):
            left = self.lead if index.column() == first else PADDING
            right = self.lead if index.column() == last else PADDING
            inside = box.adjusted(look.px(left), 0, -look.px(right), 0)
            if index.column() == first and row is not None and (row.depth or row.opens is not None):
                inside = self._stand_in(painter, inside, row)
            self._content(painter, inside, cell, right=self._is_right(index))
            if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
                self._ring(painter, box, starts=index.column() == first, ends=index.column() == last)
        painter.restore()

    def button_box(self, box: QRect, cell: Cell, *, is_last: bool) -> QRect:
        """Where the button of a cell lies within the cell's rectangle."""
        look = theme()
        metrics = QFontMetrics(look.font("ui", 600 if cell.primary else 500))
        wide = metrics.horizontalAdvance(cell.button) + look.px(24)
        tall = max(look.px(30), metrics.height() + look.px(4))
        right = box.right() - look.px(self.lead if is_last else PADDING)
        return QRect(right - wide, box.center().y() - tall // 2, wide, tall)

    def arrow_box(self, box: QRect, row: TableRow) -> QRect:
        """Where the arrow of a row lies within the rectangle of its first cell."""
        look = theme()
        return QRect(box.x() + look.px(self.lead - 4 + STEP * row.depth), box.y(), look.px(ARROW + 4), box.height())

    # ---- within -----------------------------------------------------------------------------------------------------

    def _found(self, index: Index) -> Row | None:
        """The row itself: to ask the model for each cell takes longer than to paint some."""
        model = self._view.model()
        return model.row_at(index.row()) if isinstance(model, RecordTableModel) else None

    @staticmethod
    def _stand_in(painter: QPainter, box: QRect, row: TableRow) -> QRect:
        """Paints the arrow of a row that opens; what is left of the box for its words."""
        look = theme()
        start = box.x() + look.px(STEP * row.depth)
        if row.opens is not None:
            side = look.px(16)
            icon = "chevron-down" if row.opens else "chevron-right"
            painter.drawPixmap(start, box.y() + (box.height() - side) // 2, look.pixmap(icon, "muted", 16))
        return QRect(start + look.px(ARROW), box.y(), box.right() - start - look.px(ARROW) + 1, box.height())

    def _is_right(self, index: Index) -> bool:
        model = self._view.model()
        return isinstance(model, RecordTableModel) and model.columns[index.column()].right

    def _content(self, painter: QPainter, box: QRect, cell: Cell, *, right: bool) -> None:
        look = theme()
        if cell.button:
            outer = box.adjusted(0, 0, look.px(self.lead), 0)
            self._button(painter, self.button_box(outer, cell, is_last=True), cell)
            return
        if cell.icon:
            side = look.px(18)
            painter.drawPixmap(box.x(), box.y() + (box.height() - side) // 2, look.pixmap(cell.icon, cell.tone, 18))
            box = box.adjusted(look.px(26), 0, 0, 0)
        if cell.chip:
            size = chip_size(*cell.chip)
            place = QRect(box.x(), box.y() + (box.height() - size.height()) // 2, min(size.width(), box.width()), size.height())
            paint_chip(painter, place, *cell.chip)
            box = box.adjusted(size.width() + look.px(8), 0, 0, 0)
        if cell.bar:
            self._bar(painter, box, *cell.bar)
            box = box.adjusted(0, 0, 0, -look.px(8))
        weight = 600 if cell.bold else None
        font = look.font("ui", weight, figures=right)
        upper = QRect(box.x(), box.y() + look.px(7), box.width(), box.height() // 2 - look.px(6)) if cell.sub else box
        self._words(painter, upper, cell.text, font, cell.tone, right=right)
        if cell.sub:
            lower = QRect(box.x(), box.y() + box.height() // 2, box.width(), box.height() // 2 - look.px(5))
            sub = look.font("small", 400)
            sub.setPixelSize(look.px(13))
            self._words(painter, lower, cell.sub, sub, cell.sub_tone, right=right)

    @staticmethod
    def _words(painter: QPainter, box: QRect, words: str, font: QFont, tone: str, *, right: bool = False) -> None:
        if not words or box.width() <= 0:
            return
        painter.setFont(font)
        painter.setPen(theme().colour(tone))
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _RIGHT if right else _LEFT, shown)

    @staticmethod
    def _button(painter: QPainter, box: QRect, cell: Cell) -> None:
        look = theme()
        painter.setPen(QPen(look.colour("accent" if cell.primary else "border"), 1))
        painter.setBrush(look.colour("accent" if cell.primary else "raised"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), look.px(6), look.px(6))
        painter.setFont(look.font("ui", 600 if cell.primary else 500))
        painter.setPen(look.colour("on_accent" if cell.primary else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.button)

    @staticmethod
    def _bar(painter: QPainter, box: QRect, part: float, whole: float) -> None:
        look = theme()
        share = min(1.0, part / whole) if whole else 0.0
        line = QRectF(box.x(), box.bottom() - look.px(8), box.width(), look.px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hairline"))
        painter.drawRoundedRect(line, 2, 2)
        painter.setBrush(look.colour("accent" if share >= 0.85 else "warning"))
        painter.drawRoundedRect(QRectF(line.x(), line.y(), line.width() * share, line.height()), 2, 2)

    @staticmethod
    def _ring(painter: QPainter, box: QRect, *, starts: bool, ends: bool) -> None:
        colour = theme().colour("focus")
        painter.fillRect(QRect(box.x(), box.y(), box.width(), 2), colour)
        painter.fillRect(QRect(box.x(), box.bottom() - 2, box.width(), 2), colour)
        if starts:
            painter.fillRect(QRect(box.x(), box.y(), 2, box.height() - 1), colour)
        if ends:
            painter.fillRect(QRect(box.right() - 1, box.y(), 2, box.height() - 1), colour)
