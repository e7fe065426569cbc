"""Files about a pupil: taken in, read, and given out again."""

import hashlib
from datetime import date
from typing import TypedDict, Unpack

from sencoapp import reference
from sencoapp.domain.casework import Disclosure, Document
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import New, Remove, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import filled, must_get
from sencoapp.services.confidential import read_confidential
from sencoapp.services.ports import Documents, Record, Session, TakenIn


class AboutDocument(TypedDict, total=False):
    """What a person says of a document. Without it: a report, titled as its file, which may go in a request."""

    title: str | None
    kind: str
    document_on: date | None
    author_name: str | None
    author_role: str | None
    organisation: str | None
    for_requests: bool


def add_document(
    session: Session, documents: Documents, pupil: str, filename: str, content: bytes, **about: Unpack[AboutDocument]
) -> tuple[Document, Saved]:
    """Takes a file in and keeps it, sealed. What it is follows from its content, not from its name.

    Raises ``Fault`` for a file that is not taken in (``documents.intake``), and what ``keep_document`` raises.
    """
    return keep_document(session, pupil, documents.take_in(filename, content), **about)


def keep_document(session: Session, pupil: str, taken: TakenIn, **about: Unpack[AboutDocument]) -> tuple[Document, Saved]:
    """Keeps a file that was taken in, sealed. One that cannot go in a pack is never marked for one.

    Raises ``Refusal("file_is_here_already")``, ``Fault`` for what the disk does.
    """
    must_get(session.record, Pupil, pupil)
    digest = hashlib.sha256(taken.content).hexdigest()
    same = session.record.find(Document, pupil=pupil, sha256=digest)
    if same:
        raise Refusal("file_is_here_already", field="file", title=same[0].title)
    document = Document(
        id=session.ids.new(),
        pupil=pupil,
        title=filled(about.get("title")) or taken.filename.rsplit(".", 1)[0],
        kind=about.get("kind", "report"),
        filename=taken.filename,
        media_type=taken.media_type,
        size=len(taken.content),
        sha256=digest,
        blob=session.blobs.put(taken.content),
        added_at=session.clock.now(),
        pages=taken.pages,
        document_on=about.get("document_on"),
        author_name=filled(about.get("author_name")),
        author_role=filled(about.get("author_role")),
        organisation=filled(about.get("organisation")),
        for_requests=about.get("for_requests", True) and taken.pages is not None,
    )
    return document, session.record.save([New(document)], action="add_document", actor=session.actor)


def documents_of(record: Record, pupil: str) -> list[Document]:
    """A pupil's documents, newest first."""
    return sorted(record.find(Document, pupil=pupil), key=lambda each: (each.document_on or each.added_at.date(), each.id), reverse=True)


def read_document(session: Session, document: str) -> tuple[Document, bytes]:
    """A document and its plain bytes. Raises ``Fault`` where the sealed file is missing or damaged."""
    found = read_confidential(session, Document, document)
    return found, session.blobs.read(found.blob)


def name_outside(document: Document) -> str:
    """What a copy is called where it is told that one went out: a confidential one's title is its readers' alone."""
    return reference.say("confidential.a_document") if document.confidential else document.title


def remove_document(session: Session, document: str) -> Saved:
    return session.record.save([Remove(Document, document)], action="remove_document", actor=session.actor)


def record_disclosure(session: Session, what: str, content: bytes, *, recipient: str, purpose: str, pupil: str | None = None) -> Saved:
    """Notes that a document left the record: which bytes, to whom, what for (architecture.md, rule 4)."""
    edits = [went_out(session, what, content, recipient=recipient, purpose=purpose, pupil=pupil)]
    return session.record.save(edits, action="disclose", actor=session.actor)


def went_out(session: Session, what: str, content: bytes, *, recipient: str, purpose: str, pupil: str | None = None) -> New:
    """The same as a part of a larger save."""
    return New(
        Disclosure(
            id=session.ids.new(),
            what=what,
            sha256=hashlib.sha256(content).hexdigest(),
            recipient=recipient,
            purpose=purpose,
            at=session.clock.now(),
            by=session.actor.id,
            pupil=pupil,
        )
    )
