"""What the provision map is put together by and narrowed to: the days, year, need, wave, staff and funding."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from sencoapp.domain.provision_map import GROUPINGS, MapChoices, MapQuery, Period
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain
from sencoapp.services.provision_map import AREAS, WAVES, NamedPeriod, check_period
from sencoapp.services.today import year_words
from ui.pages.map_rows import map_words
from ui.pages.provision_words import wave_words, wording
from ui.theme import theme
from ui.widgets import STRETCH, Button, ChipChoice, Choice, DateField, Field, Surface, area_words, col, flow, holder, row

OTHER_DAYS = "other"
_SHORT = 900
"""Below so many design pixels the filters fold away."""
NO_AREA = "none"


class MapFilters(Surface):
    """The bar above the map. ``changed`` is sent at every choice; ``query()`` says what is wanted once the periods are known."""

    changed = Signal()
    regrouped = Signal()

    def __init__(self, today: date, *tools: QWidget, ways: Sequence[QWidget] = ()) -> None:
        self._today = today
        self._periods: dict[str, Period] = {}
        self._period: Period | None = None
        self.by = ChipChoice(wording("group_by"), [(each, map_words(f"by_{each}")) for each in GROUPINGS], none_allowed=False)
        self.by.choose("wave")
        self.period = Choice(map_words("period"), [("", "")], width=250)
        self.year = Choice(wording("year"), [("", wording("all_years"))])
        self.area = Choice(map_words("area"), [("", map_words("any_area"))], width=190)
        self.wave = Choice(map_words("wave"), [("", map_words("any_wave")), *((each, wave_words(each)) for each in WAVES)])
        self.staff = Choice(map_words("staff"), [("", map_words("any_staff"))], width=180)
        self.funding = Choice(map_words("funding"), [("", map_words("any_funding"))], width=180)
        self.first = DateField(today=today, what=map_words("what_first"), field="first")
        self.last = DateField(today=today, what=map_words("what_last"), field="last")
        self._last_field = Field(map_words("last"), self.last)
        self.show_days = Button(map_words("show_days"), "secondary", press=self._other_days)
        self._days = holder(row(Field(map_words("first"), self.first), self._last_field, self.show_days, STRETCH, gap=12))
        self._clear = Button(map_words("clear"), "link", press=self.clear)
        areas = [(each or NO_AREA, area_words(each) if each else wording("no_area")) for each in AREAS]
        self.area.offer([("", map_words("any_area")), *areas])
        self._choices = (self.year, self.area, self.wave, self.staff, self.funding)
        self.more = Button(map_words("more_filters"), "chip", press=self._narrow)
        self.more.setCheckable(True)
        filters = flow(self.period, self.more, *self._choices, self._clear, holder(row(*ways, gap=4)), gap=8)
        super().__init__("plain", col(flow(self.by, *tools, gap=8), filters, self._days, gap=8, margins=(24, 10, 24, 10)))
        self._days.hide()
        self._clear.hide()
        self._some_fundings = False
        self._narrow()
        self.by.chosen.connect(lambda *_: self.regrouped.emit())
        self.period.chosen.connect(self._period_chosen)
        for each in self._choices:
            each.chosen.connect(lambda _: self._chosen())

    def query(self) -> MapQuery | None:
        """What is wanted; None while the periods are not known."""
        if self._period is None:
            return None
        area = self.area.value()
        return MapQuery(
            self._period,
            waves=_one(self.wave.value()),
            areas=("",) if area == NO_AREA else _one(area),
            years=_one(self.year.value()),
            staff=_one(self.staff.value()),
            fundings=_one(self.funding.value()),
        )

    def offer_periods(self, found: Sequence[NamedPeriod]) -> None:
        """The spans that can be chosen by name; the first is shown unless another was chosen."""
        self._periods = {each.key: each.period for each in found}
        chosen = self.period.value()
        self.period.offer([*((each.key, each.words) for each in found), (OTHER_DAYS, map_words("other_days"))], chosen or found[0].key)
        if self._period is None:
            self._period = found[0].period

    def offer(self, found: MapChoices) -> None:
        """What there is in the period; what was chosen stays."""
        self.year.offer([("", wording("all_years")), *((each, year_words(each)) for each in found.years)], self.year.value())
        self.staff.offer([("", map_words("any_staff")), *((each, each) for each in found.staff)], self.staff.value())
        fundings = [(each, map_words(f"funding_{each}")) for each in found.fundings]
        self.funding.offer([("", map_words("any_funding")), *fundings], self.funding.value())
        self._some_fundings = bool(found.fundings)
        self._narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._narrow()

    def _narrow(self) -> None:
        """Where room is short what the map is narrowed to is behind a button, which says how much of it is chosen."""
        short = self.width() < theme().px(_SHORT)
        chosen = sum(bool(each.value()) for each in self._choices)
        self.more.setText(map_words("more_filters_chosen", count=chosen) if chosen else map_words("more_filters"))
        self.more.setVisible(short)
        for each in self._choices:
            each.setVisible((not short or self.more.isChecked()) and (each is not self.funding or self._some_fundings))

    def narrowed(self) -> bool:
        """Whether anything but the days is chosen."""
        return any(each.value() for each in self._choices)

    def clear(self) -> None:
        for each in self._choices:
            each.choose("")
        self._chosen()

    def _chosen(self) -> None:
        self._clear.setVisible(self.narrowed())
        self._narrow()
        self.changed.emit()

    def _period_chosen(self, key: str) -> None:
        self._days.setVisible(key == OTHER_DAYS)
        if key != OTHER_DAYS:
            self._period = self._periods[key]
            self.changed.emit()
        elif self._period is not None:
            self.first.set_value(self._period.first)
            self.last.set_value(self._period.last)
            self.first.setFocus()

    def _other_days(self) -> None:
        self._last_field.say_problem("")
        try:
            first, last = self.first.value(), self.last.value()
            if first is None or last is None:
                return
            check_period(Period(first, last))
        except PlainMessage as message:
            self._last_field.say_problem(explain(message))
            return
        self._period = Period(first, last)
        self.changed.emit()


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
