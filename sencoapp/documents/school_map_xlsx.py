"""The provision map of a school as a workbook that goes on working: change a rate and the costs and sums follow.

A row that costs something has the formula of its cost, rounded once to the penny with a half rounded up, as the record does; the
rows above it add up. Every formula carries its value. Without permission to see costs there is neither.
"""

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sencoapp.documents.list_files import plain_text
from sencoapp.documents.phrases import joined
from sencoapp.documents.provision_map_xlsx import MONEY, _write
from sencoapp.documents.workbook_values import with_values
from sencoapp.domain.dates import full_date
from sencoapp.domain.school_map import MapLineContent, PlainCharge, PlainShare, SchoolMapContent
from sencoapp.reference import say

_FIRST = 4
_TIMES = (("name", 44, None), ("about", 44, None), ("sessions", 11, "0"), ("held", 10, "0"), ("planned", 12, "0"), ("minutes", 12, "0"))
_EFFECT = (("effect", 34, None),)
_COSTS = (
    ("rate", 11, MONEY),
    ("shared", 10, "0"),
    ("charged", 12, "0.##"),
    ("cost", 13, MONEY),
    ("charged_to_date", 12, "0.##"),
    ("spent", 13, MONEY),
)
_ADDS = (("added", 15, MONEY), ("added_to_date", 15, MONEY))
_RATE, _SHARED, _CHARGED, _COST, _CHARGED_TO_DATE, _SPENT = "H", "I", "J", "K", "L", "M"
_ADDED, _ADDED_TO_DATE = "N", "O"
"""There only where something costs more than the adults' time."""


