"""Spelling: whether it is checked, and the words of one's own dictionary."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.services import spelling as services
from ui.room import Room
from ui.spelling import is_there, spelling
from ui.widgets import STRETCH, Button, Field, Form, LineField, Text, clear, col, holder, note, row


def _say(key: str, **details: object) -> str:
    return reference.say(f"spelling.{key}", **details)


class SpellingPart(QWidget):
    """The words are kept in the record as soon as they are added."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.word = LineField(_say("word"), width=240)
        self.word.returnPressed.connect(self._add)
        self.form = Form()
        self.form.add("word", Field(_say("word"), self.word))
        self.keep = Button(_say("keep"), icon="plus", press=self._add)
        self._words = col(gap=4)
        self.setLayout(
            col(
                Text(_say("how" if is_there() else "missing"), "ui", wrap=True),
                self.form,
                row(self.keep, STRETCH),
                Text(_say("own"), "ui", weight=600),
                holder(self._words),
                gap=10,
            )
        )

    def ask(self) -> None:
        self._room.ask(self, lambda place: services.own_words(place.session), self._show, replace="words")

    def _add(self) -> None:
        word = self.word.text()
        self._room.do(self, lambda place: services.add_word(place.session, word), self._added, self.form.refuse)

    def _added(self, words: Sequence[str]) -> None:
        self.form.clear_problems()
        self.word.clear()
        self._changed(words)

    def _changed(self, words: Sequence[str]) -> None:
        spelling().read_again()
        self._show(words)

    def _remove(self, word: str) -> None:
        self.word.setFocus(Qt.FocusReason.OtherFocusReason)
        self._room.do(self, lambda place: services.remove_word(place.session, word), self._changed)

    def _show(self, words: Sequence[str]) -> None:
        clear(self._words)
        for each in words:
            name = _say("remove_named", word=each)
            remove = Button(_say("remove"), "link", name=name, press=lambda each=each: self._remove(each))  # type: ignore[misc]
            self._words.addWidget(holder(row(Text(each, "ui"), remove, STRETCH, gap=12)))
        if not words:
            self._words.addWidget(note(_say("none_yet")))
