"""A profile leaves this computer for good: its record, sealed files, keys, and, where a person says so, the backups beside it.

First it is moved out of sight in one rename; from then on nobody opens it. Its card and the keyring's secret go before all else:
without them no byte of the rest can be read. What a killed program leaves is finished at the next start.
"""

import shutil
from contextlib import suppress
from glob import escape
from pathlib import Path

from sencoapp.disk import wipe_file
from sencoapp.domain.refusals import Fault
from sencoapp.folders import CARD, GONE, id_of, is_profile
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.in_use import InUse
from sencoapp.storage.profiles import Secrets
from sencoapp.storage.whole_files import sync_folder

_AND_COPIES = "and-copies"
"""A file in what is to go: the copies beside it go too. A killed program's successor reads it."""


def remove(folder: Path, secrets: Secrets, *, with_copies: bool) -> None:
    """Removes a profile that is closed. ``with_copies``: what ``copies_beside`` names goes too.

    Raises ``Fault("record_is_open_elsewhere")``, and ``Fault`` for what the disk does.
    """
    with faults_of_the_world():
        InUse(folder).release()  # Windows renames no folder with an open file in it
        if with_copies:
            (folder / _AND_COPIES).touch()
        shutil.rmtree(gone_from(folder), ignore_errors=True)
        folder.rename(gone_from(folder))
        sync_folder(folder.parent)
        _clear(folder, secrets)


def finish(folder: Path, secrets: Secrets) -> None:
    """At the next start: what is left of a profile whose removal from this place was killed."""
    if gone_from(folder).is_dir():
        with suppress(Fault, OSError):  # a file that another program holds fast; the next start tries again
            _clear(folder, secrets)


def copies_beside(folder: Path) -> list[Path]:
    """The folders on this computer that hold backups of this profile's place, and records that a restore kept aside."""
    named = [*folder.parent.glob(f"{escape(folder.name)} kept *"), folder.with_name(f"{folder.name} backups")]
    return sorted(each for each in named if each.is_dir())


def gone_from(folder: Path) -> Path:
    """Where a profile lies that is being removed from this place."""
    return folder.with_name(f".{folder.name}{GONE}")


def _clear(folder: Path, secrets: Secrets) -> None:
    gone = gone_from(folder)
    profile, card = id_of(gone), gone / CARD
    if profile:
        secrets.forget(profile)
    if card.exists():
        wipe_file(card)
    if (gone / _AND_COPIES).exists() and not is_profile(folder):
        for each in copies_beside(folder):
            shutil.rmtree(each)
    shutil.rmtree(gone)
