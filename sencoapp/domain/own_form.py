"""A council's own form, the Word or PDF file that it sends out: where something is written in it, and what of the record goes there."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sencoapp.domain.words import folded

PlaceKind = Literal["text", "tick", "choice", "rows", "signature"]

UNDECIDED, BY_HAND, LEFT_EMPTY = "", "hand", "empty"
"""What a mapping says of a place where nothing of the record goes."""


@dataclass(frozen=True)
class FormPlace:
    """One place of the form where something can be written, in the form's own words.

    ``options`` are the choices of a ``choice``, and the headings of the columns of ``rows``. ``label`` stands beside the place,
    ``section`` is the heading above it.
    """

    key: str
    kind: PlaceKind
    label: str
    section: str = ""
    options: tuple[str, ...] = ()
    most_characters: int | None = None
    """How much the form itself takes, where it says so."""


@dataclass(frozen=True)
class Mapped:
    """What goes into one place: ``hand``, ``empty``, or a source such as ``question:what_works``, ``fact:pupil.upn``,
    ``tick:area.ci``, ``rows:provision``; for rows with a source for each column, empty where nothing goes.
    """

    place: str
    source: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class OwnForm:
    """The council's file as it was taken in, kept sealed, and how it is filled. ``form`` is the form of ours whose requests fill it."""

    id: str
    council: str
    form: str
    title: str
    filename: str
    media_type: str
    size: int
    sha256: str
    blob: str
    added_at: datetime
    places: tuple[FormPlace, ...] = ()
    mapping: tuple[Mapped, ...] = ()
    follows: str | None = None
    """The earlier version of the same form, whose mapping was offered for this one."""


Value = str | bool | tuple[tuple[str, ...], ...]
"""What is written into a place: words, a tick, or rows of cells."""


@dataclass(frozen=True)
class RecordWords:
    """What the record can put into a form, by the name of the source."""

    facts: Mapping[str, str]
    questions: Mapping[str, str]
    ticks: frozenset[str]
    """The names of what is true."""
    rows: Mapping[str, Sequence[Mapping[str, str]]]


Outcome = Literal["filled", "by_hand", "left_empty", "undecided", "nothing_there", "not_offered"]
"""``nothing_there``: the record has no words for it. ``not_offered``: the form has no such choice."""


@dataclass(frozen=True)
class Filling:
    """What becomes of one place."""

    place: FormPlace
    source: str
    outcome: Outcome
    value: Value = ""

    @property
    def words(self) -> str:
        """What is written, as one text; empty for a tick."""
        if isinstance(self.value, bool):
            return ""
        return self.value if isinstance(self.value, str) else "\n".join(" | ".join(each) for each in self.value)


def fillings(places: Sequence[FormPlace], mapping: Sequence[Mapped], words: RecordWords) -> tuple[Filling, ...]:
    """What goes into each place of a form, in the form's order."""
    said = {each.place: each for each in mapping}
    return tuple(_filling(place, said.get(place.key, Mapped(place.key, UNDECIDED)), words) for place in places)


def _filling(place: FormPlace, mapped: Mapped, words: RecordWords) -> Filling:
    source = mapped.source
    if source in (UNDECIDED, BY_HAND, LEFT_EMPTY):
        outcomes: dict[str, Outcome] = {UNDECIDED: "undecided", BY_HAND: "by_hand", LEFT_EMPTY: "left_empty"}
        return Filling(place, source, outcomes[source])
    kind, _, name = source.partition(":")
    value: Value
    if kind == "tick":
        value = name == "always" or name in words.ticks
    elif kind == "rows":
        value = tuple(tuple(row.get(column, "") if column else "" for column in mapped.columns) for row in words.rows.get(name, ()))
    else:
        value = (words.questions if kind == "question" else words.facts).get(name, "").strip()
    if not value:
        return Filling(place, source, "nothing_there")
    if place.kind == "choice" and isinstance(value, str):
        chosen = option_for(value, place.options)
        return Filling(place, source, "filled", chosen) if chosen else Filling(place, source, "not_offered", value)
    return Filling(place, source, "filled", value)


def option_for(value: str, options: Sequence[str]) -> str:
    """The choice of a form that says what ``value`` says; empty where none does.

    The same words, or one that begins with the other: "F" and "Female", "Year 4" and "4".
    """
    wanted = letters_of(value)
    known = {letters_of(each): each for each in reversed(options) if letters_of(each)}
    if wanted in known:
        return known[wanted]
    if not wanted:
        return ""
    alike = [each for words, each in known.items() if words.startswith(wanted) or wanted.startswith(words) or wanted in words.split()]
    return alike[0] if len(alike) == 1 else ""


@dataclass(frozen=True)
class CarriedOver:
    """The mapping of an earlier version for a newer one, with the places that are new and those that are gone."""

    mapping: tuple[Mapped, ...]
    new: tuple[FormPlace, ...]
    gone: tuple[FormPlace, ...]


def carried_over(old: OwnForm, places: Sequence[FormPlace]) -> CarriedOver:
    """A place is the same where its kind, its words and the heading above it are; or, where the heading changed, its words alone."""
    said = {each.place: each for each in old.mapping}
    left: dict[str, FormPlace] = {each.key: each for each in old.places}
    found: dict[str, FormPlace] = {}
    for with_heading in (True, False):
        waiting: dict[tuple[str, ...], list[FormPlace]] = defaultdict(list)
        for each in left.values():
            waiting[_sameness(each, with_heading=with_heading)].append(each)
        for place in places:
            alike = waiting.get(_sameness(place, with_heading=with_heading))
            if place.key not in found and alike:
                found[place.key] = alike.pop(0)
                del left[found[place.key].key]
    mapping = []
    for place in places:
        before = found.get(place.key)
        if before is not None and before.key in said:
            mapped = said[before.key]
            columns = dict(zip(map(letters_of, before.options), mapped.columns, strict=False))
            kept = tuple(columns.get(letters_of(each), "") for each in place.options) if mapped.columns else ()
            mapping.append(Mapped(place.key, mapped.source, kept))
    new = tuple(each for each in places if each.key not in found)
    return CarriedOver(tuple(mapping), new, tuple(left.values()))


def likeness(old: Sequence[FormPlace], new: Sequence[FormPlace]) -> float:
    """How much of the larger of two forms stands in the other, from 0 to 1, by the words of their places."""
    first, second = ({_sameness(each, with_heading=False) for each in places} for places in (old, new))
    return len(first & second) / max(len(first), len(second), 1)


def _sameness(place: FormPlace, *, with_heading: bool) -> tuple[str, ...]:
    return (place.kind, letters_of(place.label), letters_of(place.section) if with_heading else "")


def letters_of(words: str) -> str:
    """The letters and figures of some words, folded, with single spaces."""
    return " ".join("".join(each if each.isalnum() else " " for each in folded(words)).split())
