"""Numbers and codes that name a person or a place: UPN, ULN, UKPRN, postcode.

Nothing here refuses: each function says what is so, and the caller decides. A wrong form is an error for an
import, a wrong check letter a warning, since real registers hold old and test numbers (interop.md 6).
"""

import re

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The 23 letters of a UPN; I, O and S are left out (DfE, Unique pupil numbers: guide for local authorities)."""

_UPN = re.compile(r"[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_UKPRN = re.compile(r"1[0-9]{7}")
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


def tidy_ukprn(text: str) -> str:
    """The UK provider reference number without spaces or dashes."""
    return _tidy(text)


def ukprn_is_right(ukprn: str) -> bool:
    """Whether a tidied UKPRN has eight digits, the first of them a 1 (UK Register of Learning Providers)."""
    return _UKPRN.fullmatch(ukprn) is not None


def tidy_postcode(text: str) -> str:
    """A postcode as "LE11 9ZZ"; what does not look like one is handed back as typed, without spaces around it."""
    found = _POSTCODE.fullmatch(re.sub(r"\s+", "", text).upper())
    return f"{found[1]} {found[2]}" if found else text.strip()


def _tidy(text: str) -> str:
    return _NOT_IN_A_NUMBER.sub("", text)
