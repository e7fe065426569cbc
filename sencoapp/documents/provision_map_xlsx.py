"""The provision map of a pupil as a workbook that goes on working: change a rate or a group and the costs follow.

One line for each place in a provision. A cost is the formula of domain.md 5,
rounded once to the penny with a half rounded up, as the program itself does.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from sencoapp.documents.list_files import plain_text
from sencoapp.documents.phrases import joined, weeks_of, year_name
from sencoapp.documents.workbook_values import with_values
from sencoapp.domain.dates import full_date
from sencoapp.domain.snapshot import CostAdded, CostPart, MapContent, ProvisionRow
from sencoapp.reference import say

MONEY = '"£"#,##0.00'
HOURS = "0.0#"
DAY = "dd/mm/yyyy"
_FIRST = 4

# What a column holds, its width in characters, and how its numbers are shown.
_COLUMNS = (
    ("pupil", 26, None),
    ("year", 10, None),
    ("class", 8, None),
    ("provision", 34, None),
    ("aim", 44, None),
    ("who", 48, None),
    ("sessions", 11, "0.##"),
    ("minutes", 10, "0"),
    ("weeks", 8, "0.##"),
    ("group", 8, "0"),
    ("shared", 11, "0"),
    ("rate", 10, MONEY),
    ("hours", 10, HOURS),
    ("cost", 13, MONEY),
    ("from", 12, DAY),
    ("until", 12, DAY),
)
_ADDS = ("added", 14, MONEY)
"""Materials, preparation and training: there only where there are any."""
_SESSIONS, _MINUTES, _WEEKS, _SHARED, _RATE, _HOURS, _COST, _ADDED = "G", "H", "I", "K", "L", "M", "N", "Q"


def provision_map_xlsx(content: MapContent) -> bytes:
    """The workbook's bytes; the same content gives the same bytes. Formulas carry their values, for programs that do not calculate."""
    book = Workbook()
    values: dict[str, dict[str, Decimal]] = {}
    places = book.active
    assert isinstance(places, Worksheet)
    _places(places, content, values)
    made = datetime.combine(date.fromisoformat(content["made_on"]), time(12))
    book.properties.title = plain_text(content["title"])
    book.properties.creator = plain_text(content["made_by"])
    book.properties.created = made
    book.calculation.fullCalcOnLoad = True
    out = BytesIO()
    book.save(out)
    return with_values(out.getvalue(), values, made)


def cost_formula(row: int, beside: str = "") -> str:
    """The cost in a row, in pounds: whole ten-thousandths of a penny first, so that a half penny is exactly a half. ``beside`` is
    what is added to it before it is rounded."""
    product = f"{_SESSIONS}{row}*{_MINUTES}{row}*{_WEEKS}{row}*{_RATE}{row}*100"
    if beside:
        return f"=ROUND(ROUND({product}/(60*{_SHARED}{row}){beside},6),0)/100"
    return f"=ROUND(ROUND({product},4)/(60*{_SHARED}{row}),0)/100"


def _cost_of_parts(row: int, parts: Sequence[CostPart], beside: str) -> str:
    """The cost in a row where a rate or the group changed on the way: the sum of its stretches, rounded once."""
    each = [f"{part['weeks']}*{part['pence'][0]}/{part['pence'][1]}/{part['shared_by']}" for part in parts]
    return f"=ROUND(ROUND({_SESSIONS}{row}*{_MINUTES}{row}*({'+'.join(each) or 0})/60{beside},6),0)/100"


def _places(sheet: Worksheet, content: MapContent, values: dict[str, dict[str, Decimal]]) -> None:
    sheet.title = say("documents.sheet_places")
    known = values.setdefault(sheet.title, {})
    pupil = content["pupil"]
    adds = any(row.get("added") for row in pupil["rows"])
    columns = (*_COLUMNS, _ADDS) if adds else _COLUMNS
    _heading(sheet, content, [(say(f"documents.column_{name}"), width) for name, width, _ in columns])
    at = _FIRST + 1
    for row in sorted(pupil["rows"], key=lambda each: (each["starts_on"], each["title"])):
        texts = (
            pupil["name"],
            year_name(pupil["year"]),
            pupil["reg_group"],
            row["title"],
            _aim(row),
            joined((row["delivered_by"], row["staff_role"])),
        )
        for column, text in enumerate(texts, 1):
            _write(sheet, at, column, text)
        sheet.row_dimensions[at].height = 15 * max(map(_lines, texts, (width for _, width, _ in _COLUMNS)))
        _numbers(sheet, at, row)
        known[f"{_HOURS}{at}"] = _hours(row)
        known[f"{_COST}{at}"] = Decimal(row["cost_pence"]) / 100
        if row.get("added"):
            known[f"{_ADDED}{at}"] = _added(sheet, at, row["added"])
        at += 1
    _total(sheet, at, (_HOURS, _COST), known)
    for column, (_, _, shown) in enumerate(columns, 1):
        if shown:
            for line in range(_FIRST + 1, at + 1):
                sheet.cell(line, column).number_format = shown
    if at > _FIRST + 1:
        sheet.auto_filter.ref = f"A{_FIRST}:{get_column_letter(len(_COLUMNS))}{at - 1}"
    _print_set_up(sheet, content)


