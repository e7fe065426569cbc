"""Submissions as they arrive: once each, whole, and receipted."""

import hashlib
from datetime import UTC, datetime

import sqlalchemy as sa

from sencoapp.api.messages import CHUNK_BYTES, Manifest, check_manifest
from sencoapp.api.shapes import ShapeError
from sencoapp.council import audit, tables
from sencoapp.council.gateway import Gateway
from sencoapp.council.oauth import Caller
from sencoapp.council.problems import Problem


def missing_chunks(gateway: Gateway, school: str, digests: list[str]) -> list[str]:
    """Those that this school has not sent yet, in the order asked. What other schools sent makes no difference."""
    chunk = tables.chunk
    with gateway.database.reading() as connection:
        held = set(connection.execute(sa.select(chunk.c.sha256).where(chunk.c.school == school, chunk.c.sha256.in_(digests))).scalars())
    return [each for each in dict.fromkeys(digests) if each not in held]


def keep_chunk(gateway: Gateway, caller: Caller, digest: str, content: bytes, source: str) -> bool:
    """True where it was new. Raises 422 where the content has another digest."""
    try:
        gateway.files.keep(digest, content)
    except ValueError:
        raise Problem(422, "another_digest") from None
    try:
        return _note_chunk(gateway, caller, digest, len(content), source)
    except sa.exc.IntegrityError:  # another connection of this school's was quicker
        return False


def _note_chunk(gateway: Gateway, caller: Caller, digest: str, size: int, source: str) -> bool:
    chunk = tables.chunk
    with gateway.database.writing() as connection:
        known = connection.execute(sa.select(chunk.c.size).where(chunk.c.school == caller.school, chunk.c.sha256 == digest)).scalar()
        if known is None:
            connection.execute(sa.insert(chunk).values(school=caller.school, sha256=digest, size=size))
            audit.record(connection, who=caller.person, action="chunk_received", what=digest, source=source)
    return known is None


def read_chunk(gateway: Gateway, school: str, digest: str) -> bytes:
    """Raises 404 for a piece that this school has not sent."""
    if missing_chunks(gateway, school, [digest]):
        raise Problem(404, "not_found")
    return gateway.files.read(digest)


def receive(gateway: Gateway, caller: Caller, id: str, content: bytes, source: str) -> tuple[sa.RowMapping, bool]:
    """The submission as it is kept, and whether it is new. The same manifest again gives the very same receipt.

    Raises 404 for an id that another school has used, 409 for another manifest under this id, 422 for a manifest that is
    not as agreed or whose pieces are not all here and right.
    """
    digest = hashlib.sha256(content).hexdigest()
    there = _there(gateway, caller, id, digest)
    if there is not None:
        return there, False
    _check_files(gateway, caller.school, _manifest_in(content))
    try:
        is_new = _keep(gateway, caller, id, content, digest, source)
    except sa.exc.IntegrityError:  # the same submission came over another connection a moment before
        is_new = False
    with gateway.database.reading() as connection:
        kept = _kept(connection, id)
    assert kept is not None
    return _same(kept, caller, digest), is_new


def _keep(gateway: Gateway, caller: Caller, id: str, content: bytes, digest: str, source: str) -> bool:
    with gateway.database.writing() as connection:
        if _kept(connection, id) is not None:
            return False
        received_at = datetime.now(UTC).replace(microsecond=0)
        values = {
            "id": id,
            "school": caller.school,
            "manifest": content,
            "manifest_sha256": digest,
            "receipt": gateway.receipts.sign(id, digest, received_at),
            "received_at": received_at.isoformat(),
            "sent_by": caller.person,
            "status": "received",
        }
        connection.execute(sa.insert(tables.submission).values(**values))
        audit.record(connection, who=caller.person, action="submission_received", what=id, source=source)
    return True


def find(gateway: Gateway, school: str, id: str) -> sa.RowMapping:
    """Raises 404 for a submission that is not there, or not this school's."""
    with gateway.database.reading() as connection:
        found = _kept(connection, id)
    if found is None or found["school"] != school:
        raise Problem(404, "not_found")
    return found


def _there(gateway: Gateway, caller: Caller, id: str, digest: str) -> sa.RowMapping | None:
    with gateway.database.reading() as connection:
        found = _kept(connection, id)
    return _same(found, caller, digest) if found is not None else None


def _same(found: sa.RowMapping, caller: Caller, digest: str) -> sa.RowMapping:
    if found["school"] != caller.school:
        raise Problem(404, "not_found")
    if found["manifest_sha256"] != digest:
        raise Problem(409, "another_manifest")
    return found


def _kept(connection: sa.Connection, id: str) -> sa.RowMapping | None:
    return connection.execute(sa.select(tables.submission).where(tables.submission.c.id == id)).mappings().first()


def _manifest_in(content: bytes) -> Manifest:
    try:
        return check_manifest(content)
    except ShapeError as trouble:
        raise Problem(422, "not_as_agreed", pointer=trouble.pointer, detail=trouble.problem) from None


def _check_files(gateway: Gateway, school: str, manifest: Manifest) -> None:
    """Every file is here, of the size and with the hash that the manifest says."""
    missing = missing_chunks(gateway, school, [each for document in manifest["documents"] for each in document["chunks"]])
    if missing:
        raise Problem(422, "chunks_missing", missing=len(missing))
    for number, document in enumerate(manifest["documents"]):
        whole, size = hashlib.sha256(), 0
        for place, piece in enumerate(gateway.files.joined(document["chunks"])):
            if len(piece) != CHUNK_BYTES and place != len(document["chunks"]) - 1:
                raise Problem(422, "another_file", pointer=f"/documents/{number}/chunks/{place}")
            whole.update(piece)
            size += len(piece)
        if size != document["bytes"] or whole.hexdigest() != document["sha256"]:
            raise Problem(422, "another_file", pointer=f"/documents/{number}/sha256")
