"""The individual costed map of a pupil: what a council asks to see with a request, by its figure and by the school's own."""

from decimal import Decimal
from fractions import Fraction

from sencoapp import reference
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.costed_map import CostedMap, CostedRow
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Pupil
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.cost_words import number
from sencoapp.services.costing import CostBook, RowCost, element_2_pence, pays_from_core, year_span
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Session
from sencoapp.services.rates import method
from sencoapp.services.staffing import names_of
from sencoapp.services.timetable import disagreements
from sencoapp.services.today import year_words


def costed_map(session: Session, pupil: str, year: int | None = None) -> CostedMap:
    """The map of one school year (2026 is 2026 to 2027), of the present one where none is said.

    Raises ``Refusal``: ``not_for_your_role`` for a role that sees no cost, ``no_longer_there``.
    """
    record, today = session.record, session.clock.today()
    person, home = must_get(record, Pupil, pupil), school(record)
    year = academic_year(today) if year is None else year
    book = CostBook(session, pupil=pupil)
    costs = book.rows_of(pupil, year)
    rows = [_row(book, each) for each in costs]
    split = book.elements_of(costs)
    by_council = [each["council_pence"] for each in rows]
    first, last = year_span(year)
    runs = first <= today <= last
    current = [each for each in costs if runs and (each.provision.ends_on is None or each.provision.ends_on >= today)]
    return CostedMap(
        school=home.name,
        name=person.name,
        about=", ".join(filter(None, (year_words(person.year), person.reg_group))),
        year=year,
        year_name=f"{year} to {year + 1}",
        made_on=today.isoformat(),
        made_by=session.actor.name,
        rows=rows,
        planned_minutes=sum(each["planned_minutes"] for each in rows),
        delivered_minutes=sum(each["delivered_minutes"] for each in rows),
        planned_pence=sum(each["planned_pence"] for each in rows),
        to_date_pence=sum(each["to_date_pence"] for each in rows),
        council_pence=None if None in by_council else sum(each for each in by_council if each is not None),
        added_pence=sum(each["added_pence"] for each in rows),
        core_pence=split.core_pence,
        additional_pence=split.additional_pence,
        element_2_pence=split.element_2_pence,
        guide_pence=element_2_pence(today),
        shortfall_pence=split.shortfall_pence,
        own_method=method(record, "generic").formula,
        council_method=f"{book.method.title}: {book.method.formula}",
        council_source=_source(book),
        warnings=[said for each in current for said in disagreements(record, each.provision, pupil)],
        checked=bool(current),
        demo=home.demo,
    )


def costed_list(session: Session, pupil: str, year: int | None) -> ListContent:
    """The same for a spreadsheet, in pounds. Raises ``Refusal("nothing_to_export")``, and as ``costed_map``."""
    must_be_allowed(session, "export")
    content = costed_map(session, pupil, year)
    if not content["rows"]:
        raise Refusal("nothing_to_export")
    columns = ("provision", "who", "dose", "group", "minutes", "given", "own", "added", "to_date", "council", "by_school", "by_council")
    rows: list[list[Value]] = [
        [
            each["title"],
            each["given_by"],
            each["dose"],
            each["group"],
            each["planned_minutes"],
            each["delivered_minutes"],
            _pounds(each["planned_pence"]),
            _pounds(each["added_pence"]),
            _pounds(each["to_date_pence"]),
            _pounds(each["council_pence"]),
            each["formula"],
            each["council_formula"],
        ]
        for each in content["rows"]
    ]
    headings = [reference.say(f"costing.list_{each}") for each in columns]
    title = reference.say("costing.title_of", name=content["name"], year=content["year_name"])
    return ListContent(title, headings, rows, session.clock.today())


def years_of(session: Session, pupil: str) -> list[int]:
    """The school years in which a pupil has something planned or held, newest first, and the present one."""
    today = session.clock.today()
    book = CostBook(session, pupil=pupil)
    found = {academic_year(today)}
    for provision in book.provisions_of(pupil):
        row = book.row(provision.id, pupil)
        for part in row.parts:
            found |= set(range(academic_year(part.first), academic_year(part.last) + 1))
    return sorted(found, reverse=True)


def _row(book: CostBook, cost: RowCost) -> CostedRow:
    made = cost.provision
    weeks = number(sum((each.weeks for each in cost.parts), Fraction(0)))
    return CostedRow(
        provision=made.id,
        title=made.title,
        aim=made.aim or "",
        area=made.area or "",
        wave=made.wave,
        given_by=names_of(book.people, book.staff_of(made.id)) or made.delivered_by,
        dose=reference.say("costing.dose", sessions=number(Fraction(made.sessions_per_week)), minutes=made.minutes, weeks=weeks),
        group=made.group_size,
        first=cost.parts[0].first.isoformat() if cost.parts else "",
        last=cost.parts[-1].last.isoformat() if cost.parts else "",
        planned_minutes=cost.planned_minutes,
        delivered_minutes=cost.delivered_minutes,
        planned_pence=cost.planned_pence,
        to_date_pence=cost.to_date_pence,
        council_pence=cost.council_pence,
        added_pence=cost.added_pence,
        formula=cost.formula,
        council_formula=cost.council_formula,
        core=pays_from_core(made),
        notes=list(cost.notes),
    )


def _pounds(pence: int | None) -> Decimal | None:
    return None if pence is None else Decimal(pence) / 100


def _source(book: CostBook) -> str:
    """Where the council's figure comes from: the school, or a source that is still to be confirmed."""
    rates = [each for each in book.method.rates if each.starts_on is None or each.starts_on <= book.today]
    if any(not each.to_confirm for each in rates):
        return reference.say("costing.entered_by_school")
    return reference.say("costing.to_confirm", source=book.method.source)
