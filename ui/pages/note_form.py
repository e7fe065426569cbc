"""The fields of a new observation, and what stands in them as plain values."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.refusals import PlainMessage, Refusal
from ui.pages.note_files import NoteFiles
from ui.pages.note_more import NoteMore
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    ChipChoice,
    Choice,
    DateField,
    Field,
    Icon,
    Pick,
    PupilPicker,
    Text,
    TextArea,
    area_words,
    col,
    holder,
    row,
    side_by_side,
)
from ui.widgets.announce import announce
from ui.widgets.pupil_picker import PupilSource

KINDS = ("strength", "concern", "progress", "support", "behaviour", "view")
"""Those of Alt+1 to Alt+6. A note of none of them is a ``note``."""

_PAUSE_MS = 400


class WhenField(QWidget):
    """Today, until another day is wanted: then a field to type it in."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._today: date | None = None
        self.day: DateField | None = None
        self.change = Button(reference.say("notes.change"), "link", name=reference.say("notes.change_day"), press=self.ask)
        self._line = holder(row(Icon("clock", "muted", 18), Text(reference.say("notes.today"), "ui"), self.change, STRETCH, gap=8))
        self._place = col(self._line, gap=0)
        self.setLayout(self._place)

    def set_today(self, today: date) -> None:
        """The day at the school. What was typed so far is read anew from it."""
        if today == self._today:
            return
        self._today = today
        if self.day is not None:
            typed = self.typed()
            self.day.hide()
            self.day.deleteLater()
            self.day = None
            self.show_typed(typed)

    def ask(self) -> None:
        """Shows the field and goes there."""
        self._show_field()
        self.setFocus()

    def typed(self) -> str:
        """What was typed for another day; empty for today."""
        return self.day.edit.text() if self.day is not None else ""

    def show_typed(self, words: str) -> None:
        if words:
            self._show_field().edit.setText(words)
        elif self.day is not None:
            self.day.hide()
            self.day.deleteLater()
            self.day = None
            self._line.show()

    def value(self) -> date | None:
        """Another day than today, or None. Raises the ``Refusal`` of ``DateField.value``."""
        return self.day.value() if self.day is not None else None

    def setFocus(self, *_: object) -> None:
        (self.day or self.change).setFocus()

    def _show_field(self) -> DateField:
        if self.day is None:
            today = self._today or date.max
            self.day = DateField(
                reference.say("notes.when"),
                today=today,
                what=reference.say("notes.the_day"),
                field="happened_on",
                towards="past",
                latest=today,
            )
            self.day.changed.connect(self.changed)
            self._place.addWidget(self.day)
            self.day.show()  # now, and not when Qt next has time: the keyboard goes there
            self._line.hide()
        return self.day


