"""One round-robin: who is asked and who is overdue, forms to send, and the answers side by side."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.round_robins import RoundRobin, RoundRobinAsk
from sencoapp.reference import explain, say
from sencoapp.services import round_robin_returns as returns
from sencoapp.services import round_robins as services
from sencoapp.services.permissions import may, may_save
from sencoapp.services.round_robins import Asked, RoundRobinShown
from ui.dates import nearby
from ui.pages import ask_staff_sheet as sheets
from ui.pages.columns import Columns
from ui.pages.export_sheet import Export
from ui.pages.pupil_words import breakable
from ui.pages.save_out import name_of_its_own, save_out, write_out
from ui.room import Room
from ui.tasks import Job
from ui.widgets import (
    STRETCH,
    Button,
    Cell,
    Column,
    Notice,
    RecordTable,
    Rule,
    Scroll,
    Surface,
    TableRow,
    Text,
    clear,
    col,
    flow,
    heading,
    holder,
)

_BESIDE, _LEAST = 4, 210
"""So many answers stand side by side, each at least so many design pixels wide; else they stand below each other."""


class RoundRobinView(QWidget):
    """One round-robin: who is asked, and what they answered."""

    def __init__(self, room: Room, page: Any) -> None:
        super().__init__()
        self._room, self._page = room, page
        self._shown: RoundRobinShown | None = None
        self.back = Button(say("round_robins.back"), "quiet", icon="chevron-left")
        self.send = Button(say("round_robins.send"), "primary", icon="download", press=self.send_forms)
        self.read = Button(say("round_robins.read_back"), "secondary", icon="inbox", press=page.choose_files)
        self.more = Button(say("round_robins.ask_more"), "secondary", icon="plus", press=lambda: self._with(sheets.open_more_sheet))
        self.other_day = Button(say("round_robins.move"), "quiet", press=lambda: self._with(_open_day))
        self.paper = Button(say("round_robins.print"), "quiet", icon="file-text", press=self.save_pdf)
        self.close_it = Button(say("round_robins.close"), "quiet", press=self._close)
        self.remove = Button(say("round_robins.remove"), "quiet", press=self._remove)
        self.export = Export(
            room, page, ("answers",), content=self._content, pupil=lambda: self._shown.round_robin.pupil if self._shown else ""
        )
        changing = may_save(room.actor, RoundRobin)
        for button in (self.send, self.read, self.more, self.other_day, self.close_it, self.remove):
            if not changing:
                button.hide()
        self._changing = changing
        if not may(room.actor, "print"):
            self.paper.hide()
        self.notice = Notice("warning", "")
        self.notice.hide()
        columns = (
            Column(say("round_robins.col_name"), 0),
            Column(say("round_robins.col_way"), 200, keep=False),
            Column(say("round_robins.col_state"), 230),
            Column(say("round_robins.col_do"), 180),
        )
        self.table = RecordTable(say("round_robins.who"), columns, two_lines=False, lead=24)
        self.table.acted.connect(self._act)
        self.table.opened.connect(self._act)
        self._answers = col(gap=14, margins=(24, 12, 24, 16))
        buttons = flow(
            self.back, self.send, self.read, self.more, self.other_day, self.export.button, self.paper, self.close_it, self.remove, gap=8
        )
        top = Surface("plain", col(buttons, self.notice, gap=8, margins=(24, 8, 24, 8)))
        self.setLayout(col(top, Rule(), (self.table, 2), Rule(), (Scroll(holder(self._answers), say("round_robins.answers")), 3), gap=0))

    def show_one(self, shown: RoundRobinShown) -> None:
        self._shown = shown
        today = self._room.app.clock.today()
        self.table.show_rows([self._person(each, shown, today) for each in shown.asked])
        if not self.table.current_key():
            self.table.choose_first()
        closed = shown.round_robin.closed_on is not None
        self.close_it.setText(say("round_robins.reopen" if closed else "round_robins.close"))
        self.close_it.setAccessibleName(self.close_it.text())
        self.send.setVisible(self._changing and not closed and bool(_to_send(shown)))
        self.more.setVisible(self._changing and not closed)
        self.other_day.setVisible(self._changing and not closed)
        late = ", ".join(each.ask.staff_name for each in shown.waiting)
        self.notice.setVisible(shown.late)
        if shown.late:
            self.notice.say(say("round_robins.late_people", names=late))
        clear(self._answers)
        self._show_answers(shown)

    # ---- what is done with it ---------------------------------------------------------------------------------------

    def send_forms(self) -> None:
        """Saves the forms of those who are asked on one and have not answered into a folder; each is noted as given out."""
        shown = self._shown
        if shown is not None:
            self._page.ask_for_folder(self, say("round_robins.send"), lambda folder: self._save_forms(shown, folder))

    def _save_forms(self, shown: RoundRobinShown, folder: Path) -> None:
        asks = [each.ask for each in _to_send(shown)]

        def make(place: Workplace) -> dict[str, tuple[RoundRobinAsk, bytes]]:
            made: dict[str, tuple[RoundRobinAsk, bytes]] = {}
            for ask in asks:
                name, form = returns.form_of(place.documents, returns.form_content(place.session, ask.id), ask.way)
                made[name_of_its_own(name, made)] = (ask, form)
            return made

        def write(made: dict[str, tuple[RoundRobinAsk, bytes]]) -> None:
            write_out(
                self._room.desk,
                self._room.place,
                self,
                {folder / name: form for name, (_, form) in made.items()},
                lambda place: services.note_sent(place.session, list(made.values())),
                done,
                self._refused,
            )

        def done(_: Saved) -> None:
            words = (
                say("round_robins.forms_saved", count=len(asks), folder=folder.name)
                if len(asks) > 1
                else say("round_robins.form_saved", folder=folder.name)
            )
            self._room.ways.toast(words)

        self._room.ask(self, make, write, self._refused, job=Job(say("round_robins.making_forms"), can_stop=False))

    def save_pdf(self) -> None:
        shown = self._shown
        if shown is None:
            return
        asked = shown.round_robin
        name = f"{returns.file_words(asked.title)}, {returns.file_words(asked.pupil_name)}.pdf"

        def save(path: Path) -> None:
            save_out(
                self._room,
                self,
                path,
                lambda place: place.documents.round_robin_answers(services.answers_content(place.session, asked.id)),
                what=say("round_robins.answers_title"),
                recipient=self._room.actor.name,
                purpose=say("round_robins.print_purpose"),
                pupil=asked.pupil,
                then=lambda: self._room.ways.toast(say("round_robins.printed", file=path.name)),
                refused=self._refused,
            )

        self._page.ask_to_save(self, say("round_robins.print"), name, "PDF (*.pdf)", save)

    def copy_reminder(self, ask: str) -> None:
        """The clipboard is emptied again by itself (``ui.clipboard``)."""

        def copied(words: str) -> None:
            QGuiApplication.clipboard().setText(words)
            self._room.ways.toast(say("round_robins.reminder_copied"))

        self._room.ask(self, lambda place: services.reminder(place.session, ask), copied, self._refused)

    def keep_note(self, answer: str, question: int, *, as_evidence: bool) -> None:
        def told(made: tuple[str, Saved]) -> None:
            self._room.ways.toast(say("round_robins.note_and_evidence" if as_evidence else "round_robins.note_kept"), made[1])

        self._room.do(
            self, lambda place: services.keep_as_note(place.session, answer, question, as_evidence=as_evidence), told, self._refused
        )

    # ---- within -----------------------------------------------------------------------------------------------------

    def _content(self, place: Workplace) -> Any:
        assert self._shown is not None
        return services.answers_list(place.session, self._shown.round_robin.id)

    def _with(self, open_sheet: Any) -> None:
        if self._shown is not None:
            open_sheet(self._room, self, self._shown)

    def _close(self) -> None:
        if self._shown is None:
            return
        asked = self._shown.round_robin
        deed = services.reopen_round_robin if asked.closed_on else services.close_round_robin
        words = say("round_robins.reopened" if asked.closed_on else "round_robins.closed")
        self._room.do(self, lambda place: deed(place.session, asked.id), lambda saved: self._room.ways.toast(words, saved), self._refused)

    def _remove(self) -> None:
        if self._shown is None:
            return
        id = self._shown.round_robin.id

        def told(saved: Saved) -> None:
            self._room.ways.go("round_robins")
            self._room.ways.toast(say("round_robins.removed"), saved)

        self._room.do(self, lambda place: services.remove_round_robin(place.session, id), told, self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))

    def _person(self, each: Asked, shown: RoundRobinShown, today: Any) -> TableRow:
        way = say(f"round_robins.way_{each.ask.way}")
        if each.answer is not None:
            state = Cell(say("round_robins.answered_on", day=nearby(each.answer.answered_on, today)), icon="circle-check")
            button = say("round_robins.take_back")
        elif shown.late:
            state, button = Cell(say("round_robins.is_late"), tone="danger", icon="triangle-alert"), say("round_robins.copy_reminder")
        elif each.ask.way != "here" and each.ask.sent_on is None:
            state, button = Cell(say("round_robins.not_sent"), icon="circle-dashed"), ""
        else:
            state, button = Cell(say("round_robins.waited_for"), icon="circle-dashed"), say("round_robins.copy_reminder")
        do = Cell(button=button) if button and shown.round_robin.closed_on is None and self._changing else Cell("")
        return TableRow(each.ask.id, (Cell(each.ask.staff_name, bold=True), Cell(way), state, do))

    def _act(self, ask: str) -> None:
        found = next((each for each in self._shown.asked if each.ask.id == ask), None) if self._shown else None
        if found is None or not self._changing or self._shown is None or self._shown.round_robin.closed_on is not None:
            return
        if found.answer is None:
            self.copy_reminder(ask)
        else:
            words = say("round_robins.taken_back", name=found.ask.staff_name)
            self._room.do(
                self,
                lambda place: services.take_back_answer(place.session, ask),
                lambda saved: self._room.ways.toast(words, saved),
                self._refused,
            )

    def _show_answers(self, shown: RoundRobinShown) -> None:
        answered = [(each.ask.staff_name, each.answer) for each in shown.asked if each.answer]
        if not answered:
            self._answers.addWidget(Text(say("round_robins.no_answers"), "ui", "muted", wrap=True))
        for number, question in enumerate(shown.round_robin.questions):
            if answered:
                self._answers.addWidget(heading(question.text))
            said = [
                self._answer(name, answer.id, number, answer.answers[number] if number < len(answer.answers) else "")
                for name, answer in answered
            ]
            for start in range(0, len(said), _BESIDE):
                some = said[start : start + _BESIDE]
                free = [QWidget() for _ in range(min(_BESIDE, len(said)) - len(some))]
                self._answers.addWidget(Columns(*((each, 1) for each in (*some, *free)), gap=24, narrow=_LEAST * len(some)))
            if said:
                self._answers.addWidget(Rule())
        self._answers.addStretch(1)

    def _answer(self, name: str, answer: str, number: int, words: str) -> QWidget:
        said = Text(breakable(words or say("round_robins.answers_none")), "ui", "text" if words else "muted", wrap=True, selectable=True)
        buttons: list[Any] = []
        if words and self._changing:
            for key, as_evidence in (("keep_note", False), ("keep_evidence", True)):
                press = partial(self.keep_note, answer, number, as_evidence=as_evidence)
                named = say(f"round_robins.{key}_named", name=name, number=number + 1)
                buttons.append(Button(say(f"round_robins.{key}"), "link", name=named, press=press))
        return holder(col(Text(name, "ui", weight=600), said, flow(*buttons, gap=12) if buttons else None, STRETCH, gap=2))


def _open_day(room: Room, owner: QWidget, shown: RoundRobinShown) -> None:
    sheets.open_day_sheet(room, owner, shown.round_robin)


def _to_send(shown: RoundRobinShown) -> list[Asked]:
    return [each for each in shown.waiting if each.ask.way != "here"]
