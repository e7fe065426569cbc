"""What is needed of where files lie sealed: reading them from any place, and writing one that is too large to lie in memory."""

from contextlib import AbstractContextManager
from io import BufferedReader, RawIOBase
from typing import BinaryIO, Protocol

from sencoapp.domain.refusals import PlainMessage


class OpenedFile(BufferedReader):
    """A file that is read from any place, a little at a time."""

    def __init__(self, file: RawIOBase, buffer_bytes: int = 16 << 10) -> None:
        super().__init__(file, buffer_bytes)
        self._file = file

    @property
    def trouble(self) -> PlainMessage | None:
        """What first went wrong when it was read, if anything did. Libraries of others go on as if the file ended there."""
        found: PlainMessage | None = getattr(self._file, "trouble", None)
        return found


def trouble_of(file: BinaryIO) -> PlainMessage | None:
    """The same of any file: one in memory has none."""
    return file.trouble if isinstance(file, OpenedFile) else None


class FileInTheMaking(Protocol):
    """A file that is sealed while it is written."""

    def write(self, piece: bytes | memoryview, /) -> int:
        """Raises ``Fault`` for a full or read-only disk."""

    def end(self) -> str:
        """The name by which the file is read from now on."""


class Files(Protocol):
    """Sealed files by their names. Any thread may use it."""

    def open(self, name: str) -> OpenedFile:
        """Raises ``Fault("file_missing")`` or ``Fault("file_damaged")``, now or when it is read."""

    def writing(self) -> AbstractContextManager[FileInTheMaking]:
        """Where it is left before the file was ended, nothing is left of it."""

    def discard(self, name: str) -> None:
        """Removes a file that nothing names."""
