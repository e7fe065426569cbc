"""Review: how far each outcome was met, what the pupil and the parents say, what was decided (Code of Practice 6.53 to 6.56)."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp.domain.measured import Measured
from sencoapp.domain.plan import Outcome
from sencoapp.domain.record import Saved
from sencoapp.services import plans
from sencoapp.services.measuring import shows
from sencoapp.services.ports import Session
from sencoapp.services.reviewing import parents_met_words
from ui.pages.columns import Columns
from ui.pages.day_field import KeptDay
from ui.pages.facts import facts
from ui.pages.kept_text import KeptText, SaveText
from ui.pages.keyed import KeyedColumn
from ui.pages.meeting_sheet import open_meeting_sheet
from ui.pages.plan_case import OUTCOME_TEXTS, outcome_form
from ui.pages.plan_close import CloseCycle
from ui.pages.plan_context import PlanContext
from ui.pages.plan_views import ViewPanel
from ui.pages.plan_words import NEXT, RATINGS, rating_words, wording
from ui.pages.review_form import wording as review_wording
from ui.widgets import (
    STRETCH,
    Button,
    ChipChoice,
    EmptyPlace,
    Field,
    Icon,
    Surface,
    Text,
    area_chip,
    clear,
    col,
    heading,
    holder,
    note,
    panel,
    row,
)


class OutcomeReview(Surface):
    """One outcome with what was planned, how far it was met, what was reached, and what comes next. It all keeps itself."""

    def __init__(self, context: PlanContext, outcome: Outcome) -> None:
        self._context, self._outcome = context, outcome
        number = wording("outcome_number", number=outcome.number)
        self._planned = col(gap=6)
        self.rating = ChipChoice(f"{number}: {wording('rating')}", [(each, rating_words(each)) for each in RATINGS])
        self.next = ChipChoice(f"{number}: {wording('next')}", [(each, wording(f"next_{each}")) for each in NEXT])
        self.texts = {each: KeptText(context.room, context.deeds, wording(f"label_{each}"), lines=1) for each in OUTCOME_TEXTS}
        for each, text in self.texts.items():
            text.area.setAccessibleName(f"{number}: {wording(f'label_{each}')}")
        super().__init__(
            "panel",
            col(
                self._planned,
                Field(wording("rating"), self.rating),
                Columns((self.texts["result"], 1), (self.texts["review_note"], 1)),
                Field(wording("next"), self.next, hint=wording("next_hint")),
                gap=12,
                margins=16,
            ),
        )
        self.rating.chosen.connect(lambda: self._change(rating=self.rating.value() or None))
        self.next.chosen.connect(lambda: self._change(next=self.next.value() or None))
        self.show_outcome(outcome)

    def show_outcome(self, outcome: Outcome) -> None:
        self._outcome = outcome
        clear(self._planned)
        chip = area_chip(outcome.area) if outcome.area else None
        self._planned.addWidget(holder(row(note(wording("outcome_number", number=outcome.number)), chip, STRETCH, gap=8)))
        self._planned.addWidget(Text(outcome.text, "body", weight=600, wrap=True))
        named = [(wording(f"outcome_{each}"), getattr(outcome, each)) for each in ("baseline", "target", "measure")]
        self._planned.addWidget(facts(*named))
        found = self._context.case.measured.get(outcome.id)
        if found is not None:
            self._planned.addLayout(row(Icon("trending-up", "info", 18), (Text(shows(found), "ui", wrap=True), 1), gap=8))
        self.rating.choose(outcome.rating or "")
        self.next.choose(outcome.next or "")
        for each, text in self.texts.items():
            form = outcome_form(outcome.id, each)
            kept, past = getattr(outcome, each), ("outcome", outcome.id, each)
            text.show_text(form, kept, self._context.case.draft(form), _saving(outcome, each), past)

    def _change(self, **values: Any) -> None:
        shown = self._outcome
        wanted = replace(shown, **values)
        self._context.deeds.do(self, lambda session, as_of: plans.change_outcome(session, shown, wanted, as_of=as_of))


def _saving(outcome: Outcome, field: str) -> SaveText:
    def save(session: Session, kept: str | None, wanted: str | None, as_of: int) -> Saved:
        before: dict[str, Any] = {field: kept}
        after: dict[str, Any] = {field: wanted}
        return plans.change_outcome(session, replace(outcome, **before), replace(outcome, **after), as_of=as_of)

    return save


class ReviewStage(QWidget):
    """Outcomes at the left; views, the meeting and the closing at the right."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self.outcomes: KeyedColumn[tuple[Outcome, Measured | None], OutcomeReview] = KeyedColumn(
            lambda shown: OutcomeReview(context, shown[0]), lambda widget, shown: widget.show_outcome(shown[0]), gap=10
        )
        self._none = EmptyPlace(
            wording("no_outcomes_to_rate"), wording("go_to_plan"), icon="target", press=lambda: context.go_to_stage("plan")
        )
        self.views = {whose: ViewPanel(context, whose) for whose in ("pupil", "parents")}
        self.held_on = KeptDay(wording("label_reviewed_on"), context.room.app.clock.today(), wording("what_reviewed_on"), self._keep_held)
        self.attended = context.cycle_text("review_attended_by", lines=1)
        self.summary = context.cycle_text("review_summary", lines=3)
        self.decision = context.cycle_text("decision", lines=2, hint=True)
        self.copy_given = KeptDay(
            wording("label_copy_given_on"), context.room.app.clock.today(), wording("what_copy_given_on"), self._keep_copy
        )
        self.closing = CloseCycle(context, self.go_to, self.commit)
        self.hold = Button(review_wording("open_review"), "secondary", icon="users", press=self._hold)
        self.meet = Button(review_wording("meeting_add"), "quiet", icon="plus", press=lambda: open_meeting_sheet(context))
        self.met = note("", wrap=True)
        meeting = panel(
            heading(wording("meeting")),
            row(self.meet, STRETCH),
            self.met,
            self.held_on,
            self.attended,
            self.summary,
            self.decision,
            self.copy_given,
            gap=12,
            margins=16,
        )
        top = row(heading(wording("review_outcomes")), STRETCH, self.hold, gap=8)
        self._effects = Text("", "ui", wrap=True)
        self._effect_panel = panel(heading(wording("effect_of_provision")), self._effects, gap=8, margins=16)
        left = holder(col(top, self._none, self.outcomes, self._effect_panel, STRETCH, gap=10))
        right = holder(col(heading(wording("views")), *self.views.values(), meeting, self.closing, STRETCH, gap=10))
        self.setLayout(col(Columns((left, 1), (right, 1)), gap=0))

    def show_case(self) -> None:
        case = self._context.case
        assert case.page is not None
        self.outcomes.show_things((each.id, (each, case.measured.get(each.id))) for each in case.page.outcomes)
        self._none.setVisible(not case.page.outcomes)
        self._effects.setText("\n".join(case.effects))
        self._effect_panel.setVisible(bool(case.effects))
        for view in self.views.values():
            view.show_case()
        self.held_on.show_day(case.cycle.id, case.cycle.reviewed_on)
        self.copy_given.show_day(case.cycle.id, case.cycle.copy_given_on)
        for field, text in self._texts().items():
            self._context.show_cycle_text(text, field)
        self.met.setText(f"{parents_met_words(case.parents_met)}. {review_wording('parents_met_hint')}")
        self.closing.show_case()

    def _hold(self) -> None:
        """The dialog for the meeting itself: who was there, and everything that was decided, in one save."""
        self.commit()
        self._context.room.ways.go("review", pupils=(self._context.case.pupil.id,))

    def commit(self) -> None:
        """Saves every text that is being written."""
        written = [*self._texts().values(), *(text for each in self.outcomes.widgets() for text in each.texts.values())]
        for text in written:
            text.commit()

    def go_to(self, missing: str) -> None:
        """Leads to what still stands in the way of closing; ``missing`` as in ``services.plans.missing_to_close``."""
        if missing == "outcomes":
            self._context.go_to_stage("plan")
        elif missing == "ratings":
            first = next((each for each in self.outcomes.widgets() if not each.rating.value()), None)
            if first is not None:
                first.rating.setFocus()
        elif missing == "decision":
            self.decision.area.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.views[missing.removeprefix("view_")].go_to()

    def _texts(self) -> dict[str, KeptText]:
        return {"review_attended_by": self.attended, "review_summary": self.summary, "decision": self.decision}

    def _keep_held(self, cycle: str, day: date | None) -> None:
        if cycle == self._context.case.cycle.id:
            self._context.change_cycle(self, None, self.held_on.refuse, reviewed_on=day)

    def _keep_copy(self, cycle: str, day: date | None) -> None:
        if cycle == self._context.case.cycle.id:
            self._context.change_cycle(self, None, self.copy_given.refuse, copy_given_on=day)
