"""From a file of another system to the record: first what would change, then, if a person says so, the change."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.arrivals import Arrival, Problem, PupilImport, ReadFile, Source
from sencoapp.domain.dates import full_date
from sencoapp.domain.people import Pupil, StaffMember
from sencoapp.domain.record import Edit, New, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.services.erasing import erased_before
from sencoapp.services.import_edits import IMPORT, FieldChange, PlannedPupil, Present, addition, amendment
from sencoapp.services.import_matching import Match, Matching, Why
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Cancelled, Progress, Record, Session

__all__ = ["FieldChange", "ImportPlan", "PlannedPupil", "carry_out_import", "plan_import", "settled"]

NEW = "new"
LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class Candidate:
    """A pupil here who may be the one in the file, why that is doubtful, and what saving would do if they are the same."""

    pupil: str
    name: str
    birth_date: date | None
    upn: str | None
    place: tuple[str | None, str | None]
    """Year and class."""
    why: Why
    planned: PlannedPupil


@dataclass(frozen=True)
class Doubt:
    """One pupil of the file for whom a person decides: the same as a candidate, new, or left out."""

    row: int
    name: str
    arrival: Arrival
    candidates: tuple[Candidate, ...]
    as_new: PlannedPupil
    same_as_row: int | None = None


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Nothing has been done yet. Pupils about whom nobody has decided are left out."""

    source: Source
    added: tuple[PlannedPupil, ...]
    changed: tuple[PlannedPupil, ...]
    unchanged: tuple[PlannedPupil, ...]
    problems: tuple[Problem, ...]
    headings: tuple[str, ...]
    mapping: Mapping[int, str]
    position: int
    doubtful: tuple[Doubt, ...] = ()
    remembered: bool = False

    def does_something(self, taken: Collection[str] = ()) -> bool:
        return bool(self.added) or any(each.edits(taken) for each in self.changed)


def plan_import(
    session: Session, read: ReadFile, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportPlan | None:
    """What saving this file would add, change and leave alone. None where the person stopped it.

    A pupil is the same one where the UPN is, or else where legal name and date of birth are; see ``import_matching``.
    """
    must_be_allowed(session, "import")
    record = session.record
    position = record.position()
    present = Present(record, {each.id: each.name for each in record.find(StaffMember)})
    matches = Matching(present.pupils).of_file(read.arrivals)
    added: list[PlannedPupil] = []
    changed: list[PlannedPupil] = []
    unchanged: list[PlannedPupil] = []
    doubtful: list[Doubt] = []
    left_out = 0
    for number, arrival in enumerate(read.arrivals):
        if number % 50 == 0:
            if cancelled and cancelled():
                return None
            if progress:
                progress("import.comparing", number, len(read.arrivals))
        match = matches[arrival.row]
        if match.is_doubtful:
            doubtful.append(_doubt(session, present, arrival, match))
        elif match.pupil is None:
            planned = addition(session, arrival)
            if planned.new:
                added.append(planned)
            else:
                left_out += 1
        else:
            planned = amendment(session, present, arrival, match.pupil)
            (changed if planned.changes else unchanged).append(planned)
    problems = list(read.problems)
    if left_out:
        problems.append(Problem(0, "", "warning", reference.say("import.of_other_classes", count=left_out)))
    problems += _came_back(record, [*added, *(each.as_new for each in doubtful)], read)
    problems.sort(key=lambda each: each.row)
    return ImportPlan(
        read.source,
        tuple(added),
        tuple(changed),
        tuple(unchanged),
        tuple(problems),
        read.headings,
        read.mapping,
        position,
        tuple(doubtful),
        read.remembered,
    )


def settled(plan: ImportPlan, decisions: Mapping[int, str]) -> ImportPlan:
    """The plan with a person's decisions: row to the id of the pupil who is the same, ``NEW`` or ``LEAVE_OUT``.

    Raises ``Refusal("import_same_pupil_twice")`` where two rows are to be one pupil.
    """
    added, changed, unchanged, doubtful = list(plan.added), list(plan.changed), list(plan.unchanged), []
    taken = {each.pupil for each in (*changed, *unchanged)}
    for doubt in plan.doubtful:
        decision = decisions.get(doubt.row, "")
        if decision == NEW:
            added.append(doubt.as_new)
        elif decision == LEAVE_OUT:
            continue
        elif chosen := next((each for each in doubt.candidates if each.pupil == decision), None):
            if chosen.pupil in taken:
                raise Refusal("import_same_pupil_twice", name=chosen.name, row=doubt.row)
            taken.add(chosen.pupil)
            (changed if chosen.planned.changes else unchanged).append(chosen.planned)
        else:
            doubtful.append(doubt)
    return replace(plan, added=_by_row(added), changed=_by_row(changed), unchanged=_by_row(unchanged), doubtful=tuple(doubtful))


def carry_out_import(
    session: Session,
    plan: ImportPlan,
    *,
    taken: Collection[str] = (),
    filename: str = "",
    content: bytes | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Saved | None:
    """Saves the whole plan, or nothing of it; None where the person stopped it in time.

    ``taken`` are the keys of the changes that may overwrite what a person typed. One entry tells of the import, so that it
    can be found and undone. A plan that would do nothing leaves no trace.
    """
    edits = [edit for planned in (*plan.added, *plan.changed) for edit in planned.edits(taken)]
    if not edits:
        return Saved(session.record.position())
    told = PupilImport(
        session.ids.new(),
        at=session.clock.now(),
        by=session.actor.id,
        by_name=session.actor.name,
        source=plan.source,
        filename=filename,
        sha256=hashlib.sha256(content).hexdigest() if content is not None else None,
        added=len(plan.added),
        changed=sum(bool(each.edits(taken)) for each in plan.changed),
    )
    everything: list[Edit] = [New(told), *edits]
    try:
        return session.record.save(
            everything, action=IMPORT, actor=session.actor, as_of=plan.position, progress=progress, cancelled=cancelled
        )
    except Fault as fault:
        if fault.key == "save_stopped":
            return None
        raise


def _came_back(record: Record, planned: Sequence[PlannedPupil], read: ReadFile) -> list[Problem]:
    """Pupils whose earlier record here was erased: they are added as new ones, and a person is told."""
    upns = {each.row: each.pupil.get("upn") for each in read.arrivals}
    rows = {each.row for each in planned}
    earlier = erased_before(record, [upns[row] for row in rows])
    told = [(row, earlier[str(upns[row])]) for row in rows if upns[row] in earlier]
    return [Problem(row, "UPN", "warning", reference.say("import.erased_before", day=full_date(made.at.date()))) for row, made in told]


def _doubt(session: Session, present: Present, arrival: Arrival, match: Match) -> Doubt:
    candidates = tuple(
        Candidate(
            pupil.id,
            pupil.name,
            pupil.birth_date,
            pupil.upn,
            (pupil.year, pupil.reg_group),
            why,
            amendment(session, present, arrival, pupil),
        )
        for pupil, why in match.doubts
    )
    return Doubt(arrival.row, _name(arrival.pupil), arrival, candidates, addition(session, arrival), match.same_as_row)


def _by_row(planned: list[PlannedPupil]) -> tuple[PlannedPupil, ...]:
    return tuple(sorted(planned, key=lambda each: each.row))


def _name(values: Mapping[str, Any]) -> str:
    return Pupil("", values["legal_surname"], values["legal_forename"]).name
