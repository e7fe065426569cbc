"""What services keep beside the record of the pages of documents; a part of the ``Record`` port."""

from collections.abc import Mapping
from typing import Any, Protocol


class KeepsLooks(Protocol):
    def looks(self, pupil: str) -> Mapping[str, Any]:
        """What was measured on the pupil's documents: by the document's id, with the ``sha256`` of the bytes that were measured."""

    def keep_look(self, document: str, pupil: str, sha256: str, content: Mapping[str, Any]) -> None:
        """Keeps what was measured, in the place of what was kept before. It is no save: nobody wrote it."""
