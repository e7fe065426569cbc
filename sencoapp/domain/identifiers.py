"""Numbers and codes that name a person or a place: UPN, ULN, NHS number, postcode; and the year group of a birth date.

Nothing here refuses: each function says what is so, and the caller decides. A wrong form is an error for an
import, a wrong check letter a warning, since real registers hold old and test numbers (interop.md 6).
"""

import re
from datetime import date

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a UPN; I, O and S are left out (DfE, Unique pupil numbers: guide for local authorities)."""

_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_NOT_IN_A_NUMBER = re.compile(r"[\s\-\u2010-\u2015\u200b\ufeff]+")


def tidy_upn(text: str) -> str:
    """The UPN in capitals without spaces or dashes, whether or not its form is right."""
    return _tidy(text).upper()


def upn_form_is_right(upn: str) -> bool:
    """Whether a tidied UPN is a letter, eleven digits, and a digit or (in a temporary UPN) a letter."""
    return _UPN.fullmatch(upn) is not None


def upn_check_letter(upn: str) -> str:
    """The letter with which a UPN of the right form should begin.

    Each of the characters 2 to 13 is multiplied by its place and the sum is taken modulo 23; a letter at the
    end counts its place in the alphabet of 23 (DfE worked examples: R201100018042, T20110001804V).
    Raises ``ValueError`` for a UPN of another form.
    """
    if not upn_form_is_right(upn):
        raise ValueError("the form of the UPN is not right")
    values = [UPN_LETTERS.index(each) if each in UPN_LETTERS else int(each) for each in upn[1:]]
    return UPN_LETTERS[sum(place * value for place, value in enumerate(values, start=2)) % len(UPN_LETTERS)]


def upn_check_letter_is_right(upn: str) -> bool:
    """Whether a tidied UPN has the right form and begins with its check letter."""
    return upn_form_is_right(upn) and upn[0] == upn_check_letter(upn)


def upn_is_temporary(upn: str) -> bool:
    """Whether a UPN of the right form ends in a letter: given until the permanent one is known."""
    return upn_form_is_right(upn) and upn[-1] in UPN_LETTERS


def upn_council_number(upn: str) -> str:
    """The three-digit number of the council in whose area a UPN of the right form was given."""
    return upn[1:4]


def tidy_uln(text: str) -> str:
    """The unique learner number without spaces or dashes."""
    return _tidy(text)


def uln_is_right(uln: str) -> bool:
    """Whether a tidied ULN has ten digits and the right last one (Learning Records Service check digit)."""
    if _TEN_DIGITS.fullmatch(uln) is None:
        return False
    remainder = sum((10 - place) * int(each) for place, each in enumerate(uln[:9])) % 11
    return remainder != 0 and int(uln[9]) == 10 - remainder


def tidy_nhs_number(text: str) -> str:
    """The NHS number without spaces or dashes."""
    return _tidy(text)


def nhs_number_is_right(number: str) -> bool:
    """Whether a tidied NHS number has ten digits and the right last one (NHS Data Dictionary, modulus 11)."""
    if _TEN_DIGITS.fullmatch(number) is None:
        return False
    check = 11 - sum((10 - place) * int(each) for place, each in enumerate(number[:9])) % 11
    return check != 10 and int(number[9]) == check % 11


def tidy_postcode(text: str) -> str:
    """A postcode as "LE11 9ZZ"; what does not look like one is handed back as typed, without spaces around it."""
    found = _POSTCODE.fullmatch(re.sub(r"\s+", "", text).upper())
    return f"{found[1]} {found[2]}" if found else text.strip()


NURSERY_YEARS = {0: "R", -1: "N2", -2: "N1", -3: "E2", -4: "E1"}


def nc_year(birth_date: date, on: date) -> str | None:
    """The national curriculum year of a pupil of this age in the school year of ``on`` (1 September to 31 August).

    CBDS writes it E1, E2, N1, N2, R and 1 to 14. None for a child too young or a person too old for any of them.
    """
    year = _school_year(on) - _school_year(birth_date) - 5
    if year in NURSERY_YEARS:
        return NURSERY_YEARS[year]
    return str(year) if 1 <= year <= 14 else None


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def _tidy(text: str) -> str:
    return _NOT_IN_A_NUMBER.sub("", text)
