"""On which line of a JSON file something stands, for those who write data files by hand."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sencoapp.domain.council_form import Way

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def read_with_lines(text: str) -> tuple[Any, Mapping[Way, int]]:
    """The content, and the line (from 1) of every value in it by the way to it.

    Raises ``json.JSONDecodeError`` where the text is no JSON, ``ValueError`` where a key stands twice in one object.
    """
    content = json.loads(text, object_pairs_hook=_no_key_twice)
    return content, dict(_lines(text))


def line_of(lines: Mapping[Way, int], way: Way) -> int:
    """The line of a value; of what holds it where the value is not there."""
    while way and way not in lines:
        way = way[:-1]
    return lines.get(way, 1)


def _lines(text: str) -> list[tuple[Way, int]]:
    """Walks the tokens of sound JSON; ``open_`` holds, for each object or list we are in, the key or place we are at."""
    found: list[tuple[Way, int]] = []
    open_: list[str | int | None] = []
    line, end, key_next = 1, 0, False
    for token in _TOKEN.finditer(text):
        line += text.count("\n", end, token.start())
        end = token.start()
        mark = token.group()
        if mark in "}]":
            open_.pop()
            key_next = False
        elif mark == ",":
            key_next = not isinstance(open_[-1], int)
            if isinstance(open_[-1], int):
                open_[-1] += 1
        elif mark == ":":
            key_next = False
        elif key_next and mark.startswith('"'):
            open_[-1] = json.loads(mark)
        else:
            found.append((tuple(each for each in open_ if each is not None), line))
            if mark in "{[":
                open_.append(None if mark == "{" else 0)
                key_next = mark == "{"
    return found


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise ValueError(name)
        made[name] = value
    return made
