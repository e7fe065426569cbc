"""Excel workbooks, opened only when they are of a size that a list of pupils can have."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any
from xml.parsers import expat

from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits
from sencoapp.exchange.rows import Rows
from sencoapp.exchange.stopping import StoppableBytes, go_on
from sencoapp.exchange.table import kept_rows, under_headings

_ENCRYPTED = 0x1
_CELLS = ("xl/worksheets/", "xl/sharedStrings")
_CHUNK = 1 << 16


def read_xlsx(content: bytes, *, any_headings: bool = False) -> Rows:
    """The first sheet with headings that are known. Dates come as ISO dates, whole numbers without a point.

    Raises ``Fault``: ``pupil_workbook_too_large``, ``pupil_workbook_damaged``, ``pupil_xml_entities``, ``pupil_file_protected``
    and those of ``table.under_headings``.
    """
    _check_size(content)
    try:
        sheets = list(_sheets(content))
    except Fault:
        raise
    except Exception as error:  # openpyxl raises whatever the damage happens to trip over
        raise Fault("pupil_workbook_damaged") from error
    for sheet in sheets:
        try:
            return under_headings(kept_rows(sheet))
        except Fault as fault:
            if fault.key != "pupil_table_no_headings":
                raise
    return under_headings(kept_rows(sheets[0] if sheets else []), any_headings=any_headings)


def _check_size(content: bytes) -> None:
    """Refuses what unpacks to too much; ``zipfile`` never unpacks more of a part than its directory declares."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & _ENCRYPTED for part in parts):
                raise Fault("pupil_file_protected")
            if len(parts) > limits.MOST_PARTS_OF_A_WORKBOOK or sum(part.file_size for part in parts) > limits.MOST_UNPACKED_BYTES:
                raise Fault("pupil_workbook_too_large")
            elements = 0
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    beside = not part.filename.startswith(_CELLS)
                    room = limits.MOST_ELEMENTS_BESIDE_SHEETS if beside else limits.MOST_ELEMENTS_OF_A_WORKBOOK - elements
                    with archive.open(part) as file:
                        elements += _Scan(room).over(file)
    except Fault:
        raise
    except Exception as error:  # zipfile, too, raises what the damage trips over
        raise Fault("pupil_workbook_damaged") from error


class _Scan:
    """Goes over a part without building anything of it, before openpyxl does: its depth, its elements, the width of its rows."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._depth = self._elements = self._in_row = 0

    def over(self, file: IO[bytes]) -> int:
        """How many elements there are. Raises ``Fault``; damage is for openpyxl to find."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            while chunk := file.read(_CHUNK):
                go_on()
                parser.Parse(chunk, False)
        except expat.ExpatError:
            pass
        return self._elements

    def _start(self, name: str, _attributes: object) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > self._most or self._depth > limits.MOST_DEPTH:
            raise Fault("pupil_workbook_too_large")
        if name == "row":
            self._in_row = 0
        elif name == "c":
            self._in_row += 1
            if self._in_row > limits.MOST_SEPARATORS_IN_A_LINE:
                raise Fault("pupil_table_too_wide", most=limits.MOST_COLUMNS)

    def _end(self, _name: str) -> None:
        self._depth -= 1

    def _doctype(self, *_: object) -> None:
        raise Fault("pupil_xml_entities")


def _sheets(content: bytes) -> Iterator[list[list[str]]]:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves aside
        book = load_workbook(StoppableBytes(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    yield _cells(sheet.iter_rows(values_only=True))
        finally:
            book.close()


def _cells(rows: Iterable[tuple[Any, ...]]) -> list[list[str]]:
    """The rows as text, one more than may be used at the most, and none after a long stretch of blank ones."""
    found: list[list[str]] = []
    cells = blank = 0
    for row in rows:
        go_on()
        cells += len(row)
        if cells > limits.MOST_CELLS:
            raise Fault("pupil_workbook_too_large")
        if any(each is not None for each in row[limits.MOST_COLUMNS :]):
            raise Fault("pupil_table_too_wide", most=limits.MOST_COLUMNS)
        texts = [_text(each) for each in row[: limits.MOST_COLUMNS]]
        blank = 0 if any(texts) else blank + 1
        if blank > limits.MOST_BLANK_ROWS or len(found) > limits.MOST_ROWS:
            break
        found.append(texts)
    return found


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
