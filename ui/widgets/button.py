"""Buttons. A verb each; the kind says how loud it is (look.md, "Components")."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.painting import focus_ring

ButtonKind = Literal["primary", "secondary", "quiet", "link", "chip", "nav", "tab", "danger", "search"]

_HEIGHTS = {"chip": 30, "nav": 40, "tab": 42, "link": 28}
_PADDING = {"primary": 14, "secondary": 14, "danger": 14, "quiet": 10, "link": 2, "search": 12, "chip": 13, "nav": 16, "tab": 3}
_LEAST_CUT = 120
"""Design pixels that a button keeps whose words may be cut."""
_CHECKABLE = ("chip", "nav", "tab")


class Button(QPushButton):
    """A button that draws itself from the theme.

    ``primary`` once in view, ``secondary`` with an edge, ``quiet`` and ``link`` without, ``danger`` for what cannot be taken back.
    ``chip``, ``nav`` and ``tab`` stay pressed; ``search`` looks like a field and opens one. Without ``words`` give ``name``: it is
    the accessible name and the tip. ``cut`` is for words of any length, such as the title of a document: where the room ends they are cut
    with an ellipsis, and the tip holds all of them.
    """

    def __init__(
        self,
        words: str,
        kind: ButtonKind = "secondary",
        *,
        icon: str = "",
        name: str = "",
        tip: str = "",
        large: bool = False,
        cut: bool = False,
        tone: str = "",
        press: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(words)
        self._kind: ButtonKind = kind
        self._icon = icon
        self._large = large
        self._cut = cut
        self._tone = tone
        self._count = ""
        self._collapsed = False
        self._stood_in: QWidget | None = None
        self.setAccessibleName((name or words).replace("&", ""))
        self.setToolTip(tip or (words if cut else "" if words else name))
        self.setCheckable(kind in _CHECKABLE)
        self.setAutoDefault(False)
        across = QSizePolicy.Policy.Preferred if kind in ("nav", "primary", "secondary", "danger", "search") else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        if cut or kind not in ("nav", "tab", "chip"):
            self.setSizePolicy(QSizePolicy.Policy.Preferred if cut else QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        if press is not None:
            self.clicked.connect(lambda: press())
        self.restyle()

    def setEnabled(self, enabled: bool) -> None:
        """While its work is under way Qt moves the focus on; it comes back afterwards, unless somebody went elsewhere meanwhile."""
        had_focus = self.hasFocus()
        super().setEnabled(enabled)
        if not enabled:
            self._stood_in = QApplication.focusWidget() if had_focus else self._stood_in
        elif self._stood_in is not None:
            if QApplication.focusWidget() is self._stood_in:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            self._stood_in = None

    def set_count(self, words: str) -> None:
        """A short figure at the right of a ``nav`` button; it is part of the accessible name."""
        self._count = words
        plain = self.text().replace("&", "")
        self.setAccessibleName(f"{plain}, {words}" if words else plain)
        self.update()

    def set_kind(self, kind: ButtonKind) -> None:
        """How loud it is from now on, where another step comes next."""
        self._kind = kind
        self.restyle()

    def set_icon(self, icon: str) -> None:
        self._icon = icon
        self.updateGeometry()
        self.update()

    def collapse(self, collapsed: bool) -> None:
        """Shows the icon alone; the words become the tip."""
        self._collapsed = collapsed
        if self._kind == "nav":
            plain = self.text().replace("&", "")
            tip = self.property("shortcut_words") or ""
            self.setToolTip(f"{plain} {tip}".strip() if collapsed else str(tip))
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.setFont(theme().font("ui", self._weight(loud=False)))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter presses the focused button as Space does, in windows as in dialogs.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        metrics = QFontMetrics(look.font("ui", self._weight(loud=True)))
        tall = look.px(44 if self._large else _HEIGHTS.get(self._kind, 36))
        words = self._shown_words()
        pad = look.px(_PADDING[self._kind])
        if not words:
            # Collapsed places stand closer at a large text size, so that all of them stay in sight (look/02-pupils-200.png).
            return QSize(look.px(56), max(look.px(29), 40)) if self._kind == "nav" else QSize(max(tall, look.px(36)), tall)
        wide = metrics.horizontalAdvance(words.replace("&", "")) + 2 * pad
        if self._icon:
            wide += look.px(18 + 8)
        if self._count:
            wide += look.px(28)
        return QSize(wide + 2, max(tall, metrics.height() + 2))

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return QSize(min(whole.width(), theme().px(_LEAST_CUT)), whole.height()) if self._cut else whole

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = self._ink()
        font = look.font("ui", self._weight(loud=self.isChecked()))
        self._paint_content(painter, font, ink)
        if self.hasFocus():
            box = self.rect().adjusted(2, 2, -2, -2) if self._kind == "nav" else self.rect()
            focus_ring(painter, box, look.px(14 if self._kind == "chip" else 6))
            if self._kind == "primary":
                # The ring alone would be lost against the fill.
                painter.setPen(QPen(look.colour("on_accent"), 2))
                painter.drawRoundedRect(QRectF(box).adjusted(3, 3, -3, -3), look.px(4), look.px(4))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _shown_words(self) -> str:
        return "" if self._collapsed else self.text()

    def _weight(self, *, loud: bool) -> int:
        if self._kind in ("primary", "danger"):
            return 600
        if self._kind in ("quiet", "link"):
            return 500
        return 600 if loud and self.isCheckable() else 500 if self._kind == "secondary" else 400

    def _ink(self) -> str:
        if not self.isEnabled():
            return "muted"
        if self._tone:
            return self._tone
        if self._kind == "primary":
            return "on_accent"
        if self._kind == "danger":
            return "danger"
        if self._kind in ("quiet", "link"):
            return "accent"
        if self._kind == "search" or (self._kind == "tab" and not self.isChecked()):
            return "muted"
        return "text"

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        fill: QColor | None = None
        edge: QColor | None = None
        radius = look.px(6)
        if self._kind == "primary":
            fill = look.colour("accent_hover" if hot else "accent") if self.isEnabled() else look.colour("sunken")
            edge = fill if self.isEnabled() else look.colour("border")
        elif self._kind in ("secondary", "danger", "search"):
            fill = look.colour("accent_soft" if hot else "raised")
            edge = look.colour("danger" if self._kind == "danger" else "border")
        elif self._kind == "chip":
            fill = look.colour("selection" if self.isChecked() else "accent_soft" if hot else "raised")
            edge = look.colour("accent" if self.isChecked() else "border")
            radius = self.height() // 2
        elif self._kind == "quiet" and hot:
            fill = look.colour("accent_soft")
        elif self._kind == "nav":
            self._paint_nav(painter, hot)
            return
        elif self._kind == "tab":
            if self.isChecked():
                bar = look.px(3)
                painter.fillRect(QRect(0, self.height() - bar, self.width(), bar), look.colour("accent"))
            return
        if fill is not None:
            painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(box, radius, radius)

    def _paint_nav(self, painter: QPainter, hot: bool) -> None:
        look = theme()
        if self.isChecked():
            painter.fillRect(self.rect(), look.colour("surface"))
            painter.fillRect(QRect(0, 0, look.px(3), self.height()), look.colour("accent"))
        elif hot:
            painter.fillRect(self.rect(), look.colour("accent_soft"))

    def _paint_content(self, painter: QPainter, font: QFont, ink: str) -> None:
        look = theme()
        words = self._shown_words()
        metrics = QFontMetrics(font)
        if self._cut:
            aside = look.px(_PADDING[self._kind] + (18 + 8 if self._icon else 0))
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - aside)
        side, gap = look.px(18), look.px(12 if self._kind == "nav" else 8)
        content = metrics.horizontalAdvance(words.replace("&", "")) if words else 0
        if self._icon:
            content += side + (gap if words else 0)
        at_left = self._kind in ("nav", "link", "search") and bool(words)
        x = look.px(_PADDING[self._kind]) if at_left else max(0, (self.width() - content) // 2)
        if self._icon:
            tone = "accent" if self.isChecked() and self._kind in ("nav", "chip") else ink
            painter.drawPixmap(x, (self.height() - side) // 2, look.pixmap(self._icon, tone, 18))
            x += side + gap
        painter.setFont(font)
        painter.setPen(look.colour(ink))
        # Room to the right edge: rounding of advances must never cut the last letter.
        room = QRect(x, 0, self.width() - x, self.height() - (look.px(3) if self._kind == "tab" else 0))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic, words)
        if self._kind == "link" and self.underMouse():
            painter.drawLine(
                x,
                self.height() // 2 + metrics.ascent() // 2 + 1,
                x + metrics.horizontalAdvance(words),
                self.height() // 2 + metrics.ascent() // 2 + 1,
            )
        if self._count and words:
            painter.setFont(look.font("small", 600))
            painter.setPen(look.colour("accent"))
            painter.drawText(
                self.rect().adjusted(0, 0, -look.px(14), 0), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._count
            )
