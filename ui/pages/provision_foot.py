"""The foot of the provision map: how the chosen row is costed, and what all of it comes to."""

from sencoapp.services.cost_words import own_formula
from sencoapp.services.costing import rate_sentences
from sencoapp.services.provision_map import MapLine, SchoolMap
from ui.pages.columns import Columns
from ui.pages.map_rows import map_words
from ui.pages.provision_words import counted
from ui.widgets import STRETCH, Icon, Rule, Surface, Text, col, holder, money, note, row

FEW = 70
"""Below so many per cent of what was due, a provision is named at the foot. Our own mark, and no rule."""


class _FootFigure(Surface):
    """A label, the figure, and what it means."""

    def __init__(self) -> None:
        self._label = note("")
        self._figure = Text("", "heading", figures=True, wrap=True)
        self._words = note("", wrap=True)
        super().__init__("plain", col(self._label, self._figure, self._words, STRETCH, gap=0))

    def say(self, label: str, figure: str, words: str) -> None:
        self._label.setText(label)
        self._figure.setText(figure)
        self._words.setText(words)
        self.setAccessibleName(f"{label}: {figure}. {words}")


class MapFoot(Surface):
    """Two lines: how the chosen row is costed, and what all of it comes to."""

    def __init__(self, *, costs: bool) -> None:
        self._costs = costs
        self._formula = Text("", "ui", wrap=True)
        self._formula_line = holder(row(Icon("info", "info"), (self._formula, 1), gap=10, margins=(24, 8, 24, 8)))
        self.figures = [_FootFigure() for _ in range(4 if costs else 3)]
        line = Columns(*((each, 1) for each in self.figures), gap=24, narrow=640)
        super().__init__("foot", col(self._formula_line, Rule(), holder(col(line, margins=(24, 8, 24, 8))), gap=0))

    def show_line(self, line: MapLine | None) -> None:
        """How a row comes to its figures; for a group, how each of its pupils does."""
        words = self._words_of(line) if line else map_words("choose_row")
        self._formula.setText(words)
        self._formula_line.setAccessibleName(words)

    def formula(self) -> str:
        return self._formula.text()

    def show_map(self, found: SchoolMap) -> None:
        total = found.total
        first, second, *rest = self.figures
        places = ", ".join((counted("place", found.places), counted("pupil", found.pupils)))
        sessions = map_words("figure_sessions_of", held=f"{total.held:,}", planned=f"{total.sessions:,}")
        minutes = map_words("figure_minutes", minutes=f"{total.minutes:,}", planned=f"{total.planned_minutes:,}")
        if self._costs:
            first.say(map_words("figure_cost"), money(total.planned_pence), places)
            second.say(map_words("figure_spent"), money(total.spent_pence), map_words("figure_spent_words"))
        else:
            first.say(map_words("figure_places"), places, "")
        (rest[0] if self._costs else second).say(map_words("figure_sessions"), sessions, minutes)
        self.figures[-1].say(*_least_delivered(found))

    def _words_of(self, line: MapLine) -> str:
        parts = []
        if self._costs and line.group is not None:
            row = line.row or next((each for each in line.group.rows if each.place), None)
            if row is not None and row.parts:
                formula = own_formula(line.group.provision, row.parts, row.charges)
                key = "formula_each" if line.row is None and len(line.group.rows) > 1 else "formula"
                parts.append(map_words(key, title=line.title, formula=formula))
            if line.kind == "free":
                parts.append(map_words("free_words"))
            parts += rate_sentences(line.group.gaps)
        if line.effect_words:
            parts.append(line.effect_words)
        if line.figures.missed:
            parts.append(map_words("missed", title=line.title, count=line.figures.missed))
        return " ".join(parts) or map_words("once")


def _least_delivered(found: SchoolMap) -> tuple[str, str, str]:
    """The provision of which least was delivered of what was due, where it is little."""
    due = [each for each in found.lines if each.kind == "provision" and each.figures.due_minutes]
    least = min(due, key=lambda each: each.figures.minutes / each.figures.due_minutes, default=None)
    share = 100 if least is None else least.figures.minutes * 100 // least.figures.due_minutes
    if least is None or share >= FEW:
        return map_words("figure_least"), map_words("figure_least_none"), map_words("once")
    words = map_words("figure_least_words", minutes=f"{least.figures.minutes:,}", due=f"{least.figures.due_minutes:,}")
    return map_words("figure_least"), map_words("figure_least_of", title=least.title, share=share), words
