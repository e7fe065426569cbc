"""The sheets about professionals: somebody begins to help, what they advise, whether it is in use and what it changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.people import Pupil
from sencoapp.domain.professionals import Involvement, Professional, Recommendation
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services import professionals
from sencoapp.services.ports import Session
from sencoapp.services.professionals import Help
from ui.pages.ask_form import Ask, AskRow
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room

say = reference.say

_PERSON = ("name", "role", "organisation", "phone", "email")


class ProfessionalSheets:
    """Opens them over the pane that shows a pupil's circle."""

    def __init__(self, room: Room, owner: QObject) -> None:
        self._room, self._owner = room, owner
        self._pupil: Pupil | None = None
        self._known: Sequence[Professional] = ()
        self._papers: Sequence[Document] = ()
        self._position = 0
        self._today = date.max

    def showing(self, pupil: Pupil, known: Sequence[Professional], papers: Sequence[Document], position: int, today: date) -> None:
        """What the pane shows, and as of when."""
        self._pupil, self._known, self._papers, self._position, self._today = pupil, known, papers, position, today

    def add_professional(self) -> None:
        """Somebody whom the school knows, or somebody new, begins to help."""
        pupil = self._pupil
        if pupil is None:
            return
        known = [("", say("pupil.somebody_new")), *((each.id, _known_as(each)) for each in self._known)]
        rows: list[AskRow] = [
            Ask("professional", say("pupil.who_helps"), "choice", known),
            *_person_rows(),
            say("pupil.involvement"),
            *_work_rows(),
        ]
        entry = Entry(
            title=say("pupil.add_professional"),
            save_words=say("pupil.add_professional"),
            rows=rows,
            values={},
            draft=f"professional.{pupil.id}",
            write=lambda session, values: _involve(session, pupil.id, values),
            said=lambda _: say("pupil.professional_saved", name=pupil.forename),
        )
        self._open(entry)

    def change_professional(self, person: Professional) -> None:
        """Their name and how to reach them, for every pupil."""
        position = self._position
        entry = Entry(
            title=person.title,
            save_words=say("people_page.save"),
            rows=_person_rows(),
            values={name: getattr(person, name) for name in _PERSON},
            draft=f"professional.{person.id}",
            write=lambda session, values: professionals.change_professional(session, person, replace(person, **values), as_of=position),
            said=lambda _: say("people_page.saved", what=person.title),
        )
        self._open(entry)

    def change_involvement(self, help: Help) -> None:
        """Since when, until when, why."""
        work, position = help.involvement, self._position
        entry = Entry(
            title=say("pupil.involvement_of", name=help.professional.title),
            save_words=say("people_page.save"),
            rows=_work_rows(),
            values={name: getattr(work, name) for name in ("starts_on", "ends_on", "reason")},
            draft=f"involvement.{work.id}",
            past=("involvement", work.id),
            write=lambda session, values: professionals.change_involvement(session, work, replace(work, **values), as_of=position),
            said=lambda _: say("people_page.saved", what=help.professional.title),
            remove=Removal(
                say("people_page.entered_by_mistake"),
                say("people_page.removed", what=help.professional.title),
                lambda session: professionals.remove(session, Involvement, work.id),
            ),
        )
        self._open(entry)

    def link_report(self, help: Help) -> None:
        """One of the pupil's documents came of this."""
        papers = [("", say("pupil.choose_document")), *((each.id, each.title) for each in self._papers)]
        entry = Entry(
            title=say("pupil.link_report"),
            save_words=say("pupil.link_report"),
            rows=[Ask("document", say("pupil.document"), "choice", papers, hint=say("pupil.link_hint"))],
            values={},
            draft=f"report.{help.involvement.id}",
            write=lambda session, values: _link(session, help.involvement.id, values),
            said=lambda _: say("pupil.report_linked"),
        )
        self._open(entry)

    def add_recommendation(self, help: Help) -> None:
        """One thing that they advise."""
        entry = Entry(
            title=say("pupil.recommendation_of", name=help.professional.title),
            save_words=say("pupil.add_recommendation"),
            rows=self._advice_rows(),
            values={"document": help.reports[-1][1].id if len(help.reports) == 1 else None},
            draft=f"recommendation.{help.involvement.id}",
            write=lambda session, values: professionals.recommend(session, help.involvement.id, _advice(values)),
            said=lambda _: say("pupil.recommendation_saved"),
        )
        self._open(entry)

    def change_recommendation(self, given: Recommendation) -> None:
        """Whether it is in use, since when, by whom, and what it changed."""
        position = self._position
        names = ("text", "document", "in_use", "in_use_since", "in_use_by", "effect", "effect_on")
        entry = Entry(
            title=say("pupil.recommendation"),
            save_words=say("people_page.save"),
            rows=self._advice_rows(),
            values={name: getattr(given, name) for name in names},
            draft=f"recommendation.{given.id}",
            past=("recommendation", given.id),
            write=lambda session, values: professionals.change_recommendation(
                session, given, replace(given, **_advice(values)), as_of=position
            ),
            said=lambda _: say("pupil.recommendation_saved"),
            remove=Removal(
                say("people_page.entered_by_mistake"),
                say("people_page.removed", what=say("pupil.recommendation")),
                lambda session: professionals.remove(session, Recommendation, given.id),
            ),
        )
        self._open(entry)

    def say_in_use(self, given: Recommendation) -> None:
        """It is in use from today, or wholly now; Undo puts back what was said before."""

        def told(saved: Saved) -> None:
            self._room.ways.toast(say("pupil.now_in_use"), saved)

        self._room.do(self._owner, lambda place: professionals.say_in_use(place.session, given.id, "yes"), told)

    def _advice_rows(self) -> list[AskRow]:
        uses = [(each, say(f"pupil.use_{each}")) for each in ("yes", "partly", "no")]
        papers = [("", say("pupil.not_said")), *((each.id, each.title) for each in self._papers)]
        since = say("pupil.in_use_day")
        return [
            Ask("text", say("pupil.recommended"), "words"),
            Ask("document", say("pupil.written_in"), "choice", papers),
            Ask("in_use", say("pupil.is_it_in_use"), "chips", uses),
            (
                Ask("in_use_since", say("pupil.in_use_since"), "day", what=since, towards="past", past=True, optional=True),
                Ask("in_use_by", say("pupil.in_use_by"), optional=True),
            ),
            Ask("effect", say("pupil.effect"), "words", hint=say("pupil.effect_hint"), optional=True),
            Ask("effect_on", say("pupil.effect_on"), "day", what=say("pupil.effect_day"), towards="past", past=True, optional=True),
        ]

    def _open(self, entry: Entry) -> None:
        open_entry(self._room, self._owner, entry, self._today)


