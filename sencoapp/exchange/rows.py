"""Rows under headings, from a table or a SIMS report, to pupils.

Every row is one pupil, or one need of a pupil who has several. Which column holds what is guessed from the
headings and may be corrected by a person.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp.domain import identifiers
from sencoapp.domain.arrivals import Arrival, ArrivedNeed, ArrivedStatus, ReadFile, Source
from sencoapp.exchange import limits, meanings
from sencoapp.exchange.dates import order_of
from sencoapp.exchange.fields import Fields, LeftOut
from sencoapp.exchange.notes import Notes
from sencoapp.exchange.pupils import Pupils
from sencoapp.exchange.stopping import go_on

LONGEST_SHORT_NUMBER = 5
"""A column under "UPN" whose every value is at most this long holds a system's own numbers: Arbor writes A001. A UPN
that lost characters is longer, and stays an error."""

_NEED_COLUMNS = frozenset({"SENtype", "SENtype2"})
_DATE_COLUMNS = frozenset({"personBirthDate", "SENprovisionStart", "needStart", "needEnd", "entryDate", "leavingDate"})


@dataclass(frozen=True)
class Row:
    """One row with its number as a person counts it; cells beyond the last one are empty."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True)
class Rows:
    """The headings, the number of their row, and the rows under them that hold anything."""

    headings: tuple[str, ...]
    heading_row: int
    rows: tuple[Row, ...]


def understood(headings: Sequence[str], chosen: Mapping[int, str] | None) -> dict[int, str]:
    """Column number to canonical name: the guess, with a person's choices over it.

    An empty name leaves a column out. A name that was chosen is taken from the columns for which it was only guessed,
    unless several columns may hold it. Raises ``ValueError`` for a name that is not in ``headings.json``.
    """
    choices = {number: name for number, name in (chosen or {}).items() if 0 <= number < len(headings)}
    columns = meanings.columns()
    if unknown := sorted(set(choices.values()) - set(columns) - {""}):
        raise ValueError(f"no such column: {unknown[0]}")
    taken = {name for name in choices.values() if name and not columns[name].get("several")}
    mapping = {number: name for number, name in meanings.guess(headings).items() if name not in taken}
    mapping.update(choices)
    return {number: name for number, name in sorted(mapping.items()) if name}


def read(source: Source, found: Rows, *, today: date, mapping: Mapping[int, str] | None = None) -> ReadFile:
    """The pupils of a table."""
    columns = understood(found.headings, mapping)
    notes = Notes(source)
    if not ({"surname", "forename"} <= set(columns.values()) or "fullName" in columns.values()):
        notes.about_file(found.heading_row, "surname", "error", "no_name_columns")
        return ReadFile(source, (), notes.problems(), found.headings, columns)
    columns = _short_numbers_moved(found, columns, notes)
    pupils = Pupils(notes, many_rows=not _NEED_COLUMNS.isdisjoint(columns.values()))
    reader = _RowReader(found, columns, Fields(notes, today))
    for row in found.rows:
        go_on()
        try:
            pupils.take(reader.arrival(row))
        except LeftOut:
            continue
    if not found.rows:
        notes.about_file(found.heading_row, "", "info", "no_pupils")
    return ReadFile(source, pupils.arrivals(), notes.problems(), found.headings, columns)


def _short_numbers_moved(found: Rows, columns: Mapping[int, str], notes: Notes) -> dict[int, str]:
    """The mapping with a column of short numbers under "UPN" taken as what it is: the MIS's own number."""
    number = next((number for number, name in columns.items() if name == "UPN"), None)
    if number is None:
        return dict(columns)
    values = [_cell(row, number) for row in found.rows]
    longest = max((len(identifiers.tidy_upn(value)) for value in values), default=0)
    if not 0 < longest <= LONGEST_SHORT_NUMBER:
        return dict(columns)
    example = next(value for value in values if value)
    notes.about_file(found.heading_row, "UPN", "warning", "upn_column_is_ids", column=found.headings[number], value=example)
    moved = {each: name for each, name in columns.items() if each != number}
    if "misId" not in moved.values():
        moved[number] = "misId"
    return dict(sorted(moved.items()))


