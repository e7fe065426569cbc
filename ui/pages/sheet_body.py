"""What stands in a sheet: a form that scrolls where the window is low, and its buttons below it, always in sight."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme
from ui.widgets import STRETCH, Button, Scroll, col, row


class _FormScroll(Scroll):
    """Asks for the room that its form needs; the sheet gives what there is."""

    def __init__(self, form: QWidget, name: str) -> None:
        self._form = form
        super().__init__(form, name)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What grows within does not ask for room outside by itself: the form is no part of the sheet's layout.
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = max(self.viewport().width(), theme().px(300))
        tall = self._form.heightForWidth(width) if self._form.hasHeightForWidth() else self._form.sizeHint().height()
        return QSize(self._form.sizeHint().width(), max(tall, self._form.sizeHint().height(), self._form.minimumSizeHint().height()) + 4)


class SheetBody(QWidget):
    """``form`` above ``buttons``; ``beside`` stands at the right of the buttons."""

    def __init__(self, name: str, form: QWidget, *buttons: Button, above: QWidget | None = None) -> None:
        super().__init__()
        self.setLayout(col((_FormScroll(form, name), 1), above, row(*buttons, STRETCH, gap=8), gap=12))
