"""Plan: the outcomes at the left; at the right strategies, who agreed, the day of the review, and the agreement."""

from datetime import date

from PySide6.QtWidgets import QWidget

from sencoapp.domain.bank import BankLine
from sencoapp.domain.dates import weekday_date
from ui.pages.bank_sheet import open_bank, open_keep
from ui.pages.bank_sheet import wording as bank_wording
from ui.pages.columns import Columns
from ui.pages.day_field import KeptDay
from ui.pages.exact_sheet import open_exact_sheet
from ui.pages.plan_case import without_provision
from ui.pages.plan_context import PlanContext
from ui.pages.plan_kind import PlanKind
from ui.pages.plan_outcomes import OutcomeList
from ui.pages.plan_words import counted, wording
from ui.pages.wording_hint import WordingHint
from ui.widgets import STRETCH, Button, Icon, Text, col, flow, heading, panel, row


class PlanStage(QWidget):
    """What will be done, and its agreement (Code of Practice 6.48 to 6.51)."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self.outcomes = OutcomeList(context)
        self.strategies = context.cycle_text("strategies", lines=3, hint=True)
        self.open_words = WordingHint(self.strategies.area, "provision", offer=self._say_exactly, offered=wording("say_exactly"))
        self.bank = Button(bank_wording("open_strategy"), "quiet", icon="search", press=self._choose)
        self.keep = Button(bank_wording("keep_strategy"), "quiet", icon="star", press=self._keep)
        self.agreed_with = context.cycle_text("agreed_with", lines=1, hint=True)
        self.review_due = KeptDay(
            wording("label_review_due_on"), context.room.app.clock.today(), wording("what_review_due_on"), self._keep_day
        )
        self.kind = PlanKind(context)
        self._loose = Text("", "ui", wrap=True)
        self._advice = panel(row(Icon("route", "thread_text"), (self._loose, 1), gap=10), kind="thread", margins=(12, 8, 12, 8))
        self._state = Text("", "ui", "muted", wrap=True)
        self.agree = Button(wording("plan_agree"), "primary", icon="check", press=self._agree)
        self.reopen = Button(wording("plan_reopen"), "quiet", press=self._reopen)
        self.onward = Button(wording("go_to_do"), "secondary", icon="arrow-right", press=lambda: context.go_to_stage("do"))
        side = panel(
            heading(wording("plan_title")),
            self.strategies,
            self.open_words,
            flow(self.bank, self.keep, gap=8),
            self.agreed_with,
            self.review_due,
            self.kind,
            self._advice,
            self._state,
            flow(self.agree, self.onward, self.reopen),
            STRETCH,
            gap=12,
            margins=16,
        )
        self.setLayout(col(Columns((self.outcomes, 3), (side, 2)), gap=0))

    def show_case(self) -> None:
        case, context = self._context.case, self._context
        assert case.page is not None
        self.outcomes.show_case()
        context.show_cycle_text(self.strategies, "strategies")
        self.open_words.look()
        context.show_cycle_text(self.agreed_with, "agreed_with")
        self.review_due.show_day(case.cycle.id, case.cycle.review_due_on)
        self.kind.show_case()
        loose = len(without_provision(case.page))
        self._loose.setText(counted("loose", loose))
        self._advice.setVisible(bool(loose))
        day = case.cycle.planned_on
        self._state.setText(wording("plan_agreed_long", day=weekday_date(day)) if day else wording("plan_next"))
        self.agree.setVisible(day is None)
        self.reopen.setVisible(day is not None)
        self.onward.setVisible(day is not None)

    def _say_exactly(self, start: int, end: int) -> None:
        case = self._context.case
        open_exact_sheet(self._context.room, self.strategies.area, case.pupil.forename, start, end, f"exact.{case.cycle.id}")

    def _choose(self) -> None:
        """A strategy from the bank goes to the end of what is written."""
        context, forename = self._context, self._context.case.pupil.forename

        def taken(line: BankLine) -> None:
            self.strategies.commit()
            written = self.strategies.area.words().strip()
            words = line.about(forename)
            self.strategies.area.set_words(f"{written}\n{words}" if written else words)
            self.strategies.commit()
            context.room.ways.toast(bank_wording("taken_strategy", name=forename))

        open_bank(context, "strategy", taken)

    def _keep(self) -> None:
        case = self._context.case
        lines = [each.strip() for each in self.strategies.area.words().splitlines() if each.strip()]
        open_keep(self._context, "strategy", case.cycle.id, lines[-1] if lines else "")

    def _keep_day(self, cycle: str, day: date | None) -> None:
        if cycle == self._context.case.cycle.id:
            self._context.change_cycle(self, None, self.review_due.refuse, review_due_on=day)

    def _agree(self) -> None:
        self.strategies.commit()
        self.agreed_with.commit()
        then = self._context.go_to_stage
        self._context.change_with_undo(self, wording("plan_done_toast"), lambda _: then("do"), planned_on=self._context.case.today)

    def _reopen(self) -> None:
        self._context.change_cycle(self, planned_on=None)
