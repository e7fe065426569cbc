"""Things side by side where there is room, and below each other where there is not."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets import row


class Columns(QWidget):
    """``parts`` are (widget, share of the width). Below ``narrow`` design pixels they stand below each other."""

    def __init__(self, *parts: tuple[QWidget, int], gap: int = 16, narrow: int = 720) -> None:
        super().__init__()
        self._narrow = narrow
        self._line = row(*parts, gap=gap)
        self._parts = [widget for widget, _ in parts]
        self.setLayout(self._line)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()

    def restyle(self) -> None:
        self._turn()

    def _turn(self) -> None:
        narrow = self.width() < theme().px(self._narrow)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if way != self._line.direction():
            self._line.setDirection(way)
            self._line.invalidate()
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        least = [each.minimumSizeHint().expandedTo(each.minimumSize()) for each in self._parts if not each.isHidden()]
        return QSize(max((each.width() for each in least), default=0), max((each.height() for each in least), default=0))
