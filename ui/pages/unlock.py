"""Unlocking: the passphrase, or the recovery sheet. Nothing of what the record holds is shown here, not even the school's name."""

import time
from collections.abc import Callable
from math import ceil
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage, Refusal
from ui.gate import DEMO_PASSPHRASE, Gate, Opened
from ui.pages.entrance import Entrance, letterhead
from ui.pages.passphrase import PassphraseEntry
from ui.sight import bring_together_into_sight
from ui.tasks import Desk
from ui.widgets import STRETCH, Button, ChipChoice, Field, Form, Icon, LineField, Notice, Rule, Text, col, flow, holder, row
from ui.widgets.announce import announce


class UnlockPage(QWidget):
    """``opened`` carries the ``Opened`` record; ``demo_wanted`` and ``record_wanted`` lead to the demo school and back,
    ``begin_wanted`` to a further record beside those that are there, and ``restore_wanted`` to a backup."""

    opened = Signal(object)
    demo_wanted = Signal()
    record_wanted = Signal()
    restore_wanted = Signal()
    begin_wanted = Signal()

    def __init__(self, desk: Desk, gate: Gate, *, demo: bool = False) -> None:
        super().__init__()
        self._desk, self._gate, self._demo = desk, gate, demo
        self.wait = Wait(self)
        self.wait.ticked.connect(self._say_wait)
        self.wait.over.connect(self._wait_is_over)
        self.sheet_link = Button(reference.say("welcome.cannot_unlock"), "link", press=self.ask_for_the_sheet)
        if demo:  # and never shown here: what has no place yet would open as a window of its own, and take the focus
            self.sheet_link.hide()
        self.passphrase = PassphraseEntry(reference.say("welcome.passphrase"), beside=self.sheet_link)
        self.passphrase.entered.connect(self.unlock)
        self.field = Field(reference.say("welcome.passphrase"), self.passphrase)
        self.button = Button(reference.say("welcome.unlock"), "primary", icon="lock", large=True, press=self.unlock)
        self.recovery = RecoveryForm(self.open_with_sheet, self.ask_for_the_passphrase)
        self.records = self._make_records()
        self._plain = self._passphrase_form()
        self.recovery.hide()
        content = col(letterhead(), 20, self._plain, self.recovery, gap=6)
        self.setLayout(col(Entrance(content, self._foot()), gap=0))
        self.setFocusProxy(self.passphrase)
        self._ask_for_wait()

    def _make_records(self) -> ChipChoice | None:
        """The records by their labels, where there are several."""
        records = [] if self._demo else self._gate.records()
        if len(records) < 2:
            return None
        made = ChipChoice(reference.say("welcome.whose_record"), [(str(each.folder), each.label) for each in records], none_allowed=False)
        made.choose(str(self._gate.folder))
        made.chosen.connect(lambda: self.choose_record(Path(made.value())))
        return made

    def choose_record(self, folder: Path) -> None:
        """From now on the passphrase and the sheet are those of this record."""
        self._gate.folder = folder
        self.wait.stop()
        self._say_problem("")
        self.passphrase.empty()
        self.recovery.empty()
        self._be_busy(False)
        self._ask_for_wait()

    def _ask_for_wait(self) -> None:
        # A wait that began before the program was closed, or for another record, goes on.
        gate, demo = self._gate, self._demo
        if not gate.has_failed_before(demo=demo):
            return  # the libraries that could tell more are loaded once the window is there
        self._desk.query(self, lambda: gate.seconds_to_wait(demo=demo), self.wait.begin, replace="wait")

    def _passphrase_form(self) -> QWidget:
        told = Notice("info", reference.say("welcome.demo_passphrase", passphrase=DEMO_PASSPHRASE)) if self._demo else None
        kept = row(Icon("history", "accent", 18), (Text(reference.say("welcome.drafts_are_kept"), tone="muted", wrap=True), 1), gap=10)
        return holder(
            col(
                Text(reference.say("welcome.unlock_demo" if self._demo else "welcome.unlock_record"), "display", wrap=True),
                12,
                told,
                Field(reference.say("welcome.whose_record"), self.records) if self.records is not None else None,
                10 if self.records is not None else None,
                self.field,
                4,
                self.button,
                12,
                Rule(),
                6,
                kept,
                gap=6,
            )
        )

    def _foot(self) -> QWidget:
        words = "welcome.our_record" if self._demo else "welcome.try_demo"
        press = self.record_wanted.emit if self._demo else self.demo_wanted.emit
        other = Button(reference.say(words), "link", icon="users", press=press)
        if self._demo:
            return flow(other)
        another = Button(reference.say("welcome.begin_another"), "link", icon="plus", press=self.begin_wanted.emit)
        restore = Button(reference.say("welcome.restore"), "link", icon="history", press=self.restore_wanted.emit)
        return flow(other, another, restore) if self._gate.takes_another() else flow(other, restore)

    # ---- with the passphrase ----------------------------------------------------------------------------------------

    def unlock(self) -> None:
        """Tries what was typed."""
        if not self.button.isEnabled():
            return
        passphrase = self.passphrase.words()
        if not passphrase:
            self._say_problem(reference.say("welcome.enter_passphrase"))
            return
        self._say_problem("")
        self._be_busy(True)
        self._desk.query(self, lambda: self._gate.unlock(passphrase, demo=self._demo), self._unlocked, self._refused)

    def _unlocked(self, opened: Opened) -> None:
        self.passphrase.empty()
        self._be_busy(False)
        self.opened.emit(opened)

    def _refused(self, message: PlainMessage) -> None:
        self._be_busy(False)
        if message.key == "wait_before_next_try":
            self.wait.begin(int(str(message.details["seconds"])))
            announce(self.wait.words(), self.passphrase.line)
        else:
            self._say_problem(reference.explain(message))
        self.passphrase.line.selectAll()
        self.passphrase.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """A sentence above the field has moved it and the button down: both are to be seen once that is laid out."""
        QTimer.singleShot(0, self, lambda: bring_together_into_sight(self.passphrase.line, self.button))

    def _say_wait(self) -> None:
        """The count-down is shown each second and said once: a screen reader that counts along cannot be used meanwhile."""
        self.button.setEnabled(False)
        self.field.say_problem(self.wait.words())

    def _wait_is_over(self) -> None:
        self.button.setEnabled(True)
        self.field.say_problem("")
        announce(reference.say("welcome.try_again"), self.passphrase.line)

    def _say_problem(self, sentence: str) -> None:
        self.field.say_problem(sentence)
        if sentence:
            announce(sentence, self.passphrase.line)
            self._keep_in_sight()

    def _be_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy and not self.wait.is_on())
        self.passphrase.line.setReadOnly(busy)
        self.button.setText(reference.say("welcome.opening" if busy else "welcome.unlock"))
        self.recovery.be_busy(busy)

    # ---- with the recovery sheet ------------------------------------------------------------------------------------

    def ask_for_the_sheet(self) -> None:
        if self.records is not None:
            self.recovery.say_whose(self.records.chip(self.records.value()).text())
        self._plain.hide()
        self.recovery.show()
        self.recovery.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_for_the_passphrase(self) -> None:
        self.recovery.hide()
        self._plain.show()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_with_sheet(self, code: str, passphrase: str) -> None:
        self._be_busy(True)
        self._desk.query(self, lambda: self._gate.unlock_with_code(code, passphrase), self._opened_with_sheet, self._sheet_refused)

    def _opened_with_sheet(self, opened: Opened) -> None:
        self.recovery.empty()
        self.ask_for_the_passphrase()
        self._unlocked(opened)

    def _sheet_refused(self, message: PlainMessage) -> None:
        self._be_busy(False)
        self.recovery.form.refuse(message)


