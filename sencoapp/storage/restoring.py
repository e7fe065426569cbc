"""From a backup back to a record: looked at first, proved before it is used, and the record that was there kept aside."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sencoapp.crypto.keys import Effort, unlock, unlock_with_code
from sencoapp.domain.people import StaffMember
from sencoapp.domain.record import Actor
from sencoapp.domain.refusals import Fault, PlainMessage, Refusal
from sencoapp.folders import is_profile, ready_folder
from sencoapp.services.ports import Clock, Finding, Ids, Progress
from sencoapp.storage import profiles
from sencoapp.storage.backups import BESIDE, place_of, read_about, unpack
from sencoapp.storage.card import read_card
from sencoapp.storage.engine import Database, faults_of_the_world, open_database
from sencoapp.storage.in_use import InUse
from sencoapp.storage.log import spoken_time
from sencoapp.storage.migrations import newest, version_of
from sencoapp.storage.own_backups import OwnBackups
from sencoapp.storage.profiles import CARD, DATABASE, Secrets, finish_restoring
from sencoapp.storage.whole_files import private_folder, sync_folder

_LOOKED_AT = "sencoapp-preview-"


@dataclass(frozen=True)
class BackupKey:
    """What opens a backup: the passphrase of its day, or the code of its recovery sheet together with a new passphrase."""

    passphrase: str = field(repr=False)
    code: str = field(default="", repr=False)


@dataclass(frozen=True)
class BackupPreview:
    """What a backup holds."""

    made_at: datetime | None
    """As the backup says itself; None for one of the first days."""
    profile: str
    """Whose it is: the id of the profile that it was made of."""
    school: str
    pupils: int
    notes: int
    saves: int
    last_change: datetime | None
    missing_files: int
    """Sealed files that should lie beside the backup and do not."""


@dataclass(frozen=True)
class Restored:
    """A record that was put in its place."""

    kept_aside: Path | None
    """Where the record that was there before lies now."""
    findings: tuple[Finding, ...]


def preview(backup: Path, key: BackupKey, secrets: Secrets) -> BackupPreview:
    """Opens a copy of the backup in a private folder that is gone afterwards; the record on this laptop is not touched.

    Raises ``Fault``: no such file, not a backup, wrong passphrase or code, keyring secret missing, damaged, newer.
    """
    with faults_of_the_world(), tempfile.TemporaryDirectory(prefix=_LOOKED_AT) as name:
        folder = Path(name)
        mark = InUse(folder)
        try:
            return _look(folder, backup, key, secrets)
        finally:
            mark.release()  # Windows removes no folder with an open file in it


def _look(folder: Path, backup: Path, key: BackupKey, secrets: Secrets) -> BackupPreview:
    unpack(backup, folder, with_files=False)
    card = read_card(folder)
    if key.code:
        data_key = unlock_with_code(card.keys, key.code)
    else:
        data_key = unlock(card.keys, key.passphrase, secrets.find(card.profile) if card.keys.needs_keyring else None)
    db = open_database(folder / DATABASE, data_key)
    try:
        return _preview(db, backup, card.profile)
    finally:
        db.close()


def sweep_previews() -> None:
    """Removes what a program that was killed while it looked at a backup left among the temporary files of this person."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_LOOKED_AT}*"):
        with suppress(Fault, OSError):  # another program looks at one now, or it is another person's
            InUse(folder).release()
            shutil.rmtree(folder)


def _preview(db: Database, backup: Path, profile: str) -> BackupPreview:
    if version_of(db) > newest():
        raise Fault("record_is_newer")

    def one(sql: str) -> tuple[object, ...]:
        return tuple(db.execute(sql).fetchone() or (None, None))

    about = read_about(backup)
    last, saves = one("SELECT max(at), max(n) FROM change_set")
    school = one("SELECT name FROM school WHERE NOT removed LIMIT 1")[0]
    beside = backup.parent / BESIDE
    return BackupPreview(
        made_at=about.made_at,
        profile=profile,
        school=str(school or ""),
        pupils=int(str(one("SELECT count(*) FROM pupil WHERE NOT removed")[0])),
        notes=int(str(one("SELECT count(DISTINCT id) FROM observation WHERE NOT removed")[0])),
        saves=int(str(saves or 0)),
        last_change=spoken_time(str(last)) if last else None,
        missing_files=sum(not place_of(beside, each).exists() for each in about.files) if beside.is_dir() else 0,
    )


