"""What the review of one pupil decides: who was there, what they say, how far each outcome was met, what goes on. It keeps a draft."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.dates import full_date
from sencoapp.domain.plan import Outcome
from sencoapp.domain.refusals import Refusal
from sencoapp.domain.reviews import ATTENDEE_ROLES, CAME, Attendee
from sencoapp.services.reviewing import OutcomeReviewed, ReviewCase, Reviewed, Said, parents_met_words
from ui.pages.form_draft import FormDraft
from ui.pages.plan_words import NEXT, RATINGS, rating_words
from ui.pages.plan_words import wording as plan_wording
from ui.room import Room
from ui.widgets import (
    STRETCH,
    Button,
    ChipChoice,
    Choice,
    Field,
    Form,
    LineField,
    Notice,
    Surface,
    Text,
    TextArea,
    area_chip,
    col,
    flow,
    heading,
    holder,
    note,
    panel,
    row,
    side_by_side,
)

VIEWS = ("pupil", "parents")
ASKED, NOT_ASKED = "text", "absent_because"
TEXTS = ("summary", "decision")


def wording(key: str, **details: object) -> str:
    """Words of the reviews."""
    return reference.say(f"review.{key}", **details)


class AttendeeRow(QWidget):
    """One person who was asked to the meeting. A line without a name counts for nobody."""

    def __init__(self, number: int, attendee: Attendee, touched: Callable[[], None]) -> None:
        super().__init__()
        named = {each: wording("attendee_named", field=wording(f"attendee_{each}"), number=number) for each in ("name", "role", "came")}
        self.name = LineField(named["name"], width=220)
        self.role = Choice(named["role"], [(each, wording(f"role_{each}")) for each in ATTENDEE_ROLES], value=attendee.role)
        self.came = ChipChoice(named["came"], [(each, wording(f"came_{each}")) for each in CAME], none_allowed=False)
        self.name.setText(attendee.name)
        self.came.choose(attendee.came)
        self.setLayout(col(flow(self.name, self.role, self.came, gap=8), gap=0))
        self.name.textEdited.connect(lambda _: touched())
        self.role.chosen.connect(lambda _: touched())
        self.came.chosen.connect(touched)

    def attendee(self) -> Attendee:
        return Attendee(self.name.text().strip(), self.role.value(), self.came.value())  # type: ignore[arg-type]


@dataclass(frozen=True)
class OutcomeFields:
    rating: ChipChoice
    result: LineField
    review_note: LineField
    next: ChipChoice

    def parts(self) -> dict[str, ChipChoice | LineField]:
        return {"rating": self.rating, "result": self.result, "review_note": self.review_note, "next": self.next}


class ReviewForm(Form):
    """``reviewed(day, next_due)`` is what was filled in; ``missing()`` counts what closing still asks for."""

    def __init__(self, room: Room, case: ReviewCase, touched: Callable[[], None]) -> None:
        super().__init__(wide=True, gap=12)
        self.case, self._room, self._touched = case, room, touched
        self.people: list[AttendeeRow] = []
        self.views: dict[str, tuple[ChipChoice, TextArea]] = {}
        self.outcomes: dict[str, OutcomeFields] = {}
        self.provision: dict[str, ChipChoice] = {}
        self.texts = {each: TextArea(wording(each), lines=2) for each in TEXTS}
        self.copy_to = LineField()
        self.restored = Notice(
            "info", reference.say("pupil.draft_restored"), Button(reference.say("pupil.discard"), "link", press=self.discard)
        )
        self.restored.hide()
        self._draft: FormDraft | None = None
        self._build(case)
        self._start = self.content()
        for area in self.texts.values():
            area.textChanged.connect(lambda: self._touch())
        self.copy_to.textEdited.connect(lambda _: self._touch())
        self._draft = FormDraft(room, self, f"review_meeting.{case.page.cycle.id}", self.changed)
        self._draft.began_with({})
        room.ask(self, lambda place: place.session.record.draft(f"review_meeting.{case.page.cycle.id}"), self._restore)

    # ---- what is filled in ------------------------------------------------------------------------------------------

    def reviewed(self, held_on: date | None, next_due: date | None, *, close: bool) -> Reviewed:
        """Raises ``Refusal`` where a copy was given and no day of the meeting is known."""
        copies = tuple(each.strip() for each in self.copy_to.text().split(";") if each.strip())
        if copies and held_on is None:
            raise Refusal("meeting_needs_day", field="held_on")
        return Reviewed(
            self.case.page.cycle.id,
            held_on,
            tuple(each.attendee() for each in self.people if each.name.text().strip()),
            {whose: Said(**{chips.value(): area.words()}) for whose, (chips, area) in self.views.items()},  # type: ignore[misc]
            {key: self._outcome(each) for key, each in self.outcomes.items()},
            {key: chips.value() or None for key, chips in self.provision.items()},  # type: ignore[misc]
            self.texts["summary"].words(),
            self.texts["decision"].words(),
            tuple((each, held_on) for each in copies if held_on is not None),
            next_due,
            close,
        )

    def missing(self) -> int:
        """How many answers closing still asks for."""
        unrated = sum(not each.rating.value() for each in self.outcomes.values()) + (not self.outcomes)
        unsaid = sum(not area.words().strip() for _, area in self.views.values())
        return unrated + unsaid + (not self.texts["decision"].words().strip())

    def content(self) -> dict[str, Any]:
        """What stands in the form, as plain values for a draft."""
        values: dict[str, Any] = {"people": [[each.name.text(), each.role.value(), each.came.value()] for each in self.people]}
        for whose, (chips, area) in self.views.items():
            values |= {f"{whose}.kind": chips.value(), f"{whose}.text": area.words()}
        for key, fields in self.outcomes.items():
            values |= {f"{key}.{name}": _read(part) for name, part in fields.parts().items()}
        values |= {f"{key}.next": chips.value() for key, chips in self.provision.items()}
        return {**values, **{name: area.words() for name, area in self.texts.items()}, "copies": self.copy_to.text()}

    def changed(self) -> dict[str, Any]:
        """What differs from the record: a draft that is taken up later must not carry old values over newer ones."""
        return {name: typed for name, typed in self.content().items() if typed != self._start.get(name)}

    def discard(self) -> None:
        self._put(self._start)
        self.saved()

    def saved(self) -> None:
        """It is in the record, or is to be forgotten."""
        if self._draft is not None:
            self._draft.forget()
        self.restored.hide()
        self._start = self.content()

    # ---- within -----------------------------------------------------------------------------------------------------

    def _build(self, case: ReviewCase) -> None:
        self.add_widget(self.restored)
        if case.has_left and case.pupil.left_on:
            self.add_widget(Notice("info", wording("left", name=case.pupil.name, day=full_date(case.pupil.left_on))))
        self._build_people(case)
        self.add_widget(panel(heading(wording("views")), *(self._view(case, each) for each in VIEWS), gap=12, margins=16))
        none = Text(wording("no_outcomes"), "ui", "muted", wrap=True) if not case.page.outcomes else None
        self.add_widget(heading(wording("outcomes")))
        if none is not None:
            self.add_widget(none)
        for outcome in case.page.outcomes:
            self.add_widget(self._outcome_panel(outcome))
        if case.page.places:
            self.add_widget(panel(heading(wording("provision")), *self._provision_fields(case), gap=12, margins=16))
        for name, area in self.texts.items():
            area.set_words(getattr(case.page.cycle, "review_summary" if name == "summary" else name) or "")
        fields = {name: Field(wording(name), area) for name, area in self.texts.items()}
        copies = Field(wording("copy_to"), self.copy_to, hint=wording("copies_hint"), optional=True)
        for name, field in {**fields, "copies": copies}.items():
            self.add(name, field, place=False)
        given = [note(wording("copy_line", to=each.given_to, day=full_date(each.given_on))) for each in case.copies]
        self.add_widget(panel(heading(wording("decided")), *fields.values(), copies, *given, gap=12, margins=16))

    def _build_people(self, case: ReviewCase) -> None:
        self._rows = col(gap=8)
        known = case.meeting.attendees if case.meeting else _expected(case, self._room.actor.name)
        for attendee in known:
            self._add_person(attendee)
        add = Button(wording("add_person"), "quiet", icon="plus", press=self._one_more)
        met = note(f"{parents_met_words(case.parents_met)}. {wording('parents_met_hint')}", wrap=True)
        self.add_widget(panel(heading(wording("attendance")), holder(self._rows), row(add, STRETCH), met, gap=8, margins=16))

    def _add_person(self, attendee: Attendee) -> AttendeeRow:
        line = AttendeeRow(len(self.people) + 1, attendee, self._touch)
        self.people.append(line)
        self._rows.addWidget(line)
        return line

    def _one_more(self) -> None:
        self._add_person(Attendee("", "other")).name.setFocus()

    def _view(self, case: ReviewCase, whose: str) -> QWidget:
        options = [(ASKED, wording("view_text")), (NOT_ASKED, wording("view_absent_because"))]
        chips = ChipChoice(wording(f"view_kind_{whose}"), options, none_allowed=False)
        area = TextArea(wording(f"view_{whose}"), lines=2)
        field = self.add(f"view_{whose}", Field(wording(f"view_{whose}"), area), place=False)
        found = [each for each in case.page.views if each.whose == whose]
        chips.choose(NOT_ASKED if found and found[-1].absent_because else ASKED)
        area.set_words((found[-1].text or found[-1].absent_because or "") if found else "")
        self.views[whose] = (chips, area)

        def chosen() -> None:
            words = wording(f"view_why_{whose}" if chips.value() == NOT_ASKED else f"view_{whose}")
            field.label.setText(words)
            area.setAccessibleName(words)
            self._touch()

        chips.chosen.connect(chosen)
        area.textChanged.connect(lambda: self._touch())
        chosen()
        return holder(col(chips, field, gap=6))

    def _outcome_panel(self, outcome: Outcome) -> Surface:
        number = wording("outcome", number=outcome.number)
        named = {each: f"{number}: {wording(each if each != 'review_note' else 'evidence')}" for each in ("rating", "result", "next")}
        fields = OutcomeFields(
            ChipChoice(named["rating"], [(each, rating_words(each)) for each in RATINGS]),
            LineField(),
            LineField(),
            ChipChoice(named["next"], [(each, plan_wording(f"next_{each}")) for each in NEXT]),
        )
        fields.rating.choose(outcome.rating or "")
        fields.next.choose(outcome.next or "")
        fields.result.setText(outcome.result or "")
        fields.review_note.setText(outcome.review_note or "")
        self.outcomes[outcome.id] = fields
        lines = (
            Field(wording("result"), fields.result, hint=wording("result_hint"), optional=True),
            Field(wording("evidence"), fields.review_note, optional=True),
        )
        fields.result.setAccessibleName(f"{number}: {wording('result')}")
        fields.review_note.setAccessibleName(f"{number}: {wording('evidence')}")
        for part in (fields.rating, fields.next):
            part.chosen.connect(self._touch)
        for line in (fields.result, fields.review_note):
            line.textEdited.connect(lambda _: self._touch())
        rating = self.add(f"rating.{outcome.id}", Field(wording("rating"), fields.rating), place=False)
        return panel(
            row(note(number), area_chip(outcome.area) if outcome.area else None, STRETCH, gap=8),
            Text(outcome.text, "body", weight=600, wrap=True),
            rating,
            side_by_side(*lines),
            Field(wording("next"), fields.next),
            gap=10,
            margins=16,
        )

    def _provision_fields(self, case: ReviewCase) -> list[QWidget]:
        made: list[QWidget] = []
        for place, provision in case.page.places:
            words = wording("provision_next", title=provision.title)
            chips = ChipChoice(words, [(each, plan_wording(f"next_{each}")) for each in NEXT])
            chips.choose(place.next or "")
            chips.chosen.connect(self._touch)
            self.provision[place.id] = chips
            made.append(Field(provision.title, chips))
            chips.setAccessibleName(words)
        return made

    @staticmethod
    def _outcome(fields: OutcomeFields) -> OutcomeReviewed:
        rating, following = fields.rating.value() or None, fields.next.value() or None
        return OutcomeReviewed(rating, fields.result.text(), fields.review_note.text(), following)  # type: ignore[arg-type]

    def _restore(self, draft: Mapping[str, Any] | None) -> None:
        if draft and not self.changed():
            self._put(draft)
            self.restored.setVisible(bool(self.changed()))

    def _put(self, content: Mapping[str, Any]) -> None:
        people: Sequence[Sequence[str]] = content.get("people", [])
        for number, (name, role, came) in enumerate(people):
            if number == len(self.people):
                self._add_person(Attendee("", "other"))
            line = self.people[number]
            line.name.setText(name)
            line.role.choose(role)
            line.came.choose(came)
        for whose, (chips, area) in self.views.items():
            chips.choose(content.get(f"{whose}.kind", chips.value()))
            area.set_words(content.get(f"{whose}.text", area.words()))
        for key, fields in self.outcomes.items():
            for name, part in fields.parts().items():
                if f"{key}.{name}" in content:
                    _write(part, content[f"{key}.{name}"])
        for key, chips in self.provision.items():
            chips.choose(content.get(f"{key}.next", chips.value()))
        for name, area in self.texts.items():
            area.set_words(content.get(name, area.words()))
        self.copy_to.setText(content.get("copies", self.copy_to.text()))
        self._touched()

    def _touch(self) -> None:
        if self._draft is not None:  # it is called while the form is being built, too
            self._draft.touch()
            self._touched()


def _expected(case: ReviewCase, senco: str) -> tuple[Attendee, ...]:
    """Whom a review has as a rule: the pupil, those with parental responsibility, and who writes this."""
    parents = tuple(Attendee(each, "parent") for each in case.parents)
    return (Attendee(case.pupil.name, "pupil"), *parents, Attendee(senco, "senco"))


def _read(part: ChipChoice | LineField) -> str:
    return part.value() if isinstance(part, ChipChoice) else part.text()


def _write(part: ChipChoice | LineField, typed: str) -> None:
    if isinstance(part, ChipChoice):
        part.choose(typed)
    else:
        part.setText(typed)
