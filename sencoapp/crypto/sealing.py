"""Files in sealed chunks: AES-256-GCM in the STREAM construction, as in age (sync.md 1.1, attachments).

Each file has a random key of its own, so a nonce is never used twice under one key. The nonce of a chunk is its
number and a flag on the last one: chunks cannot be left out, swapped or added without notice.
"""

import secrets
from collections.abc import Iterator, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sencoapp.domain.refusals import Fault

CHUNK_BYTES = 1 << 20
MORE_BYTES = 16
"""By how much a sealed chunk is longer than what was sealed in it: the tag that proves it."""


def new_file_key() -> bytes:
    return secrets.token_bytes(32)


class Sealing:
    """Seals a file piece by piece, whatever the size of the pieces, and holds no more of it than one chunk."""

    def __init__(self, key: bytes, chunk_bytes: int = CHUNK_BYTES) -> None:
        self._cipher = AESGCM(key)
        self._chunk_bytes = chunk_bytes
        self._held = bytearray()
        self._number = 0

    def more(self, piece: bytes | memoryview) -> Iterator[bytes]:
        """The sealed chunks that are full now. One that may be the last waits, for it is marked."""
        for start in range(0, len(piece), self._chunk_bytes):
            self._held += piece[start : start + self._chunk_bytes]
            while len(self._held) > self._chunk_bytes:
                yield self._sealed(last=False)

    def end(self) -> bytes:
        """The last chunk. An empty file has one empty chunk."""
        return self._sealed(last=True)

    def _sealed(self, *, last: bool) -> bytes:
        plain = bytes(memoryview(self._held)[: self._chunk_bytes])
        del self._held[: self._chunk_bytes]
        self._number += 1
        return self._cipher.encrypt(_nonce(self._number - 1, last), plain, None)


def seal(content: bytes, key: bytes) -> Iterator[bytes]:
    """The sealed chunks of a file, 1 MiB of plain bytes each."""
    sealing = Sealing(key)
    yield from sealing.more(content)
    yield sealing.end()


def unseal(chunks: Sequence[bytes], key: bytes) -> bytes:
    """The plain bytes. Raises ``Fault("file_damaged")`` where a chunk is not what was sealed."""
    if not chunks:
        raise Fault("file_damaged")
    return b"".join(unseal_chunk(each, key, number, number == len(chunks) - 1) for number, each in enumerate(chunks))


def unseal_chunk(chunk: bytes, key: bytes, number: int, last: bool) -> bytes:
    """The plain bytes of one chunk of a file. Raises ``Fault("file_damaged")`` where it is not the one that was sealed in this place."""
    try:
        return AESGCM(key).decrypt(_nonce(number, last), chunk, None)
    except InvalidTag:
        raise Fault("file_damaged") from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
