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


@dataclass(frozen=True)
class Stamp:
    """Who wrote the value that a field shows now, with what kind of save, and when."""

    action: str
    by: str
    """The id of the person."""
    at: datetime


@dataclass(frozen=True)
class WrittenField:
    """One field that a save wrote: its value, the one before, and whether the save's own still stands alone."""

    name: str
    value: Any
    before: Any
    stands: bool


@dataclass(frozen=True)
class WrittenThing:
    """One thing that a save wrote to. ``fields`` are plain values (``domain.plain``)."""

    kind: str
    id: str
    pupil: str | None
    made: bool
    """The save made it; otherwise it was there before."""
    removed: bool
    """It is hidden now."""
    rewritten: bool
    """Later saves have written to it."""
    followed: bool
    """Later saves have written in the same pupil's part of the record."""
    fields: tuple[WrittenField, ...]
