"""A copy of one pupil's record: what is asked about before it goes out, what is blacked out, by when it is due (domain.md 7).

An item is named ``kind/id/field``; ``kind/id`` is the whole thing, ``kind/id/file`` the file that belongs to it, ``*`` every
place where some words stand.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import add_months
from sencoapp.domain.leaving import Decision
from sencoapp.domain.plain import texts_in
from sencoapp.domain.words import folded
from sencoapp.domain.working_days import first_working_day_from

Why = Literal["other_pupil", "contact", "contact_details", "hidden_address", "in_confidence", "confidential", "safeguarding"]

FILE = "file"
EVERYWHERE = "*"
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/-])(?:\+44|0)[\d ]{9,12}\d(?!\w)")
_LEAST_LETTERS = 2


@dataclass(frozen=True)
class Thing:
    """One thing of the record in plain values, with the values that its fields had before."""

    kind: str
    id: str
    values: Mapping[str, Any]
    removed: bool = False
    earlier: tuple["Earlier", ...] = ()
    file: str | None = None
    """The name of the file that belongs to it."""

    @property
    def key(self) -> str:
        return f"{self.kind}/{self.id}"


@dataclass(frozen=True)
class Earlier:
    """A value that was replaced later."""

    field: str
    value: Any
    at: str
    by: str


@dataclass(frozen=True)
class Question:
    """Something that a person decides before the copy goes out, and what made the program ask."""

    item: str
    why: Why
    words: tuple[str, ...] = ()
    around: str = ""
    """The text in which it was found."""


@dataclass(frozen=True)
class Others:
    """Whose names are looked for in the pupil's record."""

    pupils: frozenset[str]
    """Names of other pupils, folded, word by word."""
    contacts: frozenset[str]
    own: frozenset[str]
    """Words that are never asked about: the pupil's own names, and those of staff."""
    hidden: tuple[str, ...]
    """Addresses and postcodes that are kept from other contacts."""
    safeguarding: tuple[str, ...]
    school: frozenset[str] = frozenset()
    """The school's own name, telephone and e-mail, ``run_together``: nobody's secrets."""


def run_together(text: str) -> str:
    """A text to be compared however it was spaced."""
    return folded(text).replace(" ", "")


def questions(things: Sequence[Thing], others: Others) -> list[Question]:
    """Everything that a person is asked about, in the order of the things."""
    found: list[Question] = []
    for thing in things:
        if thing.values.get("confidential") or thing.values.get("readers"):
            found.append(Question(thing.key, "confidential"))
            continue
        organisation = str(thing.values.get("organisation") or "")
        if thing.file and organisation and run_together(organisation) not in others.school:
            found.append(Question(f"{thing.key}/{FILE}", "in_confidence", around=organisation))
        for field, value in thing.values.items():
            earlier = [each.value for each in thing.earlier if each.field == field]
            found += _about(thing, field, [*texts_in(value), *texts_in(earlier)], others)
    return found


def _about(thing: Thing, field: str, texts: Sequence[str], others: Others) -> list[Question]:
    item = f"{thing.key}/{field}"
    whole = _of_contact(thing, field, others)
    if whole is not None:
        return [Question(item, whole, around=" ".join(texts))] if texts else []
    found: dict[Why, dict[str, None]] = {}
    for text in texts:
        for why, words in _in_text(text, thing.kind, others):
            found.setdefault(why, {}).update(dict.fromkeys(words))
    return [Question(item, why, tuple(words), "\n".join(texts)) for why, words in found.items() if words]


def _of_contact(thing: Thing, field: str, others: Others) -> Why | None:
    """Details of another person that are a field of their own."""
    if thing.kind == "contact" and field in ("phone", "email", "address", "postcode", "order_restriction"):
        hidden = field in ("address", "postcode") and str(thing.values[field]) in others.hidden
        return "hidden_address" if hidden else "contact_details"
    if thing.kind == "pupil" and field in ("address", "postcode") and str(thing.values[field]) in others.hidden:
        return "hidden_address"
    return None


def _in_text(text: str, kind: str, others: Others) -> Iterable[tuple[Why, list[str]]]:
    if kind not in ("contact", "pupil"):
        # Who is both, by a name alone, is asked about once: as the contact that the record knows of.
        yield "other_pupil", _names(text, others.pupils, others.own | others.contacts)
        yield "contact", _names(text, others.contacts, others.own)
        details = [each.group().strip() for pattern in (_MAIL, _PHONE) for each in pattern.finditer(text)]
        yield "contact_details", [each for each in details if run_together(each) not in others.school]
    yield "hidden_address", [each for each in others.hidden if each and folded(each) in folded(text)]
    yield "safeguarding", [each for each in others.safeguarding if _standing_alone(each).search(text)]


