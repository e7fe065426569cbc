"""Which pupil of the record a pupil of a file is: certainly, perhaps, or none. Nothing here is guessed.

Certain is the same UPN with nothing else against it, or the same legal name and date of birth where no UPN says otherwise.
Everything that is nearly so is a doubt with its candidates, and a person decides (interop.md 4.2, "conflict, human decides").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sencoapp.domain.arrivals import Arrival
from sencoapp.domain.people import Pupil
from sencoapp.domain.words import folded

Why = Literal["several", "other_upn", "other_child", "name_differs", "birth_differs", "birth_missing", "same_in_file"]
"""Why a match is doubtful; each has its sentence in ``resources/wording/import.toml``."""


@dataclass(frozen=True)
class Match:
    """What was found for one arrival: the one pupil, or those who may be the same, or nobody."""

    pupil: Pupil | None = None
    doubts: tuple[tuple[Pupil, Why], ...] = ()
    same_as_row: int | None = None
    """The earlier row of the file that seems to be the same child."""

    @property
    def is_doubtful(self) -> bool:
        return bool(self.doubts) or self.same_as_row is not None


class Matching:
    """Compares the arrivals of one file with the pupils of the record."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self._by_upn: dict[str, list[Pupil]] = {}
        self._by_name: dict[tuple[str, str], list[Pupil]] = {}
        self._by_birth: dict[date, list[Pupil]] = {}
        for pupil in pupils:
            for upn in {pupil.upn, pupil.former_upn} - {None, ""}:
                self._by_upn.setdefault(str(upn), []).append(pupil)
            for surname in _names(pupil.legal_surname, pupil.preferred_surname):
                for forename in _names(pupil.legal_forename, pupil.preferred_forename):
                    self._by_name.setdefault((surname, forename), []).append(pupil)
            if pupil.birth_date:
                self._by_birth.setdefault(pupil.birth_date, []).append(pupil)

    def of_file(self, arrivals: Iterable[Arrival]) -> dict[int, Match]:
        """A match for each row. A pupil whom one row certainly is, is offered to no other row."""
        arrivals = list(arrivals)
        found: dict[int, Match] = {}
        claimed: dict[str, int] = {}
        for arrival in arrivals:
            match = self._certain(arrival)
            if match.pupil and match.pupil.id in claimed:
                match = Match(same_as_row=claimed[match.pupil.id])
            elif match.pupil:
                claimed[match.pupil.id] = arrival.row
            found[arrival.row] = match
        new: dict[tuple[str, str, date | None], list[Arrival]] = {}
        for arrival in arrivals:
            match = found[arrival.row]
            if match.pupil or match.same_as_row is not None:
                continue
            doubts = match.doubts or self._near(arrival)
            doubts = tuple(each for each in doubts if each[0].id not in claimed)
            earlier = new.setdefault(_who(arrival), [])
            twin = next((each for each in earlier if not _differ(each.pupil.get("upn"), arrival.pupil.get("upn"))), None)
            earlier.append(arrival)
            found[arrival.row] = Match(doubts=doubts, same_as_row=twin.row if twin else None)
        return found

    def _certain(self, arrival: Arrival) -> Match:
        values = arrival.pupil
        upn, born = values.get("upn"), values.get("birth_date")
        for number in (upn, values.get("former_upn")):
            same = self._by_upn.get(number, []) if number else []
            if len(same) == 1:
                return Match(same[0]) if not _contradicts(arrival, same[0]) else Match(doubts=((same[0], "other_child"),))
            if same:
                return Match(doubts=tuple((each, "several") for each in same))
        if born is None:
            return Match()
        surname, forename = _key(values["legal_surname"]), _key(values["legal_forename"])
        named = [
            each
            for each in self._by_name.get((surname, forename), [])
            if each.birth_date == born and (_key(each.legal_surname), _key(each.legal_forename)) == (surname, forename)
        ]
        others = [each for each in named if _differ(each.upn, upn)]
        if len(named) == 1 and not others:
            return Match(named[0])
        return Match(doubts=tuple((each, "other_upn" if each in others else "several") for each in named))

    def _near(self, arrival: Arrival) -> tuple[tuple[Pupil, Why], ...]:
        """Same birthday and half of the name, or the same name and another birthday or none, unless two UPNs tell them apart."""
        values = arrival.pupil
        upn, born = values.get("upn"), values.get("birth_date")
        surnames = _names(values["legal_surname"], values.get("preferred_surname"))
        forenames = _names(values["legal_forename"], values.get("preferred_forename"))
        found: dict[str, tuple[Pupil, Why]] = {}
        for pupil in self._by_birth.get(born, []) if born else []:
            shared = not surnames.isdisjoint(_names(pupil.legal_surname, pupil.preferred_surname)) or not forenames.isdisjoint(
                _names(pupil.legal_forename, pupil.preferred_forename)
            )
            if shared and not _differ(pupil.upn, upn):
                found[pupil.id] = (pupil, "name_differs")
        for surname in surnames:
            for forename in forenames:
                for pupil in self._by_name.get((surname, forename), []):
                    known = born is not None and pupil.birth_date is not None
                    if pupil.birth_date == born and known:
                        found.setdefault(pupil.id, (pupil, "other_upn" if _differ(pupil.upn, upn) else "name_differs"))
                    elif not known:
                        found[pupil.id] = (pupil, "other_upn" if _differ(pupil.upn, upn) else "birth_missing")
                    elif not _differ(pupil.upn, upn):
                        found[pupil.id] = (pupil, "birth_differs")
        return tuple(found.values())


def _contradicts(arrival: Arrival, pupil: Pupil) -> bool:
    """Whether the same UPN stands beside another name and another birthday: somebody mistyped one of them."""
    values = arrival.pupil
    born = values.get("birth_date")
    if born and pupil.birth_date == born:
        return False
    surnames = _names(values["legal_surname"], values.get("preferred_surname"))
    forenames = _names(values["legal_forename"], values.get("preferred_forename"))
    same_surname = not surnames.isdisjoint(_names(pupil.legal_surname, pupil.preferred_surname))
    same_forename = not forenames.isdisjoint(_names(pupil.legal_forename, pupil.preferred_forename))
    if born and pupil.birth_date:
        return not (same_surname and same_forename)
    return not (same_surname or same_forename)


def _who(arrival: Arrival) -> tuple[str, str, date | None]:
    values = arrival.pupil
    return _key(values["legal_surname"]), _key(values["legal_forename"]), values.get("birth_date")


def _names(*names: str | None) -> set[str]:
    return {_key(each) for each in names if each}


def _key(name: str) -> str:
    """A name as it is compared: without accents, capitals, spaces, hyphens and apostrophes."""
    plain = folded(name)
    return "".join(each for each in plain if each.isalnum()) or "".join(plain.split())


def _differ(one: str | None, other: str | None) -> bool:
    """Two UPNs that differ are two children, unless a person knows better."""
    return bool(one and other and one != other)
