"""Pupils that leave as a CTF come back as the same pupils: nobody added, nobody changed, nobody doubtful."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sencoapp import reference
from sencoapp.domain.identifiers import upn_check_letter
from sencoapp.domain.people import Contact, Pupil, School, SenNeed, SenStatus
from sencoapp.domain.record import Actor
from sencoapp.exchange import PupilFileReader
from sencoapp.services import exports, imports
from sencoapp.services.ports import RegisterQuery, Session
from sencoapp.storage.stamps import SetClock, UuidIds
from tests.places import TODAY

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=30).filter(lambda text: text.strip())
NAME = st.one_of(st.sampled_from(["O'Neill", "Zoë", "Łucja", "da Silva  Costa", "Anne-Marie", "Ng", "<b>&amp;"]), TEXT).filter(
    lambda name: any(each.isalnum() for each in name)
)
DAY = st.dates(date(2000, 1, 1), date(2026, 11, 24))


def code(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(reference.codes(name)))


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def upn(number: int) -> str:
    digits = f"855{number:09d}"
    return upn_check_letter(f"A{digits}") + digits


UPN = st.integers(0, 10**9 - 1).map(upn)
PUPIL = st.fixed_dictionaries(
    {"legal_surname": NAME, "legal_forename": NAME},
    optional={
        "upn": UPN,
        "middle_names": TEXT,
        "preferred_surname": NAME,
        "preferred_forename": NAME,
        "sex": st.sampled_from("MF"),
        "year": code("NCyearActual"),
        "ethnicity": code("Ethnicity"),
        "first_language": code("Language"),
        "address": st.lists(TEXT, min_size=1, max_size=7).map(", ".join),
        "postcode": st.sampled_from(["LE11 9ZZ", "le119zz", "somewhere"]),
        "enrol_status": code("EnrolStatus"),
        "service_child": code("ServiceChild"),
        "medical_flag": st.booleans(),
        "looked_after": st.booleans(),
        "sessions_possible": st.integers(0, 400),
        "sessions_attended": st.integers(0, 400),
        "attendance_year": st.just("2026"),
        "entry_on": DAY,
        "reg_group": TEXT,
    },
)
STATUSES = st.lists(st.tuples(st.sampled_from("NKE"), DAY), max_size=3, unique_by=lambda each: each[1])
NEEDS = st.lists(
    st.tuples(code("SENtype"), st.integers(1, 99), maybe(DAY), st.booleans()), max_size=4, unique_by=lambda each: (each[0], each[2])
)
CONTACT = st.fixed_dictionaries(
    {"surname": NAME, "order": st.integers(1, 9)},
    optional={
        "forename": NAME,
        "title": TEXT,
        "relationship": code("Relationship"),
        "parental_responsibility": st.booleans(),
        "lives_with_pupil": st.booleans(),
        "phone": TEXT,
        "email": TEXT,
        "address": st.lists(TEXT, min_size=1, max_size=6).map("\n".join),
        "postcode": st.just("LE1 9ZZ"),
    },
)
WHO = st.tuples(PUPIL, STATUSES, NEEDS, st.lists(CONTACT, max_size=3))


class Held:
    """A record as a plan reads it, without a database: thousands of them are compared."""

    def __init__(self, things: list[Any]) -> None:
        self._things = things

    def position(self) -> int:
        return 0

    def find(self, kind: type, **equals: Any) -> list[Any]:
        return [each for each in self._things if type(each) is kind and all(getattr(each, name) == value for name, value in equals.items())]

    def get(self, kind: type, id: str) -> Any:
        return next((each for each in self.find(kind) if each.id == id), None)

    def allowed(self, edits: list[Any]) -> list[Any]:
        return list(edits)

    def writers(self, things: list[str]) -> dict[Any, Any]:
        return {}


@settings(max_examples=150, deadline=None)
@given(WHO)
def test_a_pupil_to_ctf_and_back_is_the_same_pupil(told):
    values, statuses, needs, contacts = told
    pupil = replace(Pupil("p", "", "", birth_date=date(2015, 5, 1)), **values)
    things: list[Any] = [School("s", "Barrowby", "primary", "leicestershire", dfe_number="8552001"), pupil]
    things += [SenStatus(f"s{number}", "p", *each) for number, each in enumerate(statuses)]
    going_on: set[str] = set()
    for number, (sen_type, rank, starts, ended) in enumerate(needs):
        over = ended or sen_type in going_on  # a need goes on once at the most
        going_on |= set() if over else {sen_type}
        things.append(SenNeed(f"n{number}", "p", sen_type, rank, starts, date(2026, 11, 1) if over else None))
    things += [Contact(**{**each, "id": f"c{number}", "pupil": "p"}) for number, each in enumerate(contacts)]
    clock = SetClock(TODAY)
    session = Session(Held(things), None, clock, UuidIds(), Actor("a", "Ruth", "senco"))  # type: ignore[arg-type]

    content = exports.transfer_content(session, RegisterQuery(), pupil="p")
    name, made = PupilFileReader().ctf(content, 1)
    plan = imports.plan_import(session, PupilFileReader().read(name, made, today=clock.today()))

    assert plan is not None
    assert [each.pupil for each in plan.unchanged] == ["p"], [plan.problems, *(each.changes for each in plan.changed)]
