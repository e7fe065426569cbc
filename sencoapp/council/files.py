"""Pieces of files on disk, named by the SHA-256 of what they hold: written whole, or not there."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path


class Files:
    """The folder of pieces."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, digest: str, content: bytes) -> None:
        """Writes a piece and waits until it is on the disk. Raises ``ValueError`` where the content has another digest."""
        if hashlib.sha256(content).hexdigest() != digest:
            raise ValueError(digest)
        place = self._place(digest)
        if place.exists():
            return
        place.parent.mkdir(mode=0o700, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).replace(place)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        _sync_folder(place.parent)

    def read(self, digest: str) -> bytes:
        return self._place(digest).read_bytes()

    def joined(self, digests: Iterable[str]) -> Iterator[bytes]:
        """The pieces one after the other."""
        return (self.read(each) for each in digests)

    def _place(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
