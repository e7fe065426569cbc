"""The Common Transfer File (CTF 15 to 25) and the admissions file (ATF), as suppliers really write them (interop.md 1).

The school history is left aside: a file does not say whether its sender is this school or the one before. ``SuppInfo``
is free for every supplier and is never read.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal
from xml.etree.ElementTree import Element

from sencoapp.domain import identifiers
from sencoapp.domain.arrivals import Arrival, ArrivedNeed, ArrivedStatus, ReadFile
from sencoapp.domain.refusals import Fault
from sencoapp.exchange import limits
from sencoapp.exchange.ctf_people import address_of, contacts_of
from sencoapp.exchange.fields import Fields, LeftOut
from sencoapp.exchange.notes import Notes
from sencoapp.exchange.pupils import Pupils
from sencoapp.exchange.safe_xml import words
from sencoapp.exchange.stopping import go_on

SOURCES: Mapping[str, Literal["ctf", "atf"]] = {"ctfile": "ctf", "atfile": "atf"}
"""The root element, in small letters, to the kind of file."""

_PLAIN = (
    # element, canonical field, field of Pupil, kind, code set
    ("UPN", "UPN", "upn", "upn", ""),
    ("Surname", "surname", "legal_surname", "text", ""),
    ("Forename", "forename", "legal_forename", "text", ""),
    ("DOB", "personBirthDate", "birth_date", "date", ""),
    ("FormerUPN", "formerUPN", "former_upn", "text", ""),
    ("UniqueLearnerNumber", "ULN", "uln", "uln", ""),
    ("MiddleNames", "middleNames", "middle_names", "text", ""),
    ("PreferredSurname", "preferredSurname", "preferred_surname", "text", ""),
    ("PreferredForename", "preferredForename", "preferred_forename", "text", ""),
    ("NCyearActual", "ncYearActual", "year", "year", ""),
    ("Ethnicity", "ethnicity", "ethnicity", "code", "Ethnicity"),
    ("EnrolStatus", "enrolStatus", "enrol_status", "code", "EnrolStatus"),
    ("ServiceChild", "serviceChild", "service_child", "code", "ServiceChild"),
    ("MedicalFlag", "medicalFlag", "medical_flag", "yes", ""),
)
_SESSIONS = (
    ("SessionsPossible", "sessionsPossible", "sessions_possible"),
    ("SessionsAttended", "sessionsAttended", "sessions_attended"),
    ("SessionsAuthorised", "sessionsAuthorised", "sessions_authorised"),
    ("SessionsUnauthorised", "sessionsUnauthorised", "sessions_unauthorised"),
)
_STATUS_BLOCKS = {
    "SEN": ("SENprovision", "StartDate"),
    "SENstage": ("SENstageType", "SENstageStartDate"),
    "SENprovisionInfo": ("SENprovision", "StartDate"),
}


def read(root: Element, *, today: date) -> ReadFile:
    """The pupils of a CTF or ATF. A file with a header only is in order, and says so.

    Raises ``Fault("pupil_xml_too_much")`` for more pupils than any school has.
    """
    source = SOURCES[root.tag.casefold()]
    notes = Notes(source)
    fields = Fields(notes, today)
    pupils = Pupils(notes)
    row = 0
    for row, element in enumerate(_pupils(root), start=1):
        go_on()
        if row > limits.MOST_PUPILS:
            raise Fault("pupil_xml_too_much")
        try:
            pupils.take(_arrival(element, row, fields))
        except LeftOut:
            continue
    if not row:
        notes.about_file(0, "", "info", "no_pupils")
    return ReadFile(source, pupils.arrivals(), notes.problems())


def _pupils(element: Element) -> Iterator[Element]:
    """The pupils, whatever the block around them is called (CTFpupilData, ATFpupilData, Pupils)."""
    for child in element:
        if child.tag == "Pupil":
            yield child
        elif child.tag != "Header":
            yield from _pupils(child)


def _arrival(element: Element, row: int, fields: Fields) -> Arrival:
    history = element.find("SENhistory")
    return Arrival(
        row,
        _pupil(element, row, fields),
        statuses=tuple(_statuses(element if history is None else history, row, fields)),
        needs=tuple(_needs(element if history is None else history, row, fields)),
        contacts=tuple(contacts_of(element, row, fields)),
    )


def _pupil(element: Element, row: int, fields: Fields) -> dict[str, Any]:
    pupil: dict[str, Any] = {}
    for name, field, attribute, kind, codes in _PLAIN:
        if value := words(element, name) or words(element, "BasicDetails", name):
            pupil[attribute] = fields.read(kind, row, field, name, value, codes=codes)
    if value := words(element, "Sex") or words(element, "Gender"):
        pupil["sex"] = fields.read("sex", row, "sex", "Sex", value)
    if value := _first_language(element):
        pupil["first_language"] = fields.read("code", row, "firstLanguage", "Language", value, codes="Language")
    if value := words(element, "LookedAfter", "InCare"):
        pupil["looked_after"] = fields.read("yes", row, "inCare", "InCare", value)
    if value := words(element, "LookedAfter", "CareAuthority"):
        pupil["care_authority"] = fields.read("text", row, "careAuthority", "CareAuthority", value)
    address, postcode = address_of(element.find("Address"))
    pupil.update(
        {"address": address, "postcode": identifiers.tidy_postcode(postcode), "free_school_meals": _free_school_meals(element, fields)}
    )
    pupil.update(_attendance(element, row, fields))
    return {name: value for name, value in pupil.items() if value not in (None, "")}


def _first_language(element: Element) -> str:
    languages = element.findall("BasicDetails/Languages/Type") + element.findall("Languages/Type")
    chosen = next((each for each in languages if words(each, "LanguageType") == "F"), languages[0] if languages else None)
    return words(chosen, "Language")


def _free_school_meals(element: Element, fields: Fields) -> bool | None:
    """Whether a time of free meals runs today; nothing if the file tells of none."""
    times = element.findall("FSMhistory/FSMinstance")
    if not times:
        return None
    today = fields.today.isoformat()
    return any(words(each, "FSMstartDate")[:10] <= today and (words(each, "FSMendDate")[:10] or today) >= today for each in times)


def _attendance(element: Element, row: int, fields: Fields) -> dict[str, Any]:
    """The sessions of the latest year in the file; of two schools in one year, both together."""
    years = [(words(each, "Year"), each) for each in element.findall("Attendance/YearData")]
    latest = max((year for year, _ in years), default="")
    found: dict[str, Any] = {}
    for year, data in years:
        for name, field, attribute in _SESSIONS:
            if year == latest and (value := words(data, name)):
                count = fields.read("count", row, field, name, value)
                found[attribute] = count if found.get(attribute) is None else found[attribute] + (count or 0)
    return {**found, "attendance_year": latest} if found else {}


def _statuses(history: Element, row: int, fields: Fields) -> list[ArrivedStatus]:
    """Every SEN status with its start, the earliest first: the current one is the latest that has started."""
    told: list[tuple[str, str, str]] = []
    for each in history.iter():
        if each.tag in _STATUS_BLOCKS:
            code, start = _STATUS_BLOCKS[each.tag]
            told.append((each.tag, words(each, code) or words(each, "SENprovision"), words(each, start) or words(each, "StartDate")))
    told += [(each.tag, words(each), "") for each in history.findall("SENprovision")]
    found = []
    for block, value, since in told:
        starts_on = fields.day(row, "SENprovisionStart", f"{block} StartDate", since) if since else None
        if value and (status := fields.status(row, block, value, starts_on)):
            found.append(status)
    return sorted(found, key=lambda each: each.starts_on or date.min)


def _needs(history: Element, row: int, fields: Fields) -> list[ArrivedNeed]:
    found = []
    for each in history.iter("SENneed"):
        value = words(each, "SENtype")
        if not value:
            continue
        starts = words(each, "NeedStartDate") or words(each, "StartDate")
        ends = words(each, "NeedEndDate") or words(each, "EndDate")
        for sen_type in fields.needs(row, "SENtype", value):
            found.append(
                ArrivedNeed(
                    sen_type,
                    fields.rank(row, words(each, "SENtypeRank")),
                    fields.day(row, "needStart", "NeedStartDate", starts) if starts else None,
                    fields.day(row, "needEnd", "NeedEndDate", ends) if ends else None,
                )
            )
    return found
