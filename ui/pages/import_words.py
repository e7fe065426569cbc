"""The rows of an import's preview: what each pupil of the file would become, in words a school office understands."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sencoapp import reference
from sencoapp.domain.arrivals import Problem, PupilImport
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.services.imports import LEAVE_OUT, NEW, Candidate, Doubt, FieldChange, PlannedPupil
from sencoapp.services.today import place_words
from ui.pages.pupil_words import born_words, joined
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
    made = [each.entity for each in planned.new]
    pupil = next(each for each in made if isinstance(each, Pupil))
    statuses = sorted((each for each in made if isinstance(each, SenStatus)), key=lambda each: each.starts_on)
    needs = sorted((each for each in made if isinstance(each, SenNeed)), key=lambda each: each.rank)
    contacts = sum(isinstance(each, Contact) for each in made)
    code = statuses[-1].code if statuses else ""
    cells = (
        Cell(str(planned.row), tone="muted"),
        Cell(planned.name, bold=True),
        Cell(place_words(pupil.year, pupil.reg_group)),
        Cell(full_date(pupil.birth_date) if pupil.birth_date else ""),
        Cell(chip=(code, status_words(code))) if code else Cell(reference.say("import_page.no_status"), tone="muted"),
        Cell(", ".join(reference.codes("SENtype").get(each.sen_type, each.sen_type) for each in needs)),
        Cell(str(contacts) if contacts else "", tone="muted"),
    )
    return TableRow(f"{planned.row} {planned.pupil}", cells)


def changed_rows(planned: PlannedPupil, taken: Collection[str]) -> list[TableRow]:
    """One row for each field of a pupil that differs: what stands here, what the file says, and which of them stays."""
    rows = []
    for number, change in enumerate(planned.changes):
        cells = (
            Cell(str(planned.row) if number == 0 else "", tone="muted"),
            Cell(planned.name if number == 0 else "", bold=True),
            Cell(field_words(change.field)),
            Cell(value_words(change.field, change.before) or reference.say("import_page.nothing"), tone="muted"),
            Cell(value_words(change.field, change.after)),
            *_what_happens(change, change.key in taken),
        )
        rows.append(TableRow(change.key, cells))
    return rows


def _what_happens(change: FieldChange, is_taken: bool) -> tuple[Cell, Cell]:
    """What a person typed stays unless they say otherwise; the button turns it round."""
    if change.typed_by is None:
        return Cell(reference.say("import_page.is_changed")), Cell()
    typed = reference.say("import_page.typed_by", name=change.typed_by, day=full_date(change.typed_on)) if change.typed_on else ""
    if is_taken:
        said = Cell(reference.say("import_page.is_overwritten"), typed, icon="triangle-alert")
        return said, Cell(button=reference.say("import_page.keep_ours"))
    return Cell(reference.say("import_page.is_kept"), typed, icon="shield-check"), Cell(button=reference.say("import_page.take_theirs"))


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


def doubt_row(doubt: Doubt, decision: str) -> TableRow:
    """A pupil of the file about whom a person decides."""
    names = ", ".join(each.name for each in doubt.candidates)
    if not names:
        names = reference.say("import_page.row_again", row=doubt.same_as_row)
    chosen = decision_words(doubt, decision)
    cells = (
        Cell(str(doubt.row), tone="muted"),
        Cell(doubt.name, bold=True),
        Cell(names),
        Cell(chosen, icon="check") if chosen else Cell(reference.say("import_page.not_decided"), icon="circle-help", tone="warning"),
    )
    return TableRow(str(doubt.row), cells)


def decision_words(doubt: Doubt, decision: str) -> str:
    """What was decided, or nothing."""
    if decision in (NEW, LEAVE_OUT):
        return reference.say(f"import_page.decide_{decision}")
    same = next((each.name for each in doubt.candidates if each.pupil == decision), "")
    return reference.say("import_page.decide_same", name=same) if same else ""


def arrival_facts(doubt: Doubt) -> str:
    """The pupil as the file has them, in one line."""
    values = doubt.arrival.pupil
    return _facts(doubt.name, values.get("birth_date"), place_words(values.get("year"), values.get("reg_group")), values.get("upn"))


def candidate_facts(candidate: Candidate) -> str:
    """A pupil who is here, in one line, and what speaks for and against their being the same."""
    facts = _facts(candidate.name, candidate.birth_date, place_words(*candidate.place), candidate.upn)
    return f"{facts}. {reference.say(f'import.why_{candidate.why}')}"


def _facts(name: str, born: date | None, place: str, upn: str | None) -> str:
    numbered = reference.say("import_page.upn_is", upn=upn) if upn else reference.say("import_page.no_upn")
    return joined(name, born_words(born) or reference.say("import_page.no_birth_date"), place, numbered)


def past_row(told: PupilImport, *, may_undo: bool) -> TableRow:
    """An import that was saved."""
    counts = reference.say("import_page.past_counts", added=f"{told.added:,}", changed=f"{told.changed:,}")
    file = told.filename or reference.say(f"import_page.source_{told.source}")
    if told.undone_at is None:
        last = Cell(button=reference.say("import_page.undo") if may_undo else "")
    else:
        last = Cell(reference.say("import_page.undone", name=told.undone_by_name or ""), tone="muted")
    cells = (Cell(full_date(told.at.date())), Cell(file, bold=True), Cell(counts), Cell(told.by_name, tone="muted"), last)
    return TableRow(told.id, cells)


def column_choices() -> list[tuple[str, str]]:
    """What a column of a table may hold, by its canonical name, and "leave out"."""
    names = reference.data("exchange", "headings.json")["columns"]
    named = [(name, reference.say(f"exchange.column_{name}")) for name in names]
    return [("", reference.say("import_page.leave_out")), *named]
