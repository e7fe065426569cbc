"""Adding a provision, or changing one: from the map, from a pupil, from an outcome of a plan."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.added_costs import ProvisionCost
from sencoapp.domain.catalogue import CatalogueEntry
from sencoapp.domain.people import Area, Pupil
from sencoapp.domain.provision import Provision, ProvisionPlace, ProvisionStaff, to_pence
from sencoapp.domain.rates import Pay
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.words import search_words
from sencoapp.services import provision as services
from sencoapp.services import pupils, staffing
from sencoapp.services import rates as staff
from sencoapp.services.catalogue import entries
from sencoapp.services.costing import CostBook, cost_if_kept
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from sencoapp.services.staff import staff_of
from sencoapp.services.today import place_words
from ui.allowed import only_for
from ui.commands import command
from ui.pages.form_draft import FormDraft
from ui.pages.history_sheet import HistoryLink
from ui.pages.provision_adults import open_adults_sheet
from ui.pages.provision_adults import words as adults_words
from ui.pages.provision_costs import open_costs_sheet
from ui.pages.provision_costs import words as costs_words
from ui.pages.provision_form import ProvisionForm
from ui.pages.provision_members import open_members_sheet
from ui.pages.provision_words import wording
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Field, Icon, Pick, PupilPicker, Sheet, Text, col, holder, panel, row

_NAMED = 3
"""Pupils that a sum is said to be of by name; of more, their number."""


@dataclass(frozen=True)
class Serves:
    """What a new provision is for: these pupils, and the cycle and outcome it serves, where it is added to a plan."""

    pupils: tuple[str, ...] = ()
    cycle: str | None = None
    outcome: str | None = None
    area: Area | None = None
    aim: str = ""
    ends_on: date | None = None
    catalogue: str = ""
    """The entry of the catalogue that it was chosen from."""


class ProvisionSheetBody(SheetBody):
    """A new provision where ``shown`` is None. Pupils are asked for where ``serves`` names none."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, serves: Serves, shown: Provision | None = None) -> None:
        self._room, self._owner, self._serves, self._shown = room, owner, serves, shown
        today = room.app.clock.today()
        self.adults = PupilPicker(room.desk, self._find_staff, wording("adults"), none_matches="provision_page.nobody_on_the_staff")
        belongs = (
            Button(wording("members_button"), "quiet", icon="users", press=self._open_members),
            Button(adults_words("button"), "quiet", icon="calendar", press=self._open_adults),
            Button(costs_words("button"), "quiet", icon="scale", press=self._open_costs),
        )
        only_for(room.actor, ProvisionCost, belongs[2], verb="change")
        self.form = ProvisionForm(today, self.adults, belongs if shown else ())
        self._staff: list[ProvisionStaff] = []
        self._wanted: Provision | None = None
        self.picker: PupilPicker | None = None
        if shown is None and not serves.pupils:
            self.picker = PupilPicker(room.desk, self._find_pupils, wording("pupils"))
            self.form.add("pupils", Field(wording("pupils"), self.picker, hint=wording("pupils_hint")))
        self.cost = Text("", "ui", wrap=True)
        self._no_rate = ""
        cost = panel(row(Icon("info", "info"), (self.cost, 1), gap=10), kind="info", margins=(12, 8, 12, 8))
        self.save = Button(wording("save"), "primary", icon="check", press=self.submit)
        self.cancel = Button(wording("cancel"), "quiet", press=self._finish)
        self.remove = Button(wording("remove"), "quiet", press=self.take_away)
        self.remove.hide()
        past = HistoryLink(room, lambda: ("provision", shown.id, "") if shown else None)
        self._restored = Text(wording("draft_restored"), "small", "muted", wrap=True)
        self._restored.hide()
        super().__init__(
            wording("form"),
            self.form,
            self.save,
            self.cancel,
            self.remove,
            *([past] if shown else []),
            above=holder(col(self._restored, cost, gap=6)),
        )
        self.setFocusProxy(self.form.lines["title"])
        if shown is None:
            self.form.start(today, area=serves.area, aim=serves.aim, ends_on=serves.ends_on)
        else:
            self.form.show_provision(shown)
        name = shown.id if shown else serves.outcome or "-".join(serves.pupils) or "new"
        self._draft = FormDraft(room, self, f"provision_form.{name}", self.form.content)
        command(self, wording("save"), self.submit, "Ctrl+Return", "Ctrl+Enter")
        self.form.touched.connect(self._touched)
        self.adults.changed.connect(self._ask_pay)
        room.desk.saved.connect(self._saved)
        if self.picker is not None:
            self.picker.changed.connect(self._show_cost)
        room.ask(self, lambda place: _known(place, self._draft.form, shown), self._begin)

    def _find_pupils(self, words: str) -> Sequence[Pick]:
        found = pupils.find_pupils(self._room.place.session.record, words)
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in found]

    def _find_staff(self, words: str) -> Sequence[Pick]:
        session, wanted = self._room.place.session, search_words(words)
        known = staff_of(session.record, session.clock.today())
        fitting = (each for each in known if all(any(part.startswith(one) for part in search_words(each.name)) for one in wanted))
        return [Pick(each.id, each.name, each.job_title or reference.say(f"people.role_{each.role}")) for each in fitting]

    def _ask_pay(self) -> None:
        people, kind = [each.id for each in self.adults.chosen()], self.form.staff_role.value() or None
        if people:
            self._room.ask(self, lambda place: staffing.pay_of_people(place.session, people, kind), self._show_pay, replace="pay")

    def _show_pay(self, answer: tuple[str, Pay]) -> None:
        names, pay = answer
        self.form.take_pay(names, None if pay.without_rate else to_pence(pay.pence_per_hour))
        self._no_rate = wording("no_rate_yet", who=", ".join(pay.without_rate)) if pay.without_rate else ""
        self._touched()

    def _adults_wanted(self) -> list[ProvisionStaff]:
        """Those who are named, each with the days that they had; and kinds of staff that were named elsewhere, as they are."""
        there = {each.staff_member: each for each in self._staff if each.staff_member}
        named = [there.get(each.id) or ProvisionStaff("", "", each.id) for each in self.adults.chosen()]
        return named + [each for each in self._staff if not each.staff_member]

    def _begin(self, known: "Known") -> None:
        draft, self._as_of, self._staff = known.draft, known.position, known.staff
        self.form.offer_rates(known.rates)
        self.adults.choose(
            *(Pick(each.staff_member or "", known.names[each.staff_member or ""]) for each in known.staff if each.staff_member)
        )
        self.remove.setVisible(known.nobody_in_it and may_save(self._room.actor, Provision, "remove"))
        if self._shown is None:
            self.form.offer_catalogue(known.catalogue, self._serves.catalogue)
        self._draft.began_with(self.form.content())
        if draft:
            self.form.restore(draft)
            self._restored.show()
        self._show_cost()

    def _touched(self) -> None:
        self._draft.touch()
        self._show_cost()

    def _show_cost(self) -> None:
        """The sum as it is once this is saved, with the days of each pupil, the adults' rates and what else it costs."""
        try:
            wanted = self.form.costed(self._shown.id if self._shown else "")
        except PlainMessage as message:
            self._wanted = None
            self._say_cost(wording("formula_waits", what=reference.explain(message)))
            return
        self._wanted = wanted
        adults, picked = self._adults_wanted(), self._picked()
        self._room.ask(
            self,
            lambda place: (wanted, formula_if_kept(place.session, wanted, adults, picked)),
            self._say_formula,
            self._refused,
            replace="cost",
        )

    def _saved(self, saved: Saved, _owner: object) -> None:
        if saved.touches("provision_cost", "provision_place", "provision_staff", "staff_rate"):
            self._show_cost()
        if saved.touches("provision_place") and (shown := self._shown) is not None:
            may = may_save(self._room.actor, Provision, "remove")
            self._room.ask(
                self,
                lambda place: not place.session.record.find(ProvisionPlace, provision=shown.id),
                lambda nobody: self.remove.setVisible(nobody and may),
                replace="nobody",
            )

    def _say_formula(self, answer: tuple[Provision, str]) -> None:
        if answer[0] is self._wanted:  # else something was typed since
            self._say_cost(answer[1])

    def _say_cost(self, words: str) -> None:
        self.cost.setText(" ".join(filter(None, (words, self._no_rate))))

    def _picked(self) -> tuple[str, ...]:
        return tuple(each.id for each in self.picker.chosen()) if self.picker else self._serves.pupils

    def submit(self) -> None:
        """Saves, or says at the field what is missing."""
        if not self.save.isEnabled():
            return
        try:
            values = self.form.values()
            services.check_provision(Provision(**{**values, "id": ""}))
        except PlainMessage as message:
            self.form.refuse(message)
            return
        picked = self._picked()
        if self._shown is None and not picked:
            self.form.show_problems({"pupils": wording("choose_pupils")})
            return
        self.save.setEnabled(False)
        serves, shown, adults = self._serves, self._shown, self._adults_wanted()
        if shown is None:
            self._room.do(
                self,
                lambda place: _give(place.session, values, picked, serves, adults),
                self._added,
                self._refused,
            )
        else:
            wanted, as_of = replace(shown, **values), self._as_of
            self._room.do(
                self,
                lambda place: services.change_provision(place.session, shown, wanted, staff=adults, as_of=as_of),
                lambda saved: self._changed(wanted, saved),
                self._refused,
            )

    def _added(self, answer: tuple[Provision, Saved, int]) -> None:
        made, room, cost = answer[0], self._room, answer[2]
        self._finish()
        words = wording("added", title=made.title, cost=services.money(cost))
        room.ways.toast(words, answer[1])

    def _changed(self, wanted: Provision, saved: Saved) -> None:
        room = self._room
        self._finish()
        room.ways.toast(wording("changed", title=wanted.title), saved)

    def take_away(self) -> None:
        """Takes away a provision that nobody is in."""
        shown = self._shown
        if shown is not None:
            self._room.do(self, lambda place: services.remove_provision(place.session, shown.id), self._removed, self._refused)

    def _removed(self, saved: Saved) -> None:
        room, title = self._room, self._shown.title if self._shown else ""
        self._finish()
        room.ways.toast(wording("removed", title=title), saved)

    def _open_members(self) -> None:
        """What was typed is kept as a draft meanwhile."""
        if self._shown is not None:
            self._draft.keep()
            open_members_sheet(self._room, self._owner, self._shown)

    def _open_adults(self) -> None:
        """What was typed is kept as a draft meanwhile."""
        if self._shown is not None:
            self._draft.keep()
            open_adults_sheet(self._room, self._owner, self._shown)

    def _open_costs(self) -> None:
        """What was typed is kept as a draft meanwhile."""
        if self._shown is not None:
            self._draft.keep()
            open_costs_sheet(self._room, self._owner, self._shown)

    def _refused(self, message: PlainMessage) -> None:
        self.save.setEnabled(True)
        self.form.refuse(message)

    def _finish(self) -> None:
        self._draft.drop()
        self.done.emit()


