"""Interleaved timing: every case in every round beside its floor, the first round dropped, the median of paired ratios."""

import statistics
from collections.abc import Callable
from dataclasses import asdict, dataclass

Case = Callable[[], float]
"""Runs once and says how many seconds it took, or how many megabytes."""


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    floor_name: str
    unit: str
    floor: float
    value: float
    p95: float
    ratio: float
    aim: float | None
    """The most that the ratio should be, or None where the figure itself has a limit."""
    limit: float | None = None
    """The most that the figure should be, in its unit."""

    @property
    def meets(self) -> bool:
        return (self.aim is None or self.ratio <= self.aim) and (self.limit is None or self.value <= self.limit)

    def as_plain(self) -> dict[str, object]:
        return {**asdict(self), "meets": self.meets}


def compare(
    name: str,
    case: Case,
    floor_name: str,
    floor: Case,
    *,
    aim: float | None = None,
    limit: float | None = None,
    rounds: int = 9,
    unit: str = "ms",
    scale: float = 1000.0,
) -> Figure:
    """Measures a case beside its floor. ``aim`` is for the ratio, ``limit`` for the figure in its unit."""
    floors, values = [], []
    for turn in range(rounds + 1):
        low, high = floor(), case()
        if turn:
            floors.append(low)
            values.append(high)
    ratio = statistics.median(high / low for low, high in zip(floors, values, strict=True))
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    low, middle = statistics.median(floors) * scale, statistics.median(values) * scale
    return Figure(name, floor_name, unit, low, middle, p95 * scale, ratio, aim, limit)


def table(figures: list[Figure]) -> str:
    """The figures as a person reads them."""
    rows = [("case", "floor", "figure", "p95", "ratio", "aim", "")]
    for each in figures:
        floor = f"{each.floor:.2f} {each.unit} {each.floor_name}"
        verdict = "meets" if each.meets else "misses"
        value, p95 = f"{each.value:.2f} {each.unit}", f"{each.p95:.2f}"
        rows.append(
            (
                each.name,
                floor,
                value,
                p95,
                f"{each.ratio:.2f}x",
                _aims(each),
                verdict,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)


def _aims(figure: Figure) -> str:
    aims = [] if figure.aim is None else [f"{figure.aim:.2f}x"]
    return ", ".join(aims if figure.limit is None else [*aims, f"{figure.limit:g} {figure.unit}"])
