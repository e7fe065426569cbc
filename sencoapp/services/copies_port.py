"""What opening documents in other programs needs from outside."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class Copies(Protocol):
    """Readable copies of documents, open in other programs. Each has a name of its own."""

    def lend(self, name: str, content: bytes, ending: str) -> Path: ...

    def lent(self) -> list[str]: ...

    def found(self, name: str) -> Iterator[tuple[str, bytes]]:
        """What lies in the place of a copy now: file names and contents."""

    def wipe(self, name: str) -> bool:
        """Writes over a copy and removes it; false where another program holds it fast."""