@dataclass(frozen=True)
class Known:
    """One answer of the record: what the form can offer, and what was typed into it last."""

    rates: dict[str, int]
    catalogue: list[CatalogueEntry]
    staff: list[ProvisionStaff]
    names: dict[str, str]
    draft: Mapping[str, Any] | None
    position: int
    nobody_in_it: bool
    """Of a provision that is there: whether it can be removed."""


def _give(
    session: Session, values: Mapping[str, Any], pupils: Sequence[str], serves: Serves, adults: Sequence[ProvisionStaff]
) -> tuple[Provision, Saved, int]:
    """Adds it, and says what the place of the first of its pupils costs: the one cost, as the maps say it."""
    made, saved = services.add_provision(session, values, pupils, cycle=serves.cycle, outcome=serves.outcome, staff=adults)
    book = CostBook(session, provision=made.id)
    cost = book.row(made.id, pupils[0]) if pupils else book.group(made.id)
    return made, saved, cost.planned_pence


def formula_if_kept(session: Session, wanted: Provision, adults: Sequence[ProvisionStaff], pupils: Sequence[str]) -> str:
    """How a place comes to its cost; what each costs, where the places of a group do not cost the same."""
    costs = cost_if_kept(session, wanted, adults, pupils)
    formulas = {pupil: cost.formula for pupil, cost in costs.items()}
    if len(set(formulas.values())) < 2:
        return next(iter(formulas.values()), "")
    groups: dict[int, list[str]] = {}
    for pupil, cost in costs.items():
        person = session.record.get(Pupil, pupil)
        groups.setdefault(cost.planned_pence, []).append(person.name if person else "")
    told = "; ".join(wording("formula_of", title=_some(names), formula=services.money(pence)) for pence, names in groups.items())
    return wording("formula_apart", costs=told)


