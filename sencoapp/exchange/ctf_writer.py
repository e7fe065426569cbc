"""Writes a partial Common Transfer File: identity, SEN history, contacts, attendance (interop.md 0 and 1).

What this room reads from it is what was written: a round trip is a property of the tests. Values that have no place in a
CTF (a UPN of the wrong form, a code that is in no code set) are left out rather than sent wrong.
"""

import re
from collections.abc import Iterable
from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sencoapp import reference
from sencoapp.domain import identifiers
from sencoapp.domain.lists import PupilForTransfer, TransferContent
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.xml_letters import writable

VERSION = "25.0"
SUPPLIER = "SENCOAPP"
_ADDRESS_LINES = 5
_MOBILE = re.compile(r"(?:\+44|0044|0)\s*\(?0?\)?\s*7")


def ctf(content: TransferContent) -> bytes:
    """The file's bytes, UTF-8; the same content gives the same bytes."""
    root = Element("CTfile")
    _header(SubElement(root, "Header"), content)
    pupils = SubElement(root, "CTFpupilData")
    for each in content.pupils:
        _pupil(SubElement(pupils, "Pupil"), each, content)
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _header(header: Element, content: TransferContent) -> None:
    _add(header, "DocumentName", "Common Transfer File")
    _add(header, "CTFversion", VERSION)
    _add(header, "DateTime", content.made_at.strftime("%Y-%m-%dT%H:%M:%S"))
    _add(header, "DocumentQualifier", "partial")
    _add(header, "SupplierID", SUPPLIER)
    source = SubElement(header, "SourceSchool")
    la, estab = _school_number(content.school.dfe_number)
    _add(source, "LEA", la)
    _add(source, "Estab", estab)
    _add(source, "URN", content.school.urn)
    _add(source, "SchoolName", content.school.name)
    _add(source, "AcademicYear", str(content.academic_year))
    la, estab = _school_number(content.destination)
    destination = SubElement(header, "DestSchool")
    _add(destination, "LEA", la)
    _add(destination, "Estab", estab)


def _pupil(element: Element, told: PupilForTransfer, content: TransferContent) -> None:
    pupil = told.pupil
    _add(element, "UPN", pupil.upn if pupil.upn and identifiers.upn_form_is_right(pupil.upn) else None)
    _add(element, "UniqueLearnerNumber", pupil.uln)
    _add(element, "Surname", pupil.legal_surname)
    _add(element, "Forename", pupil.legal_forename)
    _add(element, "DOB", _day(pupil.birth_date))
    _add(element, "Sex", pupil.sex if pupil.sex in ("M", "F") else None)
    _basic_details(SubElement(element, "BasicDetails"), pupil)
    if pupil.looked_after is not None:
        care = SubElement(element, "LookedAfter")
        _add(care, "InCare", _yes(pupil.looked_after))
        _add(care, "CareAuthority", pupil.care_authority)
    if told.statuses or told.needs:
        _sen_history(SubElement(element, "SENhistory"), told.statuses, told.needs)
    if pupil.address or pupil.postcode:
        _address(SubElement(element, "Address"), pupil.address, pupil.postcode)
    if told.contacts:
        contacts = SubElement(element, "Contacts")
        for each in sorted(told.contacts, key=lambda each: each.order):
            _contact(SubElement(contacts, "Contact"), each)
    if pupil.attendance_year and pupil.sessions_possible is not None:
        _attendance(SubElement(SubElement(element, "Attendance"), "YearData"), pupil, content)
    if pupil.entry_on:
        _school_history(SubElement(SubElement(element, "SchoolHistory"), "School"), pupil, content)


def _basic_details(details: Element, pupil: Pupil) -> None:
    _add(details, "FormerUPN", pupil.former_upn)
    _add(details, "PreferredSurname", pupil.preferred_surname)
    _add(details, "PreferredForename", pupil.preferred_forename)
    _add(details, "MiddleNames", pupil.middle_names)
    _add(details, "NCyearActual", _code("NCyearActual", pupil.year))
    _add(details, "Ethnicity", _code("Ethnicity", pupil.ethnicity))
    if language := _code("Language", pupil.first_language):
        kind = SubElement(SubElement(details, "Languages"), "Type")
        _add(kind, "LanguageType", "F")
        _add(kind, "Language", language)
    _add(details, "ServiceChild", _code("ServiceChild", pupil.service_child))
    _add(details, "EnrolStatus", _code("EnrolStatus", pupil.enrol_status))
    _add(details, "MedicalFlag", _yes(pupil.medical_flag))


