"""From what a form showed and what a person wants to the edits between them."""

from dataclasses import fields
from typing import Any, TypeVar

from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import Amend, Edit
from sencoapp.domain.refusals import Refusal
from sencoapp.services.ports import Record

E = TypeVar("E")


_WHOSE_IT_IS = ("id", "pupil", "cycle", "request", "council_case")
"""Fields that say where a thing belongs. A form never changes them: it would carry the thing into another pupil's papers."""


def amended(shown: E, wanted: E, *, kept: tuple[str, ...] = ()) -> list[Edit]:
    """One edit with the fields that differ, or none. Fields ``kept`` are for another service to change: a ``TypeError`` here."""
    for name in (*_WHOSE_IT_IS, *kept):
        if getattr(shown, name, None) != getattr(wanted, name, None):
            raise TypeError(f"{name} of a {type(shown).__name__} is not changed here")
    values = {
        each.name: getattr(wanted, each.name)
        for each in fields(shown)  # type: ignore[arg-type]
        if to_plain(getattr(shown, each.name)) != to_plain(getattr(wanted, each.name))
    }
    entity: Any = shown
    return [Amend(type(entity), entity.id, values)] if values else []


def must_get(record: Record, kind: type[E], id: str) -> E:
    """The thing, or ``Refusal("no_longer_there")``."""
    found = record.get(kind, id)
    if found is None:
        raise Refusal("no_longer_there")
    return found


def filled(text: str | None) -> str | None:
    """The text without space around it, or None where nothing is left."""
    return (text or "").strip() or None
