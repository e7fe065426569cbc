"""The one step that mends a loose end: the right form, filled in with what is known, over the page that shows it."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.golden_thread import LooseEnd, PupilThread
from sencoapp.services import golden_thread as services
from sencoapp.services.golden_thread import Hanging
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.plan_case import plan_case
from ui.pages.plan_context import PlanContext
from ui.pages.plan_outcome_sheet import OutcomeForm, open_outcome_sheet
from ui.pages.provision_sheet import Serves, open_provision_sheet
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room

STAGES = {"claim_without_evidence": "assess", "outcome_never_reviewed": "review", "rating_without_evidence": "review"}


def wording(key: str, **details: object) -> str:
    """Words of the golden thread."""
    return reference.say(f"thread.{key}", **details)


def mend(room: Room, owner: QObject, hanging: Hanging) -> None:
    """Opens what mends it. ``owner`` is the page, which outlives the form."""
    thread, end = hanging.thread, hanging.end
    plan = thread.plan
    if plan is None:
        room.ways.go("pupil", pupil=thread.pupil, tab="plan")
    elif end.kind in STAGES:
        room.ways.go("pupil", pupil=thread.pupil, tab="plan", cycle=plan.cycle, stage=STAGES[end.kind])
    elif end.kind == "need_without_evidence":
        room.ways.new_observation(thread.pupil)
    elif end.kind == "no_review_date":
        ask_review_date(room, owner, thread)
    elif end.kind == "provision_without_outcome":
        _tie(room, owner, thread, end)
    elif end.kind in ("need_without_provision", "outcome_without_provision"):
        until = plan.review_due_on if plan.review_due_on and plan.review_due_on > room.app.clock.today() else None
        open_provision_sheet(room, owner, Serves((thread.pupil,), plan.cycle, end.outcome, end.area, ends_on=until))
    else:
        open_outcome(room, owner, thread, end)


def open_outcome(room: Room, owner: QObject, thread: PupilThread, end: LooseEnd) -> None:
    """The form of an outcome: of the one that is meant, or of a new one in the area of the need."""
    context = PlanContext(room, owner, lambda _: None, lambda _: None)
    cycle = thread.plan.cycle if thread.plan else None

    def show(case: Any) -> None:
        context.show(case)
        shown = next((each for each in case.page.outcomes if each.id == end.outcome), None) if case.page else None
        form: OutcomeForm = open_outcome_sheet(context, shown)
        if shown is None and end.area and not form.area.value():
            form.area.choose(end.area)

    room.ask(owner, lambda place: plan_case(place.session, thread.pupil, cycle), show, replace="outcome to mend")


def ask_review_date(room: Room, owner: QObject, thread: PupilThread) -> None:
    """One day, with the one that is usual already in the field."""
    plan = thread.plan
    assert plan is not None
    today = room.app.clock.today()

    def save(session: Session, values: Mapping[str, Any]) -> Any:
        return services.set_review_date(session, plan.cycle, values["review_due_on"])

    ask = Ask("review_due_on", wording("review_date_label"), "day", what=wording("review_date_what"), towards="future")
    entry = Entry(
        title=wording("review_date_title", name=thread.name),
        save_words=wording("review_date_save"),
        rows=[ask],
        values={},
        draft=f"review_date.{plan.cycle}",
        write=save,
        said=lambda values: wording("review_date_said", name=thread.name, day=full_date(values["review_due_on"])),
    )
    open_entry(room, owner, entry, today)


def _tie(room: Room, owner: QObject, thread: PupilThread, end: LooseEnd) -> None:
    if not thread.outcomes:
        room.ways.toast(wording("tie_no_outcome", name=thread.name))
        room.ways.go("pupil", pupil=thread.pupil, tab="plan", cycle=thread.plan.cycle if thread.plan else None, stage="plan")
        return
    options = [(each.id, wording("cell_outcome", number=each.number, text=each.text)) for each in thread.outcomes]
    own = next((each.id for each in thread.outcomes if each.area == end.area), options[0][0])
    ask = Ask("outcome", wording("tie_label"), "choice", options=options, hint=wording("tie_hint"))
    entry = Entry(
        title=wording("tie_title", title=end.words),
        save_words=wording("tie_save"),
        rows=[ask],
        values={"outcome": own},
        draft=f"tie.{end.subject}",
        write=lambda session, values: services.tie_provision(session, end.subject, values["outcome"]),
        said=lambda _: wording("tie_said", title=end.words),
    )
    open_entry(room, owner, entry, room.app.clock.today())
