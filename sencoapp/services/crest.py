"""The school's crest: made small before it is kept, sealed, and handed to the papers that the school's name heads."""

import hashlib
from base64 import b64encode

from sencoapp.domain.people import Crest
from sencoapp.domain.record import Edit, New, Remove, Saved
from sencoapp.domain.refusals import Fault
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Documents, Record, Session


def crest_of(record: Record) -> Crest | None:
    """The crest that holds: the last that was added and not removed."""
    found = record.find(Crest)
    return found[-1] if found else None


def read_crest(session: Session) -> bytes | None:
    """The picture as PNG, or None. Raises ``Fault`` where the sealed file is missing or damaged."""
    crest = crest_of(session.record)
    return session.blobs.read(crest.blob) if crest else None


def crest_for_paper(session: Session) -> str:
    """The picture in base64, so that the content of a document holds it for good; empty where there is none.

    A damaged one is left out as well: a letter is not held up by its ornament, and the settings and ``verify`` tell of it.
    """
    try:
        return b64encode(read_crest(session) or b"").decode("ascii")
    except Fault:
        return ""


def set_crest(session: Session, documents: Documents, filename: str, content: bytes) -> tuple[Crest, Saved]:
    """Keeps a picture in place of the one before.

    Raises ``Refusal("not_for_your_role")``, and ``Fault`` for a file that is empty, too large, damaged, white all over, or no JPEG or PNG.
    """
    must_be_allowed(session, "change_school")
    small = documents.crest(filename, content)
    crest = Crest(session.ids.new(), session.blobs.put(small), hashlib.sha256(small).hexdigest(), len(small), session.clock.now())
    edits: list[Edit] = [Remove(Crest, each.id) for each in session.record.find(Crest)]
    return crest, session.record.save([*edits, New(crest)], action="set_crest", actor=session.actor)


def remove_crest(session: Session, crest: str) -> Saved:
    """Papers are headed as they were without one. Raises ``Refusal("not_for_your_role")``."""
    must_be_allowed(session, "change_school")
    return session.record.save([Remove(Crest, crest)], action="remove_crest", actor=session.actor)
