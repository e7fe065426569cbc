"""Who makes the request, and what the parents were told and think of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from sencoapp.app import Workplace
from sencoapp.domain.casework import Request
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.reference import say
from sencoapp.services.changes import filled
from sencoapp.services.request_facts import CONSENT
from sencoapp.services.requests import change_request
from ui.pages.reading_column import ReadingColumn
from ui.pages.request_answers import AnswerText
from ui.pages.request_content import NOTE, RequestContent, draft_name
from ui.room import Room
from ui.widgets import (
    STRETCH,
    ChipChoice,
    DateField,
    Field,
    Form,
    Icon,
    LineField,
    SavedState,
    Scroll,
    Text,
    clear,
    col,
    heading,
    holder,
    note,
    row,
    title,
)
from ui.widgets import side_by_side as beside

_ANSWERS = {"agree": True, "not": False, "": None}


def _how_signed(signature: Mapping[str, Any], content: RequestContent) -> str:
    if not signature["by_hand"]:
        return say("request_page.signed_typed")
    if signature["who"] == "parents" and any(each.kind == CONSENT for each in content.page.evidence):
        return say("request_page.signed_on_file")
    return say("request_page.signed_by_hand")


class PeoplePane(QWidget):
    """Each field is kept when it is left; what is written about the parents is a draft while it is typed."""

    kept = Signal()

    def __init__(self, room: Room, saved: SavedState) -> None:
        super().__init__()
        self._room = room
        self._content: RequestContent | None = None
        self._shown: Request | None = None
        self._as_of = 0
        self._saved_state = saved
        self.form = Form()
        self.requester = LineField()
        self.role = LineField()
        self.agree = ChipChoice(
            say("request_page.parents_agree"),
            [("agree", say("request_page.they_agree")), ("not", say("request_page.they_do_not")), ("", say("request_page.not_known"))],
            none_allowed=False,
        )
        self.words = AnswerText(say("request_page.parents_words"), lines=3)
        self.told = DateField(today=room.app.clock.today(), what=say("request_page.told_what"), field="parents_told_on", towards="past")
        self._lay_out()
        for line in (self.requester, self.role, self.told.edit):
            line.editingFinished.connect(self.keep)
        self.agree.chosen.connect(self.keep)
        self.words.left.connect(self.keep)
        self.words.settled.connect(self._keep_draft)

    def _lay_out(self) -> None:
        add = self.form.add
        self.form.add_widget(heading(say("request_page.parents")))
        self.form.add_widget(Text(say("request_page.parents_note"), "ui", "muted", wrap=True))
        add("parents_told_on", Field(say("request_page.told"), self.told))
        add("parents_agree", Field(say("request_page.parents_agree"), self.agree))
        add("parents_agree_note", Field(say("request_page.parents_words"), self.words, hint=say("request_page.parents_words_hint")))
        self.form.add_widget(heading(say("request_page.requester_head")))
        self.form.add_widget(
            beside(
                add("requester", Field(say("request_page.requester"), self.requester), place=False),
                add("requester_role", Field(say("request_page.requester_role"), self.role), place=False),
            )
        )
        self.form.add_widget(note(say("request_page.requester_note"), wrap=True))
        self._signatures_head = heading(say("request_page.signatures"))
        self._signatures = col(gap=8)
        self.form.add_widget(self._signatures_head)
        self.form.add_widget(holder(self._signatures))
        column = col(title(say("request_page.people")), self.form, STRETCH, gap=16, margins=(24, 16, 24, 16))
        self.setLayout(col(Scroll(ReadingColumn(column), say("request_page.people")), gap=0))

    def show_content(self, content: RequestContent) -> None:
        """Shows the request; a field that somebody is in keeps what is typed."""
        request, before = content.request, self._shown
        if before is not None and before.id != request.id:
            self.form.clear_problems()
        self._content = content
        fresh = before is None or before.id != request.id
        told, agree = request.parents_told_on, request.parents_agree
        if fresh or not self.told.edit.hasFocus():
            self.told.set_value(told)
        if fresh or not self.requester.hasFocus():
            self.requester.setText(request.requester or "")
        if fresh or not self.role.hasFocus():
            self.role.setText(request.requester_role or "")
        self.agree.choose(next(key for key, value in _ANSWERS.items() if value is agree))
        if fresh or not self.words.hasFocus():
            self.words.set_words(content.typed.get(NOTE, request.parents_agree_note or ""))
        for part in (self.told, self.requester, self.role, self.agree):
            part.setEnabled(content.is_open)
        self.words.setReadOnly(not content.is_open)
        self._shown, self._as_of = request, content.page.position
        self._show_signatures(content)

    def _show_signatures(self, content: RequestContent) -> None:
        """Who signs the council's form, how, and whether the signed page is on file."""
        clear(self._signatures)
        signatures = content.page.form.get("signatures", ())
        for each in signatures:
            who = say("request_page.signs", who=say(f"request_page.signs_{each['who']}"), how=_how_signed(each, content))
            confirm = say("request_page.to_confirm", what=each["confirm"]) if each.get("confirm") else ""
            words = col(
                Text(who, "ui", weight=600, wrap=True), note(each["words"], wrap=True), note(confirm, wrap=True) if confirm else None, gap=0
            )
            self._signatures.addWidget(holder(row(Icon("pencil", "muted"), (words, 1), gap=10)))
        if not signatures:
            self._signatures.addWidget(note(say("request_page.signs_nobody"), wrap=True))

    def keep(self) -> None:
        """Keeps what differs from the record."""
        shown, content = self._shown, self._content
        if shown is None or content is None or not content.is_open:
            return
        try:
            told = self.told.value()
        except PlainMessage as refused:
            if not self.told.edit.hasFocus():
                self.form.refuse(refused)
            return
        wanted = replace(
            shown,
            requester=filled(self.requester.text()),
            requester_role=filled(self.role.text()),
            parents_told_on=told,
            parents_agree=_ANSWERS[self.agree.value()],
            parents_agree_note=filled(self.words.words()),
        )
        if wanted == shown:
            return
        self._shown, as_of = wanted, self._as_of

        def deed(place: Workplace) -> Saved:
            saved = change_request(place.session, shown, wanted, as_of=as_of)
            place.session.record.drop_draft(draft_name(shown.id, NOTE))
            return saved

        self._room.do(self, deed, self._saved, self._refused)

    def go_to(self, field: str) -> None:
        """Puts the focus into a field, such as ``requester``."""
        {"requester": self.requester, "parents_told_on": self.told, "parents_agree": self.agree}.get(field, self.told).setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.keep()

    def _saved(self, saved: Saved) -> None:
        self._as_of = saved.position
        self.form.clear_problems()
        self._saved_state.saved(self._room.app.clock.now())
        self.kept.emit()

    def _refused(self, message: PlainMessage) -> None:
        self._shown = self._content.request if self._content else None
        self.form.refuse(message)

    def _keep_draft(self, words: str) -> None:
        shown = self._shown
        if shown is None or words.strip() == (shown.parents_agree_note or ""):
            return
        name = draft_name(shown.id, NOTE)
        now = self._room.app.clock.now()

        def kept(_: None) -> None:
            self._saved_state.draft_saved(now)

        self._room.ask(self, lambda place: place.session.record.keep_draft(name, {"text": words}), kept)
