"""The table of the record: rows with keys, pages fetched as they come into view, one key to open a row."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from ui.theme import theme
from ui.widgets.layout import Surface
from ui.widgets.table_header import TableHeader
from ui.widgets.table_model import CELL, Cell, Column, GroupRow, RecordTableModel, Row, TableRow
from ui.widgets.table_painter import TablePainter

_LEAST_STRETCH = 140


class RecordTable(QTableView):
    """Rows of one kind of thing.

    ``show_rows(rows, more=True)`` fills it; when the end comes into view ``more_wanted(offset)`` asks for the next page, which
    ``add_rows`` appends. Arrow keys move, Enter or a double click sends ``opened``, a click on a painted button or Ctrl+Enter
    ``acted``. A click on a heading whose column has an ``order`` sends ``order_chosen`` ("name", then "-name");
    Ctrl+Up and Ctrl+Down do the same for the column that Left and Right lead to. Where a row ``opens``, Right opens it first and
    Left, at the first column, closes it or goes to the row above that it stands under: ``folded`` asks for it.
    """

    opened = Signal(str)
    acted = Signal(str)
    chosen = Signal(str)
    """The key of the row that the keys or the mouse came to; empty for none."""
    more_wanted = Signal(int)
    order_chosen = Signal(str)
    folded = Signal(str, bool)
    """A row with rows under it is to open (true) or to close: Right and Left, or a click on its arrow."""

    def __init__(
        self, name: str, columns: Sequence[Column], *, two_lines: bool = False, compact: bool = False, headings: bool = True, lead: int = 16
    ) -> None:
        super().__init__()
        self._rows = RecordTableModel(columns, self)
        self._tall = 52 if two_lines else 36 if compact else 40
        self._headings = headings
        self._order = ""
        self._left_out: frozenset[int] = frozenset()
        self._refilling = False
        self.setModel(self._rows)
        self._head = TableHeader(lead, self)
        self.setHorizontalHeader(self._head)
        self._painter = TablePainter(self, lead)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self._set_up()
        self._rows.more_wanted.connect(self.more_wanted)
        self.doubleClicked.connect(lambda index: self._send_opened(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._came_to(now))
        self.restyle()

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        down, across = self.verticalHeader(), self._head
        down.hide()
        down.setMinimumSectionSize(1)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across.setVisible(self._headings)
        across.setSectionsClickable(any(each.order for each in self._rows.columns))
        across.sectionClicked.connect(self._heading_clicked)

    # ---- rows -------------------------------------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Shows these rows and no others. The row that was chosen stays chosen where it is still there."""
        key = self.current_key()
        self._refilling = True
        self.clearSpans()
        self._rows.show(rows, more=more)
        self._refilling = False
        self._shape_groups(0)
        number = self._rows.number_of(key)
        if number >= 0:
            self._choose_row(number)
        elif key:
            self.chosen.emit("")

    def add_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Adds the next page."""
        first = self._rows.rowCount()
        self._rows.add(rows, more=more)
        self._shape_groups(first)

    def count(self) -> int:
        """How many rows are shown, without those that head a group."""
        return sum(isinstance(self._rows.row_at(number), TableRow) for number in range(self._rows.rowCount()))

    def current_key(self) -> str:
        row = self._rows.row_at(self.currentIndex().row())
        return row.key if row is not None else ""

    def choose(self, key: str) -> bool:
        """Goes to the row with a key; false where it is not shown."""
        number = self._rows.number_of(key)
        if number >= 0:
            self._choose_row(number)
        return number >= 0

    def choose_first(self) -> None:
        for number in range(self._rows.rowCount()):
            if isinstance(self._rows.row_at(number), TableRow):
                self._choose_row(number)
                return

    def leave_out(self, *columns: int) -> None:
        """Takes columns away that say nothing of the rows that are shown; all others are there as far as the room allows."""
        self._left_out = frozenset(columns)
        self._shape_columns()

    def show_order(self, order: str) -> None:
        """Shows by which column the rows are sorted; a leading ``-`` turns it round."""
        self._order = order
        column = next((n for n, each in enumerate(self._rows.columns) if each.order and each.order == order.lstrip("-")), -1)
        self._head.show_sorted(column, down=order.startswith("-"))

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange:
            self._lie_on(self.parentWidget())
        return super().event(event)

    def _lie_on(self, below: QWidget | None) -> None:
        """On a panel the panel's own fill shows through, so that its round corners are not painted over."""
        bare = isinstance(below, Surface) and below.kind == "panel"
        self._head.fills = not bare
        self.setProperty("bare", bare)
        self.style().unpolish(self)
        self.style().polish(self)
        self._head.viewport().setAutoFillBackground(not bare)

    def restyle(self) -> None:
        look = theme()
        self._head.restyle()
        self.verticalHeader().setDefaultSectionSize(look.px(self._tall))
        self._shape_groups(0)
        self._shape_columns()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(34 + self._tall))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._shape_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            (self._send_acted if control else self._send_opened)(self.currentIndex().row())
        elif control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._sort_by(self.currentIndex().column(), turned=key == Qt.Key.Key_Down)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not control and self._fold(opening=key == Qt.Key.Key_Right):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose_first()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        place, row = event.position().toPoint(), self._rows.row_at(index.row())
        if self._on_button(index, place):
            self._send_acted(index.row())
        elif isinstance(row, TableRow) and row.opens is not None and self._painter.arrow_box(self.visualRect(index), row).contains(place):
            self.folded.emit(row.key, not row.opens)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        return super().viewportEvent(event)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # type: ignore[override]
        super().currentChanged(current, previous)
        self.viewport().update()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        # Rows that head a group are read, not chosen: the keys step over them.
        index = super().moveCursor(action, modifiers)
        if index.isValid() and isinstance(self._rows.row_at(index.row()), GroupRow):
            upward = index.row() < self.currentIndex().row()
            step = -1 if upward and index.row() > 0 else 1
            beyond = self._rows.index(index.row() + step, max(0, self.currentIndex().column()))
            return beyond if beyond.isValid() else self.currentIndex()
        return index

    # ---- within -----------------------------------------------------------------------------------------------------

    def _choose_row(self, number: int) -> None:
        index = self._rows.index(number, max(0, self.currentIndex().column()))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def _came_to(self, index: QModelIndex) -> None:
        row = self._rows.row_at(index.row())
        if row is not None and not self._refilling:
            self.chosen.emit(row.key)

    def _fold(self, *, opening: bool) -> bool:
        """Opens or closes the current row, or goes to the one that it stands under; false where the key means the next column."""
        number, column = self.currentIndex().row(), self.currentIndex().column()
        row = self._rows.row_at(number)
        if not isinstance(row, TableRow) or (column > 0 and not opening):
            return False
        if row.opens is (not opening):
            self.folded.emit(row.key, opening)
            return True
        if opening or not row.depth:
            return False
        above = (self._rows.row_at(each) for each in range(number - 1, -1, -1))
        owner = next((each for each in above if isinstance(each, TableRow) and each.depth < row.depth), None)
        return owner is not None and self.choose(owner.key)

    def _send_opened(self, number: int) -> None:
        row = self._rows.row_at(number)
        if isinstance(row, TableRow):
            self.opened.emit(row.key)

    def _send_acted(self, number: int) -> None:
        row = self._rows.row_at(number)
        if isinstance(row, TableRow):
            self.acted.emit(row.key)

    def _on_button(self, index: QModelIndex, place: QPoint) -> bool:
        cell = index.data(CELL)
        if not isinstance(cell, Cell) or not cell.button:
            return False
        return self._painter.button_box(self.visualRect(index), cell, is_last=True).contains(place)

    def _shape_groups(self, first: int) -> None:
        tall, down = theme().px(36), self.verticalHeader()
        for number in range(first, self._rows.rowCount()):
            if isinstance(self._rows.row_at(number), GroupRow):
                if len(self._rows.columns) > 1:
                    self.setSpan(number, 0, 1, len(self._rows.columns))
                down.resizeSection(number, tall)
            elif down.sectionSize(number) != down.defaultSectionSize():
                down.resizeSection(number, down.defaultSectionSize())  # a heading stood here before

    def _shape_columns(self) -> None:
        look, across = theme(), self._head
        lead = self._painter.lead - 10
        last = len(self._rows.columns) - 1
        widths = [each.width for each in self._rows.columns]
        there = [each for number, each in enumerate(widths) if number not in self._left_out]
        needed = sum(there) + _LEAST_STRETCH * there.count(0) + 2 * lead
        room = self.viewport().width() / look.text_size
        for number in range(last, -1, -1):
            hide = number in self._left_out or (not self._rows.columns[number].keep and needed > room)
            needed -= (widths[number] or _LEAST_STRETCH) if hide and number not in self._left_out else 0
            self.setColumnHidden(number, hide)
        shown = [number for number in range(last + 1) if not self.isColumnHidden(number)]
        self._painter.ends = (shown[0], shown[-1]) if shown else (0, 0)
        for end in (shown[0], shown[-1]) if shown else ():
            widths[end] += lead if widths[end] else 0
        for number, width in enumerate(widths):
            across.setSectionResizeMode(number, QHeaderView.ResizeMode.Fixed if width else QHeaderView.ResizeMode.Stretch)
            if width:
                self.setColumnWidth(number, look.px(width))

    def _heading_clicked(self, column: int) -> None:
        order = self._rows.columns[column].order
        if order:
            self._sort_by(column, turned=self._order == order)

    def _sort_by(self, column: int, *, turned: bool) -> None:
        order = self._rows.columns[column].order if 0 <= column <= len(self._rows.columns) - 1 else ""
        if order:
            wanted = f"-{order}" if turned else order
            self.show_order(wanted)
            self.order_chosen.emit(wanted)

    def _show_tip(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        words = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else None
        QToolTip.showText(event.globalPos(), str(words or ""), self)
