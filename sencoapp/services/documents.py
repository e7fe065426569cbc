"""Files about a pupil: taken in, read, and given out again."""

import hashlib
from datetime import date

from sencoapp.domain.casework import Disclosure, Document
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import New, Remove, Restore, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.ports import Documents, Record, Session

MOST_BYTES = 25 * 1024 * 1024


def add_document(
    session: Session,
    documents: Documents,
    pupil: str,
    filename: str,
    content: bytes,
    *,
    title: str | None = None,
    kind: str = "report",
    document_on: date | None = None,
    author_name: str | None = None,
    author_role: str | None = None,
    organisation: str | None = None,
    for_requests: bool = True,
) -> tuple[Document, Saved]:
    """Keeps a file, sealed. What it is follows from its content, not from its name.

    Raises ``Refusal``: ``file_is_empty``, ``file_is_too_large``, ``file_is_here_already``; ``Fault`` for a file that cannot be read.
    """
    must_get(session.record, Pupil, pupil)
    if not content:
        raise Refusal("file_is_empty", field="file", file=filename)
    if len(content) > MOST_BYTES:
        raise Refusal("file_is_too_large", field="file", file=filename, most=MOST_BYTES // 1024 // 1024)
    digest = hashlib.sha256(content).hexdigest()
    same = session.record.find(Document, pupil=pupil, sha256=digest)
    if same:
        raise Refusal("file_is_here_already", field="file", title=same[0].title)
    media_type, pages = documents.inspect(filename, content)
    document = Document(
        id=session.ids.new(),
        pupil=pupil,
        title=filled(title) or filename.rsplit(".", 1)[0],
        kind=kind,
        filename=filename,
        media_type=media_type,
        size=len(content),
        sha256=digest,
        blob=session.blobs.put(content),
        added_at=session.clock.now(),
        pages=pages,
        document_on=document_on,
        author_name=filled(author_name),
        author_role=filled(author_role),
        organisation=filled(organisation),
        for_requests=for_requests,
    )
    return document, session.record.save([New(document)], action="add_document", actor=session.actor)


def documents_of(record: Record, pupil: str) -> list[Document]:
    """A pupil's documents, newest first."""
    return sorted(record.find(Document, pupil=pupil), key=lambda each: (each.document_on or each.added_at.date(), each.id), reverse=True)


def read_document(session: Session, document: str) -> tuple[Document, bytes]:
    """A document and its plain bytes. Raises ``Fault`` where the sealed file is missing or damaged."""
    found = must_get(session.record, Document, document)
    return found, session.blobs.read(found.blob)


def remove_document(session: Session, document: str) -> Saved:
    return session.record.save([Remove(Document, document)], action="remove_document", actor=session.actor)


def bring_back_document(session: Session, document: str) -> Saved:
    """Shows a removed document again; its sealed file was never thrown away."""
    return session.record.save([Restore(Document, document)], action="bring_back_document", actor=session.actor)


def record_disclosure(session: Session, what: str, content: bytes, *, recipient: str, purpose: str, pupil: str | None = None) -> Saved:
    """Notes that a document left the record: which bytes, to whom, what for (architecture.md, rule 4)."""
    disclosure = Disclosure(
        id=session.ids.new(),
        what=what,
        sha256=hashlib.sha256(content).hexdigest(),
        recipient=recipient,
        purpose=purpose,
        at=session.clock.now(),
        by=session.actor.id,
        pupil=pupil,
    )
    return session.record.save([New(disclosure)], action="disclose", actor=session.actor)
