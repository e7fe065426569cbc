"""One file that holds a whole profile, encrypted as it lies on the disk, and the way back from it."""

import json
import shutil
import zipfile
from pathlib import Path

from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.profiles import CARD, DATABASE, FILES, OpenProfile, is_profile

SUFFIX = ".senbackup"


def back_up(profile: OpenProfile, to: Path) -> Path:
    """Writes a backup; the record stays in use meanwhile. Nothing in the file can be read without the passphrase or the code.

    Raises ``Fault`` for what the disk does; then no half-written file is left.
    """
    target = to if to.suffix == SUFFIX else to.with_name(to.name + SUFFIX)
    copy, half = target.with_name(target.name + ".db.part"), target.with_name(target.name + ".part")
    with faults_of_the_world():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            copy.unlink(missing_ok=True)
            profile.record.copy_to(copy, profile.data_key)
            with zipfile.ZipFile(half, "w", zipfile.ZIP_STORED) as bundle:
                bundle.write(profile.folder / CARD, CARD)
                bundle.write(copy, DATABASE)
                for path in sorted((profile.folder / FILES).glob("??/*")):
                    if len(path.name) == 64:
                        bundle.write(path, f"{FILES}/{path.parent.name}/{path.name}")
            half.replace(target)
        finally:
            copy.unlink(missing_ok=True)
            half.unlink(missing_ok=True)
    return target


def restore(backup: Path, folder: Path) -> None:
    """Lays a backup out as a profile in an empty folder. It opens with the passphrase or the code of the day it was made.

    Raises ``Refusal("folder_not_empty")`` or ``Fault("not_a_backup")``; then the folder is as it was.
    """
    if is_profile(folder) or (folder.exists() and any(folder.iterdir())):
        raise Refusal("folder_not_empty", folder=str(folder))
    half = folder.with_name(folder.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    try:
        with faults_of_the_world(), zipfile.ZipFile(backup) as bundle:
            names = bundle.namelist()
            if CARD not in names or DATABASE not in names or not all(_is_ours(name) for name in names):
                raise Fault("not_a_backup", file=backup.name)
            json.loads(bundle.read(CARD))
            bundle.extractall(half)
            if bundle.testzip() is not None:
                raise Fault("not_a_backup", file=backup.name)
            if folder.exists():
                folder.rmdir()
            half.replace(folder)
    except FileNotFoundError:
        raise Fault("file_not_found", file=str(backup)) from None
    except (zipfile.BadZipFile, ValueError, EOFError):
        raise Fault("not_a_backup", file=backup.name) from None
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _is_ours(name: str) -> bool:
    if name in (CARD, DATABASE):
        return True
    parts = name.split("/")
    return len(parts) == 3 and parts[0] == FILES and len(parts[2]) == 64 and parts[2].startswith(parts[1]) and parts[2].isalnum()
