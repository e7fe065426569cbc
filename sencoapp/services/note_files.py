"""Photos and files that come with a note: sealed as soon as they are chosen, kept with the note, seen by whoever sees the note."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sencoapp.domain.casework import Document
from sencoapp.domain.plan import Observation
from sencoapp.services.ports import Record, Session, TakenIn

MOST_FILES = 12
"""Of one note. More than that is a document of its own."""


@dataclass(frozen=True)
class NoteFile:
    """A file that was taken in and sealed, and waits for its note. ``blob`` holds its key: once nothing names it, nobody can read it."""

    filename: str
    media_type: str
    size: int
    sha256: str
    blob: str
    pages: int | None

    def as_plain(self) -> dict[str, Any]:
        """For the draft of the note."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "NoteFile":
        return cls(**plain)


def seal_file(session: Session, taken: TakenIn) -> NoteFile:
    """Keeps what the intake left of a file, sealed, before its note is saved. Raises ``Fault`` for what the disk does."""
    content = taken.content
    return NoteFile(
        taken.filename, taken.media_type, len(content), hashlib.sha256(content).hexdigest(), session.blobs.put(content), taken.pages
    )


def documents_for(session: Session, note: Observation, files: Sequence[NoteFile]) -> list[Document]:
    """The files as documents of the note's pupil: as confidential as the note, written by whoever wrote it."""
    return [
        Document(
            id=session.ids.new(),
            pupil=note.pupil,
            title=each.filename.rsplit(".", 1)[0],
            kind="work" if each.media_type.startswith("image/") else "other",
            filename=each.filename,
            media_type=each.media_type,
            size=each.size,
            sha256=each.sha256,
            blob=each.blob,
            added_at=note.noted_at,
            pages=each.pages,
            document_on=note.happened_on,
            author_name=note.author_name,
            for_requests=each.pages is not None and not note.confidential,
            confidential=note.confidential,
            readers=note.readers,
            observation=note.id,
            author=note.author,
        )
        for each in dict.fromkeys(files)
    ]


def files_of(record: Record, note: str) -> list[Document]:
    """The files of a note, as far as this person sees them, in the order in which they were chosen."""
    return record.find(Document, observation=note)