def _some(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    first, more = ", ".join(names[:_NAMED]), len(names) - _NAMED
    return wording("formula_for_more", names=first, count=more) if more > 0 else first


def _known(place: Workplace, draft: str, shown: Provision | None) -> Known:
    record = place.session.record
    return Known(
        _rates(place),
        entries(record) if shown is None else [],
        staffing.staff_of_provision(record, shown.id) if shown else [],
        {id: name for id, (name, _) in staffing.people_by_id(record).items()},
        record.draft(draft),
        record.position(),
        shown is not None and not record.find(ProvisionPlace, provision=shown.id),
    )


def _rates(place: Workplace) -> dict[str, int]:
    """What an hour of each kind of staff costs today; those that give most of the provision come first."""
    record, today = place.session.record, place.session.clock.today()
    given = Counter(each.staff_role for each in record.find(Provision))
    roles = sorted({each.staff_role for each in staff.staff_rates(record)}, key=lambda each: (-given[each], each))
    found = {role: staff.rate_on(record, role, today) for role in roles}
    return {role: rate.pence_per_hour for role, rate in found.items() if rate is not None}


def open_provision_sheet(room: Room, owner: QObject, serves: Serves, shown: Provision | None = None) -> ProvisionSheetBody:
    """Lays the form over the page. ``owner`` outlives it, and is who undoes what was added."""
    body = ProvisionSheetBody(room, owner, serves, shown)
    sheet = Sheet(wording("change_title", title=shown.title) if shown else wording("add_title"), body, width=720)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)
    return body
