"""The structured form for words that leave something open: who, what skill, in what group, how long, how often, until when.

It begins with what the quantity parser finds in a sentence and composes one that says it all (Code of Practice 2015, 9.69).
Its words are data (``sentence`` in ``resources/rules/specificity.json``).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp.domain.dates import full_date, read_date
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.specificity import WordingRules

_AFTER_TITLE = re.compile(r"(?:\.?\s+(?:[A-Z]\.|[A-Z][\w'\u2019\-]*)){1,3}")
_EDGES = " \t\n.,;:!?\u2013-"


@dataclass(frozen=True)
class Exactly:
    """The parts as they are typed: each may be empty."""

    who: str = ""
    skill: str = ""
    ratio: str = ""
    minutes: str = ""
    how_often: str = ""
    until: str = ""


class ExactForm:
    """``words`` are those of the data file; ``rules`` find quantities in a sentence."""

    def __init__(self, rules: WordingRules, words: Mapping[str, Any]) -> None:
        self._rules = rules
        self._words = words
        self._titles = frozenset(words["titles"])
        self._joining = frozenset(words["joining"])

    def begin(self, sentence: str) -> Exactly:
        """What the parser finds in a sentence; the rest of it, without what leaves it open, stands for the skill."""
        spans = {part: span for part in ("who", "ratio", "minutes", "how_often", "until") if (span := self._rules.place_of(part, sentence))}
        found = {part: sentence[start:end] for part, (start, end) in spans.items()}
        if "who" in spans:
            found["who"], spans["who"] = self._who(sentence, *spans["who"])
        open_words = [(each.start, each.end) for each in self._rules.check(sentence, "provision").flags]
        return Exactly(skill=self._rest(sentence, [*spans.values(), *open_words]), **found)

    def compose(self, parts: Exactly, name: str, today: date) -> str:
        """The sentence, or nothing where no part is given. A part that is not given is left out."""
        given = {part: _trimmed(getattr(parts, part)) for part in Exactly.__dataclass_fields__}
        if not any(given.values()):
            return ""
        details = [self._ratio(given["ratio"]), self._minutes(given["minutes"]), self._how_often(given["how_often"])]
        details.append(self._until(given["until"], today))
        who = given["who"][:1].upper() + given["who"][1:]
        whole = self._words["whole" if who else "whole_without_who"]
        skill = given["skill"] or self._words["no_skill"]
        return str(whole.format(who=who, name=name, skill=skill, details="".join(f", {each}" for each in details if each)))

    def missing(self, sentence: str) -> tuple[str, ...]:
        """What a sentence still does not say, as the parts are called."""
        said = self._rules.check(sentence).sentences
        return tuple(words for part, words in self._rules.parts.items() if not any(part in each.says for each in said))

    # ---- reading ----------------------------------------------------------------------------------------------------

    def _who(self, sentence: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
        words = sentence[start:end]
        if words.casefold() in self._titles:
            name = _AFTER_TITLE.match(sentence, end)
            end = name.end() if name else end
            return sentence[start:end], (start, end)
        article = re.search(r"\b(?:an?|the|his|her|their|our)\s+$", sentence[:start], re.IGNORECASE)
        start = article.start() if article else start
        return sentence[start:end], (start, end)

    def _rest(self, sentence: str, spans: list[tuple[int, int]]) -> str:
        kept = "".join("\0" if any(start <= at < end for start, end in spans) else each for at, each in enumerate(sentence))
        pieces = [self._without_joining(each.split()) for each in re.split("\0+", kept)]
        return max((" ".join(each) for each in pieces), key=len, default="")

    def _without_joining(self, words: list[str]) -> list[str]:
        words = [each.strip(_EDGES) for each in words]
        while words and (not words[0] or words[0].casefold() in self._joining):
            words = words[1:]
        while words and (not words[-1] or words[-1].casefold() in self._joining):
            words = words[:-1]
        return words

    # ---- writing ----------------------------------------------------------------------------------------------------

    def _ratio(self, typed: str) -> str:
        if not typed:
            return ""
        if re.fullmatch(r"1(?:\s*(?::|to|-)\s*1)?|one[- ]to[- ]one|individually|alone", typed, re.IGNORECASE):
            return str(self._words["ratio_one"])
        count = re.fullmatch(r"(?:1\s*(?::|to)\s*)?(\d{1,2})|(?:an?\s+)?(?:small\s+)?groups?\s+of\s+(\d{1,2})", typed, re.IGNORECASE)
        if count:
            return str(self._words["ratio_many"].format(count=count[1] or count[2]))
        return typed

    def _minutes(self, typed: str) -> str:
        if not typed:
            return ""
        if typed.isdecimal():
            return str(self._words["minutes_one"] if typed == "1" else self._words["minutes"].format(count=typed))
        return typed if typed.casefold().startswith("for ") else str(self._words["for"].format(time=typed))

    def _how_often(self, typed: str) -> str:
        if not typed.isdecimal():
            return typed
        times = {"1": self._words["once"], "2": self._words["twice"]}.get(typed) or self._words["times"].format(count=typed)
        return str(self._words["a_week"].format(times=times))

    def _until(self, typed: str, today: date) -> str:
        if not typed:
            return ""
        first = typed.split()[0].casefold()
        words = typed.partition(" ")[2] if first in ("until", "till") else typed
        try:
            return str(self._words["until"].format(day=full_date(read_date(words, today, towards="future"))))
        except Refusal:
            return typed if first in self._words["ends"] else str(self._words["until"].format(day=words))


def _trimmed(words: str) -> str:
    """On one line, without a full stop at its end."""
    return " ".join(words.split()).rstrip(" .,;:!?")
