"""What a pupil brings along: diagnoses, attendance by year, suspensions, earlier schools."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.background import AttendanceYear, Diagnosis, PriorSchool, Suspension, SuspensionKind, attendance_share
from sencoapp.domain.casework import Document
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Saved, kind_name
from sencoapp.services import background as service
from sencoapp.services.background import Background
from sencoapp.services.changes import must_get
from sencoapp.services.documents import documents_of
from sencoapp.services.permissions import may_save, sees
from ui.pages.ask_form import Ask, AskRow, Options, asks_in, chosen_from
from ui.pages.columns import Columns
from ui.pages.entry_panel import EntryPanel, Line
from ui.pages.pupil_words import joined
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room
from ui.widgets import STRETCH, Scroll, col, holder

say = reference.say

Thing = service.Entry


@dataclass(frozen=True)
class Brought:
    """What the tab shows."""

    pupil: Pupil
    background: Background
    papers: tuple[Document, ...]
    position: int
    today: date


class BackgroundTab(QWidget):
    """``show_for(pupil=id)``. Four panels of one shape; each adds, changes and hides its own kind of entry."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._brought: Brought | None = None
        self._things: dict[str, Thing] = {}
        self.panels = {kind: self._made_panel(kind) for kind in _LINES}
        left = holder(col(self.panels[Diagnosis], self.panels[PriorSchool], STRETCH, gap=16))
        right = holder(col(self.panels[AttendanceYear], self.panels[Suspension], STRETCH, gap=16))
        parts = Columns((left, 1), (right, 1), gap=16, narrow=760)
        self._body = Scroll(col(parts, STRETCH, margins=(24, 16, 20, 24)), say("pupil.tab_background"))
        self._body.hide()
        self.setLayout(col(self._body, gap=0))

    def _made_panel(self, kind: type[Thing]) -> EntryPanel:
        name, actor = kind_name(kind), self.room.place.session.actor
        panel = EntryPanel(
            say(f"pupil.{name}_panel"),
            say(f"pupil.{name}_add"),
            lambda: self._add(kind),
            say(f"pupil.{name}_none"),
            lambda action, key: self._document(key) if action == "document" else self._change(self._things[key]),
        )
        panel.allow(add=may_save(actor, kind), act=may_save(actor, kind, "change"))
        if not sees(actor, kind):
            panel.hide()
        return panel

    def show_for(self, pupil: str, **where: Any) -> None:
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if self._pupil in saved.pupils() and saved.touches("pupil", "document", *map(kind_name, _LINES)):
            self._ask()

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(self, lambda place: _brought(place, pupil), self._show, replace="background")

    def _show(self, found: Brought) -> None:
        if found.pupil.id != self._pupil:
            return
        self._brought = found
        there = found.background
        groups: dict[type[Thing], Sequence[Thing]] = {
            Diagnosis: there.diagnoses,
            AttendanceYear: there.attendance,
            Suspension: there.suspensions,
            PriorSchool: there.schools,
        }
        self._things = {_key(each): each for group in groups.values() for each in group}
        titles = {each.id: each.title for each in found.papers}
        for kind, group in groups.items():
            self.panels[kind].show_lines([_LINES[kind](each, titles) for each in group])
        self._body.show()

    def _document(self, key: str) -> None:
        thing = self._things[key]
        if isinstance(thing, Diagnosis):
            self.room.ways.go("pupil", pupil=thing.pupil, tab="documents", document=thing.document)

    # ---- adding and changing ----------------------------------------------------------------------------------------

    def _add(self, kind: type[Thing]) -> None:
        found = self._brought
        if found is None:
            return
        name, pupil = kind_name(kind), found.pupil
        entry = Entry(
            title=say(f"pupil.{name}_add"),
            save_words=say(f"pupil.{name}_add"),
            rows=_rows(kind, found.papers),
            values={"kind": "SUSP"},
            draft=f"{name}.{pupil.id}",
            write=lambda session, values: service.add_entry(session, kind, pupil.id, values),
            said=lambda _: say("people_page.saved", what=say(f"pupil.{name}_one")),
        )
        open_entry(self.room, self, entry, found.today)

    def _change(self, thing: Thing) -> None:
        found = self._brought
        if found is None:
            return
        kind, name, pupil, position = type(thing), kind_name(type(thing)), found.pupil.id, found.position
        words = say(f"pupil.{name}_one")
        removal = Removal(
            say("people_page.entered_by_mistake"),
            say("people_page.removed", what=words),
            lambda session: service.remove_entry(session, kind, thing.id),
        )

        def write(session: Any, values: Mapping[str, Any]) -> Saved:
            if not thing.id:  # the year that came in with the pupil has no entry of its own yet
                return service.add_entry(session, kind, pupil, values)
            return service.change_entry(session, thing, replace(thing, **values), as_of=position)

        entry = Entry(
            title=words,
            save_words=say("people_page.save"),
            rows=_rows(kind, found.papers),
            values={ask.name: getattr(thing, ask.name) for ask in asks_in(_rows(kind, found.papers))},
            draft=f"{name}.{_key(thing)}",
            past=(name, thing.id) if thing.id else None,
            write=write,
            said=lambda _: say("people_page.saved", what=words),
            remove=removal if thing.id else None,
        )
        open_entry(self.room, self, entry, found.today)


def _key(thing: Thing) -> str:
    return thing.id or f"{thing.pupil}.present"


