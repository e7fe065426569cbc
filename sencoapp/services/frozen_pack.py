"""The words of a pack as they were frozen, proved before anything is built on them."""

import hashlib
import json
from typing import cast

from sencoapp.domain.casework import Pack
from sencoapp.domain.refusals import Fault
from sencoapp.domain.snapshot import EvidenceFile, PackSnapshot
from sencoapp.services.ports import RenderedPack, Session


def proved_words(session: Session, pack: Pack) -> PackSnapshot:
    """What a pack says, proved to be what was frozen; for comparing and counting alone.

    It asks nobody whether they may read the documents that are bound in it: what is shown to a person goes through
    ``requests.frozen_words``. Raises ``Fault("file_damaged")``.
    """
    content = session.blobs.read(pack.snapshot_blob)
    if hashlib.sha256(content).hexdigest() != pack.snapshot_sha256:
        raise Fault("file_damaged")
    said: PackSnapshot = json.loads(content)
    return said


def as_bound(snapshot: PackSnapshot, rendered: RenderedPack) -> PackSnapshot:
    """The snapshot with the hash of what was bound of each file from which something is withheld."""
    told = rendered.withheld_sha256
    files = [{**each, "bound_sha256": told[each["letter"]]} if each["letter"] in told else each for each in snapshot["evidence"]]
    return {**snapshot, "evidence": cast(list[EvidenceFile], files)}
