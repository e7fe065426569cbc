"""Words and icons by their role in the scale (look.md, "Type and space")."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import FontRole, theme

Side = Literal["left", "centre", "right"]

_SIDES = {"left": Qt.AlignmentFlag.AlignLeft, "centre": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight}


class Text(QLabel):
    """Words in one role and one tone (a colour role). Plain text unless ``rich``; a person's words are never read as HTML."""

    def __init__(
        self,
        words: str = "",
        role: FontRole = "ui",
        tone: str = "text",
        *,
        weight: int | None = None,
        italic: bool = False,
        figures: bool = False,
        wrap: bool = False,
        side: Side = "left",
        rich: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self._role: FontRole = role
        self._tone = tone
        self._weight = weight
        self._italic = italic
        self._figures = figures
        self.setWordWrap(wrap)
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setText(words)
        self.setAlignment(_SIDES[side] | Qt.AlignmentFlag.AlignVCenter)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.restyle()

    def setText(self, words: str) -> None:
        # Emphasis is semi-bold, as in all the rest; a bold that is not loaded would be smeared.
        if self.textFormat() == Qt.TextFormat.RichText:
            words = words.replace("<b>", '<span style="font-weight:600">').replace("</b>", "</span>")
        super().setText(words)

    def set_tone(self, tone: str) -> None:
        self._tone = tone
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        self.setFont(look.font(self._role, self._weight, italic=self._italic, figures=self._figures))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, look.colour(self._tone))
        self.setPalette(palette)


class Elided(Text):
    """One line that is cut with an ellipsis where the room ends; the tip and the accessible name hold all of it."""

    def __init__(self, words: str = "", role: FontRole = "ui", tone: str = "text", *, weight: int | None = None) -> None:
        self._whole = words
        super().__init__(words, role, tone, weight=weight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        self._whole = words
        self.setAccessibleName(words)
        self._cut()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(wide, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().px(40)), self.fontMetrics().height())

    def resizeEvent(self, event: object) -> None:
        self._cut()

    def restyle(self) -> None:
        super().restyle()
        self._cut()

    def _cut(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setText(shown)
        self.setToolTip("" if shown == self._whole else self._whole)


class Icon(QLabel):
    """An icon in one tone. It is decoration: the words beside it say the same."""

    def __init__(self, name: str, tone: str = "text", size: int = 20) -> None:
        super().__init__()
        self._name, self._tone, self._size = name, tone, size
        self.restyle()

    def show_icon(self, name: str, tone: str) -> None:
        self._name, self._tone = name, tone
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        self.setPixmap(look.pixmap(self._name, self._tone, self._size) if self._name else QPixmap())
        self.setFixedSize(look.px(self._size), look.px(self._size))


def title(words: str) -> Text:
    return Text(words, "title")


def heading(words: str) -> Text:
    return Text(words, "heading")


def note(words: str, *, wrap: bool = False) -> Text:
    """A short line that is not an instruction: a source, a count, a date beside text."""
    return Text(words, "small", "muted", wrap=wrap)