def _person_rows() -> list[AskRow]:
    def ask(name: str) -> Ask:
        return Ask(name, say(f"pupil.professional_{name}"))

    return [(ask("name"), ask("role")), ask("organisation"), (ask("phone"), ask("email"))]


def _work_rows() -> list[AskRow]:
    return [
        Ask("reason", say("pupil.why_involved"), "words", lines=2, optional=True),
        (
            Ask("starts_on", say("pupil.since_label"), "day", what=say("pupil.involved_day"), towards="past", optional=True),
            Ask("ends_on", say("pupil.until_label"), "day", what=say("pupil.involved_end_day"), optional=True),
        ),
    ]


def _known_as(person: Professional) -> str:
    return ", ".join(each for each in (person.name, person.role, person.organisation) if each)


def _involve(session: Session, pupil: str, values: Mapping[str, Any]) -> Saved:
    work = {name: values[name] for name in ("starts_on", "ends_on", "reason")}
    if values["professional"]:
        return professionals.involve(session, pupil, values["professional"], work)
    return professionals.involve_somebody_new(session, pupil, {name: values[name] for name in _PERSON}, work)


def _link(session: Session, involvement: str, values: Mapping[str, Any]) -> Saved:
    if not values["document"]:
        raise Refusal("document_not_chosen", field="document")
    return professionals.link_report(session, involvement, values["document"])


def _advice(values: Mapping[str, Any]) -> dict[str, Any]:
    return {**values, "text": values["text"] or ""}
