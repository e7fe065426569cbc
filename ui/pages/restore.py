"""Restoring from a backup, step by step: which file, what opens it, what it holds, and then in its place."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import BackupKey, BackupPreview, Restored
from sencoapp.domain.dates import weekday_date
from sencoapp.domain.refusals import PlainMessage
from ui.dates import clock
from ui.files import ask_for_file
from ui.gate import Gate, OwnBackup
from ui.pages.entrance import Entrance, letterhead
from ui.pages.facts import told
from ui.pages.passphrase import PassphraseEntry
from ui.pages.unlock import RecoveryForm
from ui.tasks import Desk, Job
from ui.widgets import STRETCH, Button, Card, Field, Form, Notice, Text, clear, col, holder, note, row
from ui.widgets.announce import announce

STEPS = 3


class RestorePage(QWidget):
    """``restored`` when the backup is in its place and can be unlocked; ``left`` when nothing is to be done."""

    restored = Signal()
    left = Signal()

    def __init__(self, desk: Desk, gate: Gate) -> None:
        super().__init__()
        self._desk, self._gate = desk, gate
        self._file: Path | None = None
        self._key: BackupKey | None = None
        self._place: Path | None = None
        self.choosing = ChoosingStep(self.take, self.left.emit)
        self.opening = OpeningStep(self.open, self.choose_again)
        self.looking = LookingStep(self.restore, self.choose_again)
        self.done = DoneStep(self.restored.emit)
        self._steps = (self.choosing, self.opening, self.looking, self.done)
        self.setLayout(col(Entrance(col(letterhead(), 20, *self._steps, gap=6)), gap=0))
        self._show(self.choosing)
        desk.query(self, gate.own_backups, self.choosing.offer)

    # ---- the steps --------------------------------------------------------------------------------------------------

    def take(self, file: Path) -> None:
        """A backup was chosen: asks for what opens it."""
        self._file = file
        self.opening.ask(file)
        self._show(self.opening)

    def choose_again(self) -> None:
        self._key = None
        self._show(self.choosing)

    def open(self, key: BackupKey) -> None:
        """Looks into the backup; nothing on this laptop is changed."""
        file = self._file
        assert file is not None  # this step follows the choosing of one
        self._key = key
        self.opening.be_busy(True)
        self._desk.query(self, lambda: self._gate.preview_backup(file, key), self._opened, self._not_opened)

    def _opened(self, found: BackupPreview) -> None:
        self.opening.be_busy(False)
        self.opening.empty()
        self._place = self._gate.place_of(found.profile)
        self.looking.show_preview(found, replaces=self._place.exists())
        self._show(self.looking)

    def _not_opened(self, message: PlainMessage) -> None:
        self._key = None
        self.opening.be_busy(False)
        if message.key in ("not_a_backup", "file_not_found"):
            self._show(self.choosing)
            self.choosing.say_problem(message)
        else:
            self.opening.refuse(message)

    def restore(self) -> None:
        """Puts the backup in its place."""
        file, key, place = self._file, self._key, self._place
        assert file is not None
        assert key is not None
        assert place is not None
        self.looking.be_busy(True)
        job = Job(reference.say("restore.restoring"), can_stop=False)
        self._desk.query(self, lambda: self._gate.restore(file, key, place, job.progress), self._in_place, self._not_in_place, job=job)

    def _in_place(self, done: Restored) -> None:
        self._key = None
        self.looking.be_busy(False)
        self.done.show_done(done)
        self._show(self.done)

    def _not_in_place(self, message: PlainMessage) -> None:
        self.looking.be_busy(False)
        self.looking.say_problem(message)

    def _show(self, step: "Step") -> None:
        for each in self._steps:
            each.setVisible(each is step)
        step.begin()
        self.setFocusProxy(step.first)
        step.first.setFocus(Qt.FocusReason.OtherFocusReason)


class Step(QWidget):
    """One of the steps; ``first`` takes the focus when it appears."""

    first: QWidget

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice("danger", "")
        self.notice.hide()

    def begin(self) -> None:
        self.notice.hide()

    def say_problem(self, message: PlainMessage) -> None:
        self.notice.say(reference.explain(message))
        self.notice.show()


class ChoosingStep(Step):
    """A file, or one of the backups that this laptop made by itself."""

    def __init__(self, take: Callable[[Path], None], leave: Callable[[], None]) -> None:
        super().__init__()
        self._take = take
        self.choose_button = Button(reference.say("restore.choose_file"), "primary", icon="history", large=True, press=self.choose)
        self.first = self.choose_button
        self.cards: list[Card] = []
        self._own = col(gap=6)
        self.setLayout(
            col(
                note(reference.say("welcome.step", number=1, of=STEPS)),
                Text(reference.say("restore.title"), "display", wrap=True),
                8,
                Text(reference.say("restore.what_it_does"), "body", wrap=True),
                10,
                self.notice,
                self.choose_button,
                10,
                self._own,
                10,
                row(Button(reference.say("welcome.back"), "link", press=leave), STRETCH),
                gap=4,
            )
        )

    def choose(self) -> None:
        ask_for_file(self, reference.say("welcome.restore"), reference.say("welcome.backup_files"), self._take)

    def offer(self, found: Sequence[OwnBackup]) -> None:
        """The backups that lie beside the record."""
        clear(self._own)
        self.cards = []
        if not found:
            return
        self._own.addWidget(Text(reference.say("restore.on_this_laptop"), "ui", "muted", weight=600))
        for each in found:
            words = reference.say("restore.own_backup", day=weekday_date(each.day), number=f"{each.position:,}")
            card = Card(words, row((Text(words, "ui", wrap=True), 1), margins=(14, 8, 14, 8)))
            card.clicked.connect(lambda _=False, path=each.path: self._take(path))
            self.cards.append(card)
            self._own.addWidget(card)


class OpeningStep(Step):
    """The passphrase of the backup's day, or the recovery sheet."""

    def __init__(self, send: Callable[[BackupKey], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._send = send
        self._file = Text("", "ui", "muted", wrap=True)
        self.sheet_link = Button(reference.say("restore.without_passphrase"), "link", press=self.ask_for_the_sheet)
        self.passphrase = PassphraseEntry(reference.say("welcome.passphrase"), beside=self.sheet_link)
        self.passphrase.entered.connect(self.send)
        self.first = self.passphrase
        field = Field(reference.say("welcome.passphrase"), self.passphrase, hint=reference.say("restore.passphrase_hint"))
        self.form = Form(gap=12)
        self.form.add("passphrase", field)
        self.button = Button(reference.say("restore.look"), "primary", large=True, press=self.send)
        self.recovery = RecoveryForm(lambda code, new: self._send(BackupKey(new, code)), self.ask_for_the_passphrase)
        self._plain = holder(
            col(
                Text(reference.say("restore.open_title"), "display", wrap=True),
                4,
                self.form,
                4,
                self.button,
                row(Button(reference.say("restore.choose_another"), "link", press=back), STRETCH),
                gap=6,
            )
        )
        self.setLayout(
            col(note(reference.say("welcome.step", number=2, of=STEPS)), self._file, 6, self.notice, self._plain, self.recovery, gap=4)
        )

    def begin(self) -> None:
        super().begin()
        self.ask_for_the_passphrase()

    def ask(self, file: Path) -> None:
        self._file.setText(file.name)
        self.empty()

    def send(self) -> None:
        self.form.clear_problems()
        if not self.passphrase.words():
            self.form.show_problems({"passphrase": reference.say("restore.enter_passphrase")})
        elif self.button.isEnabled():
            self._send(BackupKey(self.passphrase.words()))

    def refuse(self, message: PlainMessage) -> None:
        if self.recovery.isHidden():
            self.form.refuse(message)
        else:
            self.recovery.form.refuse(message)

    def ask_for_the_sheet(self) -> None:
        self._plain.hide()
        self.recovery.show()
        self.recovery.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_the_passphrase(self) -> None:
        self.recovery.hide()
        self._plain.show()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def be_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(reference.say("welcome.opening" if busy else "restore.look"))
        self.passphrase.line.setReadOnly(busy)
        self.recovery.be_busy(busy)

    def empty(self) -> None:
        """Nothing of what was typed stays on the screen."""
        self.passphrase.empty()
        self.form.clear_problems()
        self.recovery.empty()


class LookingStep(Step):
    """What the backup holds."""

    def __init__(self, go_on: Callable[[], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._held = col(gap=6)
        self.button = Button(reference.say("restore.restore"), "primary", icon="history", large=True, press=go_on)
        self.back = Button(reference.say("restore.choose_another"), "link", press=back)
        self.first = self.button
        self.setLayout(
            col(
                note(reference.say("welcome.step", number=3, of=STEPS)),
                Text(reference.say("restore.holds"), "display", wrap=True),
                8,
                self._held,
                self.notice,
                8,
                self.button,
                row(self.back, STRETCH),
                gap=6,
            )
        )

    def show_preview(self, found: BackupPreview, *, replaces: bool) -> None:
        say = reference.say
        clear(self._held)
        self._held.addWidget(
            told(
                (
                    (say("restore.school"), found.school),
                    (say("restore.made"), _moment(found.made_at) or say("restore.not_said")),
                    (say("restore.last_change"), _moment(found.last_change)),
                    (say("restore.pupils"), f"{found.pupils:,}"),
                    (say("restore.notes"), f"{found.notes:,}"),
                )
            )
        )
        if found.missing_files:
            self._held.addWidget(Notice("warning", say("restore.files_are_missing", count=f"{found.missing_files:,}")))
        self._held.addWidget(Notice("info", say("restore.present_is_kept" if replaces else "restore.nothing_is_replaced")))

    def be_busy(self, busy: bool) -> None:
        for each in (self.button, self.back):
            each.setEnabled(not busy)
        if busy:
            self.notice.hide()


class DoneStep(Step):
    """It is in its place."""

    def __init__(self, go_on: Callable[[], None]) -> None:
        super().__init__()
        self.button = Button(reference.say("restore.unlock"), "primary", icon="lock", large=True, press=go_on)
        self.first = self.button
        self._told = col(gap=8)
        self.setLayout(col(Text(reference.say("restore.done"), "display", wrap=True), 8, self._told, self.notice, 10, self.button, gap=6))

    def show_done(self, done: Restored) -> None:
        clear(self._told)
        for each in done.findings:
            if not each.sound:
                self._told.addWidget(Notice("warning", each.sentence))
        self._told.addWidget(Text(reference.say("restore.done_means"), "body", wrap=True))
        if done.kept_aside is not None:
            self._told.addWidget(Notice("info", reference.say("restore.kept_aside", folder=done.kept_aside)))
        announce(reference.say("restore.done"), self.button)


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else f"{weekday_date(moment.astimezone().date())}, {clock(moment)}"
