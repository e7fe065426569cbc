"""A panel that is pressed as a whole: a stage of a plan, a note that can be ticked (look.md, "the whole row or card is the target")."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLayout, QPushButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.painting import focus_ring

_RADIUS = 8
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Card(QPushButton):
    """Whatever the layout holds, as one button. ``name`` is all of it in words, for a screen reader.

    With ``ticks`` it stays pressed, as a checkbox does, and looks chosen while it is; Space and Enter press it.
    """

    def __init__(self, name: str, layout: QLayout, *, ticks: bool = False) -> None:
        super().__init__()
        self._chosen = False
        self.setAccessibleName(name)
        self.setCheckable(ticks)
        self.setAutoDefault(False)
        self.setLayout(layout)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setForegroundRole(QPalette.ColorRole.WindowText)  # within a button it would be that of buttons
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(layout.hasHeightForWidth())
        self.setSizePolicy(policy)

    def choose(self, chosen: bool) -> None:
        """Shows the card as the one in use, without pressing it."""
        self._chosen = chosen
        self.update()

    def is_chosen(self) -> bool:
        return self._chosen or self.isChecked()

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if event.key() in _ARROWS:
            event.ignore()  # they move between cards, which is the work of whatever holds them
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hot = self.isEnabled() and self.underMouse()
        painter.setPen(QPen(look.colour("accent" if self.is_chosen() else "hairline"), 1))
        painter.setBrush(look.colour("selection" if self.is_chosen() else "accent_soft" if hot else "surface"))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), look.px(_RADIUS), look.px(_RADIUS))
        if self.hasFocus():
            focus_ring(painter, self.rect(), look.px(_RADIUS))