class Wait(QObject):
    """Counts the seconds down until a passphrase may be tried again."""

    ticked = Signal()
    over = Signal()

    def __init__(self, parent: QObject, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now, self._until = now, 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.look)

    def begin(self, seconds: int) -> None:
        if seconds > 0:
            self._until = self._now() + seconds
            self._timer.start()
            self.look()

    def look(self) -> None:
        """Says how long it still is, or that it is over."""
        if self._now() < self._until:
            self.ticked.emit()
        else:
            self._timer.stop()
            self.over.emit()

    def stop(self) -> None:
        self._timer.stop()

    def is_on(self) -> bool:
        return self._timer.isActive()

    def words(self) -> str:
        minutes, seconds = divmod(max(1, ceil(self._until - self._now())), 60)
        parts = [reference.say("welcome.wait_minutes", count=minutes)] if minutes else []
        parts += [reference.say("welcome.wait_seconds", count=seconds)] if seconds else []
        return reference.say("welcome.wait", time=" ".join(parts))


class RecoveryForm(QWidget):
    """The code of the recovery sheet and a new passphrase. ``send`` is called with both when they are filled in."""

    def __init__(self, send: Callable[[str, str], None], back: Callable[[], None]) -> None:
        super().__init__()
        self._send = send
        self.code = LineField()
        self.first = PassphraseEntry(reference.say("welcome.new_passphrase"))
        self.second = PassphraseEntry(reference.say("welcome.passphrase_again"))
        self.form = Form(gap=12)
        self.form.add("recovery_code", Field(reference.say("welcome.code"), self.code, hint=reference.say("welcome.code_hint")))
        self.form.add(
            "passphrase", Field(reference.say("welcome.new_passphrase"), self.first, hint=reference.say("welcome.passphrase_hint"))
        )
        self.form.add("again", Field(reference.say("welcome.passphrase_again"), self.second))
        self.button = Button(reference.say("welcome.open_with_sheet"), "primary", large=True, press=self.send)
        self.second.entered.connect(self.send)
        back_link = Button(reference.say("welcome.back_to_passphrase"), "link", press=back)
        title = Text(reference.say("welcome.with_sheet"), "display", wrap=True)
        self._whose = Text("", "ui", "muted", wrap=True)
        self._whose.hide()
        self.setLayout(col(title, self._whose, 8, self.form, 4, self.button, row(back_link, STRETCH), gap=6))

    def say_whose(self, label: str) -> None:
        """Which of several records the sheet must be of."""
        self._whose.setText(reference.say("welcome.sheet_of", label=label))
        self._whose.show()

    def send(self) -> None:
        self.form.clear_problems()
        if not self.code.text().strip():
            self.form.show_problems({"recovery_code": reference.say("welcome.enter_code")})
        elif self.first.words() != self.second.words():
            self.form.refuse(Refusal("passphrases_differ", field="again"))
        elif self.button.isEnabled():
            self._send(self.code.text(), self.first.words())

    def be_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.setText(reference.say("welcome.opening" if busy else "welcome.open_with_sheet"))

    def empty(self) -> None:
        self.code.clear()
        self.first.empty()
        self.second.empty()
        self.form.clear_problems()
