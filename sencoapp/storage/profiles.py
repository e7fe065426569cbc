"""A profile on disk: one person's record on one laptop.

``profile.json`` is its card (``storage.card``); ``record.db`` is SQLCipher; ``blobs/`` holds sealed files. Several profiles may lie in one
account of the operating system: each has a folder, a data key, a keyring secret and a passphrase of its own, so that nobody opens
another's with all that is theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from sencoapp.crypto.keys import (
    Effort,
    check_passphrase,
    new_keyring_secret,
    new_profile_keys,
    unlock,
    unlock_with_code,
    with_code,
    with_new_passphrase,
)
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.folders import CARD as CARD
from sencoapp.folders import is_profile as is_profile
from sencoapp.folders import ready_folder
from sencoapp.services.ports import Clock, Ids
from sencoapp.storage import ahead
from sencoapp.storage.blobs import SealedFiles
from sencoapp.storage.card import Card, read_card, write_card
from sencoapp.storage.copying import copy_database, is_sound
from sencoapp.storage.engine import Database, faults_of_the_world, open_database
from sencoapp.storage.in_use import LOCK, InUse
from sencoapp.storage.migrations import migrate, newest, version_of
from sencoapp.storage.record import SealedRecord
from sencoapp.storage.whole_files import private_file, private_folder, sync_folder

DATABASE = "record.db"
FILES = "blobs"


class Secrets(Protocol):
    """The operating system's keyring, as far as a profile needs it."""

    def available(self) -> bool: ...

    def find(self, profile: str) -> bytes | None: ...

    def keep(self, profile: str, secret: bytes) -> bool: ...

    def forget(self, profile: str) -> None: ...


@dataclass(frozen=True)
class OpenProfile:
    """A profile whose key is in memory."""

    id: str
    folder: Path
    record: SealedRecord
    files: SealedFiles
    data_key: bytes = field(repr=False)
    in_use: InUse = field(repr=False)
    warning: Fault | None = None
    """What a person has to know about how it opened: saves that the disk gave back damaged."""

    @property
    def device(self) -> str:
        """The id of this copy of the record; a restored copy has another (sync.md 1)."""
        return self.record.device

    def close(self) -> None:
        try:
            self.record.close()
        finally:
            self.in_use.release()


def create(
    folder: Path, passphrase: str, secrets: Secrets, clock: Clock, ids: Ids, effort: Effort | None = None, *, label: str = ""
) -> tuple[OpenProfile, str]:
    """A new, empty profile and the recovery code to print. Anybody who uses this computer can read ``label``.

    Raises ``Refusal("profile_exists")``, ``Refusal("passphrase_too_short")``, ``Fault`` for what the disk does.
    """
    if is_profile(folder) or (folder / DATABASE).exists():
        raise Refusal("profile_exists", folder=str(folder))
    profile = ids.new()
    secret = _second_secret(profile, passphrase, secrets)
    data_key, keys, code = new_profile_keys(passphrase, secret, effort)
    with faults_of_the_world():
        private_folder(folder)
        # The card first: a record whose card is not on the disk yet could never be opened again.
        try:
            write_card(folder, Card(profile, keys, label))
            private_file(folder / DATABASE)
            return _open(folder, profile, data_key, clock, ids), code
        except BaseException:
            discard(folder)
            raise


def discard(folder: Path) -> None:
    """Clears away a profile that could not begin, so that it can be tried again. Only for one that was never in use."""
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", CARD, LOCK):
        (folder / name).unlink(missing_ok=True)


def _second_secret(profile: str, passphrase: str, secrets: Secrets) -> bytes | None:
    """The keyring's secret of a profile: the one that is there, so that the card on the disk still opens, or a new one.

    None where there is no keyring. Raises ``Refusal("passphrase_too_short")`` before the keyring is touched.
    """
    there = secrets.available()
    check_passphrase(passphrase, with_keyring=there)
    if not there:
        return None
    secret = secrets.find(profile)
    if secret is None:
        secret = new_keyring_secret()
        if not secrets.keep(profile, secret):
            check_passphrase(passphrase, with_keyring=False)
            return None
    return secret


def open_with_passphrase(folder: Path, passphrase: str, secrets: Secrets, clock: Clock, ids: Ids) -> OpenProfile:
    """Raises ``Fault``: no profile here, wrong passphrase, damaged or newer record."""
    finish_restoring(folder)
    card = read_card(folder)
    _must_have_record(folder)
    return _open(folder, card.profile, _data_key(card, passphrase, secrets), clock, ids)


