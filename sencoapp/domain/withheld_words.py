"""Which words give away what is withheld of a document: a row of the same words, or a name that stands in it.

A mark takes words out of the pages of a file. The same words may have been written on by the school, in an answer, in advice, in the
title of a document; a copy that prints them there gives away what it has blacked out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sencoapp.domain.words import folded

IN_A_ROW = 6
"""So many words in a row of a passage are a quotation of it, whatever was rewritten around them."""
_WHOLE = 4
"""The whole of a passage that is shorter counts from so many words on; below that only one of two names, such as a full name."""
_QUOTED = 2
"""A quotation of one word may be a word that stands everywhere: that is for a person to look through."""
_SHORT = 3
"""A mark over so few words was put on a name or a number, and not on what happens to contain one."""
_LONG_NUMBER = 5
"""Digits of a telephone number or a UPN; fewer are a year, an age or a house."""
_SEEN_WITHIN = 4
"""Letters of a name that is recognised within a file name written as one word."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019\u02bc][^\W_]+)*")


@dataclass(frozen=True)
class Passage:
    """Words that are withheld: those beneath a mark, or what somebody quoted from that place of the document."""

    text: str
    document: str
    quoted: bool = False


@dataclass(frozen=True)
class _Word:
    said: str
    start: int
    end: int
    begins_large: bool


@dataclass(frozen=True)
class Guard:
    """What must not stand in a copy."""

    rows: frozenset[tuple[str, ...]] = frozenset()
    """Rows of words that give a passage away."""
    names: frozenset[str] = frozenset()
    """Names and numbers that were withheld by themselves."""
    names_within: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names and numbers within whatever is withheld, by document."""

    def __bool__(self) -> bool:
        return bool(self.rows or self.names or self.names_within)

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(each[0] for each in self.rows)

    @cached_property
    def _lengths(self) -> list[int]:
        return sorted({len(each) for each in self.rows}, reverse=True)

    def without(self, value: Any, instead: str) -> Any:
        """A plain value with ``instead`` in the place of every row of words that gives a passage away, however it is broken and cased."""
        if not self.rows:
            return value
        if isinstance(value, str):
            return self._without(value, instead)
        if isinstance(value, Mapping):
            return {name: self.without(each, instead) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.without(each, instead) for each in value)
        return value

    def quotes(self, text: str) -> bool:
        """Whether a text has a row of words that gives a passage away."""
        return any(True for _ in self._rows_in(list(_words(text))))

    def names_in(self, text: str) -> set[str]:
        """The words of a text, as they stand there, that were withheld by themselves somewhere."""
        return {text[each.start : each.end] for each in _words(text) if each.said in self.names}

    def tells(self, text: str, document: str, *, one_word: bool = False) -> bool:
        """Whether a title gives away what is withheld of its document, or a name that is withheld of any.

        ``one_word``: names are recognised within words, too, as in "ZebedeeReport.pdf".
        """
        names = self.names | self.names_within.get(document, frozenset())
        if any(each.said in names for each in _words(text)) or self.quotes(text):
            return True
        joined = "".join(each.said for each in _words(text))
        return one_word and any(each in joined for each in names if len(each) >= _SEEN_WITHIN)

    def _without(self, text: str, instead: str) -> str:
        words = list(_words(text))
        made, at = "", 0
        for first, last in _joined(self._rows_in(words)):
            made += text[at : words[first].start] + instead
            at = words[last - 1].end
        return made + text[at:]

    def _rows_in(self, words: list[_Word]) -> Iterator[tuple[int, int]]:
        """From which to before which word each row goes."""
        firsts, lengths = self._firsts, self._lengths
        said = [each.said for each in words]
        for first, word in enumerate(said):
            if word not in firsts:
                continue
            found = next((length for length in lengths if tuple(said[first : first + length]) in self.rows), 0)
            if found:
                yield first, first + found


def guard_against(passages: Iterable[Passage], *, known: Iterable[str], plain: Iterable[str]) -> Guard:
    """``known`` are words that may stand anywhere, such as the pupil's own name; ``plain`` those that give nobody away."""
    ordinary = {each.said for text in known for each in _words(text)} | set(plain)
    rows: set[tuple[str, ...]] = set()
    names: set[str] = set()
    within: dict[str, set[str]] = {}
    for passage in passages:
        words = list(_words(passage.text))
        said = tuple(each.said for each in words)
        telling = {each.said for each in words if _is_name(each) and each.said not in ordinary}
        if len(said) >= IN_A_ROW:
            rows |= {said[at : at + IN_A_ROW] for at in range(len(said) - IN_A_ROW + 1)}
        elif len(said) >= (_QUOTED if passage.quoted else _WHOLE) or len(telling) > 1:
            rows.add(said)
        if passage.quoted:
            continue
        numbers_alone = {each for each in telling if not each.isdigit() or len(each) >= _LONG_NUMBER}
        within.setdefault(passage.document, set()).update(numbers_alone)
        if len(said) <= _SHORT:
            names |= numbers_alone
    return Guard(frozenset(rows), frozenset(names), {document: frozenset(each) for document, each in within.items() if each})


def rows_of(texts: Iterable[str]) -> Guard:
    """Against these very texts, however they are broken and cased."""
    return Guard(frozenset(tuple(each.said for each in _words(text)) for text in texts) - {()})


def _is_name(word: _Word) -> bool:
    return len(word.said) > 1 and (word.begins_large or any(each.isdigit() for each in word.said))


def _words(text: str) -> Iterator[_Word]:
    """The words of a text as they are compared: small letters, no accents, no apostrophes and no "'s" at the end."""
    for each in _WORD.finditer(text):
        yield _Word(_compared(each.group()), each.start(), each.end(), each.group()[0].isupper())


def _compared(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word.lower()
    return folded(word.replace("\u2019", "'").replace("\u02bc", "'")).removesuffix("'s").replace("'", "")


def _joined(rows: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Rows that overlap or follow each other as one."""
    first = last = -1
    for start, end in rows:
        if start > last and first >= 0:
            yield first, last
            first = -1
        first, last = (start, end) if first < 0 else (first, max(last, end))
    if first >= 0:
        yield first, last
