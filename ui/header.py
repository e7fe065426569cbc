"""The bar above every page: its title, the way back, finding anything, a new observation."""

from PySide6.QtCore import QSize, Qt, Signal
from shiboken6 import isValid

from sencoapp import reference
from ui.page import Page
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import Surface, col, row
from ui.widgets.text import Elided


class Header(Surface):
    """Title at the left; at the right the two things that are always at hand."""

    back_pressed = Signal()
    find_pressed = Signal()
    new_pressed = Signal()

    def __init__(self) -> None:
        self._back = Button("", "quiet", icon="chevron-left", name=reference.say("shell.back"))
        self._title = Elided("", "title")
        self._note = Elided("", "small", "muted", weight=500)
        self._beside = row(gap=8)
        self.find_button = Button(reference.say("shell.find_anything"), "search", icon="search")
        self.new_button = Button(reference.say("shell.new_observation"), "primary", icon="plus")
        titles = col(row(self._title, self._beside, gap=10), self._note, gap=0)
        super().__init__("bar", row(self._back, (titles, 1), self.find_button, self.new_button, gap=8, margins=(24, 8, 24, 8)), height=64)
        self._page: Page | None = None
        self._lender: Page | None = None
        self._narrow = False
        self._back.clicked.connect(self.back_pressed)
        self.find_button.clicked.connect(self.find_pressed)
        self.new_button.clicked.connect(self.new_pressed)
        self._size_tools()

    def show_page(self, page: Page, *, can_go_back: bool) -> None:
        """Takes over the title of a page and follows it."""
        if self._page is not None and self._page is not page:
            self._page.heading_changed.disconnect(self._show_heading)
        if self._page is not page:
            page.heading_changed.connect(self._show_heading)
        self._page = page
        self._back.setVisible(can_go_back)
        self._show_heading()

    def stops(self) -> list[Button]:
        """The buttons, left to right."""
        return [self._back, self.find_button, self.new_button]

    def be_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._show_heading()
        self.new_button.setText(reference.say("shell.new_short" if narrow else "shell.new_observation"))
        self._size_tools()

    def restyle(self) -> None:
        super().restyle()
        self._size_tools()

    def minimumSizeHint(self) -> QSize:
        """What stands beside a title never makes the window wider: it is shortened when the window says how wide it is."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), theme().px(560)), least.height())

    def _size_tools(self) -> None:
        look = theme()
        self.find_button.setFixedWidth(max(look.px(150 if self._narrow else 250), self.find_button.sizeHint().width()))
        self.find_button.setFixedHeight(self.find_button.sizeHint().height())

    def _show_heading(self) -> None:
        if self._page is None:
            return
        self._title.say(self._page.title)
        self._note.say(self._page.note)
        self._note.setVisible(bool(self._page.note))
        while self._beside.count():
            item = self._beside.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                # Back to the page that lent it: a widget without a parent would be a window.
                old.hide()
                old.setParent(self._lender if self._lender is not None and isValid(self._lender) else self)
        self._lender = self._page
        first = next(iter(self._page.beside_title()), None)
        for widget in self._page.beside_title():
            self._beside.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
            # The first says what one must know of the page, such as a pupil's SEN status; more of them would push out its title.
            widget.setVisible(not self._narrow or widget is first)
        self._beside.addStretch(1)
