"""The sheets of a case: opened, its days, a step on another day or not needed, changed, closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.cases import ASKED_BY
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.reference import explain
from sencoapp.services import cases as services
from sencoapp.services.cases import CasePage
from sencoapp.services.ports import Session
from sencoapp.services.pupils import find_pupils
from sencoapp.services.today import place_words
from ui.pages.ask_form import Ask, AskRow
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room
from ui.widgets import STRETCH, Button, ChipChoice, Choice, Field, Form, Pick, PupilPicker, Sheet, Text, col, holder, row

say = reference.say


def open_start_sheet(room: Room, owner: QObject, pupil: str = "") -> None:
    """Offers to open a case, for a pupil where one is known."""

    def show(pick: Pick | None) -> None:
        room.ways.show_sheet(StartCaseSheet(room, pick))

    room.ask(owner, lambda place: _pick(place.session, pupil), show, replace="start of a case")


class StartCaseSheet(Sheet):
    """Which pupil and which kind of case; its days are entered on the next sheet."""

    def __init__(self, room: Room, pupil: Pick | None) -> None:
        self._room = room
        self.form = Form(wide=True)
        self.picker = PupilPicker(room.desk, self._find, say("request_page.pupil"), several=False)
        self.form.add("pupil", Field(say("request_page.pupil"), self.picker))
        if pupil is not None:
            self.picker.choose(pupil)
        kinds = services.case_kinds()
        self.which = Choice(say("cases.kind"), [("", say("cases.choose_kind")), *((each["id"], each["title"]) for each in kinds)])
        self._abouts = {each["id"]: each["about"] for each in kinds}
        self.form.add("kind", Field(say("cases.kind"), self.which))
        self._about = Text("", "ui", "muted", wrap=True)
        self.form.add_widget(self._about)
        self._asked = {each["id"] for each in kinds if each.get("asked_by")}
        self.asked_by = ChipChoice(say("cases.asked_by"), asked_by_options())
        self._who = self.form.add("asked_by", Field(say("cases.asked_by"), self.asked_by, optional=True))
        self.which.chosen.connect(lambda _: self._say_about())
        self._say_about()
        self.button = Button(say("cases.start"), "primary", press=self._press)
        content = holder(col(self.form, row(STRETCH, self.button), gap=16))
        content.setFocusProxy(self.which if pupil else self.picker)
        super().__init__(say("cases.start"), content, width=560)

    def _say_about(self) -> None:
        self._about.setText(self._abouts.get(self.which.value(), ""))
        self._who.setVisible(self.which.value() in self._asked)

    def _find(self, text: str) -> Sequence[Pick]:
        return [_pick_of(each) for each in find_pupils(self._room.place.session.record, text)]

    def _press(self) -> None:
        chosen = self.picker.chosen()
        problems = {} if chosen else {"pupil": say("refusals.enter_a_pupil")}
        if not self.which.value():
            problems["kind"] = say("cases.no_kind")
        if problems:
            self.form.show_problems(problems)
            return
        self.button.setEnabled(False)
        pupil, kind = chosen[0].id, self.which.value()
        who = self.asked_by.value() if kind in self._asked else None
        self._room.do(self, lambda place: services.open_case(place.session, pupil, kind, asked_by=who), self._opened, self._refused)

    def _opened(self, answer: tuple[Any, Saved]) -> None:
        case, saved = answer
        self.close_sheet()
        self._room.ways.go("cases", case=case.id)
        self._room.ways.toast(say("cases.case_opened"), saved)

    def _refused(self, message: PlainMessage) -> None:
        self.button.setEnabled(True)
        self.form.show_problems({"pupil": explain(message)})


def open_dates_sheet(room: Room, owner: QObject, page: CasePage) -> None:
    """The days of the case's events, all in one form; an empty one takes the day away."""
    shown = page.row.shown
    words = services.event_words
    rows: list[AskRow] = [Ask(each, words(each), "day", what=say("cases.the_day"), optional=True) for each in shown.kind["events"]]
    values = {each.event: each.happens_on for each in shown.dates}
    entry = Entry(
        title=say("cases.dates_of", kind=shown.kind["title"]),
        save_words=say("cases.save"),
        rows=rows,
        values=values,
        draft=f"case_dates.{shown.case.id}",
        note=say("cases.dates_note"),
        write=lambda session, typed: services.enter_case_dates(session, shown.case.id, typed),
        said=lambda _: say("cases.dates_saved"),
    )
    open_entry(room, owner, entry, page.today)


def open_day_sheet(room: Room, owner: QObject, page: CasePage, step: str) -> None:
    """The day of a step for which no law gives one; empty takes it away."""
    case = page.row.shown.case
    shown = next(each for each in page.row.shown.steps if each.id == step)
    entry = Entry(
        title=shown.label,
        save_words=say("cases.save"),
        rows=[Ask("on", say("cases.by_when"), "day", what=say("cases.the_day"), optional=True)],
        values={"on": shown.set_day},
        draft=f"case_day.{case.id}.{step}",
        note=say("cases.set_day_note"),
        write=lambda session, typed: services.set_step_day(session, case.id, step, typed["on"]),
        said=lambda _: say("cases.set_day_saved"),
    )
    open_entry(room, owner, entry, page.today)


