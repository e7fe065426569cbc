"""The rows of the provision map: the same places, grouped by wave, by pupil, by need or by staff, with what each group costs."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sencoapp.domain.snapshot import MapContent, MapPupil, ProvisionRow
from sencoapp.services.today import year_words
from ui.pages.provision_words import WAVES, counted, sessions_words, wave_words, wording
from ui.widgets import Cell, Column, GroupRow, TableRow, area_words, money

GROUPINGS = ("wave", "pupil", "area", "staff")
AREAS = ("ci", "cl", "semh", "sp", "")


@dataclass(frozen=True)
class Figures:
    """What stands at the foot of the map."""

    total_pence: int
    places: int
    pupils: int
    minutes: int
    highest: MapPupil | None
    notional_pence: int


def columns() -> tuple[Column, ...]:
    """The columns of the map and of one pupil's provision."""
    return (
        Column(wording("column_provision"), 0),
        Column(wording("column_need"), 92, keep=False),
        Column(wording("column_who"), 160, keep=False),
        Column(wording("column_pattern"), 118, keep=False),
        Column(wording("column_group"), 66, right=True, keep=False),
        Column(wording("column_minutes"), 110, right=True, keep=False),
        Column(wording("column_weeks"), 70, right=True, keep=False),
        Column(wording("column_each"), 110, right=True),
    )


def figures(content: MapContent) -> Figures:
    """The sums of the map. Pence are those of the services: what stands in the rows adds up to what stands here."""
    pupils = content["pupils"]
    rows = [row for pupil in pupils for row in pupil["rows"]]
    return Figures(
        total_pence=content["total_pence"],
        places=len(rows),
        pupils=len(pupils),
        minutes=sum(row["planned_minutes"] for row in rows),
        highest=max(pupils, key=lambda each: each["total_pence"], default=None),
        notional_pence=content["notional_pence"],
    )


def map_rows(content: MapContent, by: str) -> list[GroupRow | TableRow]:
    """The map grouped by ``wave``, ``pupil``, ``area`` or ``staff``."""
    if by == "pupil":
        return list(_by_pupil(content))
    return list(_by_kind(content, by))


def formula_of(content: MapContent, key: str) -> tuple[str, str]:
    """The title and the formula of the row with a key; empty where there is none."""
    wanted = key.rpartition("/")[2]
    for pupil in content["pupils"]:
        for row in pupil["rows"]:
            if row["id"] == wanted:
                return row["title"], row["formula"]
    return "", ""


def table_row(row: ProvisionRow, key: str, *, pupils: str = "", ended: str = "") -> TableRow:
    """One provision; ``pupils`` says who or how many have a place in it, ``ended`` when a pupil's place ended."""
    pattern = wording("pattern_cell", sessions=sessions_words(Decimal(row["sessions_per_week"])), minutes=row["minutes"])
    area = row["area"]
    need = Cell(chip=(area, area_words(area, short=True))) if area else Cell("")  # type: ignore[arg-type]
    return TableRow(
        key,
        (
            Cell(" · ".join(filter(None, (row["title"], pupils, ended))), bold=True, tone="muted" if ended else "text"),
            need,
            Cell(row["delivered_by"]),
            Cell(pattern),
            Cell(wording("whole_cost_cell") if row["whole_cost_reason"] else str(row["group_size"])),
            Cell(f"{row['planned_minutes']:,}"),
            Cell(str(row["weeks"])),
            Cell(money(row["cost_pence"])),
        ),
    )


def _by_pupil(content: MapContent) -> Iterable[GroupRow | TableRow]:
    made: dict[str, tuple[Cell, ...]] = {}
    for pupil in content["pupils"]:
        place = " · ".join(filter(None, (year_words(pupil["year"]), pupil["reg_group"])))
        words = (pupil["name"], place, counted("provision", len(pupil["rows"])), money(pupil["total_pence"]))
        yield GroupRow(" · ".join(filter(None, words)))
        for row in pupil["rows"]:
            if row["id"] not in made:
                made[row["id"]] = table_row(row, "").cells
            yield TableRow(f"{pupil['id']}/{row['id']}", made[row["id"]])


def _by_kind(content: MapContent, by: str) -> Iterable[GroupRow | TableRow]:
    """One row for each provision, with the pupil who has it, or how many have a place in it."""
    rows: dict[str, ProvisionRow] = {}
    members: dict[str, dict[str, str]] = {}
    for pupil in content["pupils"]:
        for row in pupil["rows"]:
            rows[row["id"]] = row
            members.setdefault(row["id"], {})[pupil["id"]] = pupil["name"]
    groups: dict[str, list[ProvisionRow]] = {}
    for row in rows.values():
        groups.setdefault(_kind_of(row, by), []).append(row)
    for kind in _in_order(groups, by):
        group = sorted(groups[kind], key=lambda each: (each["title"].casefold(), each["starts_on"], each["id"]))
        pupils = {pupil for each in group for pupil in members[each["id"]]}
        places = sum(len(members[each["id"]]) for each in group)
        cost = sum(each["cost_pence"] * len(members[each["id"]]) for each in group)
        yield GroupRow(" · ".join((_kind_words(kind, by), counted("pupil", len(pupils)), counted("place", places), money(cost))))
        for each in group:
            names = list(members[each["id"]].values())
            yield table_row(each, each["id"], pupils=names[0] if len(names) == 1 else counted("pupil", len(names)))


def _kind_of(row: ProvisionRow, by: str) -> str:
    if by == "wave":
        return row["wave"]
    return (row["area"] or "") if by == "area" else (row["staff_role"] or "")


def _in_order(groups: dict[str, list[ProvisionRow]], by: str) -> list[str]:
    if by == "staff":
        return sorted(groups, key=lambda each: (not each, each.casefold()))
    order = tuple(reversed(WAVES)) if by == "wave" else AREAS
    return sorted(groups, key=lambda each: order.index(each) if each in order else len(order))


def _kind_words(kind: str, by: str) -> str:
    if by == "wave":
        return wave_words(kind)
    if by == "area":
        return area_words(kind) if kind else wording("no_area")
    return kind or wording("no_staff_role")