def restore(
    backup: Path,
    folder: Path,
    key: BackupKey,
    secrets: Secrets,
    clock: Clock,
    ids: Ids,
    effort: Effort | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Puts a backup where the record belongs. What was there is renamed, never deleted.

    The copy is opened, brought to the newest version, given a device id of its own and proved before it takes the place; a
    killed process leaves the old record there or the new one. Raises ``Refusal("folder_not_empty")`` for a folder with
    something else in it, ``Fault("record_is_open_elsewhere")``, ``Fault("backup_is_damaged")`` and what ``preview`` raises.
    """
    with faults_of_the_world():
        private_folder(folder.parent)
        finish_restoring(folder)
        with _nobody_else(folder):
            half = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
            try:
                unpack(backup, half)
                findings = _prove(half, key, secrets, clock, ids, effort, progress)
                return Restored(_put_in_place(half, folder, clock), findings)
            finally:
                shutil.rmtree(half, ignore_errors=True)


@contextmanager
def _nobody_else(folder: Path) -> Iterator[None]:
    """No other program has the record open or is restoring one here."""
    name = f".{folder.name}.restoring"
    mark = InUse(folder.parent, name)
    try:
        if (folder / CARD).exists() or (folder / DATABASE).exists():
            InUse(folder).release()
        elif folder.exists() and any(folder.iterdir()):
            raise Refusal("folder_not_empty", folder=str(folder))
        for left in (ready_folder(folder), *folder.parent.glob(f".{folder.name}.*.part")):  # by an earlier restore that was killed
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        mark.release()
        (folder.parent / name).unlink(missing_ok=True)


def _prove(
    folder: Path, key: BackupKey, secrets: Secrets, clock: Clock, ids: Ids, effort: Effort | None, progress: Progress | None
) -> tuple[Finding, ...]:
    if key.code:
        opened = profiles.open_with_code(folder, key.code, key.passphrase, secrets, clock, ids, effort)
    else:
        opened = profiles.open_with_passphrase(folder, key.passphrase, secrets, clock, ids)
    try:
        opened.record.become_another_device()
        for person in opened.record.find(StaffMember)[:1]:
            opened.record.note("restored", actor=Actor(person.id, person.name, person.role))
        own = OwnBackups(opened, clock)
        with suppress(PlainMessage):  # the folder may be away; it is begun when it is back
            own.choose(own.chosen())
        findings = tuple(opened.record.verify(progress))
    finally:
        opened.close()
    if not all(each.sound for each in findings if each.part != "files"):  # a lost attachment is told, and costs no record
        raise Fault("backup_is_damaged")
    return findings


def _put_in_place(half: Path, folder: Path, clock: Clock) -> Path | None:
    """Two renames. Whoever opens the record after a kill between them finishes the second (``profiles.finish_restoring``)."""
    ready, aside = ready_folder(folder), None
    with _still_nobody(folder):
        half.replace(ready)
        sync_folder(folder.parent)
        if folder.exists():
            if any(folder.iterdir()):
                aside = _free_name(folder.with_name(f"{folder.name} kept {clock.today().isoformat()}"))
                folder.rename(aside)
            else:
                folder.rmdir()
        ready.rename(folder)
        sync_folder(folder.parent)
    return aside


@contextmanager
def _still_nobody(folder: Path) -> Iterator[None]:
    """Proving took a while: whoever opened the record meanwhile must not find it gone from under their hands."""
    if not is_profile(folder):
        yield
        return
    mark = InUse(folder)
    if sys.platform == "win32":  # where a folder with an open file in it cannot be renamed
        mark.release()
    try:
        yield
    finally:
        mark.release()


def _free_name(wanted: Path) -> Path:
    names = (wanted.with_name(f"{wanted.name} {number}") for number in range(2, 1000))
    return wanted if not wanted.exists() else next(each for each in names if not each.exists())
