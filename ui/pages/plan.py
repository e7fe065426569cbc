"""The Plan tab of a pupil: cycles, stages, the golden thread, and the page of the stage in sight."""

from typing import Any, cast

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from sencoapp.domain.dates import weekday_date
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.domain.stages import STAGES, CycleStage
from sencoapp.reference import explain
from sencoapp.services.copying_plans import roll_forward
from sencoapp.services.permissions import may
from ui.commands import command
from ui.pages.columns import Columns
from ui.pages.plan_after import AfterClosing
from ui.pages.plan_agree import PlanStage
from ui.pages.plan_assess import AssessStage
from ui.pages.plan_case import PlanCase, plan_case
from ui.pages.plan_closed import ClosedStage
from ui.pages.plan_context import PlanContext
from ui.pages.plan_copy_sheet import open_copy_sheet
from ui.pages.plan_copy_sheet import wording as copy_wording
from ui.pages.plan_do import DoStage
from ui.pages.plan_file_sheet import PlanFileOut
from ui.pages.plan_outcome_sheet import open_outcome_sheet
from ui.pages.plan_paper import PlanPaper
from ui.pages.plan_review import ReviewStage
from ui.pages.plan_stage_state import StageLine
from ui.pages.plan_stages import StageCards
from ui.pages.plan_start import StartPlan
from ui.pages.plan_words import cycle_words, thread_knots, wording
from ui.pages.thread_mending import wording as wording_of_thread
from ui.room import Room
from ui.widgets import STRETCH, Button, Choice, Elided, Icon, SavedState, Scroll, Text, Thread, col, holder, panel, row

_SCHOOL_WIDE = ("provision", "provision_place", "provision_staff", "provision_cost", "staff_rate", "school")


