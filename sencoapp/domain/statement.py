"""The statement of a request: why an assessment may be necessary, in the order of the SEND Code of Practice 2015, 9.14.

A draft comes from the record, each sentence with the thing that it rests on. A person takes it over, and from then on it is theirs:
what the record says since stands beside it and never takes its place. Nothing in 9.14 is a condition of the law (s36(8)).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypedDict

Heading = Literal["progress", "needs", "action", "extra", "health"]
HEADINGS: tuple[Heading, ...] = ("progress", "needs", "action", "extra", "health")
"""What a council has regard to: attainment and rate of progress; nature, extent and context of the needs; action already taken;
progress that came only from much additional intervention; physical, emotional and social development and health."""


@dataclass(frozen=True)
class StatementSentence:
    """One sentence of a statement that somebody owns."""

    id: str
    pupil: str
    request: str
    heading: Heading
    place: int
    """Its place under the heading, from 1."""
    text: str
    written_by: str
    """The id of the member of staff who took it over, wrote it or changed it last."""
    written_on: date
    rests_on: str | None = None
    """What it came from, such as ``outcome:<id>`` (``Drafted.key``); None for a person's own sentence."""
    drafted: str | None = None
    """The record's words when they were taken over, or when the person last chose between them and their own."""
    left_out: bool = False


@dataclass(frozen=True)
class Source:
    """What a sentence rests on: its name in print, and the place on the pupil's page where it stands."""

    words: str
    tab: str
    document: str | None = None
    """The document that it is quoted from, so that print can name its letter."""
    page: int | None = None


@dataclass(frozen=True)
class Drafted:
    """One sentence that the record would say today."""

    key: str
    heading: Heading
    text: str
    source: Source


SentenceState = Literal["as_drafted", "own_words", "record_changed", "source_gone", "own"]
"""As the record says it; changed by a person; the record says something else since; the thing is not there any more; a sentence of
a person's own, which rests on nothing in the record."""


@dataclass(frozen=True)
class SentenceShown:
    """One kept sentence beside what the record says today."""

    sentence: StatementSentence
    drafted: Drafted | None
    state: SentenceState


@dataclass(frozen=True)
class HeadingShown:
    """One heading: what is kept in its order, what was left out, and what is new in the record since."""

    heading: Heading
    kept: tuple[SentenceShown, ...]
    left_out: tuple[SentenceShown, ...]
    new: tuple[Drafted, ...]


def shown(drafted: Sequence[Drafted], kept: Sequence[StatementSentence]) -> tuple[HeadingShown, ...]:
    """The statement as it stands: a person's words in their place, and what the record has to say beside them."""
    by_key: Mapping[str, Drafted] = {each.key: each for each in drafted}
    known = {each.rests_on for each in kept if each.rests_on}
    found = []
    for heading in HEADINGS:
        mine = sorted((each for each in kept if each.heading == heading), key=lambda each: (each.place, each.id))
        stand = [SentenceShown(each, by_key.get(each.rests_on or ""), _state(each, by_key)) for each in mine]
        found.append(
            HeadingShown(
                heading,
                tuple(each for each in stand if not each.sentence.left_out),
                tuple(each for each in stand if each.sentence.left_out),
                tuple(each for each in drafted if each.heading == heading and each.key not in known),
            )
        )
    return tuple(found)


def _state(sentence: StatementSentence, by_key: Mapping[str, Drafted]) -> SentenceState:
    if sentence.rests_on is None:
        return "own"
    drafted = by_key.get(sentence.rests_on)
    if drafted is None:
        return "source_gone"
    if drafted.text != sentence.drafted:
        return "record_changed"
    return "as_drafted" if sentence.text == drafted.text else "own_words"


class StatementLine(TypedDict):
    """One sentence of a statement and what it rests on. ``evidence`` is the place, from 0, of the document in the pack's evidence."""

    text: str
    source: str
    evidence: int | None
    page: int | None


class StatementPart(TypedDict):
    """One heading of the SEND Code of Practice 2015, 9.14, with its sentences."""

    heading: str
    lines: list[StatementLine]


class StatementContent(TypedDict):
    """The statement of a request, and who owns it."""

    parts: list[StatementPart]
    owner: str
