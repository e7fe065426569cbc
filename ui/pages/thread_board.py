"""The golden thread of one pupil as a board: need, evidence, outcome, provision, review; above it what hangs loose."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.golden_thread import LooseEnd, OutcomeKnot, PupilThread, ThreadLine, loose_ends, thread_lines
from sencoapp.domain.plan import Cycle
from sencoapp.domain.record import Saved
from sencoapp.services import golden_thread as services
from sencoapp.services.golden_thread import Hanging, loose_words, step_words
from sencoapp.services.permissions import may_save
from sencoapp.services.today import place_words
from ui.page import Page
from ui.pages.board import Board, BoardCell
from ui.pages.loose_ends import TOUCHES
from ui.pages.plan_words import rating_words
from ui.pages.thread_mending import ask_review_date, mend, open_outcome, wording
from ui.room import Room
from ui.widgets import STRETCH, Button, EmptyPlace, Icon, Scroll, Surface, Text, clear, col, flow, heading, holder, panel, row


def make_thread_page(room: Room) -> "ThreadPage":
    """The board of one pupil. Its args are ``pupil``."""
    return ThreadPage(room)


class ThreadPage(Page):
    """Cards in lines; arrow keys walk them, Enter opens what a card stands for, or the form for what is missing."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room, self._pupil = room, ""
        self._thread: PupilThread | None = None
        self._writes = may_save(room.actor, Cycle, "change")
        self.set_heading(wording("page"))
        self.to_plan = Button(wording("to_plan"), "secondary", icon="repeat", press=self._open_plan)
        self.to_list = Button(wording("to_list"), "quiet", icon="link", press=lambda: room.ways.go("loose"))
        self.board = Board(wording("page"))
        self._steps = col(gap=4)
        self._whole = row(Icon("circle-check", "success"), (Text(wording("whole"), "ui", wrap=True), 1), gap=8)
        self._whole_holder = holder(self._whole)
        self._loose = panel(heading(wording("hangs")), self._whole_holder, holder(self._steps), gap=8, margins=16)
        self._none = EmptyPlace("", wording("to_plan"), icon="repeat", press=self._open_plan)
        inside = holder(col(flow(self.to_plan, self.to_list), self._loose, self.board, STRETCH, gap=12, margins=(24, 12, 24, 24)))
        self._body = Scroll(inside, wording("page"))
        self.setLayout(col((Surface("plain", col((self._body, 1), gap=0)), 1), (self._none, 1), gap=0))
        self._body.hide()
        self._none.hide()
        self.board.pressed.connect(self._pressed)

    def show_for(self, args: Mapping[str, Any]) -> None:
        self._pupil = str(args.get("pupil", self._pupil))
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil and saved.touches(*TOUCHES):
            self._ask()

    def panes(self) -> Sequence[QWidget]:
        return (self.to_plan, self.board)

    def first_focus(self) -> QWidget | None:
        return self.board.first() or self.to_plan

    def observation_args(self) -> Mapping[str, Any]:
        return {"pupil": self._pupil} if self._pupil else {}

    # ---- within -----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        pupil = self._pupil
        self._room.ask(self, lambda place: services.thread_of(place.session, pupil), self._show, replace="thread")

    def _show(self, thread: PupilThread) -> None:
        if thread.pupil != self._pupil:
            return
        self._thread = thread
        today = self._room.app.clock.today()
        words = place_words(thread.year, thread.reg_group)
        self.set_heading(wording("board", name=thread.name), words)
        self._body.setVisible(thread.plan is not None)
        self._none.setVisible(thread.plan is None)
        self._none.say(wording("no_plan_yet", name=thread.name))
        ends = loose_ends(thread, today)
        self._show_steps(thread, ends)
        had_none = self.board.first() is None
        self.board.show_lines([_cells(thread, line, today) for line in thread_lines(thread)])
        if had_none and self.isVisible() and not self._body.isHidden():
            first = self.board.first()
            if first is not None:
                first.setFocus()

    def _show_steps(self, thread: PupilThread, ends: Sequence[LooseEnd]) -> None:
        clear(self._steps)
        for end in ends:
            sentence = loose_words(end)
            step = Button(step_words(end), "secondary", name=f"{step_words(end)}: {sentence}") if self._writes else None
            if step is not None:
                step.clicked.connect(lambda _=False, end=end: mend(self._room, self, Hanging(thread, end)))
            mark = Icon("circle-dashed", "thread_text", 18)
            self._steps.addWidget(holder(row(col(STRETCH, mark, STRETCH), (Text(sentence, "ui", wrap=True), 1), step, gap=8)))
        self._whole_holder.setVisible(not ends)

    def _open_plan(self, stage: str = "") -> None:
        cycle = self._thread.plan.cycle if self._thread and self._thread.plan else None
        self._room.ways.go("pupil", pupil=self._pupil, tab="plan", cycle=cycle, stage=stage if isinstance(stage, str) else "")

    def _pressed(self, key: str) -> None:
        """A card leads to what it stands for; where that is missing, to the form that adds it."""
        thread = self._thread
        assert thread is not None
        what, _, subject = key.partition(":")
        missing = {"outcome": "need_without_outcome", "provision": "outcome_without_provision", "need_provision": "need_without_provision"}
        if what in ("need", "plan", "assess", "review"):
            if what == "need":
                self._room.ways.go("pupil", pupil=thread.pupil, tab="overview")
            else:
                self._open_plan(what)
        elif not self._writes:
            self._open_plan("plan")
        elif what == "date":
            ask_review_date(self._room, self, thread)
        elif what == "note":
            self._room.ways.new_observation(thread.pupil)
        elif what == "change":
            outcome = next(each for each in thread.outcomes if each.id == subject)
            open_outcome(self._room, self, thread, LooseEnd("outcome_without_measure", subject, outcome.text, outcome.area, subject))
        elif what == "tie":
            place = next(each for each in thread.provision if each.place == subject)
            mend(self._room, self, Hanging(thread, LooseEnd("provision_without_outcome", subject, place.title, place.area)))
        else:
            need = next((each for each in thread.needs if each.id == subject), None)
            served = next((each for each in thread.outcomes if each.id == subject), None)
            area = need.area if need else served.area if served else None
            end = LooseEnd(missing[what], subject, "", area, served.id if served else None)  # type: ignore[arg-type]
            mend(self._room, self, Hanging(thread, end))