class _LongPage(QWidget):
    """What scrolls. It is as high as its words need at the width that it has, and no higher (wrapped words ask for too much)."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class PlanTab(QWidget):
    """``show_for(pupil=id, cycle=None, stage="")`` shows a pupil's plan; ``refresh(saved)`` shows anew what was touched."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._pupil = ""
        self._cycle: str | None = None
        self._stage = ""
        self.context = PlanContext(room, self, self.go_to_stage, self._show_cycle)
        self.context.change_outcome = lambda outcome: open_outcome_sheet(self.context, outcome)
        self.cycles = Choice(wording("cycle"), [])
        self.cycles.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # which plan it is is never cut
        self._note = Elided("", "small", "muted")
        self.copy = Button(copy_wording("open_short"), "quiet", icon="copy", name=copy_wording("open"), press=self._copy)
        self.paper = PlanPaper(room, self, lambda: self._cycle)
        self.file = PlanFileOut(room, self, lambda: self._cycle) if may(room.actor, "export") else None
        self.roll = Button(copy_wording("roll"), "secondary", icon="repeat", press=self._roll_forward)
        self.to_open = Button(wording("to_open_cycle"), "secondary", icon="arrow-right", press=lambda: self._show_cycle(None))
        self._closed_words = Text("", "ui", wrap=True)
        self.after = AfterClosing(self.context)
        closed = col(row(Icon("lock", "info"), (self._closed_words, 1), self.to_open, gap=10), self.after, gap=4)
        self._closed = panel(closed, kind="info", margins=(12, 8, 12, 8))
        self.cards = StageCards()
        self.stage_line = StageLine(self.context)
        self.saved_state = SavedState()
        self.thread_line = Thread([])
        self.to_board = Button(
            wording_of_thread("open_board"), "quiet", icon="link", press=lambda: room.ways.go("thread", pupil=self._pupil)
        )
        self._stages: dict[str, QWidget] = {}
        self._closed_stage: ClosedStage | None = None
        self._below = col(gap=0)
        self._start = StartPlan(self.context)
        self._build()
        command(self, copy_wording("open"), self._copy, icon="copy", also="group duplicate template")
        self.cycles.chosen.connect(lambda cycle: self._show_cycle(cycle))
        self.cards.chosen.connect(self.go_to_stage)

    def _build(self) -> None:
        paper = [self.paper.button, self.paper.word_button] if self.paper.may else []
        paper += [self.file.button] if self.file else []
        tools = holder(row(self.copy, self.roll, *paper, STRETCH, gap=8))
        state = holder(row((self._note, 1), self.saved_state, gap=12))
        where = Columns((self.cycles, 0), (state, 1), gap=12, narrow=640)
        line = col(Columns((where, 1), (tools, 0), gap=12, narrow=900), gap=0, margins=(24, 12, 24, 8))
        thread = panel(Columns((self.thread_line, 1), (self.to_board, 0), gap=8, narrow=760), margins=(16, 10, 16, 6))
        inside = col(self._closed, self.cards, thread, self.stage_line, self._below, STRETCH, gap=10, margins=(24, 2, 24, 24))
        page = _LongPage()
        page.setLayout(inside)
        self._body = Scroll(page, wording("page"))
        # Which cycle it is, and that it is saved, stay in sight however far the page is scrolled.
        self._open = holder(col(line, (self._body, 1), gap=0))
        self._open.hide()
        self._start.hide()
        self.setLayout(col((self._open, 1), (self._start, 1), gap=0))

    def show_for(self, pupil: str, cycle: str | None = None, stage: str = "", **where: Any) -> None:
        """Shows the plan of a pupil: the named cycle or the newest, at the named stage or where the cycle stands."""
        if pupil != self._pupil or (cycle and cycle != self._cycle):
            self._open.hide()
            self._start.hide()
            self._body.verticalScrollBar().setValue(0)
        self._pupil, self._cycle, self._stage = pupil, cycle, stage if stage in STAGES else ""
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil and (self._pupil in saved.pupils() or saved.touches(*_SCHOOL_WIDE)):
            self._ask()

    def go_to_stage(self, stage: str) -> None:
        """Opens the page of a stage."""
        if stage != self._stage:
            self._body.verticalScrollBar().setValue(0)
        self._stage = stage
        if self.context.has_case() and self.context.case.page is not None:
            self._show_stage()

    def stage_page(self, stage: str) -> QWidget:
        """The page of a stage of an open cycle; it is built when it is first asked for."""
        if stage not in self._stages:
            made = {"assess": AssessStage, "plan": PlanStage, "do": DoStage, "review": ReviewStage}[stage](self.context)
            made.hide()
            self._below.addWidget(made)
            self._stages[stage] = made
        return self._stages[stage]

    def first_focus(self) -> QWidget:
        """Where the focus goes when the tab is opened."""
        if not self._open.isHidden():
            return self.cards.cards[self._stage or STAGES[0]]
        return self._start.empty.button or self._start

    # ---- within -----------------------------------------------------------------------------------------------------

    def _copy(self) -> None:
        if self.context.has_case() and self.context.case.page is not None:
            open_copy_sheet(self.context)

    def _roll_forward(self) -> None:
        pupil = self._pupil

        def rolled(answer: tuple[Cycle, Saved]) -> None:
            self._room.ways.toast(copy_wording("rolled", number=answer[0].number), answer[1])
            self._show_cycle(answer[0].id)

        self.context.deeds.do(
            self, lambda session, _: roll_forward(session, pupil), rolled, lambda said: self._room.ways.toast(explain(said))
        )

    def _show_cycle(self, cycle: str | None) -> None:
        if cycle != self._cycle or cycle is None:
            self._stage = ""
        self._cycle = cycle
        self._ask()

    def _ask(self) -> None:
        pupil, cycle = self._pupil, self._cycle
        self._room.ask(self, lambda place: plan_case(place.session, pupil, cycle), self._show, replace="plan")

    def _show(self, case: PlanCase) -> None:
        if case.pupil.id != self._pupil:
            return
        self.context.show(case)
        if case.page is None:
            self._start.begin() if self._start.isHidden() else None
            self._start.offer(case.is_written)
            self._start.show()
            self._open.hide()
            return
        self._cycle = case.cycle.id
        self._start.hide()
        self._show_cycles(case)
        if case.saved_at is not None:
            self.saved_state.kept_since(case.saved_at, case.today)
        self.thread_line.show_knots(thread_knots(case))
        self.thread_line.setToolTip(self.thread_line.accessibleName())
        self._show_stage()
        self._open.show()

    def _show_cycles(self, case: PlanCase) -> None:
        self.cycles.offer([(each.id, cycle_words(each)) for each in reversed(case.cycles)], case.cycle.id)
        closed = [each for each in case.cycles if each.closed_on]
        self._note.say(wording("closed_one") if len(closed) == 1 else wording("closed_many") if closed else "")
        self._note.setVisible(bool(closed) and not case.is_closed)
        self.to_board.setVisible(not case.is_closed)
        self._closed.setVisible(case.is_closed)
        if case.cycle.closed_on:
            self._closed_words.setText(wording("closed_line", number=case.cycle.number, day=weekday_date(case.cycle.closed_on)))
        none_is_open = all(each.closed_on for each in case.cycles)
        self.copy.setVisible(case.is_written and bool(case.page and case.page.outcomes))
        self.roll.setVisible(case.is_written and none_is_open and case.pupil.left_on is None)
        self.after.setVisible(case.is_closed and case.is_written)
        self.to_open.setVisible(any(each.closed_on is None for each in case.cycles))

    def _show_stage(self) -> None:
        case = self.context.case
        assert case.page is not None
        stage = self._stage or ("review" if case.page.stage == "closed" else case.page.stage)
        self._stage = stage
        self.cards.show_case(case, stage)
        self.stage_line.show_stage(cast(CycleStage, stage))
        if case.is_closed or not case.is_written:
            self._show_page(self._closed_page())
            self._closed_page().show_stage(case, stage)
            return
        page = self.stage_page(stage)
        page.show_case()  # type: ignore[attr-defined]
        self._show_page(page)

    def _closed_page(self) -> ClosedStage:
        if self._closed_stage is None:
            self._closed_stage = ClosedStage(self.context)
            self._below.addWidget(self._closed_stage)
        return self._closed_stage

    def _show_page(self, shown: QWidget) -> None:
        for each in (*self._stages.values(), self._closed_stage):
            if each is not None and each is not shown:
                each.hide()
        shown.show()
