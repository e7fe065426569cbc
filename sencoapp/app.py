"""The composition root: fits the rooms together. The only module that knows them all."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sencoapp.council_files import use_added
from sencoapp.crypto.keys import Effort, new_recovery_code
from sencoapp.discretion import be_discreet
from sencoapp.domain.people import Role, School, StaffMember
from sencoapp.domain.record import Actor, Saved
from sencoapp.domain.refusals import Fault, Refusal
from sencoapp.domain.snapshot import RecoveryContent
from sencoapp.folders import councils_folder
from sencoapp.folders import default_folder as default_folder
from sencoapp.services import beginning, lending
from sencoapp.services.documents import record_disclosure
from sencoapp.services.guarded_record import guarded
from sencoapp.services.packs import Packs
from sencoapp.services.permissions import must_be_allowed
from sencoapp.services.ports import Cancelled, Clock, Council, Documents, Fact, Ids, Progress, PupilFiles, Session
from sencoapp.storage import backups, profiles, removing, restoring
from sencoapp.storage.backup_folder import BackupErrand as BackupErrand
from sencoapp.storage.backup_folder import BackupState as BackupState
from sencoapp.storage.going_out import Halves as Halves
from sencoapp.storage.going_out import OutTray
from sencoapp.storage.going_out import faults_at as faults_at
from sencoapp.storage.going_out import save_whole as save_whole
from sencoapp.storage.keyring_secret import KeyringSecrets
from sencoapp.storage.lent_copies import LentCopies
from sencoapp.storage.own_backups import OwnBackups
from sencoapp.storage.profiles import OpenProfile, Secrets
from sencoapp.storage.restoring import BackupKey as BackupKey
from sencoapp.storage.restoring import BackupPreview as BackupPreview
from sencoapp.storage.restoring import Restored as Restored
from sencoapp.storage.stamps import SystemClock, UuidIds
from sencoapp.storage.tries import Tries, uptime

WORKSHOP = "paper"
"""The folder within a profile in which Office files become pages of a pack; nothing lies in it at other times."""


@dataclass(frozen=True)
class Workplace:
    """An open profile with everything that a person works with."""

    profile: OpenProfile
    session: Session
    effort: Effort | None = None
    """How hard the codes of packs are to try; lighter in tests."""
    out_tray: OutTray = field(init=False)
    """Files that are written and not noted yet."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "out_tray", OutTray(self.profile.record))

    @property
    def documents(self) -> Documents:
        """Loads the PDF libraries when first asked for."""
        from sencoapp.documents import DocumentRoom

        return DocumentRoom(self.profile.folder / WORKSHOP)

    @property
    def pupil_files(self) -> PupilFiles:
        """Loads the spreadsheet and XML readers when first asked for."""
        from sencoapp.exchange import PupilFileReader

        return PupilFileReader()

    @property
    def backups(self) -> OwnBackups:
        """The backups that happen by themselves."""
        return OwnBackups(self.profile, self.session.clock)

    @property
    def copies(self) -> LentCopies:
        """The readable copies of this profile that are open in other programs."""
        return LentCopies(self.profile.folder)

    @property
    def packs(self) -> Packs:
        """Seals and opens the packs in which pupils are handed on."""
        from sencoapp.exchange import PupilPacks

        return PupilPacks(self.effort)

    def choose_backup_folder(self, folder: Path | None) -> None:
        """Where backups are copied to; see ``OwnBackups.choose``. Raises ``Refusal("not_for_your_role")``.

        That they are made beside the record is nobody's choice: every role's record is backed up.
        """
        must_be_allowed(self.session, "back_up")
        self.backups.choose(folder)
        self.note("backup_folder")

    def back_up(self, to: Path) -> Path:
        """Writes a backup of the whole profile; see ``storage.backups.back_up``. Raises ``Refusal("not_for_your_role")``."""
        must_be_allowed(self.session, "back_up")
        made = backups.back_up(self.profile, to, self.session.clock.now())
        self.note("backed_up")
        return made

    def grant_for(self, gateway: str) -> dict[str, Any] | None:
        """The sign-in that is kept for a council, if there is one."""
        kept = self.session.record.setting(f"grant {gateway}")
        return kept if isinstance(kept, dict) else None

    def keep_grant(self, gateway: str, grant: dict[str, Any]) -> None:
        """Keeps a sign-in in the encrypted record, and nowhere else."""
        self.session.record.set_setting(f"grant {gateway}", grant)

    def give_out(self, path: Path, content: bytes, *, what: str, recipient: str, purpose: str, pupil: str | None = None) -> Saved:
        """Writes a document where a person wants it, and notes that it left the record: neither without the other.

        Raises ``Refusal("not_for_your_role")``; ``Fault`` for what the disk does, at the place or under the record; then there
        is no document.
        """
        must_be_allowed(self.session, "print")
        with self.going_out({path: content}):
            return record_disclosure(self.session, what, content, recipient=recipient, purpose=purpose, pupil=pupil)

    @contextmanager
    def going_out(self, files: Mapping[Path, bytes]) -> Iterator[None]:
        """Writes files where a person wants them, each whole, once the note of them, which is made within, is kept.

        Where the note fails none is there, and what stood in their places before still does. Raises ``Fault`` for what the disk
        does, at the place or under the record. A window takes the three steps of ``out_tray`` instead, each on its thread.
        """
        halves = self.out_tray.begin(files)
        self.out_tray.write(halves, files)
        with self.out_tray.putting(halves):
            yield

    def note(self, what: str, **facts: Fact) -> None:
        """Notes in the audit trail what its person did with the record; see ``Record.note``."""
        self.session.record.note(what, actor=self.session.actor, pupil=None, **facts)

    def lock(self, what: str = "locked") -> None:
        """Notes why it locks (``locked``, ``locked_idle``, ``locked_with_computer``, ``closed``), and lets go of the record and its key."""
        try:
            with suppress(Fault):  # it locks on a full disk too
                self.note(what)
        finally:
            self.close()

    def close(self) -> None:
        """Takes back what lies open in other programs, and lets go of the record and its key."""
        self.out_tray.sweep()
        try:
            with suppress(Fault):
                lending.take_back(self.session, self.copies)
        finally:
            self.profile.close()


