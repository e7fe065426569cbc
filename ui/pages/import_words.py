"""The rows of an import's preview: what each pupil of the file would become, in words a school office understands."""

from collections.abc import Mapping, Sequence
from datetime import date

from sencoapp import reference
from sencoapp.domain.arrivals import Problem
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.record import New
from sencoapp.services.imports import FieldChange, PlannedPupil
from sencoapp.services.today import year_words
from ui.widgets import Cell, TableRow, status_words

_CODE_SETS = {
    "SENprovision": "SENprovision",
    "SENtype": "SENtype",
    "ethnicity": "Ethnicity",
    "first_language": "Language",
    "enrol_status": "EnrolStatus",
    "year": "NCyearActual",
    "contact relationship": "Relationship",
}
_TRUTH = {"True": "yes", "False": "no"}
_TONES: Mapping[str, str] = {"error": "danger", "warning": "warning", "info": "info"}
_ICONS = {"error": "triangle-alert", "warning": "triangle-alert", "info": "info"}


def added_row(planned: PlannedPupil) -> TableRow:
    """A pupil who is new here."""
    made = [each.entity for each in planned.edits if isinstance(each, New)]
    pupil = next(each for each in made if isinstance(each, Pupil))
    statuses = sorted((each for each in made if isinstance(each, SenStatus)), key=lambda each: each.starts_on)
    needs = sorted((each for each in made if isinstance(each, SenNeed)), key=lambda each: each.rank)
    contacts = sum(isinstance(each, Contact) for each in made)
    code = statuses[-1].code if statuses else ""
    cells = (
        Cell(str(planned.row), tone="muted"),
        Cell(planned.name, bold=True),
        Cell(" · ".join(filter(None, (year_words(pupil.year), pupil.reg_group)))),
        Cell(full_date(pupil.birth_date) if pupil.birth_date else ""),
        Cell(chip=(code, status_words(code))) if code else Cell(reference.say("import_page.no_status"), tone="muted"),
        Cell(", ".join(reference.codes("SENtype").get(each.sen_type, each.sen_type) for each in needs)),
        Cell(str(contacts) if contacts else "", tone="muted"),
    )
    return TableRow(f"{planned.row} {planned.pupil}", cells)


def changed_rows(planned: PlannedPupil) -> list[TableRow]:
    """One row for each field of a pupil that differs: what stands here, and what the file says."""
    rows = []
    for number, change in enumerate(planned.changes):
        cells = (
            Cell(str(planned.row) if number == 0 else "", tone="muted"),
            Cell(planned.name if number == 0 else "", bold=True),
            Cell(field_words(change.field)),
            Cell(value_words(change.field, change.before) or reference.say("import_page.nothing"), tone="muted"),
            Cell(value_words(change.field, change.after)),
        )
        rows.append(TableRow(f"{planned.row} {planned.pupil} {number}", cells))
    return rows


def unchanged_row(planned: PlannedPupil) -> TableRow:
    return TableRow(f"{planned.row} {planned.pupil}", (Cell(str(planned.row), tone="muted"), Cell(planned.name)))


def problem_rows(problems: Sequence[Problem]) -> list[TableRow]:
    rows = []
    for number, each in enumerate(problems):
        severity = Cell(reference.say(f"import_page.severity_{each.severity}"), icon=_ICONS[each.severity], tone=_TONES[each.severity])
        row = Cell(str(each.row) if each.row else "", tone="muted")
        rows.append(TableRow(str(number), (row, severity, Cell(each.message))))
    return rows


def field_words(field: str) -> str:
    """What a field of a pupil is called, as ``FieldChange.field`` names it; "contact phone" for those of a contact."""
    if field.startswith("contact "):
        return reference.say("import_page.of_contact", field=reference.say(f"import_page.field_{field.removeprefix('contact ')}").lower())
    return reference.say(f"import_page.field_{field}")


def value_words(field: str, value: str) -> str:
    """A value as people read it: dates in full, codes with their meaning, yes and no."""
    if value in _TRUTH:
        return reference.say(f"import_page.{_TRUTH[value]}")
    if field in _CODE_SETS:
        known = reference.codes(_CODE_SETS[field])
        return known.get(value, value)
    try:
        return full_date(date.fromisoformat(value)) if len(value) == 10 else value
    except ValueError:
        return value


def changes_in(planned: Sequence[PlannedPupil]) -> list[FieldChange]:
    return [change for each in planned for change in each.changes]


def column_choices() -> list[tuple[str, str]]:
    """What a column of a table may hold, by its canonical name, and "leave out"."""
    names = reference.data("exchange", "headings.json")["columns"]
    named = [(name, reference.say(f"exchange.column_{name}")) for name in names]
    return [("", reference.say("import_page.leave_out")), *named]
