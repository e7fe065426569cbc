"""Who gives a provision: adults by their record of staff, or a kind of staff, each for their days."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sencoapp.domain.people import StaffMember
from sencoapp.domain.provision import Provision, ProvisionStaff, StaffRate
from sencoapp.domain.rates import Pay, pay_of_adults
from sencoapp.domain.record import Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.ports import Record, Session

MOST_ADULTS = 6


def staff_of_provision(record: Record, provision: str) -> list[ProvisionStaff]:
    """The adults of a provision, in the order in which they were named."""
    return record.find(ProvisionStaff, provision=provision)


def set_staff(session: Session, provision: str, wanted: Sequence[ProvisionStaff]) -> Saved:
    """The adults of a provision are from now on these; one without an id is new, one that is left out goes.

    Raises ``Refusal``: ``provision_staff_who``, ``provision_staff_many``, ``provision_staff_ends``, ``no_longer_there``.
    """
    must_get(session.record, Provision, provision)
    return session.record.save(staff_edits(session, provision, wanted), action="set_provision_staff", actor=session.actor)


def staff_edits(session: Session, provision: str, wanted: Sequence[ProvisionStaff]) -> list[Edit]:
    """What is to be saved so that the adults of a provision are these. Raises as ``set_staff``."""
    if len(wanted) > MOST_ADULTS:
        raise Refusal("provision_staff_many", field="staff", most=MOST_ADULTS)
    there = {each.id: each for each in staff_of_provision(session.record, provision)}
    edits: list[Edit] = []
    for each in wanted:
        checked = _checked(session.record, each, there.get(each.id))
        known = there.pop(each.id, None)
        if known is None:
            edits.append(New(replace(checked, id=session.ids.new(), provision=provision)))
            continue
        names = ("staff_member", "staff_role", "starts_on", "ends_on")
        values = {name: getattr(checked, name) for name in names if getattr(checked, name) != getattr(known, name)}
        if values:
            edits.append(Amend(ProvisionStaff, known.id, values))
    return edits + [Remove(ProvisionStaff, each) for each in there]


def people_by_id(record: Record) -> Mapping[str, tuple[str, str | None]]:
    """Name and job of everyone who works here or ever did."""
    return {each.id: (each.name, each.job_title) for each in record.find(StaffMember)}


def given_by(record: Record, person: str, day: date) -> frozenset[str]:
    """The provision that somebody gives on a day, by the link to their record of staff and never by their name."""
    return frozenset(
        each.provision
        for each in record.find(ProvisionStaff, staff_member=person)
        if (each.starts_on is None or each.starts_on <= day) and (each.ends_on is None or day <= each.ends_on)
    )


def names_of(people: Mapping[str, tuple[str, str | None]], staff: Sequence[ProvisionStaff]) -> str:
    """ "Mrs Lacey and Mr Adeyemi", for "who gives it"; empty where nobody is named. ``people`` is ``people_by_id``."""
    words = [people.get(each.staff_member or "", (each.staff_role or "", None))[0] for each in staff]
    names = [each for each in dict.fromkeys(words) if each]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _checked(record: Record, wanted: ProvisionStaff, known: ProvisionStaff | None) -> ProvisionStaff:
    role = filled(wanted.staff_role)
    if wanted.staff_member is None and role is None:
        raise Refusal("provision_staff_who", field="staff")
    if wanted.staff_member is not None and (known is None or known.staff_member != wanted.staff_member):
        must_get(record, StaffMember, wanted.staff_member)
    if wanted.starts_on and wanted.ends_on and wanted.ends_on < wanted.starts_on:
        raise Refusal("provision_staff_ends", field="staff")
    return replace(wanted, staff_role=role)


def pay_of_people(session: Session, people: Sequence[str], kind: str | None) -> tuple[str, Pay]:
    """Names and cost of an hour of these members of staff together, today, for a form that is being filled in."""
    adults = [ProvisionStaff("", "", each) for each in people]
    known, rates = people_by_id(session.record), session.record.find(StaffRate)
    return names_of(known, adults), pay_of_adults(adults, rates, known, session.clock.today(), kind=kind)
