"""What happened, in one line down the page: a day, a knot on the golden thread, a card (look.md, look/03-pupil-timeline.png).

It is a table of the record in another dress: rows are fetched in pages, and no widget stands for an entry.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import theme
from ui.widgets.painting import ChipStyle, chip_size, focus_ring, paint_chip
from ui.widgets.table import RecordTable
from ui.widgets.table_model import CELL, Cell, Column, GroupRow, Row, TableRow

Index = QModelIndex | QPersistentModelIndex

_DAY, _KNOT, _GAP, _LEAD, _END = 110, 34, 8, 24, 16
_HEAD, _SHORT, _LINE, _FRAME = 36, 46, 20, 44
_MOST_LINES = 2


def timeline_row(
    key: str, day: str, below_day: str, icon: str, tone: str, head: str, who: str, words: str, chip: tuple[ChipStyle, str] | None = None
) -> TableRow:
    """One entry. ``tone`` is the colour role of its knot and its head; ``words`` are shown in two lines at most."""
    return TableRow(key, (Cell(day, below_day), Cell(head, words, tone=tone, icon=icon, chip=chip), Cell(who)))


class Timeline(RecordTable):
    """Rows of ``timeline_row`` and ``GroupRow``. Its signals are those of ``RecordTable``."""

    def __init__(self, name: str) -> None:
        super().__init__(name, (Column("", _DAY), Column("", 0), Column("", 0)), headings=False)
        self._widest = -1
        self._knots = _TimelinePainter(self)
        self.setItemDelegate(self._knots)
        self.setProperty("bare", True)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_rows(self, rows: list[Row], *, more: bool = False) -> None:  # type: ignore[override]
        super().show_rows(rows, more=more)
        self._shape_rows(0)

    def add_rows(self, rows: list[Row], *, more: bool = False) -> None:  # type: ignore[override]
        first = self.model().rowCount()
        super().add_rows(rows, more=more)
        self._shape_rows(first)

    def seen_rows(self) -> int:
        """How many rows there are down to the lowest in sight: what has to be read anew to stay where one is."""
        last = self.rowAt(self.viewport().height() - 1)
        return self.model().rowCount() if last < 0 else last + 1

    def scroll_to_place(self, place: int) -> None:
        """Goes back to where the bar stood; the rows were just shown anew."""
        self.updateGeometries()
        self.verticalScrollBar().setValue(place)

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_knots"):
            self._shape_rows(0)

    def _scrolled(self, place: int) -> None:
        """Asks for the next page while there are still two screens to go, so that scrolling never has to stop."""
        if self.verticalScrollBar().maximum() - place < 2 * self.viewport().height() and self.model().canFetchMore(QModelIndex()):
            self.model().fetchMore(QModelIndex())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.viewport().width() != self._widest:
            self._widest = self.viewport().width()
            self._shape_rows(0)

    def _shape_columns(self) -> None:
        # Everything is painted in the first column, over the whole width; the others are there to be read out.
        for column in (1, 2):
            self.setColumnHidden(column, True)
        self.setColumnWidth(0, self.viewport().width())

    def _shape_groups(self, first: int) -> None:
        return

    def _shape_rows(self, first: int) -> None:
        down = self.verticalHeader()
        for number in range(first, self.model().rowCount()):
            down.resizeSection(number, self._knots.height(self.model().index(number, 0)))


class _TimelinePainter(QStyledItemDelegate):
    def __init__(self, view: Timeline) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(200), self.height(index))

    def height(self, index: Index) -> int:
        """Of a row with its gap, in pixels: as many lines as its words need."""
        look = theme()
        if isinstance(index.data(CELL), GroupRow):
            return look.px(_HEAD)
        card = self._cell(index, 1)
        words = card.sub
        if not words:
            return look.px(_SHORT + _GAP)
        wide = self._inside(self._card(QRect(0, 0, self._view.viewport().width(), 100))).width()
        one = QFontMetrics(look.font("ui")).horizontalAdvance(words[:400]) <= wide and "\n" not in words
        return look.px(_FRAME + _LINE * (1 if one else _MOST_LINES) + _GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme()
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(box, look.colour("background"))  # the view has filled the chosen row from edge to edge
        first = index.data(CELL)
        if isinstance(first, GroupRow):
            painter.setFont(look.font("heading"))
            painter.setPen(look.colour("text"))
            painter.drawText(box.adjusted(look.px(_LEAD), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, first.words)
        elif isinstance(first, Cell):
            state: QStyle.StateFlag = option.state
            card, who = self._cell(index, 1), self._cell(index, 2)
            self._paint_day(painter, box, first)
            self._paint_knot(painter, box, card, index)
            self._paint_card(painter, self._card(box), card, who.text, chosen=bool(state & QStyle.StateFlag.State_Selected), index=index)
        painter.restore()

    @staticmethod
    def _cell(index: Index, column: int) -> Cell:
        found = index.model().index(index.row(), column).data(CELL)
        return found if isinstance(found, Cell) else Cell()

    # ---- the parts of a row -----------------------------------------------------------------------------------------

    def _card(self, box: QRect) -> QRect:
        look = theme()
        return box.adjusted(look.px(_LEAD + _DAY + _KNOT + 10), 0, -look.px(_END), -look.px(_GAP))

    @staticmethod
    def _inside(card: QRect) -> QRect:
        look = theme()
        return card.adjusted(look.px(12), look.px(8), -look.px(12), -look.px(6))

    def _paint_day(self, painter: QPainter, box: QRect, day: Cell) -> None:
        look = theme()
        place = box.adjusted(look.px(_LEAD), look.px(8), 0, 0)
        place.setWidth(look.px(_DAY - 4))
        for words, font, tone, top, tall in (
            (day.text, look.font("ui", 600), "text", 0, 20),
            (day.sub, look.font("small", 400), "muted", 20, 18),
        ):
            painter.setFont(font)
            painter.setPen(look.colour(tone))
            line = QRect(place.x(), place.y() + look.px(top), place.width(), look.px(tall))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_knot(self, painter: QPainter, box: QRect, card: Cell, index: Index) -> None:
        look = theme()
        radius = look.px(14)
        middle = QPointF(box.x() + look.px(_LEAD + _DAY) + look.px(_KNOT) / 2, box.y() + look.px(8) + radius)
        painter.setPen(QPen(look.colour("thread"), look.px(2)))
        if self._is_entry(index.row() - 1):
            painter.drawLine(QPointF(middle.x(), box.y()), QPointF(middle.x(), middle.y() - radius))
        if self._is_entry(index.row() + 1):
            painter.drawLine(QPointF(middle.x(), middle.y() + radius), QPointF(middle.x(), box.bottom() + 1))
        painter.setPen(QPen(look.colour(card.tone), look.px(2)))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(middle, radius - 1, radius - 1)
        if card.icon:
            side = look.px(16)
            painter.drawPixmap(round(middle.x() - side / 2), round(middle.y() - side / 2), look.pixmap(card.icon, card.tone, 16))

    def _is_entry(self, number: int) -> bool:
        return isinstance(self._view.model().index(number, 0).data(CELL), Cell) if number >= 0 else False

    def _paint_card(self, painter: QPainter, box: QRect, card: Cell, who: str, *, chosen: bool, index: Index) -> None:
        look = theme()
        painter.setPen(QPen(look.colour("accent" if chosen else "hairline"), 1))
        painter.setBrush(look.colour("selection" if chosen else "surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), look.px(8), look.px(8))
        inside = self._inside(box)
        head = QRect(inside.x(), inside.y(), inside.width(), look.px(24))
        if card.chip:
            size = chip_size(*card.chip)
            paint_chip(painter, QRect(head.right() - size.width(), head.y() + 1, size.width(), size.height()), *card.chip)
            head.setWidth(head.width() - size.width() - look.px(8))
        used = self._words(painter, head, card.text, weight=600, tone=card.tone)
        rest = head.adjusted(used + look.px(10), 0, 0, 0)
        if who and rest.width() > look.px(40):
            self._words(painter, rest, who, small=True, tone="muted")
        if card.sub:
            self._paint_words(painter, inside.adjusted(0, look.px(25), 0, 0), card.sub)
        if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
            focus_ring(painter, box, look.px(8))

    @staticmethod
    def _words(painter: QPainter, box: QRect, words: str, *, weight: int | None = None, small: bool = False, tone: str = "text") -> int:
        look = theme()
        font = look.font("small", 400) if small else look.font("ui", weight)
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)

    @staticmethod
    def _paint_words(painter: QPainter, box: QRect, words: str) -> None:
        """Two lines at most; the second is cut with an ellipsis."""
        look = theme()
        font = look.font("ui")
        metrics = QFontMetrics(font)
        plain = " ".join(words[:600].split())
        layout = QTextLayout(plain, font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        first = layout.createLine()
        first.setLineWidth(box.width())
        layout.endLayout()
        cut = first.textLength()
        lines = [plain[:cut], plain[cut:]] if cut < len(plain) else [plain]
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        for number, line in enumerate(lines):
            place = QRect(box.x(), box.y() + look.px(_LINE * number), box.width(), look.px(_LINE))
            painter.drawText(
                place, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(line.rstrip(), Qt.TextElideMode.ElideRight, box.width())
            )
