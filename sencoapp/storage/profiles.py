"""A profile on disk: one person's record on one laptop.

``profile.json`` holds the wrapped keys and nothing personal; ``record.db`` is SQLCipher; ``blobs/`` holds sealed files.
"""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from sencoapp.crypto.keys import Effort, KeyRecord, new_keyring_secret, new_profile_keys, unlock, unlock_with_code, with_new_passphrase
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.folders import CARD as CARD
from sencoapp.folders import is_profile as is_profile
from sencoapp.services.ports import Clock, Ids
from sencoapp.storage.blobs import SealedFiles
from sencoapp.storage.engine import faults_of_the_world, open_database
from sencoapp.storage.migrations import migrate, newest, version_of
from sencoapp.storage.record import SealedRecord

DATABASE = "record.db"
FILES = "blobs"
FORM = 1


class Secrets(Protocol):
    """The operating system's keyring, as far as a profile needs it."""

    def available(self) -> bool: ...

    def find(self, profile: str) -> bytes | None: ...

    def keep(self, profile: str, secret: bytes) -> bool: ...


@dataclass(frozen=True)
class OpenProfile:
    """A profile whose key is in memory."""

    id: str
    folder: Path
    record: SealedRecord
    files: SealedFiles
    data_key: bytes = field(repr=False)

    def close(self) -> None:
        self.record.close()


def create(
    folder: Path, passphrase: str, secrets: Secrets, clock: Clock, ids: Ids, effort: Effort | None = None
) -> tuple[OpenProfile, str]:
    """A new, empty profile and the recovery code to print.

    Raises ``Refusal("profile_exists")``, ``Refusal("passphrase_too_short")``, ``Fault`` for what the disk does.
    """
    if is_profile(folder):
        raise Refusal("profile_exists", folder=str(folder))
    profile = ids.new()
    secret: bytes | None = None
    if secrets.available():
        secret = new_keyring_secret()
        if not secrets.keep(profile, secret):
            secret = None
    data_key, keys, code = new_profile_keys(passphrase, secret, effort)
    with faults_of_the_world():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = _open(folder, profile, data_key, clock, ids)
        _write_card(folder, profile, keys)
    return opened, code


def open_with_passphrase(folder: Path, passphrase: str, secrets: Secrets, clock: Clock, ids: Ids) -> OpenProfile:
    """Raises ``Fault``: no profile here, wrong passphrase, damaged or newer record."""
    profile, keys = _read_card(folder)
    secret = secrets.find(profile) if keys.needs_keyring else None
    return _open(folder, profile, unlock(keys, passphrase, secret), clock, ids)


def open_with_code(
    folder: Path, code: str, passphrase: str, secrets: Secrets, clock: Clock, ids: Ids, effort: Effort | None = None
) -> OpenProfile:
    """Opens with the printed code and sets a new passphrase, and a new keyring secret on this machine."""
    profile, keys = _read_card(folder)
    data_key = unlock_with_code(keys, code)
    secret = new_keyring_secret() if secrets.available() else None
    if secret is not None and not secrets.keep(profile, secret):
        secret = None
    opened = _open(folder, profile, data_key, clock, ids)
    _write_card(folder, profile, with_new_passphrase(keys, data_key, passphrase, secret, effort))
    return opened


def _open(folder: Path, profile: str, data_key: bytes, clock: Clock, ids: Ids) -> OpenProfile:
    path = folder / DATABASE
    db = open_database(path, data_key)
    try:
        with faults_of_the_world():
            if version_of(db) not in (0, newest()):
                _keep_aside(path, version_of(db))
            migrate(db)
            files = SealedFiles(folder / FILES)
            record = SealedRecord(db, files, clock, ids)
    except BaseException:
        db.close()
        raise
    if os.name == "posix":
        path.chmod(0o600)
    return OpenProfile(profile, folder, record, files, data_key)


def _keep_aside(path: Path, version: int) -> None:
    """A copy of the database as it was before a migration, still encrypted."""
    with faults_of_the_world():
        for ending in ("", "-wal"):
            source = path.with_name(path.name + ending)
            if source.exists():
                write_whole(source.with_name(f"{path.stem}.before-{version + 1:04d}{path.suffix}{ending}"), source.read_bytes())


def _read_card(folder: Path) -> tuple[str, KeyRecord]:
    try:
        card: Any = json.loads((folder / CARD).read_text("utf-8"))
    except FileNotFoundError:
        raise Fault("no_profile_here", folder=str(folder)) from None
    except (ValueError, OSError):
        raise Fault("profile_card_damaged", folder=str(folder)) from None
    try:
        if card["form"] > FORM:
            raise Fault("record_is_newer")
        return card["profile"], KeyRecord.from_plain(card["keys"])
    except (KeyError, TypeError):
        raise Fault("profile_card_damaged", folder=str(folder)) from None


def _write_card(folder: Path, profile: str, keys: KeyRecord) -> None:
    card = {"form": FORM, "profile": profile, "keys": keys.as_plain()}
    with faults_of_the_world():
        write_whole(folder / CARD, json.dumps(card, indent=2).encode())


def write_whole(path: Path, content: bytes, *, opener: Callable[[str, int], int] | None = None) -> None:
    """Writes beside the place and moves into it: there is never half a file there."""
    half = path.with_name(path.name + ".part")
    try:
        with open(half, "wb", opener=opener or _private) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
