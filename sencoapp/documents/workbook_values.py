"""Puts the values of formulas into a workbook that openpyxl wrote.

openpyxl writes a formula or a value, never both, and a program that does not calculate on opening then shows 0. What is
added is what the formula gives: the program knows it already. The file's dates are set too, so that the same content gives
the same bytes.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FORMULA_CELL = re.compile(r'(<c r="([A-Z]+[0-9]+)"[^>]*>\s*<f>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)')
_MODIFIED = re.compile(r"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def with_values(workbook: bytes, values: Mapping[str, Mapping[str, Decimal]], made: datetime) -> bytes:
    """The workbook with a value beside each formula. ``values``: sheet title to cell to number. A formula without one stays as it is."""
    out = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        parts = {path: values[title] for title, path in _sheets(old).items() if title in values}
        for name in old.namelist():
            content = old.read(name)
            if name in parts:
                content = _filled(content.decode(), parts[name]).encode()
            elif name == "docProps/core.xml":
                content = _MODIFIED.sub(rf"\g<1>{made:%Y-%m-%dT%H:%M:%SZ}\g<2>", content.decode()).encode()
            entry = ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, content)
    return out.getvalue()


def _filled(sheet: str, values: Mapping[str, Decimal]) -> str:
    def filled(found: re.Match[str]) -> str:
        value = values.get(found[2])
        return found[0] if value is None else f"{found[1]}<v>{float(value)!r}</v>"

    return _FORMULA_CELL.sub(filled, sheet)


def _sheets(archive: ZipFile) -> dict[str, str]:
    """Sheet titles and the parts of the file that hold them."""
    relations: Element = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id", ""): each.get("Target", "") for each in relations}
    book: Element = fromstring(archive.read("xl/workbook.xml"))
    found = {}
    for sheet in book.iter(f"{_SHEET}sheet"):
        target = targets[sheet.get(f"{_RELATION}id", "")]
        found[sheet.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found
