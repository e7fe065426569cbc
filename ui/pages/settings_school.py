"""The school as it is entered here, and its term dates. What is typed stays until it is saved or taken back."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.app import Workplace
from sencoapp.domain.people import School
from sencoapp.domain.record import Saved
from sencoapp.domain.refusals import PlainMessage
from sencoapp.services import beginning
from ui.pages.begin import TermsField
from ui.pages.form_draft import DraftOf
from ui.pages.plan_kind import SchoolKind, wording
from ui.pages.school_fields import SchoolFields
from ui.pages.terms import TermsEditor
from ui.room import Room
from ui.widgets import STRETCH, Button, ChipChoice, Field, Form, LineField, SavedState, Text, col, row


def _read(place: Workplace) -> tuple[School, int]:
    return beginning.school(place.session.record), place.session.record.position()


class _SchoolForm(QWidget):
    """A form that changes the school, saved as of what it showed."""

    def __init__(self, room: Room, *, wide: bool = False) -> None:
        super().__init__()
        self.room = room
        self._shown: School | None = None
        self._as_of = 0
        self.form = Form(wide=wide)
        self.saved_state = SavedState()
        self.save_button = Button(reference.say("settings.save"), "primary", press=self.save)
        self.setLayout(col(self.form, row(self.save_button, self.saved_state, STRETCH, gap=12), gap=16))

    def ask(self) -> None:
        """Shows what the record holds, unless something is being typed that is not saved yet."""
        self.room.ask(self, _read, self._take, replace="school")

    def save(self) -> None:
        shown, as_of = self._shown, self._as_of
        if shown is None:
            return
        self.form.clear_problems()
        try:
            wanted = replace(shown, **self.wanted())
        except PlainMessage as message:
            self.form.refuse(message)
            return
        self.room.do(
            self,
            lambda place: beginning.change_school(place.session, shown, wanted, as_of=as_of),
            lambda saved: self._saved(saved, wanted),
            self.form.refuse,
        )

    def wanted(self) -> dict[str, Any]:
        """The fields of ``School`` as they are typed. Raises ``Refusal``."""
        raise NotImplementedError

    def show_school(self, school: School) -> None:
        raise NotImplementedError

    def _take(self, answer: tuple[School, int]) -> None:
        school, position = answer
        if self._shown is not None and self._is_being_changed(self._shown):
            return
        self._shown, self._as_of = school, position
        self.show_school(school)

    def _is_being_changed(self, shown: School) -> bool:
        try:
            wanted = replace(shown, **self.wanted())
            return beginning.check_school(wanted) != beginning.check_school(shown)
        except PlainMessage:
            return True

    def _saved(self, saved: Saved, wanted: School) -> None:
        self._shown, self._as_of = beginning.check_school(wanted), saved.position
        self.show_school(self._shown)
        self.saved_state.saved(self.room.app.clock.now())


class SchoolPart(_SchoolForm):
    """Its name, council, numbers and head teacher."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.fields = SchoolFields(self.form)
        self.ukprn = LineField()
        ukprn = Field(reference.say("settings.ukprn"), self.ukprn, hint=reference.say("settings.ukprn_hint"), optional=True)
        self.form.add("ukprn", ukprn)
        self.plans = SchoolKind()
        self.form.add("plan_template", Field(wording("school_kind"), self.plans, hint=wording("school_kind_hint")))
        asked = reference.say("settings.special_places")
        answers = [(each, reference.say(f"pupil.{each}")) for each in ("yes", "no")]
        self.special = ChipChoice(asked, answers, none_allowed=True)
        self.form.add("special_places", Field(asked, self.special, hint=reference.say("settings.special_places_hint")))
        self.draft = DraftOf(room, self.form, "school_details")
        self.form.add_widget(self.draft.notice)

    def wanted(self) -> dict[str, Any]:
        special = {"yes": True, "no": False}.get(self.special.value())
        ukprn = self.ukprn.text().strip() or None
        return {**self.fields.values(), "ukprn": ukprn, "plan_template": self.plans.wanted(), "special_places": special}

    def show_school(self, school: School) -> None:
        self.fields.show(school)
        self.ukprn.setText(school.ukprn or "")
        self.plans.show_school(school)
        self.special.choose("" if school.special_places is None else "yes" if school.special_places else "no")
        self.draft.began()

    def _saved(self, saved: Saved, wanted: School) -> None:
        self.draft.saved()
        super()._saved(saved, wanted)


class TermsPart(_SchoolForm):
    """Its term dates."""

    def __init__(self, room: Room) -> None:
        super().__init__(room, wide=True)
        self.form.add_widget(Text(reference.say("welcome.term_dates_why"), "body", wrap=True))
        self.editor = TermsEditor(room.app.clock.today())
        self.form.add("terms", TermsField(self.editor, reference.say("settings.terms"), reference.say("settings.terms_hint")))

    def wanted(self) -> dict[str, Any]:
        return {"terms": self.editor.terms()}

    def show_school(self, school: School) -> None:
        self.editor.show_terms(school.terms)
