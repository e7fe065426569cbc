"""Chips that tell: a status, an area of need, a state. Square, never pressed; for filters use ``Button(kind="chip")``."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.painting import ChipStyle, chip_size, paint_chip


class Chip(QWidget):
    """A few words in a style: a status (``K``), an area (``semh``) with its mark, or a state (``warning``); see ``ChipStyle``."""

    def __init__(self, style: ChipStyle, words: str) -> None:
        super().__init__()
        self._style: ChipStyle = style
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, style: ChipStyle, words: str) -> None:
        self._style, self._words = style, words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return chip_size(self._style, self._words)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), self.rect(), self._style, self._words)


def status_words(code: str) -> str:
    """ "K · SEN support" for ``K``."""
    return f"{code} · {theme().token('status', code, 'label')}"


def area_words(area: str, *, short: bool = False) -> str:
    """ "Cognition and learning", or "C&L", for ``cl``."""
    return str(theme().token("area", area, "short" if short else "label"))


def status_chip(code: str, *, short: bool = False) -> Chip:
    """The chip of a SEN status, N, K or E; ``short`` shows the letter, and says the rest as a tip and to a screen reader."""
    made = Chip(code, code if short else status_words(code))  # type: ignore[arg-type]
    made.setAccessibleName(status_words(code))
    made.setToolTip(status_words(code) if short else "")
    return made


def area_chip(area: str, *, short: bool = False) -> Chip:
    """The chip of an area of need (``ci``, ``cl``, ``semh``, ``sp``) with its mark."""
    return Chip(area, area_words(area, short=short))  # type: ignore[arg-type]
