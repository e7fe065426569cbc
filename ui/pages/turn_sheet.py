"""Turning pages of a document as they go into packs: one page in sight, turned to the left or the right, by itself or with all others."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTransform
from PySide6.QtWidgets import QLabel, QSizePolicy

from sencoapp.domain.casework import Document
from sencoapp.domain.page_turns import turns_from
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.redactions import MarkingPage as Marking
from sencoapp.services.redactions import marking_page
from sencoapp.services.turning_pages import turn_pages
from ui.commands import command
from ui.pages.preview import DrawnPage, draw_page, read_picture
from ui.room import Room
from ui.theme import theme
from ui.widgets import STRETCH, Button, ChipChoice, Notice, Scroll, Sheet, Text, col, flow, holder, row
from ui.widgets.announce import announce

_SIDE = 460
"""Design pixels that the picture of a page has at the most on each side."""
_ONE, _ALL = "one", "all"


def open_turning(room: Room, owner: QObject, document: str) -> None:
    """Opens the sheet for a document that can go in a pack; how its words lie is found aside."""

    def read(found: Marking) -> None:
        rooms, content = room.place.documents, found.content
        room.aside(
            owner,
            lambda: (rooms.as_it_goes_out(found.document.title, content), rooms.page_turns(content)),
            lambda made: room.ways.show_sheet(TurnSheet(room, found.document, *made)),
            lambda message: room.ways.toast(explain(message)),
        )

    room.ask(owner, lambda place: marking_page(place.session, document), read, replace="turn pages")


class TurnSheet(Sheet):
    """``by_itself`` is what the words of the pages tell (from 1); what a person chose stands above it."""

    def __init__(self, room: Room, document: Document, content: bytes, by_itself: Mapping[int, int]) -> None:
        self._room, self._document, self._file, self._by_itself = room, document, content, by_itself
        self._chosen = turns_from(document.turns)
        self._pages, self._number = max(1, document.pages or 1), 1
        self._image: QImage | None = None
        self.page = _Picture(say("turning.page"))
        self.left = Button(say("turning.left"), "secondary", press=lambda: self.turn(270))
        self.right = Button(say("turning.right"), "secondary", press=lambda: self.turn(90))
        self.again = Button(say("turning.by_itself"), "quiet", press=self.as_its_words_run)
        self.which = ChipChoice(
            say("turning.which"), [(_ONE, say("turning.one")), (_ALL, say("turning.all"))], several=False, none_allowed=False
        )
        self.which.choose(_ONE)
        self.back = Button("", "quiet", icon="chevron-left", name=say("withhold.back"), press=lambda: self.go_to(self._number - 1))
        self.on = Button("", "quiet", icon="chevron-right", name=say("withhold.on"), press=lambda: self.go_to(self._number + 1))
        self._where = Text("", "ui", figures=True)
        self._state = Text("", "ui", wrap=True)
        self._notice = Notice("warning", "")
        self._notice.hide()
        column = col(
            Text(say("turning.lead"), "ui", "muted", wrap=True),
            self._notice,
            flow(self.left, self.right, self.again),
            self.which,
            row(self.back, self._where, self.on, STRETCH, gap=4),
            self._state,
            (self.page, 1),
            gap=10,
            margins=(2, 2, 2, 2),
        )
        body = _TallScroll(holder(column), say("turning.page"))
        body.setFocusProxy(self.right)
        super().__init__(say("turning.title", title=document.title), body, width=640)
        for each in (self.back, self.on, self.which):  # in the sheet already: what has no parent would be shown as a window
            each.setVisible(self._pages > 1)
        command(self, say("withhold.on"), lambda: self.go_to(self._number + 1), "PgDown")
        command(self, say("withhold.back"), lambda: self.go_to(self._number - 1), "PgUp")
        self._draw()

    def degrees(self) -> int:
        """How the page in sight lies in packs."""
        return self._chosen.get(self._number, self._by_itself.get(self._number, 0))

    def go_to(self, number: int) -> None:
        """Goes to a page, counted from 1."""
        if 1 <= number <= self._pages and number != self._number:
            self._number = number
            self._draw()

    def turn(self, by: int) -> None:
        """Turns the page in sight, clockwise; with all others they lie as this one lies then."""
        wanted = (self.degrees() + by) % 360
        self._keep(dict.fromkeys(self._wanted_pages(), wanted), say("turning.turned"))

    def as_its_words_run(self) -> None:
        """What a person chose is taken back."""
        self._keep(dict.fromkeys(self._wanted_pages()), say("turning.taken_back"))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _wanted_pages(self) -> range:
        return range(1, self._pages + 1) if self.which.value() == _ALL else range(self._number, self._number + 1)

    def _keep(self, turns: Mapping[int, int | None], words: str) -> None:
        document, before = self._document.id, self._chosen

        def refused(message: PlainMessage) -> None:
            self._chosen = before
            self._show()
            self._refused(message)

        self._chosen = {page: degrees for page, degrees in {**self._chosen, **turns}.items() if degrees is not None}
        self._show()
        announce(f"{words} {self._state.text()}", self)
        self._room.do(self, lambda place: turn_pages(place.session, document, turns), self._kept, refused)

    def _kept(self, _: Saved) -> None:
        self._notice.hide()

    def _draw(self) -> None:
        title, wide = self._document.title, theme().px(_SIDE)
        if self._document.media_type.startswith("image/"):
            self._room.aside(self, partial(read_picture, self._file, title), self._drawn_image, self._refused)
            return
        dots = self.devicePixelRatioF() * 96 / 72
        work = partial(draw_page, self._file, title, self._number - 1, "page", 1.0, (wide, wide), dots)
        self._room.aside(self, work, self._drawn, self._refused)

    def _drawn(self, drawn: DrawnPage) -> None:
        if drawn.number == self._number - 1:
            self._drawn_image(QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy())

    def _drawn_image(self, image: QImage) -> None:
        self._image = image
        self._show()

    def _show(self) -> None:
        self.back.setEnabled(self._number > 1)
        self.on.setEnabled(self._number < self._pages)
        where = say("withhold.page_of", number=self._number, pages=self._pages)
        self._where.setText(where)
        chosen = self._number in self._chosen
        lies = say(f"turning.lies_{self.degrees()}")
        self._state.setText(f"{lies} {say('turning.by_you' if chosen else 'turning.by_words')}" if chosen or self.degrees() else lies)
        self.again.setEnabled(any(page in self._chosen for page in self._wanted_pages()))
        if self._image is not None:
            self.page.show_image(self._image.transformed(QTransform().rotate(self.degrees())), f"{where}. {lies}")

    def _refused(self, message: PlainMessage) -> None:
        self._notice.say(explain(message))
        self._notice.show()


class _TallScroll(Scroll):
    """Asks for all the height that the window has: a page is looked at in it."""

    def sizeHint(self) -> QSize:
        return QSize(theme().px(600), theme().px(900))


class _Picture(QLabel):
    """A page as large as there is room."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_image(self, image: QImage, words: str) -> None:
        self._image = image
        self.setAccessibleName(words)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(240))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_SIDE), theme().px(320))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._image is not None:
            kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            self.setPixmap(QPixmap.fromImage(self._image.scaled(self.size(), kept, smooth)))
