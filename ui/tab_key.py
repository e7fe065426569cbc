"""The way of the Tab key through a window: every stop in its turn, and none of them for ever."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget


def next_stop(window: QWidget) -> QWidget | None:
    """The next thing in sight after the one with the focus at which the Tab key stops.

    Something that only passes the focus on to a part of itself (a field with its label, the content of a sheet) is no stop: the part is
    one in its own turn. Qt would stop there, leave out what stands before the part, and where the order was put right by hand come back
    to the part again and again.
    """
    here = window.focusWidget() or window
    each = here.nextInFocusChain()
    while each is not None and each is not here:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None and each.isVisibleTo(window) and each.isEnabled():
            return each
        each = each.nextInFocusChain()
    return None


class TabWindow(QMainWindow):
    """A window in which Tab goes by ``next_stop``."""

    def focusNextPrevChild(self, forward: bool) -> bool:
        if not forward:
            return super().focusNextPrevChild(forward)
        stop = next_stop(self)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        return stop is not None
