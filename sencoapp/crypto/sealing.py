"""Files in sealed chunks: AES-256-GCM in the STREAM construction, as in age (sync.md 1.1, attachments).

Each file has a random key of its own, so a nonce is never used twice under one key. The nonce of a chunk is its
number and a flag on the last one: chunks cannot be left out, swapped or added without notice.
"""

import secrets
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sencoapp.domain.refusals import Fault

CHUNK_BYTES = 1 << 20


def new_file_key() -> bytes:
    return secrets.token_bytes(32)


def seal(content: bytes, key: bytes) -> Iterator[bytes]:
    """The sealed chunks of a file, 1 MiB of plain bytes each. An empty file has one empty chunk."""
    cipher = AESGCM(key)
    pieces = range(0, max(len(content), 1), CHUNK_BYTES)
    for number, start in enumerate(pieces):
        yield cipher.encrypt(_nonce(number, number == len(pieces) - 1), content[start : start + CHUNK_BYTES], None)


def unseal(chunks: list[bytes], key: bytes) -> bytes:
    """The plain bytes. Raises ``Fault("file_damaged")`` where a chunk is not what was sealed."""
    cipher = AESGCM(key)
    if not chunks:
        raise Fault("file_damaged")
    try:
        return b"".join(cipher.decrypt(_nonce(number, number == len(chunks) - 1), each, None) for number, each in enumerate(chunks))
    except InvalidTag:
        raise Fault("file_damaged") from None


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
