"""What a council asks a school to count, and the twin of SEN2's person level for what the school is the source of.

The columns of the twin carry the names of SEN2 (DfE specification, version 1.3; interop.md 2.2). What only the council knows
is not in it. Integers of ``RequestSource`` are not published: the label goes in their place.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sencoapp import reference
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.cases import CaseDate
from sencoapp.domain.casework import Request
from sencoapp.domain.households import pupil_address_is_hidden
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Contact, Pupil, School
from sencoapp.services.beginning import school
from sencoapp.services.cases import CaseRow, case_list
from sencoapp.services.council_forms import NEEDS_ASSESSMENT
from sencoapp.services.ports import Record, RegisterQuery, Session
from sencoapp.services.pupils import open_needs
from sencoapp.services.request_cases import Standing, standings

FIRST_YEARS: Mapping[str, tuple[int, ...]] = {
    "primary": (3,), "middle": (5,), "secondary": (7, 12), "all_through": (3, 7, 12), "post_16": (12,)
}  # fmt: skip
"""By phase of school, the years in which pupils come to it from another: of these a council asks whether an assessment is still open
(SEND Regulations 2014, reg 18, has the moves)."""

BEGINS: Mapping[str, int] = {"middle": 5, "secondary": 7, "post_16": 12}
"""The year in which everybody is new; where a school has one and no day of entry is known, pupils of that year came this September."""

SEN2_COLUMNS = (
    "Surname", "Forename", "PersonBirthDate", "Sex", "Ethnicity", "PostCode", "UPN", "UPNunknown", "UniqueLearnerNumber",
    "SENprovision", "ReceivedDate", "RequestSource", "ReviewMeeting", "EntryDate", "LeavingDate", "URN", "UKPRN",
    "SENunitIndicator", "ResourcedProvisionIndicator", "Week20", "SENtype1", "SENtype2",
)  # fmt: skip
"""``URN`` to ``ResourcedProvisionIndicator`` are those of PlanDetail and PlacementDetail: this school. ``SENtype1`` and ``SENtype2`` are
``SENtype`` with ``SENtypeRank`` 1 and 2. ``Week20`` is 1 where an exception may apply."""

_ALL = 1_000_000


def sen2_list(session: Session, query: RegisterQuery) -> ListContent:
    """Pupils with a plan, or whose request the council has, with the data that their school is the source of.

    A postcode that would give away an address that is kept apart stays empty.
    """
    record, today = session.record, session.clock.today()
    asked = {each.pupil: each for each in _asked(session)}
    meetings = _review_meetings(session)
    home = school(record)
    excused = {
        row.shown.case.pupil for row in case_list(session, kind="needs_assessment") if any(each.exception for each in row.shown.steps)
    }
    rows: list[list[Value]] = []
    for found in record.register(query, limit=_ALL):
        if found.status != "E" and found.id not in asked:
            continue
        pupil = record.get(Pupil, found.id)
        if pupil is None:
            continue
        hidden = pupil_address_is_hidden(pupil, record.find(Contact, pupil=pupil.id))
        needs = [each.sen_type.upper() for each in open_needs(record, pupil.id, today)[:2]]
        rows.append(
            [
                pupil.legal_surname,
                pupil.legal_forename,
                pupil.birth_date,
                pupil.sex,
                pupil.ethnicity,
                None if hidden else pupil.postcode,
                pupil.upn,
                pupil.why_no_upn,
                pupil.uln,
                found.status,
                asked[pupil.id].received_on if pupil.id in asked else None,
                _source(asked.get(pupil.id)),
                meetings.get(pupil.id),
                pupil.entry_on,
                pupil.left_on,
                home.urn,
                home.ukprn,
                _indicator(pupil.sen_unit, home),
                _indicator(pupil.resourced_provision, home),
                1 if pupil.id in excused else None,
                *[*needs, None, None][:2],
            ]
        )
    return ListContent(reference.say("lists.title_sen2"), SEN2_COLUMNS, rows, today)


def _source(asked: Standing | None) -> str | None:
    """Who asked, as SEN2 labels it; None where nobody has said."""
    if asked is None:
        return None
    who = asked.case.asked_by if asked.case else "school"
    return reference.say(f"lists.request_source_{who}") if who else None


def _indicator(said: bool | None, home: School) -> int | None:
    """1, 0, or None where nobody has said; nobody has a place in what the school does not have."""
    known = False if said is None and home.special_places is False else said
    return None if known is None else int(known)


def count_list(session: Session) -> ListContent:
    """How many of each, by year group and primary need; a row where there is at least one."""
    today = session.clock.today()
    found = list(_counted(session, today))
    known = _years_and_needs(session, {pupil for _, _, pupil in found})
    counted = Counter((what, when, *known[pupil]) for what, when, pupil in found)
    order = {each: number for number, each in enumerate(reference.codes("NCyearActual"))}
    keys = sorted(counted, key=lambda each: (_MEASURES.index(each[0]), -each[1], order.get(each[2], len(order)), each[3]))
    labels = reference.codes("SENtype")
    rows: list[list[Value]] = [
        [
            reference.say(f"lists.count_{what}", year=when, next=when + 1),
            year or None,
            labels.get(need, need) or None,
            counted[what, when, year, need],
        ]
        for what, when, year, need in keys
    ]
    headings = [reference.say(f"lists.column_{each}") for each in ("measure", "year", "primary_need", "count")]
    return ListContent(reference.say("lists.title_counts"), headings, rows, today)


def cases_list(session: Session) -> ListContent:
    """Every case, the open ones first, with its next step and when that is due."""
    rows: list[list[Value]] = []
    for row in [*case_list(session), *case_list(session, closed=True)]:
        case, step = row.shown.case, row.shown.next_step
        outcomes = {each["id"]: each["label"] for each in row.shown.kind["outcomes"]}
        about: list[Value] = [row.pupil.name, row.pupil.year, row.shown.kind["title"], reference.council(case.council)["name"]]
        ahead: list[Value] = [step.label if step else None, step.due if step else None]
        rows.append([*about, *ahead, outcomes.get(case.ended_as or ""), row.owner_name, case.opened_on])
    names = ("pupil", "year", "case", "council", "next_step", "due", "outcome", "sees_to_it", "from")
    headings = [reference.say(f"lists.column_{each}") for each in names]
    return ListContent(reference.say("lists.title_cases"), headings, rows, session.clock.today())


_MEASURES = (
    "requests_not_sent",
    "requests_waiting",
    "requests_in_school_year",
    "requests_in_calendar_year",
    "decisions_late",
    "outstanding_after_move",
    "plan_reviews_overdue",
    "annual_reviews_late",
    "appeals_open",
    "appeals_won",
    "places_waiting",
    "transfers_not_named",
)


def _counted(session: Session, today: date) -> Iterator[tuple[str, int, str]]:
    """Each thing that counts, the year that it belongs to (0 where it is counted as it stands today), and its pupil."""
    record = session.record
    for request in record.find(Request):
        if request.form == NEEDS_ASSESSMENT and request.state in ("draft", "frozen"):
            yield "requests_not_sent", 0, request.pupil
    for asked in _asked(session):
        if asked.decision is None and (asked.case is None or asked.case.closed_on is None):
            yield "requests_waiting", 0, asked.pupil
        on = asked.counted_from
        if on is not None:
            yield "requests_in_school_year", academic_year(on), asked.pupil
            yield "requests_in_calendar_year", on.year, asked.pupil
        if asked.case is not None and asked.case.closed_on is None and _moved_since(session, asked.pupil, on or asked.case.opened_on):
            yield "outstanding_after_move", 0, asked.pupil
    for row in case_list(session):
        case = row.shown.case
        if case.kind == "needs_assessment" and _is_late(row, "decision", today):
            yield "decisions_late", 0, case.pupil
        if case.kind == "annual_review" and any(_is_late(row, step, today) for step in ("due", "due_first")):
            yield "annual_reviews_late", 0, case.pupil
        if case.kind == "mediation_appeal":
            yield "appeals_open", 0, case.pupil
        if case.kind == "specialist_place":
            yield "places_waiting", 0, case.pupil
        if case.kind == "phase_transfer" and any(_is_late(row, step, today) for step in ("named", "named_post_16", "between_post_16")):
            yield "transfers_not_named", 0, case.pupil
    for row in case_list(session, kind="mediation_appeal", closed=True):
        if row.shown.case.ended_as in ("won", "conceded"):
            yield "appeals_won", 0, row.shown.case.pupil
    for due in record.reviews_due(RegisterQuery(review_due_by=today), limit=_ALL):
        if due.due_on < today:
            yield "plan_reviews_overdue", 0, due.pupil


def _moved_since(session: Session, id: str, asked_on: date) -> bool:
    """Whether the pupil came to this school, in a year in which pupils come from another one, after the council was asked."""
    pupil, phase, today = session.record.get(Pupil, id), school(session.record).phase, session.clock.today()
    if pupil is None or pupil.left_on is not None or not (pupil.year or "").isdigit():
        return False
    entry, year = pupil.entry_on, int(pupil.year or 0)
    if entry is None:
        return BEGINS.get(phase) == year and asked_on < date(academic_year(today), 9, 1)
    joined_in = year - (academic_year(today) - academic_year(entry))
    return joined_in in FIRST_YEARS.get(phase, ()) and asked_on < entry


def _is_late(row: CaseRow, step: str, today: date) -> bool:
    return any(each.id == step and each.is_late(today) for each in row.shown.steps)


def _years_and_needs(session: Session, pupils: Collection[str]) -> dict[str, tuple[str, str]]:
    """By pupil, year group and primary need, empty where they are not known. One question for all who are on roll."""
    if not pupils:
        return {}
    listed = session.record.register(RegisterQuery(among=tuple(pupils)), limit=_ALL)
    known = {each.id: (each.year or "", each.sen_type or "") for each in listed}
    return {each: known.get(each) or _of(session, each) for each in pupils}


def _of(session: Session, id: str) -> tuple[str, str]:
    """The same for one who has left."""
    pupil = session.record.get(Pupil, id)
    needs = open_needs(session.record, id, session.clock.today())
    return (pupil.year or "") if pupil else "", needs[0].sen_type if needs else ""


def _asked(session: Session) -> list[Standing]:
    """The requests for an assessment that went to the council, whoever made them, the earliest first."""
    record = session.record
    found = [each for each in standings(record) if each.case is None or each.case.kind == "needs_assessment"]
    return sorted((each for each in found if each.case or _is_for_assessment(record, each)), key=lambda each: each.counted_from or date.min)


def _is_for_assessment(record: Record, asked: Standing) -> bool:
    request = record.get(Request, asked.request) if asked.request else None
    return request is not None and request.form == NEEDS_ASSESSMENT


def _review_meetings(session: Session) -> dict[str, date]:
    """The last review meeting that was held."""
    today = session.clock.today()
    held = [each for each in session.record.find(CaseDate, event="review_meeting") if each.happens_on <= today]
    return {each.pupil: each.happens_on for each in sorted(held, key=lambda each: each.happens_on)}
