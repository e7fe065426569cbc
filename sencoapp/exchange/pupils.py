"""The pupils of a file while it is read: who may stay, who is there twice, and which rows are one pupil's needs."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sencoapp.domain.arrivals import Arrival
from sencoapp.domain.words import folded
from sencoapp.exchange.fields import LeftOut
from sencoapp.exchange.notes import Notes

_CANONICAL = {"legal_surname": "surname", "legal_forename": "forename"}


class Pupils:
    """Takes one arrival after another. ``many_rows``: a pupil may have several rows, one for each need."""

    def __init__(self, notes: Notes, *, many_rows: bool = False) -> None:
        self._notes = notes
        self._many_rows = many_rows
        self._arrivals: list[Arrival] = []
        self._by_key: dict[tuple[str, ...], int] = {}

    def arrivals(self) -> tuple[Arrival, ...]:
        return tuple(self._arrivals)

    def take(self, arrival: Arrival) -> None:
        """Keeps a pupil, or joins the row to the pupil's earlier one. Raises ``LeftOut`` with the reason in the notes."""
        keys = _keys(arrival.pupil)
        place = next((self._by_key[key] for key in keys if key in self._by_key), None)
        if place is None:
            self._check(arrival)
            place = len(self._arrivals)
            self._arrivals.append(arrival)
            self._by_key.update(dict.fromkeys(keys, place))
        else:
            self._arrivals[place] = self._joined(self._arrivals[place], arrival)

    def _check(self, arrival: Arrival) -> None:
        pupil, row = arrival.pupil, arrival.row
        for field, name in _CANONICAL.items():
            if not pupil.get(field):
                if not pupil.get("upn"):
                    self._notes.about(row, "UPN", "warning", "upn_missing_too")
                self._notes.about(row, name, "error", f"{name}_missing")
                raise LeftOut
        if pupil.get("upn") or pupil.get("mis_id"):
            return
        if pupil.get("birth_date") is None:
            self._notes.about(row, "UPN", "error", "cannot_be_told_apart")
            raise LeftOut
        self._notes.about(row, "UPN", "warning", "upn_missing")

    def _joined(self, earlier: Arrival, later: Arrival) -> Arrival:
        other = self._notes.place_within(earlier.row)
        if not self._many_rows or not _same_child(earlier.pupil, later.pupil) or not (earlier.needs or later.needs):
            upn = later.pupil.get("upn")
            if upn and upn == earlier.pupil.get("upn"):
                self._notes.about(later.row, "UPN", "error", "upn_twice", value=upn, other=other)
            else:
                self._notes.about(later.row, "", "error", "twice", other=other)
            raise LeftOut
        for field, value in later.pupil.items():
            if field in earlier.pupil and earlier.pupil[field] != value:
                self._notes.about(later.row, "", "warning", "differs", value=str(value), other=other)
        needs = earlier.needs + tuple(each for each in later.needs if each not in earlier.needs)
        statuses = earlier.statuses + tuple(each for each in later.statuses if each not in earlier.statuses)
        return replace(earlier, pupil={**later.pupil, **earlier.pupil}, needs=needs, statuses=statuses)


def _keys(pupil: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """What tells a pupil from others, best first. Name and birth date only where there is no number."""
    keys: list[tuple[str, ...]] = [(field, str(pupil[field])) for field in ("upn", "mis_id") if pupil.get(field)]
    if keys:
        return keys[:1]
    if pupil.get("legal_surname") and pupil.get("legal_forename") and pupil.get("birth_date"):
        return [("name", folded(pupil["legal_surname"]), folded(pupil["legal_forename"]), pupil["birth_date"].isoformat())]
    return []


def _same_child(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two rows with the same number are one child: no name and no birth date of theirs differ."""
    if one.get("birth_date") and other.get("birth_date") and one["birth_date"] != other["birth_date"]:
        return False
    names = ("legal_surname", "legal_forename")
    return all(not one.get(name) or not other.get(name) or folded(one[name]) == folded(other[name]) for name in names)
