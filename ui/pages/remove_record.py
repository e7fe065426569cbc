"""Removing the open record from this computer: what goes, what stays, a last backup, and the passphrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.refusals import PlainMessage, Refusal
from ui.files import ask_for_folder
from ui.pages.facts import told
from ui.pages.passphrase import PassphraseEntry
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.tasks import Job
from ui.widgets import STRETCH, Button, ChipChoice, Field, Form, Notice, Sheet, Text, holder, row

say = reference.say
_AT_PASSPHRASE = ("wrong_passphrase", "wait_before_next_try", "keyring_secret_missing")


@dataclass(frozen=True)
class Elsewhere:
    """What there is of the record beside the record."""

    folder: Path
    beside: Sequence[Path]
    chosen: Path | None


def open_removing(room: Room, owner: QWidget) -> None:
    """Looks what lies beside the record, and opens the sheet."""

    def look(place: Workplace) -> Elsewhere:
        return Elsewhere(place.profile.folder, place.backups.beside(), place.backups.chosen())

    room.ask(owner, look, lambda found: room.ways.show_sheet(RemoveSheet(room, found)), replace="removing")


class RemoveSheet(Sheet):
    """One passphrase away from the end; nothing is chosen for the person."""

    def __init__(self, room: Room, found: Elsewhere) -> None:
        self._room, self._busy = room, False
        self.form = Form()
        kept = str(found.chosen) if found.chosen else say("settings.remove_no_folder")
        self.form.add_widget(Text(say("settings.remove_what"), "body", wrap=True))
        self.form.add_widget(
            told(
                (
                    (say("settings.remove_from"), str(found.folder)),
                    (say("settings.remove_beside"), "\n".join(map(str, found.beside)) or say("settings.remove_none_beside")),
                    (say("settings.remove_elsewhere"), kept),
                )
            )
        )
        self.backup_button = Button(say("settings.remove_backup_first"), icon="download", press=self.choose_folder)
        self.form.add_widget(holder(row(self.backup_button, STRETCH)))
        self.said = Notice("success", "")
        self.said.hide()
        self.form.add_widget(self.said)
        self.copies = ChipChoice(
            say("settings.remove_copies"), [("keep", say("settings.remove_copies_keep")), ("go", say("settings.remove_copies_go"))]
        )
        field = Field(say("settings.remove_copies"), self.copies, hint=say("settings.remove_copies_hint"))
        self._asks_of_copies = bool(found.beside)
        if self._asks_of_copies:
            self.form.add("copies", field)
        self.passphrase = PassphraseEntry(say("settings.passphrase_now"))
        self.form.add("passphrase", Field(say("settings.passphrase_now"), self.passphrase))
        self.form.add_widget(Notice("danger", say("settings.remove_for_good")))
        self.form.end()
        self.remove_button = Button(say("settings.remove_now"), "danger", press=self.remove)
        self.passphrase.entered.connect(self.remove)
        title = say("settings.remove")
        super().__init__(title, SheetBody(title, self.form, self.remove_button))

    def choose_folder(self) -> None:
        ask_for_folder(self, say("settings.choose_folder"), self.back_up)

    def back_up(self, folder: Path) -> None:
        """A last backup, in one file that opens without this computer."""
        name = say("settings.backup_name", day=self._room.app.clock.today().isoformat())
        job = Job(say("settings.backing_up"), can_stop=False)
        self._room.ask(self, lambda place: place.back_up(folder / name), self._backed_up, self.form.refuse, job=job)

    def _backed_up(self, path: Path) -> None:
        self.said.say(say("settings.backed_up", file=path))
        self.said.show()

    def remove(self) -> None:
        if self._busy:
            return
        self.form.clear_problems()
        passphrase = self.passphrase.words()
        if self._asks_of_copies and not self.copies.value():
            self.form.refuse(Refusal("remove_copies_undecided", field="copies"))
        elif not passphrase:
            self.form.refuse(Refusal("passphrase_missing", field="passphrase"))
        else:
            self._busy = True
            self._room.ways.remove_record(passphrase, with_copies=self.copies.value() == "go", refused=self._refused)

    def _refused(self, message: PlainMessage) -> None:
        self._busy = False
        if message.key in _AT_PASSPHRASE:
            self.form.show_problems({"passphrase": reference.explain(message)})
        else:
            self.form.refuse(message)
