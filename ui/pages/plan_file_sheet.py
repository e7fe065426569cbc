"""A plan as a file: saved for another school, and one of another school taken in, looked at before it is kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle
from sencoapp.domain.plan_file import PlanFile
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services import plan_files, pupils
from sencoapp.services.plan_files import Match
from sencoapp.services.today import place_words, year_words
from ui.commands import command
from ui.files import ask_for_file, ask_to_save
from ui.pages.paper_out import with_ending
from ui.pages.save_out import save_out
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Choice, Field, Form, Notice, Pick, PupilPicker, Sheet, Text, heading, note


def wording(key: str, **details: object) -> str:
    """Words of plans as files."""
    return reference.say(f"plan_file.{key}", **details)


class PlanFileOut(QObject):
    """Saves the plan in sight as JSON. ``ask_where`` may be replaced in tests."""

    def __init__(self, room: Room, owner: QWidget, cycle: Callable[[], str | None]) -> None:
        super().__init__(owner)
        self._room, self._owner, self._cycle = room, owner, cycle
        self.ask_where = ask_to_save
        self.button = Button(wording("save_short"), "quiet", icon="download", name=wording("save_long"), tip="Ctrl+E", press=self.save)
        command(owner, wording("save_long"), self.save, "Ctrl+E", icon="download", also="export json transfer school")

    def save(self) -> None:
        """Reads the plan, asks where it goes, and notes that it left."""
        cycle = self._cycle()
        if cycle is not None:
            self._room.ask(self, lambda place: _read(place, cycle), self._ask_where, self._say, replace="plan file")

    def _ask_where(self, found: "_Out") -> None:
        self.ask_where(
            self._owner.window(), wording("where"), f"{found.title}.json", wording("kind"), lambda path: self._write(found, path)
        )

    def _write(self, found: "_Out", chosen: Path) -> None:
        path = with_ending(chosen, ".json")
        recipient = reference.say("lists.saved_as", file=path.name)
        save_out(
            self._room,
            self,
            path,
            lambda _: found.content,
            what=found.title,
            recipient=recipient,
            purpose=wording("purpose"),
            pupil=found.pupil,
            then=lambda: self._room.ways.toast(wording("saved", file=path.name)),
            refused=self._say,
        )

    def _say(self, message: PlainMessage) -> None:
        self._room.ways.toast(reference.explain(message))


@dataclass(frozen=True)
class _Out:
    title: str
    content: bytes
    pupil: str


def _read(place: Workplace, cycle: str) -> _Out:
    content = plan_files.plan_file(place.session, cycle)
    found = place.session.record.get(Cycle, cycle)
    assert found is not None
    person = place.session.record.get(Pupil, found.pupil)
    assert person is not None
    return _Out(wording("title", number=found.number, name=person.name), content, found.pupil)


class TakeInPlan(SheetBody):
    """What the file says, whose it is, and one button that takes it in. In doubt a person chooses the pupil."""

    done = Signal()

    def __init__(self, room: Room, owner: QObject, file: PlanFile, match: Match) -> None:
        self._room, self._owner, self._file = room, owner, file
        whose, plan = file.pupil, file.plan
        self.form = Form(wide=True)
        born = full_date(whose.birth_date) if whose.birth_date else wording("not_known")
        name = f"{whose.legal_forename} {whose.legal_surname}"
        self.form.add_widget(Text(wording("of", name=name, born=born, upn=whose.upn or wording("not_known")), "ui", wrap=True))
        days = wording("closed" if plan.closed_on else "open", school=file.school, day=full_date(plan.closed_on or plan.starts_on))
        self.form.add_widget(note(days, wrap=True))
        self.known = Choice(wording("pupil"), [("", wording("choose")), *((each.id, _named(each)) for each in match.pupils)])
        self.picker = PupilPicker(room.desk, self._find_pupils, wording("other"), several=False)
        self._place_match(match)
        if plan.outcomes:
            self.form.add_widget(heading(wording("outcomes")))
        for each in plan.outcomes:
            self.form.add_widget(Text(wording("outcome", number=each.number, text=each.text), "ui", wrap=True))
        counts = wording("with_them", provision=len(plan.provision), views=len(plan.views))
        self.form.add_widget(note(counts, wrap=True))
        self.form.rest_below()
        self.take = Button(wording("take_in"), "primary", icon="check", tip="Ctrl+Return", press=self.submit)
        cancel = Button(reference.say("plan_page.cancel"), "quiet", press=lambda: self.done.emit())
        super().__init__(wording("take_in_title"), self.form, self.take, cancel)
        self.setFocusProxy(self.take if match.how == "certain" else self.known if match.pupils else self.picker.edit)
        command(self, wording("take_in"), self.submit, "Ctrl+Return", "Ctrl+Enter")

    def submit(self) -> None:
        chosen = [each.id for each in self.picker.chosen()]
        pupil = chosen[0] if chosen else self.known.value()
        if not pupil:
            self.form.show_problems({"pupil": wording("choose_pupil")})
            return
        file = self._file

        def taken(answer: tuple[Cycle, Saved]) -> None:
            self._room.ways.toast(wording("taken_in", number=answer[0].number), answer[1])
            self.done.emit()
            self._room.ways.go("pupil", pupil=pupil, tab="plan", cycle=answer[0].id)

        self._room.do(self._owner, lambda place: plan_files.take_in_plan(place.session, file, pupil), taken, self.form.refuse, once=True)

    def _place_match(self, match: Match) -> None:
        said = Notice("success" if match.how == "certain" else "warning", wording(f"match_{match.how}"))
        self.form.add_widget(said)
        if match.pupils:
            self.form.add("pupil", Field(wording("pupil"), self.known))
        else:
            self.known.hide()
        if match.how == "certain":
            self.known.choose(match.pupils[0].id)
        other = Field(wording("other"), self.picker, hint=wording("other_hint"), optional=True)
        self.form.add("pupil" if not match.pupils else "other", other)

    def _find_pupils(self, words: str) -> Sequence[Pick]:
        found = pupils.find_pupils(self._room.place.session.record, words)
        return [Pick(each.id, each.name, place_words(each.year, each.reg_group)) for each in found]


def take_in_plan(room: Room, owner: QWidget, ask: Callable[..., None] = ask_for_file) -> None:
    """Asks for a file and shows what it says before anything is kept."""
    ask(owner.window(), wording("which"), wording("kind"), lambda path: open_plan_file(room, owner, path))


def open_plan_file(room: Room, owner: QWidget, path: Path) -> None:
    """Reads a file aside and lays what it says over the page; a file that is no plan is said in one sentence."""

    def say(message: PlainMessage) -> None:
        room.ways.toast(reference.explain(message))

    def matched(file: PlanFile) -> None:
        room.ask(owner, lambda place: plan_files.match(place.session, file), lambda match: _lay_over(room, owner, file, match), say)

    room.aside(owner, lambda: plan_files.read_plan_file(_bytes_of(path)), matched, say)


def _lay_over(room: Room, owner: QWidget, file: PlanFile, match: Match) -> None:
    body = TakeInPlan(room, owner, file, match)
    sheet = Sheet(wording("take_in_title"), body, width=720)
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(plan_files.MOST_BYTES + 1)
    except OSError as cause:
        raise Fault("plan_file_unknown") from cause


def _named(pupil: Pupil) -> str:
    born = full_date(pupil.birth_date) if pupil.birth_date else ""
    return " · ".join(filter(None, (f"{pupil.legal_forename} {pupil.legal_surname}", born, year_words(pupil.year))))
