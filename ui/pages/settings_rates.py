"""What an hour of each kind of staff costs, from a day on. Provision keeps the rate that it was costed with."""

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.provision import StaffRate
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services.rates import set_staff_rate, staff_rates
from ui.allowed import only_for
from ui.pages.form_draft import DraftOf
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    DateField,
    Field,
    Form,
    LineField,
    RecordTable,
    SavedState,
    TableRow,
    Text,
    col,
    heading,
    holder,
    money,
    panel,
    row,
    side_by_side,
)


class RatesPart(QWidget):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.table = RecordTable(
            reference.say("settings.rates"),
            (
                Column(reference.say("settings.staff_role"), 0),
                Column(reference.say("settings.an_hour"), 110, right=True),
                Column(reference.say("settings.from_day"), 170),
                Column(reference.say("settings.rate_note"), 0, keep=False),
            ),
        )
        self.table.setMinimumHeight(0)
        self.table.opened.connect(self._take_up)
        self._rates: dict[str, StaffRate] = {}
        self._empty = Text(reference.say("settings.no_rates"), "body", "muted", wrap=True)
        self._list = panel(self.table, margins=1)
        self.role, self.rate, self.note = LineField(), LineField(width=140), LineField()
        self.day = DateField(
            today=room.app.clock.today(), value=room.app.clock.today(), what=reference.say("settings.what_from"), field="from"
        )
        self.form = Form()
        self.form.add("staff_role", Field(reference.say("settings.staff_role"), self.role, hint=reference.say("settings.staff_role_hint")))
        rate = self.form.add(
            "rate", Field(reference.say("settings.rate"), self.rate, hint=reference.say("settings.rate_hint")), place=False
        )
        day = self.form.add(
            "from", Field(reference.say("settings.from_day"), self.day, hint=reference.say("settings.from_hint")), place=False
        )
        self.form.add_widget(side_by_side(rate, day))
        self.form.add("note", Field(reference.say("settings.rate_note"), self.note, optional=True))
        self.draft = DraftOf(room, self.form, "staff_rate")
        self.draft.began()
        self.saved_state = SavedState()
        self.save_button = Button(reference.say("settings.set_rate"), "primary", press=self.save)
        new = holder(
            col(
                heading(reference.say("settings.new_rate")),
                self.draft.notice,
                self.form,
                row(self.save_button, self.saved_state, STRETCH, gap=12),
                gap=16,
            )
        )
        self._may_set = only_for(room.actor, StaffRate, new)
        why = Text(reference.say("settings.rates_why"), "body", wrap=True)
        self.setLayout(col(why, self._empty, self._list, new, gap=16))

    def ask(self) -> None:
        self.room.ask(self, _read, self._show, replace="rates")

    def save(self) -> None:
        self.form.clear_problems()
        try:
            role = self.role.text().strip()
            if not role:
                raise Refusal("rate_needs_role", field="staff_role")
            pence = read_pounds(self.rate.text())
            day = self.day.value() or self.room.app.clock.today()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        words = self.note.text().strip() or None

        def keep(place: Workplace) -> Saved:
            return set_staff_rate(place.session, role, pence, day, words)

        self.room.do(self, keep, lambda _: self._saved(), self.form.refuse)

    def _saved(self) -> None:
        for each in (self.role, self.rate, self.note):
            each.clear()
        self.draft.saved()
        self.saved_state.saved(self.room.app.clock.now())
        self.role.setFocus()

    def _show(self, rates: list[StaffRate]) -> None:
        self._rates = {each.id: each for each in rates}
        today = self.room.app.clock.today()
        self.table.show_rows([_row(each, rates, today) for each in rates])
        self._list.setVisible(bool(rates))
        self._empty.setVisible(not rates)
        self._fit()

    def _take_up(self, key: str) -> None:
        """Enter on a rate begins a new one for the same staff."""
        if not self._may_set:
            return
        known = self._rates[key]
        self.role.setText(known.staff_role)
        self.note.setText(known.note or "")
        self.rate.setFocus()

    def restyle(self) -> None:
        self._fit()

    def _fit(self) -> None:
        # All rates in sight: there are few, and a list within a scrolled page must not scroll by itself.
        header = self.table.horizontalHeader().height()
        self.table.setFixedHeight(header + self.table.verticalHeader().defaultSectionSize() * max(1, len(self._rates)) + 4)


def read_pounds(text: str) -> int:
    """Pence from pounds as people write them: "17.20", "£17.2", "1,200". Raises ``Refusal("rate_is_above_nothing")``."""
    typed = text.strip().removeprefix("£").replace(",", "").strip()
    try:
        pence = Decimal(typed) * 100
    except InvalidOperation:
        raise Refusal("rate_is_above_nothing", field="rate") from None
    if not pence.is_finite() or pence <= 0 or pence != pence.to_integral_value():
        raise Refusal("rate_is_above_nothing", field="rate")
    return int(pence)


def _read(place: Workplace) -> list[StaffRate]:
    return staff_rates(place.session.record)


def _row(rate: StaffRate, rates: list[StaffRate], today: date) -> TableRow:
    later = [each for each in rates if each.staff_role == rate.staff_role and rate.starts_on < each.starts_on <= today]
    tone = "muted" if later else "text"
    since = full_date(rate.starts_on)
    cells = (
        Cell(rate.staff_role, bold=not later, tone=tone),
        Cell(money(rate.pence_per_hour), tone=tone),
        Cell(since, tone=tone),
        Cell(rate.note or "", tone="muted"),
    )
    return TableRow(rate.id, cells)
