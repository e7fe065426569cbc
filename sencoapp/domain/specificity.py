"""Whether a plan says who does what, how much and until when.

The SEND Code of Practice 2015 (9.69) asks of provision that it be detailed and specific, and normally quantified. The words
that leave it open, and how quantities are written, are data (``resources/rules/specificity.json``). It advises and blocks nothing;
the same text always gets the same answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["provision", "outcome"]
Part = Literal["who", "ratio", "minutes", "how_often", "until", "level"]

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|mr|mrs|ms|dr|st|approx|min|mins)\.)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Flag:
    """Words of a text that leave something open. ``start`` and ``end`` count characters; ``text[start:end]`` are ``words``."""

    rule: str
    start: int
    end: int
    words: str
    why: str


@dataclass(frozen=True)
class Sentence:
    """One sentence of a text, by its place, and the parts that it says."""

    start: int
    end: int
    says: frozenset[Part]


@dataclass(frozen=True)
class Wording:
    """What was found in a text: its flags from first to last, none within another, and its sentences."""

    flags: tuple[Flag, ...]
    sentences: tuple[Sentence, ...]

    def sentence_of(self, flag: Flag) -> Sentence:
        return next(each for each in self.sentences if each.start <= flag.start < each.end)


@dataclass(frozen=True)
class _Weak:
    rule: str
    kinds: frozenset[str]
    pattern: re.Pattern[str]
    excused_by: frozenset[str]
    why: str


class WordingRules:
    """The word list and the quantity parser, ready for use. ``content`` is that of ``specificity.json``."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._number = content["numbers"]
        self._quantities = {part: self._any_of(patterns) for part, patterns in content["quantities"].items()}
        self._weak = tuple(self._weak_of(each) for each in content["weak"])
        self.parts: Mapping[str, str] = content["parts"]
        """The parts that provision should say, and what each is called."""

    def check(self, text: str, kind: Kind = "provision", said: frozenset[Part] = frozenset()) -> Wording:
        """What a text leaves open. Any text can be asked about; an empty one has no flags.

        ``said`` are the parts that stand beside the text, as the length and the number of sessions of a provision do.
        """
        sentences = tuple(Sentence(start, end, said | self._says(text[start:end])) for start, end in _spans(text))
        found = [flag for each in sentences for flag in self._flags(text, each, kind)]
        return Wording(_apart(found), sentences)

    def place_of(self, part: Part, sentence: str) -> tuple[int, int] | None:
        """Where a sentence says a part first; None where it does not."""
        found = self._quantities[part].search(sentence)
        return found.span() if found else None

    def missing(self, sentence: Sentence) -> tuple[str, ...]:
        """What a sentence about provision does not say, as the parts are called."""
        return tuple(words for part, words in self.parts.items() if part not in sentence.says)

    def _any_of(self, patterns: Sequence[str]) -> re.Pattern[str]:
        joined = "|".join(each.replace("{number}", self._number).replace(" ", r"\s{1,3}") for each in patterns)
        return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)

    def _weak_of(self, rule: Mapping[str, Any]) -> _Weak:
        # The longest phrase first: "on a regular basis" and not the "regular" within it.
        phrases = "|".join(_loosely(each) for each in sorted(rule["phrases"], key=len, reverse=True))
        pattern = rf"(?<!\w)(?:{phrases})(?!\w)"
        if rule.get("not_before"):
            pattern += rf"(?!\s{{1,3}}(?:{'|'.join(_loosely(each) for each in rule['not_before'])})(?!\w))"
        if rule.get("only_before"):
            pattern += rf"(?=\s{{1,3}}(?:{rule['only_before'].replace('{number}', self._number)}))"
        return _Weak(rule["id"], frozenset(rule["in"]), re.compile(pattern, re.IGNORECASE), frozenset(rule["excused_by"]), rule["why"])

    def _says(self, sentence: str) -> frozenset[Part]:
        return frozenset(part for part, pattern in self._quantities.items() if pattern.search(sentence))

    def _flags(self, text: str, sentence: Sentence, kind: Kind) -> list[Flag]:
        flags = []
        for weak in self._weak:
            if kind not in weak.kinds or (weak.excused_by and weak.excused_by <= sentence.says):
                continue
            for found in weak.pattern.finditer(text, sentence.start, sentence.end):
                flags.append(Flag(weak.rule, found.start(), found.end(), found.group(), weak.why))
        return flags


def _loosely(phrase: str) -> str:
    """A phrase however its words are parted: by spaces or a hyphen."""
    return re.escape(phrase).replace(r"\ ", r"[\s\-\u2010\u2011]{1,3}")


def _spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends. "e.g." and "Mrs." end none."""
    spans, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if end.group() != "\n" and _ABBREVIATION.search(text, start, end.start()):
            continue
        spans.append((start, end.start()))
        start = end.end()
    spans.append((start, len(text)))
    return [each for each in spans if text[each[0] : each[1]].strip()]


def _apart(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    """First to last; of two that overlap, the one that begins first, or the longer."""
    kept: list[Flag] = []
    for each in sorted(flags, key=lambda each: (each.start, -each.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return tuple(kept)
