"""One question of a council's form: the record's words or a person's own, kept while they are typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import explain, say
from sencoapp.services.requests import write_answer
from ui.pages.request_content import RequestContent, draft_name
from ui.room import Room
from ui.widgets import Button, Icon, Notice, Text, TextArea, col, holder, note, row


class AnswerText(TextArea):
    """A text that says when it is left: the moment to keep it for good."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # type: ignore[override]
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


_WANTED = {"mandatory": "request_page.council_requires", "recommended": "request_page.compare_recommended"}
"""What is said of a question; one that is optional says so beside its label."""


class AnswerField(QWidget):
    """A question with its hint and its answer.

    The text is a draft 400 ms after the last key, and an answer when the field is left. ``draft_kept`` and ``answer_kept``
    say so. What is being typed is never replaced by what comes from the record.
    """

    draft_kept = Signal()
    answer_kept = Signal()

    def __init__(self, room: Room, question: Mapping[str, Any]) -> None:
        super().__init__()
        self._room = room
        self.question = str(question["id"])
        self._content: RequestContent | None = None
        self._changed = False
        self._as_of = 0
        self._most: int | None = question.get("most_characters")
        self._most_items: int | None = question.get("most_items")
        label = str(question["label"])
        asked = [say(_WANTED[question["required"]]) if question["required"] in _WANTED else ""]
        asked.append(say("request_page.at_most", count=self._most) if self._most else "")
        asked.append(say("request_page.at_most_items", count=self._most_items) if self._most_items else "")
        wanted = " ".join(filter(None, asked))
        self.area = AnswerText(label, lines=4, most_lines=16)
        self.area.setAccessibleDescription(" ".join(filter(None, (str(question["hint"]), wanted))))
        self.area.textChanged.connect(self._typed)
        self.area.settled.connect(self._keep_draft)
        self.area.left.connect(self.keep)
        self.setFocusProxy(self.area)
        self._icon = Icon("", "muted", 16)
        self._source = note("", wrap=True)
        self.lacks = note("", wrap=True)
        self._lack = holder(row(Icon("circle-dashed", "warning", 16), (self.lacks, 1), gap=6))
        self._lack.hide()
        self._words = note("")
        self._back = Button(say("request_page.back_to_record"), "link", press=self.go_back)
        self._problem = Notice("danger", "")
        self._problem.hide()
        optional = say("shell.optional") if question["required"] == "optional" else ""
        head = Text(f"{label} {optional}".strip(), "body", weight=600, wrap=True)
        hint = Text(str(question["hint"]), "ui", "muted", wrap=True) if question["hint"] else None
        tag = note(wanted, wrap=True) if wanted else None
        confirm = row(Icon("circle-question-mark", "info", 16), (note(str(question.get("confirm", "")), wrap=True), 1), gap=6)
        foot = row(self._icon, (self._source, 1), self._back, self._words, gap=8)
        told = holder(confirm) if question.get("to_confirm") else None
        self.setLayout(col(head, tag, hint, told, self._problem, self.area, foot, self._lack, gap=4))

    def show_content(self, content: RequestContent) -> None:
        """Shows what the record holds now, unless somebody is typing."""
        self._content = content
        typed = content.typed.get(self.question)
        if not self._changed and not (self.area.hasFocus() and self.area.words() == (typed or self._kept())):
            self.area.set_words(self._kept() if typed is None else typed)
            self._as_of = content.page.position
            self._changed = typed is not None and typed.strip() != self._kept().strip()
        self.area.setReadOnly(not content.is_open)
        self._say_source()

    def keep(self) -> None:
        """Keeps what was typed as the answer; nothing happens where nothing was typed."""
        content = self._content
        if content is None or not self._changed or not content.is_open:
            return
        self._changed = False
        self._write(self.area.words())

    def go_back(self) -> None:
        """Sets the person's words aside; Undo brings them back."""
        content = self._content
        if content is None:
            return
        own = self.area.words()
        self._changed = False
        self._write("")
        self.area.set_words(self._draft())
        self._room.ways.toast(say("request_page.words_set_aside"), lambda: self._bring_back(own))

    # ---- within -----------------------------------------------------------------------------------------------------

    def _bring_back(self, words: str) -> None:
        self.area.set_words(words)
        self._write(words)

    def _draft(self) -> str:
        return self._content.page.drafts.get(self.question, "") if self._content else ""

    def _kept(self) -> str:
        answer = self._content.page.answers.get(self.question) if self._content else None
        return answer.text if answer else self._draft()

    def _typed(self) -> None:
        self._changed = True
        self._say_source()

    def _keep_draft(self, words: str) -> None:
        content = self._content
        if content is None or not self._changed or not content.is_open:
            return
        name = draft_name(content.request.id, self.question)
        self._room.do(self, lambda place: place.session.record.keep_draft(name, {"text": words}), lambda _: self.draft_kept.emit())

    def _write(self, words: str) -> None:
        assert self._content is not None
        request, question, as_of = self._content.request.id, self.question, self._as_of
        # Words that are the record's own are not kept as somebody's answer: they go on following the record.
        wanted = "" if question not in self._content.page.answers and words.strip() == self._draft().strip() else words

        def deed(place: Workplace) -> Saved:
            saved = write_answer(place.session, request, question, wanted, as_of=as_of)
            place.session.record.drop_draft(draft_name(request, question))
            return saved

        self._room.do(self, deed, self._written, self._refused)

    def _written(self, saved: Saved) -> None:
        self._as_of = saved.position
        self._problem.hide()
        self.answer_kept.emit()

    def _refused(self, message: PlainMessage) -> None:
        self._changed = True
        self._problem.say(explain(message))
        self._problem.show()

    def _say_source(self) -> None:
        content, words = self._content, self.area.words().strip()
        if content is None:
            return
        draft = self._draft().strip()
        own = (bool(words) and words != draft) or (self.question in content.page.answers and not self._changed)
        key = "source_own" if own else "source_record" if draft else "source_none"
        self._icon.show_icon("pencil" if own else "history" if draft else "", "muted")
        self._icon.setVisible(own or bool(draft))
        self._source.setText(say(f"request_page.{key}"))
        self._back.setVisible(own and bool(draft) and content.is_open)
        self._say_lacks(content, own=own)
        count = len(words.split())
        told = say("request_page.words_one" if count == 1 else "request_page.words", count=count) if count else ""
        if self._most is not None and len(words) > self._most:
            told = say("request_page.too_many", over=len(words) - self._most, count=self._most)
        lines = sum(1 for each in words.splitlines() if each.strip())
        if self._most_items is not None and lines > self._most_items:
            told = say("request_page.too_many_items", there=lines, count=self._most_items)
        self._words.setText(told)

    def _say_lacks(self, content: RequestContent, *, own: bool) -> None:
        """What is asked that the record does not hold, or what of it the form has no place for; of a person's own words nothing."""
        draft = content.page.lacks.get(self.question)
        said = []
        if draft is not None and draft.text and not own:
            said.append(say("request_page.still_asked", what="; ".join(draft.lacks)) if draft.lacks else "")
            said.append(say("request_page.left_out", count=draft.left_out) if draft.left_out else "")
        self.lacks.setText(" ".join(filter(None, said)))
        self._lack.setVisible(bool(said) and content.is_open)
