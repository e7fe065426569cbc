"""What one pupil of a file would change in the record: field by field, each with who wrote what stands there now.

A value that a person typed here is not overwritten unless a person says so; one that came from the school's MIS is.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sencoapp.domain.arrivals import Arrival, ArrivedNeed, ArrivedStatus
from sencoapp.domain.grouping import by_pupil
from sencoapp.domain.identifiers import tidy_postcode
from sencoapp.domain.people import Contact, Pupil, SenNeed, SenStatus
from sencoapp.domain.plain import to_plain
from sencoapp.domain.record import Amend, Edit, New
from sencoapp.domain.saves import Stamp
from sencoapp.domain.words import folded
from sencoapp.services.changes import filled
from sencoapp.services.ports import Record, Session
from sencoapp.services.pupils import current_status

IMPORT = "import"
"""The action of the save that an import is; a value whose present writer has it came from the school's MIS."""


@dataclass(frozen=True)
class FieldChange:
    """One field, or one thing, as it is and as the file has it. ``typed_by`` is set where a person typed what is there."""

    key: str
    field: str
    before: str
    after: str
    edit: Edit
    typed_by: str | None = None
    typed_on: date | None = None


@dataclass(frozen=True)
class PlannedPupil:
    """One pupil of the file and what saving would do."""

    row: int
    pupil: str
    name: str
    changes: tuple[FieldChange, ...] = ()
    new: tuple[New, ...] = ()
    """For a pupil who is not here yet: the pupil with everything that the file tells of them."""

    def edits(self, taken: Collection[str] = ()) -> list[Edit]:
        """What is saved. Of values that a person typed, only those are overwritten whose key is among ``taken``."""
        found: list[Edit] = list(self.new)
        amends: dict[str, Amend] = {}
        for change in self.changes:
            if change.typed_by is not None and change.key not in taken:
                continue
            if isinstance(change.edit, Amend):
                earlier = amends.get(change.edit.id)
                amends[change.edit.id] = (
                    Amend(change.edit.kind, change.edit.id, {**earlier.values, **change.edit.values}) if earlier else change.edit
                )
            else:
                found.append(change.edit)
        return [*found, *amends.values()]

    def kept(self) -> tuple[FieldChange, ...]:
        """What a person typed and the file would overwrite."""
        return tuple(each for each in self.changes if each.typed_by is not None)


class Present:
    """What the record holds of everybody, read once for a whole file."""

    def __init__(self, record: Record, names: Mapping[str, str]) -> None:
        self.record = record
        self.names = names
        self.pupils = record.find(Pupil)
        self.statuses = by_pupil(record.find(SenStatus))
        self.needs = by_pupil(record.find(SenNeed))
        self.contacts = by_pupil(record.find(Contact))


def addition(session: Session, arrival: Arrival) -> PlannedPupil:
    """The pupil as one who is new here."""
    ids, today = session.ids.new, session.clock.today()
    pupil = Pupil(**{**arrival.pupil, "id": ids()})
    made: list[New] = [New(pupil)]
    made += [New(SenStatus(ids(), pupil.id, each.code, starts_on)) for each, starts_on in _steps(arrival.statuses, [], today, new=True)]
    for place, need in enumerate(arrival.needs, start=1):
        made.append(
            New(SenNeed(ids(), pupil.id, need.sen_type, need.rank or place, need.starts_on, need.ends_on, filled(need.description)))
        )
    made += [
        New(Contact(**{**each, "id": ids(), "pupil": pupil.id, "order": each.get("order", place)}))
        for place, each in enumerate(arrival.contacts, start=1)
    ]
    allowed = [each for each in session.record.allowed(made) if isinstance(each, New)]
    return PlannedPupil(arrival.row, pupil.id, pupil.name, new=tuple(allowed))


def amendment(session: Session, present: Present, arrival: Arrival, pupil: Pupil) -> PlannedPupil:
    """What differs from the pupil who is here. What the file does not speak of is left alone."""
    changes = [_changed("", Pupil, pupil, name, value) for name, value in arrival.pupil.items() if _differs(name, pupil, value)]
    changes += _status_changes(session, pupil.id, arrival.statuses, present.statuses.get(pupil.id, []))
    changes += _need_changes(session, pupil.id, arrival.needs, present.needs.get(pupil.id, []))
    changes += _contact_changes(session, pupil.id, arrival.contacts, present.contacts.get(pupil.id, []))
    changes = [each for each in changes if _may(session.record, each.edit)]
    return PlannedPupil(arrival.row, pupil.id, pupil.name, tuple(_told_apart(present, changes)))


def _may(record: Record, edit: Edit) -> bool:
    """Whether the person who imports may save it whole: what they do not see of a pupil, they do not overwrite."""
    return record.allowed([edit]) == [edit]


def _told_apart(present: Present, changes: list[FieldChange]) -> list[FieldChange]:
    """The changes, with those marked that would overwrite what a person typed. ``key`` is the thing and its field."""
    if not changes:
        return changes
    stamps = present.record.writers(list(dict.fromkeys(each.key.split()[0] for each in changes)))
    told = []
    for each in changes:
        thing, name = each.key.split()
        stamp = stamps.get((thing, name))
        told.append(each if stamp is None or stamp.action == IMPORT else _typed(each, stamp, present.names))
    return told


def _typed(change: FieldChange, stamp: Stamp, names: Mapping[str, str]) -> FieldChange:
    return FieldChange(
        change.key,
        change.field,
        change.before,
        change.after,
        change.edit,
        names.get(stamp.by, ""),
        stamp.at.date(),
    )


