"""Addresses and contacts in a CTF."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from sencoapp import reference
from sencoapp.domain import identifiers
from sencoapp.exchange import limits, meanings
from sencoapp.exchange.fields import Fields
from sencoapp.exchange.safe_xml import words

_PLACES = ("Locality", "Town", "AdministrativeArea", "PostTown", "County")
_BEST_PHONE = ("M", "H", "W", "A", "D")
"""Which number is kept where there are several. A fax is none."""

_PARENT_OF_EITHER_SEX = "PARE"
"""Written by a supplier (interop.md 1); the CTF itself has only PAM, mother, and PAF, father."""


def address_of(element: Element | None) -> tuple[str, str]:
    """An address in one line, and its postcode as it stands. Empty where there is none."""
    if element is None:
        return "", ""
    lines = [words(element, "AddressLines", f"AddressLine{number}") for number in range(1, 6)]
    house = element.find("BS7666Address")
    if house is not None:
        lines = [words(house, "SAON"), f"{words(house, 'PAON')} {words(house, 'Street')}".strip()]
        lines += [words(house, each) for each in _PLACES[:-1]]
    lines.append(words(element, "County"))
    postcode = words(element, "PostCode") or words(house, "PostCode")
    address = ", ".join(dict.fromkeys(each for each in lines if each))
    return address[: limits.MOST_DESCRIPTION], postcode[: limits.MOST_TEXT]


def contacts_of(pupil: Element, row: int, fields: Fields) -> Iterator[Mapping[str, Any]]:
    """The contacts in the order of the file, with the names of the fields of ``Contact`` that the file spoke of."""
    for number, element in enumerate(pupil.findall("Contacts/Contact"), start=1):
        surname = words(element, "Surname")[: limits.MOST_TEXT]
        if not surname:
            fields.notes.about_each(row, "contacts", "warning", "contact_without_surname")
            continue
        address = element.find("Address")
        line, postcode = address_of(address)
        as_pupil = words(address, "AddressAsPupil") or words(element, "AddressAsPupil")
        order = words(element, "Order")
        contact = {
            "order": int(order) if order.isascii() and order.isdigit() and len(order) <= 3 else number,
            "title": words(element, "Title")[: limits.MOST_TEXT],
            "surname": surname,
            "forename": words(element, "Forename")[: limits.MOST_TEXT],
            "relationship": _relationship(element, row, surname, fields),
            "parental_responsibility": meanings.yes(words(element, "Responsibility")),
            "lives_with_pupil": meanings.yes(as_pupil),
            "phone": _phone(element),
            "email": words(element, "Email")[: limits.MOST_TEXT],
            "address": line,
            "postcode": identifiers.tidy_postcode(postcode),
        }
        yield {name: value for name, value in contact.items() if value not in (None, "")}


def _relationship(contact: Element, row: int, surname: str, fields: Fields) -> str | None:
    value = words(contact, "Relationship").upper()
    if value in reference.codes("Relationship"):
        return value
    if value == _PARENT_OF_EITHER_SEX:
        sex = meanings.sex(words(contact, "Sex") or words(contact, "Gender"))
        return {"F": "PAM", "M": "PAF"}.get(sex or "")
    if value:
        fields.notes.about(row, "contacts", "warning", "relationship_unknown", value=value, name=surname)
    return None


def _phone(contact: Element) -> str:
    numbers = [(words(each, "TelephoneType"), words(each, "PhoneNo")) for each in contact.findall("Phones/Phone")]
    numbers = [(kind, number) for kind, number in numbers if number and kind != "F"]
    best = min(numbers, key=lambda each: _BEST_PHONE.index(each[0]) if each[0] in _BEST_PHONE else len(_BEST_PHONE), default=("", ""))
    return best[1][: limits.MOST_TEXT]
