"""Fields of a form: a label above, a hint below it, the control, and what is wrong with it where something is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLineEdit, QSizePolicy, QTextEdit, QWidget

from sencoapp import reference
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.layout import Flow, col, row
from ui.widgets.text import Text


class LineField(QLineEdit):
    """One line of words. ``name`` is what a screen reader calls it where no label is its buddy."""

    def __init__(self, name: str = "", *, placeholder: str = "", icon: str = "", width: int = 0) -> None:
        super().__init__()
        self._icon = icon
        self._width = width
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.restyle()

    def restyle(self) -> None:
        look = theme()
        self.setFont(look.font("ui"))
        self.setFixedHeight(max(look.px(36), self.fontMetrics().height() + look.px(8)))
        if self._width:
            self.setFixedWidth(look.px(self._width))
        self.setTextMargins(look.px(26) if self._icon else 0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            look = theme()
            QPainter(self).drawPixmap(QPoint(look.px(10), (self.height() - look.px(18)) // 2), look.pixmap(self._icon, "muted", 18))


class SearchField(LineField):
    """Search as you type. Esc empties it; Down goes to what it found."""

    searched = Signal(str)
    """The words so far, without space around them, at each key."""
    went_down = Signal()

    def __init__(self, name: str, *, width: int = 0) -> None:
        super().__init__(name, placeholder=name, icon="search", width=width)
        self.textChanged.connect(lambda words: self.searched.emit(words.strip()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class TextArea(QTextEdit):
    """Several lines of plain words. Tab goes to the next field; it grows with what is written, up to ``most_lines``.

    ``settled`` is sent 400 ms after the last key, and when the focus leaves: the moment to keep a draft.
    """

    settled = Signal(str)

    def __init__(self, name: str = "", *, placeholder: str = "", lines: int = 3, most_lines: int = 12) -> None:
        super().__init__()
        self.take_instead: Callable[[QMimeData], bool] | None = None
        """Gets what is pasted or dropped first, and says whether it took it: a picture, a file."""
        self._lines = lines
        self._most = most_lines
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(400)
        self._pause.timeout.connect(self._settle)
        self.textChanged.connect(self._changed)
        self.restyle()

    def words(self) -> str:
        return self.toPlainText()

    def set_words(self, words: str) -> None:
        """Shows words that are already kept: nothing is sent."""
        self.blockSignals(True)
        self.setPlainText(words)
        self.blockSignals(False)
        self._pause.stop()
        self._grow()

    def put_words(self, words: str, start: int = 0, end: int | None = None) -> None:
        """Writes words in the place of what stands between two characters, as if a person had typed them: Ctrl+Z brings it back."""
        there = self.words()
        cursor = self.textCursor()
        cursor.setPosition(_units(there[:start]))
        cursor.setPosition(_units(there[:end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(words)
        self.setTextCursor(cursor)

    def restyle(self) -> None:
        self.setFont(theme().font("body"))
        self.document().setDefaultFont(self.font())
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        from ui.spelling import spelling  # the unlock screen has no text, and must not wait for it

        spelling().look_over(self)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        if self._pause.isActive():
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Period and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            from ui.spelling import open_suggestions

            open_suggestions(self)
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        from ui.spelling import mistake_at, offer

        menu = self.createStandardContextMenu()
        cursor = mistake_at(self, self.cursorForPosition(event.pos()).position())
        if cursor is not None:
            offer(self, cursor, menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(event.globalPos())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), self._height(min(self._lines, 2)))

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return super().canInsertFromMimeData(source) or (self.take_instead is not None and (source.hasUrls() or source.hasImage()))

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.take_instead is None or not self.take_instead(source):
            super().insertFromMimeData(source)

    def _changed(self) -> None:
        self._grow()
        self._pause.start()

    def _settle(self) -> None:
        self._pause.stop()
        self.settled.emit(self.words())

    def _height(self, lines: float) -> int:
        return round(lines * self.fontMetrics().lineSpacing()) + theme().px(2 * 5 + 10)

    def _grow(self) -> None:
        written = round(self.document().size().height()) + theme().px(12)
        self.setFixedHeight(max(self._height(self._lines), min(written, self._height(self._most))))


def _units(words: str) -> int:
    """How many places Qt counts in words: a character beyond the first 65,536 takes two."""
    return len(words.encode("utf-16-le")) // 2


class Choice(QComboBox):
    """One of a few. Never typed into (screen readers do not read an editable one). ``options`` are (value, words)."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Sequence[tuple[str, str]], *, value: str = "", width: int = 0) -> None:
        super().__init__()
        self._width = width
        self.setAccessibleName(name)
        self.offer(options, value)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.currentIndexChanged.connect(lambda _: self.chosen.emit(self.value()))
        self.restyle()

    def offer(self, options: Sequence[tuple[str, str]], value: str = "") -> None:
        """Replaces what can be chosen, without sending ``chosen``."""
        self.blockSignals(True)
        self.clear()
        for each, words in options:
            self.addItem(words, each)
        self.setCurrentIndex(max(0, self.findData(value)))
        self.blockSignals(False)

    def value(self) -> str:
        found = self.currentData()
        return "" if found is None else str(found)

    def choose(self, value: str) -> None:
        self.setCurrentIndex(self.findData(value))

    def restyle(self) -> None:
        look = theme()
        self.setFont(look.font("ui"))
        self.setFixedHeight(max(look.px(36), self.fontMetrics().height() + look.px(8)))
        if self._width:
            self.setFixedWidth(look.px(self._width))

    def sizeHint(self) -> QSize:
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(i)) for i in range(self.count())), default=0)
        return QSize(widest + theme().px(52), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(90), self.height())

    def wheelEvent(self, event: object) -> None:
        # Scrolling the page must not change an answer.
        event.ignore()  # type: ignore[attr-defined]

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        look = theme()
        side = look.px(16)
        QPainter(self).drawPixmap(
            QPoint(self.width() - side - look.px(10), (self.height() - side) // 2), look.pixmap("chevron-down", "text", 16)
        )


_CHIP_LETTERS = 40


class ChipChoice(QWidget):
    """One of a few, or several, as round chips that wrap. ``options`` are (value, words). Arrow keys move, Space presses."""

    chosen = Signal()

    def __init__(self, name: str, options: Sequence[tuple[str, str]], *, several: bool = False, none_allowed: bool = True) -> None:
        super().__init__()
        self._several = several
        self._none_allowed = none_allowed or several
        self._chips: dict[str, Button] = {}
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._place = Flow(gap=8)
        self.setLayout(self._place)
        self.offer(options)

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Replaces the chips; what was chosen and is still there stays chosen, and so does the focus."""
        kept = set(self.values())
        here = next((value for value, chip in self._chips.items() if chip.hasFocus()), None)
        for chip in self._chips.values():
            chip.hide()
            chip.deleteLater()
            self._place.removeWidget(chip)
        self._chips = {}
        for value, words in options:
            # Several may be documents, with titles of any length: they are cut where the room ends, and the tip holds all of it.
            chip = Button(words, "chip", name=f"{self.accessibleName()}: {words}".replace("&", ""), cut=self._several)
            chip.setToolTip(words if self._several and len(words) > _CHIP_LETTERS else "")
            chip.setChecked(value in kept)
            chip.clicked.connect(lambda _=False, value=value: self._pressed(value))
            self._chips[value] = chip
            self._place.addWidget(chip)
            if value == here:
                chip.show()
                chip.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> str:
        """The chosen one, or nothing."""
        return next(iter(self.values()), "")

    def values(self) -> tuple[str, ...]:
        return tuple(value for value, chip in self._chips.items() if chip.isChecked())

    def choose(self, *values: str) -> None:
        """Shows these as chosen, without sending ``chosen``."""
        for value, chip in self._chips.items():
            chip.setChecked(value in values)

    def chip(self, value: str) -> Button:
        """The chip of one value, to give it a shortcut."""
        return self._chips[value]

    def setFocus(self, *_: object) -> None:
        chips = list(self._chips.values())
        if chips:
            next((each for each in chips if each.isChecked()), chips[0]).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        chips = list(self._chips.values())
        here = next((i for i, each in enumerate(chips) if each.hasFocus()), None)
        key = Qt.Key(event.key())
        if key in steps and here is not None:
            chips[(here + steps[key]) % len(chips)].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _pressed(self, value: str) -> None:
        if not self._several:
            for other, chip in self._chips.items():
                if other != value:
                    chip.setChecked(False)
            if not self._none_allowed:
                self._chips[value].setChecked(True)
        self.chosen.emit()


class Field(QWidget):
    """A control with its label above, a hint, and the sentence that says what is wrong with it."""

    def __init__(self, label: str, control: QWidget, *, hint: str = "", optional: bool = False) -> None:
        super().__init__()
        self.control = control
        words = f"{label} {reference.say('shell.optional')}" if optional else label
        self.label = Text(words, "ui", weight=600)
        self.label.setBuddy(control)
        self._hint = Text(hint, "ui", "muted", wrap=True)
        if not hint:
            self._hint.hide()
        self._problem = Text("", "ui", "danger", weight=600, wrap=True)
        self._problem.hide()
        self._said_hint = hint
        if not control.accessibleName():
            control.setAccessibleName(words.replace("&", ""))
        control.setAccessibleDescription(hint)
        self.setLayout(col(self.label, self._hint, self._problem, control, gap=4))

    def go_to(self) -> None:
        """Puts the focus into the control."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_hint(self, hint: str) -> None:
        """Another hint, where what is asked for depends on another field."""
        self._said_hint = hint
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        (self.control.focusProxy() or self.control).setAccessibleDescription(hint)

    def say_problem(self, sentence: str) -> None:
        """Shows what is wrong, or takes it away where ``sentence`` is empty. What was typed stays."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        edge = self.control.focusProxy() or self.control
        edge.setProperty("problem", bool(sentence))
        edge.style().polish(edge)
        edge.setAccessibleDescription(sentence or self._said_hint)


def side_by_side(*fields: QWidget, gap: int = 16) -> QWidget:
    """Short fields in one line, aligned at the top; below each other where they have no room beside each other."""
    return _SideBySide(fields, gap)


class _SideBySide(QWidget):
    def __init__(self, fields: Sequence[QWidget], gap: int) -> None:
        super().__init__()
        self._fields, self._line = fields, row(gap=gap)
        for field in fields:
            self._line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self._line)

    def minimumSizeHint(self) -> QSize:
        return QSize(max((each.minimumSizeHint().width() for each in self._fields), default=0), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        needed = sum(each.minimumSizeHint().width() for each in self._fields) + self._line.spacing() * (len(self._fields) - 1)
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if needed <= self.width() else ways.TopToBottom
        if way != self._line.direction():
            self._line.setDirection(way)
            self.updateGeometry()
