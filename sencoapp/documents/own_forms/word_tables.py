"""A table of a Word form: which cells are labels, which are empty and for whom, and which rows are one kind of thing each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from sencoapp.documents.own_forms.labels import label_of
from sencoapp.documents.own_forms.word_spots import CellSpot, RowsSpot, Spot, cells_of
from sencoapp.documents.own_forms.word_xml import Element, text_of, value_of, w, w14

_NOTHING = re.compile(r"[\s_.…·:\-–\u2002]*")
_NUMBER = re.compile(r"\s*\d{1,3}\s*[.)]?\s*")
_HOLDS = ("sdt", "fldChar", "fldSimple", "drawing", "pict", "object", "tbl", "sym")
_TWIPS_A_LETTER, _TWIPS_A_LINE = 110, 270
"""About eleven point: what a row of a fixed height holds."""


@dataclass
class CellHere:
    """A cell: where it begins in the grid, how many columns it takes, and what stands in it."""

    home: Element
    at: int
    span: int
    words: str
    control: Element | None
    goes_on: bool
    """It belongs to the cell above (``w:vMerge``)."""
    is_empty: bool
    most: int | None = None


@dataclass
class InTable:
    """What comes next in a table: a place, or a cell to be read with the label at its side."""

    spot: Spot | None = None
    cell: CellHere | None = None
    beside: str = ""
    heads: bool = False
    tail: CellSpot | None = None
    """The blank lines below the words of a cell, where they are all there is to write on."""


@dataclass
class Grid:
    rows: list[list[CellHere]] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)

    def is_banner(self) -> bool:
        """A table of one cell with a few words: a heading in a box."""
        return len(self.rows) == 1 and len(self.rows[0]) == 1 and 0 < len(self.rows[0][0].words) <= 100 and not _tail(self.rows[0][0])

    def places(self, last: str, section: str) -> Iterator[InTable]:
        """Everything in the table, in the order in which it is read. ``last`` are the words above it."""
        number = 0
        while number < len(self.rows):
            count = self._alike_from(number)
            if count:
                yield InTable(self._rows_spot(number, count, section or last))
                number += count
                continue
            yield from self._row(number)
            number += 1

    # ---- rows of one kind -------------------------------------------------------------------------------------------
    def _alike_from(self, number: int) -> int:
        """How many rows from here are empty and alike below a row of headings; 0 where it is no such table."""
        head = self.rows[number - 1] if number else []
        if len(head) < 2 or any(each.is_empty or each.goes_on for each in head):
            return 0
        count = 0
        while number + count < len(self.rows) and self._is_blank_row(number + count, head):
            count += 1
        wide = len(head) - (1 if count and not self.rows[number][0].is_empty else 0)
        return count if count >= 2 or (count == 1 and wide >= 3) else 0

    def _is_blank_row(self, number: int, head: list[CellHere]) -> bool:
        row = self.rows[number]
        if [(each.at, each.span) for each in row] != [(each.at, each.span) for each in head] or any(
            each.control is not None for each in row
        ):
            return False
        first, rest = row[0], row[1:]
        return all(each.is_empty and not each.goes_on for each in rest) and (first.is_empty or bool(_NUMBER.fullmatch(first.words)))

    def _rows_spot(self, number: int, count: int, label: str) -> RowsSpot:
        head = self.rows[number - 1]
        numbered = not self.rows[number][0].is_empty
        columns = tuple(label_of(each.words) for each in head[1 if numbered else 0 :])
        return RowsSpot("rows", label, "", columns, rows=self.elements[number : number + count], numbered=numbered)

    # ---- single cells -----------------------------------------------------------------------------------------------
    def _row(self, number: int) -> Iterator[InTable]:
        row = self.rows[number]
        for place, cell in enumerate(row):
            if cell.goes_on:
                continue
            if cell.is_empty:
                if self._is_corner(number, place):
                    continue
                label = self._label(number, place)
                yield InTable(
                    CellSpot("text", label, "", most=cell.most, home=cell.home, empties=cell.home.findall(w("p")), control=cell.control)
                )
            else:
                left = row[place - 1] if place else None
                beside = label_of(left.words) if left is not None and not left.is_empty and not _has_box(left) else ""
                tail = self._tail(number, cell)
                heads = len(row) == 1 and len(cell.words) <= 140 and not _holds_places(cell.home)
                heads = heads and tail is None and not self._is_empty_below(number)
                yield InTable(None, cell, beside, heads=heads, tail=tail)

    def _tail(self, number: int, cell: CellHere) -> CellSpot | None:
        blanks = _tail(cell)
        if len(self.rows[number]) > 1 or not blanks or self._is_empty_below(number):
            return None
        return CellSpot("text", label_of(cell.words), "", most=cell.most, home=cell.home, empties=blanks)

    def _is_empty_below(self, number: int) -> bool:
        """Whether the row below is one empty cell: what stands here is its label."""
        below = self.rows[number + 1] if number + 1 < len(self.rows) else []
        return len(below) == 1 and below[0].is_empty

    def _is_corner(self, number: int, place: int) -> bool:
        """The empty cell where a row of headings and a column of labels meet."""
        return (
            (number, place) == (0, 0)
            and len(self.rows[0]) > 1
            and len(self.rows) > 1
            and all(not each.is_empty for each in (*self.rows[0][1:], self.rows[1][0]))
        )

    def _label(self, number: int, place: int) -> str:
        row = self.rows[number]
        cell = row[place]
        left = next((each for each in reversed(row[:place]) if not each.is_empty), None)
        above = self._above(number, cell)
        next_to = place > 0 and not row[place - 1].is_empty
        if left is not None and (not next_to or self._stands_in_a_grid(number)) and above is not None:
            return f"{label_of(left.words)}: {label_of(above.words)}"
        if left is not None and next_to:
            return label_of(left.words)
        if above is not None:
            return label_of(above.words)
        return label_of(left.words) if left is not None else ""

    def _above(self, number: int, cell: CellHere) -> CellHere | None:
        """The label above a cell: the nearest one that has words and stands over just this cell."""
        for row in reversed(self.rows[:number]):
            for each in row:
                if each.at <= cell.at < each.at + each.span and not each.is_empty:
                    return each if (each.at, each.span) == (cell.at, cell.span) else None
        return None

    def _stands_in_a_grid(self, number: int) -> bool:
        """A row of a label and several empty cells below a row of headings."""
        head = self.rows[0]
        row = self.rows[number]
        blanks = sum(each.is_empty for each in row)
        return (
            number > 0 and blanks >= 2 and blanks == len(row) - 1 and len(head) == len(row) and all(not each.is_empty for each in head[1:])
        )


def read_grid(table: Element) -> Grid:
    """The cells of a table with where they stand. Rows within content controls and tracked insertions count like the others."""
    grid = Grid()
    for row in _rows_of(table):
        at, found = 0, []
        height, exact = _height(row)
        for cell in cells_of(row):
            settings = cell.find(w("tcPr"))
            span = value_of(settings, "gridSpan") if settings is not None else ""
            wide = int(span) if span.isdigit() and 0 < int(span) < 100 else 1
            merged = settings.find(w("vMerge")) if settings is not None else None
            goes_on = merged is not None and str(merged.get(w("val"), "continue")) == "continue"
            control = _control_around(cell, row)
            words = "" if control is not None and _is_placeholder(control) else text_of(cell)
            empty = not goes_on and bool(_NOTHING.fullmatch(words)) and not _holds_places(cell)
            found.append(CellHere(cell, at, wide, words, control, goes_on, empty, _room(settings, height) if exact else None))
            at += wide
        grid.rows.append(found)
        grid.elements.append(row)
    return grid


def _rows_of(table: Element) -> Iterator[Element]:
    for each in table:
        if each.tag == w("tr"):
            yield each
        elif each.tag == w("sdt"):
            content = each.find(w("sdtContent"))
            yield from _rows_of(content) if content is not None else ()
        elif each.tag in (w("ins"), w("customXml")):
            yield from _rows_of(each)


def _control_around(cell: Element, row: Element) -> Element | None:
    """The content control that a whole cell is."""
    for each in cell.iterancestors():
        if each is row:
            return None
        if each.tag == w("sdt"):
            return each
    return None


def _is_placeholder(control: Element) -> bool:
    return control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None


def _holds_places(cell: Element) -> bool:
    return any(cell.find(f".//{w(each)}") is not None for each in _HOLDS) or cell.find(f".//{w14('checkbox')}") is not None


def _has_box(cell: CellHere) -> bool:
    return any(each in cell.words for each in "☐□❏❑⬜") or _holds_places(cell.home)


def _tail(cell: CellHere) -> list[Element]:
    """The empty paragraphs at the end of a cell with words."""
    blanks: list[Element] = []
    for each in reversed(list(cell.home)):
        if each.tag != w("p") or not _NOTHING.fullmatch(text_of(each)) or _holds_places(each):
            break
        blanks.insert(0, each)
    return blanks


def _height(row: Element) -> tuple[int, bool]:
    found = row.find(f"{w('trPr')}/{w('trHeight')}")
    if found is None:
        return 0, False
    height = str(found.get(w("val"), "0"))
    return int(height) if height.isdigit() else 0, str(found.get(w("hRule"), "")) == "exact"


def _room(settings: Element | None, height: int) -> int | None:
    """About how many letters a cell of a fixed height holds."""
    width = settings.find(w("tcW")) if settings is not None else None
    wide = str(width.get(w("w"), "")) if width is not None and width.get(w("type")) == "dxa" else ""
    if not wide.isdigit() or not height:
        return None
    return max(1, height // _TWIPS_A_LINE) * max(1, (int(wide) - 216) // _TWIPS_A_LETTER)
