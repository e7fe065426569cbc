"""What the services need from outside to hand a pupil's record on: sealing, signing and opening (see ``ports``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class OpenedPack:
    """A pupil's pack that was opened and proved. ``claims`` is what the school has signed; ``fingerprint`` names its key."""

    claims: Mapping[str, Any]
    fingerprint: str
    parts: Mapping[str, bytes]


class Packs(Protocol):
    """Seals a pupil's record for another school, and opens what another school has sealed."""

    def new_code(self) -> str:
        """A code to be told by another way than the file: 100 random bits, in groups of four."""

    def new_key(self) -> str:
        """A key to sign with. It is kept in the encrypted record."""

    def fingerprint(self, key: str) -> str:
        """What two people compare by telephone."""

    def seal(self, claims: Mapping[str, Any], parts: Mapping[str, bytes], *, key: str, code: str) -> bytes: ...

    def open(self, content: bytes, code: str) -> OpenedPack:
        """Raises ``Fault``: ``not_a_pupil_pack``, ``pack_code_wrong``, ``pack_damaged``, ``pack_is_newer``."""
