"""Tables on paper: headings repeated on each page, short rows whole, long rows cut between lines."""

from collections.abc import Sequence
from typing import NamedTuple

from sencoapp.documents.content import Cell, Column, Grid, PageOf, Pairs, Row, plain, quiet, strong
from sencoapp.documents.pdf import type as look
from sencoapp.documents.pdf.ink import Ink
from sencoapp.documents.pdf.strips import Draw, Strip, Told, baseline
from sencoapp.documents.pdf.text import Line, lines
from sencoapp.documents.pdf.type import INK, LEFT, LINE, Style

_ABOVE, _BELOW = 5.0, 6.0
_GUTTER = 5.0
_STEP = 12.0
_LONGEST_WHOLE_ROW = 14
_MANY_COLUMNS = 6
_SHORTEST_CUT = 160.0


class _Set(NamedTuple):
    """A cell in lines, with its place across the page."""

    lines: Sequence[Line]
    x: float
    width: float
    number: bool
    style: Style
    told: Told
    place: str = ""

    def draw(self, ink: Ink, y: float, first: int, last: int) -> None:
        shown = self._page_number(ink) if self.place else self.lines
        for line in range(first, min(last, len(shown))):
            words = shown[line]
            if not words.runs:
                continue
            x = self.x + (self.width - words.width if self.number else 0)
            with ink.saying(self.told.on(ink)):
                ink.line(words, x, baseline(y + (line - first) * self.style.leading, self.style), self.style.size)

    def _page_number(self, ink: Ink) -> Sequence[Line]:
        return lines(ink.number_of(self.place), self.style, self.width)


def grid_strips(grid: Grid, width: float, gaps: float = 1.0) -> list[Strip]:
    """A table of a content as strips; ``width`` is that of the column, ``gaps`` how much is left of those in its rows."""
    dense = len(grid.columns) >= _MANY_COLUMNS
    body, head = (look.DENSE, look.DENSE_HEAD) if dense else (look.TABLE, look.TABLE_HEAD)
    places = _across([each.share for each in grid.columns], width)
    table = Told("Table", words=grid.summary)
    row = Told("TR", table)
    names = [_cell(c.name, c, at, head, Told("TH", row)) for c, at in zip(grid.columns, places, strict=True)]
    heading, again = _heading(names, head, width), _heading(names, head, width, again=True)
    made = [heading]
    last = len(grid.rows) - 1
    first = next((number for number, each in enumerate(grid.rows) if not each.group), 0)
    for number, each in enumerate(grid.rows):
        total_next = grid.total is not None and number == last
        opens = number < last and grid.rows[number + 1].indent > each.indent
        keep = total_next or opens or number in (first, last - 1)
        made += _row_strips(each, grid.columns, places, body, table, again, keep=keep, thick=total_next, width=width, gaps=gaps)
    if grid.total is not None:
        made += _row_strips(Row(grid.total), grid.columns, places, _bold(body), table, again, thick=True, width=width, gaps=gaps)
    return _whole_if_short(made)


def pair_strips(pairs: Pairs, width: float, style: Style = look.BODY, gaps: float = 1.0) -> list[Strip]:
    """Labels at the left in grey, what belongs to them at the right, a hairline below each. ``gaps``: how much of the usual ones."""
    labels = 0.3 * style.size / look.BODY.size
    columns = (Column("", labels), Column("", 1 - labels))
    places = _across([each.share for each in columns], width)
    table = Told("Table")
    made: list[Strip] = []
    for number, (label, text) in enumerate(pairs.rows):
        row = Row((quiet(label), text))
        keep = number == len(pairs.rows) - 2
        made += _row_strips(row, columns, places, style, table, None, width=width, keep=keep, row_heading=True, gaps=gaps)
    return _whole_if_short(made)


def _whole_if_short(strips: list[Strip]) -> list[Strip]:
    """A short table is not cut: what it compares is looked at together."""
    if sum(each.height for each in strips) > _SHORTEST_CUT:
        return strips
    return [*(each._replace(keep=True) for each in strips[:-1]), *strips[-1:]]


