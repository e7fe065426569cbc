"""Attachments and packs as sealed files: the ciphertext on this disk is the ciphertext on the wire (sync.md 4).

A chunk lies in ``blobs/ab/<sha256 of its ciphertext>``. The name of a file, kept in the encrypted database, holds its
key and its chunks: who has the name can read the file, and nothing on the disk alone can.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from sencoapp.crypto.sealing import new_file_key, seal, unseal
from sencoapp.domain.refusals import Fault
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.whole_files import private_folder, write_whole

_FORM = "1"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class SealedFiles:
    """The ``Blobs`` port on a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes | Iterable[bytes]) -> str:
        """Seals and keeps a file; it is on the disk when this returns. Raises ``Fault`` for a full or read-only disk."""
        plain = content if isinstance(content, bytes) else b"".join(content)
        key = new_file_key()
        with faults_of_the_world():
            digests = [self._keep(chunk) for chunk in seal(plain, key)]
        return ":".join((_FORM, key.hex(), ",".join(digests)))

    def read(self, name: str) -> bytes:
        """The plain bytes. Raises ``Fault("file_missing")`` or ``Fault("file_damaged")``."""
        chunks = []
        for digest in names_in(name):
            try:
                with faults_of_the_world():
                    chunk = self._path(digest).read_bytes()
            except FileNotFoundError:
                raise Fault("file_missing") from None
            if hashlib.sha256(chunk).hexdigest() != digest:
                raise Fault("file_damaged")
            chunks.append(chunk)
        return unseal(chunks, bytes.fromhex(name.split(":")[1]))

    def missing(self, names: Iterable[str]) -> list[str]:
        """Of these files, those of which a chunk is not here."""
        return [name for name in names if not all(self._path(digest).exists() for digest in names_in(name))]

    def is_sound(self, name: str) -> bool:
        try:
            self.read(name)
        except Fault:
            return False
        return True

    def chunks(self, name: str) -> dict[str, bytes]:
        """The sealed chunks of a file, as they lie on the disk. Raises ``Fault("file_missing")``."""
        found = {}
        for digest in names_in(name):
            try:
                with faults_of_the_world():
                    found[digest] = self._path(digest).read_bytes()
            except FileNotFoundError:
                raise Fault("file_missing") from None
        return found

    def keep_chunk(self, content: bytes) -> str:
        """Keeps a sealed chunk that came from another record; returns its digest."""
        with faults_of_the_world():
            return self._keep(content)

    def throw_away(self, digest: str) -> None:
        """Removes a chunk that nothing names any more."""
        with faults_of_the_world():
            self._path(digest).unlink(missing_ok=True)

    def older_than(self, moment: float) -> set[str]:
        """The chunks that were last written before a moment, in seconds since 1970."""
        return {each.name for each in self._written_before(moment) if _DIGEST.fullmatch(each.name)}

    def halves(self, moment: float) -> list[Path]:
        """What a killed program left of a chunk that it had not finished before a moment."""
        return [each for each in self._written_before(moment) if each.suffix == ".part"]

    def _written_before(self, moment: float) -> Iterator[Path]:
        with faults_of_the_world():
            for each in self._folder.glob("??/*"):
                if each.stat().st_mtime < moment:
                    yield each

    def _keep(self, chunk: bytes) -> str:
        digest = hashlib.sha256(chunk).hexdigest()
        path = self._path(digest)
        private_folder(path.parent)
        write_whole(path, chunk)
        return digest

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def names_in(name: str) -> list[str]:
    """The digests of a file's chunks, in order."""
    form, _key, digests = name.split(":")
    if form != _FORM:
        raise Fault("record_is_newer")
    return digests.split(",")
