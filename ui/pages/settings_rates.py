"""What an hour of staff costs, from a day to the day before the next rate, and what the council reckons with beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.costing import CouncilRate
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import StaffMember
from sencoapp.domain.provision import StaffRate
from sencoapp.domain.rates import until
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services.rates import council_rates, set_staff_rate, staff_rates
from sencoapp.services.staff import staff_of
from ui.allowed import only_for
from ui.pages.form_draft import DraftOf
from ui.pages.rate_sheets import method_words, open_council_rate_sheet, open_rate_sheet, pounds_of, words
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


@dataclass(frozen=True)
class Rates:
    """One answer of the record."""

    staff: list[StaffRate]
    council: list[CouncilRate]
    people: list[StaffMember]


class RatesPart(QWidget):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.table = RecordTable(
            reference.say("settings.rates"),
            (
                Column(words("who_column"), 0),
                Column(reference.say("settings.an_hour"), 110, right=True),
                Column(reference.say("settings.from_day"), 160),
                Column(words("until"), 160, keep=False),
                Column(reference.say("settings.rate_note"), 0, keep=False),
            ),
        )
        self.table.setMinimumHeight(0)
        self.table.opened.connect(self._take_up)
        self._rates: dict[str, StaffRate] = {}
        self._people: list[StaffMember] = []
        self.change_button = Button(words("change_rate"), icon="pencil", press=self._change)
        self.add_button = Button(words("add_rate"), icon="plus", press=lambda: open_rate_sheet(room, self, self._people))
        self.council = CouncilRates(room)
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
        self._may_set = only_for(room.actor, StaffRate, new, self.change_button, self.add_button)
        why = Text(reference.say("settings.rates_why"), "body", wrap=True)
        changing = row(self.change_button, self.add_button, STRETCH, gap=8)
        self.setLayout(col(why, self._empty, self._list, changing, new, self.council, gap=16))

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
        noted = self.note.text().strip() or None

        def keep(place: Workplace) -> Saved:
            return set_staff_rate(place.session, role, pence, day, noted)

        self.room.do(self, keep, lambda _: self._saved(), self.form.refuse)

    def _saved(self) -> None:
        for each in (self.role, self.rate, self.note):
            each.clear()
        self.draft.saved()
        self.saved_state.saved(self.room.app.clock.now())
        self.role.setFocus()

    def _show(self, found: Rates) -> None:
        rates = found.staff
        self._rates = {each.id: each for each in rates}
        self._people = found.people
        today = self.room.app.clock.today()
        names = {each.id: each.name for each in found.people}
        self.table.show_rows([_row(each, rates, names, today) for each in rates])
        if rates and not self.table.current_key():
            self.table.choose_first()
        self._list.setVisible(bool(rates))
        self.change_button.setEnabled(bool(rates))
        self._empty.setVisible(not rates)
        self.council.show_rates(found.council)
        fit(self.table, len(rates))

    def _change(self) -> None:
        chosen = self._rates.get(self.table.current_key())
        if chosen is not None:
            open_rate_sheet(self.room, self, self._people, chosen)

    def _take_up(self, key: str) -> None:
        """Enter on a rate begins a new one for the same staff."""
        if not self._may_set:
            return
        known = self._rates[key]
        if known.staff_member or known.paid_hours:
            open_rate_sheet(self.room, self, self._people, known)
            return
        self.role.setText(known.staff_role)
        self.note.setText(known.note or "")
        self.rate.setFocus()

    def restyle(self) -> None:
        fit(self.table, len(self._rates))


class CouncilRates(QWidget):
    """The council's figures, oldest first, and a sentence where there is none."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._rates: dict[str, CouncilRate] = {}
        self.table = RecordTable(
            words("council_list"),
            (
                Column(words("method"), 0),
                Column(words("figure"), 120, right=True),
                Column(reference.say("settings.from_day"), 160),
                Column(reference.say("settings.rate_note"), 0, keep=False),
            ),
        )
        self.table.setMinimumHeight(0)
        self.table.opened.connect(lambda _: self._change())
        self._list = panel(self.table, margins=1)
        self._none = Text(words("council_none"), "body", "muted", wrap=True)
        self.add = Button(words("add_council"), icon="plus", press=lambda: open_council_rate_sheet(room, self))
        self.change = Button(words("change_rate"), icon="pencil", press=self._change)
        only_for(room.actor, CouncilRate, self.add, self.change)
        self.setLayout(
            col(
                heading(words("council_list")),
                Text(words("council_why"), "body", wrap=True),
                self._none,
                self._list,
                row(self.add, self.change, STRETCH, gap=8),
                gap=12,
            )
        )

    def show_rates(self, rates: list[CouncilRate]) -> None:
        self._rates = {each.id: each for each in rates}
        self.table.show_rows([_council_row(each) for each in rates])
        if rates and not self.table.current_key():
            self.table.choose_first()
        self._list.setVisible(bool(rates))
        self._none.setVisible(not rates)
        self.change.setEnabled(bool(rates))
        fit(self.table, len(rates))

    def restyle(self) -> None:
        fit(self.table, len(self._rates))

    def _change(self) -> None:
        chosen = self._rates.get(self.table.current_key())
        if chosen is not None:
            open_council_rate_sheet(self._room, self, chosen)


def fit(table: RecordTable, count: int) -> None:
    """All rates in sight: there are few, and a list within a scrolled page must not scroll by itself."""
    table.setFixedHeight(table.horizontalHeader().height() + table.verticalHeader().defaultSectionSize() * max(1, count) + 4)


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


def _read(place: Workplace) -> Rates:
    record = place.session.record
    return Rates(staff_rates(record), council_rates(record), staff_of(record, place.session.clock.today()))


def _row(rate: StaffRate, rates: list[StaffRate], names: Mapping[str, str], today: date) -> TableRow:
    last = until(rate, rates)
    over = last is not None and last < today
    tone = "muted" if over else "text"
    who = names.get(rate.staff_member or "", "")
    cells = (
        Cell(f"{who} · {rate.staff_role}" if who else rate.staff_role, bold=not over, tone=tone),
        Cell(money(rate.pence_per_hour), tone=tone),
        Cell(full_date(rate.starts_on), tone=tone),
        Cell(full_date(last) if last else words("going_on"), tone=tone),
        Cell(" · ".join(filter(None, (_year_words(rate), rate.note))), tone="muted"),
    )
    return TableRow(rate.id, cells)


def _year_words(rate: StaffRate) -> str:
    if rate.salary_pence is None or not rate.paid_hours:
        return ""
    parts = {"salary": rate.salary_pence, "insurance": rate.insurance_pence or 0, "pension": rate.pension_pence or 0}
    return words("from_year", hours=f"{rate.paid_hours.normalize():f}", **{name: money(pence) for name, pence in parts.items()})


def _council_row(rate: CouncilRate) -> TableRow:
    cells = (
        Cell(method_words(rate.method, rate.box), bold=True),
        Cell(f"£{pounds_of(rate.pence)}"),
        Cell(full_date(rate.starts_on)),
        Cell(rate.note or "", tone="muted"),
    )
    return TableRow(rate.id, cells)
