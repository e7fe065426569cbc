"""Where no plan is yet: one sentence, one button, and the two days that the first cycle needs."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import plans
from ui.commands import command
from ui.pages.form_draft import DraftOf
from ui.pages.plan_context import PlanContext
from ui.pages.plan_words import wording
from ui.widgets import STRETCH, Button, DateField, EmptyPlace, Field, Form, col, flow, heading, panel, row


class StartPlan(QWidget):
    """The empty place, and the form that takes its place when the button is pressed."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self.empty = EmptyPlace(wording("no_plan"), wording("start_first"), icon="repeat", press=self._open)
        today = context.room.app.clock.today()
        self.starts_on = DateField(today=today, what=wording("what_starts_on"), field="starts_on")
        self.review_due = DateField(today=today, what=wording("what_review_due_on"), field="review_due_on", towards="future")
        self.form = Form()
        self.form.add_widget(heading(wording("start_title")))
        self.form.add("starts_on", Field(wording("label_starts_on"), self.starts_on))
        self.form.add("review_due_on", Field(wording("label_review_due_on"), self.review_due, hint=wording("start_hint")))
        self.start = Button(wording("start_cycle"), "primary", icon="check", press=self._start)
        self.form.add_widget(flow(self.start, Button(wording("cancel"), "quiet", press=self.begin)))
        self._panel = panel(self.form, margins=24)
        self.draft: DraftOf | None = None
        command(self._panel, wording("start_cycle"), self._start, "Ctrl+Return", "Ctrl+Enter")
        self.setLayout(col((self.empty, 1), row(self._panel, STRETCH), STRETCH, gap=0, margins=(24, 16, 24, 24)))
        self.begin()

    def begin(self) -> None:
        """Shows the empty place again."""
        self._panel.hide()
        self.empty.show()

    def offer(self, offered: bool) -> None:
        """Whether the person at the window may start a plan."""
        if self.empty.button is not None:
            self.empty.button.setVisible(offered)

    def _open(self) -> None:
        today = self._context.room.app.clock.today()
        self.starts_on.set_value(today)
        self.review_due.set_value(today + timedelta(weeks=plans.USUAL_WEEKS))
        self.form.clear_problems()
        self.empty.hide()
        self._panel.show()
        if self.draft is not None:
            self.draft.notice.deleteLater()
            self.draft.deleteLater()
        self.draft = DraftOf(self._context.room, self.form, f"start_cycle.{self._context.case.pupil.id}")
        self.form.add_widget(self.draft.notice)
        self.draft.began()
        self.starts_on.setFocus()

    def _start(self) -> None:
        if not self.start.isEnabled():
            return
        try:
            starts_on, due = self.starts_on.value(), self.review_due.value()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        pupil = self._context.case.pupil.id
        self.start.setEnabled(False)
        self._context.deeds.do(
            self, lambda session, _: plans.start_cycle(session, pupil, starts_on=starts_on, review_due_on=due), self._started, self._refused
        )

    def _started(self, answer: tuple[Cycle, Saved]) -> None:
        self.start.setEnabled(True)
        if self.draft is not None:
            self.draft.saved()
        self._context.start_over(answer[0].id)

    def _refused(self, message: PlainMessage) -> None:
        self.start.setEnabled(True)
        self.form.refuse(message)
