"""Plans as files: one goes out, one comes in, for the pupil that it is about and for nobody else."""

import json
from dataclasses import dataclass, fields
from typing import Any, Literal

from sencoapp import reference
from sencoapp.domain.people import Pupil
from sencoapp.domain.plan import Cycle, Outcome, View
from sencoapp.domain.plan_file import (
    FORMAT,
    VERSION,
    OutcomeInFile,
    PlanFile,
    PlanInFile,
    ProvisionInFile,
    PupilInFile,
    ViewInFile,
    from_content,
    to_content,
)
from sencoapp.domain.provision import Provision, ProvisionPlace
from sencoapp.domain.record import Edit, New, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.words import folded
from sencoapp.services import plans
from sencoapp.services.beginning import school
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.plans import plan_page
from sencoapp.services.ports import Session
from sencoapp.services.provision import check_provision

MOST_BYTES = 2_000_000


@dataclass(frozen=True)
class Match:
    """Whose plan a file is. ``certain`` for one pupil only; ``doubtful`` ones are decided by a person."""

    how: Literal["certain", "doubtful", "nobody"]
    pupils: tuple[Pupil, ...] = ()


# ---- out ------------------------------------------------------------------------------------------------------------


def plan_file(session: Session, cycle: str) -> bytes:
    """A plan as JSON, as ``resources/schemas/plan.schema.json`` describes it. What is confidential, evidence and costs stay here.

    Raises ``Refusal``: ``not_for_your_role``, ``no_longer_there``.
    """
    must_be_allowed(session, "export")
    page = plan_page(session.record, cycle)
    pupil = must_get(session.record, Pupil, page.cycle.pupil)
    numbers: dict[str | None, int] = {each.id: each.number for each in page.outcomes}
    provision = []
    for place, each in page.places:
        ends_on = place.ends_on or each.ends_on
        said = {name: getattr(each, name) for name in _SHARED_PROVISION}
        provision.append(ProvisionInFile(**said, ends_on=ends_on, outcome=numbers.get(place.outcome), next=place.next))
    plan = PlanInFile(
        **{name: getattr(page.cycle, name) for name in _SHARED_PLAN},
        kind=page.cycle.template,
        outcomes=tuple(OutcomeInFile(**{each.name: getattr(one, each.name) for each in fields(OutcomeInFile)}) for one in page.outcomes),
        provision=tuple(provision),
        views=tuple(
            ViewInFile(**{each.name: getattr(one, each.name) for each in fields(ViewInFile)}) for one in page.views if not one.confidential
        ),
    )
    whose = PupilInFile(pupil.legal_surname, pupil.legal_forename, pupil.birth_date, pupil.upn)
    file = PlanFile(FORMAT, VERSION, session.clock.today(), school(session.record).name, whose, plan)
    return (json.dumps(to_content(file), ensure_ascii=False, indent=2) + "\n").encode()


_SHARED_PLAN = tuple(each.name for each in fields(PlanInFile) if each.name not in ("kind", "outcomes", "provision", "views"))
_SHARED_PROVISION = tuple(each.name for each in fields(ProvisionInFile) if each.name not in ("ends_on", "outcome", "next"))


# ---- in -------------------------------------------------------------------------------------------------------------


def read_plan_file(content: bytes) -> PlanFile:
    """A plan from the bytes of a file. Raises ``Fault``: ``plan_file_too_large``, and those of ``domain.plan_file.from_content``."""
    if len(content) > MOST_BYTES:
        raise Fault("plan_file_too_large")
    try:
        return from_content(json.loads(content.decode("utf-8-sig")))
    except (UnicodeDecodeError, ValueError, RecursionError) as cause:
        raise Fault("plan_file_unknown") from cause


