"""The provision map of a school as a document gets it: plain values only, dates as ISO text, money in pence."""

from typing import TypedDict

PlainCharge = tuple[str, int, int]
"""Pence, exact; for how many places, and by how many it is shared."""

PlainShare = tuple[str, int, str]
"""Minutes, by how many they are shared, pence an hour; the first and last exact, as ``Fraction`` writes them."""


class MapLineContent(TypedDict):
    """One row of the map. Rows with ``shares`` cost something by themselves; the others are sums of what is under them."""

    depth: int
    kind: str
    title: str
    about: str
    """Who gives it and how often, or the pupil's year and class."""
    area: str | None
    sessions: int
    held: int
    planned_minutes: int
    minutes: int
    planned_pence: int
    spent_pence: int
    planned: list[PlainShare]
    spent: list[PlainShare]
    charges: list[PlainCharge]
    """Materials, preparation and training; they are in the cost, and so below."""
    charged: list[PlainCharge]
    added_pence: int
    """What of the planned cost they are, rounded for reading."""
    is_leaf: bool
    effect: str
    formula: str


class SchoolMapContent(TypedDict):
    """A school's map of some days, as it was filtered. Without ``shows_cost`` no cost stands in it."""

    school: str
    title: str
    period: str
    filters: str
    made_on: str
    made_by: str
    shows_cost: bool
    lines: list[MapLineContent]
    total: MapLineContent
    pupils: int
    places: int
    demo: bool