class App:
    """Makes and opens profiles. Clock, ids and keyring may be others in tests; ``effort`` may be lighter."""

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        ids: Ids | None = None,
        secrets: Secrets | None = None,
        effort: Effort | None = None,
        up: Callable[[], float] = uptime,
    ) -> None:
        be_discreet()
        self.clock = clock or SystemClock()
        self.ids = ids or UuidIds()
        self.secrets = secrets or KeyringSecrets()
        self.effort = effort
        self._up = up

    def begin(self, folder: Path, passphrase: str, school: School, person: StaffMember, *, label: str = "") -> tuple[Workplace, str]:
        """A new profile with its school and first person; returns the recovery code to print.

        ``label`` is what the first screen calls it, readable by anybody; without one it is called by the person's role.
        Raises ``Refusal`` before anything is written where what was entered cannot stand.
        """
        beginning.check_school(school)
        beginning.check_person(person)
        named = beginning.check_label(label or beginning.usual_label(person.role))
        profile, code = profiles.create(folder, passphrase, self.secrets, self.clock, self.ids, self.effort, label=named)
        try:
            beginning.begin(profile.record, school, person)
        except BaseException:
            profile.close()
            profiles.discard(folder)
            raise
        return self._workplace(profile), code

    def open(self, folder: Path, passphrase: str) -> Workplace:
        """Opens a profile. Raises ``Fault``: no profile, wrong passphrase, keyring secret missing, damaged, newer.

        After five wrong passphrases in a row ``Fault("wait_before_next_try")``: until the wait is over not even the right one is tried.
        """
        with self._counted(folder):
            opened = profiles.open_with_passphrase(folder, passphrase, self.secrets, self.clock, self.ids)
        return self._unlocked(opened, "unlocked")

    def open_with_code(self, folder: Path, code: str, new_passphrase: str) -> Workplace:
        """Opens a profile with the printed code and gives it a new passphrase. Does not wait: nobody guesses 160 bits."""
        try:
            opened = profiles.open_with_code(folder, code, new_passphrase, self.secrets, self.clock, self.ids, self.effort)
        except Fault as fault:
            if fault.key == "wrong_recovery_code":
                self._tries(folder).count_code()
            raise
        return self._unlocked(opened, "unlocked_with_sheet")

    def seconds_to_wait(self, folder: Path) -> int:
        """Until a passphrase is tried again; 0 where it may be tried now."""
        return self._tries(folder).seconds_to_wait()

    # ---- keys of an open profile ------------------------------------------------------------------------------------

    def change_passphrase(self, place: Workplace, old: str, new: str) -> None:
        """Only the wrapping of the key changes: the record, its files and the recovery sheet stay as they are.

        Raises ``Fault("wrong_passphrase")``, ``Fault("wait_before_next_try")`` or ``Refusal("passphrase_too_short")``.
        """
        self._confirm(place, old)
        profiles.change_passphrase(place.profile, new, self.secrets, self.effort)
        place.note("passphrase_changed")

    def new_code(self, place: Workplace, passphrase: str) -> str:
        """A new recovery code, to be printed. It opens nothing until ``use_code``: the old sheet works until the new one is proved.

        Raises as ``change_passphrase`` does: whoever finds a record open must not get a way back in.
        """
        self._confirm(place, passphrase)
        return new_recovery_code()

    def use_code(self, place: Workplace, code: str) -> None:
        """The sheet with this code opens the profile from now on, and the one before does not."""
        profiles.change_code(place.profile, code)
        place.note("recovery_sheet_renewed")

    def change_label(self, place: Workplace, label: str) -> str:
        """What the first screen calls the profile; returns it as it is kept. Raises ``Refusal``: none, or too long."""
        named = beginning.check_label(label)
        profiles.change_label(place.profile.folder, named)
        return named

    def recovery_sheet(self, place: Workplace, school: str, code: str) -> bytes:
        """The page with the recovery code, as PDF. Touches no record, so it may be drawn on any thread."""
        content = RecoveryContent(
            school=school,
            person=place.session.actor.name,
            made_on=self.clock.today().isoformat(),
            profile=place.profile.id[-8:],
            code=code,
        )
        return place.documents.recovery_sheet(content)

    def begin_demo(self, folder: Path, passphrase: str, *, progress: Progress | None = None) -> Workplace:
        """The demo school in a profile of its own; it is never mixed with a real record (``services.demo_school``)."""
        from sencoapp.documents import DocumentRoom
        from sencoapp.documents.sample_crest import make_crest
        from sencoapp.documents.sample_reports import make_report
        from sencoapp.services import demo_school
        from sencoapp.storage.stamps import SeededIds, SetClock

        clock = SetClock(self.clock.now())
        demo = App(clock=clock, ids=SeededIds(demo_school.SEED, clock), secrets=self.secrets, effort=self.effort)
        school, senco = demo_school.demo_school(demo.ids, clock.today())
        place, _code = demo.begin(folder, passphrase, school, senco)
        try:
            with place.profile.record.as_one_save():
                demo_school.fill(place.session.record, place.session, clock, DocumentRoom(), make_report, make_crest(), progress=progress)
        finally:
            place.close()
        return self.open(folder, passphrase)

    def as_somebody(self, place: Workplace, role: Role) -> Workplace:
        """The open demo school as its first person with a role sees it. Raises ``Refusal("profile_is_one_persons")`` elsewhere."""
        record = place.profile.record
        people = [each for each in beginning.people(record) if each.role == role]
        if not beginning.school(record).demo or not people:
            raise Refusal("profile_is_one_persons")
        return Workplace(place.profile, self._session(place.profile, people[0]))

    def connect(
        self, gateway: str, grant: dict[str, Any] | None, open_url: Callable[[str], object], *, cancelled: Cancelled | None = None
    ) -> tuple[Council, dict[str, Any]]:
        """This laptop's line to a council, signed in; and the sign-in, to be kept. Touches no record.

        Shows the council's page through ``open_url`` where a person must sign in, and waits up to two minutes for it.
        Raises ``Fault`` for what the network or the council does.
        """
        from sencoapp.sync import council_client

        client = council_client.connect(gateway, grant, lambda _newer: None, open_url=open_url, cancelled=cancelled)
        return client, client.grant().as_plain()

    def preview_backup(self, backup: Path, key: BackupKey, folder: Path) -> BackupPreview:
        """What a backup holds; see ``storage.restoring.preview``. Wrong passphrases count as those of the profile in ``folder`` do."""
        with self._counted(folder, wait=not key.code):
            return restoring.preview(backup, key, self.secrets)

    def restore(self, backup: Path, folder: Path, key: BackupKey, *, progress: Progress | None = None) -> Restored:
        """Puts a backup in the place of the record in ``folder``, which is kept aside; see ``storage.restoring.restore``."""
        with self._counted(folder, wait=not key.code):
            return restoring.restore(backup, folder, key, self.secrets, self.clock, self.ids, self.effort, progress)

    def remove(self, place: Workplace, passphrase: str, *, with_copies: bool) -> None:
        """Closes an open profile and removes it from this computer for good; see ``storage.removing``. Raises as ``change_passphrase``."""
        self._confirm(place, passphrase)
        place.note("profile_removed")
        place.close()
        removing.remove(place.profile.folder, self.secrets, with_copies=with_copies)

    sweep_previews = staticmethod(restoring.sweep_previews)

    def wipe_leftovers(self, folder: Path) -> None:
        """At the next start, before the record is unlocked: wipes readable copies that a killed program left and nobody saved over.

        Those that somebody did save over are sealed, wiped and asked about when the record is unlocked.
        """
        removing.finish(folder, self.secrets)
        copies, workshop = LentCopies(folder), folder / WORKSHOP
        if copies.lent() or workshop.is_dir():
            with suppress(Fault, OSError), profiles.held(folder):
                copies.wipe_untouched()
                if workshop.is_dir():
                    from sencoapp.documents.office_press import wipe_left_over

                    wipe_left_over(workshop)

    def is_profile(self, folder: Path) -> bool:
        return profiles.is_profile(folder)

    def new_id(self) -> str:
        return self.ids.new()

    def _tries(self, folder: Path) -> Tries:
        return Tries(folder, self.clock, self._up)

    @contextmanager
    def _counted(self, folder: Path, *, wait: bool = True) -> Iterator[None]:
        """Counts a passphrase that was wrong, and lets none be tried while one must wait; the sheet may be used meanwhile."""
        tries = self._tries(folder)
        if wait:
            tries.must_not_wait()
        try:
            yield
        except Fault as fault:
            if fault.key == "wrong_passphrase":
                tries.count_one()
                tries.must_not_wait()
            raise

    def _confirm(self, place: Workplace, passphrase: str) -> None:
        with self._counted(place.profile.folder):
            profiles.confirm(place.profile, passphrase, self.secrets)
        self._note_tries(place)

    def _unlocked(self, profile: OpenProfile, what: str) -> Workplace:
        place = self._workplace(profile)
        try:
            # On a full disk the record opens all the same: it must be readable, and what was tried is noted the next time.
            with suppress(Fault):
                self._note_tries(place)
                place.note(what)
                lending.take_back(place.session, place.copies)  # where the program was killed
        except BaseException:
            place.close()
            raise
        return place

    def _note_tries(self, place: Workplace) -> None:
        """Hands what was tried in vain over to the audit trail."""
        tries = self._tries(place.profile.folder)
        wrong = tries.so_far()
        if wrong is not None:
            for what, count in (("unlock_failed", wrong.count), ("sheet_failed", wrong.codes)):
                if count:
                    place.note(what, count=count, first=wrong.first, last=wrong.last)
            tries.forget()

    def _workplace(self, profile: OpenProfile) -> Workplace:
        use_added(councils_folder())
        try:
            person = beginning.me(profile.record)
        except BaseException:
            profile.close()
            raise
        return Workplace(profile, self._session(profile, person), self.effort)

    def _session(self, profile: OpenProfile, person: StaffMember) -> Session:
        actor = Actor(person.id, person.name, person.role)
        return Session(guarded(profile.record, person), profile.files, self.clock, self.ids, actor)