def school_map_xlsx(content: SchoolMapContent) -> bytes:
    """The workbook's bytes; the same content gives the same bytes."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = say("map.sheet")
    known: dict[str, Decimal] = {}
    adds = content["shows_cost"] and any(each["charges"] for each in content["lines"])
    columns = (*_TIMES, *_EFFECT, *(_COSTS if content["shows_cost"] else ()), *(_ADDS if adds else ()))
    _heading(sheet, content, columns)
    at = _FIRST + 1
    for number, line in enumerate(content["lines"]):
        _line(sheet, at + number, line)
        if content["shows_cost"]:
            below = _below(content["lines"], number)
            _costs(sheet, at + number, line, at + number + below, known)
    last = at + len(content["lines"])
    _line(sheet, last, content["total"])
    if content["shows_cost"]:
        _sums(sheet, last, content["total"], at, last - 1, known)
    if adds:
        _added(sheet, content["lines"], at, known)
    for cell in sheet[last]:
        cell.font = Font(bold=True)
        cell.border = Border(top=Side("medium"), bottom=Side("medium"))
    for column, (_, _, shown) in enumerate(columns, 1):
        for row in range(at, last + 1):
            if shown:
                sheet.cell(row, column).number_format = shown
    _set_up(sheet, content)
    made = datetime.combine(date.fromisoformat(content["made_on"]), time(12))
    book.properties.title, book.properties.creator, book.properties.created = (
        plain_text(content["title"]),
        plain_text(content["made_by"]),
        made,
    )
    book.calculation.fullCalcOnLoad = True
    out = BytesIO()
    book.save(out)
    return with_values(out.getvalue(), {sheet.title: known}, made)


def _heading(sheet: Any, content: SchoolMapContent, columns: tuple[tuple[str, int, str | None], ...]) -> None:
    _write(sheet, 1, 1, f"{content['title']}, {content['period']}").font = Font(bold=True, size=16)
    made = say("documents.map_note", day=full_date(date.fromisoformat(content["made_on"])), name=content["made_by"])
    _write(sheet, 2, 1, joined((content["school"], content["filters"], made), ". ")).font = Font(color="FF4B504D")
    _write(sheet, 3, 1, joined((say("map.once"), say("documents.demo_map") if content["demo"] else None), " "))
    for column, (name, width, _) in enumerate(columns, 1):
        cell = _write(sheet, _FIRST, column, say(f"map.list_{name}"))
        cell.font, cell.border = Font(bold=True), Border(bottom=Side("medium"))
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height, sheet.row_dimensions[_FIRST].height = 24, 32
    sheet.freeze_panes = sheet.cell(_FIRST + 1, 2)


def _line(sheet: Any, at: int, line: MapLineContent) -> None:
    name = _write(sheet, at, 1, line["title"])
    name.alignment = Alignment(indent=2 * line["depth"], vertical="top", wrap_text=True)
    name.font = Font(bold=line["kind"] in ("band", "provision"))
    _write(sheet, at, 2, line["about"])
    _write(sheet, at, 7, line["effect"])
    if line["kind"] != "free":
        for column, number in enumerate((line["sessions"], line["held"], line["planned_minutes"], line["minutes"]), 3):
            sheet.cell(at, column, number)
    if line["depth"]:
        sheet.row_dimensions[at].outlineLevel = min(7, line["depth"])


def _costs(sheet: Any, at: int, line: MapLineContent, last: int, known: dict[str, Decimal]) -> None:
    if not line["is_leaf"]:
        _sums(sheet, at, line, at + 1, last, known)
        return
    alike = {(shared, rate) for _, shared, rate in (*line["planned"], *line["spent"])}
    by_cells = len(alike) == 1 and len(line["planned"]) <= 1 and len(line["spent"]) <= 1
    if by_cells:
        ((shared, rate),) = alike
        sheet[f"{_RATE}{at}"], sheet[f"{_SHARED}{at}"] = float(Fraction(rate) / 100), shared
    for shares, charges, minutes, cost, added, pence in (
        (line["planned"], line["charges"], _CHARGED, _COST, _ADDED, line["planned_pence"]),
        (line["spent"], line["charged"], _CHARGED_TO_DATE, _SPENT, _ADDED_TO_DATE, line["spent_pence"]),
    ):
        beside = f"+{added}{at}*100" if charges else ""
        if by_cells:
            _number(sheet, f"{minutes}{at}", Fraction(shares[0][0]) if shares else Fraction(0), known)
            sheet[f"{cost}{at}"] = f"=ROUND(ROUND({minutes}{at}*{_RATE}{at}*100/(60*{_SHARED}{at}){beside},7),0)/100"
        else:
            sheet[f"{cost}{at}"] = sum_formula(shares, beside)
        known[f"{cost}{at}"] = Decimal(pence) / 100


def _added(sheet: Any, lines: list[MapLineContent], first: int, known: dict[str, Decimal]) -> None:
    """Materials, preparation and training, in pounds and not rounded: they are rounded in the cost that they are part of."""
    last = first + len(lines)
    for name, column in (("charges", _ADDED), ("charged", _ADDED_TO_DATE)):
        exact = [_added_pounds(line[name]) if line["is_leaf"] else None for line in lines]  # type: ignore[literal-required]
        for number, line in enumerate(lines):
            below = range(number + 1, number + 1 + _below(lines, number))
            if line["is_leaf"] and exact[number]:
                sheet[f"{column}{first + number}"] = added_formula(line[name])  # type: ignore[literal-required]
                known[f"{column}{first + number}"] = _decimal(exact[number] or Fraction(0))
            elif below and any(exact[each] for each in below):
                _subtotal(sheet, f"{column}{first + number}", column, first + below[0], first + below[-1])
                known[f"{column}{first + number}"] = _decimal(sum((exact[each] or Fraction(0) for each in below), Fraction(0)))
        _subtotal(sheet, f"{column}{last}", column, first, last - 1)
        known[f"{column}{last}"] = _decimal(sum((each or Fraction(0) for each in exact), Fraction(0)))


def _subtotal(sheet: Any, cell: str, column: str, first: int, last: int) -> None:
    """It leaves out the sums within its range, so that nothing is added twice."""
    sheet[cell] = f"=SUBTOTAL(9,{column}{first}:{column}{last})"


def _added_pounds(charges: list[PlainCharge]) -> Fraction:
    return sum((Fraction(pence) * places / shared for pence, places, shared in charges), Fraction(0)) / 100


def added_formula(charges: list[PlainCharge]) -> str:
    """What they come to, in pounds: each is an amount x places / pupils who share it."""
    terms = [f"{_plain(Fraction(pence))}{f'*{places}' if places > 1 else ''}/{shared}" for pence, places, shared in charges]
    return f"=({'+'.join(terms)})/100"


def sum_formula(shares: list[PlainShare], beside: str = "") -> str:
    """A cost of several parts, in pounds, rounded once: each part is minutes x pence an hour / 60 / pupils. ``beside`` is added."""
    terms = "+".join(f"{_plain(Fraction(minutes))}*{_plain(Fraction(rate))}/{shared}" for minutes, shared, rate in shares) or "0"
    return f"=ROUND(ROUND(({terms})/60{beside},7),0)/100"


def _plain(exact: Fraction) -> str:
    return str(exact.numerator) if exact.denominator == 1 else f"({exact.numerator}/{exact.denominator})"


def _number(sheet: Any, cell: str, exact: Fraction, known: dict[str, Decimal]) -> None:
    if exact.denominator == 1:
        sheet[cell] = exact.numerator
        return
    sheet[cell] = f"={exact.numerator}/{exact.denominator}"
    known[cell] = _decimal(exact)


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator


def _sums(sheet: Any, at: int, line: MapLineContent, first: int, last: int, known: dict[str, Decimal]) -> None:
    for column, pence in ((_COST, line["planned_pence"]), (_SPENT, line["spent_pence"])):
        if last < first:
            sheet[f"{column}{at}"] = 0
            continue
        _subtotal(sheet, f"{column}{at}", column, first, last)
        known[f"{column}{at}"] = Decimal(pence) / 100


def _below(lines: list[MapLineContent], number: int) -> int:
    """How many rows stand under a row."""
    count = 0
    for each in lines[number + 1 :]:
        if each["depth"] <= lines[number]["depth"]:
            break
        count += 1
    return count


def _set_up(sheet: Any, content: SchoolMapContent) -> None:
    sheet.sheet_properties.outlinePr.summaryBelow = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_FIRST}:{_FIRST}"
    foot = say("documents.map_foot", school=content["school"], day=full_date(date.fromisoformat(content["made_on"])))
    sheet.oddFooter.left.text = plain_text(foot).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = say("documents.page_of", page="&P", total="&N")
