"""Readable copies of documents that lie open in another program, until the record is locked.

``open/<id>/document.pdf`` within the profile, for its owner only. A copy that nobody has saved over keeps the time of day that it was
given here; so the next start can wipe it without the key, and without losing anybody's words.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sencoapp.disk import wipe_file
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.whole_files import private_folder, write_whole

FOLDER = "open"
MOST_BYTES = 256 * 1024 * 1024
_UNTOUCHED_NS = 946_684_800 * 10**9  # 1 January 2000
_ENDING = re.compile(r"\.[a-z0-9]{1,5}")
_OF_THE_OTHER_PROGRAM = re.compile(r"[~.].*|.*(\.tmp|\.lock|\.bak|~)", re.IGNORECASE)
"""Locks and unfinished saves of Word, LibreOffice and others, which hold nothing that the document does not."""


class LentCopies:
    """The ``Copies`` port on the folder of a profile."""

    def __init__(self, profile: Path) -> None:
        self._folder = profile / FOLDER

    def lend(self, name: str, content: bytes, ending: str) -> Path:
        """Writes a readable copy and says where it lies. Raises ``Fault`` for a full or read-only disk."""
        path = self._folder / name / f"document{ending if _ENDING.fullmatch(ending) else ''}"
        with faults_of_the_world():
            private_folder(path.parent)
            write_whole(path, content)
            os.utime(path, ns=(_UNTOUCHED_NS, _UNTOUCHED_NS))
        return path

    def lent(self) -> list[str]:
        """The names of the copies that are out."""
        try:
            return sorted(each.name for each in self._folder.iterdir() if each.is_dir())
        except FileNotFoundError:
            return []

    def found(self, name: str) -> Iterator[tuple[str, bytes]]:
        """What lies in the place of a copy now: the copy, and what the other program saved beside it."""
        with faults_of_the_world():
            for path in self._documents(name):
                if path.stat().st_size <= MOST_BYTES:
                    yield path.name, path.read_bytes()

    def wipe(self, name: str) -> bool:
        """Writes over a copy and removes it. False where another program holds it fast, as Windows lets it."""
        place = self._folder / name
        try:
            for path in sorted(place.rglob("*"), key=lambda each: -len(each.parts)):
                if path.is_dir() and not path.is_symlink():
                    path.rmdir()
                else:
                    wipe_file(path)
            place.rmdir()
        except FileNotFoundError:
            return not place.exists()
        except OSError:
            return False
        with suppress(OSError):
            self._folder.rmdir()  # when it was the last
        return True

    def wipe_untouched(self) -> None:
        """Wipes what nobody saved over. Needs no key."""
        for name in self.lent():
            with suppress(OSError):
                if all(path.stat().st_mtime_ns == _UNTOUCHED_NS for path in self._documents(name)):
                    self.wipe(name)

    def _documents(self, name: str) -> list[Path]:
        found = sorted((self._folder / name).rglob("*"))
        return [each for each in found if not _OF_THE_OTHER_PROGRAM.fullmatch(each.name) and stat.S_ISREG(each.lstat().st_mode)]