def match(session: Session, file: PlanFile) -> Match:
    """The pupil of a file: by UPN where name or birth date agree as well, or by name and birth date.

    One thing alone that agrees makes a pupil doubtful: a person decides.
    """
    wanted = file.pupil
    certain, doubtful = [], []
    for each in session.record.find(Pupil):
        upn, name, born = _agrees(each, wanted)
        if (upn and (name or born)) or (name and born and not _upns_differ(each, wanted)):
            certain.append(each)
        elif upn or (name and born) or name:
            doubtful.append(each)
    rivals = [each for each in doubtful if sum(_agrees(each, wanted)) > 1 or _agrees(each, wanted)[0]]
    if len(certain) == 1 and not rivals:
        return Match("certain", tuple(certain))
    found = (*certain, *doubtful)
    return Match("doubtful" if found else "nobody", found)


def take_in_plan(session: Session, file: PlanFile, pupil: str) -> tuple[Cycle, Saved]:
    """The plan becomes a cycle of this pupil: open where it is open, closed and frozen where it is closed.

    Raises ``Refusal``: ``no_longer_there``, ``plan_is_of_somebody_else`` where neither UPN, name nor birth date agree,
    ``cycle_is_open_already``, ``pupil_has_left``, and those of ``check_provision``.
    """
    must_be_allowed(session, "import")
    person, plan = must_get(session.record, Pupil, pupil), file.plan
    if not any(_agrees(person, file.pupil)):
        raise Refusal("plan_is_of_somebody_else", file=f"{file.pupil.legal_forename} {file.pupil.legal_surname}", name=person.name)
    earlier = plans.cycles_of(session.record, pupil)
    if plan.closed_on is None:
        if any(each.closed_on is None for each in earlier):
            raise Refusal("cycle_is_open_already")
        if plans.has_left(person, session.clock.today()):
            raise Refusal("pupil_has_left", name=person.name)
    cycle, edits = _edits(session, plan, pupil, max((each.number for each in earlier), default=0) + 1)
    return cycle, session.record.save(edits, action="take_in_plan", actor=session.actor)


def _edits(session: Session, plan: PlanInFile, pupil: str, number: int) -> tuple[Cycle, list[Edit]]:
    new = session.ids.new
    said = {name: getattr(plan, name) for name in _SHARED_PLAN if name != "number"}
    template = plan.kind if plan.kind in reference.plan_templates() else None
    cycle = Cycle(id=new(), pupil=pupil, number=number, template=template, **said)
    edits: list[Edit] = []
    ids: dict[int | None, str] = {}
    for outcome in plan.outcomes:
        ids[outcome.number] = new()
        edits.append(New(Outcome(id=ids[outcome.number], pupil=pupil, cycle=cycle.id, **_values(outcome))))
    for each in plan.provision:
        values: dict[str, Any] = {name: getattr(each, name) for name in _SHARED_PROVISION}
        provision = check_provision(Provision(id=new(), pence_per_hour=0, ends_on=each.ends_on, **values))
        place = ProvisionPlace(new(), pupil, provision.id, cycle.id, ids.get(each.outcome), next=each.next)
        edits += [New(provision), New(place)]
    edits += [New(View(id=new(), pupil=pupil, cycle=cycle.id, **_values(each))) for each in plan.views]
    return cycle, [*edits, New(cycle)]  # last: what belongs to a closed cycle cannot come after it


def _values(thing: OutcomeInFile | ViewInFile) -> dict[str, Any]:
    return {each.name: getattr(thing, each.name) for each in fields(thing)}


def _agrees(pupil: Pupil, wanted: PupilInFile) -> tuple[bool, bool, bool]:
    """Whether UPN, name and birth date are the same; what is not known agrees with nothing."""
    upn = wanted.upn is not None and wanted.upn in (pupil.upn, pupil.former_upn)
    name = _name(pupil.legal_forename, pupil.legal_surname) == _name(wanted.legal_forename, wanted.legal_surname)
    born = wanted.birth_date is not None and wanted.birth_date == pupil.birth_date
    return upn, name, born


def _upns_differ(pupil: Pupil, wanted: PupilInFile) -> bool:
    return bool(wanted.upn and pupil.upn and wanted.upn not in (pupil.upn, pupil.former_upn))


def _name(forename: str, surname: str) -> str:
    return folded(f"{forename} {surname}")
