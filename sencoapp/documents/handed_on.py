"""A place to save a PDF in that keeps nothing of it: what is written goes on in pieces, to where it is sealed."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedWriter, RawIOBase
from typing import Any, BinaryIO, Protocol, cast

_PIECE = 1 << 20


class Takes(Protocol):
    """What bytes are written to."""

    def write(self, piece: bytes, /) -> int: ...


class HandedOn(RawIOBase):
    """Hands a file on, counts and hashes it. What is given as ``end`` bytes waits, so that ``finish`` may still change it."""

    def __init__(self, to: Takes, end: int = 0) -> None:
        super().__init__()
        self._to = to
        self._end = end
        self._waiting = bytearray()
        self._hash = hashlib.sha256()
        self._over = False
        self.size = 0

    @contextmanager
    def gathered(self) -> Iterator[BinaryIO]:
        """For whoever writes a few bytes at a time, hundreds of thousands of times."""
        out = BufferedWriter(cast(Any, self), _PIECE)
        try:
            yield out
            out.flush()
        except BaseException:
            self._over = True  # Python writes what was gathered when it clears it up: nobody takes that any more
            raise

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes | memoryview, /) -> int:  # type: ignore[override]
        if self._over:
            return len(piece)
        self._waiting += piece
        if len(self._waiting) > self._end + _PIECE:
            self._hand_on(len(self._waiting) - self._end)
        return len(piece)

    def finish(self, instead: tuple[bytes, bytes] | None = None) -> None:
        """Hands on what waits. ``instead``: words that stand in the end, and as many to stand there in their place."""
        if instead:
            old, new = instead
            start = max(0, len(self._waiting) - self._end)
            self._waiting[start:] = self._waiting[start:].replace(old, new)
        self._hand_on(len(self._waiting))

    def sha256(self) -> str:
        return self._hash.hexdigest()

    def _hand_on(self, length: int) -> None:
        piece = bytes(memoryview(self._waiting)[:length])
        del self._waiting[:length]
        self._hash.update(piece)
        self.size += length
        self._to.write(piece)
