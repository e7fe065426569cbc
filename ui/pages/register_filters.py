"""What the register is filtered by: words, status, year, class, need, and when the review is due."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.services.ports import RegisterQuery
from sencoapp.services.today import year_words
from ui.pages.pupil_words import need_words
from ui.theme import theme
from ui.widgets import STRETCH, Button, ChipChoice, Choice, Flow, SearchField, Surface, col, holder, row

ON_REGISTER = ("K", "E")
"""What the page begins with: the pupils of the SEN register."""

_DUE_WEEKS = {"overdue": 0, "two_weeks": 2, "six_weeks": 6}
_ROOM_FOR_ALL = 680


class RegisterFilters(Surface):
    """The bar above the list. ``changed`` is sent at every key and every choice; ``query`` says what is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        self.search = SearchField(reference.say("register.search"))
        self.search.setMinimumWidth(theme().px(120))
        statuses = [(code, reference.say(f"register.status_{code}")) for code in ("K", "E", "N")]
        self._status = ChipChoice(reference.say("register.status"), statuses, several=True)
        self._status.choose(*ON_REGISTER)
        self.year = Choice(reference.say("register.year"), [("", reference.say("register.any_year"))])
        self.group = Choice(reference.say("register.class"), [("", reference.say("register.any_class"))])
        self.need = Choice(reference.say("register.need"), [("", reference.say("register.any_need"))], width=200)
        due = [("", reference.say("register.any_review")), *((each, reference.say(f"register.due_{each}")) for each in _DUE_WEEKS)]
        self.due = Choice(reference.say("register.review"), due)
        self._toggle = Button(reference.say("register.filters"), icon="sliders-horizontal", press=self._turn)
        self._clear = Button(reference.say("register.clear"), "link", press=self.clear)
        self._open = False
        self._narrow: bool | None = None
        self._among: tuple[str, ...] = ()
        self.only = Button("", icon="x", press=self._let_all_in)
        """Lets those in who are not of the import that the list was opened for."""
        self._top = row((self.search, 1), self._status, self._toggle, gap=8)
        self._below = Flow(self.year, self.group, self.need, self.due, self._clear, gap=8)
        self._more = holder(self._below)
        super().__init__("plain", col(self._top, row(self.only, STRETCH), self._more, gap=8, margins=(24, 12, 24, 12)))
        self.search.searched.connect(lambda _: self.changed.emit())
        self._status.chosen.connect(self._chosen)
        for each in (self.year, self.group, self.need, self.due):
            each.chosen.connect(lambda _: self._chosen())
        self._show()

    # ---- what is wanted ---------------------------------------------------------------------------------------------

    def query(self, today: date | None, order: str) -> RegisterQuery:
        """The question as it stands; the review's weeks count from ``today``."""
        return RegisterQuery(
            text=self.search.text().strip(),
            statuses=self._status.values(),
            years=_one(self.year.value()),
            classes=_one(self.group.value()),
            sen_types=_one(self.need.value()),
            review_due_by=self._due_by(today),
            order=order,
            among=self._among,
        )

    def is_as_it_began(self) -> bool:
        """Nothing but the SEN register is asked for."""
        return self._status.values() == ON_REGISTER and not self.search.text().strip() and not self._set_choices() and not self._among

    def choose_any_status(self) -> None:
        """The same words and filters, whatever the status."""
        self._status.choose()
        self._chosen()

    def clear(self) -> None:
        """Any pupil: no filter and no words."""
        self.show_filters({})

    def show_filters(self, wanted: Mapping[str, Any]) -> None:
        """Sets all of them at once: ``text``, ``status`` (codes), ``year``, ``class``, ``need``, ``review``; what is not named is any.

        ``among`` are the ids of the pupils of an import, ``of`` what it was called.
        """
        self._among = tuple(wanted.get("among", ()))
        self.only.setText(reference.say("register.only_of", file=str(wanted.get("of", ""))))
        self.only.setAccessibleName(reference.say("register.not_only_of", file=str(wanted.get("of", ""))))
        for choice, name in ((self.year, "year"), (self.group, "class"), (self.need, "need"), (self.due, "review")):
            choice.blockSignals(True)
            value = str(wanted.get(name, ""))
            if choice.findData(value) < 0:
                choice.addItem(value, value)
            choice.choose(value)
            choice.blockSignals(False)
        self._status.choose(*wanted.get("status", ()))
        self.search.blockSignals(True)
        self.search.setText(str(wanted.get("text", "")))
        self.search.blockSignals(False)
        self._chosen()

    def offer(self, choices: Mapping[str, Sequence[str]]) -> None:
        """The years, classes and needs that there are; what was chosen stays."""
        for choice, name, words in (
            (self.year, "years", year_words),
            (self.group, "classes", str),
            (self.need, "sen_types", need_words),
        ):
            kept = choice.value()
            any_of = reference.say(f"register.any_{_SINGULAR[name]}")
            values = list(dict.fromkeys([*choices[name], *([kept] if kept else [])]))
            choice.offer([("", any_of), *((each, words(each)) for each in values)], kept)

    # ---- within -----------------------------------------------------------------------------------------------------

    def _due_by(self, today: date | None) -> date | None:
        weeks = _DUE_WEEKS.get(self.due.value())
        if weeks is None or today is None:
            return None
        return today + (timedelta(weeks=weeks) if weeks else timedelta(days=-1))

    def _set_choices(self) -> int:
        return sum(bool(each.value()) for each in (self.year, self.group, self.need, self.due))

    def _chosen(self) -> None:
        self._show()
        self.changed.emit()

    def _let_all_in(self) -> None:
        self._among = ()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self._chosen()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()
        if self._open:
            first = self._status if self._narrow else self.year
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        count = self._set_choices() + (len(self._status.values()) if self._narrow else 0)
        words = reference.say("register.filters")
        self._toggle.setText(f"{words} · {count}" if count else words)
        self._toggle.setAccessibleName(reference.say("register.filters_shown" if self._open else "register.filters_hidden", count=count))
        self._toggle.updateGeometry()
        self._clear.setVisible(not self.is_as_it_began())
        self._more.setVisible(self._open)
        self.only.setVisible(bool(self._among))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)

    def _fit(self) -> None:
        """Where the room is short the statuses go to the other filters."""
        narrow = self.width() < theme().px(_ROOM_FOR_ALL)
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._top.removeWidget(self._status)
            for each in self._parts_below():
                self._below.removeWidget(each)
            for each in (self._status, *self._parts_below()):
                self._below.addWidget(each)
        else:
            self._below.removeWidget(self._status)
            self._top.insertWidget(1, self._status)
        self._show()

    def _parts_below(self) -> tuple[QWidget, ...]:
        return (self.year, self.group, self.need, self.due, self._clear)


_SINGULAR = {"years": "year", "classes": "class", "sen_types": "need"}


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
