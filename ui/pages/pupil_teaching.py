"""A pupil on one page for those who teach them: what works, what the plan asks for now, what happens each week."""

from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.plan import Outcome, View
from sencoapp.domain.record import Saved
from sencoapp.services.teaching import Teaching, teaching_page
from ui.pages.columns import Columns
from ui.pages.facts import facts, told
from ui.pages.provision_words import pattern_words
from ui.room import Room
from ui.widgets import STRETCH, Rule, Scroll, Text, area_chip, clear, col, heading, holder, note, panel, row

_SHOWN = ("pupil", "sen_status", "sen_need", "cycle", "outcome", "provision", "provision_place", "view", "recommendation")


class TeachingTab(QWidget):
    """``show_for(pupil=id)``. Everything is to be read; notes are added with "New observation"."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self._pupil = ""
        self._know, self._plan = col(gap=16), col(gap=16)
        columns = Columns((holder(self._know), 1), (holder(self._plan), 1), gap=16, narrow=760)
        self._body = Scroll(col(columns, STRETCH, margins=(24, 16, 20, 24)), reference.say("pupil.tab_teaching"))
        self._body.hide()
        self.setLayout(col(self._body, gap=0))

    def show_for(self, pupil: str, **where: Any) -> None:
        self._pupil = pupil
        self._ask()

    def refresh(self, saved: Saved) -> None:
        if saved.touches(*_SHOWN):
            self._ask()

    def _ask(self) -> None:
        pupil = self._pupil
        self.room.ask(
            self,
            lambda place: teaching_page(place.session.record, pupil, place.session.clock.today()),
            self._show,
            lambda _: self._body.hide(),
            replace="teaching",
        )

    def _show(self, found: Teaching) -> None:
        if found.pupil.id != self._pupil:
            return
        clear(self._know)
        clear(self._plan)
        for part in (_what_to_know(found), _in_their_words(found.in_their_words)):
            if part is not None:
                self._know.addWidget(part)
        self._know.addStretch(1)
        for part in (_now(found), _each_week(found)):
            self._plan.addWidget(part)
        self._plan.addStretch(1)
        self._body.show()


def _what_to_know(found: Teaching) -> QWidget:
    pupil = found.pupil
    pairs = [
        (reference.say("pupil.needs"), "\n".join(found.needs) or None),
        (reference.say("pupil.what_works"), pupil.what_works),
        (reference.say("pupil.strengths"), pupil.strengths),
        (reference.say("pupil.communication"), pupil.communication),
        (reference.say("pupil.medical"), pupil.medical_note),
        (reference.say("pupil.advice_in_use"), "\n".join(found.advice) or None),
    ]
    known = told(pairs) if any(words for _, words in pairs) else _muted("pupil.nothing_to_know")
    return panel(heading(reference.say("pupil.good_to_know")), known, gap=10, margins=16)


def _in_their_words(view: View | None) -> QWidget | None:
    if view is None:
        return None
    source = ", ".join(filter(None, (view.said_by, full_date(view.given_on))))
    return panel(heading(reference.say("pupil.what_they_say")), Text(view.text or "", "body", wrap=True), note(source), gap=8, margins=16)


def _now(found: Teaching) -> QWidget:
    parts: list[QWidget] = [heading(reference.say("pupil.working_towards"))]
    if found.cycle is None:
        parts.append(_muted("pupil.no_plan_agreed"))
    for number, each in enumerate(found.outcomes):
        parts += [Rule(), _outcome(each)] if number else [_outcome(each)]
    if found.cycle and found.cycle.strategies:
        parts += [Rule(), told([(reference.say("pupil.strategies"), found.cycle.strategies)])]
    if found.cycle and found.cycle.review_due_on:
        parts.append(note(reference.say("pupil.next_review", date=full_date(found.cycle.review_due_on))))
    return panel(*parts, gap=10, margins=16)


def _outcome(outcome: Outcome) -> QWidget:
    chip = area_chip(outcome.area, short=True) if outcome.area else None
    by_on = full_date(outcome.by_on) if outcome.by_on else None
    lines = facts(
        (reference.say("plan_page.outcome_target"), outcome.target),
        (reference.say("plan_page.outcome_measure"), outcome.measure),
        (reference.say("plan_page.outcome_by_on"), by_on),
    )
    return holder(col(row((Text(outcome.text, "body", weight=600, wrap=True), 1), chip, gap=8), lines, gap=6))


def _each_week(found: Teaching) -> QWidget:
    lines: list[QWidget] = [
        holder(col(Text(each.title, "ui", weight=600, wrap=True), Text(pattern_words(each), "ui", wrap=True), gap=2))
        for each in found.provision
    ]
    return panel(heading(reference.say("pupil.each_week")), *(lines or [_muted("pupil.no_provision_now")]), gap=10, margins=16)


def _muted(key: str) -> QWidget:
    return Text(reference.say(key), "ui", "muted", wrap=True)
