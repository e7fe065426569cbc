"""Do: what is planned each week, and what was noted since the plan began (Code of Practice 6.52)."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp.domain.dates import weekday_date
from sencoapp.domain.provision import Provision, ProvisionPlace
from ui.pages.columns import Columns
from ui.pages.keyed import KeyedColumn
from ui.pages.plan_context import PlanContext
from ui.pages.plan_evidence import TickList
from ui.pages.plan_measure import MeasurePanel, measured_things
from ui.pages.plan_words import counted, wording
from ui.pages.provision_words import pattern_words, run_words
from ui.widgets import STRETCH, Button, Text, area_chip, col, heading, note, panel, row


class WeekLine(QWidget):
    """One provision in words: how often, how long, with whom, for how many weeks."""

    def __init__(self, shown: tuple[ProvisionPlace, Provision], today: date) -> None:
        super().__init__()
        provision = shown[1]
        ended = provision.ends_on is not None and provision.ends_on < today
        chip = area_chip(provision.area, short=True) if provision.area else None
        title = row((Text(provision.title, "ui", weight=600, wrap=True), 1), chip, gap=8)
        run = Text(_run(provision, ended=ended), "small", "warning" if ended else "muted")
        self.setLayout(col(title, Text(pattern_words(provision), "ui", wrap=True), run, gap=2))


def _run(provision: Provision, *, ended: bool) -> str:
    return wording("run_is_over", run=run_words(provision)) if ended else run_words(provision)


class DoStage(QWidget):
    """Nothing is entered here but notes; each can be ticked as evidence for the review."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self._week: KeyedColumn[tuple[ProvisionPlace, Provision], WeekLine] = KeyedColumn(
            lambda shown: WeekLine(shown, context.case.today), lambda _, __: None, gap=12
        )
        self._nothing = Text(wording("nothing_planned"), "ui", "muted", wrap=True)
        self._strategies = Text("", "ui", wrap=True)
        self._strategies_head = heading(wording("label_strategies"))
        self._review = Text("", "ui", "muted", wrap=True)
        self.write = Button(wording("note_with_evidence"), "primary", icon="notebook-pen", press=self._write)
        self.start_review = Button(wording("start_review"), "secondary", icon="repeat", press=lambda: context.go_to_stage("review"))
        self._count = note("")
        self._no_notes = Text(wording("no_notes_yet"), "ui", "muted", wrap=True)
        self.notes = TickList(context)
        week = panel(
            heading(wording("each_week")),
            self._week,
            self._nothing,
            8,
            self._strategies_head,
            self._strategies,
            8,
            self._review,
            row(self.start_review, STRETCH),
            STRETCH,
            gap=10,
            margins=16,
        )
        top = row(heading(wording("notes_since")), self._count, STRETCH, self.write, gap=8)
        notes = panel(top, note(wording("tick_hint"), wrap=True), self._no_notes, self.notes, STRETCH, gap=10, margins=16)
        self.measures: KeyedColumn[Any, MeasurePanel] = KeyedColumn(
            lambda shown: MeasurePanel(context, shown[0]), lambda widget, shown: widget.show_outcome(shown[0]), gap=10
        )
        self._measures_head = heading(wording("measures_title"))
        self.setLayout(col(self._measures_head, self.measures, Columns((week, 2), (notes, 3)), gap=10))

    def show_case(self) -> None:
        case = self._context.case
        assert case.page is not None
        self.measures.show_things(measured_things(case))
        self._measures_head.setVisible(bool(case.page.outcomes))
        places = {f"{provision.id}{provision.title}{pattern_words(provision)}": (place, provision) for place, provision in case.page.places}
        self._week.show_things(places.items())
        self._nothing.setVisible(not places)
        self._strategies.setText(case.cycle.strategies or "")
        self._strategies.setVisible(bool(case.cycle.strategies))
        self._strategies_head.setVisible(bool(case.cycle.strategies))
        due = case.cycle.review_due_on
        self._review.setText(wording("review_is_due", day=weekday_date(due)) if due else wording("review_no_day"))
        entries = list(case.since_the_plan())
        self.notes.show_entries(entries)
        self._count.setText(counted("note", len(entries)) if entries else "")
        self._no_notes.setVisible(not entries)

    def _write(self) -> None:
        self._context.room.ways.new_observation(self._context.case.pupil.id)
