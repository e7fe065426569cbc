"""Looking at a PDF or a picture within the window: one page at a time, drawn away from the window's thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from sencoapp import reference
from sencoapp.domain.refusals import Fault, PlainMessage
from ui.commands import command
from ui.room import Room
from ui.tasks import Lane
from ui.widgets import STRETCH, Button, EmptyPlace, MarkedPage, Surface, Text, col, row
from ui.widgets.announce import announce

Fit = Literal["read", "width", "page", ""]
"""How large a page is: its size on paper where there is room, its whole width, all of it, or as it was zoomed."""

_STEPS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_INCH = 72.0
_SCREEN_DOTS = 96.0
_MOST_PIXELS = 40_000_000
_MOST_WORDS = 4_000


@dataclass(frozen=True)
class DrawnPage:
    """One page as a picture: its pixels (four bytes each, blue first), how many pages there are, and its words."""

    pixels: bytes
    width: int
    height: int
    stride: int
    number: int
    pages: int
    scale: float
    words: str


class PreviewPane(QWidget):
    """``show_pdf(bytes, title)`` or ``show_image(bytes, title)``. Page Up and Page Down turn pages, plus and minus zoom.

    ``page`` is the page in sight: what is marked is shown on it, and passages are picked there.
    The pane has no heading of its own. ``turned`` says which page (from 1) is in sight; ``go_to`` turns to one.
    """

    turned = Signal(int)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._content = b""
        self._picture: QImage | None = None
        self._title = ""
        self._number = 0
        self._pages = 0
        self._fit: Fit = "read"
        self._scale = 1.0
        """Of the page in sight: 1.0 is its size on paper."""
        self._wanted = 1.0
        self.page = self._page = MarkedPage()
        self._page.picked.connect(self._follow)
        self._view = QScrollArea()
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setWidgetResizable(True)
        self._view.setWidget(self._page)
        self._view.setAccessibleName(reference.say("pupil.preview"))
        self._view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._view.installEventFilter(self)
        self._failed = EmptyPlace("", icon="file-text")
        self._failed.hide()
        self._build()
        self._after_resize = QTimer(self)
        self._after_resize.setSingleShot(True)
        self._after_resize.setInterval(60)
        self._after_resize.timeout.connect(self._draw)
        self.setFocusProxy(self._view)

    def _build(self) -> None:
        self._back = Button("", "quiet", icon="chevron-left", name=reference.say("pupil.page_back"), press=lambda: self.go_to(self._number))
        self._on = Button(
            "", "quiet", icon="chevron-right", name=reference.say("pupil.page_on"), press=lambda: self.go_to(self._number + 2)
        )
        self._where = Text("", "ui", figures=True)
        self._smaller = Button("", "quiet", icon="minus", name=reference.say("pupil.zoom_out"), press=lambda: self.zoom(-1))
        self._larger = Button("", "quiet", icon="plus", name=reference.say("pupil.zoom_in"), press=lambda: self.zoom(1))
        self._percent = Text("", "ui", "muted", figures=True)
        self._fit_page = Button(reference.say("pupil.fit_page"), "quiet", press=lambda: self.fit("page"))
        self._fit_width = Button(reference.say("pupil.fit_width"), "quiet", press=lambda: self.fit("width"))
        sizes = (self._smaller, self._percent, self._larger, self._fit_page, self._fit_width)
        self._bar = Surface("bar", row(self._back, self._where, self._on, STRETCH, *sizes, gap=4, margins=(16, 4, 16, 4)))
        self.setLayout(col(self._bar, (self._view, 1), (self._failed, 1), gap=0))
        command(self, reference.say("pupil.page_on"), lambda: self.go_to(self._number + 2), "PgDown")
        command(self, reference.say("pupil.page_back"), lambda: self.go_to(self._number), "PgUp")

    # ---- what it shows ----------------------------------------------------------------------------------------------

    def show_pdf(self, content: bytes, title: str) -> None:
        """Shows a PDF from its first page. What cannot be read as one gets a sentence in its place."""
        self._begin(content, title)
        self._draw()

    def show_image(self, content: bytes, title: str) -> None:
        """Shows a JPEG or PNG as one page."""
        self._begin(b"", title)
        self._room.aside(self, partial(read_picture, content, title), self._show_picture, self._fail)

    def show_words(self, words: str) -> None:
        """One sentence in the place of a document that is not drawn here."""
        self._begin(b"", "")
        self._instead(words)

    def clear(self) -> None:
        """Lets go of what it shows."""
        self._begin(b"", "")
        self._page.clear()

    def pages(self) -> int:
        """How many pages there are; 0 until the first has been drawn."""
        return self._pages

    def number(self) -> int:
        """The page in sight, from 1."""
        return self._number + 1

    def go_to(self, page: int) -> None:
        """Turns to a page, from 1; beyond the ends nothing happens."""
        if self._content and 1 <= page <= max(1, self._pages) and page != self._number + 1:
            self._number = page - 1
            self._view.verticalScrollBar().setValue(0)
            self._draw()

    def zoom(self, step: int) -> None:
        """One step larger or smaller."""
        now = self._scale
        larger = [each for each in _STEPS if each > now * 1.01]
        smaller = [each for each in _STEPS if each < now * 0.99]
        found = (larger[:1] if step > 0 else smaller[-1:]) or [now]
        self._fit, self._wanted = "", found[0]
        self._draw()

    def fit(self, fit: Fit) -> None:
        """The whole page, or its whole width."""
        self._fit = fit
        self._draw()

    # ---- drawing ----------------------------------------------------------------------------------------------------

    def _begin(self, content: bytes, title: str) -> None:
        self._content, self._title, self._picture = content, title, None
        self._number, self._pages = 0, 0
        self._failed.hide()
        self._view.show()
        self._bar.show()
        self._show_tools()

    def _draw(self) -> None:
        if self._picture is not None:
            self._place_picture()
        elif self._content:
            room, dots = self._room_for_page(), self.devicePixelRatioF() * _SCREEN_DOTS / _INCH
            draw = partial(draw_page, self._content, self._title, self._number, self._fit, self._wanted, room, dots)
            content = self._content
            show = partial(self._show_page, content)
            self._room.desk.query(self, draw, show, self._fail, replace="page", lane=Lane.ERRANDS)

    def _room_for_page(self) -> tuple[int, int]:
        """The room for a page, in pixels of the window."""
        inside = self._view.viewport().size() if self._view.isVisible() else QSize(600, 700)
        return max(120, self._view.width() - 40), max(120, inside.height() - 24)

    def _show_page(self, content: bytes, drawn: DrawnPage) -> None:
        if content is not self._content or drawn.number != self._number:
            return
        image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        new = self._pages == 0 or self._page.property("number") != drawn.number
        self._pages, self._scale = drawn.pages, drawn.scale
        self._page.setPixmap(QPixmap.fromImage(image))
        self._page.setProperty("number", drawn.number)
        self._page.setAccessibleName(reference.say("pupil.page_of", number=drawn.number + 1, pages=drawn.pages))
        self._page.setAccessibleDescription(drawn.words)
        self._show_tools()
        if new:
            announce(self._where.text(), self)
            self.turned.emit(drawn.number + 1)

    def _show_picture(self, picture: QImage) -> None:
        self._picture, self._pages = picture, 1
        self._place_picture()
        self.turned.emit(1)

    def _place_picture(self) -> None:
        assert self._picture is not None
        wide, tall = self._room_for_page()
        ratio = self.devicePixelRatioF()
        own = self._picture.size() / ratio
        self._scale = _scale_for(self._fit, self._wanted, (wide, tall), (own.width(), own.height()))
        size = QSize(round(own.width() * self._scale * ratio), round(own.height() * self._scale * ratio))
        shown = self._picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        shown.setDevicePixelRatio(ratio)
        self._page.setPixmap(QPixmap.fromImage(shown))
        self._page.setAccessibleName(self._title)
        self._show_tools()

    def _fail(self, message: PlainMessage) -> None:
        self._instead(reference.explain(message))

    def _instead(self, words: str) -> None:
        self._failed.say(words)
        self._view.hide()
        self._bar.hide()
        self._failed.show()

    def _show_tools(self) -> None:
        paged = self._pages > 1
        for each in (self._back, self._on):
            each.setVisible(paged)
        self._back.setEnabled(self._number > 0)
        self._on.setEnabled(self._number + 1 < self._pages)
        self._where.setText(reference.say("pupil.page_of", number=self._number + 1, pages=self._pages) if paged else "")
        self._percent.setText(f"{round(self._scale * 100)} %")
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %") + 4)  # nothing moves as it is turned

    def _follow(self) -> None:
        """What is picked stays in sight."""
        at = self._page.shown_at()
        if at is not None:
            self._view.ensureVisible(round(at.center().x()), round(at.center().y()), 40, 60)

    # ---- Qt ---------------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fit and (self._content or self._picture is not None):
            self._after_resize.start()

    def hideEvent(self, event: QEvent) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._after_resize.stop()

    def restyle(self) -> None:
        if self._fit and (self._content or self._picture is not None):
            self._after_resize.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if self._page.takes(event):
                return True
            press = self._keys().get(Qt.Key(event.key()))
            if press is not None:
                press()
                return True
        return super().eventFilter(watched, event)

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            Qt.Key.Key_PageDown: lambda: self.go_to(self._number + 2),
            Qt.Key.Key_PageUp: lambda: self.go_to(self._number),
            Qt.Key.Key_Home: lambda: self.go_to(1),
            Qt.Key.Key_End: lambda: self.go_to(self._pages),
            Qt.Key.Key_Plus: lambda: self.zoom(1),
            Qt.Key.Key_Minus: lambda: self.zoom(-1),
        }

    def panes(self) -> Sequence[QWidget]:
        """Where F6 stops."""
        return (self._view,)


def _scale_for(fit: Fit, wanted: float, room: tuple[int, int], page: tuple[float, float]) -> float:
    """How much larger than on paper (or than its own pixels) a page is shown; all in pixels of the window."""
    by_width, by_height = room[0] / page[0], room[1] / page[1]
    if fit == "read":
        return min(1.0, by_width)
    if fit == "page":
        return min(by_width, by_height)
    return by_width if fit == "width" else wanted


def draw_page(content: bytes, title: str, number: int, fit: Fit, wanted: float, room: tuple[int, int], dots: float) -> DrawnPage:
    """Draws one page. The document is opened and closed here: PDFium is used by one thread, and nothing of it is kept.

    ``room`` in pixels of the window, ``dots`` in pixels of the screen a point. Raises ``Fault("preview_unreadable")``.
    """
    import pypdfium2

    opened: Any = pypdfium2.PdfDocument
    try:
        document = opened(content)
    except pypdfium2.PdfiumError:
        raise Fault("preview_unreadable", title=title) from None
    try:
        page = document[number]
        wide, tall = page.get_size()
        usual = _SCREEN_DOTS / _INCH
        scale = _scale_for(fit, wanted, room, (wide * usual, tall * usual))
        scale = min(scale, (_MOST_PIXELS / max(1.0, wide * tall)) ** 0.5 / dots)
        bitmap = page.render(scale=scale * dots, prefer_bgrx=True)
        text = page.get_textpage()
        words = text.get_text_range()[:_MOST_WORDS]
        drawn = DrawnPage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, number, len(document), scale, words)
        text.close()
        bitmap.close()
        page.close()
        return drawn
    finally:
        document.close()


def read_picture(content: bytes, title: str) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)  # upright, as it was taken
    picture = reader.read()
    if picture.isNull():
        raise Fault("preview_unreadable", title=title)
    return picture
