"""A folder of backups that happen by themselves: one file for each, and the sealed files of all of them once.

```
SENCO record 3f9a41c0/                 one copy of one record; nothing else is ever touched
  2026-11-24 save 1042.senbackup       the card and the database, encrypted
  files/ab/abcd…                       sealed files, as they lie beside the record
```
"""

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sencoapp.domain.backups import Kept, Thinning, read_name, to_thin
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.storage.backups import BESIDE, About, bring, place_of, read_about, sealed_files, write_backup
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.in_use import InUse
from sencoapp.storage.profiles import FILES, OpenProfile
from sencoapp.storage.whole_files import private_folder, write_whole

PIECE_BYTES = 1 << 20


class BackupFolder:
    """The backups of one copy of a record in one folder. Touches no database: any thread may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def kept(self) -> list[Kept]:
        """What is there, oldest first; nothing where the folder is not. Raises ``Fault`` for what the disk does."""
        with faults_of_the_world():
            try:
                found = [read_name(each.name) for each in self.path.iterdir()]
            except (FileNotFoundError, NotADirectoryError):
                return []
        return sorted(each for each in found if each is not None)

    def newest(self) -> Kept | None:
        kept = self.kept()
        return kept[-1] if kept else None

    def about(self, kept: Kept) -> About:
        return read_about(self.path / kept.name)

    def made_at(self, kept: Kept | None) -> datetime | None:
        """When a backup was made, as it says itself; None where it cannot be read."""
        try:
            return None if kept is None else self.about(kept).made_at
        except PlainMessage:
            return None

    def keep(self, profile: OpenProfile, made_at: datetime, day: date, thinning: Thinning) -> Kept:
        """A backup of the open record beside the others, and the oldest ones thinned. Raises ``Fault`` for what the disk does."""
        with faults_of_the_world():
            private_folder(self.path)
            in_use = InUse(self.path)
            try:
                self._clear_halves()
                kept = Kept(profile.record.position(), day)
                for digest in sealed_files(profile.folder / FILES):
                    _link(place_of(profile.folder / FILES, digest), place_of(self.path / BESIDE, digest))
                write_backup(profile, self.path / kept.name, made_at, whole=False)
                self._thin(thinning)
            finally:
                in_use.release()
        return kept

    def copy_newest_to(self, target: "BackupFolder", thinning: Thinning, *, begins: bool = False) -> None:
        """Brings the other folder up to date, and thins it. Makes it only where it ``begins``: a drive that is away may leave an
        empty folder in its place.

        Raises ``Fault("backup_folder_away")`` where it is not there, ``Fault("file_damaged")`` where a sealed file of ours
        is not what it was, once everything else has been copied, and ``Fault`` for what the disk does.
        """
        if begins and target.path.parent.is_dir():
            with faults_of_the_world():
                private_folder(target.path)
        if not target.path.is_dir():
            raise Fault("backup_folder_away", folder=target.path.parent)
        newest = self.newest()
        with faults_of_the_world():
            in_use = InUse(self.path)
            try:
                there = target.newest()
                if newest is None or (there is not None and there.position >= newest.position):
                    return
                target._clear_halves()
                damaged = False
                for digest in self.about(newest).files:
                    if not place_of(target.path / BESIDE, digest).exists():
                        damaged |= not bring(self.path / BESIDE, target.path / BESIDE, digest)
                with (self.path / newest.name).open("rb") as source:
                    write_whole(target.path / newest.name, iter(lambda: source.read(PIECE_BYTES), b""))
                target._thin(thinning)
            except FileNotFoundError as gone:  # a stick that was pulled out, a network that went away
                raise Fault("backup_folder_away", folder=target.path.parent) from gone
            finally:
                in_use.release()
        if damaged:
            raise Fault("file_damaged")

    def _thin(self, thinning: Thinning) -> None:
        """Removes the backups that may go, and the sealed files that none of those that stay has."""
        gone = to_thin(self.kept(), thinning)
        for each in gone:
            (self.path / each.name).unlink(missing_ok=True)
        if not gone:
            return
        try:
            needed = {digest for each in self.kept() for digest in self.about(each).files}
        except PlainMessage:
            return  # one of them cannot be read, and perhaps could be mended: nothing of it is thrown away
        for digest in list(sealed_files(self.path / BESIDE)):
            if digest not in needed:
                place_of(self.path / BESIDE, digest).unlink(missing_ok=True)

    def _clear_halves(self) -> None:
        """What a killed program left of a backup that it had not finished."""
        for each in [*self.path.glob("*.part"), *self.path.glob(f"{BESIDE}/??/.*.part")]:
            each.unlink(missing_ok=True)


@dataclass(frozen=True)
class BackupState:
    """What there is of backups, for a person to read."""

    laptop: Path
    on_laptop: Sequence[Kept]
    chosen: Path | None
    in_chosen: Sequence[Kept]
    last: datetime | None
    """When the newest of all was made."""
    problem: PlainMessage | None
    """Why the chosen folder does not hold the newest one."""


@dataclass(frozen=True)
class BackupErrand:
    """What is done about backups without the record: copying to the chosen folder, and looking at what is there."""

    laptop: BackupFolder
    chosen: BackupFolder | None
    thinning: Thinning
    begins: bool = False

    def copy(self) -> BackupState:
        """Brings the chosen folder up to date where that can be done, and says how it stands. Raises nothing of the world."""
        problem = None
        if self.chosen is not None:
            try:
                self.laptop.copy_newest_to(self.chosen, self.thinning, begins=self.begins)
            except (PlainMessage, OSError) as error:
                problem = _of_the_folder(error, self.chosen.path.parent)
        return self.look(problem)

    def look(self, problem: PlainMessage | None = None) -> BackupState:
        """How it stands now."""
        on_laptop, in_chosen = self.laptop.kept(), list[Kept]()
        if self.chosen is not None:
            try:
                in_chosen = self.chosen.kept()
                if not in_chosen and not self.begins and not self.chosen.path.is_dir():
                    raise Fault("backup_folder_away", folder=self.chosen.path.parent)
            except (PlainMessage, OSError) as error:
                problem = problem or _of_the_folder(error, self.chosen.path.parent)
        newest, folder = max(
            [(each[-1], place) for each, place in ((on_laptop, self.laptop), (in_chosen, self.chosen)) if each and place],
            key=lambda each: each[0],
            default=(None, self.laptop),
        )
        return BackupState(
            laptop=self.laptop.path,
            on_laptop=tuple(on_laptop),
            chosen=self.chosen.path.parent if self.chosen else None,
            in_chosen=tuple(in_chosen),
            last=folder.made_at(newest),
            problem=problem,
        )


def _of_the_folder(error: PlainMessage | OSError, folder: Path) -> PlainMessage:
    """The folder's own words for what its disk does: it is not the record's disk that is full."""
    key = error.key if isinstance(error, PlainMessage) else ""
    if isinstance(error, PlainMessage) and key not in ("disk_full", "disk_read_only", "disk_trouble"):
        return error
    own = {"disk_full": "backup_folder_full", "disk_read_only": "backup_folder_read_only"}
    return Fault(own.get(key, "backup_folder_away"), folder=folder)


def _link(source: Path, target: Path) -> None:
    """The same file under a second name, which takes no room; a copy where the disk knows no such thing."""
    if target.exists():
        return
    private_folder(target.parent)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EROFS, errno.EIO, errno.EDQUOT):
            raise
        with source.open("rb") as file:
            write_whole(target, iter(lambda: file.read(PIECE_BYTES), b""))
