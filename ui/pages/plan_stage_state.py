"""What stands between the stages and the page of the one in sight: why it is not needed, or a way to say so."""

from PySide6.QtWidgets import QWidget

from sencoapp.domain.record import Saved
from sencoapp.domain.stages import CycleStage, StageState, not_needed
from sencoapp.services import stages
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.plan_context import PlanContext
from ui.pages.plan_words import stage_name, stage_states_of, wording
from ui.pages.record_sheet import Entry, open_entry
from ui.widgets import STRETCH, Button, Icon, Text, row


class StageLine(QWidget):
    """Out of sight where there is nothing to say and nothing to do."""

    def __init__(self, context: PlanContext) -> None:
        super().__init__()
        self._context = context
        self._stage: CycleStage = "assess"
        self._icon = Icon("minus", "muted", 18)
        self.words = Text("", "ui", wrap=True)
        self.skip = Button(wording("stage_skip"), "link", press=self._skip)
        self.need = Button(wording("stage_need"), "secondary", press=self._need)
        self.setLayout(row(self._icon, (self.words, 1), STRETCH, self.skip, self.need, gap=10))

    def show_stage(self, stage: CycleStage) -> None:
        case = self._context.case
        self._stage = stage
        state: StageState = stage_states_of(case)[stage]
        reason = not_needed(case.cycle, stage) if state == "not_needed" else None
        open_to_write = case.is_written and not case.is_closed
        self.words.setText(wording("stage_not_needed_because", stage=stage_name(stage), reason=reason) if reason else "")
        self._icon.setVisible(bool(reason))
        self.words.setVisible(bool(reason))
        self.need.setVisible(bool(reason) and open_to_write)
        self.skip.setVisible(not reason and open_to_write and state != "complete")
        self.skip.setAccessibleName(wording("stage_skip_named", stage=stage_name(stage)))
        self.setVisible(bool(reason) or not self.skip.isHidden())

    def _skip(self) -> None:
        context, stage, cycle = self._context, self._stage, self._context.case.cycle.id

        def write(session: Session, values: object) -> Saved:
            reason = values.get("reason") if isinstance(values, dict) else None
            return stages.stage_not_needed(session, cycle, stage, reason)

        entry = Entry(
            wording("stage_skip_named", stage=stage_name(stage)),
            wording("stage_skip_save"),
            (Ask("reason", wording("stage_why"), "words", hint=wording("stage_why_hint"), lines=2),),
            {},
            f"stage_not_needed.{cycle}.{stage}",
            write,
            lambda _: wording("stage_skipped", stage=stage_name(stage)),
        )
        open_entry(context.room, context.owner, entry, context.case.today)

    def _need(self) -> None:
        context, stage, cycle = self._context, self._stage, self._context.case.cycle.id
        context.deeds.do(
            context.owner,
            lambda session, _: stages.stage_is_needed(session, cycle, stage),
            lambda saved: context.room.ways.toast(wording("stage_needed", stage=stage_name(stage)), saved),
        )
