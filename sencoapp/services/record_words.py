"""Words for the kinds of things in the record, for their fields, and for the values of these.

A kind or field without words of its own says its name.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.plain import hints_of, value_from_plain
from sencoapp.domain.record import KINDS

REMOVED = "_removed"

CODE_SETS = {
    "code": "SENprovision",
    "sen_type": "SENtype",
    "relationship": "Relationship",
    "language": "Language",
    "first_language": "Language",
    "year": "NCyearActual",
    "ethnicity": "Ethnicity",
    "enrol_status": "EnrolStatus",
    "leaving_reason": "LeavingReason",
}
"""The code set of a field that holds a code of the DfE's."""

WORD_SETS = {
    "rating": "plan_page.rating",
    "next": "plan_page.next",
    "wave": "provision_page.wave",
    "result": "sessions.result",
    "reason": "sessions.reason",
    "kind": "notes.kind",
    "area": "documents.area",
    "unit": "measures.unit",
    "role": "people.role",
}
"""The words of a field that holds a code of ours."""

NOT_FOR_PEOPLE = frozenset(
    {
        "pupil",
        "cycle",
        "request",
        "provision",
        "outcome",
        "source",
        "source_kind",
        "author",
        "carried_from",
        "observation",
        "corrects",
        "document",
    }
    | {"council_case", "paper", "owner", "round_robin", "ask", "token"}
    | {"rests_on", "written_by", "marked_by", "words_beneath", "places", "place", "need", "recommendation"}
    | {"blob", "sha256", "media_type", "snapshot_blob", "pdf_blob", "manifest_blob", "order_document", "involvement", "professional"}
)
"""Fields that say where a thing belongs or how it is kept: their values mean nothing to a reader."""


def kind_words(kind: str) -> str:
    """ "Notes" for observation."""
    return _words("kinds", kind) or _name(kind)


def thing_words(kind: str) -> str:
    """ "Note" for observation: one of a kind."""
    return _words("kinds", f"one_{kind}") or _name(kind)


def field_words(field: str) -> str:
    """ "Date of birth" for birth_date."""
    if field == REMOVED:
        return reference.say("history.whether_shown")
    return _words("fields", field) or _words("import_page", f"field_{field}") or _name(field)


def value_words(kind: str, field: str, value: Any) -> str:
    """A plain value of the log as a person reads it: codes and dates in words, nothing as "nothing"."""
    if field == REMOVED:
        return reference.say("history.removed" if value else "history.shown")
    if value is None or value in ("", []):
        return reference.say("history.nothing")
    if isinstance(value, list):
        return _list_words(field, value)
    hint = hints_of(KINDS[kind]).get(field)
    known = value_from_plain(hint, value) if hint is not None else value
    if isinstance(known, bool):
        return reference.say("history.yes" if known else "history.no")
    if isinstance(known, datetime):
        return f"{full_date(known.astimezone().date())} {known.astimezone():%H:%M}"
    if isinstance(known, date):
        return full_date(known)
    if field.startswith("pence_"):
        return f"{known} (£{known / 100:,.2f})"
    return _code_words(field, str(known))


def _list_words(field: str, value: list[Any]) -> str:
    if any(isinstance(each, Mapping) for each in value):
        names = [str(each.get("name") or "") for each in value]
        return ", ".join(names) if all(names) else _how_many(value)
    if field in ("evidence", "documents", "turns"):
        return _how_many(value)
    return ", ".join(_code_words(field, str(each)) for each in value)


def _how_many(value: list[Any]) -> str:
    return reference.say("history.one_entry") if len(value) == 1 else reference.say("history.entries", count=len(value))


def _code_words(field: str, value: str) -> str:
    if field in CODE_SETS:
        return reference.codes(CODE_SETS[field]).get(value, value)
    room, _, name = WORD_SETS.get(field, "").partition(".")
    words = _words(room, f"{name}_{value}") if room else None
    return words or (_name(value) if value.islower() and "_" in value and " " not in value else value)


def _words(room: str, name: str) -> str | None:
    try:
        return reference.say(f"{room}.{name}")
    except KeyError:
        return None


def _name(name: str) -> str:
    plain = name.removesuffix("_on").replace("_", " ").strip()
    return plain[:1].upper() + plain[1:]
