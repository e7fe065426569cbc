"""Tables as MIS export them: CSV with any separator and encoding, and Excel workbooks (interop.md 3.1)."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits, meanings
from sencoapp.exchange.encodings import text_of
from sencoapp.exchange.rows import Row, Rows
from sencoapp.exchange.stopping import go_on

SEPARATORS = (",", ";", "\t", "|")

_WHO = frozenset({"UPN", "misId", "fullName", "surname", "forename", "preferredForename"})
_FEWEST_HEADINGS = 2
_END = "\x1f"
_SAMPLE = 200_000


def read_csv(content: bytes, *, any_headings: bool = False) -> Rows:
    """The rows of a CSV file, whatever its separator and encoding. ``any_headings`` as in ``under_headings``.

    Raises ``Fault``: ``pupil_table_no_headings``, ``pupil_table_too_wide``, ``pupil_table_too_long``,
    ``pupil_table_quote``, ``pupil_file_other_kind`` for what is not text.
    """
    text = decoded(content)
    separator = max(SEPARATORS, key=lambda each: _promise(text[:_SAMPLE], each))
    return under_headings(_numbered(text, separator), any_headings=any_headings)


def decoded(content: bytes) -> str:
    """The text: UTF-16 by its mark, else UTF-8, else Windows-1252.

    Raises ``Fault("pupil_file_other_kind")`` where zero bytes show that it is no text.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        text = text_of(content.removeprefix(codecs.BOM_UTF8))
    if "\0" in text:
        raise Fault("pupil_file_other_kind", what="what_not_text")
    return text


def under_headings(rows: Iterable[Row], *, any_headings: bool = False) -> Rows:
    """The rows under the row of headings, which stands in one of the first thirty, below any title. Blank rows are left out.

    ``any_headings``: a person has said what the columns hold, so the first row with two words will do.
    Raises ``Fault("pupil_table_no_headings")``.
    """
    kept = list(rows)
    first = kept[: limits.MOST_HEADING_ROW]
    best = max(first, key=lambda row: _known(row.cells), default=None)
    if (best is None or _known(best.cells) < _FEWEST_HEADINGS) and any_headings:
        best = next((row for row in first if sum(map(bool, row.cells)) >= _FEWEST_HEADINGS), None)
    elif best is not None and _known(best.cells) < _FEWEST_HEADINGS:
        best = None
    if best is None:
        raise Fault("pupil_table_no_headings")
    return Rows(tuple(best.cells), best.number, tuple(row for row in kept if row.number > best.number))


def kept_rows(rows: Iterable[Sequence[str]]) -> Iterator[Row]:
    """The rows that hold anything, numbered as a spreadsheet numbers them; ends after a long stretch of blank ones.

    Raises ``Fault``: ``pupil_table_too_wide``, ``pupil_table_too_long``, ``pupil_table_too_much``.
    """
    blank = filled = 0
    for number, row in enumerate(rows, start=1):
        go_on()
        if len(row) > limits.MOST_COLUMNS and any(each.strip() for each in row[limits.MOST_COLUMNS :]):
            raise Fault("pupil_table_too_wide", most=limits.MOST_COLUMNS)
        cells = [_bare_of_apostrophe(" ".join(each.split())) for each in row[: limits.MOST_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        filled += len(cells)
        if filled > limits.MOST_CELLS:
            raise Fault("pupil_table_too_much")
        blank = 0 if any(cells) else blank + 1
        if blank > limits.MOST_BLANK_ROWS:
            return
        if number > limits.MOST_ROWS:
            raise Fault("pupil_table_too_long", most=f"{limits.MOST_ROWS:,}")
        if not blank:
            yield Row(number, cells)


def _bare_of_apostrophe(cell: str) -> str:
    """The text of a cell that a careful program kept from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _numbered(text: str, separator: str) -> Iterator[Row]:
    yield from kept_rows(_all_closed(_records(text + "\r\n" + _END, separator)))


def _all_closed(records: Iterator[list[str]]) -> Iterator[list[str]]:
    """The records without the mark at the end. If it does not come out alone, a quotation mark swallowed it."""
    last: list[str] | None = None
    for record in records:
        if last is not None:
            yield last
        last = record
    if last != [_END]:
        raise Fault("pupil_table_quote")


def _records(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(_lines(text, separator), delimiter=separator)
    except csv.Error:  # a field without an end
        raise Fault("pupil_table_quote") from None


def _lines(text: str, separator: str) -> Iterator[str]:
    """The lines, stopping at one that would be cut into more cells than memory should hold."""
    for line in io.StringIO(text, newline=""):
        if line.count(separator) > limits.MOST_SEPARATORS_IN_A_LINE:
            raise Fault("pupil_table_too_wide", most=limits.MOST_COLUMNS)
        yield line


def _promise(sample: str, separator: str) -> tuple[int, int]:
    """How many headings a separator makes known, and how many columns it makes."""
    try:
        rows = list(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=separator), limits.MOST_HEADING_ROW))
    except csv.Error:
        rows = []
    rows = [row[: limits.MOST_COLUMNS] for row in rows]
    return max((_known(row) for row in rows), default=0), max(map(len, rows), default=0)


def _known(cells: Sequence[str]) -> int:
    """How many different columns a row names, as headings; none if it names nobody."""
    names: Mapping[int, str] = meanings.guess([each if len(each) <= limits.MOST_TEXT else "" for each in cells])
    return len(set(names.values())) if not _WHO.isdisjoint(names.values()) else 0
