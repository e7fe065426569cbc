"""What the services need from a council's half of the API. ``services.ports`` hands it on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class CouncilReply:
    """One event from the council's feed."""

    seq: int
    submission: str
    kind: str
    at: datetime
    status: str | None = None
    decision: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class Receipt:
    """The council's signed receipt, its signature already checked."""

    jws: str
    submission: str
    manifest_sha256: str
    received_at: datetime


class Council(Protocol):
    """This laptop's half of the council API, signed in. Every call may raise ``Fault``; every call may be repeated."""

    def missing_chunks(self, digests: Sequence[str]) -> list[str]: ...

    def put_chunk(self, digest: str, content: bytes) -> None: ...

    def submit(self, submission: str, manifest: bytes) -> Receipt: ...

    def replies(self, after: int) -> list[CouncilReply]: ...
