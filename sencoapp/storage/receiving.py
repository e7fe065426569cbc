"""Takes in saves that another record made: a pupil's stream that was handed on."""

from collections.abc import Sequence

from sencoapp.domain.record import KINDS, Actor, Edit, Saved, Touched
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.saves import KeptSave
from sencoapp.storage.engine import Database, DatabaseError, one_transaction
from sencoapp.storage.log import ChangeSet, Log, Write


def receive(db: Database, log: Log, saves: Sequence[KeptSave], stream: str, edits: Sequence[Edit], *, action: str, actor: Actor) -> Saved:
    """Appends the saves that are not here yet under their own ids, times and authors, then our edits. See ``Record.receive``.

    A save that would write in a thing of another stream is refused: nobody changes another pupil's record from outside.
    """
    try:
        with one_transaction(db):
            touched: set[Touched] = set()
            if any(_belongs_elsewhere(log, entity, stream) for entity in {write[1] for each in saves for write in each.writes}):
                raise Fault("pack_damaged")
            for each in saves:
                if db.execute("SELECT 1 FROM change_set WHERE id = ?", (each.id,)).fetchone():
                    continue
                writes = tuple(Write(kind, entity, field, value, tuple(replaces)) for kind, entity, field, value, replaces in each.writes)
                change_set = log.append(ChangeSet(0, each.id, each.save, stream, each.at, each.action, dict(each.by), writes))
                touched |= log.carry_out(change_set)
            saved = log.save(edits, action=action, actor=actor)
            log.refresh(touched)
            return Saved(saved.position, saved.touched | touched)
    except (Refusal, DatabaseError) as trouble:
        if isinstance(trouble, DatabaseError) and "constraint" not in str(trouble).lower() and "cannot store" not in str(trouble).lower():
            raise
        raise Fault("pack_damaged") from trouble


def _belongs_elsewhere(log: Log, entity: str, stream: str) -> bool:
    """Whether a thing of any kind has this id in another stream."""
    for kind in KINDS:
        row = log.projections.row(kind, entity)
        if row is not None and (entity if kind == "pupil" else row.get("pupil")) != stream:
            return True
    return False
