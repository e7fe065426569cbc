"""Assess: what the assessment shows, and what it rests on (Code of Practice 6.45 to 6.47)."""

from PySide6.QtWidgets import QWidget

from sencoapp.domain.dates import weekday_date
from ui.pages.columns import Columns
from ui.pages.plan_context import PlanContext
from ui.pages.plan_evidence import EvidencePicker
from ui.pages.plan_words import wording
from ui.widgets import STRETCH, Button, Text, col, heading, panel, row


class AssessStage(QWidget):
    """The summary keeps itself; a note or document is evidence by a tick."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self.summary = context.cycle_text("assess_summary", lines=6, hint=True)
        self._state = Text("", "ui", "muted", wrap=True)
        self.finish = Button(wording("assess_finish"), "primary", icon="check", press=self._finish)
        self.reopen = Button(wording("assess_reopen"), "quiet", press=self._reopen)
        self.onward = Button(wording("go_to_plan"), "secondary", icon="arrow-right", press=lambda: context.go_to_stage("plan"))
        buttons = row(self.finish, self.onward, self.reopen, STRETCH, gap=8)
        words = panel(heading(wording("assess_title")), self.summary, self._state, buttons, STRETCH, gap=12, margins=16)
        self.picker = EvidencePicker(context)
        self.setLayout(col(Columns((words, 3), (panel(self.picker, margins=16), 2)), gap=0))

    def show_case(self) -> None:
        case = self._context.case
        self._context.show_cycle_text(self.summary, "assess_summary")
        self.picker.show_case()
        day = case.cycle.assessed_on
        self._state.setText(wording("assess_finished_long", day=weekday_date(day)) if day else wording("assess_next"))
        self.finish.setVisible(day is None)
        self.reopen.setVisible(day is not None)
        self.onward.setVisible(day is not None)

    def _finish(self) -> None:
        self.summary.commit()
        then = self._context.go_to_stage
        self._context.change_with_undo(self, wording("assess_done_toast"), lambda _: then("plan"), assessed_on=self._context.case.today)

    def _reopen(self) -> None:
        self._context.change_cycle(self, assessed_on=None)
