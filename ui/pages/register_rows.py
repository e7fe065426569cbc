"""One pupil as the register shows them: a row of cells."""

from datetime import date
from functools import cache

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.services.ports import RegisterRow
from sencoapp.services.today import place_words
from ui.dates import nearby
from ui.widgets import Cell, TableRow, area_words, status_words
from ui.widgets.painting import ChipStyle


def register_row(found: RegisterRow, today: date | None, warned: date, *, observed: bool, planned: bool) -> TableRow:
    """``warned`` is the last day such that a plan begun then is warned of; ``observed`` and ``planned`` say which columns there are."""
    cells = [
        Cell(found.name, bold=True),
        Cell(place_words(found.year, found.reg_group)),
        _status_cell(found.status),
        _area_cell(found.area),
    ]
    if observed:
        last = found.last_observation_on
        cells.append(Cell(nearby(last, today)) if last and today else _none_yet())
    if planned:
        review = found.next_review_on
        late = bool(review and today and review < today)
        long_ago = found.plan_began_on is not None and found.plan_began_on <= warned
        mark, tone = "clock" if late or long_ago else "", "danger" if late else "warning" if long_ago else "text"
        cells.append(Cell(full_date(review), icon=mark, tone=tone) if review else _none_yet())
    return TableRow(found.id, tuple(cells))


# Hundreds of rows are made at each key, and most of their cells are alike.


@cache
def _status_cell(status: ChipStyle) -> Cell:
    return Cell(chip=(status, status_words(status)))


@cache
def _area_cell(area: ChipStyle | None) -> Cell:
    return Cell(chip=(area, area_words(area, short=True))) if area else Cell()


@cache
def _none_yet() -> Cell:
    return Cell(reference.say("register.none_yet"), tone="muted")
