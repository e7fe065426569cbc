"""Several faces of one place, of which one is shown: it asks for the room that this one needs, and for no more."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget


class Faces(QStackedWidget):
    """Qt's own makes room for the tallest of them all, so that with large text a page scrolls for the sake of what is hidden."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        shown = self.currentWidget()
        return self._tall_enough(shown.sizeHint()) if shown is not None else QSize()

    def minimumSizeHint(self) -> QSize:
        shown = self.currentWidget()
        return self._tall_enough(shown.minimumSizeHint()) if shown is not None else QSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _tall_enough(self, size: QSize) -> QSize:
        """As tall as the words of the face need at the width that there is."""
        shown = self.currentWidget()
        layout = shown.layout() if shown is not None and shown.hasHeightForWidth() else None
        if layout is not None and self.width() >= size.width():
            size.setHeight(layout.minimumHeightForWidth(self.width()))
        return size
