"""The four stages of a cycle as cards: where each stands, and a press that opens its page."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from sencoapp.domain.stages import STAGES, CycleStage, StageState
from ui.pages.columns import Columns
from ui.pages.plan_case import PlanCase
from ui.pages.plan_words import SIGNS, is_late, stage_line, stage_name, stage_states_of, state_words, wording
from ui.widgets import STRETCH, Card, Icon, Text, col, row

_TONES: Mapping[StageState, str] = {"complete": "success", "in_progress": "accent", "not_started": "muted", "not_needed": "muted"}


class StageCard(Card):
    """One stage: its name, and its state and date in words."""

    def __init__(self, stage: CycleStage) -> None:
        self.stage = stage
        self._icon = Icon("circle", "muted")
        self._state = Text("", "small", "text", weight=600)
        self._line = Text("", "small", "muted", weight=500, wrap=True)
        words = col(STRETCH, Text(stage_name(stage), "ui", weight=600), self._state, self._line, STRETCH, gap=0)
        super().__init__(stage_name(stage), row(col(STRETCH, self._icon, STRETCH), (words, 1), gap=10, margins=(12, 7, 12, 7)))

    def show_state(self, state: StageState, line: str, *, chosen: bool, late: bool) -> None:
        self._icon.show_icon(SIGNS[state], _TONES[state])
        self._state.setText(state_words(state))
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self._line.set_tone("danger" if late else "muted")
        self.setAccessibleName(", ".join(filter(None, (stage_name(self.stage), state_words(state), line))))
        self.choose(chosen)
        # One stop for Tab, as in a tab bar: the arrow keys lead to the others.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self.updateGeometry()


class StageCards(QWidget):
    """Assess, Plan, Do, Review. Arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[str, StageCard] = {stage: StageCard(stage) for stage in STAGES}
        first, second, third, fourth = self.cards.values()
        pairs = (Columns((first, 1), (second, 1), gap=8, narrow=0), Columns((third, 1), (fourth, 1), gap=8, narrow=0))
        self.setLayout(col(Columns((pairs[0], 1), (pairs[1], 1), gap=8, narrow=700), gap=0))
        self.setAccessibleName(wording("stages"))
        for stage, card in self.cards.items():
            card.clicked.connect(lambda _=False, stage=stage: self.chosen.emit(stage))

    def show_case(self, case: PlanCase, chosen: str) -> None:
        states = stage_states_of(case)
        for stage in STAGES:
            self.cards[stage].show_state(
                states[stage], stage_line(case, stage), chosen=stage == chosen, late=stage == "review" and is_late(case)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        here = next((number for number, stage in enumerate(STAGES) if self.cards[stage].hasFocus()), None)
        if step and here is not None:
            stage = STAGES[(here + step) % len(STAGES)]
            self.cards[stage].setFocus(Qt.FocusReason.TabFocusReason)
            self.chosen.emit(stage)
            return
        super().keyPressEvent(event)
