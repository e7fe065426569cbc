"""The foot of the provision map: the formula of the chosen row, and the figures of the whole."""

from ui.pages.columns import Columns
from ui.pages.provision_rows import Figures
from ui.pages.provision_words import counted, wording
from ui.widgets import STRETCH, Icon, Rule, Surface, Text, col, holder, money, note, row


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

    def __init__(self) -> None:
        self._formula = Text("", "ui", wrap=True)
        self._formula_line = holder(row(Icon("info", "info"), (self._formula, 1), gap=10, margins=(24, 8, 24, 8)))
        self.figures = [_FootFigure() for _ in range(3)]
        line = Columns(*((each, 1) for each in self.figures), gap=24, narrow=640)
        super().__init__("foot", col(self._formula_line, Rule(), holder(col(line, margins=(24, 8, 24, 8))), gap=0))

    def show_formula(self, title: str, formula: str) -> None:
        words = wording("formula_of", title=title, formula=formula) if formula else wording("formula_none")
        self._formula.setText(words)
        self._formula_line.setAccessibleName(words)

    def formula(self) -> str:
        return self._formula.text()

    def show_figures(self, found: Figures) -> None:
        total, planned, highest = self.figures
        places = ", ".join((counted("place", found.places), counted("pupil", found.pupils)))
        total.say(wording("figure_total"), money(found.total_pence), places)
        planned.say(wording("figure_planned"), wording("minutes_many", count=f"{found.minutes:,}"), wording("figure_planned_words"))
        if found.highest is None:
            highest.say(wording("figure_highest"), wording("figure_nobody"), "")
            return
        away = found.notional_pence - found.highest["total_pence"]
        beside = wording(
            "below_guide" if away >= 0 else "above_guide", away=money(abs(away)), guide=money(found.notional_pence).removesuffix(".00")
        )
        figure = wording("figure_pupil", name=found.highest["name"], cost=money(found.highest["total_pence"]))
        highest.say(wording("figure_highest"), figure, f"{beside} {wording('guide_only')}")
