"""A record with two classes, and everyone who may sit at it; and a thing of any kind to try things out with."""

import types
import typing
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from decimal import Decimal

from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil, Role, StaffMember
from sencoapp.domain.permissions import ROLES
from sencoapp.domain.plain import hints_of
from sencoapp.domain.professionals import Professional
from sencoapp.domain.record import Actor, New
from sencoapp.services.guarded_record import guarded
from sencoapp.services.ports import Session
from tests.places import add_pupil

OWN_CLASS, OTHER_CLASS = "4M", "5T"


class TwoClasses:
    """A pupil of a teacher's class, one of another, and a member of staff in each role."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.record = place.profile.record
        self.own = add_pupil(place, "Osei", "Kian", reg_group=OWN_CLASS, upn="A823432116001", address="1 Mill Lane")
        self.other = add_pupil(place, "Shah", "Leila", reg_group=OTHER_CLASS)
        self.staff: dict[Role, StaffMember] = {}
        for role in ROLES:
            classes = (OWN_CLASS,) if role in ("teacher", "teaching_assistant") else ()
            self.staff[role] = StaffMember(place.session.ids.new(), f"{role} at school", role, classes=classes)
        self.save(*self.staff.values())

    def save(self, *things: object) -> None:
        self.record.save([New(each) for each in things], action="test", actor=self.place.session.actor)

    def actor(self, role: Role) -> Actor:
        person = self.staff[role]
        return Actor(person.id, person.name, person.role)

    def session(self, role: Role) -> Session:
        whole = self.place.session
        return Session(guarded(self.record, self.staff[role]), whole.blobs, whole.clock, whole.ids, self.actor(role))


def a_thing(kind: type, place: Workplace, pupil: Pupil, **values: object) -> typing.Any:
    """A thing of a kind with the least that it needs."""
    hints = hints_of(kind)
    given: dict[str, object] = {"id": place.session.ids.new()}
    if kind is Professional:  # nothing of it must be known, but something is
        values = {"name": "Dr Shah", **values}
    for each in fields(kind):  # type: ignore[arg-type]
        if each.name in values:
            given[each.name] = values[each.name]
        elif each.name == "pupil":
            given[each.name] = pupil.id
        elif each.name != "id" and each.default is MISSING:
            given[each.name] = _least(hints[each.name], place)
    return kind(**given)


def _least(hint: typing.Any, place: Workplace) -> object:
    origin = typing.get_origin(hint)
    if origin is typing.Literal:
        return typing.get_args(hint)[0]
    if origin in (types.UnionType, typing.Union):
        return _least(typing.get_args(hint)[0], place)
    if origin is tuple:
        return ()
    known: dict[object, object] = {
        bool: False,
        int: 1,
        date: date(2026, 11, 2),
        datetime: datetime(2026, 11, 2, 9, tzinfo=UTC),
        Decimal: Decimal(1),
    }
    return known.get(hint, place.session.ids.new())
