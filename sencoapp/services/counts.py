"""What a council asks a school to count, and the twin of SEN2's person level for what the school is the source of.

The columns of the twin carry the names of SEN2 (DfE specification, version 1.3; interop.md 2.2). What only the council knows
is not in it. Integers of ``RequestSource`` are not published: the label goes in their place.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date

from sencoapp import reference
from sencoapp.domain.calendar import academic_year
from sencoapp.domain.cases import CaseDate
from sencoapp.domain.casework import Request, Submission
from sencoapp.domain.households import pupil_address_is_hidden
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Contact, Pupil, School
from sencoapp.services.beginning import school
from sencoapp.services.cases import CaseRow, case_list
from sencoapp.services.council_forms import NEEDS_ASSESSMENT
from sencoapp.services.ports import RegisterQuery, Session
from sencoapp.services.pupils import open_needs

FIRST_YEARS = ("3", "7")
"""Where junior and secondary schools begin."""

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
    received = _received(session)
    meetings = _review_meetings(session)
    home = school(record)
    excused = {
        row.shown.case.pupil for row in case_list(session, kind="needs_assessment") if any(each.exception for each in row.shown.steps)
    }
    rows: list[list[Value]] = []
    for found in record.register(query, limit=_ALL):
        if found.status != "E" and found.id not in received:
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
                received.get(pupil.id),
                reference.say("lists.request_source_school") if pupil.id in received else None,
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


def _indicator(said: bool | None, home: School) -> int | None:
    """1, 0, or None where nobody has said; nobody has a place in what the school does not have."""
    known = False if said is None and home.special_places is False else said
    return None if known is None else int(known)


def count_list(session: Session) -> ListContent:
    """How many of each, by year group and primary need; a row where there is at least one."""
    today = session.clock.today()
    found = list(_counted(session, today))
    known = _years_and_needs(session, {pupil for _, pupil in found})
    counted = Counter((what, *known[pupil]) for what, pupil in found)
    order = {each: number for number, each in enumerate(reference.codes("NCyearActual"))}
    keys = sorted(counted, key=lambda each: (_MEASURES.index(each[0]), order.get(each[1], len(order)), each[2]))
    labels = reference.codes("SENtype")
    rows: list[list[Value]] = [
        [reference.say(f"lists.count_{what}"), year or None, labels.get(need, need) or None, counted[what, year, need]]
        for what, year, need in keys
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
    "decisions_late",
    "outstanding_after_move",
    "plan_reviews_overdue",
    "annual_reviews_late",
    "appeals_open",
    "appeals_won",
    "places_waiting",
    "transfers_not_named",
)


def _counted(session: Session, today: date) -> Iterator[tuple[str, str]]:
    """Each thing that counts, with its pupil."""
    record = session.record
    for request in record.find(Request):
        if request.form == NEEDS_ASSESSMENT and request.state in ("draft", "frozen"):
            yield "requests_not_sent", request.pupil
        if request.form == NEEDS_ASSESSMENT and request.state == "sent":
            yield "requests_waiting", request.pupil
    began = date(academic_year(today), 9, 1)
    for row in case_list(session):
        case = row.shown.case
        if case.kind == "needs_assessment":
            if _is_late(row, "decision", today):
                yield "decisions_late", case.pupil
            if case.opened_on < began and row.pupil.year in FIRST_YEARS:
                yield "outstanding_after_move", case.pupil
        if case.kind == "annual_review" and any(_is_late(row, step, today) for step in ("due", "due_first")):
            yield "annual_reviews_late", case.pupil
        if case.kind == "mediation_appeal":
            yield "appeals_open", case.pupil
        if case.kind == "specialist_place":
            yield "places_waiting", case.pupil
        if case.kind == "phase_transfer" and any(_is_late(row, step, today) for step in ("named", "named_post_16", "between_post_16")):
            yield "transfers_not_named", case.pupil
    for row in case_list(session, kind="mediation_appeal", closed=True):
        if row.shown.case.ended_as in ("won", "conceded"):
            yield "appeals_won", row.shown.case.pupil
    for due in record.reviews_due(RegisterQuery(review_due_by=today), limit=_ALL):
        if due.due_on < today:
            yield "plan_reviews_overdue", due.pupil


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


def _received(session: Session) -> dict[str, date]:
    """When the council received the pupil's last request: from its receipt, or as somebody entered it in a case."""
    found: dict[str, date] = {each.pupil: each.happens_on for each in session.record.find(CaseDate, event="request_received")}
    for submission in session.record.find(Submission):
        if submission.received_at:
            found[submission.pupil] = submission.received_at.astimezone().date()
    return found


def _review_meetings(session: Session) -> dict[str, date]:
    """The last review meeting that was held."""
    today = session.clock.today()
    held = [each for each in session.record.find(CaseDate, event="review_meeting") if each.happens_on <= today]
    return {each.pupil: each.happens_on for each in sorted(held, key=lambda each: each.happens_on)}
