"""What the log tells of saves that were made: by whom, when, what they wrote, and what they hid."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class LogEntry:
    """One change-set as the log keeps it, for histories and for verification."""

    n: int
    id: str
    save: str
    """Shared by the change-sets that were one save."""
    stream: str
    action: str
    by: str
    by_name: str
    at: datetime
    writes: tuple[tuple[str, str, str, Any, tuple[str, ...]], ...]
    """Kind, id, field, plain value, and the change-sets whose value it replaces."""
    undoes: str | None = None
    """The save that this one takes back."""


@dataclass(frozen=True)
class SaveLine:
    """One save as a whole, without what it wrote."""

    n: int
    """The number of its last change-set."""
    save: str
    action: str
    by: str
    by_name: str
    at: datetime
    undoes: str | None


@dataclass(frozen=True)
class HiddenThing:
    """A thing that was removed: still in the record, and shown again when somebody restores it."""

    kind: str
    id: str
    pupil: str | None
    save: str
    by_name: str
    at: datetime
    thing: Any


@dataclass(frozen=True)
class KeptSave:
    """One save of a stream just as the log keeps it: what travels when a record is handed on."""

    id: str
    save: str
    at: str
    action: str
    by: Mapping[str, str]
    writes: list[list[Any]]
    """``[kind, entity, field, value, [change-sets it replaces]]``; the field ``*`` is all of a thing that is written once."""
