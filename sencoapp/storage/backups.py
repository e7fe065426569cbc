"""One file that holds a profile, encrypted as it lies on the disk, and the way back from it.

A backup that a person saves has everything in it. One of a backup folder (``backup_folder``) holds the card and the
database, and names its sealed files, which lie in ``files/`` beside it: they never change, so one copy serves all backups.
"""

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sencoapp.domain.backups import SUFFIX
from sencoapp.domain.refusals import Fault
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.profiles import CARD, DATABASE, FILES, OpenProfile
from sencoapp.storage.whole_files import private_file, private_folder, sync_folder, write_whole

ABOUT = "about.json"
BESIDE = "files"
FORM = 1
PIECE_BYTES = 1 << 20
ENCRYPTED = 0x1
_CHUNK = re.compile(rf"{FILES}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class About:
    """What a backup says of itself to someone who has no key. Whoever wrote the file may have written this too."""

    made_at: datetime | None
    position: int
    device: str
    files: tuple[str, ...]


def back_up(profile: OpenProfile, to: Path, made_at: datetime) -> Path:
    """Writes a backup with everything in it; the record stays in use meanwhile. Nothing in it can be read without the passphrase
    or the code.

    Raises ``Fault`` for what the disk does; then no half-written file is left.
    """
    target = to if to.suffix == SUFFIX else to.with_name(to.name + SUFFIX)
    write_backup(profile, target, made_at, whole=True)
    return target


def write_backup(profile: OpenProfile, target: Path, made_at: datetime, *, whole: bool) -> tuple[str, ...]:
    """Writes ``target``, with or without the sealed files in it; returns which those are."""
    copy, half = target.with_name(target.name + ".db.part"), target.with_name(target.name + ".part")
    with faults_of_the_world():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            position = profile.record.position()
            files = tuple(sealed_files(profile.folder / FILES))
            about = {
                "form": FORM,
                "made_at": made_at.isoformat(),
                "position": position,
                "device": profile.device,
                "profile": profile.id,
                "files": files,
            }
            private_file(half)
            with half.open("wb") as file:
                still = profile.record.held_still(profile.folder / DATABASE, copy, profile.data_key)
                with still as database, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
                    bundle.writestr(ABOUT, json.dumps(about, indent=1))
                    bundle.write(profile.folder / CARD, CARD)
                    bundle.write(database, DATABASE)
                    for digest in files if whole else ():
                        bundle.write(place_of(profile.folder / FILES, digest), f"{FILES}/{digest[:2]}/{digest}")
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
            sync_folder(target.parent)
        finally:
            half.unlink(missing_ok=True)
    return files


def sealed_files(folder: Path) -> Iterator[str]:
    """The names of the sealed parts in a folder of them, in order."""
    for path in sorted(folder.glob("??/*")):
        if _CHUNK.fullmatch(f"{FILES}/{path.parent.name}/{path.name}"):
            yield path.name


def place_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def read_about(backup: Path) -> About:
    """Raises ``Fault("file_not_found")`` or ``Fault("not_a_backup")``."""
    with _opened(backup) as (bundle, parts):
        return _about(bundle, {each.filename for each in parts})


def unpack(backup: Path, folder: Path, *, with_files: bool = True) -> tuple[str, ...]:
    """Lays a backup out in an empty folder; returns the sealed parts that are neither in it nor beside it, or are damaged there.

    Raises ``Fault("file_not_found")`` or ``Fault("not_a_backup")``.
    """
    with _opened(backup) as (bundle, parts):
        names = {each.filename for each in parts}
        about = _about(bundle, names)
        json.loads(bundle.read(CARD))
        for part in parts:
            if part.filename == ABOUT or (_CHUNK.fullmatch(part.filename) and not with_files):
                continue
            place = folder / part.filename
            private_folder(place.parent)
            with bundle.open(part) as source:
                write_whole(place, iter(lambda: source.read(PIECE_BYTES), b""))
        if not with_files:
            return ()
        apart = [each for each in about.files if f"{FILES}/{each[:2]}/{each}" not in names]
        return tuple(each for each in apart if not bring(backup.parent / BESIDE, folder / FILES, each))


def bring(source: Path, target: Path, digest: str) -> bool:
    """Copies one sealed part between two folders of them, where it is what its name says. False where it is not there or damaged."""
    try:
        content = place_of(source, digest).read_bytes()
    except FileNotFoundError:
        return False
    if hashlib.sha256(content).hexdigest() != digest:
        return False
    place = place_of(target, digest)
    private_folder(place.parent)
    write_whole(place, content)
    return True


@contextmanager
def _opened(backup: Path) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """The parts of a backup, once they are known to be what a backup has."""
    if not backup.is_file():
        raise Fault("file_not_found", file=str(backup))
    try:
        with faults_of_the_world(), zipfile.ZipFile(backup) as bundle:
            parts = bundle.infolist()
            if not _is_whole(parts, backup.stat().st_size):
                raise Fault("not_a_backup", file=backup.name)
            yield bundle, parts
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        raise Fault("not_a_backup", file=backup.name) from None


def _about(bundle: zipfile.ZipFile, names: set[str]) -> About:
    """Raises ``ValueError`` where it is not what we write. Backups of the first days have none."""
    if ABOUT not in names:
        return About(None, 0, "", ())
    plain: Any = json.loads(bundle.read(ABOUT))
    try:
        if plain["form"] > FORM:
            raise Fault("record_is_newer")
        files = tuple(plain["files"])
        if not all(_DIGEST.fullmatch(each) for each in files):
            raise ValueError("a name of a sealed file")
        return About(datetime.fromisoformat(plain["made_at"]), int(plain["position"]), str(plain["device"]), files)
    except (KeyError, TypeError) as error:
        raise ValueError("about.json") from error


def _is_whole(parts: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether these are the parts of a backup, each once, as they were stored: they never unpack to more than the file."""
    names = [each.filename for each in parts]
    return (
        {CARD, DATABASE} <= set(names)
        and len(set(names)) == len(names)
        and all(each in (CARD, DATABASE, ABOUT) or _CHUNK.fullmatch(each) for each in names)
        and all(each.compress_type == zipfile.ZIP_STORED and not each.flag_bits & ENCRYPTED for each in parts)
        and sum(each.file_size for each in parts) <= size
    )
