"""Plan: the outcomes with the provision that serves each, strategies, who agreed, and the day of the review."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QWidget

from sencoapp.domain.bank import BankLine
from sencoapp.domain.dates import full_date
from sencoapp.domain.plan import Outcome
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.services import plans
from sencoapp.services import provision as provision_services
from sencoapp.services.plans import PlanPage
from ui.pages.bank_sheet import open_bank, open_keep
from ui.pages.bank_sheet import wording as bank_wording
from ui.pages.facts import facts
from ui.pages.keyed import KeyedColumn
from ui.pages.plan_context import PlanContext
from ui.pages.plan_outcome_sheet import open_outcome_sheet
from ui.pages.plan_words import wording
from ui.pages.provision_join import open_join_sheet
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.provision_words import pattern_words
from ui.widgets import STRETCH, Button, EmptyPlace, Icon, Rule, Surface, Text, area_chip, clear, col, flow, heading, money, note, row


@dataclass(frozen=True)
class Served:
    """An outcome (None for provision that is tied to none) with the places that serve it."""

    outcome: Outcome | None
    places: tuple[tuple[ProvisionPlace, Provision], ...]
    sums: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """By provision, what it costs the pupil in pence, and the sum that gives it."""


def served(page: PlanPage, sums: Mapping[str, tuple[int, str]]) -> list[tuple[str, Served]]:
    """Each outcome with its provision, then what is tied to no outcome."""
    known = {each.id for each in page.outcomes}

    def with_sums(outcome: Outcome | None, places: tuple[tuple[ProvisionPlace, Provision], ...]) -> Served:
        return Served(outcome, places, {made.id: sums[made.id] for _, made in places if made.id in sums})

    found = [(each.id, with_sums(each, tuple(pair for pair in page.places if pair[0].outcome == each.id))) for each in page.outcomes]
    loose = tuple(pair for pair in page.places if pair[0].outcome not in known)
    return [*found, ("", with_sums(None, loose))] if loose else found


class OutcomePanel(Surface):
    """One outcome: what, from where, how measured, by when; below it the provision for it."""

    def __init__(self, context: PlanContext, shown: Served) -> None:
        self._context = context
        self._column = col(gap=10, margins=16)
        super().__init__("panel", self._column)
        self.show_served(shown)

    def show_served(self, shown: Served) -> None:
        clear(self._column)
        outcome = shown.outcome
        if outcome is None:
            self._column.addWidget(Text(wording("untied"), "ui", weight=600))
        else:
            self._add_outcome(outcome)
        for place, provision in shown.places:
            self._column.addWidget(Rule())
            self._column.addWidget(ServingPanel(self._context, place, provision, shown.sums.get(provision.id)))
        if outcome is not None:
            if not shown.places:
                missing = row(
                    Icon("circle-dashed", "thread_text", 18), (Text(wording("no_provision_yet"), "ui", "thread_text", wrap=True), 1)
                )
                self._column.addLayout(missing)
            self._column.addWidget(flow(*self._provision_buttons(outcome), self._keep_button(outcome), gap=8))

    def _add_outcome(self, outcome: Outcome) -> None:
        number = wording("outcome_number", number=outcome.number)
        change = Button(wording("change"), "quiet", icon="pencil", name=f"{wording('change')}: {number}")
        change.clicked.connect(lambda: open_outcome_sheet(self._context, outcome))
        remove = Button(wording("remove"), "quiet", icon="x", name=f"{wording('remove')}: {number}", press=lambda: self._remove(outcome))
        chip = area_chip(outcome.area) if outcome.area else None
        self._column.addLayout(row(note(number), chip, STRETCH, change, remove, gap=8))
        self._column.addWidget(Text(outcome.text, "body", weight=600, wrap=True))
        self._column.addWidget(
            facts(
                (wording("outcome_baseline"), outcome.baseline),
                (wording("outcome_target"), outcome.target),
                (wording("outcome_measure"), outcome.measure),
                (wording("outcome_by_on"), full_date(outcome.by_on) if outcome.by_on else None),
            )
        )

    def _keep_button(self, outcome: Outcome) -> Button:
        number = wording("outcome_number", number=outcome.number)
        keep = Button(bank_wording("keep"), "quiet", icon="star", name=f"{bank_wording('keep')}: {number}")
        keep.clicked.connect(
            lambda: open_keep(self._context, "outcome", outcome.id, outcome.text, area=outcome.area, measure=outcome.measure)
        )
        return keep

    def _provision_buttons(self, outcome: Outcome) -> list[Button]:
        number, case = wording("outcome_number", number=outcome.number), self._context.case
        room, owner = self._context.room, self._context.owner
        due = case.cycle.review_due_on
        until = due if due and due > case.today else None
        serves = Serves((outcome.pupil,), outcome.cycle, outcome.id, outcome.area, ends_on=until)
        add = Button(wording("add_provision"), "secondary", icon="plus", name=f"{wording('add_provision')}: {number}")
        add.clicked.connect(lambda: open_provision_sheet(room, owner, serves))
        join = Button(wording("join_provision"), "quiet", icon="users", name=f"{wording('join_provision')}: {number}")
        join.clicked.connect(lambda: open_join_sheet(room, owner, serves))
        return [add, join]

    def _remove(self, outcome: Outcome) -> None:
        context = self._context
        words = wording("outcome_removed", number=outcome.number)
        context.deeds.do(
            context.owner,
            lambda session, _: plans.remove_outcome(session, outcome.id),
            lambda saved: context.room.ways.toast(words, saved),
        )


class ServingPanel(QWidget):
    """One provision for an outcome: in words, with its cost and the sum that gives it."""

    def __init__(self, context: PlanContext, place: ProvisionPlace, provision: Provision, cost_and_sum: tuple[int, str] | None) -> None:
        super().__init__()
        self._context = context
        room, owner = context.room, context.owner
        change = Button(wording("change"), "quiet", icon="pencil", name=f"{wording('change')}: {provision.title}")
        change.clicked.connect(lambda: open_provision_sheet(room, owner, Serves(), provision))
        leave = Button(wording("take_out"), "quiet", icon="x", name=f"{wording('take_out')}: {provision.title}")
        leave.clicked.connect(lambda: self._leave(place, provision))
        title = Text(provision.title, "ui", weight=600, wrap=True)
        cost = Text(money(cost_and_sum[0]), "ui", weight=600, figures=True) if cost_and_sum else None
        sum_line = note(cost_and_sum[1], wrap=True) if cost_and_sum else None
        words = Text(pattern_words(provision), "ui", wrap=True)
        self.setLayout(col(row((title, 1), cost, change, leave, gap=8), words, sum_line, gap=2))

    def _leave(self, place: ProvisionPlace, provision: Provision) -> None:
        context = self._context
        context.deeds.do(
            context.owner,
            lambda session, _: provision_services.leave_provision(session, place.id),
            lambda saved: context.room.ways.toast(wording("taken_out", title=provision.title), saved),
        )


class OutcomeList(QWidget):
    """All outcomes of the cycle, and a button for the next."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self._list: KeyedColumn[Served, OutcomePanel] = KeyedColumn(
            lambda shown: OutcomePanel(context, shown), lambda widget, shown: widget.show_served(shown), gap=10
        )
        self._count = note("")
        self.add = Button(wording("add_outcome"), "secondary", icon="plus", press=self._add)
        self.bank = Button(bank_wording("open_outcome"), "quiet", icon="search", press=self._choose)
        self._empty = EmptyPlace(wording("no_outcomes"), wording("add_first_outcome"), icon="target", press=self._add)
        self._top = row(heading(wording("outcomes")), self._count, STRETCH, self.bank, self.add, gap=8)
        self.setLayout(col(self._top, self._empty, self._list, STRETCH, gap=10))

    def show_case(self) -> None:
        page = self._context.case.page
        outcomes = page.outcomes if page else ()
        self._count.setText(str(len(outcomes)) if outcomes else "")
        self._list.show_things(served(page, self._context.case.sums) if page else ())
        self._empty.setVisible(not outcomes)
        self.add.setVisible(bool(outcomes))

    def _add(self) -> None:
        open_outcome_sheet(self._context, None)

    def _choose(self) -> None:
        """From the bank: the form of a new outcome with what was chosen, and where the pupil starts from still to be said."""
        context = self._context

        def taken(line: BankLine) -> None:
            form = open_outcome_sheet(context, None)
            form.text.set_words(line.about(context.case.pupil.forename))
            form.area.choose(line.area or "")
            form.lines["measure"].setText(line.measure or "")
            context.room.ways.toast(bank_wording("taken_outcome", name=context.case.pupil.forename))

        open_bank(context, "outcome", taken)
