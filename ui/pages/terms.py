"""Term dates: three rows to begin with, each with its half term. Used when a record begins, and in the settings."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.people import Term
from sencoapp.domain.refusals import Refusal
from ui.widgets import STRETCH, Button, DateField, Field, LineField, clear, col, flow, panel, row

_DAYS = ("starts_on", "half_term_starts_on", "half_term_ends_on", "ends_on")


class TermsEditor(QWidget):
    """``terms()`` gives what is typed; ``changed`` is sent at each change of it."""

    changed = Signal()

    def __init__(self, today: date, terms: Sequence[Term] = ()) -> None:
        super().__init__()
        self._today = today
        self._rows: list[TermRow] = []
        self._place = col(gap=12)
        self._add = Button(reference.say("welcome.add_term"), "secondary", icon="plus", press=self.add_term)
        self.setLayout(col(self._place, row(self._add, STRETCH), gap=12))
        self.show_terms(terms)

    def show_terms(self, terms: Sequence[Term]) -> None:
        self._rows = []
        clear(self._place)
        for term in sorted(terms, key=lambda each: each.starts_on):
            self._append(term)

    def add_term(self) -> None:
        """One more row, empty."""
        self._append(None).name.setFocus(Qt.FocusReason.OtherFocusReason)

    def terms(self) -> tuple[Term, ...]:
        """The terms in order; a row with nothing in it is left out.

        Raises ``Refusal`` of ``domain.dates.read_date`` with the field ``terms``.
        """
        typed = [each.term() for each in self._rows]
        return tuple(sorted((each for each in typed if each is not None), key=lambda each: each.starts_on))

    def go_to(self) -> None:
        """Puts the focus into the first row, or on the button that makes one."""
        self.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def first_stop(self) -> QWidget:
        """Where the keyboard begins here."""
        return self._rows[0].name if self._rows else self._add

    def _append(self, term: Term | None) -> "TermRow":
        one = TermRow(self._today, term)
        one.removed.connect(lambda: self._remove(one))
        one.changed.connect(self.changed)
        self._rows.append(one)
        self._place.addWidget(one)
        return one

    def _remove(self, one: "TermRow") -> None:
        self._rows.remove(one)
        self._place.removeWidget(one)
        one.hide()
        one.deleteLater()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()


class TermRow(QWidget):
    """One term: its name and four days."""

    removed = Signal()
    changed = Signal()

    def __init__(self, today: date, term: Term | None) -> None:
        super().__init__()
        self.name = LineField(width=280)
        self.name.setText(term.name if term else "")
        self.days: dict[str, DateField] = {}
        for each in _DAYS:
            label = reference.say(f"welcome.term_{each}")
            self.days[each] = DateField(today=today, value=getattr(term, each) if term else None, field="terms")
            self.days[each].changed.connect(self.changed)
            self.days[each].setAccessibleName(label)
        self.name.textEdited.connect(lambda _: self.changed.emit())
        remove = Button("", "quiet", icon="x", name=reference.say("welcome.remove_term"), press=self.removed.emit)
        head = row(Field(reference.say("welcome.term_name"), self.name), STRETCH, gap=8)
        head.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        fields = [Field(reference.say(f"welcome.term_{each}"), self.days[each], optional=each.startswith("half_term")) for each in _DAYS]
        self.setLayout(col(panel(head, flow(*fields, gap=16), gap=12, margins=16)))

    def term(self) -> Term | None:
        """What is typed. Raises ``Refusal`` for a day that is missing or is none."""
        name = self.name.text().strip()
        values = {each: self._day(each, name) for each in _DAYS}
        if not name and not any(values.values()):
            return None
        starts, ends = values["starts_on"], values["ends_on"]
        if starts is None or ends is None:
            raise self._missing("starts_on" if starts is None else "ends_on", name)
        half_from, half_to = values["half_term_starts_on"], values["half_term_ends_on"]
        if (half_from is None) != (half_to is None):
            raise self._missing("half_term_starts_on" if half_from is None else "half_term_ends_on", name)
        return Term(name or reference.say("welcome.a_term"), starts, ends, half_from, half_to)

    def _day(self, which: str, name: str) -> date | None:
        try:
            return self.days[which].value()
        except Refusal as refusal:
            what = self._what(which, name)
            raise Refusal(refusal.key, **{**refusal.details, "what": what, "What": what[:1].upper() + what[1:], "field": "terms"}) from None

    def _missing(self, which: str, name: str) -> Refusal:
        what = self._what(which, name)
        return Refusal("date_missing", what=what, What=what[:1].upper() + what[1:], field="terms")

    def _what(self, which: str, name: str) -> str:
        return reference.say(f"welcome.what_{which}", term=name or reference.say("welcome.a_term"))
