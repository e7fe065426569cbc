"""The questions to one member of staff as a workbook: one sheet, locked but for the answers.

Column A has the numbers, B the questions, C the answers. The codes stand in the first rows: ``CODE_CELL``, ``PUPIL_CELL``.
"""

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from sencoapp.documents.list_files import plain_text
from sencoapp.reference import say

CODE_CELL, PUPIL_CELL = "E1", "E2"
FIRST_ROW = 8
_MARK = "E3"
MARK = "senco.round_robin/1"
"""Stands in ``E3`` and says what the sheet is."""


def round_robin_xlsx(content: Mapping[str, Any]) -> bytes:
    """The same content gives the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
    from openpyxl.worksheet.datavalidation import DataValidation

    from sencoapp.documents.workbook_values import with_values

    book = Workbook()
    sheet: Any = book.active
    sheet.title = say("round_robins.form_answer")
    for column, width in (("A", 5), ("B", 52), ("C", 64), ("D", 3), ("E", 18)):
        sheet.column_dimensions[column].width = width
    sheet.column_dimensions["E"].hidden = True

    def text(cell: str, words: str, **style: Any) -> Any:
        made = sheet[cell]
        made.value, made.data_type = plain_text(words), "s"
        made.number_format = "@"
        made.alignment = Alignment(vertical="top", wrap_text=True)
        for name, value in style.items():
            setattr(made, name, value)
        return made

    head = (
        (say("round_robins.form_heading", title=content["title"], pupil=content["pupil"]), Font(bold=True, size=16), 24),
        (f"{content['school']} · {say('round_robins.form_for', name=content['name'])}", Font(bold=True), 18),
        (say("round_robins.form_about", sender=content["sender"], pupil=content["pupil"]), Font(), 34),
        (say("round_robins.form_how_xlsx", due=content["due"]), Font(bold=True), 18),
        (f"{say('round_robins.form_required')} {say('round_robins.form_private', sender=content['sender'])}", Font(), 18),
        (say("round_robins.form_code", token=content["token"]), Font(color="4B504D"), 18),
    )
    for row, (words, look, high) in enumerate(head, start=1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=3)
        text(f"A{row}", words, font=look)
        sheet.row_dimensions[row].height = high
    text(CODE_CELL, content["token"])
    text(PUPIL_CELL, content["pupil_code"])
    text(_MARK, MARK)
    thin = Side(style="thin", color="8C8A82")
    for number, question in enumerate(content["questions"]):
        row = FIRST_ROW + number
        text(f"A{row}", str(number + 1))
        text(f"B{row}", f"{question['text']}{' *' if question['required'] else ''}", font=Font(bold=True))
        answer = text(f"C{row}", "", protection=Protection(locked=False), fill=PatternFill("solid", fgColor="FFF6D6"))
        answer.value = None
        answer.border = Border(thin, thin, thin, thin)
        lines = len(question["text"]) // 46 + 1
        sheet.row_dimensions[row].height = max(18 if question["scale"] else 62, 16 * lines)
        if question["scale"] and (listed := ",".join(question["scale"])) and len(listed) <= 250 and '"' not in listed:
            choice = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=True)
            choice.promptTitle, choice.prompt, choice.showInputMessage = None, say("round_robins.form_choose"), True
            sheet.add_data_validation(choice)
            choice.add(f"C{row}")
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.selection[-1].activeCell = sheet.sheet_view.selection[-1].sqref = f"C{FIRST_ROW}"
    made = datetime.combine(date.fromisoformat(content["made_on"]), time(12))
    book.properties.title, book.properties.creator, book.properties.created = plain_text(content["title"]), "sencoapp", made
    out = BytesIO()
    book.save(out)
    return with_values(out.getvalue(), {}, made)
