"""How a person turned pages of a document, where its words do not tell which way is up: kept with the document, page by page."""

from collections.abc import Iterable, Mapping

QUARTERS = (0, 90, 180, 270)


def turns_from(kept: Iterable[str]) -> dict[int, int]:
    """Degrees, clockwise, by page (from 1), of what is kept as "3:90". What this version cannot read is left aside."""
    found = {}
    for each in kept:
        page, _, degrees = each.partition(":")
        if page.isdecimal() and degrees.isdecimal() and int(page) > 0 and int(degrees) in QUARTERS:
            found[int(page)] = int(degrees)
    return found


def as_kept(turns: Mapping[int, int]) -> tuple[str, ...]:
    """The same as it is kept, in the order of the pages."""
    return tuple(f"{page}:{degrees}" for page, degrees in sorted(turns.items()))
