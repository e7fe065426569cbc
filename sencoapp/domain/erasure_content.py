"""What the certificate of an erasure says, as plain values (see ``domain.snapshot``)."""

from typing import TypedDict


class ErasureContent(TypedDict):
    """A certificate of what was erased. It names nobody: ``upn_sha256`` is of the erasure's id, a colon and the UPN."""

    school: str
    made_on: str
    erasure: str
    initials: str
    upn_sha256: str | None
    kinds: list[tuple[str, int]]
    first_on: str | None
    last_on: str | None
    saves: int
    files: int
    by: str
    reason: str
    rule: str
    citation: str
    log_before: str
    log_after: str
    save: int
    """The number of the save that records the erasure."""
    backups: list[str]
    demo: bool
