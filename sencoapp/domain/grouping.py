"""Things put together: by the pupil or the provision that they belong to, and rising numbers as spans."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar


class OfPupil(Protocol):
    @property
    def pupil(self) -> str: ...


class OfProvision(Protocol):
    @property
    def provision(self) -> str: ...


P = TypeVar("P", bound=OfPupil)
R = TypeVar("R", bound=OfProvision)


def by_pupil(things: Iterable[P]) -> dict[str, list[P]]:
    """Each pupil's own, in their order."""
    found: dict[str, list[P]] = {}
    for each in things:
        found.setdefault(each.pupil, []).append(each)
    return found


def by_provision(things: Iterable[R]) -> dict[str, list[R]]:
    """Each provision's own, in their order."""
    found: dict[str, list[R]] = {}
    for each in things:
        found.setdefault(each.provision, []).append(each)
    return found


def spans(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of rising numbers without a gap: (2, 4) and (7, 7) for 2, 3, 4, 7."""
    found: list[tuple[int, int]] = []
    for each in numbers:
        if found and found[-1][1] == each - 1:
            found[-1] = (found[-1][0], each)
        else:
            found.append((each, each))
    return found
