"""The words that people read: what the code asks for is there, what is there is used, and no sentence has a word to avoid."""

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import CODE, ROOT, modules, parsed, pattern_of, place

WORDING = ROOT / "resources" / "wording"
ASKING = {"say": "", "Refusal": "refusals.", "Fault": "refusals."}

# GOV.UK style: say what happened and what to do next.
CURT = ["please", "sorry", "oops", "kindly", "invalid", "illegal", "fatal", "abort(ed)?", "error code", "something went wrong"]
# The person first, and no pity.
UNKIND = [
    "suffer(s|ing)?( from)?",
    "wheelchair-bound",
    "confined to",
    "handicap(ped)?",
    "the disabled",
    "special needs (child|children|pupil|pupils|kids)",
    "(low|high)[- ]functioning",
    "retarded",
    "backward",
    "victim of",
    "afflicted",
]
AMERICAN = [
    "color(s|ed)?",
    "center(ed|s)?",
    "organiz(e|es|ed|ing|ation)",
    "recogniz(e|es|ed|ing)",
    "summariz(e|es|ed|ing)",
    "prioritiz(e|es|ed|ing)",
    "finaliz(e|es|ed|ing)",
    "customiz(e|es|ed|ing)",
    "analyz(e|es|ed|ing)",
    "behavior(s|al)?",
    "favorite",
    "honor",
    "neighbor",
    "labeled",
    "canceled",
    "canceling",
    "traveled",
    "modeling",
    "counselor",
    "counseling",
    "enroll",
    "fulfill",
    "pediatric",
    "defense",
    "gray",
    "math",
    "gotten",
    "practic(ed|ing)",
]


@cache
def wording() -> dict[str, str]:
    """``room.key`` to words, for every file of ``resources/wording``."""
    rooms = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(WORDING.glob("*.toml"))}
    return {f"{room}.{key}": words for room, words_of in rooms.items() for key, words in words_of.items()}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call that asks for words: ``(where, say or Refusal or Fault, call)``."""
    for path in modules(*CODE):
        for call in (each for each in ast.walk(parsed(path)) if isinstance(each, ast.Call) and each.args):
            name = ast.unparse(call.func).removeprefix("reference.")  # some other object's say() is another matter
            if name in ASKING:
                yield place(path, call), name, call


def questions() -> Iterator[tuple[str, str, ast.Call]]:
    """Every key that can be read off the code: ``(where, key or pattern with *, call)``."""
    for where, name, call in calls():
        yield from ((where, ASKING[name] + key, call) for key in _keys(call.args[0]))


def _keys(asked: ast.expr) -> Iterator[str]:
    if isinstance(asked, ast.Constant) and isinstance(asked.value, str):
        yield asked.value
    elif isinstance(asked, ast.JoinedStr):
        yield pattern_of(asked)
    elif isinstance(asked, ast.IfExp):
        yield from _keys(asked.body)
        yield from _keys(asked.orelse)


def _fits(key: str, pattern: str) -> bool:
    return re.fullmatch(".+".join(map(re.escape, pattern.split("*"))), key) is not None


def test_every_key_that_the_code_asks_for_has_words():
    absent = [
        f"{where} {key}"
        for where, key, _ in questions()
        if key not in wording() and ("*" not in key or not any(_fits(each, key) for each in wording()))
    ]
    assert not absent, "\n".join(absent)


def test_every_key_is_in_a_room_of_its_own_shape():
    assert [key for key, words in wording().items() if not isinstance(words, str) or not re.fullmatch(r"[a-z_]+\.[A-Za-z0-9_]+", key)] == []


def test_every_word_is_used():
    """By its whole key, by a pattern such as ``people.role_*``, or by its name alone where the room is put before it later."""
    asked = {key for _, key, _ in questions()}
    patterns = {each for each in asked if re.search(r"_\*|\*_", each)} | {pattern_of(each) for each in _f_strings()}
    mentioned = _mentioned()
    unused = []
    for key in wording():
        name = key.partition(".")[2]
        if key in asked or key in mentioned or name in mentioned:
            continue
        if not any(_fits(key, each) or _fits(name, each) for each in patterns):
            unused.append(key)
    assert not unused, "\n".join(unused)


def _f_strings() -> Iterator[ast.JoinedStr]:
    for path in modules(*CODE):
        yield from (
            each for each in ast.walk(parsed(path)) if isinstance(each, ast.JoinedStr) and re.search(r"[a-z]_|_[a-z]", pattern_of(each))
        )


@cache
def _mentioned() -> frozenset[str]:
    """Every word of a key's shape in a string of the code, in SQL, in the templates and in the data."""
    texts = [
        each.value
        for path in modules(*CODE)
        for each in ast.walk(parsed(path))
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and "\n" not in each.value
    ]
    others = [each for folder in (*CODE, "resources") for each in (ROOT / folder).rglob("*") if each.suffix in {".sql", ".html", ".json"}]
    texts += [each.read_text("utf-8") for each in others if "schemas" not in each.parts]
    words = {word for text in texts for word in re.findall(r"[A-Za-z][A-Za-z0-9_.-]*", text)}
    return frozenset(words | {word.replace("-", "_") for word in words})


def test_every_place_in_a_sentence_is_filled_where_it_is_asked_for():
    # A refusal that is raised again under the key it came with may be told more on its way: the name of the file, say.
    told_later = {each.arg for _, name, call in calls() if name != "say" and not list(_keys(call.args[0])) for each in call.keywords}
    unfilled = []
    for where, key, call in questions():
        if key not in wording() or any(each.arg is None for each in call.keywords):
            continue
        places = {name for _, name, _, _ in string.Formatter().parse(wording()[key]) if name}
        missing = places - {each.arg for each in call.keywords} - (told_later if key.startswith("refusals.") else set())
        if missing:
            unfilled.append(f"{where} {key}: {', '.join(sorted(missing))}")
    assert not unfilled, "\n".join(unfilled)


@pytest.mark.parametrize("path", sorted(WORDING.glob("*.toml")), ids=lambda path: path.stem)
def test_no_sentence_has_a_word_to_avoid(path: Path):
    avoided = re.compile(r"\b(" + "|".join([*CURT, *UNKIND, *AMERICAN]) + r")\b", re.IGNORECASE)
    found = [
        f"{key}: {match.group()}"
        for key, words in wording().items()
        if key.startswith(f"{path.stem}.") and (match := avoided.search(words))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("words", "avoided"), [("Choose a colour", False), ("Choose a color", True), ("This is invalid.", True), ("It is invalidated", False)]
)
def test_the_list_of_words_to_avoid_knows_british_from_american(words, avoided):
    assert bool(re.search(r"\b(" + "|".join([*CURT, *AMERICAN]) + r")\b", words, re.IGNORECASE)) is avoided
