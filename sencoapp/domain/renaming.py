"""What is said of one pupil, said of another: names are replaced, pronouns where they are certain; the rest is shown to a person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True)
class Called:
    """How a pupil is spoken of: forenames and surnames by which texts may name them, the one that a new text uses, the code of sex."""

    forenames: tuple[str, ...]
    surnames: tuple[str, ...]
    sex: str | None = None

    @property
    def forename(self) -> str:
        return self.forenames[0]


@dataclass(frozen=True)
class Renamed:
    """The text about the other pupil, and the words in it that a person should look at."""

    text: str
    doubts: tuple[str, ...] = ()


def renamed(text: str, before: Called, after: Called, rules: Mapping[str, Any]) -> Renamed:
    """The text about ``after`` instead of ``before``. What is not certain is changed as well as it goes, and named in ``doubts``.

    ``rules`` are those of ``resources/rules/names.json``. A name is replaced as a whole word that begins with a capital letter.
    """
    doubts: dict[str, None] = {}
    pieces: list[str] = []
    end = 0
    for found in _WORD.finditer(text):
        word = found.group()
        said = _name(word, before, after, rules, doubts)
        if said is None:
            said = _pronoun(word, text[found.end() :], before, after, rules, doubts)
        pieces += [text[end : found.start()], word if said is None else said]
        end = found.end()
    return Renamed("".join(pieces) + text[end:], tuple(doubts))


def _name(word: str, before: Called, after: Called, rules: Mapping[str, Any], doubts: dict[str, None]) -> str | None:
    stem, ending = _without_possessive(word)
    if not stem[:1].isupper():
        return None
    if any(stem == each for each in before.forenames):
        if stem.lower() in rules["also_words"]:
            doubts[after.forename] = None
        return after.forename + ending
    if any(stem == each for each in before.surnames):
        return after.surnames[0] + ending
    return None


def _pronoun(word: str, rest: str, before: Called, after: Called, rules: Mapping[str, Any], doubts: dict[str, None]) -> str | None:
    """The pronoun of the other pupil, or None for a word that is none or stays."""
    if before.sex == after.sex and before.sex in rules["pronouns"]:
        return None
    low = word.lower()
    every = {form for forms in rules["pronouns"].values() for form in forms.values()}
    if low not in every:
        return None
    own, other = rules["pronouns"].get(before.sex or ""), rules["pronouns"].get(after.sex or "")
    if own is None or other is None or low not in own.values():
        doubts[word] = None
        return None
    places = [place for place, form in own.items() if form == low]
    place = _place(places, rest, rules)
    said = str(other[place])
    said = said.capitalize() if word[:1].isupper() else said
    if len(places) > 1:
        doubts[said] = None
    return said


def _place(places: list[str], rest: str, rules: Mapping[str, Any]) -> str:
    """Which of the places that one form can stand in: before a thing it is a possessive, else it is not."""
    if len(places) == 1:
        return places[0]
    following = re.match(r"\s+([^\W\d_]+)", rest)
    before_a_thing = following is not None and following.group(1).lower() not in rules["not_a_thing"]
    if before_a_thing and "possessive" in places:
        return "possessive"
    return next(each for each in places if each != "possessive")


def _without_possessive(word: str) -> tuple[str, str]:
    for ending in ("'s", "’s"):
        if word.endswith(ending):
            return word[: -len(ending)], ending
    return word, ""
