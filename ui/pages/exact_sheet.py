"""The structured form for a sentence that leaves something open: its parts, the sentence that they make, and one press to use it.

The text stays the writer's: the new sentence takes the place of the old one or is added, Ctrl+Z brings the old words back, and
what was saved before stays in the history.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

from PySide6.QtCore import Qt, Signal

from sencoapp import reference
from sencoapp.domain.exactly import Exactly
from ui.commands import command
from ui.pages.form_draft import DraftOf
from ui.pages.plan_words import wording
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, Field, Form, LineField, Sheet, Text, TextArea, col, holder, panel, side_by_side

_ROWS = (("who",), ("skill",), ("ratio", "minutes"), ("how_often", "until"))


class ExactBody(SheetBody):
    """``sentence`` is the one that leaves something open; ``name`` the pupil's; ``draft`` names what is kept while it is typed."""

    done = Signal()
    composed = Signal(str, bool)
    """The sentence, and whether it takes the place of the old one."""

    def __init__(self, room: Room, sentence: str, name: str, today: date, draft: str) -> None:
        self._name, self._today = name, today
        self._form_of = reference.exact_form()
        self.form = Form(wide=True)
        self.lines = {each: LineField() for row in _ROWS for each in row}
        self._place_fields(sentence)
        self.preview = Text("", "body", wrap=True)
        self._missing = Text("", "small", "muted", wrap=True)
        self.form.rest_below()
        shown = panel(self.preview, self._missing, kind="sunken", gap=6, margins=12)
        self.replace = Button(wording("exact_replace"), "primary", icon="check", tip="Ctrl+Return", press=lambda: self._use(instead=True))
        self.add = Button(wording("exact_add"), "secondary", icon="plus", press=lambda: self._use(instead=False))
        cancel = Button(wording("cancel"), "quiet", press=self._cancel)
        self._draft = DraftOf(room, self.form, draft)
        super().__init__(
            wording("exact_title"), self.form, self.replace, self.add, cancel, above=holder(col(self._draft.notice, shown, gap=8))
        )
        self.setFocusProxy(self.lines["who"])
        command(self, wording("exact_replace"), lambda: self._use(instead=True), "Ctrl+Return", "Ctrl+Enter")
        for name_of, words in asdict(self._form_of.begin(sentence)).items():
            self.lines[name_of].setText(words)
        for line in self.lines.values():
            line.textChanged.connect(lambda _: self.look())
        self.look()
        self._draft.began()

    def _place_fields(self, sentence: str) -> None:
        self.form.add_widget(Text(wording("exact_of", sentence=sentence), "ui", "muted", wrap=True))
        for each in _ROWS:
            fields = [Field(wording(f"exact_{name}"), self.lines[name], hint=wording(f"exact_{name}_hint")) for name in each]
            for name, field in zip(each, fields, strict=True):
                self.form.add(name, field, place=len(each) == 1)
            if len(each) > 1:
                self.form.add_widget(side_by_side(*fields))

    def parts(self) -> Exactly:
        return replace(Exactly(), **{name: line.text() for name, line in self.lines.items()})

    def sentence(self) -> str:
        return self._form_of.compose(self.parts(), self._name, self._today)

    def look(self) -> None:
        """Makes the sentence anew, and says what it leaves open still."""
        sentence = self.sentence()
        missing = self._form_of.missing(sentence) if sentence else ()
        self.preview.setText(sentence or wording("exact_empty"))
        self.preview.set_tone("text" if sentence else "muted")
        self._missing.setText(wording("open_missing", parts=", ".join(missing)) if missing else wording("exact_all") if sentence else "")
        for button in (self.replace, self.add):
            button.setEnabled(bool(sentence))

    def _use(self, *, instead: bool) -> None:
        sentence = self.sentence()
        if sentence:
            self._draft.saved()
            self.composed.emit(sentence, instead)
            self.done.emit()

    def _cancel(self) -> None:
        self._draft.saved()
        self.done.emit()


def open_exact_sheet(room: Room, area: TextArea, name: str, start: int, end: int, draft: str) -> ExactBody:
    """Lays the form over the page, for the sentence of ``area`` that stands between ``start`` and ``end``."""
    sentence = area.words()[start:end].strip()
    body = ExactBody(room, sentence, name, room.app.clock.today(), draft)
    sheet = Sheet(wording("exact_title"), body)
    body.composed.connect(_putting(area, sentence))
    body.done.connect(sheet.close_sheet)
    room.ways.show_sheet(sheet)
    return body


def _putting(area: TextArea, sentence: str) -> Callable[[str, bool], None]:
    def put(composed: str, instead: bool) -> None:
        words = area.words()
        at = words.find(sentence)
        if instead and sentence and at >= 0:
            area.put_words(composed, at, at + len(sentence))
        else:
            gap = "" if not words.strip() or words.endswith((" ", "\n")) else " "
            area.put_words(gap + composed, len(words), len(words))
        area.setFocus(Qt.FocusReason.OtherFocusReason)

    return put
