"""Closing a cycle: what is missing, each with a way to it; then what closing means, in words, before it is done."""

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import plans
from sencoapp.services.plans import PlanPage
from ui.pages.plan_context import PlanContext
from ui.pages.plan_words import counted, wording
from ui.widgets import STRETCH, Button, DateField, Field, Form, Icon, Surface, Text, clear, col, flow, heading, holder, row


class CloseCycle(Surface):
    """``go_to(missing)`` leads to what is missing; ``commit`` saves what is being written, before anything is closed."""

    def __init__(self, context: PlanContext, go_to: Callable[[str], None], commit: Callable[[], None]) -> None:
        self._context, self._go_to, self._commit = context, go_to, commit
        self._cycle = ""
        self._intro = Text("", "ui", wrap=True)
        self._missing = col(gap=2)
        self._missing_holder = holder(self._missing)
        self.begin = Button(wording("close_cycle"), "primary", icon="lock", press=self._ask)
        today = context.room.app.clock.today()
        self.next_due = DateField(today=today, what=wording("what_review_due_on"), field="review_due_on", towards="future")
        self.form = Form(gap=10, wide=True)
        self._consequence = col(gap=6)
        self.confirm = Button("", "danger", icon="lock", press=self._close_for_good)
        self.not_yet = Button(wording("close_not_yet"), "quiet", press=self._not_yet)
        self.form.add_widget(holder(self._consequence))
        self._due_field = self.form.add("review_due_on", Field(wording("next_review_due"), self.next_due))
        self.form.add_widget(flow(self.confirm, self.not_yet))
        self.form.hide()
        super().__init__(
            "panel",
            col(
                heading(wording("close_title")), self._intro, self._missing_holder, row(self.begin, STRETCH), self.form, gap=10, margins=16
            ),
        )

    def show_case(self) -> None:
        page = self._context.case.page
        assert page is not None
        if page.cycle.id != self._cycle:
            self._cycle = page.cycle.id
            self._not_yet()
        self._show_missing(page)
        if not self.form.isHidden():
            self._tell(page)

    def _show_missing(self, page: PlanPage) -> list[str]:
        missing = plans.missing_to_close(page)
        clear(self._missing)
        for each in missing:
            words = reference.say(f"plan.missing_{each}")
            jump = Button(words[:1].upper() + words[1:], "link", icon="circle-dashed")
            jump.clicked.connect(lambda _=False, each=each: self._go_to(each))
            self._missing.addWidget(jump, 0, Qt.AlignmentFlag.AlignLeft)
        self._missing_holder.setVisible(bool(missing))
        self._intro.setText(wording("close_still_missing") if missing else wording("close_ready"))
        if missing:
            self._not_yet()
        return missing

    def _ask(self) -> None:
        """Asks the record once more, after what was still being written has reached it."""
        self._commit()
        cycle = self._cycle
        self._context.room.ask(self, lambda place: plans.plan_page(place.session.record, cycle), self._answer)

    def _answer(self, page: PlanPage) -> None:
        if page.cycle.id != self._cycle:
            return
        if self._show_missing(page):
            first = self._missing.itemAt(0)
            jump = first.widget() if first is not None else None
            if jump is not None:
                jump.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.next_due.set_value(self._context.case.today + timedelta(weeks=plans.USUAL_WEEKS))
        self._tell(page)
        self.begin.hide()
        self._intro.hide()
        self.form.show()
        (self.not_yet if self._has_left() else self.next_due).setFocus()  # not on the button: a second Enter must not close for good

    def _not_yet(self) -> None:
        self.form.hide()
        self.begin.show()
        self._intro.show()

    def _tell(self, page: PlanPage) -> None:
        """The consequence in words: what can never change again, and what goes on in the next cycle."""
        number = page.cycle.number
        clear(self._consequence)
        self._consequence.addWidget(_line("lock", wording("close_for_ever", number=number)))
        left = self._has_left()
        self._due_field.setVisible(not left)
        self.confirm.setText(wording("close_confirm", number=number))
        self.confirm.setAccessibleName(self.confirm.text())
        self.confirm.updateGeometry()
        if left:
            self._consequence.addWidget(_line("info", reference.say("review.nothing_follows", name=self._context.case.pupil.name)))
            return
        carried = plans.carried_over(page)
        for outcome in carried:
            self._consequence.addWidget(_line("arrow-right", wording("close_carries", number=outcome.number, text=outcome.text)))
        places = len(plans.carried_places(page))
        words = counted("close_places", places) if places else wording("close_no_places")
        self._consequence.addWidget(_line("arrow-right", words) if carried else _line("info", wording("close_nothing_carries")))
        self._consequence.addWidget(_line("plus", wording("close_next_opens", number=number + 1)))

    def _close_for_good(self) -> None:
        self._commit()
        try:
            due = self.next_due.value()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        self.confirm.setEnabled(False)
        cycle = self._cycle
        if self._has_left():
            self._context.deeds.do(self, lambda session, _: plans.close_last_cycle(session, cycle), self._closed_last, self._refused)
            return
        self._context.deeds.do(
            self, lambda session, _: plans.close_cycle(session, cycle, next_review_due_on=due), self._closed, self._refused
        )

    def _closed(self, answer: tuple[Cycle, Saved]) -> None:
        self.confirm.setEnabled(True)
        following = answer[0]
        self._context.room.ways.toast(wording("closed_toast", number=following.number - 1, following=following.number))
        self._context.start_over(following.id)

    def _closed_last(self, _saved: Saved) -> None:
        self.confirm.setEnabled(True)
        self._context.room.ways.toast(reference.say("review.closed", name=self._context.case.pupil.name))
        self._context.start_over(self._cycle)

    def _has_left(self) -> bool:
        return plans.has_left(self._context.case.pupil, self._context.case.today)

    def _refused(self, message: PlainMessage) -> None:
        self.confirm.setEnabled(True)
        if message.key == "cycle_not_ready":
            self._not_yet()
            self._context.start_over(self._cycle)
        else:
            self.form.refuse(message)


def _line(icon: str, words: str) -> QWidget:
    return holder(row(col(Icon(icon, "muted", 18), STRETCH, gap=0), (Text(words, "ui", wrap=True), 1), gap=8))
