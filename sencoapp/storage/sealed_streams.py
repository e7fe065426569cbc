"""Sealed files that are read from any place, a chunk at a time.

Nothing plain is ever on the disk; in memory are the few chunks that were read last, of all open files together.
"""

import io
from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import RLock
from typing import Protocol

from sencoapp.crypto.sealing import MORE_BYTES, unseal_chunk
from sencoapp.domain.refusals import Fault, PlainMessage

KEPT_BYTES = 8 << 20
"""Of plain chunks, for all files that are open at the same time: a pack reads hundreds of files, each from end to start and back."""


class Chunks(Protocol):
    """Where sealed chunks lie, by their digests."""

    def size(self, digest: str) -> int:
        """In bytes. Raises ``Fault("file_missing")``."""

    def sealed(self, digest: str) -> bytes:
        """As it lies there: its seal alone proves it. Raises ``Fault("file_missing")``."""

    def chunk(self, digest: str) -> bytes:
        """Proved to be what was written. Raises ``Fault("file_missing")`` or ``Fault("file_damaged")``."""


class LastRead:
    """The plain chunks that were read last, for several readers in several threads."""

    def __init__(self, most: int = KEPT_BYTES) -> None:
        self._most = most
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = RLock()  # a reader that nobody holds any more is closed wherever Python clears up: in here too

    def get(self, digest: str, read: Callable[[], bytes]) -> bytes:
        """What is kept, or else what ``read`` gives; that is kept in the place of what was not asked for the longest."""
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return self._kept[digest]
        plain = read()
        with self._lock:
            self._drop(digest)
            self._kept[digest] = plain
            self._bytes += len(plain)
            while self._bytes > self._most and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))
        return plain

    def forget(self, digests: Sequence[str]) -> None:
        with self._lock:
            for each in digests:
                self._drop(each)

    def _drop(self, digest: str) -> None:
        self._bytes -= len(self._kept.pop(digest, b""))


class SealedReader(io.RawIOBase):
    """A sealed file that is read from any place. Every chunk is proved before a byte of it is given.

    Raises ``Fault("file_missing")`` or ``Fault("file_damaged")`` when it is opened or read. Whoever reads for somebody else may swallow
    that: ``trouble`` keeps the first.
    """

    def __init__(self, chunks: Chunks, digests: Sequence[str], key: bytes, lately: LastRead) -> None:
        super().__init__()
        self._chunks, self._digests, self._key, self._lately = chunks, digests, key, lately
        self._place = 0
        self._proved: set[int] = set()
        self.trouble: PlainMessage | None = None
        first, last = (chunks.size(each) - MORE_BYTES for each in (digests[0], digests[-1]))
        if last < 0 or last > first or (first == 0 and len(digests) > 1):
            raise Fault("file_damaged")
        self._chunk_bytes = first
        self._size = first * (len(digests) - 1) + last

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning of the file")
        self._place = start + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, into: memoryview) -> int:  # type: ignore[override]
        if self._place >= self._size or not len(into):
            return 0
        number, start = divmod(self._place, self._chunk_bytes)
        found = memoryview(self._plain(number))[start : start + len(into)]
        into[: len(found)] = found
        self._place += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._lately.forget(self._digests)
        super().close()

    def _plain(self, number: int) -> bytes:
        digest = self._digests[number]
        try:
            return self._lately.get(digest, lambda: self._unsealed(number))
        except PlainMessage as trouble:
            self.trouble = self.trouble or trouble
            raise

    def _unsealed(self, number: int) -> bytes:
        last = number == len(self._digests) - 1
        digest = self._digests[number]
        sealed = self._chunks.sealed(digest) if number in self._proved else self._chunks.chunk(digest)
        plain = unseal_chunk(sealed, self._key, number, last)
        self._proved.add(number)
        if not last and len(plain) != self._chunk_bytes:
            raise Fault("file_damaged")
        return plain
