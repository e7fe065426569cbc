"""Files that a person asked for, on their way out of the record: each whole and noted, or not there."""

import errno
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from sencoapp.domain.refusals import Fault
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.whole_files import half_beside, move_into_place, write_new, write_whole

_ON_THEIR_WAY = "files on their way out"

_AT_THE_PLACE = {"disk_full": "out_disk_full", "disk_read_only": "out_read_only", "disk_trouble": "out_disk_trouble"}
"""Nothing that was typed is at stake where a copy goes out: what is said of the record's own disk would be wrong."""

Halves = Mapping[Path, Path]
"""The place of each file, and the hidden file beside it in which it is written first."""


class _Kept(Protocol):
    """Where the record keeps a word to itself."""

    def setting(self, name: str) -> Any: ...
    def set_setting(self, name: str, value: Any) -> None: ...


class OutTray:
    """Files that are written beside their places and not noted yet, so that a slow drive keeps nobody from the record.

    The record knows of them before they are there: when it locks they go, those too that are still being written then; those
    that a killed program left go once it is open again and their drive is there.
    """

    def __init__(self, record: _Kept) -> None:
        self._record = record
        self._under_way: set[Path] = set()
        self._left: set[Path] | None = None
        self._swept = False
        self._lock = threading.Lock()

    # ---- one after the other: on the record's thread, on any, on the record's ---------------------------------------

    def begin(self, paths: Iterable[Path]) -> Halves:
        """Says where each file will be written first. Writes nothing but that. Raises ``Fault`` for what the disk does."""
        halves = {path: half_beside(path.absolute()) for path in paths}
        with self._lock:
            self._under_way |= set(halves.values())
        try:
            self.remember()
        except BaseException:
            self._drop(halves)
            raise
        return halves

    def write(self, halves: Halves, files: Mapping[Path, bytes]) -> None:
        """The files whole, each beside its place. Raises ``Fault`` for what the disk does; then none of them is there."""
        try:
            for path, content in files.items():
                with faults_at(path):
                    write_new(halves[path], content)
        except BaseException:
            self._drop(halves)
            raise
        if self._swept:
            self._drop(halves)

    @contextmanager
    def putting(self, halves: Halves) -> Iterator[None]:
        """Moves what was written into its place once the note of it, which is made within, is kept; where that fails it goes."""
        try:
            yield
            for path, half in halves.items():
                with faults_at(path):
                    move_into_place(half, path)
        finally:
            self._drop(halves)
            with suppress(Fault):  # it is forgotten with the next
                self.remember()

    # ---- what was not put into its place ----------------------------------------------------------------------------

    def sweep(self) -> None:
        """Wipes what is not in its place. Nothing is kept here from now on. On any thread."""
        with self._lock:
            self._swept = True
            halves = set(self._under_way)
        for half in halves:
            with suppress(OSError):  # a drive that is away: it goes when the record is open again
                half.unlink(missing_ok=True)

    def left(self) -> set[Path]:
        """What a killed program left. On the record's thread."""
        if self._left is None:
            self._left = {Path(each) for each in self._record.setting(_ON_THEIR_WAY) or ()}
        return self._left

    def wipe_left(self) -> None:
        """Wipes what was ``left``, where its drive is there, and forgets it with the next ``remember``. On any thread: drives are slow."""
        gone = set()
        for half in self._left or ():
            with suppress(OSError):
                if half.parent.is_dir():
                    half.unlink(missing_ok=True)
                    gone.add(half)
        with self._lock:
            self._left = (self._left or set()) - gone

    def remember(self) -> None:
        """Keeps in the record what is on its way. On the record's thread."""
        left = self.left()
        with self._lock:
            names = sorted(str(each) for each in left | self._under_way)
        self._record.set_setting(_ON_THEIR_WAY, names)

    def _drop(self, halves: Halves) -> None:
        for half in halves.values():
            with suppress(OSError):
                half.unlink(missing_ok=True)
        with self._lock:
            self._under_way -= set(halves.values())


def save_whole(path: Path, content: bytes) -> None:
    """Writes a file that a person asked for and that tells nothing: whole, or not there. Raises ``Fault`` for what the disk does."""
    with faults_at(path):
        write_whole(path, content)


@contextmanager
def faults_at(path: Path) -> Iterator[None]:
    """What the disk does at a place that a person chose, as a ``Fault`` that names the file; a folder that is not there has its own.

    A place where something stands that is no file (a folder, a device) is refused before anything is moved onto it.
    """
    try:
        with faults_of_the_world():
            try:
                if path.exists() and not path.is_file():
                    raise Fault("out_not_a_file", file=path)
                yield
            except (FileNotFoundError, NotADirectoryError) as gone:
                raise Fault("folder_not_there", folder=path.parent) from gone
            except OSError as error:
                if error.errno == errno.ENAMETOOLONG:
                    raise Fault("out_name_too_long", file=path.name[:40]) from error
                raise
    except Fault as fault:
        if fault.key in _AT_THE_PLACE:
            raise Fault(_AT_THE_PLACE[fault.key], file=path) from fault
        raise
