"""The individual costed map of one pupil and school year, as the screen and the paper show it: frozen, in whole pence."""

from typing import TypedDict


class CostedRow(TypedDict):
    """One provision with its dose, its costs, and the sum behind each."""

    provision: str
    title: str
    aim: str
    area: str
    wave: str
    given_by: str
    dose: str
    """ "3 × 30 min a week, 12 weeks"."""
    group: int
    first: str
    """ISO dates of the pupil's first and last planned day in the year; empty where nothing is planned."""
    last: str
    planned_minutes: int
    delivered_minutes: int
    planned_pence: int
    to_date_pence: int
    council_pence: int | None
    added_pence: int
    """What of the planned cost is for materials, preparation and training."""
    formula: str
    council_formula: str
    core: bool
    """Whether element 1 pays for it."""
    notes: list[str]


class CostedMap(TypedDict):
    """A pupil's provision of a year. Totals are the sums of what the rows show, so that they add up on paper."""

    school: str
    name: str
    about: str
    year: int
    year_name: str
    made_on: str
    made_by: str
    rows: list[CostedRow]
    planned_minutes: int
    delivered_minutes: int
    planned_pence: int
    to_date_pence: int
    council_pence: int | None
    """None where the council has no rate for one of the rows."""
    added_pence: int
    core_pence: int
    additional_pence: int
    element_2_pence: int
    guide_pence: int
    shortfall_pence: int
    own_method: str
    council_method: str
    council_source: str
    warnings: list[str]
    """Where the map does not match the timetable or the support plan."""
    checked: bool
    """Whether anything runs today that could be compared with them."""
    demo: bool