def _cells(thread: PupilThread, line: ThreadLine, today: date) -> list[BoardCell]:
    need, outcome = line.need, line.outcome
    names = reference.codes("SENtype")
    if need is not None:
        first = BoardCell(f"need:{need.id}", wording("head_need"), names.get(need.sen_type, need.sen_type), need.description or "")
    else:
        first = BoardCell("need:", wording("head_need"), wording("cell_no_need"), tied=False)
    return [first, _evidence(line), _outcome(line), _provision(line), _review(thread, outcome, today)]


def _evidence(line: ThreadLine) -> BoardCell:
    need, outcome = line.need, line.outcome
    parts = []
    if outcome is not None and outcome.evidence:
        parts.append(_counted("cell_outcome_evidence", outcome.evidence))
    if need is not None and need.evidence:
        parts.append(_counted("cell_evidence", need.evidence))
    if not parts:
        return BoardCell("note:", wording("head_evidence"), wording("cell_no_evidence"), tied=False)
    return BoardCell("assess:", wording("head_evidence"), parts[0], "".join(parts[1:]))


def _outcome(line: ThreadLine) -> BoardCell:
    outcome = line.outcome
    head = wording("head_outcome")
    if outcome is None:
        tie = f"tie:{line.provision[0].place}" if line.provision and line.need is None else f"outcome:{line.need.id if line.need else ''}"
        return BoardCell(tie, head, wording("cell_no_outcome"), tied=False)
    sub = wording("cell_measured", measure=outcome.measure) if outcome.measure else wording("cell_no_measure")
    return BoardCell(f"change:{outcome.id}", head, wording("cell_outcome", number=outcome.number, text=outcome.text), sub)


def _provision(line: ThreadLine) -> BoardCell:
    head = wording("head_provision")
    if line.provision:
        return BoardCell("plan:", head, "\n".join(dict.fromkeys(each.title for each in line.provision)))
    key = f"provision:{line.outcome.id}" if line.outcome else f"need_provision:{line.need.id if line.need else ''}"
    return BoardCell(key, head, wording("cell_no_provision"), tied=False)


def _review(thread: PupilThread, outcome: OutcomeKnot | None, today: date) -> BoardCell:
    head, due = wording("head_review"), thread.plan.review_due_on if thread.plan else None
    if outcome is not None and outcome.rating:
        return BoardCell("review:", head, rating_words(outcome.rating), outcome.result or "")
    if outcome is not None and outcome.by_on and outcome.by_on < today:
        return BoardCell("review:", head, wording("cell_by_passed", day=full_date(outcome.by_on)), tied=False)
    if due is None:
        return BoardCell("date:", head, wording("cell_no_review"), tied=False)
    return BoardCell("review:", head, wording("cell_review_due", day=full_date(due)), tied=outcome is not None)


def _counted(key: str, count: int) -> str:
    return wording(f"{key}_one") if count == 1 else wording(f"{key}_many", count=count)
