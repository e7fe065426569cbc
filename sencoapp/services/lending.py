"""Opening a document in another program: a readable copy goes out, is on the record, and comes back when the record is locked.

What the other program changed is sealed before its copy is wiped, and the person decides whether to keep it when they are back.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from sencoapp import reference
from sencoapp.domain.casework import Document
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import Fault, PlainMessage, Refusal
from sencoapp.services.copies_port import Copies
from sencoapp.services.documents import keep_document, read_document
from sencoapp.services.ports import Documents, Record, Session

_OUT = "copies that are out"
_CHANGED = "copies that were changed"


@dataclass(frozen=True)
class ChangedCopy:
    """A copy that another program changed, sealed, until a person decides."""

    id: str
    title: str
    size: int


def cautions(session: Session, documents: Documents, document: str) -> tuple[str, ...]:
    """What a person should know before this document is opened in another program: names of ``pupil.caution_…`` words."""
    found, content = read_document(session, document)
    try:
        said = documents.take_in(found.filename, content).cautions
    except PlainMessage:  # it came in under other rules
        return ()
    return tuple(each for each in said if each.startswith("pdf_"))


def lend(session: Session, copies: Copies, document: str) -> Path:
    """Writes a readable copy for another program and says where it lies.

    It is in the audit trail before it is on the disk. Raises ``Fault`` for a full or read-only disk, or a damaged file.
    """
    found, content = read_document(session, document)
    name = session.ids.new()
    about = {each: getattr(found, each) for each in ("pupil", "title", "kind", "filename", "sha256", "for_requests")}
    _keep_out(session.record, {**_out(session.record), name: {"document": found.id, **about}})
    session.record.note("opened_elsewhere", actor=session.actor, pupil=found.pupil, document=found.id)
    return copies.lend(name, content, PurePath(found.filename).suffix.lower())


def wipe_of(session: Session, copies: Copies, pupil: str) -> bool:
    """Wipes the readable copies of one pupil's documents, changed or not. False where another program holds one fast."""
    of_pupil = [name for name, about in _out(session.record).items() if about.get("pupil") == pupil]
    return not [name for name in of_pupil if not copies.wipe(name)]  # each is tried, whatever became of the one before


def take_back(session: Session, copies: Copies) -> bool:
    """Wipes every copy that is out; what was changed is sealed first. False where another program holds one fast.

    A copy whose changes cannot be sealed, on a full disk, is left where it is until the next time: nobody's words are lost.
    """
    names = copies.lent()
    if not names:
        return True
    out, all_back = _out(session.record), True
    for name in names:
        try:
            _seal_what_changed(session, copies, name, out.get(name))
        except Fault:
            all_back = False
            continue
        if copies.wipe(name):
            out.pop(name, None)
        else:
            all_back = False
    _keep_out(session.record, {name: about for name, about in out.items() if name in copies.lent()})
    session.record.note("copies_taken_back", actor=session.actor, count=len(names) - len(copies.lent()))
    return all_back


def out_now(session: Session, copies: Copies) -> list[Document]:
    """The documents of which a readable copy lies on this computer now."""
    out = _out(session.record)
    found = (session.record.get(Document, out[name]["document"]) for name in copies.lent() if name in out)
    return [each for each in found if each is not None]


def changed_copies(session: Session) -> list[ChangedCopy]:
    """What waits for a person's decision, oldest first."""
    return [ChangedCopy(each["id"], each["title"], each["size"]) for each in _changed(session.record)]


def keep_change(session: Session, documents: Documents, id: str) -> tuple[Document, Saved]:
    """Keeps a changed copy as a new document beside the one it was made from.

    Raises ``Fault`` for a file that is not taken in; the changed copy then still waits.
    """
    entry = _one(session.record, id)
    taken = documents.take_in(entry["filename"], session.blobs.read(entry["blob"]))
    kept = keep_document(
        session,
        entry["pupil"],
        taken,
        title=reference.say("pupil.changed_title", title=entry["title"]),
        kind=entry["kind"],
        document_on=session.clock.today(),
        for_requests=entry["for_requests"],
    )
    _drop(session.record, id)
    return kept


def let_change_go(session: Session, id: str) -> None:
    """Forgets a changed copy, and with it the only key that could read it."""
    entry = _one(session.record, id)
    session.record.note("changed_copy_let_go", actor=session.actor, pupil=entry["pupil"], document=entry["document"])
    _drop(session.record, id)


def _seal_what_changed(session: Session, copies: Copies, name: str, about: Mapping[str, Any] | None) -> None:
    if about is None:
        return  # the pupil's record was erased meanwhile
    waiting = _changed(session.record)
    known = {about["sha256"], *(each["sha256"] for each in waiting)}
    for filename, content in copies.found(name):
        digest = hashlib.sha256(content).hexdigest()
        if digest in known or not content:
            continue
        known.add(digest)
        entry = {
            **about,
            "id": session.ids.new(),
            "blob": session.blobs.put(content),
            "sha256": digest,
            "size": len(content),
            "filename": f"{PurePath(about['filename']).stem}{PurePath(filename).suffix.lower()}",
        }
        waiting = [*waiting, entry]
        session.record.set_setting(_CHANGED, waiting)


def _out(record: Record) -> dict[str, dict[str, Any]]:
    return dict(record.setting(_OUT) or {})


def _keep_out(record: Record, out: Mapping[str, Any]) -> None:
    record.set_setting(_OUT, dict(out))


def _changed(record: Record) -> list[dict[str, Any]]:
    return list(record.setting(_CHANGED) or [])


def _one(record: Record, id: str) -> dict[str, Any]:
    found = next((each for each in _changed(record) if each["id"] == id), None)
    if found is None:
        raise Refusal("no_longer_there")
    return found


def _drop(record: Record, id: str) -> None:
    record.set_setting(_CHANGED, [each for each in _changed(record) if each["id"] != id])
