"""One file that holds a whole profile, encrypted as it lies on the disk, and the way back from it."""

import json
import os
import re
import shutil
import tempfile
import zipfile
from pathlib import Path

from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.profiles import CARD, DATABASE, FILES, OpenProfile, is_profile
from sencoapp.storage.whole_files import private_file, private_folder, sync_folder, write_whole

SUFFIX = ".senbackup"
PIECE_BYTES = 1 << 20
ENCRYPTED = 0x1
_CHUNK = re.compile(rf"{FILES}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")


def back_up(profile: OpenProfile, to: Path) -> Path:
    """Writes a backup; the record stays in use meanwhile. Nothing in the file can be read without the passphrase or the code.

    Raises ``Fault`` for what the disk does; then no half-written file is left.
    """
    target = to if to.suffix == SUFFIX else to.with_name(to.name + SUFFIX)
    copy, half = target.with_name(target.name + ".db.part"), target.with_name(target.name + ".part")
    with faults_of_the_world():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            profile.record.copy_to(copy, profile.data_key)
            private_file(half)
            with half.open("wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as bundle:
                    bundle.write(profile.folder / CARD, CARD)
                    bundle.write(copy, DATABASE)
                    for path in sorted((profile.folder / FILES).glob("??/*")):
                        if _is_ours(f"{FILES}/{path.parent.name}/{path.name}"):
                            bundle.write(path, f"{FILES}/{path.parent.name}/{path.name}")
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
            sync_folder(target.parent)
        finally:
            copy.unlink(missing_ok=True)
            half.unlink(missing_ok=True)
    return target


def restore(backup: Path, folder: Path) -> None:
    """Lays a backup out as a profile in an empty folder. It opens with the passphrase or the code of the day it was made.

    Raises ``Refusal("folder_not_empty")``, ``Fault("file_not_found")`` or ``Fault("not_a_backup")``; then the folder is as it was.
    """
    if is_profile(folder) or (folder.exists() and any(folder.iterdir())):
        raise Refusal("folder_not_empty", folder=str(folder))
    if not backup.is_file():
        raise Fault("file_not_found", file=str(backup))
    try:
        with faults_of_the_world(), zipfile.ZipFile(backup) as bundle:
            parts = bundle.infolist()
            if not _is_whole(parts, backup.stat().st_size):
                raise Fault("not_a_backup", file=backup.name)
            json.loads(bundle.read(CARD))
            folder.parent.mkdir(parents=True, exist_ok=True)
            half = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
            try:
                for part in parts:
                    place = half / part.filename
                    private_folder(place.parent)
                    with bundle.open(part) as source:
                        write_whole(place, iter(lambda: source.read(PIECE_BYTES), b""))
                if folder.exists():
                    folder.rmdir()
                half.replace(folder)
                sync_folder(folder.parent)
            finally:
                shutil.rmtree(half, ignore_errors=True)
    except (zipfile.BadZipFile, ValueError, EOFError):
        raise Fault("not_a_backup", file=backup.name) from None


def _is_whole(parts: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether these are the parts of a backup, each once, as they were stored: they never unpack to more than the file."""
    names = [each.filename for each in parts]
    return (
        {CARD, DATABASE} <= set(names)
        and len(set(names)) == len(names)
        and all(_is_ours(each) for each in names)
        and all(each.compress_type == zipfile.ZIP_STORED and not each.flag_bits & ENCRYPTED for each in parts)
        and sum(each.file_size for each in parts) <= size
    )


def _is_ours(name: str) -> bool:
    return name in (CARD, DATABASE) or _CHUNK.fullmatch(name) is not None