def open_tick_sheet(room: Room, owner: QObject, page: CasePage, step: str, state: Any) -> None:
    """A step that was done on another day, or is not needed."""
    case = page.row.shown.case
    label = next(each.label for each in page.row.shown.steps if each.id == step)
    done = state == "done"
    note = Ask("note", say("cases.note" if done else "cases.why_not_needed"), "words", optional=done)
    day: list[AskRow] = [Ask("on", say("cases.on"), "day", what=say("cases.the_day"), towards="past", past=True)] if done else []

    def write(session: Session, values: Mapping[str, Any]) -> Saved:
        return services.tick_step(session, case.id, step, state, on=values.get("on"), note=values["note"] or "")

    entry = Entry(
        title=label,
        save_words=say("cases.save"),
        rows=[*day, note],
        values={"on": page.today} if done else {},
        draft=f"case_step.{case.id}.{step}.{state}",
        write=write,
        said=lambda _: say("cases.ticked"),
    )
    open_entry(room, owner, entry, page.today)


def open_change_sheet(room: Room, owner: QObject, page: CasePage) -> None:
    """Title, the council's number, who sees to it, the place, a note, the documents."""
    case, kind = page.row.shown.case, page.row.shown.kind

    def ask(papers: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
        documents, staff = papers
        rows: list[AskRow] = [
            (Ask("title", say("cases.title"), optional=True), Ask("reference", say("cases.reference"), optional=True)),
            Ask("owner", say("cases.sees_to_it"), "choice", staff),
        ]
        if kind.get("placement"):
            rows.append(Ask("placement", kind["placement"], optional=True))
        if kind.get("asked_by") and case.request is None:
            rows.append(Ask("asked_by", say("cases.asked_by"), "chips", asked_by_options(), optional=True))
        rows.append(Ask("note", say("cases.note"), "words", optional=True))
        if documents:
            rows.append(Ask("documents", say("cases.documents"), "several", documents, hint=say("cases.documents_hint")))
        values = {name: getattr(case, name) for name in ("title", "reference", "owner", "placement", "asked_by", "note", "documents")}
        entry = Entry(
            title=say("cases.change"),
            save_words=say("cases.save"),
            rows=rows,
            values=values,
            draft=f"case.{case.id}",
            past=("council_case", case.id),
            write=lambda session, typed: services.change_case(
                session, case, replace(case, **_owned(typed, case.owner)), as_of=page.position
            ),
            said=lambda _: say("cases.changed"),
        )
        open_entry(room, owner, entry, page.today)

    room.ask(owner, lambda place: _papers(place.session, case.pupil), ask, replace="papers of a case")


def open_close_sheet(room: Room, owner: QObject, page: CasePage) -> None:
    """How it ended, and when."""
    shown = page.row.shown
    outcomes = [(each["id"], each["label"]) for each in shown.kind["outcomes"]]

    def write(session: Session, values: Mapping[str, Any]) -> Saved:
        if not values["ended_as"]:
            raise Refusal("case_needs_outcome", field="ended_as")
        return services.close_case(session, shown.case.id, values["ended_as"], on=values["closed_on"])

    entry = Entry(
        title=say("cases.close_of", kind=shown.kind["title"]),
        save_words=say("cases.close"),
        rows=[
            Ask("ended_as", say("cases.outcome"), "chips", outcomes),
            Ask("closed_on", say("cases.on"), "day", what=say("cases.the_day"), towards="past", past=True),
        ],
        values={"ended_as": shown.case.ended_as, "closed_on": page.today},
        draft=f"case_close.{shown.case.id}",
        write=write,
        said=lambda _: say("cases.closed"),
    )
    open_entry(room, owner, entry, page.today)


def _owned(typed: Mapping[str, Any], owner: str) -> dict[str, Any]:
    """A case always has somebody who sees to it."""
    return {**typed, "owner": typed["owner"] or owner, **({"asked_by": typed["asked_by"] or None} if "asked_by" in typed else {})}


def asked_by_options() -> list[tuple[str, str]]:
    """Who can have asked the council to assess (Children and Families Act 2014, s36(1))."""
    return [(each, say(f"cases.asked_by_{each}")) for each in ASKED_BY]


def _papers(session: Session, pupil: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    documents = [(each.id, each.title) for each in session.record.find(Document, pupil=pupil) if not each.confidential]
    staff = [(each.id, each.name) for each in session.record.find(StaffMember) if each.left_on is None]
    return documents, staff


def _pick(session: Session, pupil: str) -> Pick | None:
    found = session.record.get(Pupil, pupil) if pupil else None
    return _pick_of(found) if found else None


def _pick_of(pupil: Any) -> Pick:
    return Pick(pupil.id, pupil.name, place_words(pupil.year, pupil.reg_group))
