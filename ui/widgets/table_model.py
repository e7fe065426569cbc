"""What a table shows: immutable rows of cells, handed in page by page. Sorting and filtering are the record's work."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from sencoapp import reference
from ui.widgets.painting import ChipStyle

Index = QModelIndex | QPersistentModelIndex

CELL = int(Qt.ItemDataRole.UserRole)
"""The role under which a cell, or the ``GroupRow`` of a row, is handed to the painter."""


@dataclass(frozen=True)
class Column:
    """One column. ``width`` in design pixels, 0 for the one that takes what room is left.

    ``keep`` false lets it go where the room is short. ``order`` is the word by which the record sorts it, if it can.
    """

    title: str
    width: int = 0
    right: bool = False
    keep: bool = True
    order: str = ""


@dataclass(frozen=True)
class Cell:
    """What one cell shows: words, a second line, a chip, an icon, a bar, a button. ``tone`` is a colour role.

    ``bar`` is a part and its whole. ``button`` is the word on a painted button (``primary`` fills it): a click on it sends
    ``RecordTable.acted``, as Ctrl+Enter does.
    """

    text: str = ""
    sub: str = ""
    tone: str = "text"
    sub_tone: str = "muted"
    bold: bool = False
    icon: str = ""
    chip: tuple[ChipStyle, str] | None = None
    bar: tuple[float, float] | None = None
    button: str = ""
    primary: bool = False

    def in_words(self) -> str:
        """All of it, for screen readers and tips."""
        chip = self.chip[1] if self.chip else ""
        return ", ".join(part for part in (chip, self.text, self.sub, self.button) if part)


@dataclass(frozen=True)
class TableRow:
    """One row: the key that says what it stands for, and a cell a column."""

    key: str
    cells: tuple[Cell, ...]
    depth: int = 0
    """How far it stands in, under the rows above it."""
    opens: bool | None = None
    """Whether the rows under it are shown; None where it has none."""
    head: bool = False
    """Stands out, as a heading or a total does."""


@dataclass(frozen=True)
class GroupRow:
    """A full row that heads those below it, with its count in the words."""

    words: str
    key: str = field(default="", init=False)


Row = TableRow | GroupRow


class RecordTableModel(QAbstractTableModel):
    """Rows as they were handed in. When the end comes into view and there is more, ``more_wanted`` is sent once."""

    more_wanted = Signal(int)
    """How many rows are there already: the offset of the next page."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[Row] = []
        self._more = False
        self._asked = False

    def show(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Replaces everything."""
        self.beginResetModel()
        self._rows = list(rows)
        self._more, self._asked = more, False
        self.endResetModel()

    def add(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Adds the next page below."""
        self._more, self._asked = more, False
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows.extend(rows)
        self.endInsertRows()

    def row_at(self, number: int) -> Row | None:
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, key: str) -> int:
        """Where the row with a key stands, or -1."""
        return next((number for number, each in enumerate(self._rows) if key and each.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if isinstance(row, GroupRow):
            return row if role == CELL else row.words if role in _WORD_ROLES and index.column() == 0 else None
        cell = row.cells[index.column()]
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text or (cell.chip[1] if cell.chip else cell.button)
        if role in _WORD_ROLES:
            return cell.in_words() + (_state(row) if index.column() == 0 else "")
        if role == Qt.ItemDataRole.TextAlignmentRole and self.columns[index.column()].right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _HEADS if isinstance(self.row_at(index.row()), GroupRow) else _CHOSEN

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more and not self._asked

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._asked = True
            self.more_wanted.emit(len(self._rows))


def _state(row: TableRow) -> str:
    """What the arrow before a row says to those who see it."""
    return "" if row.opens is None else ", " + reference.say("shell.row_open" if row.opens else "shell.row_closed")


_HEADS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_CHOSEN = _HEADS | Qt.ItemFlag.ItemIsSelectable
_WORD_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
