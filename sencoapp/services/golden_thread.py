"""The golden thread of a pupil as a board, what hangs loose in the whole school, and the small deeds that tie it."""

from dataclasses import dataclass
from datetime import date

from sencoapp import reference
from sencoapp.domain.golden_thread import LooseEnd, PupilThread, loose_ends
from sencoapp.domain.plan import Cycle, Outcome
from sencoapp.domain.provision import ProvisionPlace
from sencoapp.domain.record import Amend, Edit, New, Saved
from sencoapp.domain.refusals import Refusal
from sencoapp.services.changes import must_get
from sencoapp.services.ports import Session


@dataclass(frozen=True)
class Hanging:
    """One loose end in the list of the school, with the pupil it belongs to."""

    thread: PupilThread
    end: LooseEnd

    @property
    def key(self) -> str:
        return f"{self.end.kind}:{self.end.subject}"


def thread_of(session: Session, pupil: str) -> PupilThread:
    """The thread of one pupil. Raises ``Refusal("no_longer_there")`` for somebody who is not on roll."""
    found = session.record.threads(session.clock.today(), pupil=pupil)
    if not found:
        raise Refusal("no_longer_there")
    return found[0]


def hanging_loose(session: Session) -> list[Hanging]:
    """What hangs loose in the school, by pupil in order of name."""
    today = session.clock.today()
    return [Hanging(thread, end) for thread in session.record.threads(today) for end in loose_ends(thread, today)]


def tie_provision(session: Session, place: str, outcome: str) -> Saved:
    """A pupil's place serves this outcome from now on.

    A place of a closed cycle stays as it was, and the pupil gets one for the open cycle beside it.
    Raises ``Refusal``: ``no_longer_there``, ``plan_is_of_another_pupil``, ``cycle_is_closed``.
    """
    there, wanted = must_get(session.record, ProvisionPlace, place), must_get(session.record, Outcome, outcome)
    if there.pupil != wanted.pupil:
        raise Refusal("plan_is_of_another_pupil")
    if must_get(session.record, Cycle, wanted.cycle).closed_on:
        raise Refusal("cycle_is_closed")
    before = session.record.get(Cycle, there.cycle) if there.cycle else None
    edit: Edit
    if before is not None and before.closed_on:
        edit = New(ProvisionPlace(session.ids.new(), there.pupil, there.provision, wanted.cycle, outcome, there.ends_on, there.starts_on))
    else:
        edit = Amend(ProvisionPlace, place, {"cycle": wanted.cycle, "outcome": outcome})
    return session.record.save([edit], action="tie_provision", actor=session.actor)


def set_review_date(session: Session, cycle: str, day: date | None) -> Saved:
    """The open cycle is to be reviewed by this day.

    Raises ``Refusal``: ``no_longer_there``, ``cycle_is_closed``, ``cycle_needs_review_date``, ``review_before_plan``.
    """
    found = must_get(session.record, Cycle, cycle)
    if found.closed_on:
        raise Refusal("cycle_is_closed")
    if day is None:
        raise Refusal("cycle_needs_review_date", field="review_due_on")
    if day <= found.starts_on:
        raise Refusal("review_before_plan", field="review_due_on")
    return session.record.save([Amend(Cycle, cycle, {"review_due_on": day})], action="set_review_date", actor=session.actor)


def loose_words(end: LooseEnd) -> str:
    """What hangs loose, in one sentence."""
    named = reference.codes("SENtype").get(end.words, end.words)
    return reference.say(f"thread.{end.kind}", words=named)


def step_words(end: LooseEnd) -> str:
    """The one step that mends it, as a button says it."""
    return reference.say(f"thread.mend_{end.kind}")
