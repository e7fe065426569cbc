"""Dataclasses of the record to plain JSON values and back.

Dates are ISO 8601; times are UTC with a Z; decimals are text; tuples are lists. Unknown keys are left aside
on the way in, so that a record written by a newer version can still be read (sync.md 1.1, schema evolution).
"""

import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """A JSON value for any value that a field of the record may hold."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return [to_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if is_dataclass(value):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    raise TypeError(f"no plain form for {type(value).__name__}")


def from_plain(kind: type[T], values: Mapping[str, Any]) -> T:
    """A dataclass from its plain form. Fields that are absent take their default."""
    found = {}
    for name, read in readers_of(kind).items():
        if name in values:
            value = values[name]
            found[name] = value if read is None or value is None else read(value)
    return kind(**found)


def hints_of(kind: Any) -> dict[str, Any]:
    """The type of each field of a dataclass, in declared order."""
    return _hints_of(kind)


@cache
def _hints_of(kind: Any) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}


def readers_of(kind: Any) -> "dict[str, Reader | None]":
    """For each field of a dataclass what makes its value of a plain one that is not None; None where the plain one is the value."""
    return _readers_of(kind)


@cache
def _readers_of(kind: Any) -> "dict[str, Reader | None]":
    return {name: _reader(hint) for name, hint in hints_of(kind).items()}


def value_from_plain(hint: Any, value: Any) -> Any:
    """One field's value from its plain form."""
    read = _reader(hint)
    return value if read is None or value is None else read(value)


@cache
def _reader(hint: Any) -> "Reader | None":
    """Worked out once for a type: every row that is read from the record goes through it."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        options = [each for each in typing.get_args(hint) if each is not type(None)]
        return _reader(options[0])
    if origin is tuple:
        read = _reader(typing.get_args(hint)[0])
        return tuple if read is None else lambda value: tuple(None if each is None else read(each) for each in value)
    if hint in (bool, Decimal):
        return typing.cast(Reader, hint)
    if hint in (datetime, date):
        return typing.cast(Reader, hint.fromisoformat)
    if is_dataclass(hint):
        return lambda value: from_plain(typing.cast(type, hint), value)
    return None


def fits(hint: Any, value: Any) -> bool:
    """Whether a plain value from a stranger can stand in a field of this type."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return any(value is None if each is type(None) else fits(each, value) for each in typing.get_args(hint))
    if origin is Literal:
        return value in typing.get_args(hint)
    if origin is tuple:
        return isinstance(value, list) and all(fits(typing.get_args(hint)[0], each) for each in value)
    if is_dataclass(hint):
        of = hints_of(hint)
        return isinstance(value, dict) and all(
            fits(of[name], value.get(name)) for name in of if name in value or not _has_default(hint, name)
        )
    if hint in (date, datetime, Decimal):
        return isinstance(value, str) and _can_be_read(hint, value)
    return type(value) is hint and (hint is not int or abs(value) < 1 << 63)


def _has_default(kind: Any, name: str) -> bool:
    of = next(each for each in fields(kind) if each.name == name)
    return of.default is not MISSING or of.default_factory is not MISSING


def _can_be_read(hint: Any, value: str) -> bool:
    try:
        read = value_from_plain(hint, value)
        return not (isinstance(read, Decimal) and not read.is_finite()) and not (isinstance(read, datetime) and read.tzinfo is None)
    except (ValueError, ArithmeticError):
        return False


def texts_in(value: Any) -> Iterator[str]:
    """Every text in a plain value, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from texts_in(each)
    elif isinstance(value, Sequence):
        for each in value:
            yield from texts_in(each)