def _rows(kind: type[Thing], papers: Sequence[Document]) -> list[AskRow]:
    def ask(name: str, asked: Any = "line", **more: Any) -> Ask:
        return Ask(name, say(f"pupil.{kind_name(kind)}_{name}"), asked, **more)

    def day(name: str, *, past: bool = True) -> Ask:
        return ask(name, "day", what=say(f"pupil.{kind_name(kind)}_{name}_day"), towards="past", past=past, optional=True)

    if kind is Diagnosis:
        shown_by = [("", say("pupil.not_said")), *((each.id, each.title) for each in papers)]
        return [
            ask("what"),
            (ask("given_by", optional=True), day("given_on")),
            ask("waiting", "yes_no", hint=say("pupil.diagnosis_waiting_hint")),
            ask("document", "choice", options=shown_by),
            ask("note", "words", optional=True, lines=2),
        ]
    if kind is AttendanceYear:
        return [
            (ask("year", hint=say("pupil.attendance_year_hint")), ask("school", optional=True)),
            (ask("sessions_possible", "number"), ask("sessions_attended", "number")),
            (ask("sessions_authorised", "number", optional=True), ask("sessions_unauthorised", "number", optional=True)),
        ]
    if kind is Suspension:
        return [
            ask("kind", "one", options=_labelled("SuspensionType", get_args(SuspensionKind))),
            (replace(day("starts_on"), optional=False), day("ends_on", past=False)),
            ask("sessions", "number", hint=say("pupil.suspension_sessions_hint"), optional=True),
            ask("reasons", "several", options=list(reference.codes("SuspensionReason").items())),
            ask("note", "words", optional=True, lines=2),
        ]
    return [
        ask("name"),
        (ask("dfe_number", optional=True), ask("urn", optional=True)),
        (day("entered_on"), day("left_on")),
        ask("leaving_reason", "choice", options=chosen_from(reference.codes("LeavingReason"))),
    ]


def _labelled(codes: str, wanted: Sequence[str]) -> Options:
    labels = reference.codes(codes)
    return [(each, labels.get(each, each)) for each in wanted]


# ---- what each says -------------------------------------------------------------------------------------------------


def _diagnosis_line(thing: Diagnosis, titles: Mapping[str, str]) -> Line:
    when = full_date(thing.given_on) if thing.given_on else ""
    title = titles.get(thing.document or "", "")
    shown_by = say("pupil.shown_by", title=title) if title else ""
    chip = ("warning", say("pupil.waiting")) if thing.waiting else None
    actions = [("change", say("people_page.change"))]
    if title:
        actions.insert(0, ("document", say("pupil.open_preview")))
    return Line(thing.id, thing.what, joined(thing.given_by or "", when, shown_by), thing.note or "", chip, tuple(actions))  # type: ignore[arg-type]


def _attendance_line(thing: AttendanceYear, _titles: Mapping[str, str]) -> Line:
    possible, attended = thing.sessions_possible, thing.sessions_attended
    share = attendance_share(possible, attended) or 0
    missed = [
        say("pupil.authorised", count=thing.sessions_authorised) if thing.sessions_authorised is not None else "",
        say("pupil.unauthorised", count=thing.sessions_unauthorised) if thing.sessions_unauthorised is not None else "",
    ]
    head = joined(school_year_words(thing.year), thing.school or "")
    figures = say("pupil.attendance", share=share, attended=attended, possible=possible)
    return Line(_key(thing), head, joined(*missed), figures, actions=(("change", say("people_page.change")),))


def _suspension_line(thing: Suspension, _titles: Mapping[str, str]) -> Line:
    kind = reference.codes("SuspensionType").get(thing.kind, thing.kind)
    if thing.ends_on and thing.ends_on != thing.starts_on:
        when = say("pupil.from_to", first=full_date(thing.starts_on), last=full_date(thing.ends_on))
    else:
        when = full_date(thing.starts_on)
    count = say("pupil.suspension_count" if thing.sessions != 1 else "pupil.suspension_one_session", count=thing.sessions)
    reasons = ", ".join(words for _, words in _labelled("SuspensionReason", thing.reasons))
    below = joined(when, count if thing.sessions else "", reasons)
    return Line(thing.id, kind, below, thing.note or "", actions=(("change", say("people_page.change")),))


def _school_line(thing: PriorSchool, _titles: Mapping[str, str]) -> Line:
    days = [full_date(each) if each else "" for each in (thing.entered_on, thing.left_on)]
    when = say("pupil.from_to", first=days[0], last=days[1]) if all(days) else "".join(days)
    number = f"{thing.dfe_number[:3]}/{thing.dfe_number[3:]}" if thing.dfe_number else ""
    reason = reference.codes("LeavingReason").get(thing.leaving_reason or "", thing.leaving_reason or "")
    return Line(thing.id, thing.name, joined(number, when, reason), actions=(("change", say("people_page.change")),))


def school_year_words(year: str) -> str:
    """ "2025 to 2026": the school year that begins in a year."""
    return say("pupil.school_year", first=year, last=int(year) + 1) if year.isdigit() else year


_LINES: Mapping[type[Thing], Callable[[Any, Mapping[str, str]], Line]] = {
    Diagnosis: _diagnosis_line,
    AttendanceYear: _attendance_line,
    Suspension: _suspension_line,
    PriorSchool: _school_line,
}


def _brought(place: Workplace, pupil: str) -> Brought:
    record = place.session.record
    return Brought(
        must_get(record, Pupil, pupil),
        service.background_of(record, pupil),
        tuple(documents_of(record, pupil)),
        record.position(),
        place.session.clock.today(),
    )
