"""A measure of a pupil on joining a provision or on ending it, or why it is left out."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject

from sencoapp import reference
from sencoapp.domain.effect import Moment, ProvisionMeasure
from sencoapp.domain.people import Pupil
from sencoapp.domain.provision import Provision
from sencoapp.domain.record import Saved
from sencoapp.services import effect
from sencoapp.services.measures import unit_names
from sencoapp.services.permissions import may_save
from sencoapp.services.ports import Session
from ui.pages.ask_form import Ask, AskRow
from ui.pages.record_sheet import Entry, open_entry
from ui.room import Room


def open_measure_sheet(room: Room, owner: QObject, provision: Provision, pupil: str, name: str, moment: Moment) -> None:
    """Lays the form over the page, for somebody who may keep a measure. With nothing typed it can be left for later."""
    if not may_save(room.actor, ProvisionMeasure):
        return

    def write(session: Session, values: Mapping[str, Any]) -> Saved:
        return effect.keep_measure(session, ProvisionMeasure("", pupil, provision.id, moment, **values))

    def show(known: dict[str, Any]) -> None:
        entry = Entry(
            reference.say(f"effect.title_{moment}", name=name, title=provision.title),
            reference.say("effect.save"),
            _rows(),
            known,
            f"provision_measure.{provision.id}.{pupil}.{moment}",
            write,
            lambda _: reference.say("effect.saved", name=name),
        )
        open_entry(room, owner, entry, room.app.clock.today())

    room.ask(owner, lambda place: effect.proposed(place.session, provision.id, pupil, moment), show, replace="measure")


def _rows() -> list[AskRow]:
    def words(key: str) -> str:
        return reference.say(f"effect.{key}")

    units = [("", words("choose_unit")), *unit_names().items()]
    ways = [("up", words("better_up")), ("down", words("better_down"))]
    day = Ask("measured_on", words("measured_on"), "day", what=words("what_day"), past=True)
    tool = Ask("tool", words("tool"), hint=words("tool_hint"))
    better = Ask("better", words("better"), "chips", ways, optional=True)
    return [
        (day, tool),
        (Ask("unit", words("unit"), "choice", units), Ask("counts", words("counts"), hint=words("counts_hint"), optional=True)),
        (
            Ask("value", words("value"), hint=words("value_hint")),
            better,
        ),
        Ask("left_out_because", words("left_out_because"), optional=True),
    ]


def ask_for_measure(room: Room, owner: QObject, provision: Provision, pupil: str, moment: Moment) -> None:
    """Asks for the measure after a place was taken or ended."""
    room.ask(
        owner,
        lambda place: place.session.record.get(Pupil, pupil),
        lambda found: open_measure_sheet(room, owner, provision, pupil, found.name, moment) if found else None,
        replace="measure of whom",
    )
