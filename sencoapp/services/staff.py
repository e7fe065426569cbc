"""Who works at the school: added, given a role and classes, gone. Only the SENCO changes that (``rules/permissions.json``)."""

from collections.abc import Sequence
from datetime import date

from sencoapp.domain.people import Role, StaffMember
from sencoapp.domain.record import Amend, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.beginning import people
from sencoapp.services.changes import filled, must_get
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Record, Session


def staff_of(record: Record, today: date) -> list[StaffMember]:
    """Everyone who works here on this day, by name."""
    return sorted((each for each in people(record) if each.left_on is None or each.left_on > today), key=lambda each: each.name.casefold())


def everybody(record: Record) -> list[StaffMember]:
    """Everyone who works here or ever did, by name."""
    return sorted(people(record), key=lambda each: each.name.casefold())


def add_staff(
    session: Session, name: str, role: Role, *, classes: Sequence[str] = (), job_title: str | None = None, email: str | None = None
) -> tuple[StaffMember, Saved]:
    """A further member of staff. Raises ``Refusal``: ``not_for_your_role``, ``staff_needs_name``, ``is_on_the_staff``."""
    must_be_allowed(session, "change_roles")
    words = filled(name)
    if words is None:
        raise Refusal("staff_needs_name", field="name")
    if any(each.name.casefold() == words.casefold() for each in staff_of(session.record, session.clock.today())):
        raise Refusal("is_on_the_staff", field="name", name=words)
    person = StaffMember(session.ids.new(), words, role, filled(job_title), tidied(classes), filled(email))
    return person, session.record.save([New(person)], action="add_staff", actor=session.actor)


def change_role(session: Session, person: str, role: Role, classes: Sequence[str] | None = None) -> Saved:
    """Another role, other classes, or both; it holds from that person's next unlocking on.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``, ``somebody_must_be_senco``.
    """
    must_be_allowed(session, "change_roles")
    found = must_get(session.record, StaffMember, person)
    wanted = found.classes if classes is None else tidied(classes)
    if (found.role, found.classes) == (role, wanted):
        return Saved(session.record.position())
    if role != "senco":
        _keep_a_senco(session, found)
    return session.record.save([Amend(StaffMember, person, {"role": role, "classes": wanted})], action="change_role", actor=session.actor)


def change_own_classes(session: Session, classes: Sequence[str]) -> Saved:
    """The classes that the person at the laptop teaches: what they see follows at once, and Activity tells of it.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``.
    """
    me = must_get(session.record, StaffMember, session.actor.id)
    wanted = tidied(classes)
    if me.classes == wanted:
        return Saved(session.record.position())
    return session.record.save([Amend(StaffMember, me.id, {"classes": wanted})], action="change_own_classes", actor=session.actor)


def staff_leaves(session: Session, person: str, left_on: date) -> Saved:
    """Somebody leaves the school; what they wrote keeps their name. Raises as ``change_role``."""
    must_be_allowed(session, "change_roles")
    _keep_a_senco(session, must_get(session.record, StaffMember, person))
    return session.record.save([Amend(StaffMember, person, {"left_on": left_on})], action="staff_leaves", actor=session.actor)


def tidied(classes: Sequence[str]) -> tuple[str, ...]:
    """Each class once, without space around it."""
    return tuple(dict.fromkeys(each.strip() for each in classes if each.strip()))


def _keep_a_senco(session: Session, leaving: StaffMember) -> None:
    others = (each for each in staff_of(session.record, session.clock.today()) if each.id != leaving.id)
    if leaving.role == "senco" and not any(each.role == "senco" for each in others):
        raise Refusal("somebody_must_be_senco", field="role")
