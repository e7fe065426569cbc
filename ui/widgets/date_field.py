"""A day, typed as people type it, and said back in words (screens.md 1.1, after the GOV.UK pattern for dates)."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import Towards, full_date, read_date, weekday_date
from sencoapp.domain.refusals import PlainMessage
from ui.widgets.fields import LineField
from ui.widgets.layout import col
from ui.widgets.text import Text


class DateField(QWidget):
    """One field for a day: "27 3 26", "27 mar", "today", "fri", "+2w". Its meaning stands below it in full.

    ``today`` is the day at the school; ``what`` ("the review date"), ``field``, ``towards``, ``earliest`` and ``latest`` are those of
    ``domain.dates.read_date``. ``value()`` is the day, None where nothing is typed, and raises the ``Refusal`` of
    ``read_date`` for what is no day or out of bounds: call it when the form is saved.
    """

    changed = Signal()

    def __init__(
        self,
        name: str = "",
        *,
        today: date,
        value: date | None = None,
        what: str = "the date",
        field: str | None = None,
        towards: Towards = "nearest",
        earliest: date | None = None,
        latest: date | None = None,
    ) -> None:
        super().__init__()
        self._today, self._what, self._field, self._towards = today, what, field, towards
        self._earliest, self._latest = earliest, latest
        self.edit = LineField(name, width=200)
        self._echo = Text("", "small", "muted")
        self.setFocusProxy(self.edit)
        self.setLayout(col(self.edit, self._echo, gap=4))
        self.edit.textChanged.connect(self._typed)
        self.edit.editingFinished.connect(self._left)
        self.set_value(value)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def value(self) -> date | None:
        words = self.edit.text().strip()
        if not words:
            return None
        return read_date(
            words,
            self._today,
            what=self._what,
            field=self._field,
            towards=self._towards,
            earliest=self._earliest,
            latest=self._latest,
        )

    def set_value(self, day: date | None) -> None:
        self.edit.setText(full_date(day) if day else "")
        self._typed()

    def setFocus(self, *_: object) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        words = self.edit.text().strip()
        day = self._understood()
        if day is not None:
            self._echo.setText(weekday_date(day))
        else:
            self._echo.setText(reference.say("shell.date_not_yet") if words else reference.say("shell.date_example"))
        self.edit.setAccessibleDescription(self._echo.text())
        self.changed.emit()

    def _left(self) -> None:
        day = self._understood()
        if day is not None:
            self.edit.setText(full_date(day))

    def _understood(self) -> date | None:
        # A half-typed day is no mistake yet: it is checked when the form is saved.
        try:
            return self.value()
        except PlainMessage:
            return None
