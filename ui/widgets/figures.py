"""Figures with what they mean: a cost against the notional amount, a small figure with its words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.layout import col
from ui.widgets.text import Text, note


def money(pence: int) -> str:
    """ "£1,238.40" for 123840."""
    sign = "-" if pence < 0 else ""
    return f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02d}"


class CostBar(QWidget):
    """A cost on a line that also shows the notional amount. The mark informs: it is never a gate (architecture.md, rule 9).

    Both in pence. ``name`` says what is compared, for screen readers: the words beside the bar say it for all.
    """

    def __init__(self, name: str, cost: int, notional: int) -> None:
        super().__init__()
        self._cost, self._notional = cost, notional
        self.setAccessibleName(f"{name}: {money(cost)}, {money(notional)}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(18))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(18))

    def restyle(self) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = max(self._cost, round(self._notional * 1.25), 1)
        bar = QRectF(0, self.height() / 2 - look.px(3), self.width(), look.px(6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hairline"))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(QRectF(0, bar.y(), bar.width() * self._cost / whole, bar.height()), 3, 3)
        x = bar.width() * self._notional / whole
        painter.setPen(QPen(look.colour("text"), look.px(2), Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(x, bar.top() - look.px(4)), QPointF(x, bar.bottom() + look.px(4)))


class Figure(QWidget):
    """A large figure with a few words below it, as on Today: "148" "observations"."""

    def __init__(self, figure: str, words: str, *, tone: str = "accent") -> None:
        super().__init__()
        self._figure = Text(figure, "title", tone)
        self._words = note(words, wrap=False)
        self.setAccessibleName(f"{figure} {words}")
        self.setLayout(col(self._figure, self._words, gap=0))

    def say(self, figure: str) -> None:
        self._figure.setText(figure)
        self.setAccessibleName(f"{figure} {self._words.text()}")
