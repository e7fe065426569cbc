"""Attachments and packs as sealed files: the ciphertext on this disk is the ciphertext on the wire (sync.md 4).

A chunk lies in ``blobs/ab/<sha256 of its ciphertext>``. The name of a file, kept in the encrypted database, holds its
key and its chunks: who has the name can read the file, and nothing on the disk alone can.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sencoapp.crypto.sealing import CHUNK_BYTES, Sealing, new_file_key, unseal
from sencoapp.domain.refusals import Fault
from sencoapp.services.files_port import OpenedFile
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.sealed_streams import LastRead, SealedReader
from sencoapp.storage.whole_files import private_folder, write_whole

_FORM = "1"
_DIGEST = re.compile(r"[0-9a-f]{64}")


class SealedFiles:
    """The ``Blobs`` port on a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lately = LastRead()

    def put(self, content: bytes | Iterable[bytes]) -> str:
        """Seals and keeps a file; it is on the disk when this returns. Raises ``Fault`` for a full or read-only disk."""
        with self.writing() as out:
            for piece in (content,) if isinstance(content, bytes) else content:
                out.write(piece)
            return out.end()

    @contextmanager
    def writing(self) -> Iterator["SealedWriter"]:
        """A file that is sealed while it is written, and kept once it was ended; where that does not come about, nothing is left of it."""
        out = SealedWriter(self)
        try:
            yield out
        finally:
            if not out.ended:
                with suppress(Fault):  # what a disk does not let go of is swept a week later
                    out.discard()

    def read(self, name: str) -> bytes:
        """The plain bytes. Raises ``Fault("file_missing")`` or ``Fault("file_damaged")``."""
        return unseal([self.chunk(digest) for digest in names_in(name)], _key_in(name))

    def open(self, name: str) -> OpenedFile:
        """The plain bytes, to be read from any place and a few at a time. Raises as ``read`` does, some of it only when it is read."""
        return OpenedFile(SealedReader(self, names_in(name), _key_in(name), self._lately))

    def discard(self, name: str) -> None:
        """Removes a file that nothing names."""
        for digest in names_in(name):
            self.throw_away(digest)

    def missing(self, names: Iterable[str]) -> list[str]:
        """Of these files, those of which a chunk is not here."""
        return [name for name in names if not all(self._path(digest).exists() for digest in names_in(name))]

    def is_sound(self, name: str) -> bool:
        """Whether every byte of a file is there and as it was sealed."""
        try:
            with self.open(name) as file:
                while file.read(CHUNK_BYTES):
                    pass
        except Fault:
            return False
        return True

    def chunks(self, name: str) -> dict[str, bytes]:
        """The sealed chunks of a file, as they lie on the disk. Raises ``Fault("file_missing")``."""
        return {digest: self.sealed(digest) for digest in names_in(name)}

    def chunk(self, digest: str) -> bytes:
        """A sealed chunk, proved to be what was written. Raises ``Fault("file_missing")`` or ``Fault("file_damaged")``."""
        found = self.sealed(digest)
        if hashlib.sha256(found).hexdigest() != digest:
            raise Fault("file_damaged")
        return found

    def size(self, digest: str) -> int:
        """The bytes of a sealed chunk. Raises ``Fault("file_missing")``."""
        with _missing_is_a_fault():
            return self._path(digest).stat().st_size

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

    def sealed(self, digest: str) -> bytes:
        """A sealed chunk as it lies there. Raises ``Fault("file_missing")``."""
        with _missing_is_a_fault():
            return self._path(digest).read_bytes()

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


class SealedWriter:
    """A file that is sealed while it is written, chunk by chunk. Until it is ended it has no name, and nothing can read it."""

    def __init__(self, files: SealedFiles) -> None:
        self._files = files
        self._key = new_file_key()
        self._sealing = Sealing(self._key)
        self._digests: list[str] = []
        self.ended = False

    def write(self, piece: bytes | memoryview) -> int:
        """Raises ``Fault`` for a full or read-only disk."""
        for chunk in self._sealing.more(piece):
            self._digests.append(self._files.keep_chunk(chunk))
        return len(piece)

    def end(self) -> str:
        """Seals what is left and gives the name by which the file is read. It is on the disk then."""
        self._digests.append(self._files.keep_chunk(self._sealing.end()))
        self.ended = True
        return ":".join((_FORM, self._key.hex(), ",".join(self._digests)))

    def discard(self) -> None:
        """Removes what was written."""
        for each in self._digests:
            self._files.throw_away(each)


def names_in(name: str) -> list[str]:
    """The digests of a file's chunks, in order."""
    form, _key, digests = name.split(":")
    if form != _FORM:
        raise Fault("record_is_newer")
    return digests.split(",")


def _key_in(name: str) -> bytes:
    return bytes.fromhex(name.split(":")[1])


@contextmanager
def _missing_is_a_fault() -> Iterator[None]:
    try:
        with faults_of_the_world():
            yield
    except FileNotFoundError:
        raise Fault("file_missing") from None
