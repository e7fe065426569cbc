"""Shapes of JSON values, said once as annotated types: checked on the way in, and written into the OpenAPI contract.

An object is a ``TypedDict``; members that it does not name are let through, so that a newer laptop can talk to an
older gateway. Limits stand beside the type: ``Annotated[str, Text(most=100)]``.
"""

import re
import types
import typing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


class ShapeError(ValueError):
    """A value that is not what was agreed. ``pointer`` says where (RFC 6901), ``problem`` what; neither holds the value."""

    def __init__(self, pointer: str, problem: str) -> None:
        super().__init__(f"{pointer or '/'}: {problem}")
        self.pointer = pointer
        self.problem = problem


@dataclass(frozen=True)
class Text:
    """Text of so many characters, and of this form."""

    most: int
    least: int = 1
    pattern: str | None = None
    form: str | None = None
    """``date`` (ISO 8601), ``date-time`` (RFC 3339, with its offset), or none of these."""

    def check(self, value: str, pointer: str) -> None:
        if not self.least <= len(value) <= self.most:
            raise ShapeError(pointer, f"must have {self.least} to {self.most} characters")
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise ShapeError(pointer, f"must have the form {self.pattern}")
        if self.form:
            _check_time(value, self.form, pointer)

    def schema(self) -> dict[str, Any]:
        found: dict[str, Any] = {"minLength": self.least, "maxLength": self.most}
        if self.pattern:
            found["pattern"] = f"^{self.pattern}$"
        if self.form:
            found["format"] = self.form
        return found


@dataclass(frozen=True)
class Whole:
    """A whole number between two limits."""

    least: int
    most: int

    def check(self, value: int, pointer: str) -> None:
        if not self.least <= value <= self.most:
            raise ShapeError(pointer, f"must be from {self.least} to {self.most}")

    def schema(self) -> dict[str, Any]:
        return {"minimum": self.least, "maximum": self.most}


@dataclass(frozen=True)
class Items:
    """So many items in a list."""

    most: int
    least: int = 0

    def check(self, value: list[Any], pointer: str) -> None:
        if not self.least <= len(value) <= self.most:
            raise ShapeError(pointer, f"must have {self.least} to {self.most} items")

    def schema(self) -> dict[str, Any]:
        return {"minItems": self.least, "maxItems": self.most}


_PLAIN: dict[Any, tuple[str, str]] = {
    str: ("string", "text"),
    bool: ("boolean", "true or false"),
    int: ("integer", "a whole number"),
}


def check(value: Any, hint: Any, pointer: str = "") -> None:
    """Raises ``ShapeError`` for the first thing in the value that is not as the type says."""
    hint, limits = _parted(hint)
    origin = typing.get_origin(hint)
    if hint is Any:
        return
    if typing.is_typeddict(hint):
        _check_object(value, hint, pointer)
    elif origin is list:
        if not isinstance(value, list):
            raise ShapeError(pointer, "must be a list")
        for limit in limits:
            limit.check(value, pointer)
        for number, each in enumerate(value):
            check(each, typing.get_args(hint)[0], f"{pointer}/{number}")
        return
    elif origin is typing.Literal:
        if not any(type(value) is type(each) and value == each for each in typing.get_args(hint)):
            raise ShapeError(pointer, f"must be one of {', '.join(map(str, typing.get_args(hint)))}")
    elif type(value) is not hint:  # type() and not isinstance: true is no whole number
        raise ShapeError(pointer, f"must be {_PLAIN[hint][1]}")
    for limit in limits:
        limit.check(value, pointer)


def schema(hint: Any) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a type."""
    hint, limits = _parted(hint)
    origin = typing.get_origin(hint)
    if hint is Any:
        return {}
    if typing.is_typeddict(hint):
        members = typing.get_type_hints(hint, include_extras=True)
        found: dict[str, Any] = {
            "type": "object",
            "title": hint.__name__,
            "description": (hint.__doc__ or "").strip(),
            "properties": {name: schema(each) for name, each in members.items()},
            "required": [name for name in members if name in hint.__required_keys__],
        }
    elif origin is list:
        found = {"type": "array", "items": schema(typing.get_args(hint)[0])}
    elif origin is typing.Literal:
        found = {"enum": list(typing.get_args(hint))}
    else:
        found = {"type": _PLAIN[hint][0]}
    for limit in limits:
        found |= limit.schema()
    return found


def _check_object(value: Any, hint: Any, pointer: str) -> None:
    if not isinstance(value, dict):
        raise ShapeError(pointer, "must be an object")
    for name, each in typing.get_type_hints(hint, include_extras=True).items():
        if name in value:
            check(value[name], each, f"{pointer}/{name}")
        elif name in hint.__required_keys__:
            raise ShapeError(f"{pointer}/{name}", "must be there")


def _parted(hint: Any) -> tuple[Any, tuple[Any, ...]]:
    """The bare type, and the limits that stand beside it."""
    limits: tuple[Any, ...] = ()
    while typing.get_origin(hint) in (typing.NotRequired, typing.Required, typing.Annotated):
        if typing.get_origin(hint) is typing.Annotated:
            limits += hint.__metadata__
        hint = typing.get_args(hint)[0]
    assert not isinstance(hint, types.UnionType)  # a member that may be absent is left out, not null
    return hint, limits


def _check_time(value: str, form: str, pointer: str) -> None:
    try:
        if form == "date":
            date.fromisoformat(value)
        elif datetime.fromisoformat(value).tzinfo is None:
            raise ValueError
    except ValueError:
        raise ShapeError(pointer, "must be a real date" if form == "date" else "must be a real time with its offset from UTC") from None
