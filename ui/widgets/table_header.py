"""The headings of a table: small words, the first on the line where the page's text begins, an arrow at the column that sorts."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.theme import theme

_PADDING = 10


class TableHeader(QHeaderView):
    """``lead`` is the room in design pixels before the first heading and after the last."""

    def __init__(self, lead: int, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._lead = lead
        self._sorted = (-1, False)
        self.fills = True
        """False where what it lies on shows through."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(10)

    def show_sorted(self, column: int, *, down: bool) -> None:
        self._sorted = (column, down)
        self.viewport().update()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(34))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme().px(34))

    def paintSection(self, painter: QPainter, box: QRect, section: int) -> None:
        look = theme()
        painter.save()
        if self.fills:
            painter.fillRect(box, look.colour("surface"))
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), look.colour("border"))
        shown = [n for n in range(self.count()) if not self.isSectionHidden(n)]
        left = self._lead if shown and section == shown[0] else _PADDING
        right = self._lead if shown and section == shown[-1] else _PADDING
        inside = box.adjusted(look.px(left), 0, -look.px(right), -1)
        font = look.font("small", 600)
        words = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        side = self.model().headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        if self._sorted[0] == section:
            arrow = "▼" if self._sorted[1] else "▲"
            words = f"{metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width() - look.px(16))} {arrow}"
        else:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag(int(side)) if side is not None else Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
