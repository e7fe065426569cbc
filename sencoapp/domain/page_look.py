"""Whether the pages of a document can be read: what was measured on each, and what that says.

A page that is a picture without a text layer cannot be searched or read aloud; one that is coarse or pale is hard to read on paper
too (Practice Direction No. 1 of 2025: legible, with a text layer where possible). It advises and blocks nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sencoapp.domain.grouping import spans

Trouble = Literal["no_text", "coarse", "pale", "blank"]
TROUBLES: tuple[Trouble, ...] = ("pale", "coarse", "no_text", "blank")
"""The worst first, but for a blank page, which is only told."""


@dataclass(frozen=True)
class PageLook:
    """What was measured on one page. ``dots`` an inch of its largest picture, and ``contrast`` in steps of 255, only on a scan."""

    letters: int
    picture: float = 0.0
    """The share of the page that pictures cover."""
    dots: int | None = None
    contrast: int | None = None


@dataclass(frozen=True)
class FileLook:
    """What was measured on a file. ``text_sha256`` is of its words without spaces and signs, None where there are too few."""

    pages: tuple[PageLook, ...]
    text_sha256: str | None = None
    photo: bool = False
    """A photo has no text layer and needs none."""
    damaged: bool = False
    """It cannot be opened at all."""


def troubles(look: FileLook, rules: Mapping[str, Any]) -> dict[Trouble, tuple[int, ...]]:
    """What is hard to read, with the numbers of the pages (from 1). One page is named once, for the worst of it."""
    found: dict[Trouble, list[int]] = {}
    for number, page in enumerate(look.pages, 1):
        trouble = _trouble(page, rules, photo=look.photo)
        if trouble:
            found.setdefault(trouble, []).append(number)
    return {each: tuple(found[each]) for each in TROUBLES if each in found}


def _trouble(page: PageLook, rules: Mapping[str, Any], *, photo: bool) -> Trouble | None:
    if page.letters >= rules["letters_of_text"]:
        return None
    if page.contrast is not None and page.contrast == 0:
        return "blank"
    if page.picture < rules["share_of_picture"]:
        return None
    if page.contrast is not None and page.contrast < rules["least_contrast"]:
        return "pale"
    if page.dots is not None and page.dots < rules["least_dots_per_inch"]:
        return "coarse"
    return None if photo else "no_text"


def in_ranges(numbers: Sequence[int]) -> str:
    """ "2 to 4, 7" for 2, 3, 4, 7."""
    return ", ".join(str(first) if first == last else f"{first} to {last}" for first, last in spans(numbers))
