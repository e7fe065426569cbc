"""The rows of one pupil's provision."""

from decimal import Decimal

from sencoapp.domain.snapshot import ProvisionRow
from ui.pages.provision_words import sessions_words, wording
from ui.widgets import Cell, Column, TableRow, area_words, money


def columns() -> tuple[Column, ...]:
    """The columns of one pupil's provision."""
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
            Cell(_weeks(row)),
            Cell(money(row["cost_pence"])),
        ),
    )


def _weeks(row: ProvisionRow) -> str:
    """The weeks of the pupil's own days, where the row says them."""
    if "parts" not in row:
        return str(row["weeks"])
    return sessions_words(sum((Decimal(each["weeks"]) for each in row["parts"]), Decimal(0)))
