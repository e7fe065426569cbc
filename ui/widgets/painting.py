"""What several widgets draw alike: the focus ring, chips, and the marks of the four areas of need."""

from typing import Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF

from ui.theme import theme

ChipStyle = Literal["N", "K", "E", "ci", "cl", "semh", "sp", "success", "warning", "danger", "info", "thread", "accent", "plain"]

AREAS = ("ci", "cl", "semh", "sp")

_ROLES = {
    "N": ("status_n", "status_n_soft", "border"),
    "K": ("status_k", "status_k_soft", "status_k"),
    "E": ("status_e", "status_e_soft", ""),
    "ci": ("area_ci", "area_ci_soft", ""),
    "cl": ("area_cl", "area_cl_soft", ""),
    "semh": ("area_semh", "area_semh_soft", ""),
    "sp": ("area_sp", "area_sp_soft", ""),
    "success": ("success", "success_soft", ""),
    "warning": ("warning", "warning_soft", ""),
    "danger": ("danger", "danger_soft", ""),
    "info": ("info", "info_soft", ""),
    "thread": ("thread_text", "thread_soft", ""),
    "accent": ("accent", "accent_soft", ""),
    "plain": ("muted", "sunken", "border"),
}


def focus_ring(painter: QPainter, box: QRect | QRectF, radius: int) -> None:
    """The 2 pixel ring of look.md, inside the edge of ``box``."""
    look = theme()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour("focus"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), radius, radius)


def chip_size(style: ChipStyle, words: str) -> QSize:
    look = theme()
    metrics = QFontMetrics(look.font("small", 600))
    mark = look.px(14) if style in AREAS else 0
    return QSize(metrics.horizontalAdvance(words) + look.px(16) + mark + 1, max(look.px(22), metrics.height() + 2))


def paint_chip(painter: QPainter, box: QRect, style: ChipStyle, words: str) -> None:
    """A square chip that tells something: a status, an area with its mark, a state. The words are always there."""
    look = theme()
    ink, fill, edge = _ROLES[style]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(fill))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), look.px(4), look.px(4))
    left = box.x() + look.px(8)
    if style in AREAS:
        side = look.px(8)
        paint_mark(painter, QRectF(left, box.y() + (box.height() - side) / 2, side, side), style)
        left += look.px(14)
    font = look.font("small", 600)
    painter.setFont(font)
    painter.setPen(look.colour(ink))
    room = box.right() - look.px(6) - left + 1
    shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left, box.y(), room, box.height() - 1), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.restore()


def paint_mark(painter: QPainter, box: QRectF, area: str) -> None:
    """Circle, square, diamond or triangle: an area of need that is told apart without colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(f"area_{area}"))
    middle = box.center()
    if area == "ci":
        painter.drawEllipse(box)
    elif area == "cl":
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    elif area == "semh":
        points = [
            QPointF(middle.x(), box.top() - 1),
            QPointF(box.right() + 1, middle.y()),
            QPointF(middle.x(), box.bottom() + 1),
            QPointF(box.left() - 1, middle.y()),
        ]
        painter.drawPolygon(QPolygonF(points))
    else:
        painter.drawPolygon(QPolygonF([QPointF(middle.x(), box.top()), box.bottomRight(), box.bottomLeft()]))
