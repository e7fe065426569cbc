"""The middle of the builder for one section of the council's form: its questions, and what it prints from the record."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from sencoapp.reference import say
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_answers import AnswerField
from ui.pages.request_content import RequestContent
from ui.pages.request_shown import Printed, cards_of, printed_by
from ui.pages.request_sign_off import sign_off_words
from ui.room import Room
from ui.widgets import STRETCH, Icon, Notice, SavedState, Scroll, Text, clear, col, heading, note, panel, row


class SectionPane(QWidget):
    """Built anew for another section, and brought up to date in place for the same one."""

    place_wanted = Signal(str)
    """Somewhere that is not this section: a place of the record, or a step of the builder."""

    def __init__(self, room: Room, saved: SavedState) -> None:
        super().__init__()
        self._room = room
        self._shown = ("", "")
        self.fields: dict[str, AnswerField] = {}
        self._title = Text("", "title", wrap=True)
        self._saved = saved
        self._confirm = Notice("info", "")
        self._questions = col(gap=20)
        self._printed_head = heading(say("request_page.printed"))
        self._printed_note = note(say("request_page.printed_note"), wrap=True)
        self._printed = col(gap=8)
        printed = col(row(self._printed_head, STRETCH), self._printed_note, self._printed, gap=6)
        column = col(self._title, self._confirm, self._questions, printed, STRETCH, gap=16, margins=(24, 16, 24, 16))
        self.pane = Scroll(ReadingColumn(column), say("request_page.section"))
        self.setLayout(col(self.pane, gap=0))

    def show_section(self, content: RequestContent, section: Mapping[str, Any], number: int) -> None:
        """Shows a section of the form."""
        if self._shown != (content.request.id, section["id"]):
            self.keep()
            self._build(section)
            self._shown = (content.request.id, section["id"])
            self.pane.verticalScrollBar().setValue(0)
        self._title.setText(f"{number}. {section['title']}")
        self._confirm.setVisible(bool(section.get("to_confirm")))
        if section.get("to_confirm") and self._confirm.accessibleName() != section["confirm"]:
            self._confirm.say(section["confirm"])
        for field in self.fields.values():
            field.show_content(content)
        self._show_printed(content, section["shows"])

    def go_to(self, question: str) -> None:
        """Puts the focus into the answer to a question, or into the first."""
        field = self.fields.get(question) or next(iter(self.fields.values()), None)
        if field is not None:
            field.area.setFocus()
            self.pane.ensureWidgetVisible(field)

    def keep(self) -> None:
        """Keeps whatever was typed."""
        for field in self.fields.values():
            field.keep()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()

    def _build(self, section: Mapping[str, Any]) -> None:
        clear(self._questions)
        self.fields = {}
        by_hand = []
        for question in section["questions"]:
            if question["by_hand"]:
                by_hand.append(str(question["label"]))
                continue
            field = AnswerField(self._room, question)
            field.draft_kept.connect(lambda: self._saved.draft_saved(self._room.app.clock.now()))
            field.answer_kept.connect(lambda: self._saved.saved(self._room.app.clock.now()))
            self.fields[question["id"]] = field
            self._questions.addWidget(field)
        if by_hand:
            self._questions.addWidget(_on_paper(by_hand))

    def _show_printed(self, content: RequestContent, shows: str) -> None:
        printed = printed_by(shows, content.shown)
        if shows == "consent":  # whoever prints that page for the parents sees here whether the head teacher has signed
            printed = [
                *printed,
                Printed(
                    "check" if content.sign_off_state == "signed" else "circle-dashed",
                    say("request_page.sign_off"),
                    sign_off_words(content),
                    "sign_off",
                ),
            ]
        clear(self._printed)
        for card in cards_of(printed, self.place_wanted.emit):
            self._printed.addWidget(card)
        self._printed_head.setVisible(bool(printed))
        self._printed_note.setVisible(bool(printed))


def _on_paper(labels: list[str]) -> QWidget:
    lines = [row(Icon("pencil", "muted", 16), (Text(each, "ui", wrap=True), 1), gap=8) for each in labels]
    return panel(Text(say("request_page.on_paper"), "ui", weight=600, wrap=True), *lines, gap=6)
