"""Lists of the record as they stand, for a spreadsheet: the register as it is filtered, contacts, notes, provision, reviews.

The headings of the register are those that the import reads, so that such a list can come back.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sencoapp import reference
from sencoapp.domain.background import attendance_share
from sencoapp.domain.households import address_is_hidden, reach_is_hidden
from sencoapp.domain.lists import ListContent, Value
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.services.changes import must_get
from sencoapp.services.counts import cases_list, count_list, sen2_list
from sencoapp.services.golden_thread import hanging_loose, loose_words, step_words
from sencoapp.services.plans import open_plans
from sencoapp.services.ports import Record, RegisterQuery, RegisterRow, Session
from sencoapp.services.provision import places_of_school

T = TypeVar("T", SenNeed, SenStatus, Contact)
_ALL = 1_000_000
_CONTACT_COLUMNS = (
    *("pupil", "year", "class", "order", "title", "contact_forename", "contact_surname", "relationship", "responsibility"),
    *("lives_with", "phone", "email", "address", "postcode", "language", "interpreter", "kept_apart"),
)


def register_list(record: Record, query: RegisterQuery, today: date) -> ListContent:
    """The pupils that the filter lets through, in the order of the list on the page."""
    pupils = {each.id: each for each in record.find(Pupil)}
    statuses, needs = _of_pupils(record.find(SenStatus)), _of_pupils(record.find(SenNeed))
    rows: list[list[Value]] = []
    for found in record.register(query, limit=_ALL):
        pupil = pupils[found.id]
        begun = sorted((each for each in statuses[found.id] if each.starts_on <= today), key=lambda each: each.starts_on)
        going_on = sorted((each for each in needs[found.id] if not each.ends_on or each.ends_on >= today), key=lambda each: each.rank)
        types: list[str | None] = [*(each.sen_type for each in going_on[:2]), None, None]
        rows.append(
            [
                pupil.upn,
                pupil.legal_surname,
                pupil.legal_forename,
                pupil.preferred_surname,
                pupil.preferred_forename,
                pupil.birth_date,
                pupil.sex,
                pupil.year,
                pupil.reg_group,
                found.status,
                begun[-1].starts_on if begun else None,
                *types[:2],
                attendance_share(pupil.sessions_possible, pupil.sessions_attended),
                found.last_observation_on,
                found.next_review_on,
            ]
        )
    names = ("upn", "surname", "forename", "preferred_surname", "preferred_forename", "born", "sex", "year", "class", "status")
    return _list("register", (*names, "status_from", "need_1", "need_2", "attendance", "last_note", "next_review"), rows, today)


def contact_list(record: Record, query: RegisterQuery, today: date) -> ListContent:
    """The contacts of the pupils that the filter lets through, in their order of priority."""
    contacts = _of_pupils(record.find(Contact))
    rows = [each for found in record.register(query, limit=_ALL) for each in _contact_rows(found, contacts[found.id])]
    return _list("contacts", _CONTACT_COLUMNS, rows, today)


def contacts_of_pupil(record: Record, pupil: str, today: date) -> ListContent:
    """The contacts of one pupil, in their order of priority."""
    rows = _contact_rows(must_get(record, Pupil, pupil), record.find(Contact, pupil=pupil))
    return _list("contacts", _CONTACT_COLUMNS, rows, today)


def _contact_rows(of: Pupil | RegisterRow, family: Sequence[Contact]) -> list[list[Value]]:
    return [
        [
            of.name,
            of.year,
            of.reg_group,
            contact.order,
            contact.title,
            contact.forename,
            contact.surname,
            reference.codes("Relationship").get(contact.relationship or "", contact.relationship),
            contact.parental_responsibility,
            contact.lives_with_pupil,
            contact.phone,
            contact.email,
            contact.address,
            contact.postcode,
            contact.language,
            contact.interpreter,
            address_is_hidden(contact, family) or reach_is_hidden(contact, family),
        ]
        for contact in sorted(family, key=lambda each: each.order)
    ]


def plan_list(session: Session, cycles: Collection[str] | None = None) -> ListContent:
    """The open cycles of the pupils on roll, the earliest review first; only ``cycles`` where they are given."""
    rows: list[list[Value]] = [
        [
            each.pupil.name,
            each.pupil.year,
            each.pupil.reg_group,
            each.cycle.number,
            reference.say(f"plan_page.stage_{each.stage}"),
            each.outcomes,
            each.rated,
            each.cycle.review_due_on,
        ]
        for each in open_plans(session.record)
        if cycles is None or each.cycle.id in cycles
    ]
    return _list("plans", ("pupil", "year", "class", "cycle", "stage", "outcomes", "rated", "review"), rows, session.clock.today())


def note_list(record: Record, text: str, today: date) -> ListContent:
    """The observations that a search finds, newest first."""
    rows: list[list[Value]] = [
        [each.happened_on, each.pupil_name, reference.say(f"notes.kind_{each.kind}"), each.text, each.author_name]
        for each in record.find_notes(text, limit=_ALL)
    ]
    return _list("notes", ("day", "pupil", "kind", "text", "author"), rows, today)


def provision_list(session: Session, query: RegisterQuery) -> ListContent:
    """One line for each pupil's place in a provision of this school year, with what it costs."""
    rows: list[list[Value]] = [
        [
            pupil["name"],
            pupil["year"],
            pupil["reg_group"],
            row["title"],
            row["aim"],
            row["delivered_by"],
            Decimal(row["sessions_per_week"]),
            row["minutes"],
            row["weeks"],
            row["group_size"],
            Decimal(row["pence_per_hour"]) / 100,
            Decimal(row["cost_pence"]) / 100,
            date.fromisoformat(row["starts_on"]),
            date.fromisoformat(row["ends_on"]) if row["ends_on"] else None,
        ]
        for pupil in places_of_school(session, query)
        for row in pupil["rows"]
    ]
    names = ("pupil", "year", "class", "provision", "aim", "who", "sessions", "minutes", "weeks", "group", "rate", "cost", "from", "until")
    return _list("provision", names, rows, session.clock.today())


