"""What a pack is made from, taken out of the record, and the pack that comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sencoapp.domain.casework import Document, Request
from sencoapp.domain.snapshot import PackSnapshot
from sencoapp.services.ports import Cancelled, Documents, Files, Progress, RenderedPack, Session


@dataclass(frozen=True)
class PackDraft:
    """Everything that a pack is rendered from. It holds no way into the record but to its sealed files: any thread may render it."""

    request: Request
    snapshot: PackSnapshot
    evidence: tuple[tuple[Mapping[str, Any], str], ...]
    """Each file with the name of its sealed bytes."""
    files: Files
    council_case: str | None = None
    """The case whose bundle it is."""


def drafted(session: Session, request: Request, snapshot: PackSnapshot, papers: Sequence[Document], case: str | None = None) -> PackDraft:
    """What a snapshot says and the files that belong to it, in the same order. ``case``: of whose bundle."""
    evidence = zip(snapshot["evidence"], (each.blob for each in papers), strict=True)
    return PackDraft(request, snapshot, tuple(evidence), session.blobs, council_case=case)


def render_pack(
    documents: Documents, draft: PackDraft, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> RenderedPack:
    """The PDF of a draft, sealed. Raises ``Fault`` where a file cannot go in or the person stopped it; nothing is left of it then."""
    return documents.request_pack(draft.snapshot, draft.evidence, draft.files, progress=progress, cancelled=cancelled)
