"""One thing of every kind about one pupil, each value marked, for tests that must miss nothing: driven by ``KINDS`` alone."""

import types
import typing
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from sencoapp.app import Workplace
from sencoapp.domain.plain import hints_of
from sencoapp.domain.record import KINDS, New

MARK = "Zzmarked"
SCHOOL_MARK = "Qqschool"
"""For what the pupil's things point to and the school has: a provision, a service."""
OF_THE_SCHOOL = (
    "school",
    "staff_member",
    "staff_rate",
    "bank_entry",
    "council_rate",
    "provision_staff",
    "provision_slot",
    "provision_cost",
    "catalogue_entry",
    "own_form",
    "crest",
    "erasure",
    "pupil_import",
    "question_set",
)
"""Kinds that are never about one pupil."""


def one_of_every_kind(place: Workplace, pupil: str, *, mark: str = MARK, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """Saves one thing of every kind that has a pupil, with every field filled, and the school's things they name. By kind."""
    made: dict[str, Any] = {}
    ids = {kind: place.session.ids.new() for kind in KINDS}
    for name, kind in KINDS.items():
        if name in OF_THE_SCHOOL or name in without:
            continue
        own = mark if "pupil" in hints_of(kind) or name == "pupil" else SCHOOL_MARK
        values = {field: _value(place, name, field, hint, own, ids, pupil) for field, hint in hints_of(kind).items()}
        values["id"] = pupil if name == "pupil" else ids[name]
        made[name] = kind(**values)
    _make_it_stand(made)
    edits = [New(each) for name, each in made.items() if name != "cycle"]
    # A cycle that is closed would be frozen before its outcome is there.
    place.session.record.save([*edits, New(made["cycle"])], action="everything", actor=place.session.actor)
    return made


def texts_of(entity: Any) -> set[str]:
    """Every marked text that a thing holds, at any depth."""
    if isinstance(entity, str):
        return {entity} if entity.startswith((MARK, SCHOOL_MARK)) else set()
    if isinstance(entity, tuple | list):
        return {text for each in entity for text in texts_of(each)}
    if is_dataclass(entity):
        return {text for each in fields(entity) for text in texts_of(getattr(entity, each.name))}
    return set()


def _value(place: Workplace, kind: str, field: str, hint: Any, mark: str, ids: dict[str, str], pupil: str) -> Any:
    if field == "pupil":
        return pupil
    if field in ids and field != kind:
        return ids[field]
    hint = _inner(hint)
    if field == "blob" or field.endswith("_blob"):
        return place.session.blobs.put(f"{mark} file {kind} {field}".encode())
    if typing.get_origin(hint) is Literal:
        return typing.get_args(hint)[0]
    if typing.get_origin(hint) is tuple:
        return (_value(place, kind, field + "_item", typing.get_args(hint)[0], mark, ids, pupil),)
    if is_dataclass(hint):
        return hint(**{each: _value(place, kind, f"{field}_{each}", inner, mark, ids, pupil) for each, inner in hints_of(hint).items()})
    plain: dict[Any, Any] = {
        bool: True,
        int: 3,
        Decimal: Decimal("1.5"),
        date: date(2026, 3, 4),
        datetime: datetime(2026, 3, 4, 9, 30, tzinfo=UTC),
    }
    return plain.get(hint, f"{mark} {kind} {field}")


def _inner(hint: Any) -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        return next(each for each in typing.get_args(hint) if each is not type(None))
    return hint


def _make_it_stand(made: dict[str, Any]) -> None:
    """The few values that must agree: what is evidence of what, and a pupil who is still here."""
    made["evidence_link"] = replace(made["evidence_link"], source=made["observation"].id, source_kind="observation")
    made["pupil"] = replace(made["pupil"], left_on=None)
    for name, thing in made.items():
        if hasattr(thing, "confidential"):
            made[name] = replace(thing, confidential=False, readers=())
