"""Who gets in: the passphrase, the recovery sheet, what the first screen calls the record, and when it locks by itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.folders import label_of
from sencoapp.services import beginning
from ui.pages.passphrase import PassphraseEntry
from ui.pages.sheet_proof import SheetProof
from ui.room import Room
from ui.widgets import STRETCH, Button, Field, Form, LineField, Notice, SavedState, Surface, Text, clear, col, heading, panel, row
from ui.widgets.announce import announce

_AT_CURRENT = ("wrong_passphrase", "wait_before_next_try", "keyring_secret_missing")
"""What is wrong with the passphrase of today, and is said at its field."""


class KeysPart(QWidget):
    def __init__(self, room: Room) -> None:
        super().__init__()
        self.passphrase = PassphrasePanel(room)
        self.sheet = SheetPanel(room)
        self.label = LabelPanel(room)
        locking = panel(
            heading(reference.say("settings.locking")),
            Text(reference.say("settings.locking_how"), "body", wrap=True),
            Text(reference.say("settings.clipboard_how"), "body", wrap=True),
            gap=12,
            margins=20,
        )
        self.setLayout(col(self.passphrase.frame, self.sheet.frame, self.label.frame, locking, gap=16))

    def ask(self) -> None:
        self.label.ask()


class _KeyPanel(QWidget):
    """A heading, why it is there, and a form whose refusals about the present passphrase stand at the field ``current``."""

    def __init__(self, room: Room, title: str, why: str) -> None:
        super().__init__()
        self.room = room
        self.form = Form()
        self.said = col(gap=8)
        self.steps = col(gap=8)
        self.setLayout(col(self.form, self.steps, self.said, gap=12))
        self.frame: Surface = panel(heading(title), Text(why, "body", wrap=True), self, gap=12, margins=20)

    def refuse(self, message: PlainMessage) -> None:
        if message.key in _AT_CURRENT:
            self.form.show_problems({"current": reference.explain(message)})
        else:
            self.form.refuse(message)

    def say(self, words: str) -> None:
        clear(self.said)
        self.said.addWidget(Notice("success", words))
        announce(words, self)


class PassphrasePanel(_KeyPanel):
    def __init__(self, room: Room) -> None:
        super().__init__(room, reference.say("settings.passphrase"), reference.say("settings.passphrase_why"))
        self.current = PassphraseEntry(reference.say("settings.passphrase_now"))
        self.first = PassphraseEntry(reference.say("welcome.new_passphrase"))
        self.second = PassphraseEntry(reference.say("welcome.passphrase_again"))
        self.form.add("current", Field(reference.say("settings.passphrase_now"), self.current))
        self.form.add(
            "passphrase", Field(reference.say("welcome.new_passphrase"), self.first, hint=reference.say("welcome.passphrase_hint"))
        )
        self.form.add("again", Field(reference.say("welcome.passphrase_again"), self.second))
        self.button = Button(reference.say("settings.change_passphrase"), "primary", press=self.change)
        self.form.add_widget(_left(self.button))
        self.second.entered.connect(self.change)

    def change(self) -> None:
        old, new = self.current.words(), self.first.words()
        clear(self.said)
        self.form.clear_problems()
        if not old:
            self.form.refuse(Refusal("passphrase_missing", field="current"))
        elif not new:
            self.form.refuse(Refusal("passphrase_missing", field="passphrase"))
        elif new != self.second.words():
            self.form.refuse(Refusal("passphrases_differ", field="again"))
        elif self.button.isEnabled():
            self.button.setEnabled(False)
            self.room.do(self, lambda place: self.room.app.change_passphrase(place, old, new), lambda _: self._changed(), self._refused)

    def _changed(self) -> None:
        self.button.setEnabled(True)
        for each in (self.current, self.first, self.second):
            each.empty()
        self.say(reference.say("settings.passphrase_changed"))
        self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, message: PlainMessage) -> None:
        self.button.setEnabled(True)
        self.refuse(message)


class SheetPanel(_KeyPanel):
    """A new code is made, saved, typed back, and only then takes the place of the old one."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, reference.say("settings.sheet"), reference.say("settings.sheet_again_why"))
        self.proof: SheetProof | None = None
        self.current = PassphraseEntry(reference.say("settings.passphrase_now"))
        self.form.add("current", Field(reference.say("settings.passphrase_now"), self.current))
        self.button = Button(reference.say("settings.new_sheet"), press=self.make)
        self.form.add_widget(_left(self.button))
        self.current.entered.connect(self.make)

    def make(self) -> None:
        passphrase = self.current.words()
        clear(self.said)
        self.form.clear_problems()
        if not passphrase:
            self.form.refuse(Refusal("passphrase_missing", field="current"))
        elif self.button.isEnabled():
            self.button.setEnabled(False)
            self.room.ask(
                self, lambda place: _code_and_school(self.room, place, passphrase), lambda found: self._prove(*found), self._refused
            )

    def leave(self) -> None:
        """The old sheet stays in force."""
        clear(self.steps)
        self.proof = None
        self.form.show()
        self.button.setEnabled(True)
        self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _prove(self, code: str, school: str) -> None:
        self.current.empty()
        self.form.hide()
        room = self.room
        self.proof = SheetProof(room.desk, room.place, code, lambda: room.app.recovery_sheet(room.place, school, code))
        self.proof.proved.connect(lambda: self._use(code))
        self.keep_old = Button(reference.say("settings.keep_old_sheet"), "link", press=self.leave)
        for each in (Notice("info", reference.say("settings.old_sheet_until")), self.proof, _left(self.keep_old)):
            self.steps.addWidget(each)
        self.proof.setFocus(Qt.FocusReason.OtherFocusReason)

    def _use(self, code: str) -> None:
        self.room.do(self, lambda place: self.room.app.use_code(place, code), lambda _: self._used(), self._not_used)

    def _used(self) -> None:
        self.leave()
        self.say(reference.say("settings.new_sheet_holds"))

    def _not_used(self, message: PlainMessage) -> None:
        if self.proof is not None:
            self.proof.form.refuse(message)

    def _refused(self, message: PlainMessage) -> None:
        self.button.setEnabled(True)
        self.refuse(message)


class LabelPanel(_KeyPanel):
    def __init__(self, room: Room) -> None:
        super().__init__(room, reference.say("welcome.label"), reference.say("welcome.label_is_readable"))
        self.line = LineField()
        self.line.setMaxLength(beginning.MOST_LABEL)
        self.form.add("label", Field(reference.say("welcome.label"), self.line, hint=reference.say("welcome.label_hint")))
        self.button = Button(reference.say("settings.save"), press=self.save)
        self.saved_state = SavedState()
        self.form.add_widget(_left(self.button, self.saved_state))
        self.line.returnPressed.connect(self.save)

    def ask(self) -> None:
        """Shows what is kept, unless something is being typed."""
        if not self.line.isModified():
            self.room.ask(self, lambda place: label_of(place.profile.folder), self.line.setText, replace="label")

    def save(self) -> None:
        label = self.line.text()
        self.form.clear_problems()
        self.room.do(self, lambda place: self.room.app.change_label(place, label), self._saved, self.refuse)

    def _saved(self, label: str) -> None:
        self.line.setText(label)
        self.saved_state.saved(self.room.app.clock.now())


def _code_and_school(room: Room, place: Workplace, passphrase: str) -> tuple[str, str]:
    return room.app.new_code(place, passphrase), beginning.school(place.session.record).name


def _left(*widgets: QWidget) -> QWidget:
    holding = QWidget()
    holding.setLayout(row(*widgets, STRETCH, gap=12))
    return holding
