"""Files that a person asked for, on their way out of the record: each whole and noted, or not there."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from sencoapp.domain.refusals import Fault
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.whole_files import move_into_place, write_whole, written_beside


class OutTray:
    """Files that are written beside their places and not noted yet, so that a slow drive keeps nobody from the record.

    When the record locks they go, those too that are still being written then.
    """

    def __init__(self) -> None:
        self._halves: set[Path] = set()
        self._swept = False
        self._lock = threading.Lock()

    def write(self, path: Path, content: bytes) -> Path:
        """The content whole, in a hidden file beside its place. Touches no record. Raises ``Fault`` for what the disk does."""
        with faults_at(path):
            half = written_beside(path, content)
        with self._lock:
            if not self._swept:
                self._halves.add(half)
                return half
        half.unlink(missing_ok=True)
        return half

    @contextmanager
    def putting(self, half: Path, path: Path) -> Iterator[None]:
        """Moves what was written into its place once the note of it, which is made within, is kept; where that fails it goes."""
        try:
            yield
            with faults_at(path):
                move_into_place(half, path)
        finally:
            with self._lock:
                self._halves.discard(half)
            with suppress(OSError):
                half.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Wipes what is not in its place. Nothing is kept here from now on."""
        with self._lock:
            self._swept = True
            halves, self._halves = self._halves, set()
        for half in halves:
            with suppress(OSError):  # a drive that is away
                half.unlink(missing_ok=True)


@contextmanager
def going_out(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Writes documents where a person wants them, each whole, once the note of them, which is made within, is kept.

    Where the note fails none is there, and what stood in their places before still does. Raises ``Fault`` for what the disk
    does, at the place or under the record.
    """
    halves: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            with faults_at(path):
                halves[path] = written_beside(path, content)
        yield
        for path, half in halves.items():
            with faults_at(path):
                move_into_place(half, path)
    finally:
        for half in halves.values():
            half.unlink(missing_ok=True)


def save_whole(path: Path, content: bytes) -> None:
    """Writes a file that a person asked for: whole, or not there. Raises ``Fault`` for what the disk does."""
    with faults_at(path):
        write_whole(path, content)


@contextmanager
def faults_at(path: Path) -> Iterator[None]:
    """What the disk does at a place that a person chose, as a ``Fault``; a folder that is not there has its own."""
    with faults_of_the_world():
        try:
            yield
        except (FileNotFoundError, NotADirectoryError) as gone:
            raise Fault("folder_not_there", folder=path.parent) from gone
