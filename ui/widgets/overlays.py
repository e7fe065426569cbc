"""What lies over a screen without dimming it: the sheet at the bottom right, and the toast at the bottom left."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from sencoapp import reference
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.layout import Surface, col, row
from ui.widgets.text import Text, heading

_TOAST_MS = 10_000
_FROM_EDGE = 24
_INSIDE = 20


class Sheet(Surface):
    """A small form over the screen, which stays in use. Esc closes it and gives the focus back to where it was.

    One that ``stays`` is closed by a button of its content only: what it says is said once.
    """

    closed = Signal()

    def __init__(self, title: str, content: QWidget, *, width: int = 640, stays: bool = False) -> None:
        self._title = heading(title)
        self._close = Button("", "quiet", icon="x", name=reference.say("shell.close"))
        self._stays = stays
        super().__init__("raised", col(row((self._title, 1), self._close), (content, 1), gap=8, margins=(_INSIDE, 12, _INSIDE, 16)))
        self._content = content
        self._width = width
        self._came_from: QWidget | None = None
        self._below: QWidget | None = None
        self.setAccessibleName(title)
        self._close.clicked.connect(self.close_sheet)
        self._close.setVisible(not stays)
        self.hide()

    def open_over(self, host: QWidget, below: QWidget | None = None) -> None:
        """Shows the sheet over ``host`` and goes to the first field of its content. It does not cover ``below``, which is at the top,
        but where the text is so large that the sheet needs all the room there is.
        """
        self._below = below
        self._came_from = QApplication.focusWidget()
        self.setParent(host)
        host.installEventFilter(self)
        self.place()
        self.show()
        self.raise_()
        first = self._content.focusProxy() or self._content
        target = first if first.focusPolicy() != Qt.FocusPolicy.NoFocus else self._first_field()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_sheet(self) -> None:
        host = self.parentWidget()
        if host is not None:
            host.removeEventFilter(self)
        self.hide()
        if self._came_from is not None and _is_there(self._came_from):
            self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Takes its place again: after its content has grown, or the window has."""
        host = self.parentWidget()
        if host is None:
            return
        look = theme()
        edge = min(look.px(_FROM_EDGE), 40)
        wide = min(look.px(self._width), host.width() - 2 * edge)
        # A title with somebody's long name goes on in a second line.
        room = wide - 2 * look.px(_INSIDE) - self._close.sizeHint().width()
        self._title.setWordWrap(self._title.fontMetrics().horizontalAdvance(self._title.text()) > room)
        tall = self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height()
        beneath = self._below is not None and _is_there(self._below) and not look.is_narrow(self.window().width())
        top = self._below.geometry().bottom() + 1 + edge // 3 if beneath and self._below is not None else edge
        # Where the window is too low for even the least of it, being whole counts for more than leaving the header free.
        most = min(max(host.height() - edge - top, self._least_height(wide)), host.height() - 2 * edge)
        tall = min(max(tall, self.sizeHint().height()), most)
        self.setGeometry(host.width() - wide - edge, host.height() - tall - edge, wide, tall)

    def _least_height(self, wide: int) -> int:
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.minimumHeightForWidth(wide)
        return self.minimumSizeHint().height()

    def restyle(self) -> None:
        super().restyle()
        if self.isVisible():
            QTimer.singleShot(0, self, self.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if not self._stays:
                self.close_sheet()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            done = super().event(event)
            self.place()
            return done
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() == QEvent.Type.Resize:
            self.place()
        return super().eventFilter(watched, event)

    def _first_field(self) -> QWidget | None:
        fields = self._content.findChildren(QWidget)
        return next((each for each in fields if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isVisibleTo(self)), None)


class Toast(Surface):
    """One line that says what was done, with Undo, for ten seconds. Announced. Never for an error."""

    pressed = Signal()
    """Undo was pressed, and the toast is gone."""

    def __init__(self, host: QWidget) -> None:
        self._host = host
        self._words = Text("", "ui", weight=500)
        self._undo = Button(reference.say("shell.undo"), "link", name=reference.say("shell.undo"))
        self._dismiss = Button("", "quiet", icon="x", name=reference.say("shell.dismiss"))
        super().__init__("raised", row(self._words, self._undo, self._dismiss, gap=14, margins=(16, 6, 8, 6)))
        self.setParent(host)
        self.hide()
        self._undoing: Callable[[], object] | None = None
        self._undo.clicked.connect(self._press_undo)
        self._dismiss.clicked.connect(self.hide)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(_TOAST_MS)
        self._end.timeout.connect(self._time_is_up)
        host.installEventFilter(self)

    def say(self, words: str, undo: Callable[[], object] | None = None, label: str = "") -> None:
        """Shows ``words``; ``undo`` is called when Undo, or ``label``, is pressed."""
        self._words.setText(words)
        self._undoing = undo
        self._undo.setText(label or reference.say("shell.undo"))
        self._undo.setAccessibleName(self._undo.text())
        self._undo.setVisible(undo is not None)
        self.place()
        self.show()
        self.raise_()
        self._end.start()
        announce(words, self)

    def make_way(self) -> None:
        """Steps aside for a sheet that was just opened."""
        if self.isVisible():
            self.place()
            self.raise_()

    def words(self) -> str:
        return self._words.text() if self.isVisible() else ""

    def press_undo(self) -> bool:
        """Undoes what the toast speaks of; false where there is nothing to undo."""
        if not self.isVisible() or self._undoing is None:
            return False
        self._press_undo()
        return True

    def place(self) -> None:
        host = self._host
        edge = theme().px(_FROM_EDGE)
        self._words.setWordWrap(False)
        wide = host.width() - 2 * edge
        self._words.setWordWrap(self.sizeHint().width() > wide)  # a long sentence goes on in a second line
        wide = wide if self._words.wordWrap() else self.sizeHint().width()
        self.resize(wide, max(self.heightForWidth(wide), self.sizeHint().height()) if self._words.wordWrap() else self.sizeHint().height())
        self.move(edge, self._top(edge))

    def _top(self, edge: int) -> int:
        """Above the bar at the foot of a page, and off a sheet: neither what they say nor their buttons are covered."""
        host = self._host
        feet = [_box(each, host) for each in host.findChildren(Surface) if each.kind == "foot" and each.isVisible()]
        floor = min((each.top() for each in feet if host.height() - each.bottom() <= edge and each.left() <= edge), default=host.height())
        top = floor - self.height() - (edge if floor == host.height() else edge // 3)
        here = QRect(edge, top, self.width(), self.height())
        sheets = [each.geometry() for each in host.findChildren(Sheet) if each.isVisible() and each.geometry().intersects(here)]
        return max(edge // 3, min(each.top() for each in sheets) - self.height() - edge // 3) if sheets else top

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def _press_undo(self) -> None:
        undoing, self._undoing = self._undoing, None
        self.hide()
        if undoing is not None:
            undoing()
        self.pressed.emit()

    def _time_is_up(self) -> None:
        # It stays while somebody is on it: ten seconds are short for a switch or a screen reader.
        if self._undo.hasFocus() or self._dismiss.hasFocus() or self.underMouse():
            self._end.start()
        else:
            self.hide()


def _box(widget: QWidget, host: QWidget) -> QRect:
    """Where a widget stands in ``host``."""
    return QRect(widget.mapTo(host, QPoint(0, 0)), widget.size())


def _is_there(widget: QWidget) -> bool:
    from shiboken6 import isValid

    return isValid(widget) and widget.isVisible() and widget.isEnabled()
