"""The sheet for one time of a provision in the week."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.domain.timetable import WEEKDAYS, ProvisionSlot
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from sencoapp.services.staff import staff_of
from sencoapp.services.timetable import running, set_slots, slots_of
from ui.pages.ask_form import Ask
from ui.pages.record_sheet import Entry, Removal, open_entry
from ui.room import Room


def words(key: str, **details: object) -> str:
    return reference.say(f"timetable.{key}", **details)


def open_slot_sheet(room: Room, owner: QObject, shown: ProvisionSlot | None = None, provision: Provision | None = None) -> None:
    """A new time of any provision that goes on, or one that is there. Who may not change it only reads it on the page."""
    if not may_save(room.actor, ProvisionSlot, "change"):
        return

    def read(session: Session) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        given = [provision] if provision else running(session)
        people = [(each.id, each.name) for each in staff_of(session.record, session.clock.today())]
        return [(each.id, _named(each)) for each in given], people

    def show(answer: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
        given, people = answer
        if not given:
            room.ways.toast(words("no_provision"))
            return
        open_entry(room, owner, _entry(shown, given, people), room.app.clock.today())

    room.ask(owner, lambda place: read(place.session), show, replace="slot sheet")


def _entry(shown: ProvisionSlot | None, given: list[tuple[str, str]], people: list[tuple[str, str]]) -> Entry:
    said: list[str] = []
    days = [(str(each), words(f"day_{each}")) for each in WEEKDAYS]
    rows = (
        Ask("provision", words("provision"), "choice", given),
        Ask("weekday", words("weekday"), "one", days),
        (
            Ask("starts_at", words("starts_at"), hint=words("starts_at_hint")),
            Ask("minutes", words("minutes"), "number", hint=words("minutes_hint")),
        ),
        Ask("room", words("room"), optional=True),
        Ask("staff_member", words("adult"), "choice", [("", words("all_adults")), *people]),
        (
            Ask("starts_on", words("starts_on"), "day", what=words("what_first"), optional=True),
            Ask("ends_on", words("ends_on"), "day", what=words("what_last"), optional=True, towards="future"),
        ),
    )
    values: dict[str, Any] = {"provision": given[0][0], "weekday": "1", "minutes": "30", "staff_member": ""}
    if shown is not None:
        names = ("provision", "starts_at", "minutes", "room", "starts_on", "ends_on")
        values = {name: getattr(shown, name) for name in names}
        values |= {"weekday": str(shown.weekday), "staff_member": shown.staff_member or ""}

    def others(session: Session, of: str) -> list[ProvisionSlot]:
        return [each for each in slots_of(session.record, of) if shown is None or each.id != shown.id]

    def write(session: Session, typed: Mapping[str, Any]) -> Saved:
        new = shown or ProvisionSlot("", "", 1, "", 0)
        wanted = replace(
            new,
            weekday=int(typed["weekday"]),
            starts_at=typed["starts_at"] or "",
            minutes=typed["minutes"] or 0,
            room=typed["room"],
            staff_member=typed["staff_member"] or None,
            starts_on=typed["starts_on"],
            ends_on=typed["ends_on"],
        )
        told, saved = set_slots(session, typed["provision"], [*others(session, typed["provision"]), wanted])
        said[:] = told
        return saved

    def take_away(session: Session) -> Saved:
        assert shown is not None
        return set_slots(session, shown.provision, others(session, shown.provision))[1]

    return Entry(
        title=words("sheet"),
        save_words=words("save"),
        rows=rows,
        values=values,
        draft=f"slot.{shown.id if shown else 'new'}",
        write=write,
        said=lambda _: " ".join((words("saved"), *said)),
        remove=Removal(words("remove"), words("removed"), take_away) if shown else None,
        past=("provision_slot", shown.id) if shown else None,
    )


def _named(provision: Provision) -> str:
    return f"{provision.title} · {provision.delivered_by}"
