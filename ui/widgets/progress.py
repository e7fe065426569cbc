"""Work that lasts: what is being done, how far it is, and a way to stop it."""

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sencoapp import reference
from ui.tasks import Job
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.layout import Surface, row
from ui.widgets.text import Elided


class ProgressLine(QWidget):
    """A thin bar; empty where it is not known how much there is."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float) -> None:
        """From 0 to 1."""
        self._share = min(1.0, max(0.0, share))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(8))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        bar = QRectF(0, self.height() / 2 - look.px(2), self.width(), look.px(5))
        painter.setBrush(look.colour("hairline"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setBrush(look.colour("accent"))
        painter.drawRoundedRect(QRectF(0, bar.y(), bar.width() * self._share, bar.height()), 2, 2)


class ProgressStrip(Surface):
    """The line at the foot of the window for a ``Job`` that lasts longer than 600 ms."""

    def __init__(self) -> None:
        self._words = Elided("", "ui")
        self._line = ProgressLine()
        self._stop = Button(reference.say("shell.stop"), "secondary")
        super().__init__("foot", row((self._words, 2), (self._line, 1), self._stop, gap=16, margins=(24, 6, 24, 6)))
        self._job: Job | None = None
        self._stop.clicked.connect(self._press_stop)
        self.hide()

    def follow(self, job: Job) -> None:
        """Shows this job until it ends."""
        self._job = job
        job.progressed.connect(self._progressed)
        job.ended.connect(self._ended)
        self._words.say(job.words)
        self._line.show_share(0)
        self._stop.setVisible(job.can_stop)
        self._stop.setEnabled(True)
        self.show()
        announce(job.words, self)

    @Slot(str, int, int)
    def _progressed(self, doing: str, done: int, of: int) -> None:
        if self._job is None or self.sender() is not self._job:
            return
        words = _in_words(doing) or self._job.words
        self._words.say(reference.say("shell.progress_of", doing=words, done=done, of=of) if of else words)
        self._line.show_share(done / of if of else 0)

    @Slot()
    def _ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self.hide()

    def _press_stop(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._stop.setEnabled(False)
            self._words.say(reference.say("shell.stopping"))


def _in_words(doing: str) -> str:
    """What a service said it is doing: a key of the wording, or words already."""
    try:
        return reference.say(doing) if "." in doing and " " not in doing else doing
    except (KeyError, OSError):
        return ""
