"""A pupil's days in a group, and whether the pupil carries its whole cost."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Saved
from sencoapp.services import provision as services
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask
from ui.pages.provision_words import wording
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room
from ui.widgets import Text


def open_days_sheet(room: Room, owner: QObject, provision: Provision, place: ProvisionPlace) -> None:
    """The first and the last day of one place. Without them it is the whole run of the provision."""
    said: list[str] = []
    rows = (
        Text(wording("days_words", title=provision.title, day=full_date(provision.starts_on)), "ui", wrap=True),
        Ask("starts_on", wording("days_first"), "day", what=wording("what_starts_on"), optional=True),
        Ask("ends_on", wording("days_last"), "day", what=wording("what_ends_on"), optional=True, towards="future"),
        Ask("whole_cost_reason", wording("days_whole"), hint=wording("days_whole_hint"), optional=True),
    )

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        told, saved = services.change_place(
            session, place.id, starts_on=typed["starts_on"], ends_on=typed["ends_on"], whole_cost_reason=typed["whole_cost_reason"]
        )
        said[:] = told
        return saved

    entry = Entry(
        title=wording("days_title"),
        save_words=reference.say("settings.save"),
        rows=rows,
        values={name: getattr(place, name) for name in ("starts_on", "ends_on", "whole_cost_reason")},
        draft=f"place.{place.id}",
        write=write,
        said=lambda _: " ".join((wording("days_saved", title=provision.title), *said)),
        past=("provision_place", place.id),
    )
    open_entry(room, owner, entry, room.app.clock.today())