class _RowReader:
    def __init__(self, found: Rows, columns: Mapping[int, str], fields: Fields) -> None:
        self._headings = found.headings
        self._fields = fields
        self._numbers: dict[str, list[int]] = {}
        for number, name in columns.items():
            self._numbers.setdefault(name, []).append(number)
        self._month_first = {number for number, name in columns.items() if name in _DATE_COLUMNS and _month_comes_first(found.rows, number)}

    def arrival(self, row: Row) -> Arrival:
        """One row as a pupil. Raises ``LeftOut``."""
        return Arrival(row.number, self._pupil(row), self._statuses(row), tuple(self._needs(row)))

    def _pupil(self, row: Row) -> dict[str, Any]:
        pupil: dict[str, Any] = {}
        for name, column in meanings.columns().items():
            number, value = self._first(row, name)
            if not value or "pupil_field" not in column:
                continue
            if column["kind"] == "date" and self._is_ambiguous(row, name, number, value):
                continue
            heading = self._headings[number]
            pupil[column["pupil_field"]] = self._fields.read(
                column["kind"], row.number, name, heading, value, codes=column.get("codes", "")
            )
        self._split_full_name(row, pupil)
        return {name: value for name, value in pupil.items() if value not in (None, "")}

    def _split_full_name(self, row: Row, pupil: dict[str, Any]) -> None:
        """ "Smith, Jane" and "Mary Jane Brown": the surname first with a comma, last without one."""
        _, name = self._first(row, "fullName")
        if not name or len(name) > limits.MOST_TEXT or (pupil.get("legal_surname") and pupil.get("legal_forename")):
            return
        surname, comma, forename = (part.strip() for part in name.partition(","))
        if not comma:
            forename, _, surname = name.rpartition(" ")
            self._fields.notes.about_each(row.number, "fullName", "info", "name_split", value=name)
        pupil.setdefault("legal_surname", surname)
        pupil.setdefault("legal_forename", forename.strip())

    def _statuses(self, row: Row) -> tuple[ArrivedStatus, ...]:
        """The status: the last column that says one, since systems write the label first and the code last."""
        told = [(number, value) for number, value in self._all(row, "SENprovision") if value]
        if not told:
            return ()
        number, value = next((each for each in reversed(told) if meanings.status(each[1])), told[-1])
        status = self._fields.status(row.number, self._headings[number], value, self._day(row, "SENprovisionStart"))
        return (status,) if status else ()

    def _needs(self, row: Row) -> Iterable[ArrivedNeed]:
        rank = self._fields.rank(row.number, self._first(row, "SENtypeRank")[1])
        first = self._need_types(row, "SENtype")
        second = [each for each in self._need_types(row, "SENtype2") if each not in first]
        if not first and not second:
            return
        starts_on, ends_on = self._day(row, "needStart"), self._day(row, "needEnd")
        number, value = self._first(row, "needDescription")
        description = self._fields.description(row.number, self._headings[number], value) if value else None
        several = bool(second) or len(first) > 1
        for place, sen_type in enumerate(first, start=rank or 1):
            yield ArrivedNeed(sen_type, place if several else rank, starts_on, ends_on, description)
        for place, sen_type in enumerate(second, start=max(2, len(first) + 1)):
            yield ArrivedNeed(sen_type, place, starts_on, ends_on, None if first else description)

    def _need_types(self, row: Row, name: str) -> list[str]:
        told = [(number, value) for number, value in self._all(row, name) if value]
        if not told:
            return []
        number, value = next((each for each in reversed(told) if meanings.needs(each[1])), told[-1])
        return self._fields.needs(row.number, self._headings[number], value)

    def _day(self, row: Row, name: str) -> date | None:
        number, value = self._first(row, name)
        if not value or self._is_ambiguous(row, name, number, value):
            return None
        return self._fields.day(row.number, name, self._headings[number], value)

    def _is_ambiguous(self, row: Row, name: str, number: int, value: str) -> bool:
        """Whether this is a date of numbers in a column whose other dates have the month first."""
        if number not in self._month_first or order_of(value) != "either":
            return False
        self._fields.notes.about(row.number, name, "warning", "date_ambiguous", value=value, column=self._headings[number])
        return True

    def _first(self, row: Row, name: str) -> tuple[int, str]:
        return next((each for each in self._all(row, name) if each[1]), (0, ""))

    def _all(self, row: Row, name: str) -> list[tuple[int, str]]:
        return [(number, _cell(row, number)) for number in self._numbers.get(name, ())]


def _cell(row: Row, number: int) -> str:
    return row.cells[number] if number < len(row.cells) else ""


def _month_comes_first(rows: Sequence[Row], number: int) -> bool:
    orders = {order_of(_cell(row, number)[: limits.MOST_TEXT]) for row in rows}
    return "month_first" in orders and "day_first" not in orders
