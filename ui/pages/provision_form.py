"""The fields of one provision, and its cost as they are filled in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.people import Area
from sencoapp.domain.provision import Provision
from sencoapp.domain.refusals import Refusal
from sencoapp.services import provision as services
from sencoapp.services.catalogue import provision_values
from sencoapp.services.plans import FIELDS_SAY
from ui.pages.provision_words import WAVES, pounds, read_number, read_pence, read_sessions, sessions_words, wave_words, wording
from ui.pages.wording_hint import WordingHint
from ui.theme import theme
from ui.widgets import ChipChoice, Choice, DateField, Field, Form, LineField, Pick, PupilPicker, area_words, flow, side_by_side

LINES = ("title", "aim", "delivered_by", "rate", "sessions_per_week", "minutes", "weeks", "group_size", "whole_cost_reason")
OWN_RATE = ""
FUNDINGS = ("core", "element_2", "element_3", "pupil_premium", "other")


class ProvisionForm(Form):
    """``values()`` is what was filled in."""

    touched = Signal()

    def __init__(self, today: date, adults: PupilPicker, belongs: Sequence[QWidget] = ()) -> None:
        """``belongs`` leads to what belongs to a provision that is there; it stands first."""
        super().__init__(wide=True)
        if belongs:
            self.add_widget(flow(*belongs, gap=8))
        self._rates: dict[str, int] = {}
        self._entries: dict[str, CatalogueEntry] = {}
        self.adults = adults
        self.catalogue = Choice(wording("catalogue"), [])
        self.funding = Choice(
            wording("funding"), [("", wording("funding_none")), *((each, wording(f"funding_{each}")) for each in FUNDINGS)]
        )
        self.lines = {each: LineField() for each in LINES}
        self.wave = ChipChoice(wording("wave"), [(each, wave_words(each)) for each in WAVES], none_allowed=False)
        self.area = ChipChoice(wording("area"), [(each, area_words(each)) for each in theme().token("area")])
        self.staff_role = Choice(wording("staff_role"), [(OWN_RATE, wording("own_rate"))])
        self.starts_on = DateField(today=today, what=wording("what_starts_on"), field="starts_on")
        self.ends_on = DateField(today=today, what=wording("what_ends_on"), field="ends_on", towards="future")
        self._place_fields()
        self.staff_role.chosen.connect(self._role_chosen)
        self.catalogue.chosen.connect(self._take_from_catalogue)
        signals = (*(each.textEdited for each in self.lines.values()), self.wave.chosen, self.area.chosen, self.staff_role.chosen)
        chosen = (self.funding.chosen, self.adults.changed, self.catalogue.chosen)
        for signal in (*signals, *chosen, self.starts_on.changed, self.ends_on.changed):
            signal.connect(lambda *_: self.touched.emit())

    def _place_fields(self) -> None:
        self._from_catalogue = self.add(
            "catalogue", Field(wording("catalogue"), self.catalogue, hint=wording("catalogue_hint"), optional=True)
        )
        self._from_catalogue.hide()
        self.add("title", Field(wording("title"), self.lines["title"], hint=wording("title_hint")))
        self.add_widget(WordingHint(self.lines["title"], "provision", FIELDS_SAY))
        self.add("wave", Field(wording("wave"), self.wave))
        self.add("area", Field(wording("area"), self.area, optional=True))
        self.add("aim", Field(wording("aim"), self.lines["aim"], optional=True))
        self.add_widget(WordingHint(self.lines["aim"], "provision", FIELDS_SAY))
        self.add("staff", Field(wording("adults"), self.adults, hint=wording("adults_hint"), optional=True))
        self._beside("delivered_by", "staff_role", "rate")
        self._beside("sessions_per_week", "minutes", "weeks", "group_size")
        self._beside("starts_on", "ends_on")
        self.add("funding", Field(wording("funding"), self.funding, optional=True))
        self.add("whole_cost_reason", Field(wording("whole_cost_reason"), self.lines["whole_cost_reason"], optional=True))

    def _beside(self, *names: str) -> None:
        controls = {**self.lines, "staff_role": self.staff_role, "starts_on": self.starts_on, "ends_on": self.ends_on}
        fields = [Field(reference.say(f"provision_page.{each}"), controls[each], optional=each == "ends_on") for each in names]
        for name, field in zip(names, fields, strict=True):
            self.add(name, field, place=False)
        self.add_widget(side_by_side(*fields, gap=12))

    def offer_rates(self, rates: Mapping[str, int]) -> None:
        """Kinds of staff with what an hour of each costs today, in pence."""
        self._rates = dict(rates)
        chosen = self.staff_role.value()
        options = [(each, each) for each in rates]
        if chosen and chosen not in rates:
            options.insert(0, (chosen, chosen))
        self.staff_role.offer([*options, (OWN_RATE, wording("own_rate"))], chosen)
        if not chosen and options and not self.lines["rate"].text():
            self.staff_role.choose(options[0][0])
            self._role_chosen(options[0][0])

    def offer_catalogue(self, entries: Sequence[CatalogueEntry], code: str = "") -> None:
        """What can be chosen for a new provision; choosing one fills in the form, and all of it can be changed."""
        self._entries = {each.code: each for each in entries}
        chosen = code or self.catalogue.value()
        self.catalogue.offer([("", wording("catalogue_none")), *((each.code, each.title) for each in entries)], chosen)
        self._from_catalogue.show()
        if code:
            self._take_from_catalogue(code)

    def _take_from_catalogue(self, code: str) -> None:
        entry = self._entries.get(code)
        if entry is None:
            return
        values = provision_values(entry)
        for name in ("title", "aim", "minutes", "weeks", "group_size"):
            self.lines[name].setText(str(values[name] or ""))
        self.lines["sessions_per_week"].setText(sessions_words(entry.sessions_per_week))
        self.wave.choose(entry.wave)
        self.area.choose(entry.area or "")
        known = next((role for role in self._rates if role.casefold() == (entry.staff_role or "").casefold()), None)
        if known:
            self.staff_role.choose(known)
            self._role_chosen(known)

    def take_pay(self, names: str, pence: int | None) -> None:
        """Who was named: they stand as who gives it, and their hour together as what an hour costs, where it is known."""
        self.lines["delivered_by"].setText(names)
        if pence is not None:
            self.lines["rate"].setText(pounds(pence))

    def start(self, today: date, *, area: Area | None = None, aim: str = "", weeks: int = 12, ends_on: date | None = None) -> None:
        """A new provision: what is usual, and what follows from the place it is added at."""
        self.wave.choose("targeted")
        self.area.choose(area or "")
        for name, words in (("aim", aim), ("weeks", str(weeks)), ("group_size", "1")):
            self.lines[name].setText(words)
        self.starts_on.set_value(today)
        self.ends_on.set_value(ends_on)

    def show_provision(self, shown: Provision) -> None:
        """A provision that is there, to be changed."""
        words = {
            "title": shown.title,
            "aim": shown.aim or "",
            "delivered_by": shown.delivered_by,
            "rate": pounds(shown.pence_per_hour),
            "sessions_per_week": sessions_words(shown.sessions_per_week),
            "minutes": str(shown.minutes),
            "weeks": str(shown.weeks),
            "group_size": str(shown.group_size),
            "whole_cost_reason": shown.whole_cost_reason or "",
        }
        for name, each in words.items():
            self.lines[name].setText(each)
        self.wave.choose(shown.wave)
        self.area.choose(shown.area or "")
        if shown.staff_role:
            self.staff_role.offer([(shown.staff_role, shown.staff_role), (OWN_RATE, wording("own_rate"))], shown.staff_role)
        self.funding.choose(shown.funding or "")
        self.catalogue.offer([(shown.catalogue or "", shown.title)], shown.catalogue or "")
        self.starts_on.set_value(shown.starts_on)
        self.ends_on.set_value(shown.ends_on)

    def values(self) -> dict[str, Any]:
        """The fields of a ``Provision``. Raises ``Refusal`` for a day that is none; numbers are checked by the service."""
        lines = {name: line.text().strip() for name, line in self.lines.items()}
        starts_on = self.starts_on.value()
        if starts_on is None:
            raise Refusal("date_missing", what=wording("what_starts_on"), field="starts_on")
        return {
            "title": lines["title"],
            "wave": self.wave.value(),
            "area": self.area.value() or None,
            "aim": lines["aim"] or None,
            "delivered_by": lines["delivered_by"],
            "staff_role": self.staff_role.value() or None,
            "pence_per_hour": read_pence(lines["rate"]),
            "sessions_per_week": read_sessions(lines["sessions_per_week"]),
            "minutes": read_number(lines["minutes"]),
            "weeks": read_number(lines["weeks"]),
            "group_size": read_number(lines["group_size"]),
            "whole_cost_reason": lines["whole_cost_reason"] or None,
            "funding": self.funding.value() or None,
            "catalogue": self.catalogue.value() or None,
            "starts_on": starts_on,
            "ends_on": self.ends_on.value(),
        }

    def costed(self, id: str) -> Provision:
        """The provision as far as its cost needs it. Raises ``PlainMessage`` for what is still to be entered."""
        return services.check_provision(Provision(**{**self.values(), "id": id, "title": "-", "delivered_by": "-"}))

    def content(self) -> dict[str, Any]:
        """What is filled in, as plain values for a draft."""
        chosen = {"wave": self.wave.value(), "area": self.area.value(), "staff_role": self.staff_role.value()}
        chosen |= {"funding": self.funding.value(), "catalogue": self.catalogue.value()}
        adults = [[each.id, each.name] for each in self.adults.chosen()]
        days = {"starts_on": self.starts_on.edit.text(), "ends_on": self.ends_on.edit.text(), "adults": adults}
        return {**{name: line.text() for name, line in self.lines.items()}, **chosen, **days}

    def restore(self, draft: Mapping[str, Any]) -> None:
        """Fills in what a draft kept."""
        for name, line in self.lines.items():
            line.setText(str(draft.get(name, line.text())))
        self.wave.choose(str(draft.get("wave", "targeted")))
        self.area.choose(str(draft.get("area", "")))
        self.staff_role.offer(self._role_options(), str(draft.get("staff_role", "")))
        self.funding.choose(str(draft.get("funding", "")))
        code = str(draft.get("catalogue", ""))
        self.catalogue.offer(
            [(self.catalogue.itemData(each), self.catalogue.itemText(each)) for each in range(self.catalogue.count())], code
        )
        self.adults.choose(*(Pick(str(id), str(name)) for id, name in draft.get("adults", ())))
        self.starts_on.edit.setText(str(draft.get("starts_on", "")))
        self.ends_on.edit.setText(str(draft.get("ends_on", "")))

    def _role_options(self) -> Sequence[tuple[str, str]]:
        return [(self.staff_role.itemData(number), self.staff_role.itemText(number)) for number in range(self.staff_role.count())]

    def _role_chosen(self, role: str) -> None:
        if role in self._rates:
            self.lines["rate"].setText(pounds(self._rates[role]))
