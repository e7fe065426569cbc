"""Opening, beginning and restoring records: what is done on the record's thread before there is a room.

The libraries of the record (encryption, database) are loaded here, when they are first needed, so that the window is there
before they are.
"""

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sencoapp import folders, reference

if TYPE_CHECKING:
    from sencoapp.app import App, BackupKey, BackupPreview, Restored, Workplace
    from sencoapp.domain.people import Role, School, StaffMember
    from sencoapp.services.ports import Progress

OFFERED = 4
BACKUPS = ".senbackup"
DEMO_PASSPHRASE = "the demo school"  # noqa: S105 (nobody in the demo school exists; it is shown on the screen)


@dataclass(frozen=True)
class Opened:
    """A record that was just opened, with what the window says of it. ``code`` is the recovery code of a new one."""

    app: "App"
    place: "Workplace"
    school: str
    person: str
    demo: bool
    code: str = ""


def _real_app() -> "App":
    from sencoapp.app import App

    return App()


@dataclass(frozen=True)
class OwnBackup:
    """A backup that lies beside the record."""

    path: Path
    day: date
    position: int


@dataclass(frozen=True)
class Listed:
    """A record that may be unlocked here. Its label is all that is known of it, and is readable on the disk."""

    folder: Path
    label: str


class Gate:
    """The records that a person may open here: one or several of their own, and the demo school. Methods may raise a ``PlainMessage``.

    ``folder`` is the record that is meant. Where one was named at the start there are no others; without it there may be any
    number, those after the first in ``further``.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        further: Path | None = None,
        demo_folder: Path | None = None,
        make_app: Callable[[], "App"] = _real_app,
    ) -> None:
        self._first = self.folder = folder or folders.default_folder()
        self._further = further or (folders.further_folder() if folder is None else None)
        self.demo_folder = demo_folder or folders.demo_folder()
        self._make_app = make_app
        self._made: App | None = None
        self._lock = threading.Lock()

    def records(self) -> list[Listed]:
        """Every record, in the order in which they were begun; labels that are the same are told apart by a number."""
        places = ([self._first] if folders.is_profile(self._first) else []) + (folders.profiles_in(self._further) if self._further else [])
        found: list[Listed] = []
        for place in places:
            label = plain = folders.label_of(place) or reference.say("welcome.record_without_label")
            number = 1
            while label in {each.label for each in found}:
                number += 1
                label = f"{plain} ({number})"
            found.append(Listed(place, label))
        return found

    def has_record(self) -> bool:
        """Whether there is a record to unlock. Sees to it that ``folder`` is one."""
        there = [each.folder for each in self.records()]
        if there and self.folder not in there:
            self.folder = there[0]
        return bool(there)

    def takes_another(self) -> bool:
        """Whether a further record may be begun beside those that are there."""
        return self._further is not None

    def has_demo(self) -> bool:
        return folders.is_profile(self.demo_folder)

    def is_own_demo(self, opened: Opened) -> bool:
        """Whether this is the demo school of this computer; another one, opened by its folder, is a record like any."""
        return opened.place.profile.folder == self.demo_folder

    def app(self) -> "App":
        """Loads the libraries of the record when first called."""
        with self._lock:
            if self._made is None:
                self._made = self._make_app()
            return self._made

    def make_ready(self) -> None:
        """Loads what unlocking needs, and clears away what a killed program left: readable copies, and half of a removal."""
        further = [*folders.profiles_in(self._further), *folders.gone_from(self._further)] if self._further else []
        self.app().sweep_previews()
        for folder in (self._first, self.demo_folder, *further):
            self.app().wipe_leftovers(folder)

    def keyring_is_there(self) -> bool:
        """Whether the operating system keeps a second secret. Asks the keyring, which may take seconds."""
        return self.app().secrets.available()

    def unlock(self, passphrase: str, *, demo: bool = False) -> Opened:
        return self._opened(self.app().open(self.demo_folder if demo else self.folder, passphrase))

    def unlock_with_code(self, code: str, passphrase: str) -> Opened:
        return self._opened(self.app().open_with_code(self.folder, code, passphrase))

    def begin(self, passphrase: str, school: "School", person: "StaffMember", label: str = "") -> Opened:
        """A new record, beside those that are there. The ids of school and person are made here."""
        app = self.app()
        folder = self._free_place()
        person = replace(person, id=app.new_id())
        place, code = app.begin(folder, passphrase, replace(school, id=app.new_id()), person, label=label)
        self.folder = folder
        return self._opened(place, code)

    def preview_backup(self, backup: Path, key: "BackupKey") -> "BackupPreview":
        """What a backup holds."""
        return self.app().preview_backup(backup, key, self.folder)

    def remove(self, opened: Opened, passphrase: str, *, with_copies: bool) -> None:
        """The open record leaves this computer for good."""
        self.app().remove(opened.place, passphrase, with_copies=with_copies)

    def own_backups(self) -> list[OwnBackup]:
        """The newest backups that lie beside the record, the newest first."""
        from sencoapp.domain.backups import read_name

        found = [(path, read_name(path.name)) for path in self.folder.parent.glob(f"{self.folder.name} backups/*/*{BACKUPS}")]
        ours = [OwnBackup(path, kept.day, kept.position) for path, kept in found if kept is not None]
        return sorted(ours, key=lambda each: each.path.stat().st_mtime, reverse=True)[:OFFERED]

    def place_of(self, profile: str) -> Path:
        """Where a backup of this profile belongs: in the place of its own record, and never in that of somebody else's."""
        own = [each.folder for each in self.records() if folders.id_of(each.folder) == profile]
        return own[0] if own else self._free_place()

    def restore(self, backup: Path, key: "BackupKey", place: Path, progress: "Progress | None" = None) -> "Restored":
        """Puts a backup in its place; a record that was there is kept aside. It then opens with the backup's passphrase."""
        done = self.app().restore(backup, place, key, progress=progress)
        self.folder = place
        return done

    def _free_place(self) -> Path:
        """Where a further record goes; where only one may be, that one."""
        if self._further is None or not folders.is_profile(self._first):
            return self._first
        return self._further / self.app().new_id()

    def as_somebody(self, opened: Opened, role: "Role") -> Opened:
        """The open demo school as somebody in this role sees it."""
        return self._opened(self.app().as_somebody(opened.place, role))

    def explore_demo(self, progress: "Progress | None" = None, role: "Role" = "senco") -> Opened:
        """The demo school as somebody in this role sees it, made when it is first wanted.

        A half-made one is never found: it is written aside and then moved.
        """
        app = self.app()
        if not self.has_demo():
            aside = self.demo_folder.with_name(self.demo_folder.name + ".part")
            shutil.rmtree(aside, ignore_errors=True)
            app.begin_demo(aside, DEMO_PASSPHRASE, progress=progress).close()
            aside.replace(self.demo_folder)
        opened = self.unlock(DEMO_PASSPHRASE, demo=True)
        if role == "senco":
            return opened
        try:
            return self.as_somebody(opened, role)
        except BaseException:
            opened.place.close()
            raise

    def recovery_sheet(self, opened: Opened) -> bytes:
        """The PDF with the recovery code of a record that has just begun. Loads the PDF library."""
        return self.app().recovery_sheet(opened.place, opened.school, opened.code)

    def has_failed_before(self, *, demo: bool = False) -> bool:
        """Whether a passphrase was tried in vain since the record was last open. Loads nothing."""
        return ((self.demo_folder if demo else self.folder) / folders.TRIES).exists()

    def seconds_to_wait(self, *, demo: bool = False) -> int:
        """Until a passphrase is tried again after too many wrong ones; 0 where it may be tried now."""
        return self.app().seconds_to_wait(self.demo_folder if demo else self.folder)

    def _opened(self, place: "Workplace", code: str = "") -> Opened:
        from sencoapp.services.beginning import school

        try:
            found = school(place.session.record)
        except BaseException:
            place.close()
            raise
        actor = place.session.actor
        person = f"{actor.name}, {reference.say(f'people.role_{actor.role}')}"
        return Opened(self.app(), place, found.name, person, found.demo, code)
