"""Tables in Word: a heading that is repeated on each page, what each table shows in its properties, short rows kept whole."""

from collections.abc import Callable, Sequence
from typing import Any

from sencoapp.documents.content import Cell, Column, Grid, PageOf, Pairs, Row, Text, plain, quiet, strong
from sencoapp.documents.pdf.text import printable
from sencoapp.documents.word.fields import element
from sencoapp.documents.word.styles import INK, LINE, ids_of

_LONGEST_WHOLE_ROW = 600
"""Letters in a cell: beyond them a row may go over a page."""

_FEW_ROWS, _FEW_LETTERS = 6, 700
"""A table with no more of either is not cut."""

Runs = Callable[..., None]
Line = list[Any]
"""The cells of one row, as python-docx has them."""


class Tables:
    def __init__(self, document: Any, wide: float, write: Runs, places: frozenset[str]) -> None:
        self._document = document
        self._wide = wide
        self._write = write
        self._places = places
        self._styles = ids_of(document)

    def pairs(self, pairs: Pairs) -> None:
        """Labels and what belongs to each; the labels head their rows."""
        table = self._table(len(pairs.rows), (0.3, 0.7), "", first_row=False, first_column=True)
        for line, (label, text) in zip(table, pairs.rows, strict=True):
            self._cell(line[0], quiet(label), style="Normal")
            self._cell(line[1], text, style="Normal")
            _whole(line, (text,))
        _together(table, [Row(each) for each in pairs.rows])

    def grid(self, grid: Grid) -> None:
        """Columns that would only give pages of evidence are left out: it is not in this file."""
        kept = [number for number, _ in enumerate(grid.columns) if not self._leads_away(grid, number)]
        columns = [grid.columns[number] for number in kept]
        rows = [Row([each.cells[number] for number in kept], each.group, each.subtotal) for each in grid.rows]
        total = [grid.total[number] for number in kept] if grid.total is not None else None
        lines = [*rows, *([Row(total, subtotal=True)] if total is not None else [])]
        table = self._table(1 + len(lines), [each.share for each in columns], grid.summary, first_row=True, first_column=False)
        for cell, column in zip(table[0], columns, strict=True):
            self._cell(cell, quiet(column.name), right=column.number, bold=True)
        _repeated(table[0])
        for line, row in zip(table[1:], lines, strict=True):
            self._row(line, row, columns)
        _together(table, lines)

    def _row(self, line: Line, row: Row, columns: Sequence[Column]) -> None:
        if row.group:
            first, *others = line
            first._tc.grid_span = len(line)
            for each in others:
                each._tc.getparent().remove(each._tc)
            self._say(first.paragraphs[0], strong(plain(_text(row.cells[0]))), "Table words")
            first.paragraphs[0].paragraph_format.keep_with_next = True
            return
        for place, cell, column in zip(line, row.cells, columns, strict=True):
            self._cell(place, cell, right=column.number, bold=row.subtotal)
        _whole(line, row.cells)

    def _leads_away(self, grid: Grid, number: int) -> bool:
        cells = [each.cells[number] for each in grid.rows if not each.group]
        return bool(cells) and all(isinstance(each, PageOf) and each.place not in self._places for each in cells)

    def _table(self, rows: int, shares: Sequence[float], summary: str, *, first_row: bool, first_column: bool) -> list[Line]:
        """The cells, row by row: python-docx would look for each one anew, which takes long where a table is long."""
        from docx.shared import Pt
        from docx.table import _Cell

        table = self._document.add_table(rows, len(shares))
        table.autofit = False
        properties = table._tbl.tblPr
        for old in [each for each in properties if each.tag.rsplit("}")[-1] in ("tblLook", "tblStyle")]:
            properties.remove(old)
        edges = element("w:tblBorders")
        for side, colour, thick in (("top", INK, "8"), ("bottom", INK, "8"), ("insideH", LINE, "4")):
            edges.append(element(f"w:{side}", val="single", sz=thick, space="0", color=colour))
        properties.insert_element_before(edges, "w:tblLayout", "w:tblCellMar", "w:tblLook")
        margins = element("w:tblCellMar")
        for side, wide in (("top", "60"), ("left", "0"), ("bottom", "80"), ("right", "120")):
            margins.append(element(f"w:{side}", w=wide, type="dxa"))
        properties.append(margins)
        properties.append(
            element(
                "w:tblLook",
                val="0000",
                firstRow=str(int(first_row)),
                lastRow="0",
                firstColumn=str(int(first_column)),
                noHBand="1",
                noVBand="1",
            )
        )
        if summary:
            properties.append(element("w:tblCaption", val=printable(summary)[:255]))
            properties.append(element("w:tblDescription", val=printable(summary)))
        widths = [Pt(self._wide * share / sum(shares)) for share in shares]
        for column, across in zip(table.columns, widths, strict=True):
            column.width = across
        found = [[_Cell(tc, table) for tc in tr.tc_lst] for tr in table._tbl.tr_lst]
        for line in found:
            for cell, across in zip(line, widths, strict=True):
                cell.width = across
        return found

    def _cell(self, place: Any, cell: Cell, *, right: bool = False, bold: bool = False, style: str = "Table words") -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph = place.paragraphs[0]
        if isinstance(cell, PageOf):
            paragraph._p.style = self._styles[style]
        else:
            self._say(paragraph, cell, style, bold=bold)
        paragraph.paragraph_format.space_after = 0
        if right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _say(self, paragraph: Any, text: Text, style: str, *, bold: bool = False) -> None:
        paragraph._p.style = self._styles[style]
        self._write(paragraph, text, bold=bold)


def _text(cell: Cell) -> Text:
    return "" if isinstance(cell, PageOf) else cell


def _repeated(line: Line) -> None:
    """At the head of the table on each page (ECMA-376, 17.4.78)."""
    properties = line[0]._tc.getparent().get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))


def _together(table: Sequence[Line], rows: Sequence[Row]) -> None:
    """A short table is not parted; of a long one no row stands alone, at the foot of a page or at the head of the next."""
    long = len(rows) > _FEW_ROWS or sum(len(plain(_text(cell))) for row in rows for cell in row.cells) > _FEW_LETTERS
    for line in (*table[:2], *table[-2:-1]) if long else table[:-1]:
        for cell in line:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _whole(line: Line, cells: Sequence[Cell]) -> None:
    if max((len(plain(_text(each))) for each in cells), default=0) <= _LONGEST_WHOLE_ROW:
        line[0]._tc.getparent().get_or_add_trPr().append(element("w:cantSplit"))