def loose_list(session: Session) -> ListContent:
    """What hangs loose in the plans of the school, with the step that mends it."""
    found = [(each.thread, each.end) for each in hanging_loose(session)]
    rows: list[list[Value]] = [[thread.name, thread.year, thread.reg_group, loose_words(end), step_words(end)] for thread, end in found]
    return _list("loose_ends", ("pupil", "year", "class", "hangs_loose", "step"), rows, session.clock.today())


Source = Callable[[Session, RegisterQuery, str], ListContent]

LISTS: Mapping[str, Source] = {
    "register": lambda session, query, _: register_list(session.record, query, session.clock.today()),
    "contacts": lambda session, query, _: contact_list(session.record, query, session.clock.today()),
    "notes": lambda session, _, text: note_list(session.record, text, session.clock.today()),
    "provision": lambda session, query, _: provision_list(session, query),
    "plans": lambda session, _, __: plan_list(session),
    "loose_ends": lambda session, _, __: loose_list(session),
    "cases": lambda session, _, __: cases_list(session),
    "counts": lambda session, _, __: count_list(session),
    "sen2": lambda session, query, _: sen2_list(session, query),
}
"""Every list that can be given out, by its name: from a filter of the register, and words to search notes for."""


def _list(name: str, columns: Sequence[str], rows: Sequence[Sequence[Value]], today: date) -> ListContent:
    headings = [reference.say(f"lists.column_{each}") for each in columns]
    return ListContent(reference.say(f"lists.title_{name}"), headings, rows, today)


def _of_pupils(things: Iterable[T]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for each in things:
        groups[each.pupil].append(each)
    return groups
