"""Writing down what a pupil or the parents said, or why they could not be asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import Pupil
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import plans
from ui.commands import command
from ui.pages.form_draft import FormDraft
from ui.pages.sheet_body import SheetBody
from ui.room import Room
from ui.widgets import Button, ChipChoice, Choice, DateField, Field, Form, LineField, Notice, Sheet, TextArea, side_by_side

METHODS = ("spoken", "written", "drawn", "signed", "symbols", "talking_mat", "observed", "letter", "meeting")


def view_draft(pupil: str) -> str:
    """The name of the draft of a pupil's next view."""
    return f"view.{pupil}"


class ViewSheet(Sheet):
    """The words are theirs: the form asks for them, or for the reason why there are none."""

    def __init__(self, room: Room, pupil: Pupil, whose: str, today: date, draft: Mapping[str, Any] | None) -> None:
        self._room, self._pupil, self._whose, self._today = room, pupil, whose, today
        self._saving = False
        self.form = Form()
        self._build()
        self._draft = FormDraft(room, self.form, view_draft(pupil.id), self._typed)
        self._draft.began_with(self._typed())
        self._restored = Notice(
            "info", reference.say("pupil.draft_restored"), Button(reference.say("pupil.discard"), "link", press=self._discard)
        )
        if draft:
            self._show_typed(draft)
        self._restored.setVisible(False)
        self._show_answer()
        title = reference.say(f"pupil.view_of_{self._whose}", name=pupil.forename)
        self.save_button = Button(reference.say("pupil.save_view"), "primary", tip="Ctrl+Return", press=self.save)
        super().__init__(title, SheetBody(title, self.form, self.save_button, above=self._restored))
        command(self, reference.say("pupil.save_view"), self.save, "Ctrl+Return", "Ctrl+Enter")
        self._restored.setVisible(bool(draft))
        self.closed.connect(self._draft.keep)
        self._follow()

    def _build(self) -> None:
        answers = [("said", reference.say("pupil.they_said")), ("absent", reference.say("pupil.could_not"))]
        self.answer = ChipChoice(reference.say("pupil.answer"), answers, none_allowed=False)
        self.answer.choose("said")
        self.words = TextArea(lines=5)
        self.absent = TextArea(lines=3)
        self.day = DateField(
            today=self._today, value=self._today, what=reference.say("pupil.view_day"), field="given_on", towards="past", latest=self._today
        )
        self.said_by = LineField()
        self.method = Choice(
            "", [("", reference.say("pupil.method_unsaid")), *((each, reference.say(f"pupil.method_{each}")) for each in METHODS)]
        )
        self.helped_by = LineField()
        self.form.add_widget(self.answer)
        self._words_field = self.form.add("text", Field(reference.say("pupil.in_their_words"), self.words))
        self._absent_field = self.form.add("absent_because", Field(reference.say("pupil.why_not"), self.absent))
        day = self.form.add("given_on", Field(reference.say("pupil.day"), self.day), place=False)
        by = self.form.add("said_by", Field(reference.say("pupil.said_by"), self.said_by, optional=True), place=False)
        self.form.add_widget(side_by_side(day, by))
        how = self.form.add("method", Field(reference.say("pupil.method"), self.method), place=False)
        helped = self.form.add("helped_by", Field(reference.say("pupil.helped_by"), self.helped_by, optional=True), place=False)
        self._how = side_by_side(how, helped)
        self.form.add_widget(self._how)

    def _follow(self) -> None:
        self.answer.chosen.connect(self._show_answer)
        for area in (self.words, self.absent):
            area.settled.connect(lambda _: self._draft.keep())
        for line in (self.said_by, self.helped_by):
            line.textEdited.connect(lambda _: self._draft.touch())

    def _show_answer(self) -> None:
        said = self.answer.value() == "said"
        self._words_field.setVisible(said)
        self._absent_field.setVisible(not said)
        self._how.setVisible(said)

    # ---- the draft --------------------------------------------------------------------------------------------------

    def _typed(self) -> dict[str, Any]:
        return {
            "whose": self._whose,
            "answer": self.answer.value(),
            "text": self.words.words(),
            "absent": self.absent.words(),
            "day": self.day.edit.text(),
            "said_by": self.said_by.text(),
            "method": self.method.value(),
            "helped_by": self.helped_by.text(),
        }

    def _show_typed(self, content: Mapping[str, Any]) -> None:
        self._whose = str(content.get("whose", self._whose))
        self.answer.choose(str(content.get("answer", "said")))
        self.words.set_words(str(content.get("text", "")))
        self.absent.set_words(str(content.get("absent", "")))
        self.day.edit.setText(str(content.get("day", "")))
        self.said_by.setText(str(content.get("said_by", "")))
        self.method.choose(str(content.get("method", "")))
        self.helped_by.setText(str(content.get("helped_by", "")))

    def _discard(self) -> None:
        self._draft.drop()
        self.close_sheet()

    # ---- saving -----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        if self._saving:
            return
        try:
            given_on = self.day.value()
        except PlainMessage as message:
            self.form.refuse(message)
            return
        said = self.answer.value() == "said"
        values: dict[str, Any] = {
            "text": self.words.words() if said else None,
            "absent_because": None if said else self.absent.words(),
            "given_on": given_on,
            "said_by": self.said_by.text(),
            "method": self.method.currentText() if said and self.method.value() else None,
            "helped_by": self.helped_by.text() if said else None,
        }
        pupil, whose = self._pupil.id, self._whose
        self._saving = True

        def deed(place: Workplace) -> Saved:
            return plans.record_view(place.session, pupil, whose, **values)  # type: ignore[arg-type]

        self._room.do(self, deed, self._saved, self._refused)

    def _saved(self, saved: Saved) -> None:
        self._draft.drop()
        self.close_sheet()
        self._room.ways.toast(reference.say("pupil.view_saved"), saved)

    def _refused(self, message: PlainMessage) -> None:
        self._saving = False
        field = "text" if self.answer.value() == "said" else "absent_because"
        self.form.show_problems({field: reference.explain(message)})
