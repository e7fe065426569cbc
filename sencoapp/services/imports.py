"""From a file of another system to the record: first what would change, then, if a person says so, the change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.domain.arrivals import Arrival, ArrivedNeed, Problem, ReadFile
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import Amend, Edit, New, Saved
from sencoapp.domain.words import folded
from sencoapp.services.changes import filled
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Cancelled, Progress, Record, Session
from sencoapp.services.pupils import current_status


@dataclass(frozen=True)
class FieldChange:
    """One field of one pupil, as it is and as the file has it."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class PlannedPupil:
    """One pupil of the file and what saving would do."""

    row: int
    pupil: str
    name: str
    changes: tuple[FieldChange, ...]
    edits: tuple[Edit, ...]


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do. Nothing has been done yet."""

    source: str
    added: tuple[PlannedPupil, ...]
    changed: tuple[PlannedPupil, ...]
    unchanged: tuple[PlannedPupil, ...]
    problems: tuple[Problem, ...]
    headings: tuple[str, ...]
    mapping: Mapping[int, str]
    position: int


def plan_import(
    session: Session, read: ReadFile, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> ImportPlan | None:
    """What saving this file would add, change and leave alone. None where the person stopped it.

    A pupil is the same one where the UPN is the same, or else where legal name and date of birth are.
    """
    must_be_allowed(session, "import")
    record, today = session.record, session.clock.today()
    position = record.position()
    known = _Known(record)
    problems = list(read.problems)
    added: list[PlannedPupil] = []
    changed: list[PlannedPupil] = []
    unchanged: list[PlannedPupil] = []
    left_out = 0
    for number, arrival in enumerate(read.arrivals):
        if number % 50 == 0:
            if cancelled and cancelled():
                return None
            if progress:
                progress("import.comparing", number, len(read.arrivals))
        matches = known.matches(arrival)
        if len(matches) > 1:
            problems.append(
                Problem(arrival.row, "", "error", reference.say("import.several_match", row=arrival.row, name=_name(arrival.pupil)))
            )
            continue
        planned = _amend(session, known, arrival, matches[0], today) if matches else _add(session, known, arrival, today)
        planned = replace(planned, edits=tuple(record.allowed(planned.edits)))
        if not matches and not planned.edits:
            left_out += 1
            continue
        (added if not matches else changed if planned.edits else unchanged).append(planned)
    if left_out:
        problems.append(Problem(0, "", "warning", reference.say("import.of_other_classes", count=left_out)))
    problems.sort(key=lambda each: each.row)
    return ImportPlan(read.source, tuple(added), tuple(changed), tuple(unchanged), tuple(problems), read.headings, read.mapping, position)


def carry_out_import(session: Session, plan: ImportPlan) -> Saved:
    """Saves the whole plan, or nothing of it."""
    edits = [edit for planned in (*plan.added, *plan.changed) for edit in planned.edits]
    return session.record.save(edits, action="import", actor=session.actor, as_of=plan.position)


class _Known:
    """The pupils that are there, by what a file can know them by."""

    def __init__(self, record: Record) -> None:
        self._by_upn: dict[str, list[Pupil]] = {}
        self._by_name: dict[tuple[str, str, date | None], list[Pupil]] = {}
        for pupil in record.find(Pupil):
            self.remember(pupil)
        self.statuses = _grouped(record.find(SenStatus))
        self.needs = _grouped(record.find(SenNeed))
        self.contacts = _grouped(record.find(Contact))

    def remember(self, pupil: Pupil) -> None:
        if pupil.upn:
            self._by_upn.setdefault(pupil.upn, []).append(pupil)
        self._by_name.setdefault((folded(pupil.legal_surname), folded(pupil.legal_forename), pupil.birth_date), []).append(pupil)

    def matches(self, arrival: Arrival) -> list[Pupil]:
        values = arrival.pupil
        for upn in (values.get("upn"), values.get("former_upn")):
            if upn and upn in self._by_upn:
                return self._by_upn[upn]
        key = (folded(values["legal_surname"]), folded(values["legal_forename"]), values.get("birth_date"))
        same = self._by_name.get(key, [])
        # Two UPNs that differ are two children, even of one name and birthday.
        return [each for each in same if not (each.upn and values.get("upn") and each.upn != values["upn"])]


def _grouped(things: Sequence[Any]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = {}
    for each in things:
        groups.setdefault(each.pupil, []).append(each)
    return groups


def _add(session: Session, known: _Known, arrival: Arrival, today: date) -> PlannedPupil:
    pupil = Pupil(**{**arrival.pupil, "id": session.ids.new()})
    known.remember(pupil)
    edits: list[Edit] = [New(pupil)]
    edits += _status_edits(session, pupil.id, arrival, [], today)
    edits += _need_edits(session, pupil.id, arrival.needs, [], today)[0]
    edits += [
        New(Contact(**{**each, "id": session.ids.new(), "pupil": pupil.id, "order": each.get("order", n)}))
        for n, each in enumerate(arrival.contacts, 1)
    ]
    return PlannedPupil(arrival.row, pupil.id, pupil.name, (), tuple(edits))


def _amend(session: Session, known: _Known, arrival: Arrival, present: Pupil, today: date) -> PlannedPupil:
    edits: list[Edit] = []
    changes: list[FieldChange] = []
    different = {
        name: value for name, value in arrival.pupil.items() if value is not None and to_plain(value) != to_plain(getattr(present, name))
    }
    if different:
        edits.append(Amend(Pupil, present.id, different))
        changes += [FieldChange(name, _shown(getattr(present, name)), _shown(value)) for name, value in different.items()]
    statuses = _status_edits(session, present.id, arrival, known.statuses.get(present.id, []), today)
    changes += [FieldChange("SENprovision", "", f"{edit.entity.code}") for edit in statuses if isinstance(edit, New)]
    needs, need_changes = _need_edits(session, present.id, arrival.needs, known.needs.get(present.id, []), today)
    contacts, contact_changes = _contact_edits(session, present.id, arrival.contacts, known.contacts.get(present.id, []))
    edits += [*statuses, *needs, *contacts]
    return PlannedPupil(arrival.row, present.id, present.name, tuple(changes + need_changes + contact_changes), tuple(edits))


def _status_edits(session: Session, pupil: str, arrival: Arrival, present: list[SenStatus], today: date) -> list[Edit]:
    """Dated steps that are not there yet; an undated one only where it differs from the current status."""
    edits: list[Edit] = []
    present = sorted(present, key=lambda each: each.starts_on)
    there = {(each.code, each.starts_on) for each in present}
    for status in arrival.statuses:
        if status.starts_on is None:
            if present and current_status(tuple(present), today) == status.code:
                continue
            starts_on = today
        else:
            starts_on = status.starts_on
        if (status.code, starts_on) not in there:
            there.add((status.code, starts_on))
            edits.append(New(SenStatus(session.ids.new(), pupil, status.code, starts_on)))
    return edits


def _need_edits(
    session: Session, pupil: str, arrived: Sequence[ArrivedNeed], present: list[SenNeed], today: date
) -> tuple[list[Edit], list[FieldChange]]:
    """Needs the file has and the record has not, and ranks that differ. Needs that the file does not name are left alone."""
    edits: list[Edit] = []
    changes: list[FieldChange] = []
    open_now = {each.sen_type: each for each in present if not each.ends_on or each.ends_on >= today}
    ended = {(each.sen_type, each.starts_on) for each in present if each.ends_on}
    for place, need in enumerate(arrived, start=1):
        rank = need.rank or place
        there = open_now.get(need.sen_type)
        if there is None:
            if (need.sen_type, need.starts_on) in ended:
                continue
            edits.append(
                New(SenNeed(session.ids.new(), pupil, need.sen_type, rank, need.starts_on, need.ends_on, filled(need.description)))
            )
            changes.append(FieldChange("SENtype", "", need.sen_type))
        elif need.rank is not None and there.rank != rank:
            edits.append(Amend(SenNeed, there.id, {"rank": rank}))
            changes.append(FieldChange("SENtypeRank", f"{there.sen_type} {there.rank}", f"{there.sen_type} {rank}"))
    return edits, changes


def _contact_edits(
    session: Session, pupil: str, arrived: Sequence[Mapping[str, Any]], present: list[Contact]
) -> tuple[list[Edit], list[FieldChange]]:
    edits: list[Edit] = []
    changes: list[FieldChange] = []
    by_name = {(folded(each.surname), folded(each.forename or "")): each for each in present}
    for place, values in enumerate(arrived, start=1):
        there = by_name.get((folded(values["surname"]), folded(values.get("forename") or "")))
        if there is None:
            contact = Contact(**{**values, "id": session.ids.new(), "pupil": pupil, "order": values.get("order", len(present) + place)})
            edits.append(New(contact))
            changes.append(FieldChange("contact", "", contact.name))
            continue
        different = {
            name: value for name, value in values.items() if value is not None and to_plain(value) != to_plain(getattr(there, name))
        }
        if different:
            edits.append(Amend(Contact, there.id, different))
            changes += [FieldChange(f"contact {name}", _shown(getattr(there, name)), _shown(value)) for name, value in different.items()]
    return edits, changes


def _shown(value: Any) -> str:
    return "" if value is None else str(to_plain(value))


def _name(values: Mapping[str, Any]) -> str:
    return f"{values.get('legal_forename', '')} {values.get('legal_surname', '')}".strip()