def _lines(text: str | None, width: int) -> int:
    """Lines that a text takes in a column, so that a program that does not measure rows shows all of it."""
    return max(1, sum(-(-len(each) // width) for each in (text or "").split("\n")))


def _numbers(sheet: Any, at: int, row: ProvisionRow) -> None:
    parts = row.get("parts")
    shared: int | None = 1 if row["whole_cost_reason"] else max(1, row["group_size"])
    rate: float | None = row["pence_per_hour"] / 100
    if parts is not None:
        alone = parts[0] if len(parts) == 1 else None
        shared, rate = (alone["shared_by"], alone["pence"][0] / alone["pence"][1] / 100) if alone else (None, None)
    beside = f"+{_ADDED}{at}*100" if row.get("added") else ""
    numbers = (float(row["sessions_per_week"]), row["minutes"], float(weeks_of(row)), row["group_size"], shared, rate)
    for column, number in enumerate(numbers, 7):
        sheet.cell(at, column, number)
    for column, day in ((15, row["starts_on"]), (16, row["ends_on"])):
        sheet.cell(at, column, date.fromisoformat(day) if day else None)
    sheet[f"{_HOURS}{at}"] = f"={_SESSIONS}{at}*{_MINUTES}{at}*{_WEEKS}{at}/60"
    sheet[f"{_COST}{at}"] = cost_formula(at, beside) if parts is None or len(parts) == 1 else _cost_of_parts(at, parts, beside)
    for column in range(7, len(_COLUMNS) + 1):
        sheet.cell(at, column).alignment = Alignment(vertical="top")


def _added(sheet: Any, at: int, added: Sequence[CostAdded]) -> Decimal:
    """What is beside the adults' time, in pounds and not rounded: it is rounded in the cost that it is part of."""
    terms = "+".join(f"{above}/{below}" for above, below in (each["pence"] for each in added))
    sheet[f"{_ADDED}{at}"] = f"=({terms})/100"
    return sum((Decimal(each["pence"][0]) / each["pence"][1] for each in added), Decimal(0)) / 100


def _hours(row: ProvisionRow) -> Decimal:
    return Decimal(row["sessions_per_week"]) * row["minutes"] * weeks_of(row) / 60


def _aim(row: ProvisionRow) -> str:
    whole = say("documents.whole_cost", reason=row["whole_cost_reason"]) if row["whole_cost_reason"] else None
    return joined((row["aim"], whole), ". ")


def _heading(sheet: Any, content: MapContent, columns: list[tuple[str, int]]) -> None:
    _write(sheet, 1, 1, content["title"]).font = Font(bold=True, size=16)
    made = say("documents.map_note", day=full_date(date.fromisoformat(content["made_on"])), name=content["made_by"])
    _write(sheet, 2, 1, joined((content["school"], made), ". ")).font = Font(color="FF4B504D")
    if content["demo"]:
        _write(sheet, 3, 1, say("documents.demo_map")).font = Font(bold=True)
    line = Border(bottom=Side("medium"))
    for column, (name, width) in enumerate(columns, 1):
        cell = _write(sheet, _FIRST, column, name)
        cell.font = Font(bold=True)
        cell.border = line
        cell.alignment = Alignment(wrap_text=True, vertical="bottom")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = 24
    sheet.row_dimensions[_FIRST].height = 32
    sheet.freeze_panes = sheet.cell(_FIRST + 1, 2)


def _total(sheet: Any, at: int, columns: tuple[str, ...], known: dict[str, Decimal]) -> None:
    """A line of sums below the table. An empty table sums to nothing."""
    _write(sheet, at, 1, say("documents.total"))
    for column in columns:
        above = range(_FIRST + 1, at)
        sheet[f"{column}{at}"] = f"=SUM({column}{_FIRST + 1}:{column}{at - 1})" if above else 0
        if above:
            shown = (known.get(f"{column}{line}", sheet[f"{column}{line}"].value) for line in above)
            known[f"{column}{at}"] = sum((Decimal(str(each)) for each in shown), Decimal(0))
    for cell in sheet[at]:
        cell.font = Font(bold=True)
        cell.border = Border(top=Side("medium"), bottom=Side("medium"))


def _write(sheet: Any, row: int, column: int, text: str | None) -> Any:
    """A text, whatever it begins with: a name such as "=1+1" is never a formula, here or after a round trip through CSV."""
    cell = sheet.cell(row, column)
    safe = plain_text(text or "")
    if safe:
        cell.value = safe
        cell.data_type = "s"
        cell.quotePrefix = safe[0] in "=+-@\t\r"
        cell.alignment = Alignment(vertical="top", wrap_text=row > _FIRST)
    return cell


def _print_set_up(sheet: Any, content: MapContent) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{_FIRST}:{_FIRST}"
    foot = say("documents.map_foot", school=content["school"], day=full_date(date.fromisoformat(content["made_on"])))
    # "&" begins a code in a footer, so it is doubled.
    sheet.oddFooter.left.text = plain_text(foot).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = say("documents.page_of", page="&P", total="&N")
