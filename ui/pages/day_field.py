"""A day that keeps itself: it is saved when it is understood and the focus leaves it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage
from ui.widgets import DateField, Field, col

KeepDay = Callable[[str, date | None], None]
"""Saves the day of the thing whose id comes first."""


class KeptDay(QWidget):
    """A labelled day. What is no day, or out of bounds, is said at the field, and nothing is saved."""

    def __init__(self, label: str, today: date, what: str, keep: KeepDay, *, hint: str = "") -> None:
        super().__init__()
        self._keep = keep
        self._of = ""
        self._kept: date | None = None
        self.day = DateField(today=today, what=what)
        self.field = Field(label, self.day, hint=hint)
        self.setFocusProxy(self.day.edit)
        self.setLayout(col(self.field, gap=0))
        self.day.edit.editingFinished.connect(self._left)

    def show_day(self, of: str, day: date | None) -> None:
        """Shows the day that the record holds, unless someone is typing another."""
        if of == self._of and (self.day.edit.hasFocus() or day == self._kept):
            self._kept = day if not self.day.edit.hasFocus() else self._kept
            return
        self._of, self._kept = of, day
        self.field.say_problem("")
        self.day.set_value(day)

    def _left(self) -> None:
        try:
            day = self.day.value()
        except PlainMessage as message:
            self.field.say_problem(reference.explain(message))
            return
        self.field.say_problem("")
        if day != self._kept and self._of:
            self._kept = day
            self._keep(self._of, day)

    def refuse(self, message: PlainMessage) -> None:
        """Says at the field why the day could not be saved; what was typed stays."""
        self.field.say_problem(reference.explain(message))
