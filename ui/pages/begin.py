"""The first run: who and which school, its term dates, a passphrase. The keys are made away from the window."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.people import School, StaffMember
from sencoapp.domain.refusals import PlainMessage, Refusal
from sencoapp.services.beginning import MOST_LABEL, check_label, check_school, usual_label, usual_terms
from ui.gate import Gate, Opened
from ui.pages.entrance import Entrance, letterhead, middle_left
from ui.pages.passphrase import PassphraseEntry
from ui.pages.school_fields import SchoolFields
from ui.pages.tab_order import lead_through
from ui.pages.terms import TermsEditor
from ui.tasks import Desk, Lane
from ui.widgets import STRETCH, Button, Choice, Field, Form, LineField, Notice, Text, col, holder, note, row

ROLES = ("senco", "deputy_senco", "teacher", "teaching_assistant", "head_teacher", "office")
_STEPS = 4


class BeginPage(QWidget):
    """``begun`` carries the ``Opened`` new record with its recovery code; ``left`` goes back to the first choice."""

    begun = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, gate: Gate, today: date) -> None:
        super().__init__()
        self._desk, self._gate = desk, gate
        self.school_step = SchoolStep()
        self.terms_step = TermsStep(today)
        self.passphrase_step = PassphraseStep()
        self._steps: tuple[Step, ...] = (self.school_step, self.terms_step, self.passphrase_step)
        for number, step in enumerate(self._steps):
            if number > 0:  # never shown here: what has no place yet would open as a window of its own, and take the focus
                step.hide()
            step.done.connect(lambda number=number: self._go(number + 1))
            step.back.connect(lambda number=number: self._go(number - 1))
        self.entrance = Entrance(col(letterhead(), 16, *self._steps, gap=0), width=800, centred=False)
        self.setLayout(col(self.entrance, gap=0))
        self.setFocusProxy(self.school_step.name)
        lead_through(self._steps)

    def _go(self, number: int) -> None:
        if number < 0:
            self.left.emit()
            return
        if number == len(self._steps):
            self._begin()
            return
        for place, step in enumerate(self._steps):
            step.setVisible(place == number)
        self.entrance.column.verticalScrollBar().setValue(0)
        step = self._steps[number]
        lead_through((step,))
        first = step.first_field()
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        if step is self.passphrase_step:
            self.passphrase_step.propose_label(usual_label(self.school_step.role.value()))
            self._desk.query(self, self._gate.keyring_is_there, self.passphrase_step.say_keyring, replace="keyring", lane=Lane.ERRANDS)

    def _begin(self) -> None:
        values = self.school_step.values()
        school = School(id="", terms=self.terms_step.chosen, **values)
        person = StaffMember("", self.school_step.name.text().strip(), self.school_step.role.value())  # type: ignore[arg-type]
        passphrase, label = self.passphrase_step.first.words(), self.passphrase_step.label.text()
        self.passphrase_step.be_busy(True)
        self._desk.query(self, lambda: self._gate.begin(passphrase, school, person, label), self._begun, self._refused)

    def _begun(self, opened: Opened) -> None:
        self.passphrase_step.be_busy(False)
        self.passphrase_step.empty()
        self.begun.emit(opened)

    def _refused(self, message: PlainMessage) -> None:
        self.passphrase_step.be_busy(False)
        self.passphrase_step.form.refuse(message)


class Step(QWidget):
    """One step: where it stands, its title, a form, Continue and Back."""

    done = Signal()
    back = Signal()

    def __init__(self, number: int, title: str, *, proceed: str = "welcome.continue", wide: bool = False) -> None:
        super().__init__()
        self.form = Form(gap=14, wide=wide)
        self.button = Button(reference.say(proceed), "primary", large=True, press=self.proceed)
        self.back_button = Button(reference.say("welcome.back"), "quiet", press=self.back.emit)
        self.buttons = row(self.button, self.back_button, STRETCH, gap=12)
        where = note(reference.say("welcome.step", number=number, of=_STEPS))
        self.setLayout(col(where, Text(title, "display", wrap=True), 12, self.form, 8, self.buttons, gap=4))

    def proceed(self) -> None:
        """Checks what was entered, and goes on where nothing is amiss."""
        self.form.clear_problems()
        try:
            self.check()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        self.done.emit()

    def check(self) -> None:
        """Raises ``Refusal`` for what cannot stand."""

    def first_field(self) -> QWidget:
        return self.button


class SchoolStep(Step):
    def __init__(self) -> None:
        super().__init__(1, reference.say("welcome.you_and_school"))
        self.name = LineField()
        self.role = Choice(reference.say("welcome.role"), [(each, reference.say(f"people.role_{each}")) for each in ROLES])
        self.form.add("person", Field(reference.say("welcome.your_name"), self.name, hint=reference.say("welcome.your_name_hint")))
        self.form.add_widget(holder(middle_left(self.form.add("role", Field(reference.say("welcome.role"), self.role), place=False))))
        self.school = SchoolFields(self.form)

    def values(self) -> dict[str, Any]:
        return self.school.values()

    def check(self) -> None:
        if not self.name.text().strip():
            raise Refusal("person_needs_name", field="person")
        check_school(School(id="", **self.values()))

    def first_field(self) -> QWidget:
        return self.name


class TermsStep(Step):
    def __init__(self, today: date) -> None:
        super().__init__(2, reference.say("welcome.term_dates"), wide=True)
        self.chosen: tuple[Any, ...] = ()
        self.form.add_widget(Text(reference.say("welcome.term_dates_why"), "body", wrap=True))
        self.editor = TermsEditor(today, usual_terms(today))
        self.form.add("terms", TermsField(self.editor, reference.say("welcome.terms"), reference.say("welcome.terms_hint")))
        self.skip_button = Button(reference.say("welcome.skip_terms"), "link", press=self.skip)
        self.buttons.insertWidget(1, self.skip_button)

    def check(self) -> None:
        terms = self.editor.terms()
        check_school(School("", "-", "-", "-", terms=terms))
        self.chosen = terms

    def skip(self) -> None:
        """Goes on without term dates; lateness is then counted in days."""
        self.chosen = ()
        self.form.clear_problems()
        self.done.emit()

    def first_field(self) -> QWidget:
        """The first of the terms, so that the page is read from its top; Return goes on from any of them."""
        return self.editor.first_stop()


class TermsField(Field):
    """The editor as a field of a form, so that a refusal leads to it."""

    def __init__(self, editor: TermsEditor, label: str, hint: str) -> None:
        super().__init__(label, editor, hint=hint)
        self.editor = editor

    def go_to(self) -> None:
        self.editor.go_to()


class PassphraseStep(Step):
    def __init__(self) -> None:
        super().__init__(3, reference.say("welcome.choose_passphrase"), proceed="welcome.begin_record")
        self.first = PassphraseEntry(reference.say("welcome.passphrase"))
        self.second = PassphraseEntry(reference.say("welcome.passphrase_again"))
        self.second.entered.connect(self.proceed)
        self.keyring = Notice("info", reference.say("welcome.keyring_asking"))
        self.form.add_widget(Text(reference.say("welcome.passphrase_why"), "body", wrap=True))
        self.form.add_widget(self.keyring)
        self.form.add("passphrase", Field(reference.say("welcome.passphrase"), self.first, hint=reference.say("welcome.passphrase_hint")))
        self.form.add("again", Field(reference.say("welcome.passphrase_again"), self.second))
        self.label = LineField()
        self.label.setMaxLength(MOST_LABEL)
        self.label.returnPressed.connect(self.proceed)
        self.form.add("label", Field(reference.say("welcome.label"), self.label, hint=reference.say("welcome.label_is_readable")))

    def propose_label(self, label: str) -> None:
        """What the record is called unless the person types something else."""
        if not self.label.isModified():
            self.label.setText(label)

    def say_keyring(self, there: bool) -> None:
        self.keyring.say(reference.say("welcome.keyring_there" if there else "welcome.keyring_absent"))

    def check(self) -> None:
        if not self.first.words():
            raise Refusal("passphrase_missing", field="passphrase")
        if self.first.words() != self.second.words():
            raise Refusal("passphrases_differ", field="again")
        check_label(self.label.text())

    def be_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        self.button.setText(reference.say("welcome.making_keys" if busy else "welcome.begin_record"))
        self.button.updateGeometry()

    def empty(self) -> None:
        self.first.empty()
        self.second.empty()

    def first_field(self) -> QWidget:
        return self.first