def _names(text: str, names: frozenset[str], own: frozenset[str]) -> list[str]:
    """Names in a text that begin with a capital; words of one name beside each other are one."""
    found: list[str] = []
    last = -1
    for match in _WORD.finditer(text):
        word = re.sub(r"['’]s$", "", match.group())
        plain = folded(word)
        if not word[:1].isupper() or len(word) < _LEAST_LETTERS or plain not in names or plain in own:
            continue
        if found and last >= 0 and text[last : match.start()] == " ":
            found[-1] = f"{found[-1]} {word}"
        else:
            found.append(word)
        last = match.start() + len(word)
    return list(dict.fromkeys(found))


def _standing_alone(words: str) -> re.Pattern[str]:
    """Capitals alone ("DSL") are meant as capitals; all else in any case."""
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", 0 if words.isupper() else re.IGNORECASE)


def undecided(asked: Iterable[Question], decisions: Iterable[Decision]) -> list[Question]:
    """Questions to which no decision belongs. One for a whole thing answers everything about it, one for words everywhere these."""
    made = {each.item for each in decisions}
    everywhere = {folded(word) for each in decisions if each.item == EVERYWHERE for word in each.words}
    return [
        each
        for each in asked
        if each.item not in made
        and "/".join(each.item.split("/")[:2]) not in made
        and not (each.words and {folded(word) for word in each.words} <= everywhere)
    ]


def redacted(thing: Thing, decisions: Sequence[Decision], mark: str) -> Thing | None:
    """The thing as it goes out, or None where it is left out. Nothing of what is blacked out is in it, earlier values included."""
    whole = [each for each in decisions if each.item == thing.key]
    if any(each.action == "leave_out" for each in whole):
        return None
    values, earlier = dict(thing.values), list(thing.earlier)
    for decision in decisions:
        above, _, field = decision.item.rpartition("/")
        every = decision in whole or (decision.item == EVERYWHERE and bool(decision.words))
        if decision.action == "keep" or not (every or above == thing.key):
            continue
        if decision.action == "leave_out":
            values.pop(field, None)
            earlier = [each for each in earlier if each.field != field]
            continue
        for name in values if every else {field} & values.keys():
            if name not in ("id", "pupil"):
                values[name] = black_out(values[name], decision.words, mark)
        earlier = [
            replace(each, value=black_out(each.value, decision.words, mark)) if every or each.field == field else each for each in earlier
        ]
    gone = any(each.item == f"{thing.key}/{FILE}" and each.action != "keep" for each in decisions)
    gone = gone or any(each.action == "black_out" and not each.words for each in whole)
    return Thing(thing.kind, thing.id, values, thing.removed, tuple(earlier), None if gone else thing.file)


def black_out(value: Any, words: Sequence[str], mark: str) -> Any:
    """The value without these words, or nothing but the mark where none are named."""
    if not words:
        return mark if value not in (None, "", []) else value
    if isinstance(value, str):
        pattern = "|".join(rf"(?<!\w){re.escape(each)}(?!\w)" for each in sorted(words, key=len, reverse=True))
        return re.sub(pattern, mark, value, flags=re.IGNORECASE)
    if isinstance(value, Mapping):
        return {name: black_out(each, words, mark) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [black_out(each, words, mark) for each in value]
    return value


@dataclass(frozen=True)
class AnswerBy:
    """By when a copy or a record must be there; ``due`` is None where the school's terms are not known so far ahead."""

    due: date | None
    label: str
    citation: str


def answer_by(ground: Mapping[str, Any], on: date, days: SchoolDays, holidays: Mapping[str, Any], *, extended: bool = False) -> AnswerBy:
    """The last day. Months end on the corresponding day, or the next working day after it; the day itself is not counted."""
    if "months" in ground:
        months = ground["months"] + (ground["extension_months"] if extended else 0)
        return AnswerBy(first_working_day_from(add_months(on, months), holidays), ground["label"], ground["citation"])
    due: date | None = on
    for _ in range(ground["school_days"]):
        due = days.next_school_day(due) if due else None
    return AnswerBy(due, ground["label"], ground["citation"])
