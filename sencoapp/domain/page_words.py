"""The words of a page with their places, and what a person picks out of them: by a drag, or word by word with the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass

from sencoapp.domain.report_marks import Box

_HYPHENS = "-\u2010\u2011\u00ad"


@dataclass(frozen=True)
class PageWord:
    """One word and its place. ``line`` counts the lines of the page in reading order."""

    text: str
    box: Box
    line: int


@dataclass(frozen=True)
class Picked:
    """The words from one to another, both included, in reading order. ``anchor`` is where the picking began."""

    anchor: int
    end: int

    @property
    def first(self) -> int:
        return min(self.anchor, self.end)

    @property
    def last(self) -> int:
        return max(self.anchor, self.end)

    def of(self, words: Sequence[PageWord]) -> Sequence[PageWord]:
        return words[self.first : self.last + 1]


def quote_of(words: Sequence[PageWord]) -> str:
    """The words as they are read: a word that was broken at the end of a line is whole again."""
    text = ""
    for before, each in zip((None, *words), words, strict=False):
        if before is None:
            text = each.text
        elif before.line != each.line and text[-1:] in _HYPHENS and len(text) > 1 and text[-2].isalpha() and each.text[:1].islower():
            text = text[:-1] + each.text
        else:
            text += f" {each.text}"
    return text


def places_of(words: Sequence[PageWord]) -> tuple[Box, ...]:
    """One rectangle a line, around the words that are in it."""
    lines: dict[int, list[Box]] = {}
    for each in words:
        lines.setdefault(each.line, []).append(each.box)
    return tuple(_around(boxes) for _, boxes in sorted(lines.items()))


def word_at(words: Sequence[PageWord], across: float, down: float) -> int | None:
    """The word at a place of the page, or the nearest to it: on the nearest line first. None on a page without words."""
    if not words:
        return None

    def apart(number: int) -> tuple[float, float]:
        box = words[number].box
        return max(box.top - down, down - box.bottom, 0.0), max(box.left - across, across - box.right, 0.0)

    return min(range(len(words)), key=apart)


def moved(words: Sequence[PageWord], at: int, step: str) -> int:
    """Where one comes to from a word: ``left``, ``right``, ``up``, ``down``, ``line_start`` or ``line_end``."""
    if not words:
        return 0
    at = min(max(at, 0), len(words) - 1)
    if step in ("left", "right"):
        return min(max(at + (1 if step == "right" else -1), 0), len(words) - 1)
    line = words[at].line
    same = [number for number, each in enumerate(words) if each.line == line]
    if step in ("line_start", "line_end"):
        return same[0] if step == "line_start" else same[-1]
    beyond = sorted({each.line for each in words if (each.line > line) is (step == "down") and each.line != line}, reverse=step == "up")
    if not beyond:
        return at
    middle = (words[at].box.left + words[at].box.right) / 2
    there = [number for number, each in enumerate(words) if each.line == beyond[0]]
    return min(there, key=lambda number: abs((words[number].box.left + words[number].box.right) / 2 - middle))


def _around(boxes: Sequence[Box]) -> Box:
    return Box(
        min(each.left for each in boxes),
        min(each.top for each in boxes),
        max(each.right for each in boxes),
        max(each.bottom for each in boxes),
    )
