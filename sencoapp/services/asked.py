"""What somebody is asked for by name: theirs to see and to answer, whichever class the pupil is in."""

from typing import Any

from sencoapp.domain.round_robins import RoundRobin, RoundRobinAnswer, RoundRobinAsk
from sencoapp.services.ports import Record


def is_asked(record: Record, person: str, thing: Any) -> bool:
    """Whether a thing, shown or hidden, is a question to this person, or their answer to it. ``record`` is the whole one."""
    if isinstance(thing, RoundRobinAsk):
        return thing.staff_member == person
    if isinstance(thing, RoundRobin):
        return bool(record.find(RoundRobinAsk, round_robin=thing.id, staff_member=person))
    if isinstance(thing, RoundRobinAnswer):
        ask = record.get(RoundRobinAsk, thing.ask)
        return ask is not None and (ask.staff_member, ask.round_robin, ask.pupil) == (person, thing.round_robin, thing.pupil)
    return False
