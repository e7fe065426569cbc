"""The sheets of a round-robin: staff are asked, more of them, another day; a person answers; forms that came back are looked at."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.domain.round_robins import RoundRobin, as_lines, from_lines
from sencoapp.reference import explain, say
from sencoapp.services import round_robin_returns as returns
from sencoapp.services import round_robins as services
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Session
from sencoapp.services.round_robin_returns import Returned
from sencoapp.services.round_robins import Asked, SetShown
from ui.incoming import read_file
from ui.pages.ask_form import Ask, AskRow
from ui.pages.pupil_words import breakable
from ui.pages.record_sheet import Entry, RecordSheet, open_entry
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Notice, Rule, Sheet, Text, col, holder, note

_WAYS = ("pdf", "xlsx", "here")
_USUAL_SET = "general"


def open_ask_sheet(room: Room, owner: QObject, pupil: str) -> None:
    """Who is asked what about a pupil, in which way, by when."""
    room.ask(owner, lambda place: _beginning(place.session, pupil), lambda found: _show_ask(room, owner, found), replace="ask staff")


def _beginning(session: Session, pupil: str) -> tuple[Pupil, list[tuple[str, str]], list[SetShown]]:
    return must_get(session.record, Pupil, pupil), _staff(session, ()), services.question_sets(session)


def _staff(session: Session, without: Sequence[str]) -> list[tuple[str, str]]:
    left_out = {session.actor.id, *without}
    staff = [each for each in session.record.find(StaffMember) if each.left_on is None and each.id not in left_out]
    return [(each.id, each.name) for each in sorted(staff, key=lambda each: each.name.casefold())]


def _show_ask(room: Room, owner: QObject, found: tuple[Pupil, list[tuple[str, str]], list[SetShown]]) -> None:
    pupil, staff, sets = found
    choices = [(str(number), each.title) for number, each in enumerate(sets)]
    remove = Button(say("round_robins.remove_set"), "link")
    remove.hide()
    rows: list[AskRow] = [
        Ask("staff", say("round_robins.staff"), "several", staff, hint="" if staff else say("round_robins.no_staff")),
        _way(),
        Ask("set", say("round_robins.set"), "choice", choices),
        remove,
        Ask("questions", say("round_robins.questions"), "words", hint=say("round_robins.questions_hint"), lines=6),
        Ask("due_on", say("round_robins.due"), "day", what=say("round_robins.what_due"), towards="future"),
        Ask("keep", say("round_robins.keep_set"), optional=True, hint=say("round_robins.keep_set_hint")),
    ]

    def write(session: Session, values: Mapping[str, Any]) -> Saved:
        chosen = sets[int(values["set"] or 0)]
        questions = from_lines(values["questions"] or "")
        staff = dict.fromkeys(values["staff"], values["way"])
        due = values["due_on"] or session.clock.today()
        _, saved = services.ask_staff(session, pupil.id, staff, title=values["keep"] or chosen.title, questions=questions, due_on=due)
        if values["keep"]:
            services.keep_question_set(session, values["keep"], questions)
        return saved

    entry = Entry(
        title=say("round_robins.ask_about", name=pupil.name),
        save_words=say("round_robins.ask"),
        rows=rows,
        values={"way": "pdf", "set": "0", "questions": as_lines(sets[0].questions)},
        draft=f"round_robin.{pupil.id}",
        write=write,
        said=lambda values: say("round_robins.asked_here" if values["way"] == "here" else "round_robins.asked_send"),
    )

    def follow(sheet: RecordSheet) -> None:
        controls = sheet.form.controls

        def chosen(number: str) -> None:
            shown = sets[int(number or 0)]
            controls["questions"].set_words(as_lines(shown.questions))
            remove.setVisible(shown.own is not None)
            remove.setAccessibleName(say("round_robins.remove_set_named", title=shown.title))

        def removed(number: int, saved: Saved) -> None:
            title = sets.pop(number).title
            controls["set"].offer([(str(each), known.title) for each, known in enumerate(sets)], "0")
            chosen("0")
            controls["set"].setFocus()
            room.ways.toast(say("round_robins.set_removed", title=title), saved)

        def take_away() -> None:
            number = int(controls["set"].value() or 0)
            own = sets[number].own
            if own is not None:
                room.do(sheet, lambda place: services.remove_question_set(place.session, own), lambda saved: removed(number, saved))

        controls["set"].chosen.connect(chosen)
        remove.clicked.connect(take_away)
        remove.setVisible(sets[int(controls["set"].value() or 0)].own is not None)

    open_entry(room, owner, entry, room.app.clock.today(), follow)


def _way() -> Ask:
    options = [(each, say(f"round_robins.way_{each}")) for each in _WAYS]
    return Ask("way", say("round_robins.way"), "one", options, hint=say("round_robins.way_hint"))


def open_more_sheet(room: Room, owner: QObject, shown: services.RoundRobinShown) -> None:
    """Asks further staff the same."""
    asked = shown.round_robin

    def write(session: Session, values: Mapping[str, Any]) -> Saved:
        return services.ask_more(session, asked.id, dict.fromkeys(values["staff"], values["way"]))

    without = [each.ask.staff_member for each in shown.asked]

    def show(staff: list[tuple[str, str]]) -> None:
        entry = Entry(
            title=say("round_robins.ask_more"),
            save_words=say("round_robins.ask"),
            rows=[Ask("staff", say("round_robins.staff"), "several", staff, hint="" if staff else say("round_robins.no_staff")), _way()],
            values={"way": "pdf"},
            draft=f"round_robin_more.{asked.id}",
            write=write,
            said=lambda values: say("round_robins.asked_here" if values["way"] == "here" else "round_robins.asked_send"),
        )
        open_entry(room, owner, entry, room.app.clock.today())

    room.ask(owner, lambda place: _staff(place.session, without), show, replace="more staff")


def open_day_sheet(room: Room, owner: QObject, asked: RoundRobin) -> None:
    """Another day for the answers."""
    entry = Entry(
        title=say("round_robins.move"),
        save_words=say("round_robins.save"),
        rows=[Ask("due_on", say("round_robins.due"), "day", what=say("round_robins.what_due"), towards="future")],
        values={"due_on": asked.due_on},
        draft=f"round_robin_day.{asked.id}",
        past=("round_robin", asked.id),
        write=lambda session, values: services.move_due_day(session, asked.id, values["due_on"] or asked.due_on),
        said=lambda values: say("round_robins.moved", day=full_date(values["due_on"] or asked.due_on)),
    )
    open_entry(room, owner, entry, room.app.clock.today())


def open_answer_sheet(room: Room, owner: QObject, ask: str) -> None:
    """The questions to the person at the laptop; what they answered before can be put right."""

    def refused(message: PlainMessage) -> None:
        room.ways.toast(explain(message))

    room.ask(owner, lambda place: services.read_ask(place.session, ask), lambda found: _show_answer(room, owner, *found), refused)


def _show_answer(room: Room, owner: QObject, asked: RoundRobin, found: Asked) -> None:
    rows: list[AskRow] = []
    for number, each in enumerate(asked.questions):
        kind: Any = "chips" if each.scale else "words"
        options = [(scale, scale) for scale in each.scale]
        rows.append(Ask(f"answer_{number}", each.text, kind, options, optional=not each.required, lines=2))
    names = [f"answer_{number}" for number in range(len(asked.questions))]
    answers = found.answer.answers if found.answer else ("",) * len(names)
    entry = Entry(
        title=say("round_robins.answer_about", name=asked.pupil_name),
        save_words=say("round_robins.send_answer"),
        rows=[note(say("round_robins.answer_note", name=asked.author_name, day=full_date(asked.due_on)), wrap=True), *rows],
        values=dict(zip(names, answers, strict=True)),
        draft=f"round_robin_answer.{found.ask.id}",
        write=lambda session, values: services.answer_ask(session, found.ask.id, [values[name] or "" for name in names]),
        said=lambda _: say("round_robins.answer_saved", name=asked.author_name),
    )
    open_entry(room, owner, entry, room.app.clock.today())


def look_at_files(room: Room, owner: QObject, paths: Sequence[Path], *, of: str | None) -> None:
    """Reads forms that came back and shows what they are; nothing is kept yet."""

    def refused(message: PlainMessage) -> None:
        room.ways.toast(explain(message))

    def look(place: Any) -> list[Returned]:
        files = []
        for path in paths:
            files.append((path.name, read_file(path)))
        return returns.look_at_returns(place.session, place.documents, files, of=of)

    room.ask(owner, look, lambda looked: room.ways.show_sheet(ReturnedSheet(room, looked)), refused)


class ReturnedSheet(Sheet):
    """Each file with its answers or the reason why it is not taken; one press keeps those that can be kept."""

    def __init__(self, room: Room, looked: Sequence[Returned]) -> None:
        self._room, self._looked = room, looked
        ready = [each for each in looked if each.state == "ready"]
        parts: list[Any] = []
        for each in looked:
            parts += [Rule()] if parts else []
            parts.append(self._file(each))
        words = say("round_robins.keep_one") if len(ready) == 1 else say("round_robins.keep_many", count=len(ready))
        self.keep_button = Button(words, "primary", tip="Ctrl+Return", press=self.keep)
        self.keep_button.setEnabled(bool(ready))
        self.keep_button.setVisible(bool(ready))
        close = Button(say("round_robins.close_sheet"), "quiet", press=self.close_sheet)
        title = say("round_robins.came_back")
        super().__init__(title, SheetBody(title, holder(col(*parts, gap=12)), self.keep_button, close), width=680)

    def _file(self, each: Returned) -> Any:
        if each.state != "ready":
            return Notice("warning" if each.state == "not_taken" else "info", each.sentence)
        lines: list[Any] = [Text(each.sentence, "ui", weight=600, wrap=True), note(breakable(each.file), wrap=True)]
        for question, answer in zip(each.questions, each.answers, strict=True):
            lines += [note(question, wrap=True), Text(breakable(answer or say("round_robins.answers_none")), "ui", wrap=True)]
        return holder(col(*lines, gap=4))

    def keep(self) -> None:
        self.keep_button.setEnabled(False)
        looked = self._looked
        self._room.do(self, lambda place: returns.keep_returns(place.session, looked), self._kept, self._refused)

    def _kept(self, saved: Saved) -> None:
        self.close_sheet()
        self._room.ways.toast(say("round_robins.kept"), saved)

    def _refused(self, message: PlainMessage) -> None:
        self._room.ways.toast(explain(message))
