"""A meeting with the family that is no review: the Code asks for at least three meetings a year (6.65)."""

from collections.abc import Mapping
from typing import Any

from sencoapp.domain.record import Saved
from sencoapp.domain.reviews import Attendee
from sencoapp.services import reviewing
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.plan_context import PlanContext
from ui.pages.record_sheet import Entry, open_entry
from ui.pages.review_form import wording


def open_meeting_sheet(context: PlanContext) -> None:
    """The form for one meeting; who writes it was there."""
    pupil, today, writer = context.case.pupil, context.case.today, context.room.actor.name

    def save(session: Session, values: Mapping[str, Any]) -> Saved:
        parents = [Attendee(each.strip(), "parent") for each in (values["parents"] or "").split(";") if each.strip()]
        others = [Attendee(each.strip(), "other") for each in (values["others"] or "").split(";") if each.strip()]
        people = [*parents, *others, Attendee(writer, "senco")]
        return reviewing.record_meeting(session, pupil.id, held_on=values["held_on"], attendees=people, notes=values["notes"])

    asks = [
        Ask("held_on", wording("held_on"), "day", what=wording("what_held_on"), past=True),
        Ask("parents", wording("meeting_parents"), hint=wording("meeting_parents_hint"), optional=True),
        Ask("others", wording("meeting_others"), optional=True),
        Ask("notes", wording("meeting_notes"), "words", optional=True),
    ]
    entry = Entry(
        title=wording("meeting_title", name=pupil.name),
        save_words=wording("meeting_save"),
        rows=asks,
        values={"held_on": today},
        draft=f"meeting.{pupil.id}",
        write=save,
        said=lambda _: wording("meeting_said", name=pupil.name),
    )
    open_entry(context.room, context.owner, entry, today)
