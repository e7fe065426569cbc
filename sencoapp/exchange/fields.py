"""Reads one field of one pupil at a time, the same way for every kind of file, and notes what cannot be used."""

import re
from datetime import date
from typing import Any, cast

from sencoapp.domain import identifiers
from sencoapp.domain.arrivals import ArrivedStatus
from sencoapp.domain.people import SENprovision
from sencoapp.exchange import limits, meanings
from sencoapp.exchange.dates import NotADate, read_date
from sencoapp.exchange.notes import Notes

_COUNT = re.compile(r"([0-9]{1,5})(?:\.0+)?")
_RANK = re.compile(r"([1-9][0-9]?)(?:\.0+)?")
_UPN_LENGTH = 13


class LeftOut(Exception):
    """This pupil cannot be imported; why is in the notes."""


class Fields:
    """``column`` is always what the file calls the field, for messages; ``field`` is the canonical name."""

    def __init__(self, notes: Notes, today: date) -> None:
        self.notes = notes
        self.today = today

    def read(self, kind: str, row: int, field: str, column: str, value: str, *, codes: str = "") -> Any:
        """A value of one of the kinds that ``headings.json`` names; None for what cannot be used. Raises ``LeftOut``."""
        if len(value) > limits.MOST_TEXT and kind != "upn":
            return self._too_long(row, field, column, value, limits.MOST_TEXT)
        match kind:
            case "upn":
                return self.upn(row, value)
            case "date":
                return self.birth_date(row, column, value) if field == "personBirthDate" else self.day(row, field, column, value)
            case "year":
                return self._known(meanings.year(value), row, field, column, value, "year_unknown")
            case "sex":
                return self._known(meanings.sex(value), row, field, column, value, "sex_unknown")
            case "yes":
                return self._known(meanings.yes(value), row, field, column, value, "yes_no_unknown")
            case "code":
                return self._known(meanings.code(codes, value), row, field, column, value, "code_unknown")
            case "count":
                found = _COUNT.fullmatch(value.replace(",", ""))
                return self._known(int(found[1]) if found else None, row, field, column, value, "count_wrong")
            case "postcode":
                return identifiers.tidy_postcode(value)
            case "uln":
                return self.uln(row, value)
            case _:
                return value

    def upn(self, row: int, value: str) -> str:
        """The tidied UPN. A wrong form leaves the pupil out; a wrong check letter is a warning (interop.md 6)."""
        upn = identifiers.tidy_upn(value)
        if not identifiers.upn_form_is_right(upn):
            self.notes.about(row, "UPN", "error", "upn_form" if len(upn) == _UPN_LENGTH else "upn_length", value=value)
            raise LeftOut
        if not identifiers.upn_check_letter_is_right(upn):
            self.notes.about(row, "UPN", "warning", "upn_letter", value=upn, letter=identifiers.upn_check_letter(upn))
        number = identifiers.upn_council_number(upn)
        if number not in meanings.council_numbers():
            self.notes.about(row, "UPN", "info", "upn_council", value=upn, number=number)
        return upn

    def uln(self, row: int, value: str) -> str | None:
        uln = identifiers.tidy_uln(value)
        if identifiers.uln_is_right(uln):
            return uln
        self.notes.about(row, "ULN", "warning", "uln_wrong", value=value)
        return None

    def day(self, row: int, field: str, column: str, value: str, *, years_ahead: int = 10) -> date | None:
        """A date, or None with a warning that names the row."""
        try:
            return read_date(value[: limits.MOST_TEXT], today=self.today, years_ahead=years_ahead)
        except NotADate as error:
            self.notes.about(row, field, "warning", f"date_{error.reason}", value=value, column=column)
            return None

    def birth_date(self, row: int, column: str, value: str) -> date | None:
        """A date of birth; one of two digits for the year is never in the future."""
        born = self.day(row, "personBirthDate", column, value, years_ahead=0)
        if born is not None and born > self.today:
            self.notes.about(row, "personBirthDate", "warning", "birth_in_future", value=value)
            return None
        return born

    def status(self, row: int, column: str, value: str, starts_on: date | None) -> ArrivedStatus | None:
        """N, K or E. Yes and No say neither, and are a warning."""
        code = meanings.status(value)
        if code is None:
            key = "sen_unknown" if meanings.yes(value) is None else "sen_yes_no"
            self.notes.about_each(row, "SENprovision", "warning", key, value=value, column=column)
            return None
        if meanings.status_is_old(value):
            self.notes.about_each(row, "SENprovision", "info", "sen_old", value=value, code=code)
        return ArrivedStatus(cast(SENprovision, code), starts_on)

    def needs(self, row: int, column: str, value: str) -> list[str]:
        """The SEN types that a value names; none, with a warning, if it names anything else."""
        found = meanings.needs(value) if len(value) <= limits.MOST_TEXT else []
        if not found:
            self.notes.about_each(row, "SENtype", "warning", "need_unknown", value=value, column=column)
        return found

    def rank(self, row: int, value: str) -> int | None:
        """The rank of a need, 1 to 99 (CBDS ``SENtypeRank``)."""
        found = _RANK.fullmatch(value)
        if value and not found:
            self.notes.about_each(row, "SENtypeRank", "warning", "rank_wrong", value=value)
        return int(found[1]) if found else None

    def description(self, row: int, column: str, value: str) -> str | None:
        if len(value) > limits.MOST_DESCRIPTION:
            self._too_long(row, "needDescription", column, value, limits.MOST_DESCRIPTION)
            return None
        return value or None

    def _known(self, meaning: Any, row: int, field: str, column: str, value: str, key: str) -> Any:
        if meaning is None:
            self.notes.about_each(row, field, "warning", key, value=value, column=column)
        return meaning

    def _too_long(self, row: int, field: str, column: str, value: str, most: int) -> None:
        self.notes.about(row, field, "warning", "too_long", value=value, column=column, most=f"{most:,}")
