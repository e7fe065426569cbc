"""The mark of the program where the desktop shows it: title bar, task bar, beside the clock. It can be seen on light and on dark."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from ui.theme import theme

_SIZES = (16, 22, 24, 32, 48, 64, 128)
_GLYPH, _CORNER = 0.68, 0.2
"""How much of the tile the glyph fills, and how round its corners are."""


def emblem(glyph: str = "route") -> QIcon:
    """An icon of ``resources/look/icons`` on a tile of the program's colour, in the sizes that desktops ask for."""
    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_tile(glyph, size))
    return made


def _tile(glyph: str, size: int) -> QPixmap:
    tile = QPixmap(size, size)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("accent"))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * _CORNER, size * _CORNER)
    drawn = theme().pixmap(glyph, "on_accent", size)
    inner = size * _GLYPH
    edge = (size - inner) / 2
    painter.drawPixmap(QRectF(edge, edge, inner, inner), drawn, QRectF(drawn.rect()))
    painter.end()
    return tile