def _sen_history(history: Element, statuses: Iterable[SenStatus], needs: Iterable[SenNeed]) -> None:
    for status in sorted(statuses, key=lambda each: each.starts_on):
        step = SubElement(history, "SEN")
        _add(step, "StartDate", _day(status.starts_on))
        _add(step, "SENprovision", status.code)
    ranked = sorted(needs, key=lambda each: (each.rank, each.sen_type))
    if not ranked:
        return
    block = SubElement(history, "SENneeds")
    for need in ranked:
        element = SubElement(block, "SENneed")
        _add(element, "NeedStartDate", _day(need.starts_on))
        _add(element, "NeedEndDate", _day(need.ends_on))
        _add(element, "SENtypeRank", str(need.rank))
        _add(element, "SENtype", need.sen_type)


def _contact(element: Element, contact: Contact) -> None:
    _add(element, "Order", str(contact.order))
    _add(element, "Title", contact.title)
    _add(element, "Surname", contact.surname)
    _add(element, "Forename", contact.forename)
    _add(element, "Relationship", _code("Relationship", contact.relationship))
    _add(element, "Responsibility", _yes(contact.parental_responsibility))
    if contact.lives_with_pupil is not None or contact.address or contact.postcode:
        address = SubElement(element, "Address")
        _add(address, "AddressAsPupil", _yes(contact.lives_with_pupil))
        _address(address, contact.address, contact.postcode)
    if contact.phone:
        phone = SubElement(SubElement(element, "Phones"), "Phone")
        _add(phone, "TelephoneType", "M" if _MOBILE.match(contact.phone) else "H")
        _add(phone, "PhoneNo", contact.phone)
    _add(element, "Email", contact.email)


def _address(element: Element, address: str | None, postcode: str | None) -> None:
    if address:
        lines = SubElement(element, "AddressLines")
        for number, line in enumerate(_lines(address), start=1):
            _add(lines, f"AddressLine{number}", line)
    _add(element, "PostCode", postcode)


def _lines(address: str) -> list[str]:
    """The parts of an address, five at the most; in one line where a part comes twice, since a reader may take it for a slip."""
    parts = [part for each in address.replace(",", "\n").splitlines() if (part := " ".join(each.split()))]
    if len(set(parts)) < len(parts):
        return [", ".join(parts)]
    return [*parts[: _ADDRESS_LINES - 1], ", ".join(parts[_ADDRESS_LINES - 1 :])] if len(parts) > _ADDRESS_LINES else parts


def _attendance(year: Element, pupil: Pupil, content: TransferContent) -> None:
    la, estab = _school_number(content.school.dfe_number)
    _add(year, "Year", pupil.attendance_year)
    _add(year, "LEA", la)
    _add(year, "Estab", estab)
    _add(year, "SchoolName", content.school.name)
    for name, count in (
        ("SessionsPossible", pupil.sessions_possible),
        ("SessionsAuthorised", pupil.sessions_authorised),
        ("SessionsAttended", pupil.sessions_attended),
        ("SessionsUnauthorised", pupil.sessions_unauthorised),
    ):
        _add(year, name, None if count is None else str(count))


def _school_history(school: Element, pupil: Pupil, content: TransferContent) -> None:
    la, estab = _school_number(content.school.dfe_number)
    _add(school, "LEA", la)
    _add(school, "Estab", estab)
    _add(school, "URN", content.school.urn)
    _add(school, "SchoolName", content.school.name)
    _add(school, "EntryDate", _day(pupil.entry_on))
    _add(school, "LeavingDate", _day(pupil.left_on))


def file_name(content: TransferContent, serial: int) -> str:
    """``LLLssss_CTF_LLLssss_nnn.xml``, with X for a number that is not known (interop.md 1)."""
    source, destination = ("".join(_school_number(each)) for each in (content.school.dfe_number, content.destination))
    return f"{source}_CTF_{destination}_{serial % 1000:03d}.xml"


def _school_number(number: str | None) -> tuple[str, str]:
    digits = "".join(each for each in number or "" if each in "0123456789")
    return (digits[:3], digits[3:]) if len(digits) == 7 else ("XXX", "XXXX")


def _add(parent: Element, name: str, text: str | None) -> None:
    clean = " ".join(writable(" ".join((text or "").split())).split())
    if clean:
        SubElement(parent, name).text = clean


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yes(value: bool | None) -> str | None:
    return None if value is None else "true" if value else "false"


def _code(codes: str, value: str | None) -> str | None:
    return value if value in reference.codes(codes) else None
