"""iSAMS batch exports in XML: one ``Pupil`` in ``PupilManager/CurrentPupils`` for each pupil, one element for each field.

The batch method gives no SEN (interop.md 3.1). Its names are headings like those of a table, so the same mapper reads them,
and what a school's system adds to them can be mapped by hand.
"""

from xml.etree.ElementTree import Element

from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits
from sencoapp.exchange.rows import Row, Rows

ROOT = "isams"


def rows_of(root: Element) -> Rows:
    """The current pupils as rows. Of an element that holds others, the first text within is taken. Raises ``Fault`` beyond the limits."""
    places: dict[str, int] = {}
    rows: list[Row] = []
    filled = 0
    for number, pupil in enumerate(root.iterfind("PupilManager/CurrentPupils/Pupil"), start=1):
        if number > limits.MOST_ROWS:
            raise Fault("pupil_table_too_long", most=f"{limits.MOST_ROWS:,}")
        cells: dict[int, str] = {}
        for element in pupil:
            place = places.setdefault(element.tag, len(places))
            if len(places) > limits.MOST_COLUMNS:
                raise Fault("pupil_table_too_wide", most=limits.MOST_COLUMNS)
            cells.setdefault(place, _first_text(element))
        rows.append(Row(number, [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]))
        filled += len(rows[-1].cells)
        if filled > limits.MOST_CELLS:
            raise Fault("pupil_xml_too_much")
    return Rows(tuple(places), 0, tuple(rows))


def _first_text(element: Element) -> str:
    return next((text for each in element.iter() if (text := " ".join((each.text or "").split()))), "")