def _across(shares: Sequence[float], width: float) -> list[tuple[float, float]]:
    """Left end and width of the words of each column. The outer columns stand flush with the text above."""
    made = []
    x = LEFT
    for number, share in enumerate(shares):
        wide = width * share / sum(shares)
        left = x + (_GUTTER if number else 0)
        right = x + wide - (_GUTTER if number < len(shares) - 1 else 0)
        made.append((left, right - left))
        x += wide
    return made


def _bold(style: Style) -> Style:
    return Style(style.size, style.leading, look.SEMIBOLD, look.BOLD, style.colour)


def _cell(cell: Cell, column: Column, at: tuple[float, float], style: Style, told: Told) -> _Set:
    if isinstance(cell, PageOf):
        return _Set((), *at, column.number, style, told, cell.place)
    return _Set(lines(cell, style, at[1]), *at, column.number, style, told)


def _heading(cells: Sequence[_Set], style: Style, width: float, *, again: bool = False) -> Strip:
    most = max(len(each.lines) for each in cells)

    def draw(ink: Ink, y: float) -> None:
        for each in cells:
            top = y + (most - len(each.lines)) * style.leading
            if again:
                with ink.artifact("Pagination"):
                    for number, line in enumerate(each.lines):
                        x = each.x + (each.width - line.width if each.number else 0)
                        ink.line(line, x, baseline(top + number * style.leading, style), style.size)
            else:
                each.told.on(ink)  # a column without a name has a cell all the same
                each.draw(ink, top, 0, len(each.lines))
        with ink.artifact("Layout"):
            ink.rule(LEFT, LEFT + width, y + most * style.leading + _BELOW, 1, INK)

    # A row that goes on from the page before has no room of its own above its words.
    return Strip(most * style.leading + _BELOW + (3 if again else 0), draw, before=6, keep=True)


def _row_strips(
    row: Row,
    columns: Sequence[Column],
    places: Sequence[tuple[float, float]],
    style: Style,
    table: Told,
    heading: Strip | None,
    *,
    width: float,
    keep: bool = False,
    thick: bool = False,
    row_heading: bool = False,
    gaps: float = 1.0,
) -> list[Strip]:
    told = Told("TR", table)
    if row.group:
        whole = (LEFT, width)
        cells = [_cell(strong(plain(_text(row.cells[0]))), columns[0], whole, style, Told("TH", told, span=len(columns)))]
    else:
        shown = _bold(style) if row.subtotal else style
        names = ["TH" if row_heading and not number else "TD" for number in range(len(columns))]
        stands = [_indented(places[0], row.indent), *places[1:]]
        cells = [
            _cell(cell, column, at, shown, Told(name, told))
            for cell, column, at, name in zip(row.cells, columns, stands, names, strict=True)
        ]
    count = max([len(each.lines) for each in cells] + [1])
    made = []
    for first, last in _slices(count):
        ends = last == count
        above = _ABOVE * gaps + (5 if row.group else 0) if first == 0 else 0
        below = _BELOW * gaps if ends else 0
        height = (last - first) * style.leading + above + below
        draw = _row_slice(cells, first, last, height, below, ends=ends, thick=thick, width=width)
        holds = row.group or keep if ends else first == 0 or count - last <= 2
        made.append(Strip(height, draw, keep=holds, repeated=(heading,) if heading else ()))
    return made


def _indented(place: tuple[float, float], steps: int) -> tuple[float, float]:
    x, width = place
    return x + steps * _STEP, width - steps * _STEP


def _text(cell: Cell) -> str:
    return "" if isinstance(cell, PageOf) else plain(cell)


def _slices(count: int) -> list[tuple[int, int]]:
    """Which lines of a row go into each of its strips: all, or two, then one by one, then two."""
    if count <= _LONGEST_WHOLE_ROW:
        return [(0, count)]
    return [(0, 2), *((each, each + 1) for each in range(2, count - 2)), (count - 2, count)]


def _row_slice(cells: Sequence[_Set], first: int, last: int, height: float, below: float, *, ends: bool, thick: bool, width: float) -> Draw:
    def draw(ink: Ink, y: float) -> None:
        top = y + height - below - (last - first) * cells[0].style.leading
        for each in cells:
            each.told.on(ink)  # an empty cell is a cell too
            each.draw(ink, top, first, last)
        if ends:
            with ink.artifact("Layout"):
                ink.rule(LEFT, LEFT + width, y + height, 1 if thick else 0.5, INK if thick else LINE)

    return draw
