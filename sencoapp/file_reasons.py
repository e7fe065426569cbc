"""What is wrong in a data file, in sentences for whoever writes it by hand: where it stands, what was meant, what may stand there."""

import json
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from sencoapp.domain.council_form import Way
from sencoapp.reference import say

if TYPE_CHECKING:  # heavy, and only who proves a file needs it
    from jsonschema.exceptions import ValidationError

_LONGEST_REASON = 300
_MOST_NAMES = 12
_NEAR = 0.8
"""How alike a name has to be to be the one that was meant."""

Reason = tuple[Way, str]


def told(errors: "Iterable[ValidationError]") -> list[Reason]:
    """Each thing that a schema finds wrong: the way to it, and a sentence. A name that is misspelt is told once, and at its own place."""
    found = list(errors)
    meant = {(tuple(each.absolute_path), near) for each in found for _, near in _strangers(each) if near}
    reasons = [reason for each in found for reason in _reasons(each, meant)]
    return sorted(dict.fromkeys(reasons), key=lambda each: [str(step) for step in each[0]])


def shortened(reason: str) -> str:
    """A reason may repeat a value, however long it is."""
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"


def _reasons(error: "ValidationError", meant: set[tuple[Way, str]]) -> list[Reason]:
    way = tuple(error.absolute_path)
    value: Any = error.instance
    shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    wanted: Any = error.validator_value
    where = _where(way)
    match error.validator:
        case "additionalProperties":
            return [((*way, name), _stranger(name, near, error)) for name, near in _strangers(error)]
        case "required":
            missing = [each for each in wanted if each not in value and (way, each) not in meant]
            return [(way, say("cli.form_lacks", where=where, name=each)) for each in missing]
        case "enum" | "const":
            allowed = [str(each) for each in (wanted if error.validator == "enum" else [wanted])]
            near = nearest(str(value), allowed)
            key = "cli.form_value_near" if near else "cli.form_value"
            return [(way, say(key, where=where, value=shown, near=near, allowed=_named(allowed)))]
        case "anyOf" | "oneOf":
            inner = [each for each in error.context or () if each.validator not in ("type", "const")]
            if inner:
                return [reason for each in inner[:1] for reason in _reasons(each, meant)]
            return [(way, say("cli.form_value_other", where=where, value=shown))]
        case "type":
            kinds = wanted if isinstance(wanted, list) else [wanted]
            return [(way, say("cli.form_kind", where=where, kind=" / ".join(say(f"cli.form_kind_{each}") for each in kinds), value=shown))]
        case "pattern":
            return [(way, say("cli.form_pattern", where=where, value=shown, pattern=wanted))]
        case "minLength" | "minItems" | "minProperties":
            return [(way, say("cli.form_empty", where=where))]
        case "minimum":
            return [(way, say("cli.form_least", where=where, value=shown, least=wanted))]
        case "uniqueItems":
            return [(way, say("cli.form_double", where=where))]
        case "dependentRequired":
            missing = [name for there, needs in wanted.items() if there in value for name in needs if name not in value]
            return [(way, say("cli.form_lacks", where=where, name=each)) for each in missing]
        case _:
            return [(way, say("cli.form_schema", where=where, reason=error.message))]


def _strangers(error: "ValidationError") -> list[tuple[str, str]]:
    """The names that nothing reads, each with the one that was probably meant."""
    there: Any = error.instance
    if error.validator != "additionalProperties" or not isinstance(there, dict):
        return []
    known = _known(error)
    return [(name, nearest(name, [each for each in known if each not in there])) for name in there if name not in known]


def _known(error: "ValidationError") -> list[str]:
    schema: Mapping[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    return list(schema.get("properties", ()))


def _stranger(name: str, near: str, error: "ValidationError") -> str:
    key = "cli.form_stranger_near" if near else "cli.form_stranger"
    return say(key, where=_where(tuple(error.absolute_path)), name=name, near=near, allowed=_named(_known(error)))


def nearest(name: str, known: Iterable[str]) -> str:
    """The name that was probably meant; empty where none is alike enough."""
    return next(iter(get_close_matches(name, list(known), 1, _NEAR)), "")


def _named(names: list[str]) -> str:
    return ", ".join(names[:_MOST_NAMES]) + ("" if len(names) <= _MOST_NAMES else " …")


def _where(way: Way) -> str:
    return " › ".join(str(each + 1) if isinstance(each, int) else each for each in way) or say("cli.form_whole_file")
