"""Panels that speak: a notice, the errors of a form, an empty place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage
from ui.theme import theme
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.fields import Field
from ui.widgets.layout import STRETCH, Surface, SurfaceKind, clear, col, row
from ui.widgets.painting import focus_ring
from ui.widgets.text import Icon, Text

NoticeKind = Literal["success", "warning", "danger", "info", "thread"]

_ICONS = {"success": "circle-check", "warning": "triangle-alert", "danger": "triangle-alert", "info": "info", "thread": "route"}
_TONES = {"thread": "thread_text"}


class Notice(Surface):
    """A sentence with an icon in the tint of its kind, and what can be done about it at the right."""

    def __init__(self, kind: NoticeKind, words: str, *actions: Button, dismissable: bool = False) -> None:
        self._icon = Icon(_ICONS[kind], _TONES.get(kind, kind))
        self._words = Text(words, "ui", wrap=True)
        dismiss = Button("", "quiet", icon="x", name=reference.say("shell.dismiss"), press=self.hide) if dismissable else None
        super().__init__(kind, row(self._icon, (self._words, 1), *actions, dismiss, gap=10, margins=(12, 6, 8, 6)))
        self.setAccessibleName(words)

    def become(self, kind: SurfaceKind) -> None:
        """Another kind of notice, in its tint and with its icon: colour alone says nothing."""
        super().become(kind)
        if kind in _ICONS:
            self._icon.show_icon(_ICONS[kind], _TONES.get(kind, kind))

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(words)
        announce(words, self)


class ProblemLink(Button):
    """A sentence that leads to its field. Long ones wrap: at a large text size they would be wider than the page."""

    def __init__(self, sentence: str, press: Callable[[], object]) -> None:
        super().__init__(sentence, "link", press=press)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), super().sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(1, width - 2 * theme().px(2)), 1 << 14)
        tall = QFontMetrics(self._font()).boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height()
        return max(super().sizeHint().height(), tall + theme().px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        font = self._font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(look.colour("accent"))
        room = self.rect().adjusted(look.px(2), 0, -look.px(2), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextHideMnemonic, self.text())
        if self.hasFocus():
            focus_ring(painter, self.rect(), look.px(6))

    def _font(self) -> QFont:
        return theme().font("ui", self._weight(loud=False))


class ErrorSummary(Surface):
    """ "There is a problem": every sentence a link to its field. It takes the focus when it appears (GOV.UK pattern)."""

    def __init__(self) -> None:
        self._links = col(gap=2)
        self._head = Text(reference.say("shell.problem"), "heading", "danger")
        super().__init__(
            "danger", row(col(Icon("triangle-alert", "danger", 24), STRETCH), (col(self._head, self._links, gap=4), 1), gap=12, margins=14)
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(reference.say("shell.problem"))
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, Field | None]]) -> None:
        """Shows sentences, each with the field it belongs to, or takes the panel away where there are none."""
        clear(self._links)
        for sentence, field in problems:
            if field is None:
                self._links.addWidget(Text(sentence, "ui", wrap=True))
            else:
                self._links.addWidget(ProblemLink(sentence, field.go_to))
        self.setVisible(bool(problems))
        if problems:
            words = " ".join((self._head.text() + ".", *(sentence for sentence, _ in problems)))
            self.setAccessibleName(words)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.update()

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if self.hasFocus():
            focus_ring(QPainter(self), self.rect(), theme().px(8))


class Form(QFrame):
    """Fields in one column of reading width, with the errors above them.

    ``form.add("happened_on", Field(...))`` names a field as services do, so that ``form.refuse(message)`` finds it by the
    ``field`` in the details of a ``Refusal``.
    """

    def __init__(self, *, gap: int = 16, wide: bool = False) -> None:
        super().__init__()
        self.summary = ErrorSummary()
        self._fields: dict[str, Field] = {}
        self._wide = wide
        self._column = col(self.summary, gap=gap)
        self.setLayout(self._column)
        self.restyle()

    def restyle(self) -> None:
        if not self._wide:
            self.setMaximumWidth(theme().px(640))

    def add(self, name: str, field: Field, *, place: bool = True) -> Field:
        """Adds a field; ``place`` false only names it, where the caller puts it somewhere itself."""
        self._fields[name] = field
        if place:
            self._column.addWidget(field)
        return field

    def end(self) -> None:
        """Nothing follows: where there is more room than the form needs, it stays below."""
        self._column.addStretch(1)

    def add_widget(self, widget: QWidget) -> None:
        """Adds something that is no field: buttons, a notice, fields side by side."""
        self._column.addWidget(widget)

    def rest_below(self) -> None:
        """Room that is not needed stays below what was added, and does not come between sentences."""
        self._column.addStretch(1)

    def refuse(self, message: PlainMessage) -> None:
        """Shows why it could not be saved, at the top and at its field."""
        self.show_problems({str(message.details.get("field", "")): reference.explain(message)})

    def show_problems(self, problems: Mapping[str, str]) -> None:
        """Field name to sentence; a name that the form does not know is shown at the top only."""
        for name, field in self._fields.items():
            field.say_problem(problems.get(name, ""))
        self.summary.show_problems([(sentence, self._fields.get(name)) for name, sentence in problems.items()])

    def clear_problems(self) -> None:
        self.show_problems({})


class EmptyPlace(QWidget):
    """Where nothing is yet: one sentence, one button, a small icon."""

    pressed = Signal()

    def __init__(self, sentence: str, action: str = "", *, icon: str = "", press: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._words = Text(sentence, "body", "muted", wrap=True, side="centre")
        self._words.setMinimumWidth(theme().px(200))
        self.button = Button(action, "primary", press=self.pressed.emit) if action else None
        if press is not None:
            self.pressed.connect(lambda: press())
        middle = Qt.AlignmentFlag.AlignHCenter
        column = col(STRETCH, gap=12, margins=24)
        if icon:
            column.addWidget(Icon(icon, "muted", 48), 0, middle)
        column.addWidget(self._words)
        if self.button is not None:
            column.addWidget(self.button, 0, middle)
        column.addStretch(2)
        self.setLayout(column)

    def forbid(self) -> None:
        """For a person who may not do what the button does: it is out of sight."""
        if self.button is not None:
            self.button.hide()

    def say(self, sentence: str, action: str = "") -> None:
        """Another sentence, and where it calls for one another word on the button that is there."""
        self._words.setText(sentence)
        if action and self.button is not None:
            self.button.setText(action)
            self.button.setAccessibleName(action)
