"""What stands beside the register about the pupil who is chosen: what works, where the plan stands, what comes next."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from sencoapp import reference
from sencoapp.domain.calendar import SchoolDays
from sencoapp.domain.dates import full_date, weekday_date
from sencoapp.domain.people import Pupil, School, SENprovision
from sencoapp.domain.plan import Cycle, Observation, Outcome, View
from sencoapp.domain.record import Actor
from sencoapp.domain.reviews import SchoolWeeks, review_state
from sencoapp.services.changes import must_get
from sencoapp.services.permissions import may_save, sees, sees_field, why_unseen
from sencoapp.services.ports import Session
from sencoapp.services.pupils import current_status, open_needs, statuses_of
from sencoapp.services.review_words import since_words
from sencoapp.services.today import place_words
from ui.pages.pupil_words import area_of, born_words, breakable, joined
from ui.widgets import STRETCH, Button, Chip, Rule, Scroll, Surface, Text, area_words, col, holder, note, row, status_words

_LONGEST_ON_BUTTON = 16


@dataclass(frozen=True)
class PupilInBrief:
    """What the pane shows of one pupil."""

    pupil: Pupil
    status: SENprovision
    area: str
    cycle: Cycle | None
    outcomes: tuple[Outcome, ...]
    views: frozenset[str]
    """Whose views the open cycle holds: ``pupil``, ``parents``."""
    since: str
    """How long no review was held, where that is worth saying."""
    lateness: str
    """How the next review stands in school days: "due in 3 school days"; empty where none is due."""
    today: date


def in_brief(session: Session, pupil: str) -> PupilInBrief:
    """Gathers it. Raises ``Refusal("no_longer_there")``."""
    record, today = session.record, session.clock.today()
    found = must_get(record, Pupil, pupil)
    needs = open_needs(record, pupil, today)
    cycle = next((each for each in record.find(Cycle, pupil=pupil) if each.closed_on is None), None)
    schools = record.find(School)
    days = SchoolDays.of(schools[0].terms if schools else ())
    due = cycle.review_due_on if cycle else None
    return PupilInBrief(
        pupil=found,
        status=current_status(statuses_of(record, pupil), today),
        area=area_of(needs[0].sen_type) if needs else "",
        cycle=cycle,
        outcomes=tuple(record.find(Outcome, cycle=cycle.id)) if cycle else (),
        views=frozenset(each.whose for each in record.find(View, cycle=cycle.id)) if cycle else frozenset(),
        since=since_words(review_state(cycle.starts_on, due, today, SchoolWeeks(days))) if cycle else "",
        lateness=days.lateness(due, today) if due else "",
        today=today,
    )


class RegisterDetails(Surface):
    """The pane. It keeps its widgets and changes their words, so that going down the list does not flicker."""

    open_wanted = Signal(str)
    note_wanted = Signal(str)
    plan_wanted = Signal(str)
    close_wanted = Signal()

    def __init__(self, actor: Actor) -> None:
        self._id = ""
        self._name = Text("", "heading", wrap=True)
        self._close = Button("", "quiet", icon="x", name=reference.say("register.close_details"), press=lambda: self.close_wanted.emit())
        self._status = Chip("K", "")
        self._area = Chip("ci", "")
        self._place = note("", wrap=True)
        self._works, self._now, self._next = (Text("", "ui", wrap=True) for _ in range(3))
        self._sees_plans = sees(actor, Cycle)
        plans = (
            [self._part("now", self._now), self._part("next", self._next)] if self._sees_plans else [(note(why_unseen(Cycle), wrap=True),)]
        )
        works = self._part("what_works", self._works) if sees_field(actor, Pupil, "what_works") else ()
        self._late = note("", wrap=True)
        self._open = Button("", "primary", press=lambda: self.open_wanted.emit(self._id))
        self._note = Button("", icon="notebook-pen", press=lambda: self.note_wanted.emit(self._id))
        self._plan = Button(reference.say("register.open_plan"), icon="repeat", press=lambda: self.plan_wanted.emit(self._id))
        if not may_save(actor, Observation):
            self._note.hide()
        if not sees(actor, Cycle):
            self._plan.hide()
        self._choose_one = Text(reference.say("register.choose_one"), "ui", "muted", wrap=True)
        content = col(
            row(self._status, self._area, STRETCH),
            self._place,
            Rule(),
            *works,
            *(each for part in plans for each in part),
            self._late,
            Rule(),
            self._open,
            self._note,
            self._plan,
            STRETCH,
            gap=8,
            margins=(16, 4, 16, 16),
        )
        self._facts = Scroll(content, reference.say("register.details"))
        head = row((self._name, 1), self._close, margins=(16, 12, 8, 0))
        self._nobody = holder(col(self._choose_one, STRETCH, margins=(16, 8, 16, 8)))
        super().__init__("side", col(head, (self._facts, 1), (self._nobody, 1), gap=4))
        self.setAccessibleName(reference.say("register.details"))
        self.show_nobody()

    @staticmethod
    def _part(name: str, words: Text) -> tuple[QWidget, QWidget]:
        return Text(reference.say(f"register.{name}"), "small", "muted", weight=600), words

    def pupil(self) -> str:
        """The id of the pupil who is shown; empty for nobody."""
        return self._id

    def take_focus(self) -> None:
        (self._open if self._id else self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_nobody(self) -> None:
        self._id = ""
        self._name.setText("")
        self._facts.hide()
        self._nobody.show()

    def show_pupil(self, brief: PupilInBrief) -> None:
        pupil = brief.pupil
        self._id = pupil.id
        self._name.setText(breakable(pupil.name))
        self._status.say(brief.status, status_words(brief.status))
        self._area.setVisible(bool(brief.area))
        if brief.area:
            self._area.say(brief.area, area_words(brief.area, short=True))  # type: ignore[arg-type]
        self._place.setText(joined(place_words(pupil.year, pupil.reg_group), born_words(pupil.birth_date)))
        self._works.setText(breakable(pupil.what_works or pupil.strengths or reference.say("register.nothing_written")))
        self._now.setText(_now(brief))
        self._next.setText(_next(brief))
        self._late.setText(brief.lateness[:1].upper() + brief.lateness[1:])
        late = brief.lateness.endswith("late")
        self._late.set_tone("danger" if late else "muted")
        self._late.setVisible(bool(brief.lateness))
        self._name_buttons(pupil.forename)
        self._nobody.hide()
        self._facts.show()

    def _name_buttons(self, forename: str) -> None:
        fits = len(forename) <= _LONGEST_ON_BUTTON
        for button, words in (
            (self._open, reference.say("register.open_page", name=forename) if fits else reference.say("register.open_a_page")),
            (self._note, reference.say("register.note_about", name=forename) if fits else reference.say("register.new_note")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
            button.updateGeometry()


def _now(brief: PupilInBrief) -> str:
    if brief.cycle is None:
        return reference.say("register.no_cycle")
    met = sum(each.rating == "met" for each in brief.outcomes)
    said = reference.say("register.cycle", number=brief.cycle.number, date=full_date(brief.cycle.starts_on))
    count = len(brief.outcomes)
    if not count:
        return f"{said} {reference.say('register.no_outcomes')}"
    outcomes = reference.say("register.outcomes" if count > 1 else "register.one_outcome", count=count)
    return f"{said} {outcomes}" + (f" {reference.say('register.met', count=met)}" if met else "")


def _next(brief: PupilInBrief) -> str:
    if brief.cycle is None or brief.cycle.review_due_on is None:
        return reference.say("register.no_review")
    said = reference.say("register.review_on", date=weekday_date(brief.cycle.review_due_on))
    said = f"{said} {brief.since}." if brief.since else said
    missing = [each for each in ("pupil", "parents") if each not in brief.views]
    if not missing:
        return said
    key = "views" if len(missing) == 2 else missing[0]
    return f"{said} {reference.say(f'register.missing_{key}', name=brief.pupil.forename)}"
