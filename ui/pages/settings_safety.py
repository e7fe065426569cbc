"""Keeping the record safe: backups by themselves, one in a file, the way back from one, and proof that the record is whole."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.refusals import Fault, PlainMessage
from sencoapp.services import keeping
from sencoapp.services.permissions import may, why_not
from sencoapp.services.ports import Finding
from ui.files import ask_for_folder
from ui.pages.remove_record import open_removing
from ui.pages.settings_backups import BackupsPart
from ui.room import Room
from ui.tasks import Job
from ui.widgets import STRETCH, Button, Notice, Text, clear, col, heading, panel, row
from ui.widgets.announce import announce


class SafetyPart(QWidget):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.room = room
        self.own = BackupsPart(room)
        self.backup_button = Button(reference.say("settings.back_up"), icon="download", press=self.choose_folder)
        self.restore_button = Button(reference.say("settings.restore"), icon="history", press=room.ways.restore_backup)
        self.verify_button = Button(reference.say("settings.verify"), icon="shield-check", press=self.verify)
        self.remove_button = Button(reference.say("settings.remove_open"), "danger", press=lambda: open_removing(room, self))
        for button, deed in ((self.backup_button, "back_up"), (self.restore_button, "restore")):
            if not may(room.place.session.actor, deed):
                button.setEnabled(False)
                button.setToolTip(why_not(deed))
        self._backup_said = col(gap=8)
        self._findings = col(gap=8)
        self.setLayout(
            col(
                self.own,
                panel(
                    heading(reference.say("settings.backup")),
                    Text(reference.say("settings.backup_why"), "body", wrap=True),
                    row(self.backup_button, STRETCH),
                    self._backup_said,
                    gap=12,
                    margins=20,
                ),
                panel(
                    heading(reference.say("settings.restore")),
                    Text(reference.say("settings.restore_why"), "body", wrap=True),
                    row(self.restore_button, STRETCH),
                    gap=12,
                    margins=20,
                ),
                panel(
                    heading(reference.say("settings.whole")),
                    Text(reference.say("settings.whole_why"), "body", wrap=True),
                    row(self.verify_button, STRETCH),
                    self._findings,
                    gap=12,
                    margins=20,
                ),
                panel(
                    heading(reference.say("settings.remove")),
                    Text(reference.say("settings.remove_why"), "body", wrap=True),
                    row(self.remove_button, STRETCH),
                    gap=12,
                    margins=20,
                ),
                gap=16,
            )
        )

    def ask(self) -> None:
        self.own.ask()

    # ---- a backup ---------------------------------------------------------------------------------------------------

    def choose_folder(self) -> None:
        ask_for_folder(self, reference.say("settings.choose_folder"), self.back_up)

    def back_up(self, folder: Path) -> None:
        """Writes a backup with the day in its name; one of the same day is replaced."""
        name = reference.say("settings.backup_name", day=self.room.app.clock.today().isoformat())

        def write(place: Workplace) -> Path:
            if not folder.is_dir():  # a stick that was pulled out meanwhile
                raise Fault("folder_not_there", folder=folder)
            return place.back_up(folder / name)

        self.backup_button.setEnabled(False)
        clear(self._backup_said)
        job = Job(reference.say("settings.backing_up"), can_stop=False)
        self.room.ask(self, write, self._backed_up, self._not_backed_up, job=job)

    def _backed_up(self, path: Path) -> None:
        self.backup_button.setEnabled(True)
        self._say(reference.say("settings.backed_up", file=path), sound=True)

    def _not_backed_up(self, message: PlainMessage) -> None:
        self.backup_button.setEnabled(True)
        self._say(reference.explain(message), sound=False)

    def _say(self, words: str, *, sound: bool) -> None:
        self._backup_said.addWidget(Notice("success" if sound else "danger", words))
        announce(words, self.backup_button)

    # ---- proof ------------------------------------------------------------------------------------------------------

    def verify(self) -> None:
        """Reads everything, and says of each part whether it is whole."""
        job = Job(reference.say("settings.verifying"), can_stop=False)

        def read(place: Workplace) -> list[Finding]:
            return keeping.verify(place.session, job.progress)

        self.verify_button.setEnabled(False)
        clear(self._findings)
        self.room.ask(self, read, self._show, self._not_verified, job=job)

    def _show(self, findings: list[Finding]) -> None:
        self.verify_button.setEnabled(True)
        for each in findings:
            self._findings.addWidget(Notice("success" if each.sound else "danger", each.sentence))
        sound = all(each.sound for each in findings)
        announce(reference.say("settings.all_whole" if sound else "settings.not_whole"), self.verify_button)

    def _not_verified(self, message: PlainMessage) -> None:
        self.verify_button.setEnabled(True)
        self._findings.addWidget(Notice("danger", reference.explain(message)))
