"""What of the record is likely to go into a place of a council's own form, by the words that stand beside it.

The words to know each source by are data (``resources/councils/own_form_sources.json``). A person decides; nothing here is filled
that nobody has looked at.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sencoapp.domain.own_form import BY_HAND, LEFT_EMPTY, UNDECIDED, FormPlace, Mapped, letters_of

_LIKELY = 0.6
_LIKELY_COLUMNS = 0.5
_SAME = 1.0
_SAME_ROOM = 0.95
_DATE_WORDS = frozenset({"date", "date signed"})


@dataclass(frozen=True)
class _Known:
    source: str
    about: str
    phrases: tuple[str, ...]


class Suggestions:
    """``catalogue`` is the file of sources; ``questions`` are those of the bank, label by id."""

    def __init__(self, catalogue: Mapping[str, Any], questions: Mapping[str, str]) -> None:
        self._small = frozenset(catalogue["small_words"])
        self._abouts: Mapping[str, Sequence[str]] = catalogue["abouts"]
        self._by_hand, self._empty = catalogue["by_hand"], catalogue["left_empty"]
        self._rows, self._ticks = catalogue["rows"], catalogue["ticks"]
        self._facts = [
            _Known(f"fact:{each['id']}", each["about"], _phrases([each["label"], *each["words"]])) for each in catalogue["facts"]
        ]
        also = {each["id"]: each["words"] for each in catalogue["questions"]}
        self._questions = [_Known(f"question:{id}", "pupil", _phrases([label, *also.get(id, ())])) for id, label in questions.items()]
        self._about_words = frozenset(word for phrases in self._abouts.values() for each in phrases for word in each.split())

    def of(self, places: Sequence[FormPlace]) -> tuple[Mapped, ...]:
        """One for each place; ``UNDECIDED`` where nothing is likely."""
        found: list[Mapped] = []
        for place in places:
            before = found[-1].source if found else UNDECIDED
            found.append(self._one(place, before))
        return tuple(found)

    def _one(self, place: FormPlace, before: str) -> Mapped:
        label = letters_of(place.label)
        if place.kind == "signature" or _holds_any(label, self._by_hand) or (before == BY_HAND and label in _DATE_WORDS):
            return Mapped(place.key, BY_HAND)
        if _holds_any(f"{label} {letters_of(place.section)}", self._empty):
            return Mapped(place.key, LEFT_EMPTY)
        if place.kind == "rows":
            return self._rows_for(place)
        if place.kind == "tick":
            return Mapped(place.key, self._tick_for(place))
        scored = [*self._facts_for(place), *self._questions_for(place)]
        best = max(scored, key=lambda each: each[0], default=(0.0, UNDECIDED))
        return Mapped(place.key, best[1] if best[0] >= _LIKELY else UNDECIDED)

    # ---- words ------------------------------------------------------------------------------------------------------
    def _facts_for(self, place: FormPlace) -> Iterator[tuple[float, str]]:
        label, about = letters_of(place.label), self._about(place)
        bare = self._without_about(label)
        for each in self._facts:
            likeness = max((_likeness(label, phrase) for phrase in each.phrases), default=0.0)
            if each.about == about:
                likeness = max(likeness, *(_SAME_ROOM * _likeness(bare, phrase) for phrase in each.phrases))
            elif each.about not in ("cost", "council") or about != "pupil":
                likeness *= 0.5  # the same word about somebody else
            yield likeness, each.source

    def _questions_for(self, place: FormPlace) -> Iterator[tuple[float, str]]:
        label = letters_of(place.label)
        words = self._telling(label)
        for each in self._questions:
            for phrase in each.phrases:
                theirs = self._telling(phrase)
                alike = len(words & theirs) / len(words | theirs) if words and theirs else 0.0
                yield (_SAME if label == phrase else 0.9 * alike), each.source

    def _telling(self, words: str) -> set[str]:
        return {each for each in words.split() if each not in self._small}

    def _about(self, place: FormPlace) -> str:
        """Whom a place is about: what its own words say, else the heading above it, else the pupil."""
        for words in (letters_of(place.label), letters_of(place.section)):
            for about, phrases in self._abouts.items():
                if _holds_any(words, phrases):
                    return about
        return "pupil"

    def _without_about(self, label: str) -> str:
        return " ".join(each for each in label.split() if each not in self._about_words and each not in ("s", "of", "the", "1", "2"))

    # ---- boxes and rows ---------------------------------------------------------------------------------------------
    def _tick_for(self, place: FormPlace) -> str:
        question, option = _question_and_option(place.label)
        own, around = letters_of(option), letters_of(f"{place.section} {question}")
        for each in self._ticks:
            asked = _holds_any(around, each["question"]) or (each["alone"] and _holds_any(letters_of(place.label), each["option"]))
            if asked and (own in each["option"] or (each["alone"] and _holds_any(own, each["option"]))):
                return f"tick:{each['id']}"
        return UNDECIDED

    def _rows_for(self, place: FormPlace) -> Mapped:
        label = letters_of(f"{place.label} {place.section}")
        best: tuple[float, Mapped] = (0.0, Mapped(place.key, UNDECIDED, ("",) * len(place.options)))
        for each in self._rows:
            columns = columns_for(place.options, each["columns"])
            known = sum(bool(column) for column in columns) / max(1, len(columns))
            score = known + (0.3 if _holds_any(label, each["words"]) else 0.0)
            if known >= _LIKELY_COLUMNS and score > best[0]:
                best = (score, Mapped(place.key, f"rows:{each['id']}", columns))
        return best[1]


def _question_and_option(label: str) -> tuple[str, str]:
    """ "Sex: Male" and "Are they aware? Yes": what is asked, and what the box stands for."""
    at = max(label.rfind(": "), label.rfind("? "))
    return (label[:at], label[at + 2 :]) if at >= 0 else ("", label)


def columns_for(headings: Sequence[str], columns: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Which column of the record each heading of a table is likely to be; each column once, the surest first."""
    scored = sorted(
        (
            (max(_likeness(letters_of(heading), phrase) for phrase in _phrases([column["label"], *column["words"]])), -number, column["id"])
            for number, heading in enumerate(headings)
            for column in columns
        ),
        reverse=True,
    )
    found: dict[int, str] = {}
    for likeness, number, column in scored:
        if likeness >= _LIKELY and -number not in found and column not in found.values():
            found[-number] = column
    return tuple(found.get(number, "") for number in range(len(headings)))


def _phrases(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(letters_of, words)))


def _likeness(label: str, phrase: str) -> float:
    """1 for the same words; less where one holds all words of the other, by how much is left over."""
    if label == phrase:
        return _SAME
    own, theirs = set(label.split()), set(phrase.split())
    if not own or not theirs:
        return 0.0
    return 0.95 * len(own & theirs) / len(own | theirs) if own <= theirs or theirs <= own else 0.0


def _holds_any(words: str, phrases: Sequence[str]) -> bool:
    padded = f" {words} "
    return any(f" {each} " in padded for each in phrases)
