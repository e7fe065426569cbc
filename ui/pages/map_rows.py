"""The rows of the provision map: what the services worked out, as cells; and which rows are in sight while others are closed."""

from collections.abc import Collection, Iterable, Iterator

from sencoapp import reference
from sencoapp.domain.provision_map import Figures
from sencoapp.services.provision_map import MapLine, SchoolMap, pattern_words
from sencoapp.services.today import year_words
from ui.pages.provision_words import counted
from ui.widgets import Cell, Column, TableRow, area_words, money

TOTAL = "total"


def map_words(key: str, **details: object) -> str:
    """Words of the provision map."""
    return reference.say(f"map.{key}", **details)


def columns(*, costs: bool) -> tuple[Column, ...]:
    """The columns of the map; those with money only for a person who sees what provision costs."""
    made = [
        Column(map_words("column_name"), 0, order="title"),
        Column(map_words("column_need"), 84, keep=False),
        Column(map_words("column_who"), 110, keep=False),
        Column(map_words("column_sessions"), 110, right=True, keep=False, order="sessions"),
        Column(map_words("column_planned"), 98, right=True, keep=False),
        Column(map_words("column_minutes"), 92, right=True, order="minutes"),
        Column(reference.say("effect.column"), 128, keep=False),
    ]
    if costs:
        made += [
            Column(map_words("column_cost"), 104, right=True, keep=False, order="planned"),
            Column(map_words("column_spent"), 104, right=True, order="spent"),
        ]
    return tuple(made)


def rows_in_sight(found: SchoolMap, opened: Collection[str]) -> list[TableRow]:
    """The lines whose every line above is open, and the totals."""
    owners = {each.parent for each in found.lines}
    sight: set[str] = {""}
    rows = []
    for line in found.lines:
        if line.parent not in sight:
            continue
        is_open = line.key in opened
        if is_open:
            sight.add(line.key)
        rows.append(_row(line, is_open if line.key in owners else None, costs=found.shows_cost, by=found.by))
    if rows:
        words = Cell(map_words("total"), bold=True)
        rows.append(TableRow(TOTAL, (words, Cell(""), Cell(""), *_figures(found.total, costs=found.shows_cost, bold=True)), head=True))
    return rows


def first_open(found: SchoolMap) -> set[str]:
    """What is open at first: the bands, so that every provision is in sight."""
    return {each.key for each in found.lines if each.kind == "band"} if found.by != "pupil" else set()


def all_open(found: SchoolMap) -> set[str]:
    return {each.parent for each in found.lines if each.parent}


def above(found: SchoolMap, key: str) -> Iterator[str]:
    """The keys of the lines that a line stands under."""
    parents = {each.key: each.parent for each in found.lines}
    while key := parents.get(key, ""):
        yield key


def _row(line: MapLine, opens: bool | None, *, costs: bool, by: str) -> TableRow:
    need = Cell(chip=(line.area, area_words(line.area, short=True))) if line.area else Cell("")  # type: ignore[arg-type]
    who = Cell(line.provision.delivered_by, tone="muted") if line.kind == "provision" and line.provision is not None else Cell("")
    name = Cell(" · ".join(_name(line, by)), bold=line.kind in ("band", "provision"), tone="muted" if line.kind == "free" else "text")
    head = line.kind == "band" and by != "pupil"
    return TableRow(line.key, (name, need, who, *_figures(line.figures, costs=costs, line=line)), line.depth, opens, head)


def _name(line: MapLine, by: str) -> Iterable[str]:
    yield line.title
    if line.kind == "band" and line.pupils:
        yield counted("provision", line.groups) if by == "pupil" else counted("pupil", line.pupils)
    elif line.kind == "provision" and line.provision is not None:
        yield pattern_words(line.provision)
    elif line.kind == "provision":
        yield map_words("groups", count=line.groups)
    elif line.kind == "pupil" and line.place is not None and line.title == line.place.name:
        place = " ".join(filter(None, (year_words(line.place.year), line.place.reg_group)))
        if place:
            yield place


def _figures(found: Figures, *, costs: bool, line: MapLine | None = None, bold: bool = False) -> list[Cell]:
    bold = bold or (line is not None and line.kind == "band")
    if line is not None and line.kind == "free":
        cells = [Cell(""), Cell(""), Cell(""), Cell("")]
    else:
        sessions = map_words("sessions_cell", held=f"{found.held:,}", planned=f"{found.sessions:,}")
        bar = (float(found.minutes), float(found.due_minutes)) if line is not None and line.kind != "band" and found.due_minutes else None
        cells = [
            Cell(sessions, bold=bold),
            Cell(f"{found.planned_minutes:,}", bold=bold),
            Cell(f"{found.minutes:,}", bold=bold, bar=bar),
            Cell(line.effect if line else ""),
        ]
    if costs:
        icon = "triangle-alert" if line is not None and line.group and line.group.gaps and line.kind != "free" else ""
        cells += [Cell(money(found.planned_pence), bold=bold, icon=icon), Cell(money(found.spent_pence), bold=bold)]
    return cells
