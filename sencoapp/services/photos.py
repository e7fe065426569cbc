"""A pupil's photo: made small and bare before it is kept, sealed, and read for the pupil's own page only."""

import hashlib

from sencoapp.domain.background import Photo
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Edit, New, Remove, Saved
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Documents, Record, Session


def photo_of(record: Record, pupil: str) -> Photo | None:
    """The photo that is shown: the last that was added and not removed."""
    found = record.find(Photo, pupil=pupil)
    return found[-1] if found else None


def read_photo(session: Session, pupil: str) -> bytes | None:
    """The picture as JPEG, or None. Raises ``Fault`` where the sealed file is missing or damaged."""
    photo = photo_of(session.record, pupil)
    return session.blobs.read(photo.blob) if photo else None


def set_photo(session: Session, documents: Documents, pupil: str, filename: str, content: bytes) -> tuple[Photo, Saved]:
    """Keeps a picture in place of the one before. Where it was taken, and with what, stays behind.

    Raises ``Fault`` for a file that is empty, too large, damaged, or no JPEG or PNG.
    """
    must_get(session.record, Pupil, pupil)
    small = documents.photo(filename, content)
    photo = Photo(session.ids.new(), pupil, session.blobs.put(small), hashlib.sha256(small).hexdigest(), len(small), session.clock.now())
    edits: list[Edit] = [Remove(Photo, each.id) for each in session.record.find(Photo, pupil=pupil)]
    return photo, session.record.save([*edits, New(photo)], action="set_photo", actor=session.actor)


def remove_photo(session: Session, photo: str) -> Saved:
    return session.record.save([Remove(Photo, photo)], action="remove_photo", actor=session.actor)