class NoteForm(QWidget):
    """``settled`` is sent 400 ms after the last key or choice: the moment to keep the draft."""

    settled = Signal()

    def __init__(self, room: Room, source: PupilSource) -> None:
        super().__init__()
        self.files = NoteFiles(room)
        self.pupil = PupilPicker(room.desk, source, reference.say("notes.pupil"))
        self.text = TextArea(reference.say("notes.what_happened"), lines=4)
        self.kind = ChipChoice(reference.say("notes.kind"), self.kinds())
        areas = [("", reference.say("notes.no_area")), *((each, area_words(each)) for each in ("ci", "cl", "semh", "sp"))]
        self.area = Choice(reference.say("notes.area"), areas)
        self.confidential = ChipChoice(
            reference.say("confidential.mark"), [("confidential", reference.say("confidential.mark_hint"))], several=True
        )
        self.tell = ChipChoice(reference.say("notes.tell"), [("senco", reference.say("notes.tell_senco"))], several=True)
        self.when = WhenField()
        self._pupil_field = Field(reference.say("notes.pupil"), self.pupil)
        self._text_field = Field(reference.say("notes.what_happened"), self.text)
        self._when_field = Field(reference.say("notes.when"), self.when)
        area = Field(reference.say("notes.area"), self.area)
        self._pause = QTimer(self)
        self.more = NoteMore(self._pause)
        self.more_button = Button(reference.say("notes.more"), "link", tip="Alt+8", press=self.open_more)
        marks = row(self.tell, (self.confidential, 1), gap=8)
        self.setLayout(
            col(
                self._pupil_field,
                self._text_field,
                self.kind,
                side_by_side(self._when_field, area),
                holder(marks),
                self.more,
                self.files,
                row(self.more_button, STRETCH, self.files.add),
                gap=10,
            )
        )
        self._fields = {"pupil": self._pupil_field, "text": self._text_field, "happened_on": self._when_field}
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settled)
        self._follow()

    @staticmethod
    def kinds() -> list[tuple[str, str]]:
        return [(each, reference.say(f"notes.kind_{each}")) for each in KINDS]

    def _follow(self) -> None:
        self.text.take_instead = self.files.take
        self.files.changed.connect(self.settled)
        self.text.settled.connect(lambda _: self.settled.emit())
        self.pupil.changed.connect(self._touched)
        self.kind.chosen.connect(self._touched)
        self.area.chosen.connect(lambda _: self._touched())
        self.when.changed.connect(self._touched)
        self.confidential.chosen.connect(self._touched)
        self.tell.chosen.connect(self._touched)
        self.more.changed.connect(self._touched)

    def _touched(self) -> None:
        self._pause.start()

    # ---- what stands here -------------------------------------------------------------------------------------------

    def holds_something(self) -> bool:
        """Whether there is anything worth keeping: words, or a file."""
        return bool(self.text.words().strip()) or self.more.tells_what_happened() or bool(self.files.files())

    def open_more(self) -> None:
        """Shows A-B-C, setting, lesson and outcome, and goes there."""
        self.more.show()
        self.more_button.hide()
        self.more.take_focus()

    def turn_tell(self) -> None:
        """Tells the SENCO, or no longer."""
        self.tell.choose(*() if self.tell.values() else ("senco",))
        self.tell.chosen.emit()

    def content(self) -> dict[str, Any]:
        """Everything as plain values, for the draft."""
        return {
            "pupils": [[each.id, each.name, each.detail] for each in self.pupil.chosen()],
            "text": self.text.words(),
            "kind": self.kind.value(),
            "area": self.area.value(),
            "day": self.when.typed(),
            "confidential": bool(self.confidential.values()),
            "tell_senco": bool(self.tell.values()),
            "more": self.more.content(),
            "files": self.files.content(),
        }

    def show_content(self, content: Mapping[str, Any]) -> None:
        """Puts a draft back as it was."""
        self.pupil.choose(*(Pick(*each) for each in content.get("pupils", ())))
        self.text.set_words(str(content.get("text", "")))
        self.kind.choose(str(content.get("kind", "")))
        self.area.choose(str(content.get("area", "")))
        self.when.show_typed(str(content.get("day", "")))
        self.confidential.choose(*(("confidential",) if content.get("confidential") else ()))
        self.tell.choose(*(("senco",) if content.get("tell_senco") else ()))
        self.more.show_content(content.get("more", {}))
        self.files.show_content(content.get("files", ()))
        self.more_button.setVisible(self.more.isHidden())
        self._pause.stop()
        self.clear_problems()

    def clear(self) -> None:
        self.show_content({})

    def values(self) -> dict[str, Any]:
        """For ``services.observations.record_observation``. Raises ``Refusal`` for a day that is none."""
        if not self.pupil.chosen():
            raise Refusal("enter_a_pupil", field="pupil")
        self._pause.stop()
        return {
            "pupils": [each.id for each in self.pupil.chosen()],
            "text": self.text.words(),
            "kind": self.kind.value() or "note",
            "area": self.area.value() or None,
            "happened_on": self.when.value(),
            "confidential": bool(self.confidential.values()),
            "tell_senco": bool(self.tell.values()),
            "files": self.files.files(),
            **self.more.values(),
        }

    def turn_kind(self, kind: str) -> None:
        """Chooses a kind, or none where it is chosen already."""
        self.kind.choose(*() if self.kind.value() == kind else (kind,))
        self.kind.chosen.emit()

    # ---- what is wrong ----------------------------------------------------------------------------------------------

    def refuse(self, message: PlainMessage) -> None:
        """Says it at its field and goes there; everything that was typed stays."""
        sentence = reference.explain(message)
        name = str(message.details.get("field", "text"))
        self.clear_problems()
        field = self._fields.get(name, self._text_field)
        field.say_problem(sentence)
        field.go_to()
        announce(sentence, self)

    def clear_problems(self) -> None:
        for each in self._fields.values():
            each.say_problem("")
