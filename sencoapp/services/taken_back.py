"""What somebody may take back although they remove no such things otherwise: what they added themselves, and whole imports."""

from sencoapp.domain.arrivals import PupilImport
from sencoapp.domain.people import StaffMember
from sencoapp.domain.permissions import Permissions
from sencoapp.domain.record import KINDS, kind_name
from sencoapp.services.ports import Record
from sencoapp.services.record_words import REMOVED


def taken_back(record: Record, person: StaffMember, table: Permissions, undoes: str | None) -> frozenset[str]:
    """The things that the save ``undoes`` made, hid or showed, where it is the person's own, or an import and they may undo those.

    Who may add a thing may take back that it was added.
    """
    parts = record.save_of(undoes) if undoes else []
    imported = any(write[0] == kind_name(PupilImport) for part in parts for write in part.writes)
    whole = imported and table.scope(person.role, kind_name(PupilImport), "change") == "all"
    if not parts or not (whole or all(each.by == person.id for each in parts)):
        return frozenset()
    numbers = {each.n for each in parts}
    writes = {(kind, id) for part in parts for kind, id, *_ in part.writes if kind in KINDS}
    hid = {id for part in parts for _, id, name, *_ in part.writes if name == REMOVED}
    return frozenset(hid | {id for kind, id in writes if record.made_in(kind, id) in numbers})
