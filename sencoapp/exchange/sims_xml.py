"""SIMS reports in XML: one ``Record`` for each row, one element for each cell that is not empty (interop.md 3.1)."""

import re
from xml.etree.ElementTree import Element

from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits
from sencoapp.exchange.rows import Row, Rows

ROOT = "superstarreport"
_HEX = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows_of(root: Element) -> Rows:
    """The records as rows. A heading that a record has twice is two columns. Raises ``Fault`` beyond the limits."""
    places: dict[tuple[str, int], int] = {}
    rows = []
    cells = 0
    for number, record in enumerate(root.iterfind("Record"), start=1):
        if number > limits.MOST_ROWS:
            raise Fault("pupil_table_too_long", most=f"{limits.MOST_ROWS:,}")
        rows.append(Row(number, _cells(record, places)))
        cells += len(rows[-1].cells)
        if cells > limits.MOST_CELLS:
            raise Fault("pupil_xml_too_much")
    headings = tuple(_HEX.sub(lambda found: chr(int(found[1], 16)), name) for name, _ in places)
    return Rows(headings, 0, tuple(rows))


def _cells(record: Element, places: dict[tuple[str, int], int]) -> list[str]:
    times: dict[str, int] = {}
    cells: dict[int, str] = {}
    for element in record:
        times[element.tag] = times.get(element.tag, 0) + 1
        place = places.setdefault((element.tag, times[element.tag]), len(places))
        if len(places) > limits.MOST_COLUMNS:
            raise Fault("pupil_table_too_wide", most=limits.MOST_COLUMNS)
        cells[place] = " ".join((element.text or "").split())
    return [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]
