"""Reads a form that came back: by what it is, not by its name, within the limits of every file from outside."""

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from sencoapp.documents.intake import office, pdf
from sencoapp.documents.intake.kinds import kind_of
from sencoapp.documents.round_robin_sheet import CODE_CELL, FIRST_ROW, MARK, PUPIL_CELL
from sencoapp.domain.refusals import Fault
from sencoapp.domain.round_robins import MOST_QUESTIONS
from sencoapp.reference import say
from sencoapp.services.documents_port import ReturnedForm

_XLSX = "xlsx"
_MOST_TEXT = 20_000
_MOST_FIELDS = 200


def returned_form(filename: str, content: bytes) -> ReturnedForm:
    """Raises ``Fault``: those of ``intake.kinds.kind_of``, ``round_robin_not_a_form``, ``round_robin_form_locked``,
    ``round_robin_form_damaged``, ``round_robin_form_printed``, ``file_unpacks_too_large`` and those of ``office.look_at``.
    """
    kind = kind_of(filename, content)
    if kind.id == "pdf":
        return _from_pdf(filename, content)
    if kind.id != _XLSX:
        raise Fault("round_robin_not_a_form", file=filename)
    office.look_at(filename, content)
    return _from_workbook(filename, content)


def _from_pdf(filename: str, content: bytes) -> ReturnedForm:
    """A form that is locked only against changes opens without a password, and is read."""
    import pikepdf

    try:
        pdf.look_at(filename, content)
    except Fault as fault:
        if fault.key == "evidence_damaged":
            raise Fault("round_robin_form_damaged", file=filename) from fault
        raise
    try:
        with pikepdf.Pdf.open(BytesIO(content)) as opened:
            fields = _fields(opened)
    except pikepdf.PasswordError as locked:
        raise Fault("round_robin_form_locked", file=filename) from locked
    except Exception as damage:  # hostile files raise anything
        raise Fault("round_robin_form_damaged", file=filename) from damage
    if "token" not in fields:
        raise Fault("round_robin_not_a_form" if fields else "round_robin_form_printed", file=filename)
    choose = say("round_robins.form_choose")
    answers = []
    for number in range(MOST_QUESTIONS):
        if f"answer_{number}" not in fields:
            break
        value = fields[f"answer_{number}"]
        answers.append("" if value == choose else value)
    return ReturnedForm(fields["token"], fields.get("pupil", ""), tuple(answers), "pdf")


def _fields(opened: Any) -> Mapping[str, str]:
    import pikepdf

    form = opened.Root.get("/AcroForm")
    found: dict[str, str] = {}
    if not isinstance(form, pikepdf.Dictionary) or not isinstance(form.get("/Fields"), pikepdf.Array):
        return found
    for field in list(form.Fields)[:_MOST_FIELDS]:
        if isinstance(field, pikepdf.Dictionary) and isinstance(field.get("/T"), pikepdf.String):
            value = field.get("/V")
            if isinstance(value, pikepdf.Stream):  # a long text may be kept as a stream (12.7.3.4)
                words = value.read_bytes()[: _MOST_TEXT * 2].decode("utf-8", "replace")
            else:
                words = str(value) if isinstance(value, pikepdf.String | pikepdf.Name) else ""
            found[str(field.T)] = _clean(words)
    return found


def _from_workbook(filename: str, content: bytes) -> ReturnedForm:
    import warnings

    from openpyxl import load_workbook

    last = FIRST_ROW + MOST_QUESTIONS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves aside
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                sheet = book.worksheets[0]
                sheet.reset_dimensions()
                rows = [list(row) for row in sheet.iter_rows(max_row=last, max_col=5, values_only=True)]
            finally:
                book.close()
    except Exception as damage:  # openpyxl raises whatever the damage happens to trip over
        raise Fault("round_robin_form_damaged", file=filename) from damage
    cells = {f"{'ABCDE'[column]}{row + 1}": _text(value) for row, line in enumerate(rows) for column, value in enumerate(line[:5])}
    if cells.get("E3") != MARK:
        raise Fault("round_robin_not_a_form", file=filename)
    asked = range(FIRST_ROW, last)
    count = next((number for number, row in enumerate(asked) if not cells.get(f"B{row}")), MOST_QUESTIONS)
    answers = tuple(cells.get(f"C{FIRST_ROW + number}", "") for number in range(count))
    return ReturnedForm(cells.get(CODE_CELL, ""), cells.get(PUPIL_CELL, ""), answers, "xlsx")


def _text(value: object) -> str:
    """A cell as a person sees it: a spreadsheet makes days and numbers of what is typed like one."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _clean(str(value))


def _clean(words: str) -> str:
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in lines if each in "\n\t" or ((each.isprintable() or each.isspace()) and each >= " "))
    return kept[:_MOST_TEXT].encode("utf-8", "replace").decode("utf-8").strip()
