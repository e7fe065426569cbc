"""One provision beside itself over terms: its effect, its dose and who came, and where each lies on a chart.

A term tells of different pupils than the one before, so that nothing is tested and no trend is drawn out of it (domain.md 5).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sencoapp.domain.measure_chart import Chart, Spot, Tick

FEW = 5
"""With fewer pupils nothing is said of a group but what happened to each, and a term has another shape on the chart. Our own mark."""

Figure = Literal["effect", "dose", "attendance"]
FIGURES: tuple[Figure, ...] = ("effect", "dose", "attendance")


@dataclass(frozen=True)
class TermFigures:
    """One term. ``measured`` are the pupils whose end was measured in it and set beside their start."""

    term: str
    starts_on: date
    pupils: int = 0
    """Who had a place in it, or was in a session."""
    measured: int = 0
    better: int = 0
    worse: int = 0
    planned_minutes: int = 0
    delivered_minutes: int = 0
    """Of all pupils together, as are the planned ones."""
    sessions: int = 0
    """Sessions that were held, once for each pupil who was due in one."""
    attended: int = 0
    ticked: int = 0
    """Sessions of each pupil that were ticked, held or missed; with none nothing is known of what was delivered."""

    def share(self, figure: Figure) -> float | None:
        """From 0 to 1, or above it where more was given than planned; None where there is nothing to divide by."""
        above, below = {
            "effect": (self.better, self.measured),
            "dose": (self.delivered_minutes, self.planned_minutes if self.ticked else 0),
            "attendance": (self.attended, self.sessions),
        }[figure]
        return above / below if below else None

    def count(self, figure: Figure) -> int:
        """Of how many pupils a figure tells."""
        return self.measured if figure == "effect" else self.pupils


@dataclass(frozen=True)
class FigureOverTerms:
    """One figure: its chart, what it shows in a sentence, and what stands in the table, one for each term."""

    figure: Figure
    name: str
    chart: Chart | None
    shows: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ProvisionOverTerms:
    """All that is shown of one provision. ``honest`` says what may not be concluded."""

    title: str
    terms: tuple[TermFigures, ...]
    figures: tuple[FigureOverTerms, ...]
    honest: tuple[str, ...]
    school: str
    made_on: date
    made_by: str
    demo: bool


def few(terms: Sequence[TermFigures], figure: Figure) -> bool:
    """Whether any term of a figure tells of few pupils."""
    return any(0 < each.count(figure) < FEW for each in terms if each.share(figure) is not None)


def terms_chart(terms: Sequence[TermFigures], figure: Figure, words: Sequence[str]) -> Chart | None:
    """The terms side by side, each at its share; None where no term has one. ``words`` stand at the spots, one for each term."""
    shares = [each.share(figure) for each in terms]
    known = [each for each in shares if each is not None]
    if not known:
        return None
    steps = 4 if max(known) <= 1 else -(-int(max(known) * 1000) // 250)
    across = [(number + 0.5) / len(terms) for number in range(len(terms))]
    spots = tuple(
        Spot("value_off" if term.count(figure) < FEW else "value", x, share * 4 / steps, term.starts_on, said)
        for term, share, x, said in zip(terms, shares, across, words, strict=True)
        if share is not None
    )
    up = tuple(Tick(number / steps, f"{number * 25}%") for number in range(steps + 1))
    return Chart(spots, None, up, tuple(Tick(x, term.term) for term, x in zip(terms, across, strict=True)), ())