def open_with_code(
    folder: Path, code: str, passphrase: str, secrets: Secrets, clock: Clock, ids: Ids, effort: Effort | None = None
) -> OpenProfile:
    """Opens with the printed code and sets a new passphrase; on a machine without the keyring secret, a new one of those too."""
    finish_restoring(folder)
    card = read_card(folder)
    _must_have_record(folder)
    data_key = unlock_with_code(card.keys, code)
    changed = _rewrapped(card, data_key, passphrase, secrets, effort)
    opened = _open(folder, card.profile, data_key, clock, ids)
    try:
        write_card(folder, changed)
    except BaseException:
        opened.close()
        raise
    return opened


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """While nobody else may open it. Raises ``Fault("record_is_open_elsewhere")``."""
    in_use = InUse(folder)
    try:
        yield
    finally:
        in_use.release()


def confirm(profile: OpenProfile, passphrase: str, secrets: Secrets) -> None:
    """Whether it is its own person who asks: raises ``Fault("wrong_passphrase")`` or ``Fault("keyring_secret_missing")``."""
    _data_key(read_card(profile.folder), passphrase, secrets)


def change_passphrase(profile: OpenProfile, passphrase: str, secrets: Secrets, effort: Effort | None = None) -> None:
    """Wraps the same data key anew: nothing but the card is written, and the printed code goes on working.

    Raises ``Refusal("passphrase_too_short")``. A copy of the card from before still opens with the passphrase of before.
    """
    write_card(profile.folder, _rewrapped(read_card(profile.folder), profile.data_key, passphrase, secrets, effort))


def change_code(profile: OpenProfile, code: str) -> None:
    """From now on this printed code opens the profile, and the one before does not."""
    card = read_card(profile.folder)
    write_card(profile.folder, replace(card, keys=with_code(card.keys, profile.data_key, code)))


def change_label(folder: Path, label: str) -> None:
    """What the first screen calls this profile; it is not encrypted."""
    write_card(folder, replace(read_card(folder), label=label))


def _data_key(card: Card, passphrase: str, secrets: Secrets) -> bytes:
    return unlock(card.keys, passphrase, secrets.find(card.profile) if card.keys.needs_keyring else None)


def _rewrapped(card: Card, data_key: bytes, passphrase: str, secrets: Secrets, effort: Effort | None) -> Card:
    secret = _second_secret(card.profile, passphrase, secrets)
    return replace(card, keys=with_new_passphrase(card.keys, data_key, passphrase, secret, effort))


def finish_restoring(folder: Path) -> None:
    """Takes the last step of a restore that was killed before it: the record that was there has been kept aside already."""
    ready = ready_folder(folder)
    if not folder.exists() and (ready / CARD).exists():
        with faults_of_the_world():
            ready.rename(folder)
            sync_folder(folder.parent)


def _must_have_record(folder: Path) -> None:
    """SQLite would begin an empty record in the place of one that is gone. Raises ``Fault("record_missing")``."""
    path = folder / DATABASE
    if not path.exists() or path.stat().st_size == 0:
        raise Fault("record_missing", folder=str(folder))


def _open(folder: Path, profile: str, data_key: bytes, clock: Clock, ids: Ids) -> OpenProfile:
    path = folder / DATABASE
    with faults_of_the_world():
        in_use = InUse(folder)
    try:
        with faults_of_the_world():
            damaged = ahead.is_damaged(path.with_name(f"{DATABASE}-wal"))
            warning = Fault("saves_unreadable", folder=ahead.keep_aside(path, clock.today())) if damaged else None
        db = open_database(path, data_key)
        try:
            with faults_of_the_world():
                if 0 < version_of(db) < newest():
                    _keep_aside(db, path, data_key)
                    migrate(db)
                    if not is_sound(db):
                        raise Fault("upgrade_did_not_hold", number=newest())
                else:
                    migrate(db)
                files = SealedFiles(folder / FILES)
                record = SealedRecord(db, files, clock, ids)
        except BaseException:
            db.close()
            raise
    except BaseException:
        in_use.release()
        raise
    return OpenProfile(profile, folder, record, files, data_key, in_use, warning)


def _keep_aside(db: Database, path: Path, key: bytes) -> None:
    """A copy of the database as it was before a migration, still encrypted, with what is only in the write-ahead file.

    Raises ``Fault("record_damaged")`` where it is not whole: a migration would carry the damage on.
    """
    copy_database(db, path.with_name(f"{path.stem}.before-{version_of(db) + 1:04d}{path.suffix}"), key)
