"""Taking back a whole import: a compensating save, so that the history keeps both (architecture.md, "The record is a log of saves")."""

from dataclasses import dataclass

from sencoapp.domain.arrivals import PupilImport
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import KINDS, Amend, Edit, New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.saves import WrittenThing
from sencoapp.services.changes import must_get
from sencoapp.services.import_edits import IMPORT
from sencoapp.services.ports import Record, Session

MOST_LISTED = 50


@dataclass(frozen=True)
class LeftAlone:
    """Something that undoing would not touch, since somebody has written in it since the import."""

    pupil: str
    name: str
    field: str
    """As ``FieldChange.field`` names it; empty for a pupil who was added and has been written about."""


@dataclass(frozen=True)
class UndoPlan:
    """What undoing an import would do. Nothing has been done yet."""

    told: PupilImport
    hidden: int
    """Pupils who were added and would be hidden."""
    put_back: int
    """Pupils who were here before, whose fields would be as they were."""
    left_alone: tuple[LeftAlone, ...]
    edits: tuple[Edit, ...]
    save: str


def past_imports(record: Record, limit: int = MOST_LISTED) -> list[PupilImport]:
    """The imports that were saved, newest first."""
    return sorted(record.find(PupilImport), key=lambda each: (each.at, each.id), reverse=True)[:limit]


def import_of(record: Record, save: str) -> str | None:
    """The import that a save was, by its id; None for any other save."""
    writes = (write for part in record.save_of(save) if part.action == IMPORT for write in part.writes)
    return next((id for kind, id, *_ in writes if kind == "pupil_import"), None)


def plan_undo(session: Session, id: str) -> UndoPlan:
    """What would be undone, and what has been changed since and is left alone.

    Raises ``Refusal``: ``no_longer_there``, ``import_is_undone_already``.
    """
    told = must_get(session.record, PupilImport, id)
    if told.undone_at is not None:
        raise Refusal("import_is_undone_already")
    things = [each for each in session.record.whole_save(PupilImport, id) if each.kind != "pupil_import"]
    added = {each.id for each in things if each.kind == "pupil" and each.made}
    edits: list[Edit] = []
    left: list[tuple[str, str]] = []
    for thing in things:
        if thing.pupil in added:
            if thing.kind == "pupil" and not thing.removed:
                if thing.followed:
                    left.append((thing.id, ""))
                else:
                    edits.append(Remove(Pupil, thing.id))
        elif not thing.removed:
            undone, kept = _of_thing(thing)
            edits += undone
            left += [(thing.pupil or "", each) for each in kept]
    pupils = {thing.id: thing.pupil or "" for thing in things}
    of_edits = [(each, each.entity.id if isinstance(each, New) else each.id) for each in edits]
    return UndoPlan(
        told,
        hidden=sum(id in added for _, id in of_edits),
        put_back=len({pupils[id] for _, id in of_edits if id not in added}),
        left_alone=tuple(LeftAlone(pupil, _name(session.record, pupil), field) for pupil, field in left),
        edits=tuple(edits),
        save=session.record.history(PupilImport, id)[0].save,
    )


def undo_import(session: Session, id: str) -> tuple[UndoPlan, Saved]:
    """Hides who was added and puts fields back as they were, in one save. What was changed since is left alone and listed."""
    plan = plan_undo(session, id)
    undone = Amend(PupilImport, id, {"undone_at": session.clock.now(), "undone_by_name": session.actor.name})
    return plan, session.record.save([undone, *plan.edits], action="undo", actor=session.actor, undoes=plan.save)


def _of_thing(thing: WrittenThing) -> tuple[list[Edit], list[str]]:
    """For something of a pupil who was here before: the edits that undo what was written, and the fields that are left alone."""
    kind = KINDS[thing.kind]
    prefix = "contact " if thing.kind == "contact" else ""
    if thing.made:
        if not thing.rewritten:
            return [Remove(kind, thing.id)], []
        return [], [_WHOLE_NAMES[thing.kind]]
    back = {each.name: each.before for each in thing.fields if each.stands}
    return [Amend(kind, thing.id, back)] if back else [], [
        f"{prefix}{_FIELD_NAMES.get((thing.kind, each.name), each.name)}" for each in thing.fields if not each.stands
    ]


_WHOLE_NAMES = {"sen_status": "SENprovision", "sen_need": "SENtype", "contact": "contact"}
_FIELD_NAMES = {("sen_need", "rank"): "SENtypeRank", ("sen_need", "ends_on"): "need_ends_on"}


def _name(record: Record, pupil: str) -> str:
    found = record.get(Pupil, pupil)
    return found.name if found else ""
