"""What a person said about the columns of a school's export, kept in the encrypted record and used the next time.

A mapping belongs to a row of headings: the same report comes from the same MIS again and again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.arrivals import ReadFile, heading_signature
from sencoapp.services.ports import Record, Session

SETTING = "import_mappings"
MOST_KEPT = 60
"""Beyond these the one that was used longest ago is forgotten."""


@dataclass(frozen=True)
class RememberedMapping:
    """How a person read a table with these headings: column number to canonical name, "" for a column to leave out."""

    columns: Mapping[int, str]
    said_by: str
    said_on: date


@dataclass(frozen=True)
class RememberedMappings:
    """All of them, by the signature of the headings. Frozen, so that a file may be read away from the record."""

    kept: Mapping[str, RememberedMapping]

    def find(self, headings: Sequence[str]) -> RememberedMapping | None:
        return self.kept.get(heading_signature(headings))

    def columns_for(self, headings: Sequence[str]) -> Mapping[int, str] | None:
        """What ``PupilFiles.read`` asks for."""
        found = self.find(headings)
        return found.columns if found else None


def remembered_mappings(record: Record) -> RememberedMappings:
    """What was said so far. Names of columns that this version does not know are left to be guessed anew."""
    known = {"", *reference.data("exchange", "headings.json")["columns"]}
    return RememberedMappings(
        {
            signature: RememberedMapping(
                {int(number): name for number, name in each["columns"].items() if name in known},
                each["by"],
                date.fromisoformat(each["on"]),
            )
            for signature, each in _kept(record).items()
        }
    )


def remember_mapping(session: Session, read: ReadFile) -> None:
    """Keeps how the columns of this table were read, columns that were left out included."""
    if not read.headings:
        return
    signature = heading_signature(read.headings)
    others = {key: each for key, each in _kept(session.record).items() if key != signature}
    while len(others) >= MOST_KEPT:
        others.pop(next(iter(others)))
    said = {
        "columns": {str(number): read.mapping.get(number, "") for number in range(len(read.headings))},
        "by": session.actor.name,
        "on": session.clock.today().isoformat(),
    }
    session.record.set_setting(SETTING, {**others, signature: said})


def forget_mapping(session: Session, headings: Sequence[str]) -> None:
    """The next file with these headings is read by its headings alone."""
    signature = heading_signature(headings)
    session.record.set_setting(SETTING, {key: each for key, each in _kept(session.record).items() if key != signature})


def _kept(record: Record) -> dict[str, Any]:
    return dict(record.setting(SETTING) or {})
