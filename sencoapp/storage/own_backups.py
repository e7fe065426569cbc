"""Backups that happen by themselves: first beside the record, which takes a moment, then to the folder that the school chose.

The first is done where the record is used. The second touches no record, so a network drive that does not answer holds
nobody up; where it is away the copy on this laptop waits for it.
"""

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from glob import escape
from pathlib import Path
from typing import Any

from sencoapp.domain.backups import Thinning, is_due
from sencoapp.domain.dates import add_months, full_date
from sencoapp.domain.people import School
from sencoapp.domain.refusals import Fault
from sencoapp.reference import data, say
from sencoapp.services.ports import Clock
from sencoapp.storage.backup_folder import BackupErrand, BackupFolder
from sencoapp.storage.engine import faults_of_the_world
from sencoapp.storage.profiles import OpenProfile
from sencoapp.storage.removing import copies_beside
from sencoapp.storage.whole_files import private_folder

SETTING = "backup_folder"
BEGUN = "backup_folder_begun_by"


class OwnBackups:
    """The backups of one open record. Used on the record's thread; ``errand`` is for another one."""

    def __init__(self, profile: OpenProfile, clock: Clock) -> None:
        self._profile = profile
        self._clock = clock
        self._rules: Any = data("rules", "backups.json")

    def chosen(self) -> Path | None:
        """The folder that the school chose, as it was chosen."""
        kept = self._profile.record.setting(SETTING)
        return Path(kept) if kept else None

    def choose(self, folder: Path | None) -> None:
        """From now on backups are copied to this folder, or to none.

        Raises ``Fault("folder_not_there")``, ``Fault("disk_read_only")``, ``Fault("backup_folder_is_the_records")``.
        """
        if folder is not None:
            folder = folder.expanduser().resolve()
            if not folder.is_dir():
                raise Fault("folder_not_there", folder=folder)
            if folder.is_relative_to(self._profile.folder.resolve()):
                raise Fault("backup_folder_is_the_records")
            with faults_of_the_world():
                private_folder(folder / self._name())
        self._profile.record.set_setting(SETTING, None if folder is None else str(folder))
        self._profile.record.set_setting(BEGUN, None if folder is None else self._profile.device)

    def keep(self, *, closing: bool = False, now: bool = False) -> BackupErrand:
        """Makes a backup beside the record where one is due, and returns what is left to do.

        ``closing`` the record makes one due whenever something was saved; ``now`` makes one in any case. The demo school
        has none. Raises ``Fault`` for what the disk does.
        """
        self._profile.record.sweep()
        if now or self._is_due(0 if closing else self._rules["least_hours_between"]):
            self._laptop().keep(self._profile, self._clock.now(), self._clock.today(), _thinning(self._rules["thinning"]["laptop"]))
            self._profile.record.collect_leftovers()
        return self.errand()

    def errand(self) -> BackupErrand:
        """The rest, which needs no record."""
        chosen = self.chosen()
        return BackupErrand(
            laptop=self._laptop(),
            chosen=BackupFolder(chosen / self._name()) if chosen else None,
            thinning=_thinning(self._rules["thinning"]["chosen"]),
            begins=self._profile.record.setting(BEGUN) != self._profile.device,
        )

    def that_hold(self, day: date, *, without: Sequence[Path] = ()) -> list[str]:
        """What a certificate of erasure says: where backups of before still hold what is erased, and about until when.

        ``without`` are folders of ``left_aside`` that are deleted with it.
        """
        chosen = self.chosen()
        places = [(str(self._laptop().path.parent), self._laptop(), "laptop")]
        places += [(str(chosen), BackupFolder(chosen / self._name()), "chosen")] if chosen else []
        said = []
        for place, folder, name in places:
            thinning = _thinning(self._rules["thinning"][name])
            last = add_months(day, thinning.monthly) if thinning.monthly else day + timedelta(weeks=thinning.weekly, days=thinning.daily)
            kept = folder.kept()
            if kept:
                said.append(say("leaving.backups_hold", count=len(kept), place=place, newest=full_date(kept[-1].day), last=full_date(last)))
            elif not folder.path.exists() and name == "chosen":
                said.append(say("leaving.backups_away", place=place, last=full_date(last)))
        if chosen:
            earlier = [BackupFolder(chosen / _name_of(each)) for each in self._profile.record.devices_before]
            said += [
                say("leaving.backups_before", place=each.path, newest=full_date(each.kept()[-1].day)) for each in earlier if each.kept()
            ]
        return said + [say("leaving.copies_hold", place=str(each)) for each in self.left_aside() if each not in without]

    def beside(self) -> list[Path]:
        """The folders on this computer with backups of this record's place, and records that a restore kept aside."""
        return copies_beside(self._profile.folder)

    def delete_aside(self, folders: Sequence[Path]) -> list[str]:
        """Deletes folders that ``left_aside`` names, and says so for a certificate. Raises ``Fault`` for what the disk does."""
        wanted = [each for each in self.left_aside() if each in folders]
        with faults_of_the_world():
            for each in wanted:
                shutil.rmtree(each)
        return [say("leaving.copies_deleted", place=str(each)) for each in wanted]

    def left_aside(self) -> list[Path]:
        """What a restore or a damaged disk left on this laptop, which nothing thins: whole records of before, and their backups."""
        folder, own = self._profile.folder, self._laptop().path
        kept = [*folder.parent.glob(f"{escape(folder.name)} kept *"), *folder.glob("damaged *")]
        return sorted([*kept, *(each for each in own.parent.glob("*") if each != own and BackupFolder(each).kept())])

    def _is_due(self, hours: int) -> bool:
        if any(each.demo for each in self._profile.record.find(School)):
            return False
        newest = self._laptop().newest()
        return is_due(self._profile.record.position(), newest, self._laptop().made_at(newest), self._clock.now(), hours)

    def _laptop(self) -> BackupFolder:
        folder = self._profile.folder
        return BackupFolder(folder.with_name(f"{folder.name} backups") / self._name())

    def _name(self) -> str:
        """Of this copy of the record alone: a restored copy begins a folder of its own, and thins no other's."""
        return _name_of(self._profile.device)


def _name_of(device: str) -> str:
    return f"SENCO record {device[-8:]}"


def _thinning(plain: dict[str, int]) -> Thinning:
    return Thinning(plain["daily"], plain["weekly"], plain["monthly"])
