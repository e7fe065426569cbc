"""What the services need from the room of files that other systems write and read. ``services.ports`` hands it on."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Protocol

from sencoapp.domain.arrivals import ReadFile
from sencoapp.domain.lists import TransferContent


class PupilFiles(Protocol):
    """Reads files that other systems write, and writes one that they read."""

    def read(
        self,
        filename: str,
        content: bytes,
        *,
        today: date,
        mapping: Mapping[int, str] | None = None,
        remembered: Callable[[Sequence[str]], Mapping[int, str] | None] | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ReadFile:
        """The pupils of a file. ``remembered`` is asked for the mapping of a table's headings where none is given.

        Raises ``Fault`` with one plain sentence for a file that cannot be used at all, and soon after ``cancelled`` says to stop.
        """

    def ctf(self, content: TransferContent, serial: int) -> tuple[str, bytes]:
        """The name and the bytes of a partial Common Transfer File."""
