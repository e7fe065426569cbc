"""Which values came from the school's MIS: those whose present writer is an import. Read from the log; nothing is marked twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sencoapp.services.import_edits import IMPORT
from sencoapp.services.ports import Record


@dataclass(frozen=True)
class FromMis:
    """The fields of a pupil that the MIS filled in last, each with when."""

    fields: Mapping[str, datetime] = field(default_factory=dict)

    @property
    def last_on(self) -> datetime | None:
        return max(self.fields.values(), default=None)


def from_mis(record: Record, thing: str) -> FromMis:
    """For a pupil or a contact by its id. A field that a person has typed in since is not among them."""
    return FromMis({name: stamp.at for (_, name), stamp in record.writers([thing]).items() if stamp.action == IMPORT})