def _status_changes(session: Session, pupil: str, arrived: Sequence[ArrivedStatus], present: list[SenStatus]) -> list[FieldChange]:
    """Dated steps that are not there yet; an undated one only where it differs from the current status.

    A step that would become the current status goes over the one that stands there, and counts as overwriting it.
    """
    today = session.clock.today()
    begun = sorted((each for each in present if each.starts_on <= today), key=lambda each: each.starts_on)
    now = begun[-1] if begun else None
    changes = []
    for step, starts_on in _steps(arrived, present, today, new=False):
        id = session.ids.new()
        current = now is not None and now.code != step.code and now.starts_on <= starts_on <= today
        key = f"{now.id} code" if current and now else f"{id} code"
        before = now.code if current and now else ""
        changes.append(FieldChange(key, "SENprovision", before, step.code, New(SenStatus(id, pupil, step.code, starts_on))))
    return changes


def _steps(arrived: Sequence[ArrivedStatus], present: list[SenStatus], today: date, *, new: bool) -> list[tuple[ArrivedStatus, date]]:
    there = {(each.code, each.starts_on) for each in present}
    now = current_status(tuple(sorted(present, key=lambda each: each.starts_on)), today)
    found = []
    for status in arrived:
        if status.starts_on is None and not new and now == status.code:
            continue
        starts_on = status.starts_on or today
        if (status.code, starts_on) not in there:
            there.add((status.code, starts_on))
            found.append((status, starts_on))
    return found


def _need_changes(session: Session, pupil: str, arrived: Sequence[ArrivedNeed], present: list[SenNeed]) -> list[FieldChange]:
    """Needs the file has and the record has not, their ranks and their ends. Needs that the file does not name are left alone."""
    today = session.clock.today()
    going_on = {each.sen_type: each for each in present if not each.ends_on or each.ends_on >= today}
    ended = {(each.sen_type, each.starts_on) for each in present if each.ends_on}
    changes: list[FieldChange] = []
    for place, need in enumerate(arrived, start=1):
        there = going_on.get(need.sen_type)
        is_over = need.ends_on is not None and need.ends_on < today
        if (need.sen_type, need.starts_on) in ended and (there is None or is_over):
            continue
        if is_over and there is not None and there.starts_on != need.starts_on:
            there = None  # an earlier time of the same need
        if there is None:
            id = session.ids.new()
            made = SenNeed(id, pupil, need.sen_type, need.rank or place, need.starts_on, need.ends_on, filled(need.description))
            changes.append(FieldChange(f"{id} sen_type", "SENtype", "", need.sen_type, New(made)))
            continue
        if need.rank is not None and there.rank != need.rank:
            edit = Amend(SenNeed, there.id, {"rank": need.rank})
            before, after = f"{there.sen_type} {there.rank}", f"{there.sen_type} {need.rank}"
            changes.append(FieldChange(f"{there.id} rank", "SENtypeRank", before, after, edit))
        if need.ends_on is not None and there.ends_on != need.ends_on:
            edit = Amend(SenNeed, there.id, {"ends_on": need.ends_on})
            changes.append(FieldChange(f"{there.id} ends_on", "need_ends_on", _shown(there.ends_on), _shown(need.ends_on), edit))
    return changes


def _contact_changes(session: Session, pupil: str, arrived: Sequence[Mapping[str, Any]], present: list[Contact]) -> list[FieldChange]:
    changes: list[FieldChange] = []
    left = list(present)
    for place, values in enumerate(arrived, start=1):
        named = [each for each in left if _name_of(each.surname, each.forename) == _name_of(values["surname"], values.get("forename"))]
        there = min(named, key=lambda each: sum(_differs(name, each, value) for name, value in values.items()), default=None)
        if there is None:
            contact = Contact(**{**values, "id": session.ids.new(), "pupil": pupil, "order": values.get("order", len(present) + place)})
            changes.append(FieldChange(f"{contact.id} surname", "contact", "", contact.name, New(contact)))
            continue
        left.remove(there)
        changes += [_changed("contact ", Contact, there, name, value) for name, value in values.items() if _differs(name, there, value)]
    return changes


def _changed(prefix: str, kind: type, thing: Any, name: str, value: Any) -> FieldChange:
    edit = Amend(kind, thing.id, {name: value})
    return FieldChange(f"{thing.id} {name}", f"{prefix}{name}", _shown(getattr(thing, name)), _shown(value), edit)


def _differs(name: str, thing: Any, value: Any) -> bool:
    """Whether the file says something else. Spaces, the form of a postcode and the lines of an address do not count."""
    there = getattr(thing, name)
    if value is None or to_plain(value) == to_plain(there):
        return False
    if not isinstance(value, str) or not isinstance(there, str):
        return True
    if name == "postcode":
        return tidy_postcode(value) != tidy_postcode(there)
    return _words_of(name, value) != _words_of(name, there)


def _words_of(name: str, text: str) -> list[str]:
    plain = "".join(each if each.isprintable() or each.isspace() else "" for each in text)
    return (plain.replace(",", " ") if name == "address" else plain).split()


def _name_of(surname: str, forename: str | None) -> tuple[str, str]:
    return folded(" ".join(_words_of("surname", surname))), folded(" ".join(_words_of("forename", forename or "")))


def _shown(value: Any) -> str:
    return "" if value is None else str(to_plain(value))
