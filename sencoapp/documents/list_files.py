"""Lists as files that a spreadsheet opens: CSV that cannot run a formula, and XLSX with real dates."""

import csv
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.xml_letters import writable
from sencoapp.reference import say

DAY = "dd/mm/yyyy"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, in full width too (OWASP, CSV injection)."""
_LONGEST_CELL = 32_000
_NARROWEST, _WIDEST = 9, 60


def list_csv(content: ListContent) -> bytes:
    """UTF-8 with its mark, as Excel needs it; days as dd/mm/yyyy. A text that could be a formula gets an apostrophe before it."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(each) for each in content.headings])
    for row in content.rows:
        writer.writerow([_words(each) for each in row])
    return out.getvalue().encode("utf-8-sig", "replace")


def list_xlsx(content: ListContent) -> bytes:
    """One sheet: the headings stay in sight, days are days and numbers are numbers. The same content gives the same bytes."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    from sencoapp.documents.workbook_values import with_values

    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_sheet_title(content.title))
    sheet.freeze_panes = "A2"
    for number, width in enumerate(_widths(content), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width

    def cell(value: Value) -> Any:
        made: Any = WriteOnlyCell(sheet, plain_text(value) if isinstance(value, str) else _plain(value))
        if isinstance(value, str):
            made.data_type = "s"  # a text is never a formula, whatever it begins with
            made.alignment = Alignment(vertical="top", wrap_text="\n" in value or len(value) > _WIDEST)
        else:
            made.alignment = Alignment(vertical="top", horizontal="left" if isinstance(value, date) else None)
        if isinstance(value, date):
            made.number_format = DAY
        return made

    headings = [cell(each) for each in content.headings]
    for each in headings:
        each.font = Font(bold=True)
    sheet.append(headings)
    for row in content.rows:
        sheet.append([cell(each) for each in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(content.headings)))}{len(content.rows) + 1}"
    made = datetime.combine(content.made_on, time(12))
    book.properties.title = plain_text(content.title)
    book.properties.creator = "sencoapp"
    book.properties.created = made
    out = BytesIO()
    book.save(out)
    return with_values(out.getvalue(), {}, made)


def _widths(content: ListContent) -> list[int]:
    """Characters that a column needs for what is in its first rows; a long text wraps."""
    shown: list[Sequence[Value]] = [content.headings, *content.rows[:200]]
    longest = [max((len(_words(row[number])) for row in shown if number < len(row)), default=0) for number in range(len(content.headings))]
    return [min(_WIDEST, max(_NARROWEST, each + 2)) for each in longest]


def _plain(value: Value) -> Any:
    if isinstance(value, bool):
        return say("lists.yes") if value else say("lists.no")
    return float(value) if isinstance(value, Decimal) else value


def _words(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return say("lists.yes") if value else say("lists.no")
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return format(value, "f")
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    clean = plain_text(text)
    return f"'{clean}" if clean.lstrip(" ").startswith(_FORMULA) else clean


def plain_text(text: str) -> str:
    """What a cell can hold of a text."""
    clean = writable(text)
    return clean if len(clean) <= _LONGEST_CELL else clean[: _LONGEST_CELL - 1] + "…"


def _sheet_title(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", plain_text(title))[:31].strip() or "List"
